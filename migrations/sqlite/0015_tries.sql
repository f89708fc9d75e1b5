create table tries (
    id integer primary key autoincrement,
    what varchar(24) not null,
    who varchar(190) not null,
    created_at bigint not null
);
create index tries_window on tries (what, who, created_at);
