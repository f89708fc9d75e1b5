create table webhook_inbox (
    id integer primary key autoincrement,
    gateway varchar(16) not null,
    verdict varchar(16) not null,
    gateway_order_id varchar(64),
    source varchar(64) not null,
    headers text not null,
    body blob not null,
    request_id varchar(36) not null,
    received_at bigint not null
);
create index webhook_inbox_order on webhook_inbox (gateway_order_id);
create index webhook_inbox_verdict on webhook_inbox (verdict, received_at);
