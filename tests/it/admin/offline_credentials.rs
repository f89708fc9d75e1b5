//! Credentials that staff save for offline use: the audit log has every saving and removal.
use super::{STALE_SECONDS, active, code, done, field, last_action, login};
use hollyn_core::{
    api::{Client, ConfirmPassword, ErrorCode, SaveOfflineCredentials, Time},
    domain::{ids::OrderUuid, time::Day, user::Role},
};
use hollyn_tests::{Buyer, STAFF_PASSWORD, TestApp};

const fn for_days(days: i64) -> SaveOfflineCredentials {
    SaveOfflineCredentials { days }
}

/// The number of audited savings or removals.
async fn noted(app: &TestApp) -> i64 {
    app.count("select count(*) from audit_log where action like 'service.credentials_%'").await
}

/// The titles of the order's timeline.
async fn titles(client: &Client, uuid: OrderUuid) -> Vec<String> {
    let timeline = client.list_timeline(uuid.to_string()).await.expect("a timeline").items;
    timeline
        .into_iter()
        .map(|entry| entry.title)
        .filter(|title| title.to_lowercase().contains("credentials"))
        .collect()
}

#[tokio::test]
async fn saved_offline_credentials_are_audited_with_device_and_date() {
    let app = TestApp::start().await;
    let (uuid, id) = active(&app, &Buyer::default()).await;
    let (username, password) = login(&app, uuid).await;
    let support = app.staff(Role::Support).await;
    let staff = support.session().await.unwrap().user.id;
    let kept = support.save_offline_credentials(id, &for_days(7)).await.unwrap();
    let until = app.ctx.now().plus_seconds(7 * 24 * 3600);
    assert_eq!((kept.domain.as_str(), kept.until), ("kahawakibo.co.tz", Time(until)));
    assert_eq!((kept.username, &kept.password), (Some(username), &password));
    let clock = until.east_africa();
    let when = format!("{} {:02}:{:02}", Day::of(until), clock.hour(), clock.minute());
    let expected = format!("staff:{staff} service.credentials_kept until {when}, on a laptop");
    assert_eq!(last_action(&app).await, expected);

    // Removing needs no fresh password: it must always be possible.
    app.advance(STALE_SECONDS);
    assert_eq!(
        code(support.save_offline_credentials(id, &for_days(7)).await),
        (403, ErrorCode::ReauthRequired)
    );
    support.remove_offline_credentials(id).await.unwrap();
    assert_eq!(last_action(&app).await, format!("staff:{staff} service.credentials_dropped on a laptop"));
    assert_eq!(noted(&app).await, 2);
    let expected = ["Credentials saved for offline use", "Saved credentials removed"];
    assert_eq!(titles(&support, uuid).await, expected);
    let user = app.view(uuid).await.order.user_id.0;
    let activity = support.show_user(user).await.unwrap().activity;
    let actions: Vec<_> =
        activity.iter().filter(|one| one.action.starts_with("service.credentials_")).collect();
    assert_eq!(actions.len(), 2, "{activity:?}");
    let told = app.text("select group_concat(coalesce(details, '')) from audit_log").await;
    assert!(!told.contains(&password), "the record knows the password");
    done(app).await;
}

#[tokio::test]
async fn saved_offline_credentials_are_limited_per_hour() {
    let app = TestApp::with(&[("LIMIT_REVEAL_STAFF", "2")]).await;
    let (_, id) = active(&app, &Buyer::default()).await;
    let support = app.staff(Role::Support).await;
    support.reveal_password(id).await.unwrap();
    support.save_offline_credentials(id, &for_days(1)).await.unwrap();
    assert_eq!(code(support.save_offline_credentials(id, &for_days(1)).await), (429, ErrorCode::Limited));
    assert_eq!(code(support.reveal_password(id).await), (429, ErrorCode::Limited));
    assert_eq!(noted(&app).await, 1);
    app.advance(3601);
    support.confirm_password(&ConfirmPassword { password: STAFF_PASSWORD.into(), totp: None }).await.unwrap();
    support.save_offline_credentials(id, &for_days(1)).await.expect("an hour later");
    done(app).await;
}

#[tokio::test]
async fn offline_credentials_are_saved_for_1_to_30_days() {
    let app = TestApp::with(&[("LIMIT_REVEAL_STAFF", "1")]).await;
    let (_, id) = active(&app, &Buyer::default()).await;
    let support = app.staff(Role::Support).await;
    for days in [0, -1, 31, i64::MAX] {
        assert_eq!(field(support.save_offline_credentials(id, &for_days(days)).await), "days", "{days}");
    }
    assert_eq!(noted(&app).await, 0);
    support.save_offline_credentials(id, &for_days(30)).await.expect("what was refused did not count");
    done(app).await;
}

#[tokio::test]
async fn offline_credentials_need_an_account() {
    let app = TestApp::start().await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    let id = super::service_of(&app, uuid).await.0;
    let support = app.staff(Role::Support).await;
    assert_eq!(code(support.save_offline_credentials(id, &for_days(7)).await), (409, ErrorCode::Conflict));
    assert_eq!(code(support.save_offline_credentials(99, &for_days(7)).await), (404, ErrorCode::NotFound));
    assert_eq!(code(support.remove_offline_credentials(99).await), (404, ErrorCode::NotFound));
    assert_eq!(noted(&app).await, 0);
    done(app).await;
}
