create table circuit_breakers (
    id integer primary key,
    reason varchar(190) not null,
    until_at bigint not null
);
