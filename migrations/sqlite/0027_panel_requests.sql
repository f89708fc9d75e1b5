create table panel_requests (
    id integer primary key autoincrement,
    service_id bigint not null,
    username varchar(8) not null,
    outcome varchar(16) not null,
    created_at bigint not null,
    updated_at bigint not null,
    constraint panel_requests_service_username unique (service_id, username),
    foreign key (service_id) references services (id)
);
