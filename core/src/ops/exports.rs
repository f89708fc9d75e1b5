//! Tables for spreadsheets: a line of names, then the rows, a batch at a time. Times are those of East Africa.
use super::{
    Caller, Result, audit, orders::OrderFilter, pagination::Wanted, services::ServiceFilter,
    users::list::UserFilter,
};
use crate::{
    AppContext,
    csv::Csv,
    domain::{
        audit::AuditFilter,
        audit_action::AuditAction,
        ids::{OrderUuid, ServiceId, UserId},
        time::Timestamp,
    },
    read,
    store::{
        self, exports,
        lists::{ExportBatch, RowFilter},
        search_terms,
    },
    tx,
};
use time::macros::format_description;

/// What can be exported.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Noun {
    Users,
    Orders,
    Services,
    Payments,
    Audit,
}

/// Which rows of a table: those that its list shows with that filter, and where some were chosen, of those only these.
#[derive(Clone)]
pub enum Rows {
    Users(UserFilter, Option<Vec<UserId>>),
    Orders(OrderFilter, Option<Vec<OrderUuid>>),
    Services(ServiceFilter, Option<Vec<ServiceId>>),
    Payments,
    Audit(AuditFilter),
}

impl Rows {
    /// What they are rows of.
    pub fn noun(&self) -> Noun {
        match self {
            Rows::Users(..) => Noun::Users,
            Rows::Orders(..) => Noun::Orders,
            Rows::Services(..) => Noun::Services,
            Rows::Payments => Noun::Payments,
            Rows::Audit(_) => Noun::Audit,
        }
    }

    /// What is sought in them, in which list, and whether only in one customer's rows.
    fn search(&self) -> Option<(&str, search_terms::Noun, bool)> {
        match self {
            Rows::Users(filter, _) => Some((&filter.q, search_terms::Noun::User, false)),
            Rows::Orders(filter, _) => Some((&filter.q, search_terms::Noun::Order, filter.user.is_some())),
            Rows::Services(filter, _) => {
                Some((&filter.q, search_terms::Noun::Service, filter.user.is_some()))
            }
            Rows::Payments | Rows::Audit(_) => None,
        }
    }
}

/// An export that has begun.
pub struct Export {
    rows: Rows,
    row_filter: RowFilter,
}

/// Finds what is sought, and notes in the record who takes what away; `narrowed` says how, for whoever reads it there.
pub async fn begin(ctx: &AppContext, caller: &Caller, rows: Rows, narrowed: &str) -> Result<Export> {
    let now = ctx.now();
    let row_filter = match rows.search() {
        Some((q, noun, is_of_one)) => {
            let wanted = Wanted::new(q, 1, 1);
            read!(&ctx.db, tx => {
                let plan_search = wanted.plan_search(tx, noun).await?;
                RowFilter::new(tx, plan_search, is_of_one).await
            })?
        }
        None => RowFilter::All,
    };
    let details = format!("{} {narrowed}", rows.noun());
    tx!(&ctx.db, tx => {
        store::audit::append(tx, now, &caller.audit_context(), AuditAction::ExportTaken, None, Some(details.trim_end())).await
    })?;
    Ok(Export { rows, row_filter })
}

/// The names of the columns, as a line of CSV.
pub fn header(noun: Noun) -> Vec<u8> {
    let mut csv = Csv::default();
    match noun {
        Noun::Users => csv.line([
            "id",
            "name",
            "email",
            "phone",
            "role",
            "locale",
            "email_verified_at",
            "disabled_at",
            "created_at",
        ]),
        Noun::Orders => csv.line([
            "uuid",
            "number",
            "status",
            "user_id",
            "customer_name",
            "customer_email",
            "customer_phone",
            "plan",
            "domain",
            "months",
            "base_price_monthly_tzs",
            "discount_percent",
            "price_tzs",
            "operator",
            "payment_ref",
            "created_at",
            "paid_at",
        ]),
        Noun::Services => csv.line([
            "id",
            "order_uuid",
            "status",
            "domain",
            "username",
            "plan",
            "customer_email",
            "created_at",
            "activated_at",
            "paid_until",
        ]),
        Noun::Payments => csv.line([
            "id",
            "order_uuid",
            "attempt",
            "status",
            "gateway_order_id",
            "phone",
            "operator",
            "channel",
            "amount_tzs",
            "received_tzs",
            "is_applied",
            "transaction",
            "reference",
            "created_at",
            "settled_at",
        ]),
        Noun::Audit => csv.line(audit::COLUMNS),
    }
    csv.take()
}

/// The next rows after a row's id, as CSV, and the last one's id. None at the end.
pub async fn batch(ctx: &AppContext, export: &Export, after: i64) -> Result<Option<(Vec<u8>, i64)>> {
    let mut csv = Csv::default();
    let some = |text: Option<String>| text.unwrap_or_default();
    let (row_filter, most) = (&export.row_filter, exports::BATCH);
    let last = match &export.rows {
        Rows::Users(filter, chosen) => {
            let picked = ExportBatch { filter, row_filter, chosen: chosen.as_deref(), after, most };
            let rows = read!(&ctx.db, tx => exports::users(tx, &picked).await)?;
            let last = rows.last().map(|row| row.id);
            for row in rows {
                csv.line([
                    row.id.to_string(),
                    row.name,
                    row.email,
                    some(row.phone),
                    row.role,
                    row.locale,
                    at(row.email_verified_at),
                    at(row.disabled_at),
                    at(Some(row.created_at)),
                ]);
            }
            last
        }
        Rows::Orders(filter, chosen) => {
            let picked = ExportBatch { filter, row_filter, chosen: chosen.as_deref(), after, most };
            let rows = read!(&ctx.db, tx => exports::orders(tx, &picked).await)?;
            let last = rows.last().map(|row| row.id);
            for row in rows {
                csv.line([
                    row.order_uuid.to_string(),
                    row.order_uuid.number(),
                    row.status,
                    row.user_id.to_string(),
                    row.customer_name,
                    row.customer_email,
                    row.customer_phone,
                    row.plan_slug,
                    some(row.domain),
                    row.duration_months.to_string(),
                    row.base_price_monthly.0.to_string(),
                    row.discount_percentage.to_string(),
                    row.price_tzs.0.to_string(),
                    some(row.gateway_provider),
                    some(row.payment_ref),
                    at(Some(row.created_at)),
                    at(row.paid_at),
                ]);
            }
            last
        }
        Rows::Services(filter, chosen) => {
            let picked = ExportBatch { filter, row_filter, chosen: chosen.as_deref(), after, most };
            let rows = read!(&ctx.db, tx => exports::services(tx, &picked).await)?;
            let last = rows.last().map(|row| row.id);
            for row in rows {
                csv.line([
                    row.id.to_string(),
                    row.order_uuid.to_string(),
                    row.status,
                    row.domain,
                    some(row.webuzo_username),
                    row.plan_slug,
                    row.customer_email,
                    at(Some(row.created_at)),
                    at(row.activated_at),
                    at(row.paid_until),
                ]);
            }
            last
        }
        Rows::Payments => {
            let rows = read!(&ctx.db, tx => exports::payments(tx, after).await)?;
            let last = rows.last().map(|row| row.id);
            for row in rows {
                csv.line([
                    row.id.to_string(),
                    row.order_uuid.to_string(),
                    row.attempt.to_string(),
                    row.status,
                    row.gateway_order_id,
                    row.payer_phone,
                    some(row.operator),
                    some(row.channel),
                    row.amount_tzs.0.to_string(),
                    some(row.received_tzs.map(|received| received.0.to_string())),
                    row.is_applied.to_string(),
                    some(row.transid),
                    some(row.reference),
                    at(Some(row.created_at)),
                    at(row.settled_at),
                ]);
            }
            last
        }
        Rows::Audit(filter) => {
            let rows = audit::batch(ctx, after).await?;
            let last = rows.last().map(|row| row.id);
            rows.iter().filter(|row| filter.fits(row)).for_each(|row| csv.line(audit::cells(row)));
            last
        }
    };
    Ok(last.map(|last| (csv.take(), last)))
}

/// `2026-11-23 12:30:00`, as spreadsheets read it.
fn at(moment: Option<Timestamp>) -> String {
    let format = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
    moment.and_then(|moment| moment.east_africa().format(format).ok()).unwrap_or_default()
}
