//! The portal under test, with real parts: its own SQLite file, its own port, the providers' simulators on
//! theirs, and a mail server. Time moves when the test moves it; the worker works when the test says so.
mod app;
mod browser;
mod input;
mod sql;
mod staff;
mod statements;

pub use app::{NOON, Providers, TestApp};
pub use browser::{Answer, Browser, Buyer};
pub use input::{reason, reference};
pub use sql::sql_pool;
pub use staff::{STAFF_PASSWORD, StaffWithTotp};
pub use statements::{statements_during, statements_of};
