create table sessions (
    id integer primary key autoincrement,
    token_hash varchar(64) not null,
    user_id bigint not null,
    is_remembered bigint not null,
    address varchar(64) not null,
    user_agent varchar(190) not null,
    created_at bigint not null,
    last_seen_at bigint not null,
    ends_at bigint not null,
    constraint sessions_token_hash unique (token_hash),
    foreign key (user_id) references users (id)
);
create index sessions_user on sessions (user_id);
