create table plans (
    id integer primary key autoincrement,
    name varchar(120) not null,
    slug varchar(80) not null,
    price_tzs bigint not null,
    features text not null,
    is_active bigint not null,
    position bigint not null,
    panel_plan varchar(120),
    created_at bigint not null,
    updated_at bigint not null,
    constraint plans_slug unique (slug)
);
