create table counters (
    metric varchar(24) not null,
    day bigint not null,
    label varchar(120) not null,
    row_count bigint not null,
    sum_tzs bigint not null,
    primary key (metric, day, label)
) without rowid;
