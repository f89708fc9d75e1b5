//! Requests that are slow, or not what a browser sends.
use hollyn_tests::{Browser, Buyer, TestApp};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Sends these bytes on a connection of their own and reads until the portal closes it.
async fn answer_to(app: &TestApp, bytes: &str) -> String {
    let address = app.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await.expect("the portal listens");
    stream.write_all(bytes.as_bytes()).await.expect("the bytes are taken");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("the portal closes the connection");
    String::from_utf8_lossy(&answer).into_owned()
}

async fn signed_in(app: &TestApp) -> Browser {
    let browser = app.browser();
    let buyer = Buyer::default();
    let fields =
        [("name", buyer.name), ("email", buyer.email), ("phone", buyer.phone), ("password", buyer.password)];
    assert_eq!(browser.post("/register", &fields).await.status, 303);
    app.work().await;
    browser
}

#[tokio::test]
async fn a_body_that_never_ends_is_answered_408_and_its_connection_closed() {
    let app = TestApp::start().await;
    let half_sent = |path: &str, kind: &str| {
        let start = r#"{"email":"neema@example.com","#;
        let headers = format!("host: 127.0.0.1\r\ncontent-type: {kind}\r\ncontent-length: 4000");
        format!("POST {path} HTTP/1.1\r\n{headers}\r\n\r\n{start}")
    };
    let requests = [
        half_sent("/login", "application/x-www-form-urlencoded"),
        half_sent("/checkout", "multipart/form-data; boundary=x"),
        half_sent("/webhooks/zeno", "application/json"),
        half_sent("/api/admin/v1/session", "application/json"),
    ];
    let [form, parts, webhook, api] = requests.each_ref().map(|request| answer_to(&app, request));
    for answer in <[String; 4]>::from(tokio::join!(form, parts, webhook, api)) {
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    }
}

#[tokio::test]
async fn a_host_that_is_missing_or_unreadable_or_not_ours_is_refused() {
    let app = TestApp::start().await;
    for host in [
        "",
        "host: \r\n",
        "host: a b\r\n",
        "host: [::\r\n",
        "host: evil.tz\r\n",
        "host: 127.0.0.1@evil.tz\r\n",
    ] {
        let answer =
            answer_to(&app, &format!("GET /login HTTP/1.1\r\nconnection: close\r\n{host}\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 400 "), "{host:?}: {answer}");
    }
    let ours = "GET /login HTTP/1.1\r\nconnection: close\r\nhost: 127.0.0.1:80\r\n\r\n";
    assert!(answer_to(&app, ours).await.starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn a_form_field_does_not_replace_the_method() {
    let app = TestApp::start().await;
    let browser = app.browser();
    for start in ["_method=delete", "&_method=get", "&&_method=put"] {
        let request = browser
            .http()
            .post(browser.url("/language"))
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("{start}&lang=sw&next=/plans"));
        let answer = browser.send(request).await;
        assert_eq!((answer.status, answer.location.as_str()), (303, "/plans"), "{start}");
    }
}

#[tokio::test]
async fn a_next_that_no_redirect_can_lead_to_leads_home() {
    let app = TestApp::start().await;
    let browser = signed_in(&app).await;
    for next in ["/a%23b%23c", "/%23%23", "/services%23x%23", "/a?b%23c%23d"] {
        let answer = browser.get(&format!("/login?next={next}")).await;
        assert_eq!((answer.status, answer.location.as_str()), (303, "/dashboard"), "{next}");
    }
    let answer = browser.get("/login?next=/services%23newest").await;
    assert_eq!((answer.status, answer.location.as_str()), (303, "/services#newest"));
}

#[tokio::test]
async fn no_page_is_shown_in_a_frame_and_both_headers_say_so() {
    let app = TestApp::start().await;
    for path in ["/", "/login", "/static/portal.css", "/nothing", "/api/admin/v1/dashboard", "/healthz"] {
        let answer = app.browser().get(path).await;
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
    }
}

#[tokio::test]
async fn sign_out_tells_the_browser_to_forget_the_pages_that_it_saved() {
    let app = TestApp::start().await;
    let answer = signed_in(&app).await.post("/logout", &[]).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, "/"));
    assert_eq!(answer.header("clear-site-data"), r#""cache", "storage""#);
}

#[tokio::test]
async fn no_other_site_may_read_an_answer_and_a_trace_is_not_answered() {
    let app = TestApp::start().await;
    for path in ["/", "/login", "/api/admin/v1/session", "/api/admin/v1/openapi.json", "/static/portal.js"] {
        for method in ["GET", "OPTIONS", "TRACE"] {
            let browser = app.browser();
            let method = reqwest::Method::from_bytes(method.as_bytes()).expect("a method");
            let request = browser
                .http()
                .request(method.clone(), browser.url(path))
                .header("origin", "https://evil.tz")
                .header("access-control-request-method", "POST");
            let answer = browser.send(request).await;
            assert_eq!(answer.header("access-control-allow-origin"), "", "{method} {path}");
            assert!(method == "GET" || answer.status >= 400, "{method} {path}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn every_text_says_its_character_set() {
    let app = TestApp::start().await;
    for path in ["/", "/plans", "/login", "/nothing", "/static/portal.css", "/static/portal.js", "/healthz"] {
        let kind = app.browser().get(path).await.header("content-type").to_lowercase();
        let is_text = kind.starts_with("text/");
        assert!(!kind.is_empty() && (!is_text || kind.contains("charset=utf-8")), "{path}: {kind}");
    }
}

#[tokio::test]
async fn fields_that_a_form_does_not_have_change_nothing() {
    let app = TestApp::start().await;
    let buyer = Buyer::default();
    let fields = [
        ("name", buyer.name),
        ("email", buyer.email),
        ("phone", buyer.phone),
        ("password", buyer.password),
        ("role", "admin".into()),
        ("id", "77".into()),
        ("email_verified_at", "1".into()),
        ("user[role]", "admin".into()),
    ];
    assert_eq!(app.browser().post("/register", &fields).await.status, 303);
    app.work().await;
    assert_eq!(app.text("select role from users").await, "user");
    assert_eq!(
        app.count("select count(*) from users where id = 77 or email_verified_at is not null").await,
        0
    );
}

#[tokio::test]
async fn a_new_portal_has_no_account() {
    let app = TestApp::start().await;
    assert_eq!(app.count("select count(*) from users").await, 0);
}
