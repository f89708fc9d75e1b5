create table panel_pause (
    id integer primary key,
    reason varchar(190) not null,
    until_at bigint not null
);
