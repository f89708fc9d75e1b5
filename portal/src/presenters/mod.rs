//! How the business's facts become pages, mails and answers: one file per subject, no I/O.
pub mod attention;
pub mod dashboard;
pub mod field_errors;
pub mod order;
pub mod profile;
pub mod storefront;
pub mod timeline;

/// How many pages so many rows make; at least one.
pub fn pages_of(all: i64, per_page: i64) -> i64 {
    (all + per_page - 1).div_euclid(per_page).max(1)
}
