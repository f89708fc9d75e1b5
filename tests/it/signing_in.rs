//! Sign-in by password: limits, equal answers, legacy hashes; and the security headers of every response.
use hollyn_tests::{Answer, Browser, Buyer, TestApp};

/// `U*U` as the Laravel application stored it.
const LARAVEL_HASH: &str = "$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

async fn sign_in(browser: &Browser, email: &str, password: &str) -> Answer {
    browser.post("/login", &[("email", email.to_owned()), ("password", password.to_owned())]).await
}

async fn sql(app: &TestApp, text: &'static str) {
    let done = sqlx::query(text).execute(app.sql()).await;
    done.expect("the database does it");
}

#[tokio::test]
async fn five_wrong_passwords_lock_the_account_for_15_minutes() {
    let app = TestApp::start().await;
    app.order(&Buyer::default()).await;
    let buyer = Buyer::default();
    for _ in 0..5 {
        assert_eq!(sign_in(&app.browser(), &buyer.email, "wrong password").await.status, 422);
        app.advance(60);
    }
    for email in [buyer.email.as_str(), " NEEMA.Mushi@Example.com "] {
        let answer = sign_in(&app.browser(), email, &buyer.password).await;
        assert_eq!((answer.status, answer.header("retry-after")), (429, "600"), "{email}");
        // 12:30 + 15 minutes.
        assert!(answer.body.contains("12:45"), "{}", answer.body);
    }
    assert_eq!(sign_in(&app.browser(), "other@example.tz", "wrong password").await.status, 422);
    app.advance(600);
    assert_eq!(sign_in(&app.browser(), &buyer.email, &buyer.password).await.status, 303);
    // A successful sign-in resets the count.
    assert_eq!(sign_in(&app.browser(), &buyer.email, "wrong password").await.status, 422);
    app.work().await;
}

/// Successful sign-ins do not count.
#[tokio::test]
async fn concurrent_wrong_passwords_are_all_counted() {
    let app = TestApp::start().await;
    app.order(&Buyer::default()).await;
    let buyer = Buyer::default();
    let mut guesses = tokio::task::JoinSet::new();
    for n in 0..30 {
        let (browser, email) = (app.browser(), buyer.email.clone());
        guesses.spawn(async move { sign_in(&browser, &email, &format!("a guess, the {n}th")).await.status });
    }
    let mut statuses = guesses.join_all().await;
    statuses.retain(|status| *status == 422);
    assert_eq!(statuses.len(), 5, "so many were looked at");
    app.advance(901);
    for _ in 0..8 {
        assert_eq!(sign_in(&app.browser(), &buyer.email, &buyer.password).await.status, 303);
    }
    assert_eq!(
        app.count("select count(*) from rate_limit_events where created_at > 1795427100000000").await,
        0
    );
    app.work().await;
}

#[tokio::test]
async fn answers_do_not_tell_which_emails_have_an_account() {
    let app = TestApp::start().await;
    app.order(&Buyer::default()).await;
    let plain = |answer: &Answer, email: &str| {
        answer.body.replace(email, "EMAIL").replace(answer.header("x-request-id"), "ID")
    };
    let known = sign_in(&app.browser(), "neema.mushi@example.com", "wrong password").await;
    let unknown = sign_in(&app.browser(), "nobody.here@example.com", "wrong password").await;
    sql(&app, "update users set disabled_at = 1").await;
    let disabled = sign_in(&app.browser(), "neema.mushi@example.com", "mkahawa wa kibo").await;
    assert_eq!((known.status, unknown.status, disabled.status), (422, 422, 422));
    let known_text = plain(&known, "neema.mushi@example.com");
    assert_eq!(known_text, plain(&unknown, "nobody.here@example.com"));
    assert_eq!(known_text, plain(&disabled, "neema.mushi@example.com"));
    assert!(!known.body.contains("wrong password\""), "the password came back");
    app.work().await;
}

#[tokio::test]
async fn a_legacy_password_signs_in_and_is_hashed_again() {
    let app = TestApp::start().await;
    app.order(&Buyer::default()).await;
    sqlx::query("update users set password = ?").bind(LARAVEL_HASH).execute(app.sql()).await.unwrap();
    let email = Buyer::default().email;
    assert_eq!(sign_in(&app.browser(), &email, "mkahawa wa kibo").await.status, 422);
    assert_eq!(
        app.text("select password from users").await,
        LARAVEL_HASH,
        "a wrong password changed the hash"
    );
    assert_eq!(sign_in(&app.browser(), &email, "U*U").await.status, 303);
    let modern = app.text("select password from users").await;
    assert!(modern.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{modern}");
    assert_eq!(sign_in(&app.browser(), &email, "U*U").await.status, 303);
    assert_eq!(app.text("select password from users").await, modern, "it is hashed once");
    app.work().await;
}

fn assert_guarded(answer: &Answer, what: &str) {
    let policy = answer.header("content-security-policy");
    for part in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"] {
        assert!(policy.contains(part), "{what}: {policy}");
    }
    assert!(!policy.contains("unsafe"), "{what}: {policy}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{what}");
    assert!(!answer.header("referrer-policy").is_empty(), "{what}");
    assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{what}");
    assert!(answer.header("permissions-policy").contains("camera=()"), "{what}");
    assert_eq!(answer.header("x-request-id").len(), 36, "{what}");
    assert!(!answer.header("cache-control").is_empty(), "{what}");
}

#[tokio::test]
async fn every_kind_of_response_has_the_security_headers() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    let visitor = app.browser();
    for (status, path) in [
        (200, "/"),
        (200, "/plans"),
        (200, "/login"),
        (200, "/healthz"),
        (200, "/static/portal.css"),
        (303, "/dashboard"),
        (404, "/no-such-page"),
        (404, "/static/no-such-file.css"),
        (404, "/static/../Cargo.toml"),
    ] {
        let answer = visitor.get(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert_guarded(&answer, path);
    }
    for path in [format!("/pay/{uuid}"), format!("/pay/{uuid}/status"), format!("/order/{uuid}")] {
        let answer = browser.get(&path).await;
        assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"), "{path}");
        assert_guarded(&answer, &path);
    }
    assert_guarded(&browser.push(uuid, 0, "0").await, "422");
    assert_guarded(&visitor.post("/webhooks/zeno?token=x", &[]).await, "401");
    let request = visitor.http().post(visitor.url("/login")).header("origin", "https://evil.tz").body("");
    assert_guarded(&visitor.send(request).await, "403");
    let request = visitor.http().get(visitor.url("/")).header("host", "evil.tz");
    assert_guarded(&visitor.send(request).await, "400");
    app.work().await;

    sql(&app, "alter table orders rename to gone").await;
    let answer = browser.get(&format!("/pay/{uuid}")).await;
    assert_eq!(answer.status, 500);
    assert_guarded(&answer, "500");
    assert!(answer.body.contains("do not pay again"), "{}", answer.body);
    assert!(answer.body.contains(answer.header("x-request-id")), "the id to name is missing");
    assert!(!answer.body.contains("no such table"), "{}", answer.body);
    sql(&app, "alter table gone rename to orders").await;
}
