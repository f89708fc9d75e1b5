create table staff_tokens (
    id integer primary key autoincrement,
    token_hash varchar(64) not null,
    user_id bigint not null,
    device varchar(120) not null,
    address varchar(64) not null,
    user_agent varchar(190) not null,
    created_at bigint not null,
    last_seen_at bigint not null,
    confirmed_at bigint not null,
    code_confirmed_at bigint,
    ends_at bigint not null,
    constraint staff_tokens_token_hash unique (token_hash),
    foreign key (user_id) references users (id)
);
create index staff_tokens_user on staff_tokens (user_id);
