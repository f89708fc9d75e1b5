//! The customer's account: password reset, profile, sessions, second factor, deletion.
mod bad_input;
mod devices;
mod ending;
mod lists;
mod lockout;
mod profile;
mod recovery;
mod second_factor;
mod second_factor_of_staff;
mod without_the_phone;

use hollyn_portal::sandbox::mailbox::Mail;
use hollyn_tests::{Answer, Browser, Buyer, TestApp};

/// Registers the `n`th customer in a new browser, and sends the queued mails.
async fn registered(app: &TestApp, n: u32) -> (Browser, Buyer) {
    let (browser, buyer) = (app.browser(), Buyer::nth(n));
    let fields = [
        ("name", buyer.name.clone()),
        ("email", buyer.email.clone()),
        ("phone", buyer.phone.clone()),
        ("password", buyer.password.clone()),
    ];
    let answer = browser.post("/register", &fields).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, "/dashboard"), "{}", answer.body);
    app.work().await;
    (browser, buyer)
}

async fn sign_in(browser: &Browser, email: &str, password: &str) -> Answer {
    browser.post("/login", &[("email", email.to_owned()), ("password", password.to_owned())]).await
}

/// Sends a form with this user agent.
async fn post_as(browser: &Browser, user_agent: &str, path: &str, fields: &[(&str, String)]) -> Answer {
    let request = browser
        .http()
        .post(browser.url(path))
        .header("sec-fetch-site", "same-origin")
        .header("user-agent", user_agent)
        .form(fields);
    browser.send(request).await
}

/// Whether the browser is signed in.
async fn is_in(browser: &Browser) -> bool {
    match browser.get("/profile").await.status {
        200 => true,
        303 => false,
        other => panic!("/profile answered {other}"),
    }
}

/// The mails to an address, oldest first.
fn mails_to(app: &TestApp, email: &str) -> Vec<Mail> {
    app.sim().mailbox.mails().into_iter().filter(|mail| mail.recipients == [email]).collect()
}

/// The number of mails to an address with that subject.
fn mails_about(app: &TestApp, email: &str, subject: &str) -> usize {
    mails_to(app, email).iter().filter(|mail| mail.subject == subject).count()
}

/// The path of the newest mailed link of a kind: `/verify-email/…`, `/reset-password/…`.
fn link(app: &TestApp, email: &str, kind: &str) -> String {
    let start = format!("{}/{kind}/", app.url);
    let mail = mails_to(app, email).into_iter().rev().find(|mail| mail.text.contains(&start));
    let mail = mail.unwrap_or_else(|| panic!("no {kind} link reached {email}"));
    let token = mail.text.split(&start).nth(1).unwrap_or_default();
    let token = token.split(char::is_whitespace).next().unwrap_or_default();
    assert_eq!(token.len(), 43, "256 bits: {}", mail.text);
    format!("/{kind}/{token}")
}

/// The value that an answer sets a cookie to.
fn cookie(answer: &Answer, name: &str) -> Option<String> {
    let start = format!("{name}=");
    let set = answer.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
    set.filter_map(|line| line.strip_prefix(&start))
        .map(|rest| rest.split(';').next().unwrap_or_default().to_owned())
        .next_back()
}

fn form(name: &'static str, value: &str) -> (&'static str, String) {
    (name, value.to_owned())
}
