//! Failures of authentication and authorisation: audited, bounded in number, and a burst is one attention
//! item.
use hollyn_core::{
    api::{Reason, SignIn, UserQuery},
    domain::user::Role,
};
use hollyn_tests::{Buyer, STAFF_PASSWORD, StaffWithTotp, TestApp};

/// `action details` of what was denied, oldest first.
async fn denied(app: &TestApp) -> Vec<String> {
    let all = "select coalesce(group_concat(action || ' ' || details, ';'), '') from \
               (select action, details from audit_log where object = 'access' order by id)";
    let all = app.text(all).await;
    all.split(';').filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[tokio::test]
async fn what_is_denied_is_audited() {
    let app = TestApp::start().await;
    let StaffWithTotp { email, client: support, .. } = app.staff_with_totp(Role::Support).await;
    app.order(&Buyer::default()).await;
    let form = [("email", Buyer::default().email), ("password", "si hili kabisa".to_owned())];
    assert_eq!(app.browser().post("/login", &form).await.status, 422);
    assert_eq!(denied(&app).await, ["access.sign_in_failed 1 in this hour from 127.0.0.1"]);
    let known = app.count("select id from users where email = 'neema.mushi@example.com'").await;
    assert_eq!(app.count("select object_id from audit_log where object = 'access'").await, known);

    let totp = Some("000000".to_owned());
    let code = SignIn { email, password: STAFF_PASSWORD.into(), totp, device: "a laptop".into() };
    app.client().sign_in(&code).await.expect_err("a wrong code");
    app.client().with_token("a guess").list_users(&UserQuery::default()).await.expect_err("no token");
    let reason = Reason { reason: "x".into() };
    support.disable_user(known, &reason).await.expect_err("admins only");
    let foreign = app.browser();
    let request = foreign.http().post(foreign.url("/login")).header("origin", "https://evil.tz").form(&form);
    assert_eq!(foreign.send(request).await.status, 403);
    let denied = denied(&app).await;
    let actions: Vec<&str> = denied.iter().filter_map(|line| line.split(' ').next()).collect();
    let expected = ["access.sign_in_failed", "access.code_failed", "access.unauthorized", "access.forbidden"];
    assert_eq!(actions, expected, "the second 403 is counted with the first");
    let staff = support.session().await.expect("signed in").user.id;
    let actor = "select actor from audit_log where action = 'access.forbidden'";
    assert_eq!(app.text(actor).await, format!("staff:{staff}"));
    let with_id = "select count(*) from audit_log where object = 'access' and request_id <> ''";
    assert_eq!(app.count(with_id).await, 4);
    // What is asked for again is not a failure.
    app.advance(11 * 60);
    support.open_panel(1).await.expect_err("the password first");
    assert_eq!(app.count("select count(*) from audit_log where object = 'access'").await, 4);
    app.work().await;
}

#[tokio::test]
async fn a_burst_of_denials_is_a_few_rows_and_one_attention_item() {
    let app = TestApp::start().await;
    let guesser = app.client().with_token("a guess");
    for _ in 0..250 {
        guesser.session().await.expect_err("no token");
    }
    let rows = ["1", "10", "100"].map(|n| format!("access.unauthorized {n} in this hour from 127.0.0.1"));
    assert_eq!(denied(&app).await, rows);
    assert_eq!(app.attention_kinds().await, ["access_failures"]);
    // The next hour's burst joins the item that is open.
    app.advance(3600);
    for _ in 0..120 {
        guesser.session().await.expect_err("no token");
    }
    assert_eq!(app.attention_kinds().await, ["access_failures"]);
    assert_eq!(denied(&app).await.len(), 6);
}
