//! What can be configured: set-up by hand, names for customers without a domain, no signing on.
use super::{creates, login, opens, service};
use hollyn_portal::sandbox::panel::PanelCall;
use hollyn_tests::{Buyer, TestApp};

/// `PROVISION_ON_PAYMENT=false`: the customer begins the set-up, of this order or of the newest.
#[tokio::test]
async fn finish_setup_starts_this_order_or_the_newest() {
    let app = TestApp::with(&[("PROVISION_ON_PAYMENT", "false")]).await;
    let (browser, first) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    assert_eq!((app.states(first).await.as_str(), creates(&app)), ("paid succeeded -", 0));
    let page = browser.get(&format!("/pay/{first}")).await.body;
    assert!(page.contains("Start the set-up now") && !page.contains("We are setting up"), "{page}");
    let mails = app.sim().mailbox.mails();
    let receipt = mails.iter().find(|mail| mail.subject.starts_with("Payment received")).expect("a receipt");
    assert!(receipt.text.contains("Start the set-up on your page"), "{}", receipt.text);
    assert!(!receipt.raw.contains("are setting up"), "{}", receipt.text);
    let page = browser.get("/dashboard").await.body;
    assert!(page.contains("/me/services/provision-latest") && page.contains("kahawakibo.co.tz"), "{page}");

    let answer = browser.post("/me/services/provision-latest", &[]).await;
    assert_eq!((answer.status, answer.location), (303, format!("/order/{first}")));
    app.work().await;
    assert!(opens(&app, first).await);
    // Nothing is left to finish, and asking is no error.
    assert_eq!(browser.post("/me/services/provision-latest", &[]).await.location, "/dashboard");
    let answer = browser.post(&format!("/me/services/provision/{first}"), &[]).await;
    assert_eq!((answer.status, answer.location), (303, format!("/order/{first}")));
    app.work().await;
    assert_eq!(creates(&app), 1);
}

/// Nobody begins the set-up of what is not paid, or not theirs.
#[tokio::test]
async fn only_own_paid_orders_can_be_set_up() {
    let app = TestApp::with(&[("PROVISION_ON_PAYMENT", "false")]).await;
    let (_, theirs) = app.paid_order(&Buyer::nth(1)).await;
    let (browser, unpaid) = app.order(&Buyer::nth(2)).await;
    assert_eq!(browser.post(&format!("/me/services/provision/{theirs}"), &[]).await.status, 404);
    assert_eq!(browser.post("/me/services/provision/not-a-uuid", &[]).await.status, 404);
    assert_eq!(browser.post(&format!("/me/services/provision/{unpaid}"), &[]).await.status, 303);
    assert_eq!(browser.post("/me/services/provision-latest", &[]).await.location, "/dashboard");
    let visitor = app.browser().post(&format!("/me/services/provision/{theirs}"), &[]).await;
    assert!(visitor.location.starts_with("/login"), "{}", visitor.location);
    app.work().await;
    assert_eq!(app.count("select count(*) from services").await, 0);
    assert_eq!(app.states(unpaid).await, "pending - -");
}

/// No domain yet: the account gets a name of its own under `WEBUZO_TEMP_DOMAIN`, and two customers two names.
#[tokio::test]
async fn an_order_without_a_domain_gets_a_temporary_one() {
    let app = TestApp::with(&[("WEBUZO_TEMP_DOMAIN", "muda.hollyn.online")]).await;
    let mut domains = Vec::new();
    for n in 1..=2 {
        let buyer = Buyer { domain: String::new(), ..Buyer::nth(n) };
        let (browser, uuid) = app.paid_order(&buyer).await;
        app.work().await;
        assert_eq!(app.states(uuid).await, "active succeeded active");
        assert!(opens(&app, uuid).await);
        let service = service(app.view(uuid).await);
        assert!(service.domain.ends_with(".muda.hollyn.online"), "{}", service.domain);
        assert!(login(&app, &service).await.0.starts_with("juma"), "the e-mail gives the username");
        assert!(browser.get("/dashboard").await.body.contains(&service.domain));
        let mails = app.sim().mailbox.mails();
        assert!(mails.iter().any(|mail| mail.text.contains(&service.domain)), "{mails:?}");
        domains.push(service.domain);
    }
    assert_ne!(domains[0], domains[1]);
}

/// `WEBUZO_SSO_ENABLED=false`: the panel is opened by hand, and nobody asks it for a way in.
#[tokio::test]
async fn without_sso_the_panels_sign_in_page_opens() {
    let app = TestApp::with(&[("WEBUZO_SSO_ENABLED", "false")]).await;
    let (browser, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    assert!(opens(&app, uuid).await);
    let answer = browser.get("/me/panel").await;
    assert_eq!((answer.status, answer.location), (303, format!("{}/webuzo/enduser", app.providers.base)));
    assert_eq!(app.sim().panel.calls(PanelCall::SignOn), 0);
}

/// A service is paid for the months that were bought, from its activation on, whatever happens to it later.
#[tokio::test]
async fn a_service_is_paid_from_its_activation_for_the_months_bought() {
    let app = TestApp::start().await;
    for (n, months, until) in
        [(1, 1, "2026-12-23"), (2, 3, "2027-02-23"), (3, 12, "2027-11-23"), (4, 36, "2029-11-23")]
    {
        let (_, uuid) = app.paid_order(&Buyer { months, ..Buyer::nth(n) }).await;
        app.work().await;
        let service = service(app.view(uuid).await);
        let paid_until = service.paid_until().unwrap();
        assert_eq!(service.activated_at(), Some(app.ctx.now()));
        assert_eq!(paid_until.east_africa().date().to_string(), until);
        assert_eq!(paid_until.east_africa().time().to_string(), "12:30:00.0");
    }
}
