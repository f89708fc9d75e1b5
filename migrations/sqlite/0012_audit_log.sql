create table audit_log (
    id integer primary key autoincrement,
    actor varchar(64) not null,
    action varchar(64) not null,
    object varchar(64) not null,
    object_id bigint,
    details text,
    address varchar(64),
    request_id varchar(36),
    created_at bigint not null
);
create index audit_log_object on audit_log (object, object_id);
