//! A customer with many orders waits no longer for a page than one with a single order.
use hollyn_core::{domain::ids::OrderUuid, ops::payments::settle_due};
use hollyn_tests::{Browser, Buyer, TestApp, statements_of};

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
        }
    }
    app.sim().gateway.webhooks_done().await;
    settle_due(&app.shop).await.expect("asking the gateway");
    app.work().await;
    (browser, first.expect("an order at least"))
}

/// The overview takes four queries at most. No page takes more for fifty orders than for one.
#[tokio::test]
async fn the_more_i_ordered_the_slower_my_pages_got() {
    let app = TestApp::start().await;
    let (few, of_few) = customer(&app, 1, 1, 1).await;
    let (many, of_many) = customer(&app, 2, 50, 10).await;
    assert_eq!(app.count("select count(*) from services where status = 'active'").await, 11);
    let mut wrong = Vec::new();
    for (page, most) in [
        ("/dashboard", 4),
        ("/me/dashboard", 4),
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
    app.finish().await;
}
