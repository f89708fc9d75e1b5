create table email_changes (
    user_id integer primary key,
    new_email varchar(190) not null,
    requested_by bigint not null,
    reason varchar(500) not null,
    created_at bigint not null,
    applies_at bigint not null,
    foreign key (user_id) references users (id)
);
