create index users_created on users (created_at, role, disabled_at);
create index users_name on users (name, role, disabled_at);
create index users_role on users (role, created_at);
