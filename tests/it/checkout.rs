//! The order form: what is typed, what is wrong with it, and what becomes of it.
use hollyn_core::domain::money::Tzs;
use hollyn_tests::{Answer, Browser, Buyer, TestApp};

/// A browser whose person reads this language.
async fn reading(app: &TestApp, lang: &str) -> Browser {
    let browser = app.browser();
    let fields = [("lang", lang.to_owned()), ("next", "/plans".to_owned())];
    assert_eq!(browser.post("/language", &fields).await.location, "/plans");
    browser
}

/// As the templates write it.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#x27;").replace('/', "&#x2F;")
}

fn says(answer: &Answer, sentence: &str) -> bool {
    answer.body.contains(sentence) || answer.body.contains(&escaped(sentence))
}

/// The field's value in the page that came back.
fn kept(answer: &Answer, field: &str) -> Option<String> {
    let input = answer.body.split("<input ").find(|part| part.contains(&format!(" name=\"{field}\"")))?;
    let value = input.split('>').next()?.split(" value=\"").nth(1)?.split('"').next()?;
    Some(value.to_owned())
}

/// Types the fields of the usual buyer, but for one.
async fn order_with(browser: &Browser, field: &'static str, value: &str) -> Answer {
    let mut fields = Buyer::default().fields();
    fields.retain(|(name, _)| *name != field);
    fields.push((field, value.to_owned()));
    browser.post("/checkout", &fields).await
}

async fn assert_nothing_was_made(app: &TestApp) {
    for table in ["select count(*) from users", "select count(*) from orders", "select count(*) from mails"] {
        assert_eq!(app.count(table).await, 0, "{table}");
    }
}

const NAME: [&str; 2] = ["Enter your name", "Andika jina lako"];
const NAME_CHARACTERS: [&str; 2] = [
    "Write your name without / : @ < > and without web addresses or phone numbers",
    "Andika jina lako bila / : @ < > na bila anwani za tovuti au namba za simu",
];
const NAME_LONG: [&str; 2] = ["Use at most 120 characters for your name", "Jina lisizidi herufi 120"];
const EMAIL: [&str; 2] =
    ["Enter an email address like neema@example.com", "Andika barua pepe kama neema@example.com"];
const PHONE: [&str; 2] = [
    "Enter all 10 digits of your number, like 0754 318 206",
    "Andika tarakimu zote 10 za namba yako, kama 0754 318 206",
];
const DOMAIN: [&str; 2] = [
    "Enter a domain like kahawakibo.co.tz, without http:// and without a path",
    "Andika domain kama kahawakibo.co.tz, bila http:// na bila kitu baada yake",
];
const MONTHS: [&str; 2] = ["Choose for how many months you pay", "Chagua unalipia miezi mingapi"];
const SHORT: [&str; 2] =
    ["Choose a password of at least 10 characters", "Chagua nenosiri lenye angalau herufi 10"];
const LONG: [&str; 2] =
    ["Choose a password of at most 200 characters", "Chagua nenosiri lisilozidi herufi 200"];
const COMMON: [&str; 2] = ["Many people use this password", "Nenosiri hili linatumiwa na watu wengi"];
const NO_PASSWORD: [&str; 2] = ["Enter your password", "Andika nenosiri lako"];

#[tokio::test]
async fn each_wrong_field_says_what_is_wrong_and_keeps_the_rest() {
    let app = TestApp::start().await;
    let long = "a".repeat(300);
    let html = "<script>alert(1)</script>";
    let cases: [(&str, &str, [&str; 2]); 31] = [
        ("name", "", NAME),
        ("name", "   ", NAME),
        ("name", &long, NAME_LONG),
        ("name", "Neema\u{7}", NAME_CHARACTERS),
        ("email", "", EMAIL),
        ("email", "neema", EMAIL),
        ("email", "neema@", EMAIL),
        ("email", &long, EMAIL),
        ("email", html, EMAIL),
        ("email", "neema@☕.tz", EMAIL),
        ("email", "a@b.tz\r\nBcc: c@d.tz", EMAIL),
        ("phone", "", PHONE),
        ("phone", "0754", PHONE),
        ("phone", "+254 722 000 000", PHONE),
        ("phone", &long, PHONE),
        ("phone", html, PHONE),
        ("phone", "☎️", PHONE),
        ("domain", "kahawa", DOMAIN),
        ("domain", "kahawa kibo.co.tz", DOMAIN),
        ("domain", html, DOMAIN),
        ("domain", "mkahawa.☕", DOMAIN),
        ("domain", &long, DOMAIN),
        ("months", "", MONTHS),
        ("months", "2", MONTHS),
        ("months", "-1", MONTHS),
        ("months", "99999999999999999999", MONTHS),
        ("password", "", NO_PASSWORD),
        ("password", "tisa ch", SHORT),
        ("password", &long, LONG),
        ("password", "password123", COMMON),
        ("password", "☕☕☕☕☕☕☕☕☕☕☕☕", COMMON),
    ];
    for (lang, code) in ["en", "sw"].iter().enumerate() {
        let browser = reading(&app, code).await;
        for (field, value, sentences) in cases {
            let shown: String = value.chars().take(40).collect();
            let answer = order_with(&browser, field, value).await;
            assert_eq!(answer.status, 422, "{code} {field} {shown:?}");
            assert!(says(&answer, sentences[lang]), "{code} {field} {shown:?}: {}", answer.body);
            assert!(answer.body.contains("aria-invalid") || field == "months", "{field} is not marked");
            let buyer = Buyer::default();
            for (other, typed) in [
                ("name", &buyer.name),
                ("email", &buyer.email),
                ("phone", &buyer.phone),
                ("domain", &buyer.domain),
            ] {
                let typed = if other == field { value } else { typed };
                let back = kept(&answer, other).unwrap_or_default();
                // A browser takes line breaks and control characters out of its fields, the template need
                // not.
                assert_eq!(back, escaped(typed), "{code} {field} {shown:?}: {other} is lost");
            }
            assert_eq!(kept(&answer, "password"), None, "the password came back");
            assert!(!answer.body.contains(&buyer.password), "the password came back");
            assert!(!answer.body.contains(html), "what was typed is markup");
        }
    }
    assert_nothing_was_made(&app).await;
}

#[tokio::test]
async fn everything_wrong_at_once_is_said_at_once() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let answer = browser.post("/checkout", &[("plan", "hollyn-boost".to_owned())]).await;
    assert_eq!(answer.status, 422);
    for sentence in [NAME, EMAIL, PHONE, MONTHS, NO_PASSWORD] {
        assert!(says(&answer, sentence[0]), "{}: {}", sentence[0], answer.body);
    }
    assert!(answer.body.contains("There are 5 problems"));
    assert_nothing_was_made(&app).await;
}

#[tokio::test]
async fn a_form_of_more_than_64_kb_is_refused() {
    let app = TestApp::start().await;
    for field in ["name", "email", "phone", "domain", "password", "months", "plan"] {
        let answer = order_with(&app.browser(), field, &"a".repeat(64 * 1024)).await;
        assert_eq!(answer.status, 413, "{field}");
        assert!(answer.body.contains("more than we can take"), "{field}: {}", answer.body);
    }
    assert_nothing_was_made(&app).await;
}

#[tokio::test]
async fn a_plan_that_is_not_sold_cannot_be_ordered() {
    let app = TestApp::start().await;
    sqlx::query("update plans set is_active = 0 where slug = 'hollyn-max'").execute(app.sql()).await.unwrap();
    for plan in ["hollyn-max", "no-such-plan", "", "<b>", "../checkout"] {
        assert_eq!(order_with(&app.browser(), "plan", plan).await.status, 404, "{plan}");
    }
    assert_eq!(app.browser().get("/checkout/hollyn-max").await.status, 404);
    assert_nothing_was_made(&app).await;
}

#[tokio::test]
async fn names_in_any_script_are_only_names() {
    let app = TestApp::start().await;
    for (n, name) in (1..).zip(["Ng'wanaidi Mkwawa", "نعيمة", "Neema 🌻", "Neema & Sons", "O\"Brien"])
    {
        let (browser, uuid) = app.order(&Buyer { name: name.into(), ..Buyer::nth(n) }).await;
        assert_eq!(app.view(uuid).await.order.customer.name, name);
        let page = browser.get("/dashboard").await.body;
        assert!(!page.contains("O\"Brien"), "{page}");
    }
    app.work().await;
    assert_eq!(app.sim().mailbox.mails().len(), 5);
}

#[tokio::test]
async fn every_term_shows_and_keeps_its_discount() {
    let app = TestApp::start().await;
    for (n, (months, percent, total)) in
        (1..).zip([(1, 0, 25_000), (3, 10, 67_500), (6, 15, 127_500), (12, 20, 240_000), (36, 20, 720_000)])
    {
        let page = app.browser().get(&format!("/checkout/hollyn-boost?months={months}")).await.body;
        let chosen = format!("id=\"m{months}\" value=\"{months}\" checked");
        assert!(page.contains(&chosen), "{months} months are not chosen");
        let (_, uuid) = app.order(&Buyer { months, ..Buyer::nth(n) }).await;
        let order = app.view(uuid).await.order;
        assert_eq!((order.price.months, order.price.percent), (months, percent));
        assert_eq!((order.price.monthly, order.price.total), (Tzs(25_000), Tzs(total)));
    }
    app.work().await;
}

#[tokio::test]
async fn too_many_orders_from_one_network_wait_and_keep_what_was_typed() {
    let app = TestApp::with(&[("LIMIT_CHECKOUT_ADDRESS", "2")]).await;
    app.order(&Buyer::nth(1)).await;
    app.order(&Buyer::nth(2)).await;
    let answer = app.browser().post("/checkout", &Buyer::nth(3).fields()).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, "3600"));
    assert!(answer.body.contains("13:30"), "{}", answer.body);
    assert_eq!(kept(&answer, "domain").as_deref(), Some("duka3.co.tz"));
    app.advance(3600);
    app.order(&Buyer::nth(3)).await;
    app.work().await;
}
