//! What a stranger can have mailed to an address that is not theirs.
use hollyn_core::{api::NewUser, domain::user::Role};
use hollyn_tests::{Buyer, TestApp};

/// Names that a mail program makes a link, an address or a phone number of, or that show something else.
const NO_NAMES: [&str; 12] = [
    "https://evil.example/claim",
    "evil.example",
    "www.evil.tz",
    "mail me@evil.tz",
    "<b>Neema</b>",
    "tel:0800",
    "Call 0754 318 206",
    "\u{ff48}ttps\u{ff1a}\u{ff0f}\u{ff0f}evil",
    "Neema\u{202e}ihsuM",
    "Neema\u{200b}Mushi",
    "\u{2066}Neema\u{2069}",
    "\u{3164}\u{3164}",
];

#[tokio::test]
async fn a_name_that_mails_a_link_is_refused_wherever_it_is_typed() {
    let app = TestApp::start().await;
    let (browser, _) = app.order(&Buyer::default()).await;
    let admin = app.staff(Role::Admin).await;
    for name in NO_NAMES {
        let buyer = Buyer { name: name.into(), ..Buyer::nth(1) };
        for path in ["/register", "/checkout"] {
            let answer = app.browser().post(path, &buyer.fields()).await;
            assert_eq!(answer.status, 422, "{path} {name}");
            assert!(
                answer.body.contains("without web addresses or phone numbers"),
                "{name}: {}",
                answer.body
            );
        }
        let changed = browser.post("/profile/name", &[("name", name.to_owned())]).await;
        assert_eq!(changed.status, 422, "{name}");
        let user = NewUser { name: name.into(), email: "juma@example.com".into(), ..new_user() };
        assert!(admin.create_user(&user).await.is_err(), "{name}");
    }
    let names = ["Neema Mushi", "J.K. Nyerere", "Ng\u{2019}wandu", "Zo\u{eb} Ma\u{17e}uran"];
    for (n, name) in (10..).zip(names) {
        let buyer = Buyer { name: name.into(), ..Buyer::nth(n) };
        assert_eq!(app.browser().post("/register", &buyer.fields()).await.status, 303, "{name}");
    }
    app.work().await;
}

fn new_user() -> NewUser {
    NewUser { name: String::new(), email: String::new(), phone: None, role: None, locale: None }
}

#[tokio::test]
async fn mails_to_an_address_that_was_never_confirmed_hold_nothing_that_was_typed() {
    let app = TestApp::start().await;
    let buyer =
        Buyer { name: "Winner Winner".into(), domain: "claimyourprize.co.tz".into(), ..Buyer::default() };
    let (browser, uuid) = app.order(&buyer).await;
    browser.post("/forgot-password", &[("email", buyer.email.clone())]).await;
    browser.post("/email/verification", &[]).await;
    browser.pay(uuid).await;
    app.work().await;
    let mails = app.sim().mailbox.mails();
    assert_eq!(mails.len(), 3, "order, reset and verification");
    for mail in &mails {
        let all =
            format!("{}{}{}{}", mail.subject, mail.to, mail.text, mail.html.as_deref().unwrap_or_default());
        for typed in ["Winner", "claimyourprize"] {
            assert!(!all.contains(typed), "{typed} in {all}");
        }
    }
    assert!(mails.iter().any(|mail| mail.text.contains("Dear customer,")), "the greeting goes without it");
}

#[tokio::test]
async fn a_confirmed_address_is_greeted_by_name() {
    let app = TestApp::start().await;
    let buyer = Buyer::default();
    let (browser, _) = app.order(&buyer).await;
    app.execute("update users set email_verified_at = 1").await;
    browser.post("/forgot-password", &[("email", buyer.email.clone())]).await;
    app.work().await;
    let mails = app.sim().mailbox.mails();
    assert!(mails.iter().all(|mail| mail.text.contains("Neema")), "{:?}", mails[0].text);
}
