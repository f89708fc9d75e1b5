//! The columns of exports.
use super::Noun;
use crate::{csv::Csv, ops::audit};

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
