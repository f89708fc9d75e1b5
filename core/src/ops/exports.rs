//! Tables for spreadsheets: a line of names, then all rows, a batch at a time. Times are those of East Africa.
use super::{Caller, Result, audit};
use crate::{
    Shop,
    csv::Csv,
    domain::{time::Moment, words},
    read,
    store::{exports, history},
    tx,
};
use time::macros::format_description;

words! {
    /// What can be exported.
    Noun {
        Users = "users",
        Orders = "orders",
        Services = "services",
        Payments = "payments",
        Audit = "audit",
    }
}

/// Notes in the record who takes a table away.
pub async fn begin(shop: &Shop, caller: &Caller, noun: Noun) -> Result<()> {
    let now = shop.now();
    Ok(tx!(&shop.db, c => {
        history::audit(c, now, &caller.by(), "export.taken", "export", None, Some(noun.as_str())).await
    })?)
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
pub async fn batch(shop: &Shop, noun: Noun, after: i64) -> Result<Option<(Vec<u8>, i64)>> {
    let mut csv = Csv::default();
    let some = |text: Option<String>| text.unwrap_or_default();
    let last = match noun {
        Noun::Users => {
            let rows = read!(&shop.db, c => exports::users(c, after).await)?;
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
        Noun::Orders => {
            let rows = read!(&shop.db, c => exports::orders(c, after).await)?;
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
        Noun::Services => {
            let rows = read!(&shop.db, c => exports::services(c, after).await)?;
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
        Noun::Payments => {
            let rows = read!(&shop.db, c => exports::payments(c, after).await)?;
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
        Noun::Audit => {
            let rows = audit::batch(shop, after).await?;
            let last = rows.last().map(|row| row.id);
            rows.iter().for_each(|row| csv.line(audit::cells(row)));
            last
        }
    };
    Ok(last.map(|last| (csv.take(), last)))
}

/// `2026-11-23 12:30:00`, as spreadsheets read it.
fn at(moment: Option<Moment>) -> String {
    let format = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
    moment.and_then(|moment| moment.east_africa().format(format).ok()).unwrap_or_default()
}
