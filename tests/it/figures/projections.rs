//! Counters and search words agree with the rows that they are computed from.
use super::{dashboard, hosted, orders_of, staff};
use hollyn_core::ops::{orders, payments, projections, services};
use hollyn_portal::sandbox::{
    gateway::{CreateFault, PhoneAction},
    panel::{PanelCall, PanelFault},
};
use hollyn_tests::{Buyer, TestApp, reason};

async fn agree(app: &TestApp) {
    let differences = projections::compare(&app.ctx).await.expect("the database answers");
    assert!(differences.is_empty(), "{differences:#?}");
}

/// The stored search words, and those computed from the rows.
async fn words(app: &TestApp) -> Vec<String> {
    let sql = "select noun || ' ' || object_id || ' ' || term || ' ' || prefix from search_terms order by 1";
    sqlx::query_scalar(sql).fetch_all(app.sql()).await.expect("the words")
}

/// After many purchases, refusals, faults, suspensions, cancellations and deletions.
#[tokio::test]
async fn counters_and_search_words_agree_after_every_kind_of_change() {
    let app = TestApp::with(&[("PROVISION_TRIES", "2")]).await;
    let actions = [
        PhoneAction::Approve,
        PhoneAction::PayTooLittle,
        PhoneAction::Approve,
        PhoneAction::PayTooMuch,
        PhoneAction::Refuse,
        PhoneAction::Approve,
        PhoneAction::PayTwice,
    ];
    let plans = ["hollyn-lite", "hollyn-grow", "hollyn-boost", "hollyn-max"];
    let mut bought = Vec::new();
    for n in 0..14_usize {
        let months = [1, 3, 6, 12][n % 4];
        let buyer = Buyer { plan: plans[n % 4], months, ..Buyer::nth(u32::try_from(n).unwrap()) };
        let (browser, uuid) = app.order(&buyer).await;
        if n % 9 == 4 {
            app.sim().gateway.next_create(CreateFault::TimeoutAfterActing);
        }
        if n % 8 == 3 {
            app.sim().panel.next_on(PanelCall::Create, PanelFault::Http(500));
            app.sim().panel.next_on(PanelCall::Create, PanelFault::Http(500));
        }
        browser.pay(uuid).await;
        if let Some(push) = app.sim().gateway.pushes().pop().filter(|push| push.is_open()) {
            app.sim().gateway.act(&push.order_id, actions[n % actions.len()]);
        }
        app.advance(3600);
        app.work().await;
        bought.push((browser, uuid, buyer));
    }
    agree(&app).await;
    let caller = staff();
    for (n, (browser, uuid, buyer)) in bought.iter().enumerate() {
        let service = app.view(*uuid).await.service.map(|service| service.id);
        // The state may refuse the action; the counters must agree in both cases.
        match (n % 6, service) {
            (0, Some(id)) => drop(services::suspend(&app.ctx, &caller, id, &reason("spam")).await),
            (1, Some(id)) => {
                app.delete_service(&caller, id, "asked for it").await.unwrap();
                browser.post("/profile/delete", &[("password", buyer.password.clone())]).await;
            }
            (2, Some(id)) => {
                drop(services::suspend(&app.ctx, &caller, id, &reason("spam")).await);
                drop(services::activate(&app.ctx, &caller, id, None).await);
            }
            (3, _) => drop(orders::cancel(&app.ctx, &caller, *uuid, &reason("a mistake")).await),
            (4, None) => {
                let reference = hollyn_tests::reference(&format!("CEJ3I3SET{n:02}"));
                drop(
                    payments::mark_paid(&app.ctx, &caller, *uuid, &reference, &reason("paid in cash")).await,
                );
            }
            (5, Some(id)) => drop(services::reprovision(&app.ctx, &caller, id).await),
            (_, _) => {}
        }
    }
    app.work().await;
    agree(&app).await;
    app.advance(80 * 3600);
    app.work().await;
    agree(&app).await;
    let failed = dashboard(&app, 14).await;
    assert!(failed.setups.failed > 0 && failed.operators[0].cancelled > 0, "the storm was none: {failed:?}");
    let kept = words(&app).await;
    projections::rebuild(&app.ctx).await.unwrap();
    assert_eq!(words(&app).await, kept, "words that the rows would not have anew");
}

#[tokio::test]
async fn missing_projections_are_built_at_the_start() {
    let app = TestApp::start().await;
    let (_, uuid) = hosted(&app, &Buyer::default()).await;
    let (before, kept) = (dashboard(&app, 14).await.totals, words(&app).await);
    assert!(!projections::build_missing(&app.ctx).await.unwrap(), "there is nothing to do");
    app.execute("delete from projection_versions").await;
    app.execute("delete from counters").await;
    app.execute("delete from search_terms").await;
    assert!(orders_of(&app, "neema").await.is_empty());
    assert!(projections::build_missing(&app.ctx).await.unwrap());
    assert_eq!(orders_of(&app, "neema").await, [uuid]);
    assert_eq!((dashboard(&app, 14).await.totals, words(&app).await), (before, kept));
    agree(&app).await;
}

#[tokio::test]
async fn wrong_counters_are_reported_and_rebuilt() {
    let app = TestApp::start().await;
    hosted(&app, &Buyer::default()).await;
    app.execute("update counters set sum_tzs = sum_tzs + 1 where metric = 'paid' and day = 0").await;
    app.execute("delete from counters where metric = 'users'").await;
    app.execute(
        "insert into counters (metric, day, label, row_count, sum_tzs) values ('orders', 0, 'hovering', 1, \
        0)",
    )
    .await;
    let wrong: Vec<String> = projections::compare(&app.ctx)
        .await
        .unwrap()
        .into_iter()
        .map(|difference| difference.metric)
        .collect();
    assert_eq!(wrong, ["orders", "paid", "users"]);
    projections::rebuild(&app.ctx).await.unwrap();
    agree(&app).await;
}
