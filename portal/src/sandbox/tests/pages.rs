//! The pages, as a person at a browser meets them.

use std::sync::Arc;

use rocket::http::uri::{Authority, Host};
use rocket::http::{ContentType, Header, Status};
use rocket::local::asynchronous::Client;
use rocket_dyn_templates::Template;
use serde_json::json;

use super::{NOW, key, options, sent};
use crate::sandbox::{MOUNT, Sandbox};

async fn browser() -> (Client, Sandbox) {
    let sandbox = Sandbox::open(None, options(&Arc::new(NOW.into()))).unwrap();
    let figment = rocket::Config::figment().merge(("log_level", "off")).merge(("template_dir", "."));
    let rocket = rocket::custom(figment)
        .attach(Template::try_custom(|engines| crate::pages::customize(engines).map_err(Into::into)));
    let rocket = sandbox.clone().attach(rocket);
    (Client::untracked(rocket).await.unwrap(), sandbox)
}

#[rocket::async_test]
async fn a_person_answers_the_phone() {
    let (client, sandbox) = browser().await;
    let page = client.get("/sandbox/phone").dispatch().await.into_string().await.unwrap();
    assert!(page.contains("http-equiv=\"refresh\""), "it looks for requests by itself");
    let order = json!({
        "order_id": "abc1", "buyer_email": "n@x.tz", "buyer_name": "Neema", "buyer_phone": "0754318206",
        "amount": 25000, "metadata": { "number": "H-1284" },
    });
    let create = client.post("/sandbox/zenopay/payments/mobile_money_tanzania").header(key("sandbox"));
    assert_eq!(sent(create.body(order.to_string())).await.0, 200);
    let page = client.get("/sandbox/phone").dispatch().await.into_string().await.unwrap();
    for shown in ["H-1284", "0754 318 206", "TSh\u{a0}25,000", "HOLLYN ONLINE", "M-PESA"] {
        assert!(page.contains(shown), "{shown} is missing");
    }
    assert!(!page.contains("http-equiv=\"refresh\""), "and does not reload while a choice is made");
    assert!(!page.contains("style=") && !page.contains("onclick"), "nothing that the strict policy forbids");

    let answer =
        client.post("/sandbox/phone/abc1").header(ContentType::Form).body("act=approve").dispatch().await;
    assert_eq!(
        (answer.status(), answer.headers().get_one("location")),
        (Status::SeeOther, Some("/sandbox/phone"))
    );
    let transid = sandbox.gateway.charges()[0].transid.clone();
    let page = client.get("/sandbox/phone").dispatch().await.into_string().await.unwrap();
    assert!(page.contains(&transid));
    let nonsense =
        client.post("/sandbox/phone/abc1").header(ContentType::Form).body("act=rob").dispatch().await;
    assert_eq!(nonsense.status(), Status::UnprocessableEntity);
}

#[rocket::async_test]
async fn mails_and_accounts_are_shown_in_both_languages() {
    let (client, sandbox) = browser().await;
    sandbox.panel.own("juma1234", "juma.co.tz", "juma@example.co.tz");
    let mail = b"Subject: <b>Habari</b>\r\nContent-Type: text/html\r\n\r\n<p>Mambo</p>\r\n";
    sandbox.mailbox.keep("a@b.tz", vec!["c@d.tz".into()], mail);
    for lang in ["en", "sw"] {
        for path in ["", "/phone", "/panel", "/mail", "/mail/1"] {
            let language = Header::new("accept-language", lang);
            let (status, page) = sent(client.get(format!("{MOUNT}{path}")).header(language)).await;
            assert_eq!(status, 200, "{path}");
            assert!(page.contains(&format!("<html lang=\"{lang}\">")), "{path}");
            assert!(!page.contains(">sim-"), "{path} has a key without words in {lang}");
            assert!(!page.contains("<b>Habari"), "{path} shows what came as it came");
        }
    }
    let html = client.get("/sandbox/mail/1/html").dispatch().await;
    assert!(html.headers().get_one("content-security-policy").unwrap().starts_with("default-src 'none'"));
    assert_eq!(client.get("/sandbox/panel?ticket=used").dispatch().await.status(), Status::Gone);
    assert_eq!(client.get("/sandbox/mail/7").dispatch().await.status(), Status::NotFound);
}

/// Every mail with its reset link, and the phone that approves payments, are for this machine alone.
#[rocket::async_test]
async fn other_machines_do_not_see_the_sandbox() {
    let (client, _) = browser().await;
    for path in ["/sandbox/mail", "/sandbox/phone", "/sandbox/panel", "//sandbox/mail"] {
        let from = |remote: &str, host: &'static str| {
            let mut request = client.get(path).remote(remote.parse().unwrap());
            request.inner_mut().set_host(Host::new(Authority::parse(host).unwrap()));
            request.dispatch()
        };
        let here = from("127.0.0.1:9", "127.0.0.1:8000").await.status();
        assert_ne!(here, Status::NotFound, "{path}");
        assert_eq!(from("[::ffff:127.0.0.1]:9", "localhost").await.status(), here, "{path}");
        for (remote, host) in [
            ("192.168.1.7:9", "127.0.0.1:8000"),
            ("[2001:db8::1]:9", "localhost:8000"),
            ("127.0.0.1:9", "hollyn.online"),
            ("127.0.0.1:9", "localhost.evil.example"),
        ] {
            assert_eq!(from(remote, host).await.status(), Status::NotFound, "{path} {remote} {host}");
        }
    }
}
