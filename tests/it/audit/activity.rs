//! Actions of staff in the customer's activity: without name and address of the member of staff.
use crate::setup::service;
use hollyn_core::{
    domain::{audit_action::AuditAction, ids::UserId},
    ops::{Caller, services},
    store::audit,
    tx,
};
use hollyn_tests::{Buyer, TestApp};

#[tokio::test]
async fn every_action_of_staff_is_in_the_customers_activity_in_both_languages() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.paid_order(&Buyer::nth(1)).await;
    let (other, _) = app.paid_order(&Buyer::nth(2)).await;
    app.work().await;
    let view = app.view(uuid).await;
    let user = view.order.user_id;
    let id = service(view).id;
    let staff = Caller { staff: Some(UserId(77)), address: "10.1.2.3".into(), ..Caller::default() };
    let in_place = Caller { user: Some(user), ..staff.clone() };
    let now = app.ctx.now();
    tx!(&app.ctx.db, c => {
        for action in [
            AuditAction::UserImpersonated,
            AuditAction::UserDisabled,
            AuditAction::UserEnabled,
            AuditAction::UserEdited,
        ] {
            audit::append(c, now, &staff.audit_context(), action, Some(user.0), Some("asked by Juma")).await?;
        }
        for action in [
            AuditAction::ServiceCredentialsSent,
            AuditAction::ServicePasswordShown,
            AuditAction::ServicePanelOpened,
            AuditAction::ServiceCredentialsKept,
            AuditAction::ServiceCredentialsDropped,
        ] {
            audit::append(c, now, &staff.audit_context(), action, Some(id.0), None).await?;
        }
        audit::append(c, now, &in_place.audit_context(), AuditAction::OrderPlaced, Some(99), None).await
    })
    .unwrap();
    services::send_credentials(&app.ctx, &staff, id).await.unwrap();
    let page = browser.get("/profile/activity").await.body;
    for words in [
        "Account viewed to help you",
        "Account disabled",
        "Account enabled again",
        "Details of the account changed",
        "Password of the control panel shown",
        "Control panel opened",
        "Control panel credentials saved on a staff computer",
        "Control panel credentials removed from the staff computer",
    ] {
        assert_eq!(page.matches(words).count(), 1, "{words}: {page}");
    }
    assert_eq!(page.matches("Mail with the hosting credentials sent").count(), 2, "{page}");
    assert_eq!(page.matches("By our staff").count(), 11, "{page}");
    for hidden in ["10.1.2.3", "staff:", "asked by Juma", "77"] {
        assert!(
            !page.contains(&format!(">{hidden}")) && !page.contains(&format!(" {hidden}")),
            "{hidden}: {page}"
        );
    }
    browser.post("/language", &[("lang", "sw".to_owned()), ("next", "/".to_owned())]).await;
    let page = browser.get("/profile/activity").await.body;
    assert_eq!(page.matches("Na wafanyakazi wetu").count(), 11, "{page}");
    assert!(!other.get("/profile/activity").await.body.contains("By our staff"));
    app.work().await;
}
