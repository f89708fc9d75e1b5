create table impersonations (
    id integer primary key autoincrement,
    ticket_hash varchar(64) not null,
    staff_id bigint not null,
    user_id bigint not null,
    reason varchar(500) not null,
    created_at bigint not null,
    ticket_ends_at bigint not null,
    used_at bigint,
    session_hash varchar(64),
    session_ends_at bigint,
    ended_at bigint,
    constraint impersonations_ticket_hash unique (ticket_hash),
    constraint impersonations_session_hash unique (session_hash),
    foreign key (staff_id) references users (id),
    foreign key (user_id) references users (id)
);
