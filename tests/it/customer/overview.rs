//! The overview in each state, with texts and figures in both languages.
use super::active;
use hollyn_core::{
    api::Reason,
    domain::user::Role,
    ops::{Caller, orders, services},
};
use hollyn_tests::{Answer, Browser, Buyer, TestApp, reason};

/// The figures: orders, paid, not paid, active, being set up, paid in total.
fn figures(page: &Answer) -> Vec<String> {
    let strip = page.body.split("class=\"figures\"").nth(1).and_then(|rest| rest.split("</dl>").next());
    let strip = strip.unwrap_or_else(|| panic!("{}", page.body));
    let figure =
        |part: &str| part.split("</dd>").next().unwrap_or_default().replace("<small>TSh</small> ", "");
    strip.split("<dd>").skip(1).map(figure).collect()
}

/// The overview in both languages.
async fn overview(browser: &Browser) -> [Answer; 2] {
    [in_language(browser, "en").await, in_language(browser, "sw").await]
}

async fn in_language(browser: &Browser, lang: &str) -> Answer {
    browser.post("/language", &[("lang", lang.to_owned()), ("next", "/dashboard".to_owned())]).await;
    let page = browser.get("/dashboard").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains(&format!("lang=\"{lang}\"")));
    page
}

fn says(pages: &[Answer; 2], english: &[&str], swahili: &[&str]) {
    for (page, words) in pages.iter().zip([english, swahili]) {
        for word in words {
            assert!(page.body.contains(word), "{word} in {}", page.body);
        }
    }
    assert_eq!(figures(&pages[0]), figures(&pages[1]));
}

/// In both languages, from the order to the last day.
#[tokio::test]
async fn the_overview_shows_the_true_figures() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer { months: 3, ..Buyer::default() }).await;
    let pages = overview(&browser).await;
    says(
        &pages,
        &["Karibu, Neema", "waits for its payment", "Not paid yet"],
        &["inasubiri malipo", "Haijalipwa bado"],
    );
    assert_eq!(figures(&pages[0]), ["1", "0", "1", "0", "0", "0", "0"]);

    browser.pay(uuid).await;
    app.sim().gateway.approve(&app.sim().gateway.pushes().last().unwrap().order_id);
    app.sim().gateway.webhooks_done().await;
    hollyn_core::ops::payments::settle_due(&app.ctx).await.unwrap();
    let pages = overview(&browser).await;
    says(&pages, &["Being set up", "data-live"], &["Inaandaliwa", "Imelipwa"]);
    assert_eq!(figures(&pages[0]), ["1", "1", "0", "0", "0", "1", "67,500", "67,500"]);

    app.work().await;
    let pages = overview(&browser).await;
    says(
        &pages,
        &["Active", "paid until 23\u{a0}February 2027", "/me/panel/"],
        &["Inafanya kazi", "23\u{a0}Februari 2027"],
    );
    assert!(!pages[0].body.contains("data-live"));
    assert_eq!(figures(&pages[0]), ["1", "1", "0", "0", "1", "0", "67,500", "67,500"]);

    let id = app.view(uuid).await.service.unwrap().id;
    services::suspend(&app.ctx, &Caller::default(), id, &reason("abuse")).await.unwrap();
    let pages = overview(&browser).await;
    says(&pages, &["is suspended", "Suspended", "are kept"], &["imesimamishwa", "Imesimamishwa"]);
    assert_eq!(figures(&pages[0]), ["1", "1", "0", "0", "0", "0", "67,500", "67,500"]);

    app.delete_service(&Caller::default(), id, "asked for").await.unwrap();
    let pages = overview(&browser).await;
    says(&pages, &["Complete"], &["Imekamilika"]);
    assert!(!pages[0].body.contains("/me/panel/"));
    assert_eq!(figures(&pages[0]), ["1", "1", "0", "0", "0", "0", "67,500", "67,500"]);
    app.work().await;
}

/// No order; a delayed set-up; one that waits for the customer; a cancelled order.
#[tokio::test]
async fn the_overview_has_words_for_every_case() {
    let app = TestApp::with(&[("PROVISION_TRIES", "1")]).await;
    let newcomer = app.browser();
    let fields = [
        ("name", "Zuhura Said".to_owned()),
        ("email", "zuhura@example.com".to_owned()),
        ("password", "maji ya bahari".to_owned()),
    ];
    assert_eq!(newcomer.post("/register", &fields).await.status, 303);
    let page = newcomer.get("/dashboard").await;
    assert!(
        page.body.contains("Your websites will be listed here") && !page.body.contains("class=\"figures\"")
    );

    app.sim().panel.away(true);
    let (browser, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    assert_eq!(app.states(uuid).await, "paid succeeded failed");
    let pages = overview(&browser).await;
    says(
        &pages,
        &["setting up takes longer than usual", "your payment is recorded"],
        &["yanachukua muda zaidi"],
    );
    for page in &pages {
        assert!(!page.body.to_lowercase().contains("fail"), "to the customer it never failed: {}", page.body);
    }
    assert_eq!(figures(&pages[0]), ["1", "1", "0", "0", "0", "1", "25,000", "25,000"]);

    orders::cancel(&app.ctx, &Caller::default(), uuid, &reason("asked for")).await.unwrap();
    let pages = overview(&browser).await;
    says(&pages, &["Cancelled"], &["Imeghairiwa"]);
    assert!(!pages[0].body.contains("takes longer"));
}

/// Without automatic set-up: the call to finish names the order, and the figures count it as paid.
#[tokio::test]
async fn a_paid_order_without_hosting_asks_to_finish() {
    let app = TestApp::with(&[("PROVISION_ON_PAYMENT", "false")]).await;
    let (browser, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    let pages = overview(&browser).await;
    let call = format!("Order {} is paid. Finish the set-up of kahawakibo.co.tz.", uuid.number());
    says(
        &pages,
        &[&call, "Not set up yet"],
        &["Kamilisha maandalizi ya kahawakibo.co.tz", "Bado haijaandaliwa"],
    );
    assert_eq!(figures(&pages[0]), ["1", "1", "0", "0", "0", "0", "25,000", "25,000"]);
}

/// On the order's own page.
#[tokio::test]
async fn a_failed_set_up_is_not_shown_as_under_way() {
    let app = TestApp::with(&[("PROVISION_TRIES", "2")]).await;
    app.sim().panel.away(true);
    let (browser, uuid) = app.paid_order(&Buyer::default()).await;
    let path = format!("/order/{uuid}");
    app.work().await;
    let page = browser.get(&path).await.body;
    assert!(page.contains("We try again at") && page.contains("delayed"), "{page}");
    assert!(!page.contains("class=\"when\">now"), "a try that waits is not under way: {page}");
    app.advance(10);
    app.work().await;
    assert_eq!(app.states(uuid).await, "paid succeeded failed");
    for words in ["Account not created on the server yet", "delayed"] {
        assert!(browser.get(&path).await.body.contains(words), "{words}");
    }
    let page = browser.get(&path).await.body;
    assert!(!page.contains("class=\"when\">now") && !page.contains("Creating the account"), "{page}");
    app.sim().panel.away(false);
    browser.post(&format!("/me/services/provision/{uuid}"), &[]).await;
    let page = browser.get(&path).await.body;
    assert!(page.contains("class=\"when\">now") && !page.contains("delayed"), "it goes on: {page}");
    app.work().await;
    assert!(browser.get(&path).await.body.contains("Account created on the server"));
    app.work().await;
}

#[tokio::test]
async fn a_suspended_service_says_since_when() {
    let app = TestApp::start().await;
    let (browser, uuid, id) = active(&app, &Buyer::default()).await;
    app.advance(3 * 86_400);
    let staff = app.staff(Role::Support).await;
    let reason = Reason { reason: "spam".into() };
    staff.suspend(id, &reason).await.expect("suspended");
    browser.sign_in(&Buyer::default()).await;
    let page = browser.get(&format!("/order/{uuid}")).await.body;
    let (_, after) = page.split_once("Hosting suspended").expect("it says so");
    let (line, _) = after.split_once("</li>").expect("the line's end");
    assert!(line.contains("26\u{a0}November 2026"), "{line}");
    app.work().await;
}
