//! Opening the panel: only by the owner, only at the configured address, and without storing the address.
use super::active;
use hollyn_core::ops::{Caller, services};
use hollyn_portal::sandbox::panel::{PanelCall, PanelFault};
use hollyn_tests::{Answer, Browser, Buyer, TestApp, reason};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

async fn get_with(browser: &Browser, path: &str, header: (&str, &str)) -> Answer {
    browser.send(browser.http().get(browser.url(path)).header(header.0, header.1)).await
}

/// Neither a prefetch nor a link of another site opens the panel or uses a ticket.
#[tokio::test]
async fn another_site_cannot_open_the_panel() {
    let app = TestApp::start().await;
    let (browser, _, id) = active(&app, &Buyer::default()).await;
    for header in [
        ("sec-purpose", "prefetch"),
        ("sec-purpose", "prefetch;prerender"),
        ("purpose", "prefetch"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let answer = get_with(&browser, "/me/panel", header).await;
        assert_eq!((answer.status, answer.location.as_str()), (403, ""), "{header:?}");
    }
    let foreign =
        browser.http().post(browser.url(&format!("/me/panel/{id}"))).header("sec-fetch-site", "cross-site");
    assert_eq!(browser.send(foreign).await.status, 403);
    assert_eq!(app.sim().panel.calls(PanelCall::SignOn), 0);

    for answer in [
        get_with(&browser, "/me/panel", ("sec-fetch-site", "none")).await,
        get_with(&browser, "/me/panel", ("sec-fetch-site", "same-origin")).await,
        browser.post(&format!("/me/panel/{id}"), &[]).await,
    ] {
        assert_eq!(answer.status, 303);
        assert_eq!(
            (answer.header("cache-control"), answer.header("referrer-policy")),
            ("no-store", "no-referrer")
        );
        let ticket = answer.location.split("ticket=").nth(1).unwrap();
        assert_eq!(app.sim().panel.redeem(ticket).unwrap().domain, "kahawakibo.co.tz");
        assert!(app.sim().panel.redeem(ticket).is_none(), "a ticket opens once");
    }
}

/// Each opened panel is audited, and the eleventh in an hour waits: the page and Retry-After say until when.
#[tokio::test]
async fn a_customer_opens_the_panel_ten_times_an_hour() {
    let app = TestApp::start().await;
    let buyer = Buyer::default();
    let (browser, _, id) = active(&app, &buyer).await;
    let opened =
        "select count(*) from audit_log where action = 'service.panel_opened' and actor like 'user:%'";
    for _ in 0..8 {
        assert_eq!(browser.get("/me/panel").await.status, 303);
    }
    assert_eq!(app.count(opened).await, 8);
    assert_eq!(browser.post(&format!("/me/panel/{id}"), &[]).await.status, 303);
    // A revealed password counts as well.
    let reveal = format!("/me/services/{id}/reveal");
    assert_eq!(browser.post(&reveal, &[("password", buyer.password.clone())]).await.status, 200);
    app.advance(60);
    let answers = [
        browser.get("/me/panel").await,
        browser.post(&format!("/me/panel/{id}"), &[]).await,
        browser.post(&reveal, &[("password", buyer.password.clone())]).await,
    ];
    for answer in answers {
        assert_eq!((answer.status, answer.header("retry-after")), (429, "3540"), "{}", answer.body);
        assert!(!answer.location.contains("ticket="));
    }
    assert_eq!(app.sim().panel.calls(PanelCall::SignOn), 9);
    assert_eq!(app.count(opened).await, 9);
    let activity = browser.get("/profile/activity").await.body;
    assert!(activity.contains("Control panel opened"), "{activity}");
    app.advance(3541);
    assert_eq!(browser.get("/me/panel").await.status, 303, "an hour after the first");
}

/// The sign-on address gives access like a password.
#[tokio::test]
async fn the_sign_on_address_is_written_nowhere() {
    let app = TestApp::start().await;
    let (browser, _, _) = active(&app, &Buyer::default()).await;
    let location = browser.get("/me/panel").await.location;
    let ticket = location.split("ticket=").nth(1).unwrap();
    for entry in std::fs::read_dir(app.dir()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.windows(ticket.len()).any(|w| w == ticket.as_bytes()), "{}", path.display());
    }
}

/// A panel that answers with these sign-on addresses, one after the other. Returns its own address.
async fn guide(addresses: Vec<String>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let own = format!("http://{}", listener.local_addr().expect("its address"));
    let base = own.clone();
    tokio::spawn(async move {
        for address in addresses {
            let Ok((mut stream, _)) = listener.accept().await else { return };
            let mut request = [0; 8192];
            if stream.read(&mut request).await.is_err() {
                return;
            }
            let body = serde_json::json!({ "done": { "url": address.replace("OWN", &base) } }).to_string();
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            stream.write_all(answer.as_bytes()).await.ok();
        }
    });
    own
}

/// Other addresses in its answers are not followed.
#[tokio::test]
async fn the_panel_button_leads_to_the_configured_panel_only() {
    let foreign = [
        "https://evil.example/x",
        "http://127.0.0.1:9/x",
        "OWN.evil.example/x",
        "//evil.example/x",
        "javascript:alert(1)",
        "/relative",
        "",
    ];
    let mut addresses: Vec<String> = foreign.iter().map(ToString::to_string).collect();
    addresses.push("OWN/sess123/".into());
    let own = guide(addresses).await;
    let app = TestApp::with(&[("WEBUZO_ENDUSER_URL", &own)]).await;
    let (browser, _, _) = active(&app, &Buyer::default()).await;
    for address in foreign {
        let answer = browser.get("/me/panel").await;
        assert_eq!(
            (answer.status, &answer.location),
            (303, &own),
            "{address}: the sign-in page of the panel"
        );
    }
    assert_eq!(browser.get("/me/panel").await.location, format!("{own}/sess123/"));
}

/// Without an account, or while the panel does not answer.
#[tokio::test]
async fn a_silent_panel_leads_to_its_sign_in_page() {
    let app = TestApp::start().await;
    let (browser, _) = app.order(&Buyer::nth(1)).await;
    assert_eq!(browser.get("/me/panel").await.location, "/dashboard");
    assert!(app.browser().get("/me/panel").await.location.starts_with("/login?next="));

    let (browser, _, id) = active(&app, &Buyer::nth(2)).await;
    let sign_in_page = format!("{}/webuzo/enduser", app.providers.base);
    for fault in
        [PanelFault::TimeoutBeforeActing, PanelFault::LoginPage, PanelFault::NoWord { after_acting: true }]
    {
        app.sim().panel.next_on(PanelCall::SignOn, fault);
        assert_eq!(browser.get("/me/panel").await.location, sign_in_page);
    }
    app.sim().panel.away(true);
    assert_eq!(browser.post(&format!("/me/panel/{id}"), &[]).await.location, sign_in_page);
}

/// Without a choice the newest active one; never another customer's.
#[tokio::test]
async fn the_panel_opens_the_chosen_service() {
    let app = TestApp::start().await;
    let buyer = Buyer::nth(1);
    let (browser, _, first) = active(&app, &buyer).await;
    app.advance(60);
    let second = browser.order(&Buyer { domain: "pili.co.tz".into(), ..buyer }).await;
    browser.pay(second).await;
    app.sim().gateway.approve(&app.sim().gateway.pushes().last().unwrap().order_id);
    app.work().await;
    let opened = async |answer: Answer| {
        let ticket = answer.location.split("ticket=").nth(1).expect("a ticket").to_owned();
        app.sim().panel.redeem(&ticket).unwrap().domain
    };
    assert_eq!(opened(browser.get("/me/panel").await).await, "pili.co.tz");
    assert_eq!(opened(browser.post(&format!("/me/panel/{first}"), &[]).await).await, "duka1.co.tz");
    let caller = Caller::default();
    let newest = app.view(second).await.service.unwrap().id;
    services::suspend(&app.ctx, &caller, newest, &reason("abuse")).await.unwrap();
    assert_eq!(opened(browser.get("/me/panel").await).await, "duka1.co.tz");
    assert_eq!(browser.post(&format!("/me/panel/{newest}"), &[]).await.status, 404, "suspended");

    let (other, _, _) = active(&app, &Buyer::nth(2)).await;
    assert_eq!(other.post(&format!("/me/panel/{first}"), &[]).await.status, 404);
}
