//! How the business's facts become pages, mails and answers: one file per subject, no I/O.
pub mod dashboard;
pub mod mail;
pub mod order;
pub mod problems;
pub mod storefront;
