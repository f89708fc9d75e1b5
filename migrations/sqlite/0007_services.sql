create table services (
    id integer primary key autoincrement,
    order_id bigint not null,
    plan_slug varchar(80) not null,
    domain varchar(190) not null,
    webuzo_username varchar(8),
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
    constraint services_order_id unique (order_id),
    constraint services_webuzo_username unique (webuzo_username),
    foreign key (order_id) references orders (id),
    foreign key (plan_slug) references plans (slug)
);
create index services_created on services (created_at, status, plan_slug);
create index services_status on services (status, created_at, plan_slug);
create index services_plan on services (plan_slug, created_at, status);
create index services_domain on services (domain, status, plan_slug);
create index services_paid_until on services (paid_until, status, plan_slug);
