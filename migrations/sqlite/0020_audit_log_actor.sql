create index audit_log_actor on audit_log (actor, created_at);
