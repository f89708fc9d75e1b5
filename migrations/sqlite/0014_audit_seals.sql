create table audit_seals (
    audit_id integer primary key,
    hash varchar(64) not null,
    seal varchar(190) not null,
    created_at bigint not null
);
