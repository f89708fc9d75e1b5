//! Whole shillings, from the form to the books.
use super::{newest_push, payments_of};
use hollyn_core::domain::money::Tzs;
use hollyn_portal::sandbox::gateway::StatusFault;
use hollyn_tests::{Buyer, TestApp};

/// Rule whole-shillings: the gateway's `"25000.00"` is 25,000 shillings and pays the order.
#[tokio::test]
async fn an_amount_with_decimals_pays_the_order() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    app.sim().gateway.next_status(StatusFault::AmountWithDecimals);
    app.sim().gateway.approve(&newest_push(&app).order_id);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    assert_eq!(payments_of(&app, uuid).await[0].received(), Some(Tzs(25_000)));
    assert!(app.attention().await.is_empty());
    app.work().await;
}

/// Rule whole-shillings: money and its currency are stored as integers and a word; no column could hold a
/// float.
#[tokio::test]
async fn amounts_are_stored_as_whole_shillings() {
    let app = TestApp::start().await;
    let (_, uuid) = app.paid_order(&Buyer { months: 12, ..Buyer::default() }).await;
    app.work().await;
    assert_eq!(app.view(uuid).await.order.price.total, Tzs(240_000));
    let kinds =
        "select group_concat(distinct typeof(amount_tzs) || typeof(received_tzs) || currency) from payments";
    assert_eq!(app.text(kinds).await, "integerintegerTZS");
    let kinds = "select group_concat(distinct typeof(amount_tzs) || currency) from payment_events";
    assert_eq!(app.text(kinds).await, "integerTZS");
    let kinds = "select group_concat(distinct typeof(price_tzs) || typeof(base_price_monthly) || currency) \
        from orders";
    assert_eq!(app.text(kinds).await, "integerintegerTZS");
    let declared = "select count(*) from sqlite_master m join pragma_table_info(m.name) c where m.type = \
        'table' \
                    and m.name not like '\\_%' escape '\\' and m.name not like 'sqlite%' \
                    and (c.type like '%real%' or c.type like '%floa%' or c.type like '%doub%' or c.type \
                    like '%dec%')";
    assert_eq!(app.count(declared).await, 0);
    app.work().await;
}

/// Rule whole-shillings: the phone is asked for exactly what the page said, in every term that is sold.
#[tokio::test]
async fn the_phone_is_asked_for_what_the_page_said() {
    let app = TestApp::start().await;
    for (n, (months, total)) in
        (1..).zip([(1, 25_000), (3, 67_500), (6, 127_500), (12, 240_000), (24, 480_000), (36, 720_000)])
    {
        let (browser, uuid) = app.order(&Buyer { months, ..Buyer::nth(n) }).await;
        browser.pay(uuid).await;
        assert_eq!(newest_push(&app).amount, total, "{months} months");
        let page = browser.get(&format!("/pay/{uuid}")).await.body;
        assert!(
            page.contains(&Tzs(total).to_string().replace(' ', "\u{a0}"))
                || page.contains(&Tzs(total).to_string())
        );
    }
    app.work().await;
}
