//! The rows of exports.
use super::{Export, Rows};
use crate::{
    AppContext,
    csv::Csv,
    domain::time::Timestamp,
    ops::{Result, audit},
    read,
    store::{exports, lists::ExportBatch},
};
use time::macros::format_description;

/// The next rows after a row's id, as CSV, and the last one's id. None at the end.
pub async fn batch(ctx: &AppContext, export: &Export, after: i64) -> Result<Option<(Vec<u8>, i64)>> {
    let mut csv = Csv::default();
    let some = |text: Option<String>| text.unwrap_or_default();
    let (row_filter, most) = (&export.row_filter, exports::BATCH);
    let last = match &export.rows {
        Rows::Users(filter, selected) => {
            let next = ExportBatch { filter, row_filter, selected: selected.as_deref(), after, most };
            let rows = read!(&ctx.db, tx => exports::user_lines(tx, &next).await)?;
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
        Rows::Orders(filter, selected) => {
            let next = ExportBatch { filter, row_filter, selected: selected.as_deref(), after, most };
            let rows = read!(&ctx.db, tx => exports::order_lines(tx, &next).await)?;
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
        Rows::Services(filter, selected) => {
            let next = ExportBatch { filter, row_filter, selected: selected.as_deref(), after, most };
            let rows = read!(&ctx.db, tx => exports::service_lines(tx, &next).await)?;
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
            let rows = read!(&ctx.db, tx => exports::payment_lines(tx, after).await)?;
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
fn at(time: Option<Timestamp>) -> String {
    let format = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
    time.and_then(|time| time.east_africa().format(format).ok()).unwrap_or_default()
}
