//! Every mail in both languages, word for word, as text and as HTML.
use hollyn_core::mail::{Mail, RenderMail, SetupDelayed};
use hollyn_portal::pages::{
    mail::{MailRenderer, Site},
    samples,
};
use hollyn_tests::{Buyer, TestApp};

fn renderer() -> MailRenderer {
    MailRenderer::new(Site {
        base_url: "https://hollyn.online".into(),
        company: "Hollyn Online".into(),
        help_url: "https://wa.me/255754000000".into(),
    })
    .expect("the templates parse")
}

#[test]
fn every_mail_reads_as_in_its_snapshot() {
    let renderer = renderer();
    for (name, mail) in samples::mails() {
        for locale in ["en", "sw"] {
            let mail = renderer.render(&mail, locale).expect("the template fits every mail");
            insta::assert_snapshot!(
                format!("{name}_{locale}_text"),
                format!("{}\n\n{}", mail.subject, mail.text)
            );
            insta::assert_snapshot!(format!("{name}_{locale}_html"), mail.html);
        }
    }
}

#[test]
fn every_kind_of_mail_has_a_sample() {
    let kinds: Vec<_> = samples::mails().iter().map(|(_, mail)| mail.kind()).collect();
    for kind in Mail::KINDS {
        assert!(kinds.contains(kind), "{kind}");
    }
}

#[test]
fn a_stored_mail_is_read_back_unchanged() {
    for (name, mail) in samples::mails() {
        let stored = serde_json::to_string(&mail).unwrap();
        assert_eq!(serde_json::from_str::<Mail>(&stored).unwrap(), mail, "{name}: {stored}");
        assert!(stored.contains(&format!("\"mail\":\"{}\"", mail.kind())), "{name}: {stored}");
    }
}

#[test]
fn a_name_with_markup_is_escaped_in_a_mail() {
    let mail = Mail::SetupDelayed(SetupDelayed {
        name: "<a href=https://evil.example>Click</a>".into(),
        order_uuid: "6f9d1a52-0c6e-4a57-9d0b-2f6f6f0a7b11".into(),
        order_number: "H-7K3M9Q".into(),
        domain: "kahawakibo.co.tz".into(),
    });
    let mail = renderer().render(&mail, "en").unwrap();
    assert!(!mail.html.contains("<a href=https://evil.example"), "{}", mail.html);
}

/// Rule mails-are-rows: no mail has a password in it, and each is sent to the user whom it is about, in the
/// user's language.
#[tokio::test]
async fn no_mail_of_a_purchase_contains_a_password() {
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
