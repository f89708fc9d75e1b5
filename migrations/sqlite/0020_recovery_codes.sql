create table recovery_codes (
    id integer primary key autoincrement,
    user_id bigint not null,
    code_hash varchar(64) not null,
    used_at bigint,
    created_at bigint not null,
    constraint recovery_codes_code_hash unique (user_id, code_hash),
    foreign key (user_id) references users (id)
);
