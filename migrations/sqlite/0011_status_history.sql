create table status_history (
    id integer primary key autoincrement,
    subject varchar(16) not null,
    subject_id bigint not null,
    event varchar(32) not null,
    from_status varchar(16) not null,
    to_status varchar(16) not null,
    actor varchar(64) not null,
    reason varchar(500),
    created_at bigint not null
);
create index status_history_subject on status_history (subject, subject_id, created_at);
