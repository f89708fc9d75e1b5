create table known_devices (
    id integer primary key autoincrement,
    token_hash varchar(64) not null,
    user_id bigint not null,
    last_used_at bigint not null,
    constraint known_devices_token_user unique (token_hash, user_id),
    foreign key (user_id) references users (id)
);
create index known_devices_user on known_devices (user_id, last_used_at);
