//! Hosted accounts.
use super::{
    Error, Record, Result, Sql, Tx, audit,
    counters::{self, Of},
    dialect::Flag,
    expect_one_row, history, last_insert_id, push_ids,
    search_terms::{self, Noun},
};
use crate::domain::{
    UnknownVariant,
    account::Username,
    actor::AuditContext,
    audit_action::AuditAction,
    ids::{OrderId, OrderUuid, ServiceId, UserId},
    order::{OrderStatus, PlanRef},
    search::Words,
    service::{PanelAccount, Service, ServiceEvent, ServiceOrder, ServiceState, ServiceStatus, Term},
    time::Timestamp,
};
use sqlx::{AssertSqlSafe, FromRow};

/// The columns of a service, of its order and of its plan.
#[derive(FromRow)]
pub(super) struct Row {
    id: ServiceId,
    order_id: OrderId,
    plan_slug: String,
    plan_name: String,
    domain: String,
    webuzo_username: Option<String>,
    has_password: Flag,
    enduser_url: Option<String>,
    status: ServiceStatus,
    activated_at: Option<Timestamp>,
    paid_until: Option<Timestamp>,
    created_at: Timestamp,
    user_id: UserId,
    order_uuid: OrderUuid,
    order_status: OrderStatus,
    customer_name: String,
    customer_email: String,
    locale: String,
    duration_months: i64,
    order_paid_at: Option<Timestamp>,
}

impl TryFrom<Row> for Service {
    type Error = Error;

    fn try_from(row: Row) -> Result<Service> {
        let term = row
            .activated_at
            .zip(row.paid_until)
            .map(|(activated_at, paid_until)| Term { activated_at, paid_until });
        let account = match row.webuzo_username {
            Some(username) => Some(PanelAccount {
                username: Username::parse(&username)
                    .ok_or(UnknownVariant { kind: "Username", value: username })?,
                has_password: row.has_password.into(),
                panel_url: row.enduser_url,
            }),
            None => None,
        };
        Ok(Service {
            id: row.id,
            order: ServiceOrder {
                id: row.order_id,
                uuid: row.order_uuid,
                status: row.order_status,
                user_id: row.user_id,
                customer_name: row.customer_name,
                customer_email: row.customer_email,
                locale: row.locale,
                months: row.duration_months,
                paid_at: row.order_paid_at,
            },
            plan: PlanRef { slug: row.plan_slug, name: row.plan_name },
            domain: row.domain,
            account,
            state: ServiceState::new(row.status, term)?,
            created_at: row.created_at,
        })
    }
}

/// The entities of rows, in their order.
pub(super) fn entities(rows: Vec<Row>) -> Result<Vec<Service>> {
    rows.into_iter().map(Service::try_from).collect()
}

/// The columns of a [`Row`], where services are `s`, orders `o` and plans `p`.
pub(super) const COLUMNS: &str = "s.id, s.order_id, s.plan_slug, p.name as plan_name, s.domain, \
    s.webuzo_username, cast(s.webuzo_temp_password_enc is not null as signed) as has_password, \
    s.enduser_url, \
    s.status, s.activated_at, s.paid_until, s.created_at, o.user_id, o.order_uuid, o.status as order_status, \
    o.customer_name, o.customer_email, o.locale, o.duration_months, o.paid_at as order_paid_at";

/// What a service is read with.
pub(super) const JOINS: &str = "join orders o on o.id = s.order_id join plans p on p.slug = s.plan_slug";

/// All services; a `where` comes behind it.
fn select(rest: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!("select {COLUMNS} from services s {JOINS} {rest}"))
}

/// By row id.
pub async fn by_id(tx: &mut Tx, id: ServiceId) -> Result<Option<Service>> {
    let row: Option<Row> =
        sqlx::query_as(select("where s.id = ?")).bind(id).fetch_optional(tx.connection()).await?;
    row.map(Service::try_from).transpose()
}

/// The panel password of a service, sealed under the service's id.
pub async fn sealed_password(tx: &mut Tx, id: ServiceId) -> Result<Option<String>> {
    let sql = "select webuzo_temp_password_enc from services where id = ?";
    let sealed: Option<Option<String>> =
        sqlx::query_scalar(sql).bind(id).fetch_optional(tx.connection()).await?;
    Ok(sealed.flatten())
}

/// The orders of these services.
pub async fn orders_of(tx: &mut Tx, ids: &[ServiceId]) -> Result<Vec<(ServiceId, OrderId)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("select id, order_id from services where id");
    push_ids(&mut sql, ids);
    Ok(sql.build_query_as().fetch_all(tx.connection()).await?)
}

/// The order's service, where it has one.
pub async fn of_order(tx: &mut Tx, order: OrderId) -> Result<Option<Service>> {
    let row: Option<Row> =
        sqlx::query_as(select("where s.order_id = ?")).bind(order).fetch_optional(tx.connection()).await?;
    row.map(Service::try_from).transpose()
}

/// A customer's services, active ones first, then the newest. One that failed, of an order that is not paid
/// any more, is not among them.
pub async fn of_user(tx: &mut Tx, user: UserId, most: i64) -> Result<Vec<Service>> {
    let sql = select(
        "where o.user_id = ? and s.status <> 'cancelled' and (s.status <> 'failed' or o.status = 'paid') \
         order by case s.status when 'active' then 0 else 1 end, s.created_at desc, s.id desc limit ?",
    );
    entities(sqlx::query_as(sql).bind(user).bind(most).fetch_all(tx.connection()).await?)
}

/// A page of a customer's services, active ones first, and how many there are in all. Ended ones are among
/// them.
pub async fn page_of(tx: &mut Tx, user: UserId, skip: i64, most: i64) -> Result<(Vec<Service>, i64)> {
    let sql = select(
        "where o.user_id = ? \
         order by case s.status when 'active' then 0 when 'cancelled' then 2 else 1 end, s.created_at desc, \
         s.id desc limit ? offset ?",
    );
    let rows = sqlx::query_as(sql).bind(user).bind(most).bind(skip).fetch_all(tx.connection()).await?;
    let count = "select count(*) from services s join orders o on o.id = s.order_id where o.user_id = ?";
    let all = sqlx::query_scalar(count).bind(user).fetch_one(tx.connection()).await?;
    Ok((entities(rows)?, all))
}

/// Asks for an order's hosting. A duplicate where it was asked for.
pub async fn insert(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    order: OrderId,
    plan_slug: &str,
    domain: &str,
) -> Result<ServiceId> {
    let result = sqlx::query(
        "insert into services (order_id, plan_slug, domain, status, created_at, updated_at) \
         values (?, ?, ?, 'requested', ?, ?)",
    )
    .bind(order)
    .bind(plan_slug)
    .bind(domain)
    .bind(now)
    .bind(now)
    .execute(tx.connection())
    .await?;
    let id = ServiceId(last_insert_id(tx, result).await?);
    counters::apply_delta(tx, Of::Service(id), counters::Contribution::default()).await?;
    search_terms::apply_delta(tx, Noun::Service, id.0, Words::new()).await?;
    audit::append(tx, now, context, AuditAction::ServiceRequested, Some(id.0), None).await?;
    Ok(id)
}

/// Takes the service one step on, with its history and audit rows. Returns it as it is afterwards.
pub async fn advance(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    service: &Service,
    event: ServiceEvent,
    reason: Option<&str>,
) -> Result<Service> {
    let part = counters::contribution(tx, Of::Service(service.id)).await?;
    let next = write_status(tx, now, service, event).await?;
    counters::apply_delta(tx, Of::Service(service.id), part).await?;
    record_change(tx, now, context, service, event, next, reason).await?;
    Ok(Service { state: ServiceState::new(next, service.term())?, ..service.clone() })
}

/// Makes the service active for a term, with its history and audit rows. Returns it as it is afterwards.
pub async fn activate(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    service: &Service,
    term: Term,
    panel_url: &str,
) -> Result<Service> {
    let part = counters::contribution(tx, Of::Service(service.id)).await?;
    let next = write_status(tx, now, service, ServiceEvent::Shown).await?;
    sqlx::query("update services set enduser_url = ?, activated_at = ?, paid_until = ? where id = ?")
        .bind(panel_url)
        .bind(term.activated_at)
        .bind(term.paid_until)
        .bind(service.id)
        .execute(tx.connection())
        .await?;
    counters::apply_delta(tx, Of::Service(service.id), part).await?;
    record_change(tx, now, context, service, ServiceEvent::Shown, next, None).await?;
    let account = service
        .account
        .clone()
        .map(|account| PanelAccount { panel_url: Some(panel_url.to_owned()), ..account });
    Ok(Service { account, state: ServiceState::new(next, Some(term))?, ..service.clone() })
}

/// Writes the status that follows, and when it came about. Stale where the service is not in the state that
/// was read.
async fn write_status(
    tx: &mut Tx,
    now: Timestamp,
    service: &Service,
    event: ServiceEvent,
) -> Result<ServiceStatus> {
    let next = service.status().transition(event)?;
    let mut sql = Sql::new("update services set status = ");
    sql.push_bind(next).push(", updated_at = ").push_bind(now);
    let time_column = match event {
        ServiceEvent::TryStarted => Some("last_provision_attempt_at"),
        ServiceEvent::Shown => Some("last_provisioned_at"),
        ServiceEvent::GivenUp => Some("last_failed_at"),
        ServiceEvent::AskedAgain | ServiceEvent::Suspended | ServiceEvent::Resumed | ServiceEvent::Ended => {
            None
        }
    };
    if let Some(column) = time_column {
        sql.push(format!(", {column} = ")).push_bind(now);
    }
    sql.push(" where id = ").push_bind(service.id).push(" and status = ").push_bind(service.status());
    let result = sql.build().execute(tx.connection()).await?;
    expect_one_row(result, Record::Service)?;
    Ok(next)
}

async fn record_change(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    service: &Service,
    event: ServiceEvent,
    next: ServiceStatus,
    reason: Option<&str>,
) -> Result<()> {
    if next == service.status() {
        return Ok(());
    }
    let change = history::Change {
        action: event.into(),
        event: event.into_str(),
        id: service.id.0,
        from: service.status().into_str(),
        to: next.into_str(),
        reason,
    };
    history::record(tx, now, context, change).await
}

/// Reserves a username over all services and stores its sealed password. Returns the service with its
/// account. A duplicate where another service has the username.
pub async fn reserve(
    tx: &mut Tx,
    now: Timestamp,
    service: &Service,
    username: &Username,
    sealed_password: &str,
) -> Result<Service> {
    let before = search_terms::of(tx, Noun::Service, service.id.0).await?;
    let result = sqlx::query(
        "update services set webuzo_username = ?, webuzo_temp_password_enc = ?, updated_at = ? \
         where id = ? and coalesce(webuzo_username, '') = ?",
    )
    .bind(username.as_str())
    .bind(sealed_password)
    .bind(now)
    .bind(service.id)
    .bind(service.username().map(Username::as_str).unwrap_or_default())
    .execute(tx.connection())
    .await?;
    expect_one_row(result, Record::ServiceUsername)?;
    search_terms::apply_delta(tx, Noun::Service, service.id.0, before).await?;
    let account = PanelAccount { username: username.clone(), has_password: true, panel_url: None };
    Ok(Service { account: Some(account), ..service.clone() })
}

/// Whether any service has that username.
pub async fn username_taken(tx: &mut Tx, username: &Username) -> Result<bool> {
    let taken: i64 = sqlx::query_scalar("select count(*) from services where webuzo_username = ?")
        .bind(username.as_str())
        .fetch_one(tx.connection())
        .await?;
    Ok(taken > 0)
}
