create table payments (
    id integer primary key autoincrement,
    order_id bigint not null,
    attempt bigint not null,
    gateway_order_id varchar(20) not null unique,
    live_order_id bigint unique,
    payer_phone varchar(20) not null,
    operator varchar(32),
    amount_tzs bigint not null,
    currency varchar(3) not null,
    status varchar(16) not null,
    transid varchar(64) unique,
    reference varchar(64),
    channel varchar(32),
    received_tzs bigint,
    is_applied bigint not null,
    refusal varchar(190),
    last_error varchar(190),
    next_check_at bigint,
    last_check_at bigint,
    settled_at bigint,
    created_at bigint not null,
    updated_at bigint not null,
    unique (order_id, attempt),
    foreign key (order_id) references orders (id)
);
create index payments_due on payments (next_check_at);
create index payments_phone on payments (payer_phone, created_at);
