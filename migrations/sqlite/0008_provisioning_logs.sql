create table provisioning_logs (
    id integer primary key autoincrement,
    service_id bigint not null,
    order_id bigint not null,
    user_id bigint not null,
    step varchar(40) not null,
    status varchar(16) not null,
    message text not null,
    request text,
    response text,
    meta text,
    success bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    foreign key (service_id) references services (id),
    foreign key (order_id) references orders (id),
    foreign key (user_id) references users (id)
);
create index provisioning_logs_service on provisioning_logs (service_id, created_at);
