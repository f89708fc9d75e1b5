create table email_tokens (
    id integer primary key autoincrement,
    kind varchar(16) not null,
    token_hash varchar(64) not null,
    user_id bigint not null,
    email varchar(190) not null,
    created_at bigint not null,
    ends_at bigint not null,
    used_at bigint,
    constraint email_tokens_token_hash unique (token_hash),
    foreign key (user_id) references users (id)
);
create index email_tokens_user on email_tokens (user_id, kind);
