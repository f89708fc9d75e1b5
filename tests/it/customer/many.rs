//! A customer with many orders waits no longer for a page than one with a single order.
use hollyn_core::{domain::ids::OrderUuid, ops::payments::settle_due};
use hollyn_tests::{Browser, Buyer, TestApp, statements_during, statements_of};

/// A customer with so many orders, the first of them set up, each paid from a phone of its own.
async fn customer(app: &TestApp, n: u32, orders: u32, services: u32) -> (Browser, OrderUuid) {
    let browser = app.browser();
    let mut first = None;
    for nth in 0..orders {
        let buyer = Buyer {
            domain: format!("duka{n}-{nth}.co.tz"),
            phone: format!("0754{:06}", n * 1000 + nth),
            ..Buyer::nth(n)
        };
        let uuid = browser.order(&buyer).await;
        first = first.or(Some(uuid));
        if nth < services {
            browser.pay(uuid).await;
            let push = app.sim().gateway.pushes().last().expect("a push went out").clone();
            assert!(app.sim().gateway.approve(&push.order_id));
            // An account that has paid may send more requests.
            app.sim().gateway.webhooks_done().await;
            settle_due(&app.ctx).await.expect("asking the gateway");
        }
    }
    app.work().await;
    (browser, first.expect("an order at least"))
}

/// The overview takes four queries after a change, however many orders there are, and one while nothing
/// changes.
#[tokio::test]
async fn an_unchanged_overview_is_not_rendered_again() {
    let app = TestApp::start().await;
    let (few, _) = customer(&app, 1, 1, 1).await;
    let (many, _) = customer(&app, 2, 50, 10).await;
    for browser in [&few, &many] {
        browser.get("/dashboard").await;
        let name = [("name", "Neema Mpya".to_owned())];
        assert_eq!(browser.post("/profile/name", &name).await.status, 303);
        let (anew, asked) = statements_during(browser.get("/dashboard")).await;
        assert_eq!(asked.len(), 4, "{asked:#?}");
        assert!(anew.body.contains("Neema"), "the change shows at once");
        let (again, asked) = statements_during(browser.get("/me/dashboard")).await;
        assert_eq!(asked.len(), 1, "{asked:#?}");
        assert_eq!(again.body, anew.body);
        assert_eq!(again.header("cache-control"), "no-store");
        assert!(!few.get("/dashboard").await.body.contains("duka2-"), "it is another customer's");
        // Another language is another page.
        let language = [("lang", "sw".to_owned()), ("next", "/dashboard".to_owned())];
        browser.post("/language", &language).await;
        assert!(browser.get("/dashboard").await.body.contains("lang=\"sw\""));
    }
}

/// The version of the price list is read at most once a second. A debug build reads the plans for each
/// visitor, since it renders changed templates; a release keeps the page.
#[tokio::test]
async fn the_price_list_takes_one_statement() {
    let app = TestApp::start().await;
    let (answer, statements) = statements_of(&app.browser(), "/plans").await;
    assert_eq!((answer.status, statements.len()), (200, 1), "{statements:#?}");
}

/// No page takes more queries for fifty orders than for one.
#[tokio::test]
async fn no_page_takes_more_statements_for_many_orders() {
    let app = TestApp::start().await;
    let (few, of_few) = customer(&app, 1, 1, 1).await;
    let (many, of_many) = customer(&app, 2, 50, 10).await;
    assert_eq!(app.count("select count(*) from services where status = 'active'").await, 11);
    let mut wrong = Vec::new();
    for (page, most) in [
        ("/me/orders", 3),
        ("/me/services", 3),
        ("/me/services/status", 2),
        ("/profile", 3),
        ("/profile/security", 4),
        ("/profile/activity", 3),
        ("/profile/delete", 2),
        ("/order/ORDER", 7),
        ("/pay/ORDER", 7),
        ("/me/services/SERVICE", 3),
        ("/checkout/hollyn-lite", 2),
        ("/login", 1),
    ] {
        let mut took = Vec::new();
        for (browser, uuid) in [(&few, of_few), (&many, of_many)] {
            let service = app.view(uuid).await.service.unwrap().id;
            let path = page.replace("ORDER", &uuid.to_string()).replace("SERVICE", &service.to_string());
            let (answer, statements) = statements_of(browser, &path).await;
            assert!(matches!(answer.status, 200 | 303), "{path}: {}", answer.status);
            assert!(!statements.is_empty(), "{path}: none was heard");
            took.push(statements);
        }
        if took[0].len() != took[1].len() || took[1].len() > most {
            wrong.push(format!("{page}, at most {most}: {:#?}", took));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
