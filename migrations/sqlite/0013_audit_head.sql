create table audit_head (
    id integer primary key,
    last_id bigint not null,
    last_hash varchar(64) not null
);
insert into audit_head (id, last_id, last_hash) values (1, 0, '');
