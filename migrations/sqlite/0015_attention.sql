create table attention (
    id integer primary key autoincrement,
    attention_key varchar(120) not null,
    kind varchar(32) not null,
    order_id bigint,
    payment_id bigint,
    service_id bigint,
    amount_tzs bigint,
    details varchar(500) not null,
    created_at bigint not null,
    resolved_at bigint,
    resolved_by varchar(64),
    resolution varchar(500),
    constraint attention_attention_key unique (attention_key)
);
create index attention_open on attention (resolved_at, created_at);
