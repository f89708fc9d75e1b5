drop index services_status;
create index services_created on services (created_at, status, plan_slug);
create index services_status on services (status, created_at, plan_slug);
create index services_plan on services (plan_slug, created_at, status);
create index services_domain on services (domain, status, plan_slug);
create index services_paid_until on services (paid_until, status, plan_slug);
