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
    order::OrderStatus,
    search::Words,
    service::{
        PanelAccount, Service, ServiceEvent, ServiceOrder, ServicePlan, ServiceState, ServiceStatus, Term,
    },
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
            plan: ServicePlan { slug: row.plan_slug, name: row.plan_name },
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
pub(super) const COLUMNS: &str = "s.id, s.order_id, s.plan_slug, p.name as plan_name, s.domain, s.webuzo_username, \
    cast(s.webuzo_temp_password_enc is not null as signed) as has_password, s.enduser_url, s.status, s.activated_at, \
    s.paid_until, s.created_at, o.user_id, o.order_uuid, o.status as order_status, o.customer_name, o.customer_email, \
    o.locale, o.duration_months, o.paid_at as order_paid_at";

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

/// A customer's services, active ones first, then the newest. One that failed, of an order that is not paid any more,
/// is not among them.
pub async fn of_user(tx: &mut Tx, user: UserId, most: i64) -> Result<Vec<Service>> {
    let sql = select(
        "where o.user_id = ? and s.status <> 'cancelled' and (s.status <> 'failed' or o.status = 'paid') \
         order by case s.status when 'active' then 0 else 1 end, s.created_at desc, s.id desc limit ?",
    );
    entities(sqlx::query_as(sql).bind(user).bind(most).fetch_all(tx.connection()).await?)
}

/// A page of a customer's services, active ones first, and how many there are in all. Ended ones are among them.
pub async fn page_of(tx: &mut Tx, user: UserId, skip: i64, most: i64) -> Result<(Vec<Service>, i64)> {
    let sql = select(
        "where o.user_id = ? \
         order by case s.status when 'active' then 0 when 'cancelled' then 2 else 1 end, s.created_at desc, s.id desc \
         limit ? offset ?",
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

/// Takes the service one step on, with its history and audit rows.
pub async fn advance(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    service: &Service,
    event: ServiceEvent,
    reason: Option<&str>,
) -> Result<ServiceStatus> {
    let next = service.status().transition(event)?;
    let part = counters::contribution(tx, Of::Service(service.id)).await?;
    let sql = match event {
        ServiceEvent::TryStarted => {
            "update services set status = ?, last_provision_attempt_at = ?, updated_at = ? where id = ? and status = ?"
        }
        ServiceEvent::Shown => {
            "update services set status = ?, last_provisioned_at = ?, updated_at = ? where id = ? and status = ?"
        }
        ServiceEvent::GivenUp => {
            "update services set status = ?, last_failed_at = ?, updated_at = ? where id = ? and status = ?"
        }
        ServiceEvent::AskedAgain | ServiceEvent::Suspended | ServiceEvent::Resumed | ServiceEvent::Ended => {
            "update services set status = ?, updated_at = ?, updated_at = ? where id = ? and status = ?"
        }
    };
    let result = sqlx::query(sql)
        .bind(next)
        .bind(now)
        .bind(now)
        .bind(service.id)
        .bind(service.status())
        .execute(tx.connection())
        .await?;
    expect_one_row(result, Record::Service)?;
    counters::apply_delta(tx, Of::Service(service.id), part).await?;
    if next != service.status() {
        let change = history::Change {
            action: event.into(),
            event: event.into_str(),
            id: service.id.0,
            from: service.status().into_str(),
            to: next.into_str(),
            reason,
        };
        history::record(tx, now, context, change).await?;
    }
    Ok(next)
}

/// Reserves a username over all services and keeps its sealed password. A duplicate where another service has the name.
pub async fn reserve(
    tx: &mut Tx,
    now: Timestamp,
    id: ServiceId,
    old: Option<&str>,
    username: &str,
    sealed_password: &str,
) -> Result<()> {
    let was = search_terms::of(tx, Noun::Service, id.0).await?;
    let result = sqlx::query(
        "update services set webuzo_username = ?, webuzo_temp_password_enc = ?, updated_at = ? \
         where id = ? and coalesce(webuzo_username, '') = ?",
    )
    .bind(username)
    .bind(sealed_password)
    .bind(now)
    .bind(id)
    .bind(old.unwrap_or_default())
    .execute(tx.connection())
    .await?;
    expect_one_row(result, Record::ServiceUsername)?;
    search_terms::apply_delta(tx, Noun::Service, id.0, was).await
}

/// Whether any service has that username.
pub async fn username_taken(tx: &mut Tx, username: &str) -> Result<bool> {
    let taken: i64 = sqlx::query_scalar("select count(*) from services where webuzo_username = ?")
        .bind(username)
        .fetch_one(tx.connection())
        .await?;
    Ok(taken > 0)
}

/// Notes where the account is opened and until when it is paid. The first activation's term stays.
pub async fn note_active(
    tx: &mut Tx,
    id: ServiceId,
    enduser_url: &str,
    activated_at: Timestamp,
    paid_until: Timestamp,
) -> Result<()> {
    let part = counters::contribution(tx, Of::Service(id)).await?;
    sqlx::query(
        "update services set enduser_url = ?, activated_at = coalesce(activated_at, ?), \
         paid_until = coalesce(paid_until, ?) where id = ?",
    )
    .bind(enduser_url)
    .bind(activated_at)
    .bind(paid_until)
    .bind(id)
    .execute(tx.connection())
    .await?;
    counters::apply_delta(tx, Of::Service(id), part).await
}
