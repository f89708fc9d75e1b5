//! Customers and staff: lists, accounts, disabling, deletion, credentials.
use super::{active, because, code, field, refused};
use hollyn_core::{
    api::{Confirm, ErrorCode, NewUser, PageQuery, Role, UserEdit, UserQuery, UserSort},
    domain::user::Role as DomainRole,
};
use hollyn_tests::{Buyer, TestApp};

pub(super) fn by(q: &str) -> UserQuery {
    UserQuery { q: Some(q.into()), ..UserQuery::default() }
}

fn new_user(email: &str) -> NewUser {
    NewUser {
        name: "Zawadi Komba".into(),
        email: email.into(),
        phone: Some("0754 318 999".into()),
        ..NewUser::default()
    }
}

/// The path of a link in a mail.
fn link_in(text: &str, path: &str) -> String {
    let token = text.split(path).nth(1).unwrap_or_else(|| panic!("no {path} in {text}"));
    let token: String = token.chars().take_while(|c| !c.is_whitespace()).collect();
    format!("{path}{token}")
}

async fn customer(app: &TestApp, buyer: &Buyer) -> i64 {
    let (_, uuid) = app.order(buyer).await;
    app.view(uuid).await.order.user_id.0
}

#[tokio::test]
async fn users_are_found_by_name_email_and_phone() {
    let app = TestApp::start().await;
    let staff = app.staff(DomainRole::Support).await;
    active(&app, &Buyer::nth(7)).await;
    app.order(&Buyer::nth(8)).await;
    for q in ["juma", "hamisi 7", "juma7@example.com", "0754 000 007", "+255754000007"] {
        let found = staff.list_users(&by(q)).await.expect("a list");
        assert!(found.items.iter().any(|user| user.email == "juma7@example.com"), "{q}");
    }
    let found = staff.list_users(&by("juma7@example.com")).await.expect("a list");
    assert_eq!((found.total, found.is_total_exact), (1, true));
    let juma = &found.items[0];
    assert_eq!((juma.orders, juma.services, juma.spent_tzs), (1, 1, 25_000));
    assert_eq!(staff.list_users(&by("nobody")).await.expect("a list").total, 0);
    let of_staff = UserQuery { role: Some(Role::Support), ..UserQuery::default() };
    assert_eq!(staff.list_users(&of_staff).await.expect("a list").total, 1);
    let pages = UserQuery { per_page: Some(2), sort: Some(UserSort::Email), ..UserQuery::default() };
    let first = staff.list_users(&pages).await.expect("a list");
    assert_eq!((first.items.len(), first.total), (2, 3));
    assert!(first.items[0].email < first.items[1].email);
    let second = staff.list_users(&UserQuery { page: Some(2), ..pages }).await.expect("a list");
    assert_eq!(second.items.len(), 1);
    let silly = UserQuery { per_page: Some(101), ..UserQuery::default() };
    assert_eq!(field(staff.list_users(&silly).await), "per_page");
    let far = UserQuery { page: Some(1_000_000), ..UserQuery::default() };
    assert_eq!(field(staff.list_users(&far).await), "page");
    app.work().await;
}

#[tokio::test]
async fn a_user_is_answered_with_orders_services_and_activity() {
    let app = TestApp::start().await;
    let staff = app.staff(DomainRole::Support).await;
    let (uuid, service) = active(&app, &Buyer::default()).await;
    let id = app.view(uuid).await.order.user_id.0;
    let user = staff.show_user(id).await.expect("the person");
    assert_eq!(user.figures.spent_tzs, 25_000);
    assert_eq!((user.figures.orders_paid, user.figures.services_active), (1, 1));
    assert_eq!(user.services[0].id, service);
    assert_eq!(user.orders[0].uuid, uuid.to_string());
    assert!(user.activity.iter().any(|act| act.action == "order.placed"), "{:?}", user.activity);
    let activity = staff.list_activity(id, &PageQuery::default()).await.expect("a list");
    assert_eq!(activity.total, i64::try_from(activity.items.len()).unwrap());
    assert_eq!(code(staff.show_user(999).await), (404, ErrorCode::NotFound));
    let raw = serde_json::to_string(&user).unwrap();
    assert!(!raw.contains("$argon2id$") && !raw.contains("x1."), "no hash and no ciphertext: {raw}");
    app.work().await;
}

#[tokio::test]
async fn an_invitation_sets_the_first_password_within_a_week() {
    let app = TestApp::start().await;
    let staff = app.staff(DomainRole::Support).await;
    let user = staff.create_user(&new_user("zawadi@example.com")).await.expect("an account");
    assert_eq!((user.role, user.phone.as_deref()), (Role::User, Some("0754318999")));
    app.work().await;
    let mails = app.sim().mailbox.mails();
    let mail = mails.iter().find(|mail| mail.to.contains("zawadi@")).expect("a mail");
    assert!(!mail.text.contains("Zawadi"), "the address is not confirmed: {}", mail.text);
    let first = link_in(&mail.text, "/invitation/");
    // A week later, another one is asked for, and the first ends.
    app.advance(7 * 86_400 - 60);
    let browser = app.browser();
    assert!(browser.get(&first).await.body.contains("Choose your password"));
    let staff = app.staff(DomainRole::Support).await;
    assert_eq!(staff.send_invitation(user.id).await.expect("sent again").recipient, "zawadi@example.com");
    assert!(!browser.get(&first).await.body.contains("Choose your password"));
    app.work().await;
    let again = app.sim().mailbox.mails().into_iter().rev().find(|mail| mail.to.contains("zawadi@"));
    let second = link_in(&again.expect("a mail").text, "/invitation/");
    app.advance(6 * 86_400);
    let accepted = browser.post(&second, &[("password", "kahawa ya asubuhi".into())]).await;
    assert_eq!(accepted.status, 200, "{}", accepted.body);
    assert_eq!(browser.post(&second, &[("password", "kahawa ya jioni".into())]).await.status, 422, "once");
    let staff = app.staff(DomainRole::Support).await;
    assert!(staff.show_user(user.id).await.expect("the person").email_verified_at.is_some());
    assert_eq!(code(staff.send_invitation(user.id).await), (409, ErrorCode::Conflict), "there is a password");
    let form = [("email", "zawadi@example.com".to_owned()), ("password", "kahawa ya asubuhi".to_owned())];
    assert_eq!(app.browser().post("/login", &form).await.status, 303);
    assert_eq!(field(staff.create_user(&new_user("zawadi@example.com")).await), "email");
    let bad = NewUser { name: " ".into(), email: "x".into(), phone: Some("1".into()), ..NewUser::default() };
    assert_eq!(field(staff.create_user(&bad).await), "email,name,phone");
    app.work().await;
}

#[tokio::test]
async fn only_an_admin_creates_and_changes_staff() {
    let app = TestApp::start().await;
    let (support, admin) = (app.staff(DomainRole::Support).await, app.staff(DomainRole::Admin).await);
    let new = NewUser { role: Some(Role::Support), ..new_user("new@hollyn.online") };
    assert_eq!(code(support.create_user(&new).await), (403, ErrorCode::Forbidden));
    let made = admin.create_user(&new).await.expect("an account of staff");
    let rename = UserEdit { name: Some("Zawadi K.".into()), ..UserEdit::default() };
    assert_eq!(code(support.edit_user(made.id, &rename).await), (403, ErrorCode::Forbidden));
    let id = customer(&app, &Buyer::default()).await;
    let up = UserEdit { role: Some(Role::Admin), ..UserEdit::default() };
    assert_eq!(code(support.edit_user(id, &up).await), (403, ErrorCode::Forbidden));
    assert_eq!(support.edit_user(id, &rename).await.expect("a customer's name").name, "Zawadi K.");
    let own = admin.session().await.expect("signed in").user.id;
    let down = UserEdit { role: Some(Role::User), ..UserEdit::default() };
    assert_eq!(code(admin.edit_user(own, &down).await), (409, ErrorCode::Conflict));
    assert_eq!(code(admin.disable_user(own, &because("oops")).await), (409, ErrorCode::Conflict));
    // A changed role ends the sessions of the former one.
    let own = support.session().await.expect("signed in").user.id;
    admin.edit_user(own, &up).await.expect("promoted");
    assert_eq!(code(support.session().await), (401, ErrorCode::Unauthorized));
    app.work().await;
}

#[tokio::test]
async fn a_disabled_account_is_signed_out_and_returns_when_enabled() {
    let app = TestApp::start().await;
    let (support, admin) = (app.staff(DomainRole::Support).await, app.staff(DomainRole::Admin).await);
    let (browser, uuid) = app.order(&Buyer::default()).await;
    let id = app.view(uuid).await.order.user_id.0;
    assert_eq!(code(support.disable_user(id, &because("x")).await), (403, ErrorCode::Forbidden));
    assert_eq!(field(admin.disable_user(id, &because("  ")).await), "reason");
    let locked = admin.disable_user(id, &because("the phone was stolen")).await.expect("locked");
    assert!(locked.disabled_at.is_some());
    assert_eq!(browser.get("/dashboard").await.status, 303);
    let buyer = Buyer::default();
    let form = [("email", buyer.email), ("password", buyer.password)];
    assert_eq!(app.browser().post("/login", &form).await.status, 422);
    admin.disable_user(id, &because("again")).await.expect("it is so already");
    let open = admin.enable_user(id, &because("the phone is back")).await.expect("opened");
    assert_eq!(open.disabled_at, None);
    assert_eq!(app.browser().post("/login", &form).await.status, 303);
    let reasons =
        app.text("select group_concat(details) from audit_log where action like 'user.%abled'").await;
    assert!(reasons.contains("the phone was stolen"), "{reasons}");
    app.work().await;
}

#[tokio::test]
async fn deleting_removes_personal_data_and_keeps_payments() {
    let app = TestApp::start().await;
    let (support, admin) = (app.staff(DomainRole::Support).await, app.staff(DomainRole::Admin).await);
    let (uuid, service) = active(&app, &Buyer::default()).await;
    let id = app.view(uuid).await.order.user_id.0;
    let confirm = |text: &str| Confirm { confirm: text.into(), reason: "asked in writing".into() };
    let email = Buyer::default().email;
    assert_eq!(code(support.delete_user(id, &confirm(&email)).await), (403, ErrorCode::Forbidden));
    assert_eq!(field(admin.delete_user(id, &confirm("neema")).await), "confirm");
    let (status, _, error) = refused(admin.delete_user(id, &confirm(&email)).await);
    assert_eq!(status, 409);
    assert!(error.message.contains("kahawakibo.co.tz"), "{}", error.message);
    let domain = Confirm { confirm: "kahawakibo.co.tz".into(), reason: "moved away".into() };
    admin.delete_service(service, &domain).await.expect("the service ends first");
    admin.delete_user(id, &confirm(&email)).await.expect("deleted");
    assert_eq!(admin.list_users(&by("neema")).await.expect("a list").total, 0);
    assert_eq!(app.count("select count(*) from payments where is_applied = 1").await, 1);
    assert_eq!(app.count("select sum(price_tzs) from orders").await, 25_000);
    assert_eq!(code(admin.delete_user(id, &confirm(&email)).await), (404, ErrorCode::NotFound));
    let back = admin.enable_user(id, &because("oops")).await;
    assert_eq!(code(back), (409, ErrorCode::Conflict), "the account is deleted");
    app.work().await;
}

#[tokio::test]
async fn credentials_are_listed_without_a_password() {
    let app = TestApp::start().await;
    let staff = app.staff(DomainRole::Support).await;
    let (uuid, service) = active(&app, &Buyer::default()).await;
    let id = app.view(uuid).await.order.user_id.0;
    let list = staff.credentials(id).await.expect("a list").items;
    assert_eq!(list.len(), 1);
    assert_eq!((list[0].service_id, list[0].domain.as_str()), (service, "kahawakibo.co.tz"));
    assert!(list[0].has_password && list[0].username.is_some() && list[0].panel_url.is_some());
    assert_eq!(code(staff.credentials(999).await), (404, ErrorCode::NotFound));
    app.work().await;
}
