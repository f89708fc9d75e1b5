//! Mailed links: e-mail verification and password reset.
use super::{form, is_in, link, mails_about, mails_to, registered, sign_in};
use hollyn_tests::{Answer, TestApp};

const NEW: &str = "chai ya maziwa";

async fn forgot(app: &TestApp, email: &str) -> Answer {
    app.browser().post("/forgot-password", &[form("email", email)]).await
}

#[tokio::test]
async fn opening_a_verification_link_does_not_use_it_up() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    assert_eq!(mails_about(&app, &buyer.email, "Confirm your email"), 1);
    let path = link(&app, &buyer.email, "verify-email");
    let scanner = app.browser();
    for _ in 0..3 {
        let page = scanner.get(&path).await;
        assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
        assert!(
            page.body.contains("Confirm this email") && page.body.contains(&buyer.email),
            "{}",
            page.body
        );
    }
    assert_eq!(app.count("select count(*) from users where email_verified_at is not null").await, 0);
    assert!(browser.get("/profile").await.body.contains("Not confirmed"));

    // Also in another browser than the one that registered.
    let done = scanner.post(&path, &[]).await;
    assert_eq!(done.status, 200);
    assert!(done.body.contains("Your email is confirmed"), "{}", done.body);
    assert!(!is_in(&scanner).await, "a verification link does not sign in");
    assert!(!browser.get("/profile").await.body.contains("Not confirmed"));
    let again = scanner.post(&path, &[]).await;
    assert_eq!(again.status, 422);
    assert!(again.body.contains("This link does not work any more"), "{}", again.body);
    assert!(scanner.get(&path).await.body.contains("This link does not work any more"));
}

#[tokio::test]
async fn an_invalid_or_expired_verification_link_offers_a_new_one() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    let first = link(&app, &buyer.email, "verify-email");
    app.advance(3599);
    assert!(app.browser().get(&first).await.body.contains("Confirm this email"), "good for an hour");
    app.advance(1);
    let visitor = app.browser();
    for path in
        [first.as_str(), "/verify-email/x", "/verify-email/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]
    {
        assert!(visitor.get(path).await.body.contains("This link does not work any more"), "{path}");
        assert_eq!(visitor.post(path, &[]).await.status, 422, "{path}");
    }
    assert_eq!(app.count("select count(*) from users where email_verified_at is not null").await, 0);

    // The idle session has ended: the customer signs in and requests a new link.
    assert_eq!(sign_in(&browser, &buyer.email, &buyer.password).await.status, 303);
    for _ in 0..3 {
        let sent = browser.post("/email/verification", &[]).await;
        assert_eq!((sent.status, sent.location.as_str()), (303, "/profile?sent=1"));
        app.work().await;
    }
    assert_eq!(mails_about(&app, &buyer.email, "Confirm your email"), 4);
    let fourth = browser.post("/email/verification", &[]).await;
    assert_eq!((fourth.status, fourth.header("retry-after")), (429, "3600"), "{}", fourth.body);
    assert!(fourth.body.contains("We have sent you several links already"), "{}", fourth.body);
    assert_eq!(visitor.post(&link(&app, &buyer.email, "verify-email"), &[]).await.status, 200);
    // Verified: there is nothing left to mail.
    app.advance(3600);
    browser.post("/email/verification", &[]).await;
    app.work().await;
    assert_eq!(mails_about(&app, &buyer.email, "Confirm your email"), 4);
}

#[tokio::test]
async fn a_reset_request_does_not_tell_whether_the_address_has_an_account() {
    let app = TestApp::start().await;
    let (_, buyer) = registered(&app, 1).await;
    let plain = |answer: &Answer, email: &str| {
        answer.body.replace(email, "EMAIL").replace(answer.header("x-request-id"), "ID")
    };
    for n in 0..3 {
        let known = forgot(&app, &buyer.email).await;
        let unknown = forgot(&app, "nobody.here@example.com").await;
        assert_eq!((known.status, unknown.status), (200, 200), "{n}");
        assert!(known.body.contains("Look into your mailbox"), "{}", known.body);
        assert_eq!(plain(&known, &buyer.email), plain(&unknown, "nobody.here@example.com"));
    }
    app.advance(60);
    for email in [buyer.email.as_str(), "nobody.here@example.com", " JUMA1@example.com"] {
        let answer = forgot(&app, email).await;
        assert_eq!((answer.status, answer.header("retry-after")), (429, "3540"), "{email}");
    }
    app.work().await;
    assert_eq!(mails_about(&app, &buyer.email, "Choose a new password"), 3);
    assert!(mails_to(&app, "nobody.here@example.com").is_empty());
    let wrong = forgot(&app, "no address").await;
    assert!(wrong.status == 422 && wrong.body.contains("value=\"no address\""), "{}", wrong.body);
    app.advance(3540);
    assert_eq!(forgot(&app, &buyer.email).await.status, 200, "an hour later");
    app.work().await;
}

#[tokio::test]
async fn a_password_reset_works_once_and_ends_all_sessions() {
    let app = TestApp::start().await;
    let (attacker, buyer) = registered(&app, 1).await;
    forgot(&app, &buyer.email).await;
    app.work().await;
    let first = link(&app, &buyer.email, "reset-password");
    forgot(&app, &buyer.email).await;
    app.work().await;
    let second = link(&app, &buyer.email, "reset-password");
    assert_ne!(first, second);
    assert!(is_in(&attacker).await, "asking changes nothing");

    let owner = app.browser();
    for dead in [first.as_str(), "/reset-password/x"] {
        assert!(owner.get(dead).await.body.contains("This link does not work any more"), "{dead}");
        assert_eq!(owner.post(dead, &[form("password", NEW)]).await.status, 422, "{dead}");
    }
    for _ in 0..2 {
        assert!(owner.get(&second).await.body.contains("Save the new password"));
    }
    let short = owner.post(&second, &[form("password", "short")]).await;
    assert!(short.status == 422 && short.body.contains("at least 10 characters"), "{}", short.body);
    let done = owner.post(&second, &[form("password", NEW)]).await;
    assert!(done.status == 200 && done.body.contains("Your new password is set"), "{}", done.body);
    assert!(!is_in(&attacker).await, "all sessions end");
    assert!(!is_in(&owner).await, "the link does not sign in");
    app.work().await;
    assert_eq!(mails_about(&app, &buyer.email, "Your password was changed"), 1, "{:?}", subjects(&app));
    assert_eq!(owner.post(&second, &[form("password", "another one")]).await.status, 422, "once");
    assert_eq!(sign_in(&app.browser(), &buyer.email, &buyer.password).await.status, 422);
    assert_eq!(sign_in(&app.browser(), &buyer.email, NEW).await.status, 303);
    app.work().await;
}

fn subjects(app: &TestApp) -> Vec<String> {
    app.sim().mailbox.mails().into_iter().map(|mail| mail.subject).collect()
}

#[tokio::test]
async fn a_reset_link_expires_after_60_minutes() {
    let app = TestApp::start().await;
    let (_, buyer) = registered(&app, 1).await;
    forgot(&app, &buyer.email).await;
    app.work().await;
    let path = link(&app, &buyer.email, "reset-password");
    app.advance(3599);
    assert!(app.browser().get(&path).await.body.contains("Save the new password"));
    app.advance(1);
    assert!(app.browser().get(&path).await.body.contains("This link does not work any more"));
    assert_eq!(app.browser().post(&path, &[form("password", NEW)]).await.status, 422);
    assert_eq!(sign_in(&app.browser(), &buyer.email, &buyer.password).await.status, 303);
    app.work().await;
}

#[tokio::test]
async fn a_password_reset_ends_the_lock_of_wrong_passwords() {
    let app = TestApp::start().await;
    let (_, buyer) = registered(&app, 1).await;
    for _ in 0..5 {
        sign_in(&app.browser(), &buyer.email, "sikumbuki tena").await;
    }
    assert_eq!(sign_in(&app.browser(), &buyer.email, &buyer.password).await.status, 429);
    forgot(&app, &buyer.email).await;
    app.work().await;
    let path = link(&app, &buyer.email, "reset-password");
    assert_eq!(app.browser().post(&path, &[form("password", NEW)]).await.status, 200);
    assert_eq!(sign_in(&app.browser(), &buyer.email, NEW).await.status, 303);
    app.work().await;
}

#[tokio::test]
async fn a_copy_of_the_database_contains_no_usable_link() {
    let app = TestApp::start().await;
    let (_, buyer) = registered(&app, 1).await;
    forgot(&app, &buyer.email).await;
    app.work().await;
    let tokens: Vec<String> = ["verify-email", "reset-password"]
        .map(|kind| link(&app, &buyer.email, kind).rsplit('/').next().unwrap_or_default().to_owned())
        .to_vec();
    let mut files = 0;
    for entry in std::fs::read_dir(app.dir()).unwrap() {
        let path = entry.unwrap().path();
        if !path.is_file() {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        files += usize::from(contains(&bytes, buyer.email.as_bytes()));
        for token in &tokens {
            assert!(!contains(&bytes, token.as_bytes()), "a token is in {}", path.display());
        }
    }
    assert!(files > 0, "the database was looked into");
}

fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}
