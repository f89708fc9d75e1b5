create table projection_versions (
    what varchar(24) primary key,
    version bigint not null,
    filled_at bigint not null
) without rowid;
