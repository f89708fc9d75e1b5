alter table plans add column panel_plan varchar(120);
