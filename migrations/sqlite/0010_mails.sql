create table mails (
    id integer primary key autoincrement,
    message_id varchar(120) not null unique,
    kind varchar(32) not null,
    locale varchar(5) not null,
    recipient varchar(190) not null,
    facts text not null,
    order_id bigint,
    sent_at bigint,
    created_at bigint not null,
    foreign key (order_id) references orders (id)
);
create index mails_order on mails (order_id);
