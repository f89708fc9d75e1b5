//! Edits of domain and plan: the panel first, then what the panel shows.
use super::{active, code, done, field, last_action, login, refused, service_of};
use hollyn_core::{
    api::{ErrorCode, ServiceEdit, ServiceStatus},
    domain::user::Role,
};
use hollyn_portal::sandbox::panel::{PanelCall, PanelFault};
use hollyn_tests::{Buyer, TestApp};

fn domain(domain: &str) -> ServiceEdit {
    ServiceEdit { domain: Some(domain.into()), plan: None }
}

fn plan(slug: &str) -> ServiceEdit {
    ServiceEdit { domain: None, plan: Some(slug.into()) }
}

/// Domain, plan and e-mail on the panel.
fn on_panel(app: &TestApp) -> (String, String, String) {
    let account = app.sim().panel.account("kahawaki").expect("the account is there");
    (account.domain, account.plan, account.email)
}

fn shown(domain: &str, plan: &str) -> (String, String, String) {
    (domain.into(), plan.into(), "neema.mushi@example.com".into())
}

#[tokio::test]
async fn an_edit_changes_the_panel_and_the_service() {
    let app = TestApp::start().await;
    let (uuid, id) = active(&app, &Buyer::default()).await;
    let (username, password) = login(&app, uuid).await;
    let price = app.view(uuid).await.order.price.total;
    let support = app.staff(Role::Support).await;
    let both =
        ServiceEdit { domain: Some(" https://WWW.Kibo.co.tz/ ".into()), plan: Some("hollyn-max".into()) };
    let edited = support.edit_service(id, &both).await.unwrap();
    assert_eq!((&*edited.service.domain, &*edited.service.plan.slug), ("kibo.co.tz", "hollyn-max"));
    assert_eq!(on_panel(&app), shown("kibo.co.tz", "hollyn-max"));
    assert!(app.sim().panel.logins(&username, &password), "the password stayed");
    assert!(
        last_action(&app).await.ends_with(
            "service.edited domain: kahawakibo.co.tz -> kibo.co.tz; plan: hollyn-boost -> hollyn-max"
        ),
        "{}",
        last_action(&app).await
    );
    let steps: Vec<_> = edited.logs.iter().rev().take(4).rev().map(|step| &*step.step).collect();
    assert_eq!(steps, ["look", "plans", "edit_user", "look"]);
    let order = app.view(uuid).await.order;
    assert_eq!(
        (&*order.plan.slug, order.price.total),
        ("hollyn-boost", price),
        "what was bought stays bought"
    );

    let calls = app.sim().panel.calls(PanelCall::Edit);
    support.edit_service(id, &ServiceEdit::default()).await.expect("nothing to change is no error");
    assert_eq!(app.sim().panel.calls(PanelCall::Edit), calls);
    done(app).await;
}

/// Unchanged fields are sent as the panel shows them: the customer may have changed them there.
#[tokio::test]
async fn an_edit_keeps_what_the_panel_shows_of_the_rest() {
    let app = TestApp::start().await;
    let (_, id) = active(&app, &Buyer::default()).await;
    app.sim().panel.own("kahawaki", "kahawakibo.co.tz", "neema@kahawakibo.co.tz");
    let support = app.staff(Role::Support).await;
    support.edit_service(id, &domain("kibo.co.tz")).await.unwrap();
    let kept = ("kibo.co.tz".to_owned(), "hollyn-lite".to_owned(), "neema@kahawakibo.co.tz".to_owned());
    assert_eq!(on_panel(&app), kept);
    done(app).await;
}

#[tokio::test]
async fn a_domain_can_be_corrected_before_the_set_up() {
    let app = TestApp::with(&[("PROVISION_ON_PAYMENT", "true"), ("PROVISION_TRIES", "1")]).await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    let id = service_of(&app, uuid).await.0;
    let support = app.staff(Role::Support).await;
    let edited = support.edit_service(id, &domain("kibo.co.tz")).await.unwrap();
    assert_eq!((&*edited.service.domain, edited.service.status), ("kibo.co.tz", ServiceStatus::Requested));
    assert_eq!(app.view(uuid).await.order.domain.as_deref(), Some("kibo.co.tz"));
    assert_eq!(app.sim().panel.journal().len(), 0, "there is nothing on the panel yet");
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    assert_eq!(app.sim().panel.accounts()[0].domain, "kibo.co.tz");
    done(app).await;
}

/// Another account has the domain: staff enter another one, and the set-up continues.
#[tokio::test]
async fn a_failed_set_up_continues_with_another_domain() {
    let app = TestApp::with(&[("PROVISION_TRIES", "1")]).await;
    app.sim().panel.own("asha", "kahawakibo.co.tz", "asha@example.com");
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    assert_eq!(app.states(uuid).await, "paid succeeded failed");
    let id = service_of(&app, uuid).await.0;
    let support = app.staff(Role::Support).await;
    support.edit_service(id, &domain("kibo.co.tz")).await.unwrap();
    support.reprovision(id).await.unwrap();
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    assert_eq!(on_panel(&app), shown("kibo.co.tz", "hollyn-boost"));
    assert_eq!(app.sim().panel.accounts().len(), 2);
    done(app).await;
}

/// The set-up failed after the account was created: the panel gets the new domain too, so that the account is
/// still recognised.
#[tokio::test]
async fn an_edit_changes_the_account_of_a_failed_set_up() {
    let app = TestApp::with(&[("PROVISION_TRIES", "1")]).await;
    app.sim().panel.next_on(PanelCall::Create, PanelFault::NoWord { after_acting: true });
    app.sim().panel.next_on(PanelCall::Edit, PanelFault::Http(500));
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    assert_eq!(app.states(uuid).await, "paid succeeded failed");
    let id = service_of(&app, uuid).await.0;
    let support = app.staff(Role::Support).await;
    app.sim().panel.away(true);
    assert_eq!(code(support.edit_service(id, &domain("kibo.co.tz")).await), (502, ErrorCode::Provider));
    app.sim().panel.away(false);
    support.edit_service(id, &domain("kibo.co.tz")).await.unwrap();
    support.reprovision(id).await.unwrap();
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    assert_eq!(on_panel(&app), shown("kibo.co.tz", "hollyn-boost"));
    assert_eq!((app.sim().panel.accounts().len(), app.sim().panel.calls(PanelCall::Create)), (1, 1));
    done(app).await;
}

#[tokio::test]
async fn a_domain_belongs_to_one_service() {
    let app = TestApp::start().await;
    let (_, id) = active(&app, &Buyer::default()).await;
    active(&app, &Buyer::nth(2)).await;
    let support = app.staff(Role::Support).await;
    for (edit, which) in [
        (domain("duka2.co.tz"), "domain"),
        (domain("WWW.Duka2.co.tz"), "domain"),
        (domain("not a domain"), "domain"),
        (domain(""), "domain"),
        (plan("hollyn-gold"), "plan"),
        (plan(""), "plan"),
    ] {
        assert_eq!(field(support.edit_service(id, &edit).await), which, "{edit:?}");
    }
    assert_eq!(code(support.edit_service(99, &domain("kibo.co.tz")).await), (404, ErrorCode::NotFound));
    assert_eq!(app.sim().panel.calls(PanelCall::Edit), 0);
    // Only the panel knows the domains of other accounts.
    app.sim().panel.own("asha", "asha.co.tz", "asha@example.com");
    let (status, code, error) = refused(support.edit_service(id, &domain("asha.co.tz")).await);
    assert_eq!((status, code), (502, ErrorCode::Provider));
    assert!(error.message.contains("The domain already exists"), "{}", error.message);
    assert_eq!(support.show_service(id).await.unwrap().service.domain, "kahawakibo.co.tz");
    done(app).await;
}

#[tokio::test]
async fn an_edit_that_the_panel_did_not_make_changes_nothing() {
    let app = TestApp::start().await;
    let (_, id) = active(&app, &Buyer::default()).await;
    let support = app.staff(Role::Support).await;
    let refuses = PanelFault::ErrorText { text: "Plan is full".into(), after_acting: false };
    for (call, fault) in [
        (PanelCall::Edit, PanelFault::SaysDone),
        (PanelCall::Edit, refuses),
        (PanelCall::Edit, PanelFault::TimeoutBeforeActing),
        (PanelCall::Edit, PanelFault::NoWord { after_acting: false }),
        (PanelCall::Edit, PanelFault::LoginPage),
        (PanelCall::Look, PanelFault::Http(500)),
        (PanelCall::Plans, PanelFault::Garbage { after_acting: false }),
    ] {
        app.sim().panel.next_on(call, fault.clone());
        let answer = support.edit_service(id, &plan("hollyn-max")).await;
        assert_eq!(code(answer), (502, ErrorCode::Provider), "{call:?} {fault:?}");
        let service = support.show_service(id).await.unwrap().service;
        assert_eq!(service.plan.slug, "hollyn-boost", "{call:?} {fault:?}");
        assert_eq!(on_panel(&app), shown("kahawakibo.co.tz", "hollyn-boost"));
    }
    assert_eq!(app.count("select count(*) from audit_log where action = 'service.edited'").await, 0);
    app.sim().panel.lose("kahawaki");
    assert_eq!(code(support.edit_service(id, &plan("hollyn-max")).await), (502, ErrorCode::Provider));
    done(app).await;
}

#[tokio::test]
async fn an_edit_with_a_lost_answer_is_confirmed_by_looking() {
    let app = TestApp::start().await;
    let (_, id) = active(&app, &Buyer::default()).await;
    let support = app.staff(Role::Support).await;
    let plans = ["hollyn-max", "hollyn-lite", "hollyn-grow"];
    for (slug, fault) in plans.into_iter().zip([
        PanelFault::TimeoutAfterActing,
        PanelFault::NoWord { after_acting: true },
        PanelFault::ErrorText { text: "Busy".into(), after_acting: true },
    ]) {
        app.sim().panel.next_on(PanelCall::Edit, fault);
        let edited = support.edit_service(id, &plan(slug)).await.unwrap();
        assert_eq!(edited.service.plan.slug, slug);
        assert_eq!(on_panel(&app), shown("kahawakibo.co.tz", slug));
    }
    done(app).await;
}

#[tokio::test]
async fn concurrent_edits_leave_panel_and_service_equal() {
    let app = TestApp::start().await;
    let (_, id) = active(&app, &Buyer::default()).await;
    let (one, two) = (app.staff(Role::Support).await, app.staff(Role::Support).await);
    let (a, b) = (domain("kibo.co.tz"), domain("uhuru.co.tz"));
    let (first, second) = tokio::join!(one.edit_service(id, &a), two.edit_service(id, &b));
    for answer in [first, second] {
        assert!(answer.is_ok() || matches!(code(answer), (409 | 502, _)));
    }
    let service = one.show_service(id).await.unwrap().service;
    assert_eq!(on_panel(&app).0, service.domain, "database and panel agree");
    done(app).await;
}

#[tokio::test]
async fn an_ended_service_cannot_be_edited() {
    let app = TestApp::start().await;
    let (_, id) = active(&app, &Buyer::default()).await;
    let admin = app.staff(Role::Admin).await;
    let confirm =
        hollyn_core::api::Confirm { confirm: "kahawakibo.co.tz".into(), reason: "asked for".into() };
    admin.delete_service(id, &confirm).await.unwrap();
    let (status, code, error) = refused(admin.edit_service(id, &domain("kibo.co.tz")).await);
    assert_eq!((status, code), (409, ErrorCode::Conflict));
    assert!(error.message.contains("has ended"), "{}", error.message);
    done(app).await;
}
