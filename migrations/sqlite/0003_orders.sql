create table orders (
    id integer primary key autoincrement,
    user_id bigint not null,
    plan_id bigint not null,
    order_uuid varchar(36) not null,
    dedup_key varchar(190),
    customer_name varchar(120) not null,
    customer_email varchar(190) not null,
    customer_phone varchar(20) not null,
    payer_phone varchar(20) not null,
    domain varchar(190),
    locale varchar(5) not null,
    base_price_monthly bigint not null,
    duration_months bigint not null,
    discount_percentage bigint not null,
    price_tzs bigint not null,
    currency varchar(3) not null,
    status varchar(16) not null,
    payment_ref varchar(64),
    gateway_order_id varchar(20),
    gateway_provider varchar(32),
    gateway_meta text,
    paid_at bigint,
    created_at bigint not null,
    updated_at bigint not null,
    constraint orders_order_uuid unique (order_uuid),
    constraint orders_dedup_key unique (dedup_key),
    foreign key (user_id) references users (id),
    foreign key (plan_id) references plans (id)
);
create index orders_user on orders (user_id, created_at);
create index orders_created on orders (created_at, status, plan_id, gateway_provider);
create index orders_status on orders (status, created_at, plan_id, gateway_provider);
create index orders_plan on orders (plan_id, created_at, status, gateway_provider);
create index orders_operator on orders (gateway_provider, created_at, status, plan_id);
create index orders_price on orders (price_tzs, created_at, status, plan_id, gateway_provider);
