create table services (
    id integer primary key autoincrement,
    order_id bigint not null unique,
    plan_slug varchar(80) not null,
    domain varchar(190) not null,
    webuzo_username varchar(8) unique,
    webuzo_temp_password_enc varchar(255),
    enduser_url varchar(190),
    panel_url varchar(190),
    status varchar(16) not null,
    activated_at bigint,
    paid_until bigint,
    last_provision_attempt_at bigint,
    last_provisioned_at bigint,
    last_failed_at bigint,
    created_at bigint not null,
    updated_at bigint not null,
    foreign key (order_id) references orders (id),
    foreign key (plan_slug) references plans (slug)
);
create index services_status on services (status);
