create table rate_limit_events (
    id integer primary key autoincrement,
    what varchar(24) not null,
    who varchar(190) not null,
    created_at bigint not null
);
create index rate_limit_events_window on rate_limit_events (what, who, created_at);
