create table mails (
    id integer primary key autoincrement,
    message_id varchar(120) not null,
    kind varchar(32) not null,
    locale varchar(5) not null,
    recipient varchar(190) not null,
    payload text not null,
    order_id bigint,
    sent_at bigint,
    user_id bigint,
    created_at bigint not null,
    constraint mails_message_id unique (message_id),
    foreign key (order_id) references orders (id)
);
create index mails_order on mails (order_id);
create index mails_user on mails (user_id);
