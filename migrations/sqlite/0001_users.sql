create table users (
    id integer primary key autoincrement,
    name varchar(120) not null,
    email varchar(190) not null,
    password varchar(255) not null,
    phone varchar(20),
    role varchar(16) not null,
    locale varchar(5) not null,
    email_verified_at bigint,
    first_verified_at bigint,
    remember_token varchar(100),
    disabled_at bigint,
    deleted_at bigint,
    created_at bigint not null,
    updated_at bigint not null,
    constraint users_email unique (email),
    constraint users_deleted check (deleted_at is null or disabled_at is not null)
);
create index users_created on users (created_at, role, disabled_at);
create index users_name on users (name, role, disabled_at);
create index users_role on users (role, created_at);
