//! Sessions of staff: sign-in, second factor, fresh password, devices, sign-out.
use super::{STALE_SECONDS, code, field, refused};
use hollyn_core::{
    api::{
        self, ChangePassword, Client, ConfirmPassword, Enrol, ErrorCode, NewUser, Reason, SessionOpened,
        SignIn, UserQuery,
    },
    domain::user::Role,
};
use hollyn_tests::{Buyer, STAFF_PASSWORD, StaffWithTotp, TestApp};

const EMAIL: &str = "staff1@hollyn.online";

fn sign_in(totp: Option<&str>) -> SignIn {
    SignIn {
        email: EMAIL.into(),
        password: STAFF_PASSWORD.into(),
        totp: totp.map(str::to_owned),
        device: "Asha's laptop".into(),
    }
}

/// Creates staff with a second factor; returns its seed and the sign-in that confirmed it.
async fn enrolled(app: &TestApp) -> (String, SessionOpened) {
    app.staff(Role::Admin).await;
    let begun = app
        .client()
        .enrol(&Enrol { email: EMAIL.into(), password: STAFF_PASSWORD.into() })
        .await
        .expect("an enrolment begins");
    assert!(begun.uri.starts_with("otpauth://totp/"), "{}", begun.uri);
    let code = app.totp_code(&begun.secret);
    let opened = app.client().sign_in(&sign_in(Some(&code))).await.expect("the first code confirms");
    (begun.secret, opened)
}

async fn is_signed_in(client: &Client) -> bool {
    match client.session().await {
        Ok(_) => true,
        answer => {
            assert_eq!(code(answer), (401, ErrorCode::Unauthorized));
            false
        }
    }
}

#[tokio::test]
async fn staff_sign_in_and_out() {
    let app = TestApp::start().await;
    app.staff(Role::Support).await;
    let opened = app.client().sign_in(&sign_in(None)).await.expect("staff sign in");
    assert!(opened.recovery_codes.is_empty());
    assert!(opened.token.len() >= 43);
    let client = app.client().with_token(&opened.token);
    let session = client.session().await.expect("the token counts");
    assert_eq!((session.user.email.as_str(), session.device.as_str()), (EMAIL, "Asha's laptop"));
    assert!(session.fresh_until.is_some());
    assert_eq!(app.count("select count(*) from staff_tokens where token_hash like '%=%'").await, 0);
    client.sign_out().await.expect("signed out");
    assert!(!is_signed_in(&client).await);
    app.work().await;
    let mails = app.sim().mailbox.mails();
    assert!(mails.iter().all(|mail| mail.to.contains(EMAIL)), "the new device is told to its owner");
}

#[tokio::test]
async fn all_refused_sign_ins_are_answered_alike() {
    let app = TestApp::start().await;
    app.staff(Role::Admin).await;
    let (_, _) = app.order(&Buyer::default()).await;
    app.execute(
        "insert into users (name, email, password, role, locale, disabled_at, created_at, \
        updated_at) \
                 select 'Off', 'off@hollyn.online', password, 'admin', 'en', 1, 1, 1 from users where role \
                 = 'admin'",
    )
    .await;
    let buyer = Buyer::default();
    let wrong = [
        (EMAIL, "not the password"),
        ("nobody@hollyn.online", STAFF_PASSWORD),
        // A customer's password is right, but customers are not staff.
        (buyer.email.as_str(), buyer.password.as_str()),
        ("off@hollyn.online", STAFF_PASSWORD),
        ("", ""),
    ];
    let mut sentences = Vec::new();
    for (email, password) in wrong {
        let sent = SignIn { email: email.into(), password: password.into(), ..sign_in(None) };
        let (status, code, error) = refused(app.client().sign_in(&sent).await);
        assert_eq!((status, code), (401, ErrorCode::WrongCredentials), "{email}");
        sentences.push(error.message);
        let sent = Enrol { email: email.into(), password: password.into() };
        assert_eq!(super::code(app.client().enrol(&sent).await), (401, ErrorCode::WrongCredentials));
    }
    sentences.dedup();
    assert_eq!(sentences.len(), 1);
    app.work().await;
}

#[tokio::test]
async fn wrong_passwords_are_limited_with_a_retry_time() {
    let app = TestApp::start().await;
    app.staff(Role::Admin).await;
    let wrong = SignIn { password: "not the password".into(), ..sign_in(None) };
    for _ in 0..5 {
        assert_eq!(code(app.client().sign_in(&wrong).await).0, 401);
    }
    let (status, code, _) = refused(app.client().sign_in(&sign_in(None)).await);
    assert_eq!((status, code), (429, ErrorCode::Limited), "even the right one waits");
    app.advance(901);
    app.client().sign_in(&sign_in(None)).await.expect("after the wait it is taken");
    app.work().await;
}

#[tokio::test]
async fn production_requires_a_second_factor() {
    let app = TestApp::with(&[("STAFF_TOTP", "required")]).await;
    let (secret, opened) = {
        app.make_staff(Role::Admin).await;
        let (status, code, _) = refused(app.client().sign_in(&sign_in(None)).await);
        assert_eq!((status, code), (403, ErrorCode::EnrolmentRequired));
        let begun = app
            .client()
            .enrol(&Enrol { email: EMAIL.into(), password: STAFF_PASSWORD.into() })
            .await
            .expect("an enrolment begins");
        assert_eq!(
            super::code(app.client().sign_in(&sign_in(Some("000000"))).await),
            (401, ErrorCode::TotpWrong)
        );
        let code = app.totp_code(&begun.secret);
        (begun.secret, app.client().sign_in(&sign_in(Some(&code))).await.expect("the first code confirms"))
    };
    assert_eq!(opened.recovery_codes.len(), 8);
    assert!(opened.user.has_totp);
    assert!(is_signed_in(&app.client().with_token(&opened.token)).await);
    assert_eq!(code(app.client().sign_in(&sign_in(None)).await), (401, ErrorCode::TotpRequired));
    app.advance(60);
    let next = app.totp_code(&secret);
    app.client().sign_in(&sign_in(Some(&next))).await.expect("the app's code opens");
    // Disabling the second factor on the site ends the session.
    app.execute("delete from two_factor").await;
    assert!(!is_signed_in(&app.client().with_token(&opened.token)).await);
    app.work().await;
}

#[tokio::test]
async fn a_code_and_a_recovery_code_are_used_once() {
    let app = TestApp::start().await;
    let (secret, opened) = enrolled(&app).await;
    app.advance(60);
    let once = app.totp_code(&secret);
    app.client().sign_in(&sign_in(Some(&once))).await.expect("a new code");
    assert_eq!(code(app.client().sign_in(&sign_in(Some(&once))).await), (401, ErrorCode::TotpWrong));
    let recovery = opened.recovery_codes.first().expect("there are codes").clone();
    app.client().sign_in(&sign_in(Some(&recovery))).await.expect("a recovery code");
    assert_eq!(code(app.client().sign_in(&sign_in(Some(&recovery))).await), (401, ErrorCode::TotpWrong));
    let again = Enrol { email: EMAIL.into(), password: STAFF_PASSWORD.into() };
    assert_eq!(
        code(app.client().enrol(&again).await),
        (409, ErrorCode::Conflict),
        "a factor is not replaced so"
    );
    let client = app.client().with_token(&opened.token);
    let renewed = client.renew_recovery_codes().await.expect("new codes");
    assert_eq!(renewed.codes.len(), 8);
    let old = opened.recovery_codes.last().expect("there are codes");
    assert_eq!(code(app.client().sign_in(&sign_in(Some(old))).await), (401, ErrorCode::TotpWrong));
    app.client().sign_in(&sign_in(renewed.codes.first().map(String::as_str))).await.expect("a new one");
    app.work().await;
}

#[tokio::test]
async fn an_idle_or_old_session_ends() {
    let app = TestApp::start().await;
    let client = app.staff(Role::Admin).await;
    app.advance(7 * 3600);
    assert!(is_signed_in(&client).await);
    app.advance(7 * 3600);
    assert!(is_signed_in(&client).await, "work keeps it open");
    app.advance(8 * 3600 + 1);
    assert!(!is_signed_in(&client).await, "eight idle hours end it");
    let client = app.staff(Role::Admin).await;
    for _ in 0..23 {
        app.advance(7 * 3600);
        assert!(is_signed_in(&client).await);
    }
    app.advance(7 * 3600 + 1);
    assert!(!is_signed_in(&client).await, "a week ends it, however busy");
    app.work().await;
}

#[tokio::test]
async fn dangerous_endpoints_need_a_fresh_password() {
    let app = TestApp::start().await;
    let client = app.staff(Role::Admin).await;
    let (_, uuid) = app.order(&Buyer::default()).await;
    app.advance(STALE_SECONDS);
    let user = app.view(uuid).await.order.user_id.0;
    let reason = Reason { reason: "the customer asked".into() };
    assert_eq!(code(client.impersonate(user, &reason).await), (403, ErrorCode::ReauthRequired));
    let wrong = ConfirmPassword { password: "not the password".into(), totp: None };
    assert_eq!(field(client.confirm_password(&wrong).await), "password");
    let right = ConfirmPassword { password: STAFF_PASSWORD.into(), totp: None };
    let session = client.confirm_password(&right).await.expect("the password is right");
    assert!(session.fresh_until.is_some());
    client.impersonate(user, &reason).await.expect("fresh again");
    app.work().await;
}

#[tokio::test]
async fn devices_are_listed_and_revoked_one_by_one() {
    let app = TestApp::start().await;
    let staff_session = app.staff(Role::Support).await;
    let other = app.staff(Role::Admin).await;
    let laptop = SignIn { device: "Asha's laptop".into(), ..sign_in(None) };
    let laptop = app.client().sign_in(&laptop).await.expect("a second device");
    let laptop = app.client().with_token(&laptop.token);
    let devices = staff_session.list_devices().await.expect("a list").items;
    assert_eq!(devices.len(), 2);
    let lost = devices.iter().find(|device| !device.is_current).expect("the laptop");
    assert_eq!(lost.name, "Asha's laptop");
    assert_eq!(code(other.revoke_device(lost.id).await), (404, ErrorCode::NotFound), "none of theirs");
    staff_session.revoke_device(lost.id).await.expect("signed out");
    assert!(!is_signed_in(&laptop).await);
    assert!(is_signed_in(&staff_session).await);
    app.work().await;
}

#[tokio::test]
async fn a_changed_password_ends_all_other_sessions() {
    let app = TestApp::start().await;
    let staff_session = app.staff(Role::Support).await;
    let laptop = app.client().sign_in(&sign_in(None)).await.expect("a second device");
    let laptop = app.client().with_token(&laptop.token);
    let browser = app.browser();
    let form = [("email", EMAIL.to_owned()), ("password", STAFF_PASSWORD.to_owned())];
    assert_eq!(browser.post("/login", &form).await.status, 303);
    let weak = ChangePassword { current: STAFF_PASSWORD.into(), new: "short".into() };
    assert_eq!(field(staff_session.change_password(&weak).await), "password");
    let wrong = ChangePassword { current: "not it".into(), new: "kahawa ya asubuhi".into() };
    assert_eq!(field(staff_session.change_password(&wrong).await), "current");
    let right = ChangePassword { current: STAFF_PASSWORD.into(), new: "kahawa ya asubuhi".into() };
    staff_session.change_password(&right).await.expect("changed");
    assert!(is_signed_in(&staff_session).await, "the device that did it stays");
    assert!(!is_signed_in(&laptop).await);
    assert_eq!(browser.get("/dashboard").await.status, 303);
    app.work().await;
}

#[tokio::test]
async fn a_password_reset_ends_staff_sessions() {
    let app = TestApp::start().await;
    let staff_session = app.staff(Role::Support).await;
    let browser = app.browser();
    browser.post("/forgot-password", &[("email", EMAIL.to_owned())]).await;
    app.work().await;
    let mails = app.sim().mailbox.mails();
    let text = mails.iter().find_map(|mail| mail.text.split("/reset-password/").nth(1)).expect("a link");
    let token: String = text.chars().take_while(|c| !c.is_whitespace()).collect();
    let form = [("password", "kahawa ya asubuhi".to_owned())];
    browser.post(&format!("/reset-password/{token}"), &form).await;
    assert!(!is_signed_in(&staff_session).await);
    app.work().await;
}

#[tokio::test]
async fn other_tokens_do_not_open_the_api() {
    let app = TestApp::start().await;
    app.staff(Role::Admin).await;
    let answer = app.browser().post("/checkout", &Buyer::default().fields()).await;
    let cookie = answer.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
    let session = cookie.into_iter().find_map(|c| c.strip_prefix("session=")).expect("signed in");
    let session = session.split(';').next().unwrap_or_default();
    for token in [session, "", " ", "x", "Bearer", &"a".repeat(5000)] {
        let client = app.client().with_token(token);
        assert_eq!(code(client.list_users(&UserQuery::default()).await), (401, ErrorCode::Unauthorized));
    }
    assert_eq!(code(app.client().session().await), (401, ErrorCode::Unauthorized));
    app.work().await;
}

#[tokio::test]
async fn what_changes_staff_asks_for_a_code_once() {
    let app = TestApp::start().await;
    let StaffWithTotp { client, secret, recovery_codes, .. } = app.staff_with_totp(Role::Admin).await;
    let new = |email: &str| NewUser {
        name: "Zawadi Komba".into(),
        email: email.into(),
        role: Some(api::Role::Support),
        ..NewUser::default()
    };
    client.create_user(&new("one@hollyn.online")).await.expect("the sign-in had a code");
    app.advance(STALE_SECONDS);
    assert_eq!(code(client.create_user(&new("two@hollyn.online")).await), (403, ErrorCode::ReauthRequired));
    let confirm = |password: &str, totp: Option<&str>| ConfirmPassword {
        password: password.into(),
        totp: totp.map(str::to_owned),
    };
    let session = client.confirm_password(&confirm(STAFF_PASSWORD, None)).await.expect("the password");
    assert!(session.fresh_until.is_some() && session.code_fresh_until.is_none());
    let customer = NewUser { role: None, ..new("customer@example.com") };
    client.create_user(&customer).await.expect("a customer needs the password only");
    let (status, denied) = code(client.create_user(&new("two@hollyn.online")).await);
    assert_eq!((status, denied), (403, ErrorCode::ReauthCodeRequired));

    let now = app.totp_code(&secret);
    assert_eq!(field(client.confirm_password(&confirm("not the password", Some(&now))).await), "password");
    assert_eq!(field(client.confirm_password(&confirm(STAFF_PASSWORD, Some("000000"))).await), "totp");
    assert!(client.session().await.expect("signed in").code_fresh_until.is_none());
    let session =
        client.confirm_password(&confirm(STAFF_PASSWORD, Some(&now))).await.expect("both are right");
    assert!(session.code_fresh_until.is_some());
    client.create_user(&new("two@hollyn.online")).await.expect("a code was typed");
    assert_eq!(field(client.confirm_password(&confirm(STAFF_PASSWORD, Some(&now))).await), "totp", "once");
    app.advance(STALE_SECONDS);
    let recovery = recovery_codes.first().map(String::as_str);
    client.confirm_password(&confirm(STAFF_PASSWORD, recovery)).await.expect("a recovery code is a code");
    client.create_user(&new("three@hollyn.online")).await.expect("a code was typed");
    app.work().await;
}
