//! Customers' panel passwords: revealing them is limited and audited, and no other answer has them.
use super::{STALE_SECONDS, active, because, code, done, last_action, login};
use hollyn_core::{
    api::{ClientError, ConfirmPassword, ErrorCode},
    domain::user::Role,
};
use hollyn_tests::{Buyer, STAFF_PASSWORD, TestApp};

#[tokio::test]
async fn a_revealed_password_is_audited() {
    let app = TestApp::start().await;
    let (uuid, id) = active(&app, &Buyer::default()).await;
    let (username, password) = login(&app, uuid).await;
    let support = app.staff(Role::Support).await;
    let shown = support.reveal_password(id).await.unwrap();
    assert_eq!((&shown.password, shown.hide_after_seconds), (&password, 30));
    assert!(app.sim().panel.logins(&username, &shown.password));
    let staff = support.session().await.unwrap().user.id;
    assert_eq!(last_action(&app).await, format!("staff:{staff} service.password_shown "));

    let elsewhere = [
        serde_json::to_string(&support.show_service(id).await.unwrap()).unwrap(),
        serde_json::to_string(&support.list_logs(id).await.unwrap()).unwrap(),
        app.text("select group_concat(coalesce(details, '')) from audit_log").await,
    ];
    assert!(!elsewhere.iter().any(|text| text.contains(&password)), "the password is in another answer");
    app.advance(STALE_SECONDS);
    assert_eq!(code(support.reveal_password(id).await), (403, ErrorCode::ReauthRequired));
    done(app).await;
}

#[tokio::test]
async fn revealed_passwords_are_limited_per_hour() {
    let app = TestApp::with(&[("LIMIT_REVEAL_STAFF", "2")]).await;
    let (_, id) = active(&app, &Buyer::default()).await;
    let (support, colleague) = (app.staff(Role::Support).await, app.staff(Role::Admin).await);
    let (one, two, three) =
        tokio::join!(support.reveal_password(id), support.reveal_password(id), support.reveal_password(id));
    let shown = [&one, &two, &three].into_iter().filter(|answer| answer.is_ok()).count();
    assert_eq!(shown, 2, "{one:?} {two:?} {three:?}");
    match support.reveal_password(id).await {
        Err(ClientError::Refused { status: 429, error, retry_after }) => {
            assert_eq!((error.code, retry_after), (ErrorCode::Limited, Some(3600)));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(app.count("select count(*) from audit_log where action = 'service.password_shown'").await, 2);
    colleague.reveal_password(id).await.expect("another one's count is another one");
    app.advance(3601);
    support.confirm_password(&ConfirmPassword { password: STAFF_PASSWORD.into(), totp: None }).await.unwrap();
    support.reveal_password(id).await.expect("an hour later");
    done(app).await;
}

#[tokio::test]
async fn opened_panels_count_with_revealed_passwords() {
    let app = TestApp::with(&[("LIMIT_REVEAL_STAFF", "3")]).await;
    let (_, id) = active(&app, &Buyer::default()).await;
    let (support, colleague) = (app.staff(Role::Support).await, app.staff(Role::Admin).await);
    support.reveal_password(id).await.unwrap();
    support.open_panel(id).await.unwrap();
    support.open_panel(id).await.unwrap();
    assert_eq!(code(support.open_panel(id).await), (429, ErrorCode::Limited));
    assert_eq!(code(support.reveal_password(id).await), (429, ErrorCode::Limited));
    let opened =
        "select count(*) from audit_log where action = 'service.panel_opened' and actor like 'staff:%'";
    assert_eq!(app.count(opened).await, 2);
    colleague.open_panel(id).await.expect("another one's count is another one");
    done(app).await;
}

#[tokio::test]
async fn a_service_without_an_account_has_no_password() {
    let app = TestApp::start().await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    let id = super::service_of(&app, uuid).await.0;
    let support = app.staff(Role::Support).await;
    assert_eq!(code(support.reveal_password(id).await), (409, ErrorCode::Conflict));
    assert_eq!(code(support.send_credentials(id).await), (409, ErrorCode::Conflict));
    assert_eq!(code(support.open_panel(id).await), (409, ErrorCode::Conflict));
    assert_eq!(code(support.reveal_password(99).await), (404, ErrorCode::NotFound));
    assert_eq!(app.count("select count(*) from audit_log where action = 'service.password_shown'").await, 0);
    done(app).await;
}

#[tokio::test]
async fn the_credentials_mail_has_a_link_and_no_password() {
    let app = TestApp::start().await;
    let (uuid, id) = active(&app, &Buyer::default()).await;
    let (username, password) = login(&app, uuid).await;
    let support = app.staff(Role::Support).await;
    support.suspend(id, &because("spam")).await.unwrap();
    assert_eq!(support.send_credentials(id).await.unwrap().recipient, "neema.mushi@example.com");
    assert!(last_action(&app).await.ends_with("service.credentials_sent with a link"));
    app.work().await;
    let mails = app.sim().mailbox.mails();
    let mail = mails.iter().find(|mail| mail.subject == "How to get into kahawakibo.co.tz").unwrap();
    assert_eq!(mail.recipients, ["neema.mushi@example.com"]);
    assert!(mail.text.contains(&username) && mail.text.contains("/me/services/"), "{}", mail.text);
    assert!(!mail.raw.contains(&password) && !mail.text.contains(&password));
    done(app).await;
}

#[tokio::test]
async fn a_mailed_password_is_stored_only_sealed() {
    let app = TestApp::with(&[("CREDENTIALS_MAIL", "password")]).await;
    let (uuid, id) = active(&app, &Buyer::default()).await;
    let (_, password) = login(&app, uuid).await;
    let support = app.staff(Role::Support).await;
    support.send_credentials(id).await.unwrap();
    assert!(last_action(&app).await.ends_with("service.credentials_sent with the password"));
    let facts = app.text("select payload from mails order by id desc limit 1").await;
    assert!(!facts.contains(&password) && facts.contains("sealed"), "{facts}");
    app.work().await;
    let mails = app.sim().mailbox.mails();
    let mail = mails.iter().find(|mail| mail.subject == "How to get into kahawakibo.co.tz").unwrap();
    assert!(mail.text.contains(&password), "{}", mail.text);
    let kept = app.text("select group_concat(payload) from mails").await;
    assert!(!kept.contains(&password), "and stays sealed afterwards");
    done(app).await;
}
