//! Candidates for an unmatched payment: the orders that it could be for, and why.
use super::{active, because};
use hollyn_core::{
    api::{AttentionQuery, CandidateReason as Because, Client},
    domain::user::Role,
};
use hollyn_tests::{Buyer, TestApp, statements_during};

/// A payment at the gateway that the database does not have, as after a restored backup.
async fn unmatched_payment(app: &TestApp, id: &str, phone: &str, amount: i64) {
    let browser = app.browser();
    let sent = serde_json::json!({
        "order_id": id, "buyer_email": "a@b.tz", "buyer_name": "A", "buyer_phone": phone, "amount": amount,
        "webhook_url": format!("{}/webhooks/zeno", app.url),
    });
    let url = format!("{}/zenopay/payments/mobile_money_tanzania", app.providers.base);
    let answer = browser.send(browser.http().post(url).header("x-api-key", "sandbox").json(&sent)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    app.sim().gateway.approve(id);
    app.work().await;
}

async fn newest(staff: &Client) -> i64 {
    staff.list_attention(&AttentionQuery::default()).await.expect("a list").items.remove(0).id
}

#[tokio::test]
async fn an_unmatched_payment_lists_orders_of_the_same_phone_or_amount() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Support).await;
    active(&app, &Buyer { months: 3, ..Buyer::nth(4) }).await;
    app.order(&Buyer { plan: "hollyn-lite", phone: "0754 000 001".into(), ..Buyer::nth(1) }).await;
    app.order(&Buyer { phone: "0754 000 001".into(), ..Buyer::nth(2) }).await;
    app.order(&Buyer::nth(3)).await;
    unmatched_payment(&app, "strangestrangestrang", "0754000001", 25_000).await;
    let case = staff.show_attention(newest(&staff).await).await.expect("the case");
    assert_eq!(case.payer_phone.as_deref(), Some("0754000001"));
    let found: Vec<(&str, &[Because])> =
        case.candidates.iter().map(|one| (&*one.order.customer_name, &*one.because)).collect();
    let expected: [(&str, &[Because]); 3] = [
        ("Juma Hamisi 2", &[Because::SamePhone, Because::SameAmount]),
        ("Juma Hamisi 1", &[Because::SamePhone]),
        ("Juma Hamisi 3", &[Because::SameAmount]),
    ];
    assert_eq!(found, expected, "who paid another amount from another phone is not among them");

    unmatched_payment(&app, "otherotherotherother", "0754999999", 1_234).await;
    let case = staff.show_attention(newest(&staff).await).await.expect("the case");
    assert!(case.candidates.is_empty(), "nothing fits, and nothing is guessed: {:?}", case.candidates);
    assert_eq!(case.payer_phone.as_deref(), Some("0754999999"));
    app.work().await;
}

#[tokio::test]
async fn orders_of_more_than_a_week_ago_are_no_candidates() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    app.order(&Buyer::nth(1)).await;
    app.advance(8 * 86_400);
    app.work().await;
    unmatched_payment(&app, "strangestrangestrang", "0754000001", 25_000).await;
    let staff_again = app.staff(Role::Admin).await;
    let id = newest(&staff_again).await;
    assert!(staff_again.show_attention(id).await.expect("the case").candidates.is_empty());
    staff_again.resolve_attention(id, &because("paid back")).await.expect("closed");
    app.order(&Buyer::nth(2)).await;
    let closed = staff_again.show_attention(id).await.expect("the case");
    assert!(closed.candidates.is_empty(), "what is settled needs no more guesses");
    assert!(staff.show_attention(id).await.is_err(), "a token does not last eight days");
    app.work().await;
}

#[tokio::test]
async fn the_number_of_candidates_does_not_change_the_number_of_statements() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Support).await;
    unmatched_payment(&app, "strangestrangestrang", "0754000001", 25_000).await;
    let id = newest(&staff).await;
    staff.show_attention(id).await.expect("the case");
    let (_, none) = statements_during(staff.show_attention(id)).await;
    for nth in 1..=9 {
        app.order(&Buyer::nth(nth)).await;
    }
    let (case, many) = statements_during(staff.show_attention(id)).await;
    assert_eq!(case.expect("the case").candidates.len(), 8, "and no more than help");
    assert!(many.len() <= none.len() + 1, "{}", many.join("\n"));
    app.work().await;
}
