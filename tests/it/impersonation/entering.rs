//! The start of an impersonation: who may request it, for whom, and how long and how often the link works.
use super::{
    CALLED_BACK, REASON, SENT_AWAY, admin, asked, cookie_line, enter, everything, has_banner, looking, staff,
    user,
};
use hollyn_core::{
    domain::{ids::UserId, input::Reason, user::Role},
    ops::{Caller, impersonation},
};
use hollyn_tests::{Buyer, TestApp};

#[tokio::test]
async fn the_links_page_names_customer_and_reason_and_starts_the_impersonation() {
    let app = TestApp::start().await;
    let (_, uuid) = app.paid_order(&Buyer::nth(1)).await;
    app.work().await;
    let admin = admin(&app).await;
    let link = asked(&app, &admin, user(&app, &Buyer::nth(1).email).await).await;
    assert_eq!(link.len(), "/impersonate/".len() + 43, "256 bits: {link}");

    let browser = app.browser();
    let page = browser.get(&link).await;
    for words in ["View the site as Juma Hamisi 1", REASON, "15 minutes", "Everything is recorded"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert_eq!((page.header("referrer-policy"), page.header("cache-control")), ("no-referrer", "no-store"));
    let entered = enter(&browser, &link).await;
    let cookie = cookie_line(&entered, "impersonation").expect("a cookie of its own");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    assert!(!cookie.contains("Max-Age") && !cookie.contains("Expires"), "{cookie}");
    assert!(cookie_line(&entered, "session").is_none());

    let dashboard = browser.get("/dashboard").await;
    assert!(has_banner(&dashboard, "Juma Hamisi 1"), "{}", dashboard.body);
    assert!(dashboard.body.contains("until <span class=\"num\">12:45</span>"), "{}", dashboard.body);
    assert!(dashboard.body.contains("duka1.co.tz"), "{}", dashboard.body);
    assert_eq!(browser.get(&format!("/order/{uuid}")).await.status, 200);
    app.work().await;
}

/// Browsers and chat programs load links in advance.
#[tokio::test]
async fn opening_the_link_does_not_use_it_up_and_its_button_does() {
    let app = TestApp::start().await;
    app.order(&Buyer::nth(1)).await;
    let admin = admin(&app).await;
    let link = asked(&app, &admin, user(&app, &Buyer::nth(1).email).await).await;
    let before = everything(&app).await;
    for _ in 0..3 {
        assert_eq!(app.browser().get(&link).await.status, 200);
    }
    let ahead = app.browser();
    let request = ahead.http().get(ahead.url(&link)).header("sec-purpose", "prefetch");
    assert!(cookie_line(&ahead.send(request).await, "impersonation").is_none());
    assert_eq!(everything(&app).await, before, "a look at the link changed something");

    let browser = app.browser();
    enter(&browser, &link).await;
    for second in [app.browser(), ahead] {
        assert_eq!(second.get(&link).await.status, 410);
        let answer = second.post(&link, &[]).await;
        assert_eq!(answer.status, 410, "{}", answer.body);
        assert!(cookie_line(&answer, "impersonation").is_none());
        assert!(second.get("/dashboard").await.location.starts_with("/login"));
    }
    assert_eq!(browser.get("/dashboard").await.status, 200);
    app.work().await;
}

#[tokio::test]
async fn concurrent_uses_of_a_link_start_one_impersonation() {
    let app = TestApp::start().await;
    app.order(&Buyer::nth(1)).await;
    let admin = admin(&app).await;
    let link = asked(&app, &admin, user(&app, &Buyer::nth(1).email).await).await;
    let browsers: Vec<_> = (0..4).map(|_| app.browser()).collect();
    let answers =
        rocket::futures::future::join_all(browsers.iter().map(|browser| browser.post(&link, &[]))).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 410, 410, 410]);
    app.work().await;
}

#[tokio::test]
async fn a_link_expires_after_a_minute_and_all_invalid_links_are_answered_alike() {
    let app = TestApp::start().await;
    app.order(&Buyer::nth(1)).await;
    let admin = admin(&app).await;
    let customer = user(&app, &Buyer::nth(1).email).await;
    let used = asked(&app, &admin, customer).await;
    enter(&app.browser(), &used).await;
    let old = asked(&app, &admin, customer).await;
    app.advance(59);
    assert_eq!(app.browser().get(&old).await.status, 200);
    app.advance(2);
    let wrong = format!("/impersonate/{}", "x".repeat(43));
    let mut pages = Vec::new();
    for link in [&old, &used, &wrong] {
        let (got, posted) = (app.browser().get(link).await, app.browser().post(link, &[]).await);
        assert_eq!((got.status, posted.status), (410, 410), "{link}");
        assert!(got.body.contains("This link does not work any more"), "{}", got.body);
        let token = link.rsplit('/').next().unwrap();
        pages.push((got.body.replace(token, ""), posted.body));
    }
    assert!(pages.iter().all(|page| *page == pages[0]), "the pages tell more than that");
    app.work().await;
}

#[tokio::test]
async fn only_admins_impersonate_only_customers_and_only_with_a_reason() {
    let app = TestApp::start().await;
    for n in 1..=3 {
        app.order(&Buyer::nth(n)).await;
    }
    let admin = admin(&app).await;
    let support = staff(&app, "Baraka Juma", Role::Support).await;
    let second = staff(&app, "Consolata Temba", Role::Admin).await;
    let [customer, disabled, deleted] = [
        user(&app, "juma1@example.com").await,
        user(&app, "juma2@example.com").await,
        user(&app, "juma3@example.com").await,
    ];
    app.execute("update users set disabled_at = 1 where email = 'juma2@example.com'").await;
    app.execute(
        "update users set disabled_at = 1, deleted_at = 1, email = 'deleted-3@invalid', password = '' \
         where email = 'juma3@example.com'",
    )
    .await;
    let gone = staff(&app, "Daudi Kweka", Role::Admin).await;
    app.execute("update users set disabled_at = 1 where email = 'daudi@hollyn.online'").await;
    let as_customer = Caller { user: Some(customer), staff: None, ..Caller::default() };
    let inside = impersonation::in_place_of(&admin, admin.staff.unwrap(), customer);
    let before = everything(&app).await;

    let reason = Reason::parse(REASON).unwrap();
    let (to_second, to_support) = (second.staff.unwrap(), support.staff.unwrap());
    let (forbidden, of_staff) = ("Only an admin may do this.", "Staff cannot be impersonated.");
    let disabled_or_deleted = "This account is locked or deleted.";
    for (who, caller, whom, refusal) in [
        ("support", &support, customer, forbidden),
        ("a disabled admin", &gone, customer, forbidden),
        ("a customer", &as_customer, disabled, forbidden),
        ("a visitor", &Caller::default(), customer, forbidden),
        ("an admin in a customer's place", &inside, customer, forbidden),
        ("support, and no such user", &support, UserId(9999), forbidden),
        ("of an admin", &admin, to_second, of_staff),
        ("of support", &admin, to_support, of_staff),
        ("of oneself", &admin, admin.staff.unwrap(), of_staff),
        ("of a disabled account", &admin, disabled, disabled_or_deleted),
        ("of a deleted account", &admin, deleted, disabled_or_deleted),
        ("of an unknown account", &admin, UserId(9999), "there is no such user"),
    ] {
        let error = impersonation::issue_ticket(&app.ctx, caller, whom, &reason).await.unwrap_err();
        assert_eq!(error.to_string(), refusal, "{who}");
    }
    assert_eq!(everything(&app).await, before);
    let long = Reason::parse(&"s".repeat(500)).unwrap();
    assert!(impersonation::issue_ticket(&app.ctx, &admin, customer, &long).await.is_ok());
    app.work().await;
}

#[tokio::test]
async fn a_link_is_invalid_when_staff_or_customer_lose_access() {
    let app = TestApp::start().await;
    app.order(&Buyer::nth(1)).await;
    let admin = admin(&app).await;
    let customer = user(&app, &Buyer::nth(1).email).await;
    for change in SENT_AWAY {
        let link = asked(&app, &admin, customer).await;
        app.execute(change).await;
        let browser = app.browser();
        assert_eq!(browser.get(&link).await.status, 410, "{change}");
        assert_eq!(browser.post(&link, &[]).await.status, 410, "{change}");
        app.execute(CALLED_BACK).await;
    }
    app.work().await;
}

#[tokio::test]
async fn a_second_impersonation_is_refused_until_the_first_is_left() {
    let app = TestApp::start().await;
    for n in 1..=2 {
        app.order(&Buyer::nth(n)).await;
    }
    let admin = admin(&app).await;
    let browser = looking(&app, &admin, &Buyer::nth(1)).await;
    let second = asked(&app, &admin, user(&app, &Buyer::nth(2).email).await).await;
    let page = browser.get(&second).await;
    assert_eq!(page.status, 409);
    assert!(page.body.contains("You are viewing as Juma Hamisi 1 already"), "{}", page.body);
    assert!(!page.body.contains("Juma Hamisi 2"), "{}", page.body);
    assert_eq!(browser.post(&second, &[]).await.status, 403);
    assert!(has_banner(&browser.get("/dashboard").await, "Juma Hamisi 1"));
    let inside =
        impersonation::in_place_of(&admin, admin.staff.unwrap(), user(&app, &Buyer::nth(1).email).await);
    let token = second.rsplit('/').next().unwrap();
    assert_eq!(impersonation::enter(&app.ctx, &inside, token).await.unwrap(), None);

    assert_eq!(browser.post("/impersonate/stop", &[]).await.status, 200);
    enter(&browser, &second).await;
    assert!(has_banner(&browser.get("/dashboard").await, "Juma Hamisi 2"));
    app.work().await;
}
