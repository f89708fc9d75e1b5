create table two_factor (
    user_id integer primary key,
    secret_enc varchar(255) not null,
    next_secret_enc varchar(255),
    confirmed_at bigint,
    last_step bigint not null,
    created_at bigint not null,
    foreign key (user_id) references users (id)
);
