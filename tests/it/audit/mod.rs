//! The audit log: its rows, its chain, tampering with it, and its secrets.
mod activity;
mod attention;
mod chain;
mod command;
mod denials;
mod search;
mod secrets;
mod tampering;

use hollyn_core::{
    domain::{
        audit::{AuditEntry, Broken, Sound},
        ids::UserId,
    },
    ops::{Caller, audit},
};
use hollyn_tests::TestApp;

/// The verification of the whole log.
async fn verdict(app: &TestApp) -> Result<Sound, Broken> {
    audit::verify(&app.ctx, &[]).await.expect("the log can be read")
}

/// All rows, oldest first.
async fn rows(app: &TestApp) -> Vec<AuditEntry> {
    let mut rows = Vec::new();
    loop {
        let place = rows.last().map_or(0, |row: &AuditEntry| row.id);
        let batch = audit::batch(&app.ctx, place).await.expect("the log can be read");
        if batch.is_empty() {
            return rows;
        }
        rows.extend(batch);
    }
}

/// The second member of staff.
fn staff() -> Caller {
    Caller { staff: Some(UserId(2)), address: "10.1.2.3".into(), ..Caller::default() }
}
