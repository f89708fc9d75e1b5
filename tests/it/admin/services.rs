//! Services: suspend, activate, re-provision, open the panel, delete.
use super::{STALE_SECONDS, actions, active, because, code, done, field, last_action, refused, service_of};
use hollyn_core::{
    api::{self, Access, Confirm, ErrorCode, ServiceAction as Act, ServiceStatus, endpoints as e},
    domain::{service_action::ServiceAction, user::Role},
};
use hollyn_portal::sandbox::panel::{PanelCall, PanelFault};
use hollyn_tests::{Buyer, TestApp};
use strum::VariantArray;

fn confirm(domain: &str, reason: &str) -> Confirm {
    Confirm { confirm: domain.into(), reason: reason.into() }
}

#[tokio::test]
async fn a_suspension_records_actor_and_reason() {
    let app = TestApp::start().await;
    let (uuid, id) = active(&app, &Buyer::default()).await;
    let support = app.staff(Role::Support).await;
    let off = support.suspend(id, &because("  spam was sent ")).await.unwrap();
    assert_eq!(off.service.status, ServiceStatus::Suspended);
    assert!(app.sim().panel.account("kahawaki").unwrap().suspended, "really, on the panel");
    let change = off.history.last().unwrap();
    assert_eq!((&*change.event, change.reason.as_deref()), ("suspended", Some("spam was sent")));
    assert!(change.actor.starts_with("staff:"), "{}", change.actor);
    assert_eq!(off.logs.last().unwrap().step, "suspended");
    assert!(last_action(&app).await.ends_with("service.suspended active -> suspended"));

    assert_eq!(code(support.open_panel(id).await), (409, ErrorCode::Conflict));
    let on = support.activate(id, &because("")).await.unwrap();
    assert_eq!((on.service.status, on.history.last().unwrap().reason.clone()), (ServiceStatus::Active, None));
    assert!(!app.sim().panel.account("kahawaki").unwrap().suspended);
    assert_eq!(app.states(uuid).await, "active succeeded active");
    done(app).await;
}

#[tokio::test]
async fn a_suspension_needs_a_reason() {
    let app = TestApp::start().await;
    let (_, id) = active(&app, &Buyer::default()).await;
    let support = app.staff(Role::Support).await;
    for reason in ["", "  ", &"x".repeat(501)] {
        assert_eq!(field(support.suspend(id, &because(reason)).await), "reason");
    }
    assert_eq!(app.sim().panel.calls(PanelCall::Suspend), 0);
    assert_eq!(code(support.suspend(99, &because("spam")).await), (404, ErrorCode::NotFound));
    done(app).await;
}

#[tokio::test]
async fn a_suspension_refused_by_the_panel_is_a_provider_error() {
    let app = TestApp::start().await;
    let (_, id) = active(&app, &Buyer::default()).await;
    let support = app.staff(Role::Support).await;
    let no = PanelFault::ErrorText { text: "Not today".into(), after_acting: false };
    for (fault, words) in [(no, "Not today"), (PanelFault::NoWord { after_acting: false }, "neither done")] {
        app.sim().panel.next_on(PanelCall::Suspend, fault);
        let (status, code, error) = refused(support.suspend(id, &because("spam")).await);
        assert_eq!((status, code), (502, ErrorCode::Provider));
        assert!(error.message.contains(words) && error.message.starts_with("The panel"), "{}", error.message);
        assert_eq!(support.show_service(id).await.unwrap().service.status, ServiceStatus::Active);
    }
    app.sim().panel.away(true);
    assert_eq!(code(support.suspend(id, &because("spam")).await), (502, ErrorCode::Provider));
    done(app).await;
}

#[tokio::test]
async fn staff_see_failed_attempts_and_reprovision() {
    let app = TestApp::with(&[("PROVISION_TRIES", "1")]).await;
    app.sim().panel.away(true);
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    let id = service_of(&app, uuid).await.0;
    let support = app.staff(Role::Support).await;
    let failed = support.show_service(id).await.unwrap();
    assert_eq!((failed.service.status, failed.tries, failed.next_try_at), (ServiceStatus::Failed, 1, None));
    let logs = support.list_logs(id).await.unwrap().items;
    assert_eq!(logs, failed.logs);
    assert!(logs.iter().any(|step| step.step == "look" && !step.success), "{logs:?}");

    app.sim().panel.away(false);
    let again = support.reprovision(id).await.unwrap();
    assert_eq!((again.service.status, again.tries), (ServiceStatus::Requested, 0));
    assert!(again.next_try_at.is_some());
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    assert_eq!(code(support.reprovision(id).await), (409, ErrorCode::Conflict));
    assert_eq!(code(support.reprovision(99).await), (404, ErrorCode::NotFound));
    assert_eq!(code(support.list_logs(99).await), (404, ErrorCode::NotFound));
    done(app).await;
}

/// The numbers go on after a re-provisioning.
#[tokio::test]
async fn log_entries_are_numbered_by_attempt() {
    let app = TestApp::with(&[("PROVISION_TRIES", "2")]).await;
    app.sim().panel.away(true);
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    app.advance(10);
    app.work().await;
    let id = service_of(&app, uuid).await.0;
    let support = app.staff(Role::Support).await;
    assert_eq!(support.show_service(id).await.unwrap().service.status, ServiceStatus::Failed);
    app.sim().panel.away(false);
    support.reprovision(id).await.unwrap();
    app.work().await;
    support.suspend(id, &because("spam")).await.unwrap();
    let logs = support.show_service(id).await.unwrap().logs;
    let of = |attempt| logs.iter().filter(move |step| step.attempt == attempt).collect::<Vec<_>>();
    for (attempt, end) in [(1, "failed"), (2, "failed"), (3, "active")] {
        let steps = of(Some(attempt));
        let (first, last) = (steps.first().unwrap(), steps.last().unwrap());
        assert_eq!((&*first.step, &*first.status), ("status_update", "provisioning"), "{attempt}");
        assert_eq!((&*last.step, &*last.status), ("status_update", end), "{attempt}");
    }
    let since: Vec<&str> = of(None).iter().map(|step| &*step.step).collect();
    assert!(since.contains(&"suspended") && !since.contains(&"status_update"), "{since:?}");
    assert_eq!(of(Some(4)).len(), 0);
    done(app).await;
}

#[tokio::test]
async fn opening_a_panel_is_audited_and_its_address_is_not_stored() {
    let app = TestApp::start().await;
    let (_, id) = active(&app, &Buyer::default()).await;
    let support = app.staff(Role::Support).await;
    let url = support.open_panel(id).await.unwrap().url;
    let ticket = url.split_once("ticket=").expect("a ticket").1.to_owned();
    assert!(last_action(&app).await.ends_with("service.panel_opened "));
    let kept = app
        .text(
            "select group_concat(coalesce(details, '')) || (select group_concat(message || \
             coalesce(request, '') || coalesce(response, '')) from provisioning_logs) from audit_log",
        )
        .await;
    assert!(!kept.contains(&ticket), "the address is a password");
    assert_eq!(app.sim().panel.redeem(&ticket).unwrap().user, "kahawaki");

    let opened = "select count(*) from audit_log where action = 'service.panel_opened'";
    app.sim().panel.away(true);
    let (status, code, error) = refused(support.open_panel(id).await);
    assert_eq!((status, code), (502, ErrorCode::Provider), "{error:?}");
    assert_eq!(app.count(opened).await, 1, "what was not opened is not in the record");
    done(app).await;
}

#[tokio::test]
async fn deleting_needs_admin_confirmation_reason_and_fresh_password() {
    let app = TestApp::start().await;
    let (uuid, id) = active(&app, &Buyer::default()).await;
    let (admin, support) = (app.staff(Role::Admin).await, app.staff(Role::Support).await);
    let right = confirm(" KahawaKibo.co.tz ", "asked for");
    assert_eq!(code(support.delete_service(id, &right).await), (403, ErrorCode::Forbidden));
    for wrong in ["", "kahawakibo", "duka1.co.tz"] {
        assert_eq!(field(admin.delete_service(id, &confirm(wrong, "asked for")).await), "confirm");
    }
    assert_eq!(field(admin.delete_service(id, &confirm("kahawakibo.co.tz", "")).await), "reason");
    app.advance(STALE_SECONDS);
    assert_eq!(code(admin.delete_service(id, &right).await), (403, ErrorCode::ReauthRequired));
    assert_eq!(app.sim().panel.accounts().len(), 1, "so far nothing was lost");

    let typed = api::ConfirmPassword { password: hollyn_tests::STAFF_PASSWORD.into(), totp: None };
    admin.confirm_password(&typed).await.unwrap();
    let ended = admin.delete_service(id, &right).await.unwrap();
    assert_eq!((ended.service.status, ended.actions), (ServiceStatus::Cancelled, vec![]));
    assert_eq!(app.sim().panel.accounts().len(), 0);
    assert_eq!(app.states(uuid).await, "complete succeeded cancelled");
    done(app).await;
}

#[tokio::test]
async fn only_possible_actions_are_offered() {
    let app = TestApp::start().await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    let id = service_of(&app, uuid).await.0;
    let (admin, support) = (app.staff(Role::Admin).await, app.staff(Role::Support).await);
    assert_eq!(actions(&support, id).await, [Act::Edit, Act::Reprovision]);
    assert_eq!(actions(&admin, id).await, [Act::Edit, Act::Reprovision, Act::Delete]);
    app.work().await;
    let on = [Act::Edit, Act::Suspend, Act::SendCredentials, Act::Reveal, Act::OpenPanel];
    assert_eq!(actions(&support, id).await, on);
    support.suspend(id, &because("spam")).await.unwrap();
    let off = [Act::Edit, Act::Activate, Act::SendCredentials, Act::Reveal];
    assert_eq!(actions(&support, id).await, off);
    done(app).await;
}

#[test]
fn an_action_is_for_the_roles_that_its_endpoint_admits() {
    let declared = |act: ServiceAction| match act {
        ServiceAction::Edit => <e::edit_service as api::Endpoint>::META,
        ServiceAction::Reprovision => <e::reprovision as api::Endpoint>::META,
        ServiceAction::Suspend => <e::suspend as api::Endpoint>::META,
        ServiceAction::Activate => <e::activate as api::Endpoint>::META,
        ServiceAction::SendCredentials => <e::send_credentials as api::Endpoint>::META,
        ServiceAction::Reveal => <e::reveal_password as api::Endpoint>::META,
        ServiceAction::OpenPanel => <e::open_panel as api::Endpoint>::META,
        ServiceAction::Delete => <e::delete_service as api::Endpoint>::META,
    };
    for act in ServiceAction::VARIANTS {
        let of_support = declared(*act).access == Access::Support;
        assert_eq!(act.is_for(Role::Support), of_support, "{act}");
        assert!(act.is_for(Role::Admin) && !act.is_for(Role::User), "{act}");
    }
}
