create table app_keys (
    id varchar(16) not null,
    first_used_at bigint not null,
    constraint app_keys_id unique (id)
);
