create table jobs (
    id integer primary key autoincrement,
    job_key varchar(120) not null,
    kind varchar(24) not null,
    subject bigint not null,
    attempt bigint not null,
    due_at bigint not null,
    fencing_token bigint not null,
    lease_holder varchar(64),
    lease_until bigint not null,
    last_error varchar(500),
    created_at bigint not null,
    constraint jobs_job_key unique (job_key)
);
create index jobs_due on jobs (due_at);
