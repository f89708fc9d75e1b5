//! Orders: lists, orders and payments by staff, cancellation, deletion, and the timeline.
use super::{active, because, code, field};
use hollyn_core::{
    api::{
        AttentionKind, Confirm, Day, ErrorCode, MarkPaid, NewOrder, OrderAction, OrderEdit, OrderQuery,
        OrderStatus, TimelineKind,
    },
    domain::{time::Day as DomainDay, user::Role},
};
use hollyn_tests::{Buyer, TestApp};

const NOBODYS: &str = "018f2d4e-0000-7000-8000-000000000000";

fn paid_by(reference: &str) -> MarkPaid {
    MarkPaid { reference: reference.into(), reason: "seen on the statement".into() }
}

fn by(q: &str) -> OrderQuery {
    OrderQuery { q: Some(q.into()), ..OrderQuery::default() }
}

#[tokio::test]
async fn orders_are_found_by_name_phone_email_number_and_reference() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Support).await;
    let (uuid, service) = active(&app, &Buyer::nth(7)).await;
    app.order(&Buyer::nth(8)).await;
    let order = app.view(uuid).await.order;
    let reference = order.settlement().expect("it is paid").reference.clone().unwrap();
    let number = uuid.number();
    let known = [
        uuid.to_string(),
        number.clone(),
        number.to_lowercase().replace("h-", ""),
        "hamisi 7".into(),
        "juma7@example.com".into(),
        "0754 000 007".into(),
        "duka7.co.tz".into(),
        reference,
    ];
    for q in known {
        let found = staff.list_orders(&by(&q)).await.expect("a list");
        assert!(found.items.iter().any(|order| order.uuid == uuid.to_string()), "{q}");
    }
    let active = OrderQuery { status: Some(OrderStatus::Active), ..OrderQuery::default() };
    let found = staff.list_orders(&active).await.expect("a list");
    assert_eq!(found.total, 1);
    let item = &found.items[0];
    assert_eq!((item.service_id, item.operator.as_deref()), (Some(service), Some("M-PESA")));
    let today = Day(DomainDay::of(app.ctx.now()));
    let span = |from, to| OrderQuery { from, to, ..OrderQuery::default() };
    assert_eq!(staff.list_orders(&span(Some(today), Some(today))).await.expect("a list").total, 2);
    let tomorrow = Day(today.0.plus(1));
    assert_eq!(staff.list_orders(&span(Some(tomorrow), None)).await.expect("a list").total, 0);
    app.work().await;
}

#[tokio::test]
async fn an_order_by_staff_is_paid_by_the_customer_on_the_mailed_link() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Support).await;
    let (browser, first) = app.order(&Buyer::default()).await;
    let user_id = app.view(first).await.order.user_id.0;
    let new = NewOrder {
        user_id,
        plan: "hollyn-max".into(),
        months: 12,
        domain: Some("mpya.co.tz".into()),
        phone: None,
    };
    let made = staff.create_order(&new).await.expect("an order");
    assert_eq!((made.price_tzs, made.is_new), (480_000, true));
    let again = staff.create_order(&new).await.expect("the same order");
    assert_eq!((again.uuid.as_str(), again.is_new), (made.uuid.as_str(), false), "two taps are one order");
    app.work().await;
    let mails = app.sim().mailbox.mails();
    assert!(mails.iter().any(|mail| mail.text.contains(&made.pay_url)), "the link was mailed");
    let path = made.pay_url.strip_prefix(&app.url).expect("a page of ours");
    assert_eq!(browser.get(path).await.status, 200);
    let audit = app.text(
        "select actor || ' for ' || subject from audit_log where action = 'order.placed' \
        order by id desc limit 1",
    );
    assert_eq!(audit.await, format!("staff:1 for user:{user_id}"));
    for (wrong, name) in [
        (NewOrder { plan: "no-such".into(), ..new.clone() }, "plan"),
        (NewOrder { months: 2, ..new.clone() }, "months"),
        (NewOrder { domain: Some("x".into()), ..new.clone() }, "domain"),
        (NewOrder { phone: Some("1".into()), ..new.clone() }, "phone"),
        (NewOrder { user_id: 999, ..new.clone() }, "user_id"),
        // Staff accounts cannot buy.
        (NewOrder { user_id: 1, ..new }, "user_id"),
    ] {
        assert_eq!(field(staff.create_order(&wrong).await), name);
    }
    app.work().await;
}

#[tokio::test]
async fn a_payment_is_marked_as_paid_once_by_an_admin() {
    let app = TestApp::start().await;
    let (support, admin) = (app.staff(Role::Support).await, app.staff(Role::Admin).await);
    let (_, uuid) = app.order(&Buyer::default()).await;
    let id = uuid.to_string();
    assert_eq!(
        code(support.mark_paid(id.clone(), &paid_by("CEJ3I3SETSN")).await),
        (403, ErrorCode::Forbidden)
    );
    assert_eq!(field(admin.mark_paid(id.clone(), &paid_by(" ")).await), "reference");
    let silent = MarkPaid { reference: "CEJ3I3SETSN".into(), reason: String::new() };
    assert_eq!(field(admin.mark_paid(id.clone(), &silent).await), "reason");
    let order = admin.mark_paid(id.clone(), &paid_by("cej3i3setsn")).await.expect("paid");
    assert_eq!(order.order.status, OrderStatus::Paid);
    assert_eq!(code(admin.mark_paid(id, &paid_by("ANOTHER1")).await), (409, ErrorCode::Conflict));
    let (_, second) = app.order(&Buyer::nth(2)).await;
    let used = admin.mark_paid(second.to_string(), &paid_by("CEJ3I3SETSN")).await;
    assert_eq!(field(used), "reference");
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    assert_eq!(code(admin.mark_paid(NOBODYS.into(), &paid_by("X1")).await), (404, ErrorCode::NotFound));
    assert_eq!(code(admin.show_order("not-a-uuid".into()).await), (404, ErrorCode::NotFound));
}

#[tokio::test]
async fn a_payment_check_queries_the_gateway_and_records_the_actor() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Support).await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    let push = app.sim().gateway.pushes().pop().expect("a push went out");
    app.sim().gateway.approve(&push.order_id);
    let order = staff.check_payment(uuid.to_string()).await.expect("asked");
    assert_eq!(order.order.status, OrderStatus::Paid);
    let timeline = staff.list_timeline(uuid.to_string()).await.expect("a timeline").items;
    assert!(
        timeline
            .iter()
            .any(|entry| entry.title == "Payment checked" && entry.actor.as_deref() == Some("staff:1"))
    );
    assert_eq!(code(staff.check_payment(NOBODYS.into()).await), (404, ErrorCode::NotFound));
    app.work().await;
}

#[tokio::test]
async fn the_timeline_has_every_event_in_order() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    let (uuid, service) = active(&app, &Buyer::default()).await;
    app.advance(60);
    staff.suspend(service, &because("not paid")).await.expect("suspended");
    app.work().await;
    let timeline = staff.list_timeline(uuid.to_string()).await.expect("a timeline").items;
    let kinds = [
        TimelineKind::PaymentRequest,
        TimelineKind::Webhook,
        TimelineKind::Check,
        TimelineKind::Status,
        TimelineKind::Panel,
        TimelineKind::Mail,
    ];
    for kind in kinds {
        assert!(timeline.iter().any(|entry| entry.kind == kind), "{kind:?}");
    }
    assert!(timeline.windows(2).all(|pair| pair[0].at <= pair[1].at));
    assert!(timeline.iter().any(|entry| entry.text.as_deref() == Some("not paid")));
    let events = staff.list_payment_events(uuid.to_string()).await.expect("events").items;
    assert!(events.iter().any(|event| event.status == "applied" && event.amount_tzs == Some(25_000)));
    let (_, password) = app.panel_password(app.view(uuid).await.service.expect("a service").id).await;
    let raw = serde_json::to_string(&(timeline, events)).unwrap();
    assert!(!raw.contains(&password), "the panel's password is in the timeline");
}

#[tokio::test]
async fn a_cancelled_order_keeps_its_reason_and_its_late_payment() {
    let app = TestApp::start().await;
    let (support, admin) = (app.staff(Role::Support).await, app.staff(Role::Admin).await);
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    let id = uuid.to_string();
    assert_eq!(code(support.cancel_order(id.clone(), &because("x")).await), (403, ErrorCode::Forbidden));
    assert_eq!(field(admin.cancel_order(id.clone(), &because(" ")).await), "reason");
    let order =
        admin.cancel_order(id.clone(), &because("the customer changed plans")).await.expect("cancelled");
    assert_eq!(order.order.status, OrderStatus::Cancelled);
    assert!(
        order.history.iter().any(|change| change.reason.as_deref() == Some("the customer changed plans"))
    );
    assert_eq!(code(admin.cancel_order(id.clone(), &because("again")).await), (409, ErrorCode::Conflict));
    let push = app.sim().gateway.pushes().pop().expect("a push went out");
    app.sim().gateway.approve(&push.order_id);
    app.work().await;
    let order = admin.show_order(id).await.expect("the order");
    assert_eq!(order.attention[0].kind, AttentionKind::PaidAfterEnd);
    assert_eq!(order.order.status, OrderStatus::Cancelled);
}

#[tokio::test]
async fn only_fields_that_still_apply_can_be_edited() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Support).await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    let id = uuid.to_string();
    let edit = OrderEdit {
        customer_name: Some("Neema M.".into()),
        customer_email: Some("neema.m@example.com".into()),
        customer_phone: Some("0655 000 111".into()),
        domain: Some("nyingine.co.tz".into()),
    };
    let order = staff.edit_order(id.clone(), &edit).await.expect("edited").order;
    assert_eq!((order.customer_name.as_str(), order.customer_phone.as_str()), ("Neema M.", "0655000111"));
    assert_eq!(order.domain.as_deref(), Some("nyingine.co.tz"));
    assert_eq!(staff.list_orders(&by("nyingine.co.tz")).await.expect("a list").total, 1);
    assert_eq!(staff.list_orders(&by("kahawakibo.co.tz")).await.expect("a list").total, 0);
    let wrong =
        OrderEdit { domain: Some("x".into()), customer_phone: Some("1".into()), ..OrderEdit::default() };
    assert_eq!(field(staff.edit_order(id.clone(), &wrong).await), "domain,phone");
    browser.pay(uuid).await;
    let push = app.sim().gateway.pushes().pop().expect("a push went out");
    assert_eq!(push.phone, "0655000111", "the corrected phone is asked");
    app.sim().gateway.approve(&push.order_id);
    app.work().await;
    let late = OrderEdit { customer_phone: Some("0754 000 001".into()), ..OrderEdit::default() };
    assert_eq!(field(staff.edit_order(id.clone(), &late).await), "customer_phone");
    let late = OrderEdit { domain: Some("late.co.tz".into()), ..OrderEdit::default() };
    assert_eq!(field(staff.edit_order(id, &late).await), "domain");
}

#[tokio::test]
async fn only_an_order_without_possible_payments_can_be_deleted() {
    let app = TestApp::start().await;
    let (support, admin) = (app.staff(Role::Support).await, app.staff(Role::Admin).await);
    let confirm = |uuid: hollyn_core::domain::ids::OrderUuid| Confirm {
        confirm: uuid.number().to_lowercase(),
        reason: "a test".into(),
    };
    let (browser, uuid) = app.order(&Buyer::nth(1)).await;
    let id = uuid.to_string();
    assert_eq!(code(support.delete_order(id.clone(), &confirm(uuid)).await), (403, ErrorCode::Forbidden));
    let wrong = Confirm { confirm: "H-000000".into(), reason: "a test".into() };
    assert_eq!(field(admin.delete_order(id.clone(), &wrong).await), "confirm");
    browser.pay(uuid).await;
    let still = admin.delete_order(id.clone(), &confirm(uuid)).await;
    assert_eq!(code(still), (409, ErrorCode::Conflict), "a payment is still possible");
    let order = admin.show_order(id).await.expect("the order");
    assert!(!order.actions.contains(&OrderAction::Delete) && order.actions.contains(&OrderAction::MarkPaid));
    let (_, unpaid) = app.order(&Buyer::nth(2)).await;
    let order = admin.show_order(unpaid.to_string()).await.expect("the order");
    assert!(order.actions.contains(&OrderAction::Delete));
    admin.delete_order(unpaid.to_string(), &confirm(unpaid)).await.expect("deleted");
    assert_eq!(code(admin.show_order(unpaid.to_string()).await), (404, ErrorCode::NotFound));
    assert_eq!(admin.list_orders(&by("juma2@example.com")).await.expect("a list").total, 0);
    let (paid, _) = active(&app, &Buyer::nth(3)).await;
    assert_eq!(code(admin.delete_order(paid.to_string(), &confirm(paid)).await), (409, ErrorCode::Conflict));
    app.work().await;
}
