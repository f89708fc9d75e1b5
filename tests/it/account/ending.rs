//! Deleting an account: not while services exist; personal data is removed and the figures stay the same.
use super::{form, is_in, registered, sign_in};
use hollyn_core::ops::{Caller, services};
use hollyn_tests::{Browser, Buyer, TestApp, reason};
use sqlx::{AssertSqlSafe, Row};

async fn delete(browser: &Browser, password: &str) -> hollyn_tests::Answer {
    browser.post("/profile/delete", &[form("password", password)]).await
}

/// The columns of the database that contain the text: `table.column`.
async fn found(app: &TestApp, text: &str) -> Vec<String> {
    let db = app.sql();
    let sql = "select m.name as t, p.name as c from sqlite_master m join pragma_table_info(m.name) p where \
        m.type = 'table'";
    let columns = sqlx::query(sql).fetch_all(db).await.expect("the columns");
    let mut places = Vec::new();
    for row in columns {
        let (table, column): (String, String) = (row.get("t"), row.get("c"));
        let sql = format!("select count(*) from \"{table}\" where lower(cast(\"{column}\" as text)) like ?");
        let like = format!("%{}%", text.to_lowercase());
        let hits: i64 =
            sqlx::query_scalar(AssertSqlSafe(sql)).bind(like).fetch_one(db).await.expect("a number");
        if hits > 0 {
            places.push(format!("{table}.{column}"));
        }
    }
    places
}

#[tokio::test]
async fn an_account_with_a_service_cannot_be_deleted() {
    let app = TestApp::start().await;
    let buyer = Buyer::nth(1);
    let (browser, uuid) = app.paid_order(&buyer).await;
    for state in ["paid succeeded requested", "active succeeded active"] {
        assert_eq!(app.states(uuid).await, state);
        let page = browser.get("/profile/delete").await;
        assert!(page.status == 200 && page.body.contains("duka1.co.tz"), "{}", page.body);
        let refused = delete(&browser, &buyer.password).await;
        assert_eq!(refused.status, 409, "{state}");
        assert!(refused.body.contains("duka1.co.tz"), "{}", refused.body);
        assert!(is_in(&browser).await);
        app.work().await;
    }
    let id = app.view(uuid).await.service.unwrap().id;
    services::suspend(&app.ctx, &Caller::default(), id, &reason("abuse")).await.unwrap();
    assert_eq!(delete(&browser, &buyer.password).await.status, 409, "suspended is not ended");
    assert_eq!(app.text("select name from users").await, buyer.name);
    app.work().await;
}

#[tokio::test]
async fn an_account_with_an_open_payment_request_cannot_be_deleted() {
    let app = TestApp::start().await;
    let buyer = Buyer::nth(1);
    let (browser, uuid) = app.order(&buyer).await;
    browser.pay(uuid).await;
    let refused = delete(&browser, &buyer.password).await;
    assert!(refused.status == 409 && refused.body.contains("duka1.co.tz"), "{}", refused.body);
    assert!(refused.body.contains("A payment request of yours is still open"), "{}", refused.body);
    assert!(!refused.body.contains("still running"), "nothing runs yet: {}", refused.body);
    app.sim().gateway.refuse(&app.sim().gateway.pushes().last().unwrap().order_id);
    app.advance(130);
    hollyn_core::ops::payments::settle_due(&app.ctx).await.unwrap();
    assert_eq!(app.states(uuid).await, "pending cancelled -");
    assert_eq!(
        delete(&browser, &buyer.password).await.status,
        200,
        "an unpaid order does not keep the account"
    );
    app.work().await;
}

/// A customer who got every kind of mail and whose only service is deleted, in a second browser.
async fn leaving(app: &TestApp, buyer: &Buyer) -> (Browser, Browser) {
    let (browser, uuid) = app.paid_order(buyer).await;
    app.work().await;
    let id = app.view(uuid).await.service.expect("it is set up").id;
    let phone = app.browser();
    sign_in(&phone, &buyer.email, &buyer.password).await;
    sign_in(&app.browser(), &buyer.email, "si hili kabisa").await;
    phone.post("/email/verification", &[]).await;
    phone.post("/forgot-password", &[form("email", &buyer.email)]).await;
    app.work().await;
    app.delete_service(&Caller::default(), id, "the customer asked for it").await.expect("the panel does it");
    app.work().await;
    // A mail that is queued.
    phone.post("/email/verification", &[]).await;
    (browser, phone)
}

#[tokio::test]
async fn deleting_an_account_ends_its_sessions_and_keeps_its_payments() {
    let app = TestApp::start().await;
    let buyer = Buyer::nth(1);
    let (browser, phone) = leaving(&app, &buyer).await;
    let books =
        "select group_concat(price_tzs || ' ' || status || ' ' || order_uuid || ' ' || paid_at) from orders";
    let money = "select group_concat(amount_tzs || ' ' || received_tzs || ' ' || status || ' ' || \
        reference) from payments";
    let before = (app.text(books).await, app.text(money).await);

    let refused = delete(&phone, "si hili kabisa").await;
    assert!(refused.status == 422 && refused.body.contains("That is not the password of your account"));
    let done = delete(&phone, &buyer.password).await;
    assert_eq!(done.status, 200, "{}", done.body);
    assert!(done.body.contains("Your account is deleted"), "{}", done.body);
    assert!(!is_in(&phone).await && !is_in(&browser).await, "all sessions end");
    assert_eq!(app.count("select count(*) from sessions").await, 0);
    assert_eq!(sign_in(&app.browser(), &buyer.email, &buyer.password).await.status, 422);
    app.work().await;

    assert_eq!((app.text(books).await, app.text(money).await), before, "the books stay");
    for trace in [buyer.name.as_str(), buyer.email.as_str(), "754000001"] {
        let places = found(&app, trace).await;
        let named = [
            "users.name",
            "users.email",
            "users.phone",
            "orders.customer_name",
            "orders.customer_email",
            "orders.customer_phone",
            "orders.payer_phone",
            "payments.payer_phone",
            "audit_log.details",
        ];
        assert!(!places.iter().any(|place| named.contains(&place.as_str())), "{trace}: {places:?}");
    }
}

#[tokio::test]
async fn a_deleted_accounts_personal_data_is_in_no_column() {
    let app = TestApp::start().await;
    let buyer = Buyer::nth(1);
    let (_, phone) = leaving(&app, &buyer).await;
    assert_eq!(delete(&phone, &buyer.password).await.status, 200);
    app.work().await;
    let mut places = Vec::new();
    for trace in [buyer.name.as_str(), buyer.email.as_str(), "754000001"] {
        places.extend(found(&app, trace).await.into_iter().map(|place| format!("{trace}: {place}")));
    }
    assert_eq!(places, Vec::<String>::new());
}

#[tokio::test]
async fn a_deleted_accounts_earlier_address_is_in_no_column() {
    let app = TestApp::start().await;
    let buyer = Buyer::nth(1);
    let (browser, _) = app.order(&buyer).await;
    for email in ["mpya@example.com", "mpya.zaidi@example.com"] {
        let fields = [form("email", email), form("password", &buyer.password)];
        assert_eq!(browser.post("/profile/email", &fields).await.status, 303, "{email}");
        app.work().await;
        app.advance(3600);
    }
    // A week later, expired rows are swept.
    app.advance(7 * 86_400);
    hollyn_core::ops::jobs::sweep(&app.ctx).await.unwrap();
    app.work().await;
    let back = app.browser();
    sign_in(&back, "mpya.zaidi@example.com", &buyer.password).await;
    assert_eq!(delete(&back, &buyer.password).await.status, 200);
    app.work().await;
    for address in [buyer.email.as_str(), "mpya@example.com", "mpya.zaidi@example.com", &buyer.name] {
        assert_eq!(found(&app, address).await, Vec::<String>::new(), "{address}");
    }
}

#[tokio::test]
async fn a_deleted_accounts_address_can_register_again() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    assert_eq!(delete(&browser, &buyer.password).await.status, 200);
    app.work().await;
    let (fresh, _) = registered(&app, 1).await;
    assert!(is_in(&fresh).await);
    assert_eq!(app.count("select count(*) from users where disabled_at is null").await, 1);
    let page = fresh.get("/profile/activity").await.body;
    assert_eq!(page.matches("Account created").count(), 1, "{page}");
}
