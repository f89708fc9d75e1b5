create table webhook_budgets (
    day bigint not null primary key,
    stored_rows bigint not null,
    stored_bytes bigint not null,
    refused_rows bigint not null,
    refused_bytes bigint not null
);
