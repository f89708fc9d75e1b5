//! What staff change about who may sign in: a customer's e-mail, the second factor, accounts of staff.
use super::{STALE_SECONDS, because, code, field};
use hollyn_core::{
    api::{Client, ErrorCode, NewUser, Role, UserEdit},
    domain::user::Role as DomainRole,
};
use hollyn_tests::{Buyer, StaffWithTotp, TestApp};

const OLD: &str = "neema.mushi@example.com";
const NEW: &str = "neema.new@example.com";
const DAY: i64 = 86_400;

async fn customer(app: &TestApp, buyer: &Buyer) -> i64 {
    let (_, uuid) = app.order(buyer).await;
    app.work().await;
    app.view(uuid).await.order.user_id.0
}

fn new_email(email: &str) -> UserEdit {
    UserEdit { email: Some(email.into()), reason: Some("she lost the mailbox".into()), ..UserEdit::default() }
}

/// The path of the last link of that kind that was mailed to the address.
async fn link(app: &TestApp, to: &str, path: &str) -> String {
    app.work().await;
    let mails = app.sim().mailbox.mails();
    let token = mails.iter().rev().filter(|mail| mail.to.contains(to)).find_map(|mail| {
        mail.text.split(path).nth(1).map(|rest| rest.split_whitespace().next().unwrap_or_default().to_owned())
    });
    format!("{path}{}", token.unwrap_or_else(|| panic!("no {path} for {to}")))
}

/// The e-mail of the account, as staff see it.
async fn email(staff: &Client, id: i64) -> String {
    staff.show_user(id).await.expect("the person").email
}

#[tokio::test]
async fn an_e_mail_entered_by_staff_takes_effect_after_a_day_and_both_addresses_are_told() {
    let app = TestApp::start().await;
    let staff = app.staff(DomainRole::Support).await;
    let id = customer(&app, &Buyer::default()).await;
    let without_reason = UserEdit { reason: None, ..new_email(NEW) };
    assert_eq!(field(staff.edit_user(id, &without_reason).await), "reason");
    let changed = staff.edit_user(id, &new_email("Neema.New@example.com")).await.expect("it waits");
    assert_eq!(changed.email, OLD, "nothing has happened yet");
    let waiting = changed.email_change.expect("a change waits");
    assert_eq!((waiting.email.as_str(), waiting.reason.as_str()), (NEW, "she lost the mailbox"));
    app.work().await;
    let told: Vec<(String, String)> =
        app.sim().mailbox.mails().into_iter().map(|mail| (mail.to, mail.text)).collect();
    assert!(told.iter().any(|(to, text)| to.contains(OLD) && text.contains("she lost the mailbox")));
    let announced = told.iter().find(|(to, _)| to.contains(NEW)).expect("the new address is told");
    assert!(!announced.1.contains("Neema"), "the address is not confirmed: {}", announced.1);

    // A link for a new password goes to the present address.
    app.browser().post("/forgot-password", &[("email", NEW.to_owned())]).await;
    app.work().await;
    let mails = app.sim().mailbox.mails();
    assert!(!mails.iter().any(|mail| mail.to.contains(NEW) && mail.text.contains("/reset-password/")));

    app.advance(DAY - 60);
    app.work().await;
    let staff = app.staff(DomainRole::Support).await;
    assert_eq!(email(&staff, id).await, OLD, "not before its time");
    app.advance(61);
    app.work().await;
    let user = staff.show_user(id).await.expect("the person");
    assert_eq!((user.email.as_str(), user.email_verified_at, user.email_change), (NEW, None, None));
    app.work().await;
    assert!(
        app.sim()
            .mailbox
            .mails()
            .iter()
            .any(|mail| mail.to.contains(NEW) && mail.text.contains("/verify-email/"))
    );
}

#[tokio::test]
async fn the_present_address_confirms_or_cancels_a_change_by_its_link() {
    let app = TestApp::start().await;
    let staff = app.staff(DomainRole::Support).await;
    let id = customer(&app, &Buyer::default()).await;
    let browser = app.browser();

    staff.edit_user(id, &new_email(NEW)).await.expect("it waits");
    let cancelled = link(&app, OLD, "/email-change/").await;
    let shown = browser.get(&cancelled).await.body;
    assert!(shown.contains(NEW) && shown.contains("she lost the mailbox"), "{shown}");
    assert_eq!(email(&staff, id).await, OLD, "looking decides nothing");
    assert_eq!(browser.post(&cancelled, &[("action", "cancel".into())]).await.status, 200);
    assert_eq!(staff.show_user(id).await.expect("the person").email_change, None);
    assert_eq!(browser.post(&cancelled, &[("action", "confirm".into())]).await.status, 422, "it is no more");

    staff.edit_user(id, &new_email(NEW)).await.expect("it waits");
    let confirmed = link(&app, OLD, "/email-change/").await;
    assert_ne!(cancelled, confirmed);
    assert_eq!(browser.post(&confirmed, &[("action", "confirm".into())]).await.status, 200);
    assert_eq!(email(&staff, id).await, NEW);
    assert_eq!(browser.post(&confirmed, &[("action", "confirm".into())]).await.status, 422, "once");
    app.advance(DAY + 1);
    app.work().await;
    let details = "select count(*) from audit_log where action = 'user.email_changed'";
    assert_eq!(app.count(details).await, 1, "the job finds nothing to do");
}

#[tokio::test]
async fn a_change_that_is_cancelled_replaced_or_taken_has_no_effect() {
    let app = TestApp::start().await;
    let staff = app.staff(DomainRole::Support).await;
    let id = customer(&app, &Buyer::default()).await;
    app.order(&Buyer::nth(2)).await;
    assert_eq!(field(staff.edit_user(id, &new_email("juma2@example.com")).await), "email");
    assert_eq!(code(staff.cancel_email_change(id).await), (409, ErrorCode::Conflict), "none waits");

    staff.edit_user(id, &new_email(NEW)).await.expect("it waits");
    assert_eq!(staff.cancel_email_change(id).await.expect("cancelled").email_change, None);
    app.advance(DAY + 1);
    app.work().await;
    let staff = app.staff(DomainRole::Support).await;
    assert_eq!(email(&staff, id).await, OLD);

    staff.edit_user(id, &new_email("first@example.com")).await.expect("it waits");
    app.advance(300);
    staff.edit_user(id, &new_email(NEW)).await.expect("in the place of the first");
    app.advance(DAY - 200);
    app.work().await;
    let staff = app.staff(DomainRole::Support).await;
    assert_eq!(email(&staff, id).await, OLD, "the first one's time is not the second one's");
    // Somebody registers with the address before its time.
    let taken = Buyer { email: NEW.into(), ..Buyer::nth(3) };
    app.order(&taken).await;
    app.advance(300);
    app.work().await;
    let user = staff.show_user(id).await.expect("the person");
    assert_eq!((user.email.as_str(), user.email_change), (OLD, None));
    assert_eq!(app.attention_kinds().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_customer_s_own_change_of_the_e_mail_ends_the_one_by_staff() {
    let app = TestApp::start().await;
    let staff = app.staff(DomainRole::Support).await;
    let buyer = Buyer::default();
    let (browser, uuid) = app.order(&buyer).await;
    let id = app.view(uuid).await.order.user_id.0;
    staff.edit_user(id, &new_email(NEW)).await.expect("it waits");
    let form = [("email", "own@example.com".to_owned()), ("password", buyer.password.clone())];
    assert_eq!(browser.post("/profile/email", &form).await.status, 303);
    assert_eq!(staff.show_user(id).await.expect("the person").email_change, None);
    app.advance(DAY + 1);
    app.work().await;
    let staff = app.staff(DomainRole::Support).await;
    assert_eq!(email(&staff, id).await, "own@example.com");
    app.work().await;
}

#[tokio::test]
async fn all_admins_are_told_when_staff_are_made_or_changed() {
    let app = TestApp::start().await;
    let admin = app.staff(DomainRole::Admin).await;
    app.make_staff(DomainRole::Admin).await;
    app.make_staff(DomainRole::Support).await;
    let id = customer(&app, &Buyer::default()).await;
    app.work().await;
    let told = async |what: &str| -> Vec<String> {
        app.work().await;
        let mails = app.sim().mailbox.mails();
        let told = mails.iter().filter(|mail| mail.subject.contains(what));
        let mut told: Vec<String> = told.map(|mail| mail.recipients.join(",")).collect();
        told.sort();
        told
    };
    let admins = ["staff1@hollyn.online", "staff2@hollyn.online"];
    let new = NewUser {
        name: "Zawadi Komba".into(),
        email: "zawadi@hollyn.online".into(),
        role: Some(Role::Support),
        ..NewUser::default()
    };
    let made = admin.create_user(&new).await.expect("an account of staff").id;
    assert_eq!(told("account made").await, admins);
    let rename = UserEdit { name: Some("Zawadi K.".into()), ..UserEdit::default() };
    admin.edit_user(made, &rename).await.expect("renamed");
    assert_eq!(told("details changed").await, admins);
    admin.edit_user(made, &new_email("z@hollyn.online")).await.expect("it waits");
    assert_eq!(told("new email entered").await, admins);
    admin.disable_user(made, &because("on leave")).await.expect("disabled");
    assert_eq!(told("account disabled").await, admins);
    admin.enable_user(made, &because("back")).await.expect("enabled");
    assert_eq!(told("account enabled").await, admins);
    let up = UserEdit { role: Some(Role::Admin), ..UserEdit::default() };
    admin.edit_user(id, &up).await.expect("a customer becomes an admin");
    assert_eq!(told("role changed").await.len(), 3, "the new one as well");
    // A customer's account is nothing for them.
    let other = customer(&app, &Buyer::nth(2)).await;
    admin.disable_user(other, &because("a test")).await.expect("disabled");
    assert_eq!(told("account disabled").await, admins);
}

#[tokio::test]
async fn an_admin_resets_a_second_factor_and_its_owner_is_told() {
    let app = TestApp::start().await;
    let StaffWithTotp { email: own, client: admin, .. } = app.staff_with_totp(DomainRole::Admin).await;
    let StaffWithTotp { email, client: colleague, .. } = app.staff_with_totp(DomainRole::Support).await;
    let own = admin.list_users(&super::users::by(&own)).await.expect("a list").items[0].id;
    let id = admin.list_users(&super::users::by(&email)).await.expect("a list").items[0].id;
    assert_eq!(code(colleague.reset_two_factor(own, &because("x")).await), (403, ErrorCode::Forbidden));
    assert_eq!(
        code(admin.reset_two_factor(own, &because("x")).await),
        (409, ErrorCode::Conflict),
        "not one's own"
    );
    assert_eq!(field(admin.reset_two_factor(id, &because(" ")).await), "reason");
    let user = admin.reset_two_factor(id, &because("the phone was stolen")).await.expect("reset");
    assert!(!user.has_totp);
    assert_eq!(code(colleague.session().await), (401, ErrorCode::Unauthorized), "all sessions end");
    assert_eq!(code(admin.reset_two_factor(id, &because("again")).await), (409, ErrorCode::Conflict));
    app.work().await;
    let mails = app.sim().mailbox.mails();
    let told =
        mails.iter().find(|mail| mail.to.contains(&email) && mail.text.contains("the phone was stolen"));
    assert!(told.is_some(), "the owner is told");
    let why = app.text("select details from audit_log where action = 'user.two_factor_reset'").await;
    assert_eq!(why, "the phone was stolen");

    let buyer = Buyer::default();
    let id = customer(&app, &buyer).await;
    assert_eq!(
        code(admin.reset_two_factor(id, &because("x")).await),
        (409, ErrorCode::Conflict),
        "there is none"
    );
    app.advance(STALE_SECONDS);
    assert_eq!(code(admin.reset_two_factor(id, &because("x")).await), (403, ErrorCode::ReauthRequired));
}
