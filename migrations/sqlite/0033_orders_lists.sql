drop index orders_status;
create index orders_created on orders (created_at, status, plan_id, gateway_provider);
create index orders_status on orders (status, created_at, plan_id, gateway_provider);
create index orders_plan on orders (plan_id, created_at, status, gateway_provider);
create index orders_operator on orders (gateway_provider, created_at, status, plan_id);
create index orders_price on orders (price_tzs, created_at, status, plan_id, gateway_provider);
