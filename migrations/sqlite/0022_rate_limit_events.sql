create table rate_limit_events (
    id integer primary key autoincrement,
    action varchar(24) not null,
    subject varchar(190) not null,
    created_at bigint not null
);
create index rate_limit_events_window on rate_limit_events (action, subject, created_at);
