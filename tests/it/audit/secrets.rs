//! The audit log and other stored histories contain no secret.
use crate::setup::{login, service};
use hollyn_tests::{Browser, Buyer, TestApp};
use sqlx::{AssertSqlSafe, Row};

/// The columns of these tables that contain one of the words.
async fn found(app: &TestApp, words: &[(&str, String)]) -> Vec<String> {
    let mut places = Vec::new();
    for table in ["audit_log", "status_history", "provisioning_logs", "payment_events", "mails", "attention"]
    {
        let sql = format!("select name from pragma_table_info('{table}')");
        let names = sqlx::query(AssertSqlSafe(sql)).fetch_all(app.sql()).await.expect("its columns");
        for name in names {
            let name: String = name.get(0);
            for (what, word) in words {
                let sql = format!("select count(*) from {table} where instr(cast({name} as text), ?) > 0");
                let count: i64 = sqlx::query_scalar(AssertSqlSafe(sql))
                    .bind(word)
                    .fetch_one(app.sql())
                    .await
                    .expect("a number");
                if count > 0 {
                    places.push(format!("{what} in {table}.{name}"));
                }
            }
        }
    }
    places
}

/// The token of the session cookie that an answer set.
async fn signed_in(browser: &Browser, email: &str, password: &str) -> String {
    let fields = [("email", email.to_owned()), ("password", password.to_owned())];
    let answer = browser.post("/login", &fields).await;
    let cookies = answer.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
    let token = cookies.filter_map(|line| line.strip_prefix("session=")).next_back();
    token.and_then(|rest| rest.split(';').next()).unwrap_or_else(|| panic!("{}", answer.body)).to_owned()
}

/// After a purchase, a reveal of the panel password and a password reset.
#[tokio::test]
async fn no_history_contains_a_password_or_token() {
    let app = TestApp::start().await;
    let buyer = Buyer { password: "siri ya kwanza kabisa".into(), ..Buyer::default() };
    let (browser, uuid) = app.paid_order(&buyer).await;
    app.work().await;
    let service = service(app.view(uuid).await);
    let (_, panel_password) = login(&app, &service).await;
    let reveal = format!("/me/services/{}/reveal", service.id);
    let wrong = "siri ya mtu mwingine";
    assert_eq!(browser.post(&reveal, &[("password", wrong.to_owned())]).await.status, 422);
    assert_eq!(browser.post(&reveal, &[("password", buyer.password.clone())]).await.status, 200);
    let sign_on = browser.get("/me/panel").await.location;
    let session = signed_in(&app.browser(), &buyer.email, &buyer.password).await;

    app.browser().post("/forgot-password", &[("email", buyer.email.clone())]).await;
    app.work().await;
    let mails = app.sim().mailbox.mails();
    let link =
        mails.iter().find_map(|mail| mail.text.split("/reset-password/").nth(1)).expect("the reset mail");
    let reset = link.split(char::is_whitespace).next().expect("its token").to_owned();
    let fresh = "siri mpya ya leo";
    let done =
        app.browser().post(&format!("/reset-password/{reset}"), &[("password", fresh.to_owned())]).await;
    assert!(done.status < 400, "{} {}", done.status, done.body);
    let second = signed_in(&app.browser(), &buyer.email, fresh).await;
    app.work().await;

    let key = std::fs::read_to_string(app.dir().join("app.key")).unwrap();
    let push = app.sim().gateway.pushes().pop().expect("a push");
    let webhook = push.webhook_url.expect("its address");
    let webhook =
        webhook.split("token=").nth(1).and_then(|rest| rest.split('&').next()).expect("its token").to_owned();
    assert!(sign_on.starts_with("http"), "{sign_on}");
    let secrets = [
        ("the password", buyer.password),
        ("a wrong password", wrong.into()),
        ("the new password", fresh.into()),
        ("the panel's password", panel_password),
        ("the panel's sign-on", sign_on),
        ("the reset link", reset),
        ("a session", session),
        ("a session", second),
        ("APP_KEY", key.trim().trim_start_matches("base64:").to_owned()),
        ("the webhook's token", webhook),
        ("the webhook's secret", "a secret of the tests".into()),
        ("argon2", "$argon2".into()),
    ];
    assert_eq!(found(&app, &secrets).await, Vec::<String>::new());
    // The search works: it finds a text that is there.
    assert!(!found(&app, &[("an act", "service.password_shown".into())]).await.is_empty());
    super::verdict(&app).await.expect("the log is sound");
}
