create table audit_log (
    id integer primary key,
    prev_hash varchar(64) not null,
    hash varchar(64) not null,
    actor varchar(64) not null,
    subject varchar(64),
    action varchar(64) not null,
    object varchar(64) not null,
    object_id bigint,
    details text,
    address varchar(64),
    request_id varchar(36),
    created_at bigint not null
);
create index audit_log_object on audit_log (object, object_id, created_at);
create index audit_log_objects on audit_log (object, created_at);
create index audit_log_actor on audit_log (actor, created_at);
create index audit_log_subject on audit_log (subject, created_at);
create index audit_log_action on audit_log (action, created_at);
create index audit_log_created on audit_log (created_at);
