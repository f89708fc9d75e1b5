//! The names of actors in answers.
use super::{active, because};
use hollyn_core::{
    api::{AttentionQuery, AttentionState, AuditQuery, PageQuery, UserRef},
    domain::user::Role,
};
use hollyn_tests::{Buyer, TestApp};

fn name(person: &Option<UserRef>) -> &str {
    person.as_ref().map_or("-", |person| &person.name)
}

#[tokio::test]
async fn actors_are_answered_with_their_names() {
    let app = TestApp::start().await;
    let (admin, support) = (app.staff(Role::Admin).await, app.staff(Role::Support).await);
    let (uuid, id) = active(&app, &Buyer::nth(1)).await;
    let off = support.suspend(id, &because("spam")).await.expect("suspended");
    let change = off.history.last().expect("a change");
    assert_eq!((&*change.actor, name(&change.person)), ("staff:2", "Asha Mwinyi 2"));
    assert_eq!(change.person.as_ref().map(|person| person.id), Some(2));
    let by_machine = off.history.first().expect("the first change");
    assert_eq!((&*by_machine.actor, name(&by_machine.person)), ("worker", "-"));

    let order = admin.show_order(uuid.to_string()).await.expect("the order");
    assert!(order.history.iter().any(|change| name(&change.person) == "Asha Mwinyi 2"));
    let timeline = admin.list_timeline(uuid.to_string()).await.expect("its timeline").items;
    let told = |who: &str| timeline.iter().any(|entry| name(&entry.person) == who);
    assert!(told("Asha Mwinyi 2"), "{timeline:?}");

    admin.edit_user(order.order.user_id, &Default::default()).await.expect("nothing changed");
    support.send_credentials(id).await.expect("sent");
    let activity = admin.show_user(order.order.user_id).await.expect("the customer").activity;
    let sent = activity.iter().find(|one| one.action.ends_with("credentials_sent")).expect("it is told");
    assert_eq!(name(&sent.person), "Asha Mwinyi 2");
    let paged = admin.list_activity(order.order.user_id, &PageQuery::default()).await.expect("a page").items;
    assert_eq!(paged, activity);
    let own = activity.iter().find(|one| one.actor.starts_with("user:")).expect("the customer's own");
    assert_eq!(name(&own.person), "Juma Hamisi 1");

    let (browser, second) = app.order(&Buyer::nth(2)).await;
    browser.pay(second).await;
    let push = app.sim().gateway.pushes().pop().expect("a push went out");
    app.sim().gateway.complete_with(&push.order_id, 1);
    app.work().await;
    let open = admin.list_attention(&AttentionQuery::default()).await.expect("a list").items.remove(0);
    assert_eq!(open.resolver, None);
    let closed = admin.resolve_attention(open.id, &because("paid back")).await.expect("closed");
    assert_eq!(name(&closed.resolver), "Asha Mwinyi 1");
    let resolved = AttentionQuery { state: Some(AttentionState::Resolved), ..AttentionQuery::default() };
    let listed = admin.list_attention(&resolved).await.expect("a list").items.remove(0);
    assert_eq!(name(&listed.resolver), "Asha Mwinyi 1");
    let timeline = admin.list_timeline(second.to_string()).await.expect("its timeline").items;
    assert!(timeline.iter().any(|entry| entry.title == "Resolved" && name(&entry.person) == "Asha Mwinyi 1"));

    let record = admin.list_audit(&AuditQuery::default()).await.expect("a page").items;
    let suspended = record.iter().find(|row| row.action == "service.suspended").expect("it is in the record");
    assert_eq!((&*suspended.actor, name(&suspended.actor_person)), ("staff:2", "Asha Mwinyi 2"));
    assert!(record.iter().any(|row| row.actor == "worker" && row.actor_person.is_none()));
    app.work().await;
}

#[tokio::test]
async fn an_impersonation_is_answered_with_the_customers_name() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (_, uuid) = app.order(&Buyer::nth(1)).await;
    let user = app.view(uuid).await.order.user_id.0;
    let link = admin.impersonate(user, &because("the customer called")).await.expect("a link");
    let browser = app.browser();
    browser.post(link.url.strip_prefix(&app.url).expect("a page of ours"), &[]).await;
    let record = admin.list_audit(&AuditQuery::default()).await.expect("a page").items;
    let seen: Vec<_> = record.iter().filter(|row| row.subject.is_some()).collect();
    assert!(!seen.is_empty(), "{record:?}");
    for row in seen {
        assert_eq!(
            (name(&row.actor_person), name(&row.subject_person)),
            ("Asha Mwinyi 1", "Juma Hamisi 1"),
            "{row:?}"
        );
    }
    app.work().await;
}
