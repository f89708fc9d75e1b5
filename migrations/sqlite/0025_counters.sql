create table counters (
    what varchar(24) not null,
    day bigint not null,
    word varchar(120) not null,
    how_many bigint not null,
    sum_tzs bigint not null,
    primary key (what, day, word)
) without rowid;
