//! The audit log: searching and exporting it, and proving that it was not changed.
mod export;
mod seal;
mod search;
mod verify;

pub use export::{COLUMNS, batch, cells};
pub use seal::seal;
pub use search::{newest, page, since};
pub use verify::{Verdict, marks, verify, verify_in};

/// How many rows are held at once while the whole log is read.
const BATCH: i64 = 2_000;
