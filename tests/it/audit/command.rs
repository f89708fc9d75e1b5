//! The commands `hollyn-portal audit verify` and `audit export`.
use super::{rows, verdict};
use hollyn_core::{
    domain::audit_action::AuditAction,
    ops::{Caller, jobs},
    store, tx,
};
use hollyn_tests::{Buyer, TestApp};
use std::process::{Command, Output, Stdio};

/// Runs the program on the portal's files.
fn run(app: &TestApp, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_portal-that-dies"))
        .args(words)
        .current_dir(app.dir())
        .env_clear()
        .envs(app.providers.env())
        .env("APP_URL", &app.url)
        .env("HOLLYN_DATA_DIR", app.dir())
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[tokio::test]
async fn verify_reports_by_exit_code_and_compares_the_anchor() {
    let app = TestApp::start().await;
    app.paid_order(&Buyer::default()).await;
    app.work().await;
    jobs::sweep(&app.ctx).await.unwrap();
    let head = verdict(&app).await.unwrap().head;
    let noted = format!("{}:{}", head.last_id, head.last_hash);
    let ran = run(&app, &["audit", "verify", "--anchor", &noted]);
    assert!(ran.status.success(), "{}", text(&ran.stderr));
    let said = format!("The audit log is sound: {} rows, 1 seals.\n", head.last_id);
    assert!(text(&ran.stdout).starts_with(&said), "{}", text(&ran.stdout));

    app.execute("delete from audit_log where id = 3").await;
    app.execute("delete from audit_seals").await;
    let ran = run(&app, &["audit", "verify"]);
    assert_eq!(ran.status.code(), Some(1));
    assert_eq!(text(&ran.stderr).trim(), "hollyn-portal: the audit log is broken: row 3 is missing");

    for table in ["delete from audit_log", "update audit_head set last_id = 0, last_hash = ''"] {
        app.execute(table).await;
    }
    assert!(run(&app, &["audit", "verify"]).status.success(), "all of it is gone, and nothing in it tells");
    let ran = run(&app, &["audit", "verify", "--anchor", &noted]);
    assert_eq!((ran.status.code(), text(&ran.stderr).contains("row 1 is missing")), (Some(1), true));
    let ran = run(&app, &["audit", "verify", "--anchor", "yesterday"]);
    assert!(text(&ran.stderr).contains("--anchor should be a row's number and its hash"));
    app.work().await;
}

#[tokio::test]
async fn the_export_has_all_rows_and_escapes_formulas() {
    let app = TestApp::start().await;
    app.paid_order(&Buyer::default()).await;
    app.work().await;
    let (now, context) = (app.ctx.now(), Caller::default().audit_context());
    tx!(&app.ctx.db, tx => {
        let formula = Some("=HYPERLINK(A1)");
        store::audit::append(tx, now, &context, AuditAction::UserSignedIn, Some(1), formula).await
    })
    .expect("a row is written");
    let ran = run(&app, &["audit", "export"]);
    assert!(ran.status.success(), "{}", text(&ran.stderr));
    let written = text(&ran.stdout);
    let lines: Vec<&str> = written.lines().collect();
    let rows = rows(&app).await;
    assert_eq!(lines.len(), rows.len() + 1);
    assert_eq!(lines[0], hollyn_core::ops::audit::COLUMNS.join(","));
    assert!(lines[1].starts_with("1,2026-11-23T12:30:00+03:00,"), "{}", lines[1]);
    let last = lines.last().expect("a line");
    assert!(last.contains(",user.signed_in,user,1,'=HYPERLINK(A1),"), "{last}");
    assert!(last.ends_with(&rows.last().expect("a row").hash));
    app.work().await;
}
