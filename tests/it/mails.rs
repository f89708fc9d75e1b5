//! Every mail in both languages, word for word, as text and as HTML.
use hollyn_core::mail::{Link, Mail, PanelPassword, Words};
use hollyn_portal::{pages::mail::Site, presenters::mail::MailRenderer};
use hollyn_tests::{Buyer, TestApp};

/// 23 November 2026, 12:30 in Dar es Salaam.
const NOON: i64 = 1_795_426_200_000_000;

fn renderer() -> MailRenderer {
    MailRenderer::new(Site {
        base_url: "https://hollyn.online".into(),
        company: "Hollyn Online".into(),
        help_url: "https://wa.me/255754000000".into(),
    })
    .expect("the templates are sound")
}

/// Both languages, both parts, against the committed ones.
fn is_as_it_was(name: &str, mail: &Mail) {
    let renderer = renderer();
    for locale in ["en", "sw"] {
        let letter = renderer.letter(mail, locale).expect("every mail has its words");
        insta::assert_snapshot!(
            format!("{name}_{locale}_text"),
            format!("{}\n\n{}", letter.subject, letter.text)
        );
        insta::assert_snapshot!(format!("{name}_{locale}_html"), letter.html);
    }
}

fn order_received(domain: Option<&str>) -> Mail {
    Mail::OrderReceived {
        name: "Neema Mushi".into(),
        order_uuid: "6f9d1a52-0c6e-4a57-9d0b-2f6f6f0a7b11".into(),
        order_number: "H-7K3M9Q".into(),
        plan: "Hollyn Boost".into(),
        months: 3,
        total_tzs: 67_500,
        domain: domain.map(str::to_owned),
    }
}

fn payment_received(percent: i64, domain: Option<&str>, by_phone: bool) -> Mail {
    receipt(percent, domain, by_phone, true)
}

fn receipt(percent: i64, domain: Option<&str>, by_phone: bool, is_set_up: bool) -> Mail {
    let full_tzs = 75_000;
    let discount_tzs = full_tzs * percent / 100;
    Mail::PaymentReceived {
        name: "Neema Mushi".into(),
        order_uuid: "6f9d1a52-0c6e-4a57-9d0b-2f6f6f0a7b11".into(),
        order_number: "H-7K3M9Q".into(),
        plan: "Hollyn Boost".into(),
        months: 3,
        full_tzs,
        discount_percent: percent,
        discount_tzs,
        received_tzs: full_tzs - discount_tzs,
        domain: domain.map(str::to_owned),
        paid_at: NOON,
        phone: if by_phone { "255754318206".into() } else { String::new() },
        operator: by_phone.then(|| "M-PESA".into()),
        reference: by_phone.then(|| "CEJ3I3SETSN".into()),
        is_set_up,
    }
}

fn service_ready(domain: &str, is_temporary: bool) -> Mail {
    Mail::ServiceReady {
        name: "Neema Mushi".into(),
        order_number: "H-7K3M9Q".into(),
        service_id: 7,
        domain: domain.into(),
        is_temporary,
        username: "kahawaki".into(),
        panel_url: "https://panel.hollyn.online:2003".into(),
        paid_until: 1_803_201_000_000_000,
    }
}

/// To the customer, at once: what was ordered and where to pay.
#[test]
fn the_mail_about_my_order_reads_oddly() {
    is_as_it_was("order_received", &order_received(Some("kahawakibo.co.tz")));
    is_as_it_was("order_received_without_domain", &order_received(None));
}

/// The receipt.
#[test]
fn my_receipt_reads_oddly() {
    is_as_it_was("payment_received", &payment_received(10, Some("kahawakibo.co.tz"), true));
    is_as_it_was("payment_received_by_hand", &payment_received(0, None, false));
    is_as_it_was("payment_received_to_finish", &receipt(10, Some("kahawakibo.co.tz"), true, false));
}

/// It is ready.
#[test]
fn the_mail_that_it_is_ready_reads_oddly() {
    is_as_it_was("service_ready", &service_ready("kahawakibo.co.tz", false));
    is_as_it_was("service_ready_temporary", &service_ready("h7k3m9q-6f9d.muda.hollyn.online", true));
}

/// It takes longer.
#[test]
fn the_mail_that_it_takes_longer_reads_oddly() {
    let mail = Mail::SetupDelayed {
        name: "Neema Mushi".into(),
        order_uuid: "6f9d1a52-0c6e-4a57-9d0b-2f6f6f0a7b11".into(),
        order_number: "H-7K3M9Q".into(),
        domain: "kahawakibo.co.tz".into(),
    };
    is_as_it_was("setup_delayed", &mail);
}

/// To staff: every try failed.
#[test]
fn the_notice_to_staff_reads_oddly() {
    let mail = Mail::StaffSetupFailed {
        order_number: "H-7K3M9Q".into(),
        plan: "Hollyn Boost".into(),
        customer_name: "Neema Mushi".into(),
        customer_email: "neema.mushi@example.com".into(),
        domain: "kahawakibo.co.tz".into(),
        tries: 3,
        error: "the panel's answer cannot be read: HTTP 503".into(),
    };
    is_as_it_was("staff_setup_failed", &mail);
}

/// To an address: whether its owner reads it.
#[test]
fn the_mail_that_asks_for_my_address_reads_oddly() {
    let link = Link::Open("4NbWqV0ZpQmX1sK7uYc2hR9eTfJ3aL8dGoI5wB6vCxE".into());
    is_as_it_was("verify_email", &Mail::VerifyEmail { name: "Neema Mushi".into(), link: link.clone() });
    is_as_it_was("reset_password", &Mail::ResetPassword { name: "Neema Mushi".into(), link });
}

/// Mails about actions on the account.
#[test]
fn the_notice_that_somebody_was_in_my_account_reads_oddly() {
    let (name, device, address) =
        ("Neema Mushi".to_owned(), "Chrome, Android".to_owned(), "197.250.10.4".to_owned());
    let mail = Mail::PasswordChanged {
        name: name.clone(),
        at: NOON,
        device: device.clone(),
        address: address.clone(),
    };
    is_as_it_was("password_changed", &mail);
    is_as_it_was(
        "email_changed",
        &Mail::EmailChanged { name: name.clone(), new_email_masked: "n***@gmail.com".into(), at: NOON },
    );
    is_as_it_was("new_device", &Mail::NewDevice { name: name.clone(), at: NOON, device, address });
    let unknown = Mail::NewDevice { name, at: NOON, device: String::new(), address: "197.250.10.4".into() };
    is_as_it_was("new_device_without_name", &unknown);
}

/// What staff did with the hosting.
#[test]
fn the_mail_that_my_site_is_off_reads_oddly() {
    let (name, order_number) = ("Neema Mushi".to_owned(), "H-7K3M9Q".to_owned());
    let domain = "kahawakibo.co.tz".to_owned();
    let suspended = |reason: Option<&str>| Mail::Suspended {
        name: name.clone(),
        order_number: order_number.clone(),
        domain: domain.clone(),
        reason: reason.map(str::to_owned),
    };
    is_as_it_was("suspended", &suspended(Some("Spam was sent from it")));
    is_as_it_was("suspended_without_reason", &suspended(None));
    is_as_it_was(
        "resumed",
        &Mail::Resumed { name: name.clone(), order_number: order_number.clone(), domain: domain.clone() },
    );
    let credentials = |password: Option<&str>| Mail::Credentials {
        name: name.clone(),
        order_number: order_number.clone(),
        service_id: 7,
        domain: domain.clone(),
        username: "kahawaki".into(),
        panel_url: "https://panel.hollyn.online:2003".into(),
        password: password.map(|password| PanelPassword::Open(password.into())),
    };
    is_as_it_was("credentials", &credentials(None));
    is_as_it_was("credentials_with_password", &credentials(Some("kR7#mWq2!xZp9&Ld")));
}

/// Facts that were kept by this version are read by it again, as they were.
#[test]
fn a_mail_was_kept_and_could_not_be_read_again() {
    for mail in [order_received(None), payment_received(10, None, true), service_ready("a.co.tz", false)] {
        let kept = serde_json::to_string(&mail).unwrap();
        assert_eq!(serde_json::from_str::<Mail>(&kept).unwrap(), mail, "{kept}");
    }
}

/// What people typed is text in a mail, never markup.
#[test]
fn somebodys_name_was_a_link_in_my_mail() {
    let mail = Mail::SetupDelayed {
        name: "<a href=https://evil.example>Click</a>".into(),
        order_uuid: "6f9d1a52-0c6e-4a57-9d0b-2f6f6f0a7b11".into(),
        order_number: "H-7K3M9Q".into(),
        domain: "kahawakibo.co.tz".into(),
    };
    let letter = renderer().letter(&mail, "en").unwrap();
    assert!(!letter.html.contains("<a href=https://evil.example"), "{}", letter.html);
}

/// Rule mails-are-rows: whatever happens, no mail has a password in it, and each goes to whom it is about, in
/// their language.
#[tokio::test]
async fn my_password_came_by_mail() {
    let app = TestApp::with(&[("PROVISION_TRIES", "1")]).await;
    let english = Buyer::nth(1);
    let (_, ready) = app.paid_order(&english).await;
    app.work().await;
    let swahili = Buyer::nth(2);
    let browser = app.browser();
    browser.post("/language", &[("lang", "sw".to_owned())]).await;
    let delayed = browser.order(&swahili).await;
    browser.pay(delayed).await;
    app.sim().gateway.approve(&app.sim().gateway.pushes().last().unwrap().order_id);
    app.sim().panel.away(true);
    app.work().await;
    assert_eq!(app.states(ready).await, "active succeeded active");
    assert_eq!(app.states(delayed).await, "paid succeeded failed");

    let mut secrets = vec![english.password];
    for uuid in [ready, delayed] {
        let service = app.view(uuid).await.service.unwrap();
        let (sealed, password) = app.panel_password(service.id).await;
        secrets.extend([sealed, password]);
    }
    let mails = app.sim().mailbox.mails();
    let subjects: Vec<_> =
        mails.iter().map(|mail| (mail.recipients.join(","), mail.subject.clone())).collect();
    assert_eq!(mails.len(), 6, "{subjects:?}");
    for mail in mails {
        let all = format!(
            "{}\n{}\n{}\n{}",
            mail.subject,
            mail.text,
            mail.html.clone().unwrap_or_default(),
            mail.raw
        );
        assert!(!secrets.iter().any(|secret| all.contains(secret.as_str())), "{}", mail.subject);
        let lang = if mail.recipients == ["juma2@example.com"] { "sw" } else { "en" };
        assert!(
            mail.html.unwrap_or_default().contains(&format!("<html lang=\"{lang}\"")),
            "{}",
            mail.subject
        );
    }
}
