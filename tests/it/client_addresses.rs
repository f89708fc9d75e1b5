//! Which address a request counts for, and by how much of it limits count.
use hollyn_tests::{Answer, TestApp};

/// Sends a webhook that proves nothing, with what the proxy says of its client.
async fn notice(app: &TestApp, proxy_says: &[&str]) -> u16 {
    let browser = app.browser();
    let mut request = browser.http().post(browser.url("/webhooks/zeno")).body("{}");
    for value in proxy_says {
        request = request.header("x-forwarded-for", *value);
    }
    browser.send(request).await.status
}

async fn app(limit: &'static str) -> TestApp {
    TestApp::with(&[("APP_PROXY_HEADER", "X-Forwarded-For"), ("LIMIT_WEBHOOK_ADDRESS", limit)]).await
}

#[tokio::test]
async fn the_last_address_of_the_list_counts_however_it_is_written() {
    let app = app("1").await;
    for (client, others) in [
        ("203.0.113.1", ["198.51.100.9, 203.0.113.1", "203.0.113.1:4711", "::ffff:203.0.113.1"]),
        (
            "2001:db8:1:2::7",
            ["[2001:db8:1:2::8]:4711", "[2001:db8:1:2:ffff::1]", "1.2.3.4,2001:db8:1:2:9::9"],
        ),
    ] {
        assert_eq!(notice(&app, &[client]).await, 200, "{client}");
        for other in others {
            assert_eq!(notice(&app, &[other]).await, 429, "{other} is {client}");
        }
        assert_eq!(notice(&app, &["192.0.2.44", client]).await, 429, "the last header counts");
    }
    for client in ["203.0.113.2", "203.0.113.1, 203.0.113.3", "2001:db8:1:3::7"] {
        assert_eq!(notice(&app, &[client]).await, 200, "{client} is another one");
    }
}

#[tokio::test]
async fn what_a_client_says_of_itself_does_not_count() {
    let app = app("1").await;
    for (n, status) in [(1, 200), (2, 429), (3, 429)] {
        assert_eq!(notice(&app, &[&format!("198.51.100.{n}, 203.0.113.1")]).await, status, "{n}");
    }
    let without_proxy = TestApp::with(&[("LIMIT_WEBHOOK_ADDRESS", "1")]).await;
    for (n, status) in [(1, 200), (2, 429)] {
        assert_eq!(notice(&without_proxy, &[&format!("203.0.113.{n}")]).await, status, "{n}");
    }
}

#[tokio::test]
async fn a_request_whose_address_cannot_be_read_is_refused() {
    let app = app("1000").await;
    for unreadable in
        ["unknown", "203.0.113.1, ", "_hidden", "203.0.113", "203.0.113.1 198.51.100.1", "for=1.2.3.4"]
    {
        assert_eq!(notice(&app, &[unreadable]).await, 400, "{unreadable}");
    }
    assert_eq!(app.count("select count(*) from webhook_inbox").await, 0);
    // The proxy itself, or a check on the machine.
    assert_eq!(app.browser().get("/healthz").await.status, 200);
}

#[tokio::test]
async fn every_limit_by_address_counts_a_64_of_ipv6_as_one() {
    let vars = [
        ("APP_PROXY_HEADER", "X-Real-IP"),
        ("LIMIT_SIGN_IN_ADDRESS", "2"),
        ("LIMIT_REGISTER_ADDRESS", "2"),
        ("LIMIT_CHECKOUT_ADDRESS", "2"),
    ];
    let app = TestApp::with(&vars).await;
    let send = async |path: &str, fields: Vec<(&'static str, String)>, address: &str| -> Answer {
        let browser = app.browser();
        let request = browser.http().post(browser.url(path)).header("x-real-ip", address);
        browser.send(request.header("sec-fetch-site", "same-origin").form(&fields)).await
    };
    for (path, passes) in [("/login", 422), ("/register", 303), ("/checkout", 303)] {
        for (n, address) in
            ["2001:db8::1", "2001:db8::2:0:0:2", "2001:db8::3", "2001:db8:0:1::1"].iter().enumerate()
        {
            let n = u32::try_from(n).unwrap() + if path == "/checkout" { 10 } else { 1 };
            let buyer = hollyn_tests::Buyer::nth(n);
            let answer = send(path, buyer.fields(), address).await;
            let is_third = *address == "2001:db8::3";
            assert_eq!(
                answer.status,
                if is_third { 429 } else { passes },
                "{path} {address}: {}",
                answer.body
            );
        }
    }
    app.work().await;
}
