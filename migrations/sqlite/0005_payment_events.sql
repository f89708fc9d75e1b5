create table payment_events (
    id integer primary key autoincrement,
    order_id bigint,
    payment_id bigint,
    event_type varchar(40) not null,
    gateway varchar(16) not null,
    reference varchar(64),
    amount_tzs bigint,
    currency varchar(3),
    status varchar(16) not null,
    payload text,
    created_at bigint not null,
    updated_at bigint not null,
    foreign key (order_id) references orders (id),
    foreign key (payment_id) references payments (id)
);
create index payment_events_order on payment_events (order_id, created_at);
