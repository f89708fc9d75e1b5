create table search_terms (
    noun varchar(8) not null,
    term varchar(190) not null,
    object_id bigint not null,
    prefix varchar(3) not null,
    primary key (noun, term, object_id)
) without rowid;
create index search_terms_prefix on search_terms (noun, prefix, object_id, term);
