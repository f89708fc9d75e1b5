create table projection_versions (
    projection varchar(24) primary key,
    version bigint not null,
    built_at bigint not null
) without rowid;
