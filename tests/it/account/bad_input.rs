//! Invalid input in every form: the answer says what to do, keeps what was typed, and runs nothing.
use super::{form, link, registered, second_factor, sign_in};
use hollyn_core::domain::ids::OrderUuid;
use hollyn_tests::{Answer, Browser, Buyer, TestApp};
use std::collections::BTreeSet;

/// Who sends a form, and in which state of the sign-in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Nobody,
    Customer,
    /// Has entered the password, not yet the code.
    Halfway,
    /// Has confirmed the password; the page shows the second factor's key.
    Starting,
}

/// The sender, the path, fields with values that are refused, and which fields the answer repeats.
type Row = (By, &'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

/// `{order}`, `{service}`, `{reset}` are the customer's own.
const FORMS: &[Row] = &[
    (
        By::Nobody,
        "/register",
        &[
            ("name", "Asha Juma"),
            ("email", "juma1@example.com"),
            ("phone", "0754 000 009"),
            ("password", "kahawa chungu"),
        ],
        &["name", "email", "phone"],
    ),
    (By::Nobody, "/login", &[("email", "juma1@example.com"), ("password", "si hili kabisa")], &["email"]),
    (By::Nobody, "/forgot-password", &[("email", "juma1")], &["email"]),
    (By::Nobody, "/reset-password/{reset}", &[("password", "fupi")], &[]),
    (By::Halfway, "/login/code", &[("code", "000000")], &[]),
    (
        By::Nobody,
        "/checkout",
        &[
            ("plan", "hollyn-boost"),
            ("months", "3"),
            ("name", "Asha Juma"),
            ("email", "juma1@example.com"),
            ("phone", "0754 000 009"),
            ("domain", "kahawa.co.tz"),
            ("password", "kahawa chungu"),
        ],
        &["name", "email", "phone", "domain"],
    ),
    (By::Customer, "/pay/{order}", &[("action", "send"), ("attempt", "0"), ("phone", "0754")], &["phone"]),
    (By::Customer, "/me/services/{service}/reveal", &[("password", "si hili kabisa")], &[]),
    (By::Customer, "/profile/name", &[("name", "")], &["name"]),
    (
        By::Customer,
        "/profile/email",
        &[("email", "asha@example.com"), ("password", "si hili kabisa")],
        &["email"],
    ),
    (
        By::Customer,
        "/profile/phone",
        &[("phone", "0754 000 009"), ("password", "si hili kabisa")],
        &["phone"],
    ),
    (By::Customer, "/profile/password", &[("current", "si hili kabisa"), ("password", "kahawa chungu")], &[]),
    (By::Customer, "/profile/delete", &[("password", "si hili kabisa")], &[]),
    (
        By::Customer,
        "/confirm-password",
        &[("password", "si hili kabisa"), ("next", "/profile/security")],
        &[],
    ),
    (By::Starting, "/profile/two-factor/confirm", &[("code", "000000")], &[]),
    (By::Customer, "/profile/two-factor/off", &[("password", "si hili kabisa")], &[]),
    (By::Customer, "/profile/two-factor/codes", &[("password", "si hili kabisa")], &[]),
];

/// Forms without a field, and forms that are answered with a redirect: the sweep covers them.
const WITHOUT: &[&str] = &[
    "/checkout/sign-in",
    "/language",
    "/logout",
    "/invitation/<token>",
    "/email-change/<token>",
    "/verify-email/<token>",
    "/email/verification",
    "/me/services/provision/<order>",
    "/me/services/provision-latest",
    "/me/panel/<service>",
    "/profile/two-factor/start",
    "/profile/two-factor/replace",
    "/profile/sessions/<id>/end",
    "/profile/sessions/end-others",
    "/impersonate/<ticket>",
    "/impersonate/stop",
    "/webhooks/zeno",
];

/// Hidden fields: a changed value is refused.
const HIDDEN: &[&str] = &["plan", "months", "action", "attempt", "next"];

/// Invalid values, each with a mark to look for in the answer. None is a valid password.
fn values() -> Vec<(&'static str, String)> {
    vec![
        ("nothing", String::new()),
        ("blanks", " \t ".into()),
        ("too long", "mrefu".repeat(200)),
        ("markup", "\"><b>x7".into()),
        ("emoji", "👩🏽‍💻🌻x7".into()),
        ("a template", "{{7*7}}".into()),
        ("an end of line", "a\r\nx7: y".into()),
        ("a zero", "a\0x7".into()),
        ("almost 64 KB", "k".repeat(50 * 1024)),
    ]
}

/// Text as a template escapes it in an attribute.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#x27;"),
            '/' => out.push_str("&#x2F;"),
            other => out.push(other),
        }
    }
    out
}

struct House {
    app: TestApp,
    customer: Browser,
    buyer: Buyer,
    guarded: Buyer,
    paths: [(&'static str, String); 3],
}

impl House {
    async fn build() -> House {
        let limits = [
            "LIMIT_SIGN_IN_ACCOUNT",
            "LIMIT_SIGN_IN_ADDRESS",
            "LIMIT_REGISTER_ADDRESS",
            "LIMIT_CHECKOUT_ADDRESS",
        ];
        let app = TestApp::with(&limits.map(|name| (name, "100000"))).await;
        let buyer = Buyer::nth(1);
        let (customer, _) = app.paid_order(&buyer).await;
        app.work().await;
        let order: OrderUuid =
            customer.order(&Buyer { domain: "duka1b.co.tz".into(), ..buyer.clone() }).await;
        let service = app.count("select id from services").await;
        // Another customer has the second factor on.
        let (browser, guarded) = registered(&app, 2).await;
        second_factor::switched_on(&app, &browser, &guarded).await;
        app.browser().post("/forgot-password", &[form("email", &guarded.email)]).await;
        app.work().await;
        let reset = link(&app, &guarded.email, "reset-password");
        let reset = reset.rsplit('/').next().unwrap_or_default().to_owned();
        let paths = [("{order}", order.to_string()), ("{service}", service.to_string()), ("{reset}", reset)];
        House { app, customer, buyer, guarded, paths }
    }

    fn path(&self, pattern: &str) -> String {
        self.paths.iter().fold(pattern.to_owned(), |path, (name, value)| path.replace(name, value))
    }

    /// A browser in the state that the form needs.
    async fn browser(&self, by: By) -> Browser {
        match by {
            By::Nobody => self.app.browser(),
            By::Customer => self.customer.clone(),
            By::Halfway => {
                let browser = self.app.browser();
                sign_in(&browser, &self.guarded.email, &self.guarded.password).await;
                browser
            }
            By::Starting => {
                self.app.confirm_emails().await;
                self.customer.post("/confirm-password", &[form("password", &self.buyer.password)]).await;
                self.customer.post("/profile/two-factor/start", &[]).await;
                self.customer.clone()
            }
        }
    }

    async fn send(&self, row: &Row, field: &str, value: &str) -> Answer {
        let (by, pattern, fields, _) = row;
        let fields: Vec<(&str, String)> = fields
            .iter()
            .map(|(name, usual)| (*name, if *name == field { value.to_owned() } else { (*usual).to_owned() }))
            .collect();
        // The limit of wrong codes in 15 minutes would be reached.
        self.app.execute("delete from rate_limit_events where action = 'totp_code'").await;
        self.browser(*by).await.post(&self.path(pattern), &fields).await
    }
}

/// What is wrong with the answer to a form with one bad field.
fn faults(row: &Row, field: &str, value: &str, answer: &Answer) -> Vec<&'static str> {
    let (_, path, fields, kept) = row;
    let mut wrong = Vec::new();
    if !matches!(answer.status, 422 | 404 | 303)
        || (answer.status != 422 && !HIDDEN.contains(&field) && !done(path, answer))
    {
        wrong.push("it is not refused");
    }
    let body = &answer.body;
    if body.contains("<b>x7") {
        wrong.push("what was typed is markup");
    }
    if answer.status != 422 {
        return wrong;
    }
    let sentence =
        body.split("id=\"problems\"").nth(1).map(|part| part.split("</div>").next().unwrap_or_default());
    let sentence = sentence.or(body.contains("The form did not arrive complete").then_some("<li>x</li>"));
    if !sentence.is_some_and(|sentence| sentence.contains("<li>") && !sentence.contains("problem-")) {
        wrong.push("no sentence says what to do");
    }
    for (name, usual) in fields.iter().filter(|_| !HIDDEN.contains(&field)) {
        let typed = if *name == field { value } else { usual };
        let there = body.contains(&format!("value=\"{}\"", escaped(typed)));
        if kept.contains(name) && !there && !typed.trim().is_empty() {
            wrong.push("what was typed is lost");
        }
        if !kept.contains(name) && there && !HIDDEN.contains(name) && typed.len() > 3 {
            wrong.push("a secret came back");
        }
    }
    wrong
}

/// Whether the value is a valid name: any text with a letter.
fn done(path: &str, answer: &Answer) -> bool {
    path == "/profile/name" && answer.location == "/profile?saved=name"
}

#[tokio::test]
async fn invalid_input_is_answered_with_an_error_and_repeated_escaped() {
    let house = House::build().await;
    let mut wrong = BTreeSet::new();
    for row in FORMS {
        for (field, _) in row.2 {
            for (kind, value) in values() {
                if row.1.starts_with("/pay/") && value.trim().is_empty() {
                    // Without a number the request goes to the number of the order.
                    continue;
                }
                let answer = house.send(row, field, &value).await;
                for fault in faults(row, field, &value, &answer) {
                    wrong.insert(format!("{} {field} with {kind}: {fault} ({})", row.1, answer.status));
                }
            }
        }
        let field = row.2[0].0;
        let answer = house.send(row, field, &"k".repeat(65 * 1024)).await;
        if answer.status != 413 || !answer.body.contains("Shorten what you typed") {
            wrong.insert(format!("{} {field} with 65 KB: {}", row.1, answer.status));
        }
        let browser = house.browser(row.0).await;
        for body in [
            "",
            "a",
            "&&==&",
            "%FF%FE=%",
            "password=%FF&email=%FF&name=%FF&phone=%FF&code=%FF",
            "name[0]=x&name[1]=y",
        ] {
            let request = browser
                .http()
                .post(browser.url(&house.path(row.1)))
                .header("sec-fetch-site", "same-origin")
                .header("content-type", "application/x-www-form-urlencoded")
                .body(body);
            let status = browser.send(request).await.status;
            if !(300..500).contains(&status) {
                wrong.insert(format!("{} with the body {body}: {status}", row.1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(
        house.app.count("select count(*) from users where disabled_at is null").await,
        2,
        "nothing came of it"
    );
    assert_eq!(house.app.count("select count(*) from orders").await, 2);
    house.app.work().await;
}

#[test]
fn every_mounted_form_is_in_a_list_of_this_test() {
    let of = |path: &str| {
        path.replace("{order}", "<uuid>").replace("{service}", "<id>").replace("{reset}", "<token>")
    };
    let tried: BTreeSet<String> =
        FORMS.iter().map(|row| of(row.1)).chain(WITHOUT.iter().map(|path| (*path).to_owned())).collect();
    let mounted: BTreeSet<String> = hollyn_portal::mounted()
        .into_iter()
        .filter_map(|route| {
            route.strip_prefix("POST ").map(|path| path.split('?').next().unwrap_or(path).to_owned())
        })
        .collect();
    assert_eq!(mounted, tried);
}

#[tokio::test]
async fn a_malformed_token_in_a_link_is_answered_with_a_page() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let long = "A".repeat(3000);
    for token in
        ["%22%3E%3Cb%3Ex7", "%F0%9F%8C%BB", "%FF%FE", "%00", "..%2f..%2fetc", "{{7*7}}", long.as_str(), " "]
    {
        for kind in ["reset-password", "verify-email"] {
            let token = token.replace(['{', '}', ' '], "%7B");
            let path = format!("/{kind}/{token}");
            let (shown, sent) =
                (browser.get(&path).await, browser.post(&path, &[form("password", "kahawa chungu")]).await);
            for answer in [shown, sent] {
                assert!(matches!(answer.status, 200 | 404 | 422), "{path}: {}", answer.status);
                assert!(!answer.body.contains("<b>x7"), "{}", answer.body);
                assert!(
                    answer.status == 404 || answer.body.contains("does not work any more"),
                    "{path}: {}",
                    answer.body
                );
            }
        }
    }
}

#[tokio::test]
async fn a_form_of_an_ended_session_changes_nothing_and_leads_back_after_sign_in() {
    let house = House::build().await;
    let before = house
        .app
        .text("select group_concat(name || email || coalesce(phone, '') || password) from users")
        .await;
    house.app.execute("delete from sessions").await;
    for row in FORMS.iter().filter(|row| matches!(row.0, By::Customer | By::Starting)) {
        let path = house.path(row.1);
        let fields: Vec<(&str, String)> =
            row.2.iter().map(|(name, usual)| (*name, (*usual).to_owned())).collect();
        let refused = house.customer.post(&path, &fields).await;
        // The browser that placed an order may still pay it.
        if row.1.starts_with("/pay/") {
            assert_eq!(refused.status, 422);
            continue;
        }
        assert!(
            refused.location.starts_with("/login?next="),
            "{path}: {} {}",
            refused.status,
            refused.location
        );
        let page = house.customer.get(&refused.location).await;
        assert!(page.body.contains("Your sign-in on this device has ended"), "{path}: {}", page.body);
        let at_form = page.body.split("action=\"/login\"").nth(1).unwrap_or_default();
        let next = at_form.split("name=\"next\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let next = next.unwrap_or_default().replace("&#x2F;", "/");
        let again = house.app.browser();
        let fields =
            [form("email", &house.buyer.email), form("password", &house.buyer.password), form("next", &next)];
        let entered = again.post("/login", &fields).await;
        assert_eq!(entered.location, next, "{path}");
        let back = again.get(&next).await;
        let sends = back.body.replace("&#x2F;", "/").contains(&format!("action=\"{path}\""));
        // Forms that need an earlier step (a key, a code, a deleted service). This page links to that step.
        let on_the_way = matches!(next.as_str(), "/profile/security" | "/profile/delete");
        assert!(back.status == 200 && (sends || on_the_way), "{path} is not on {next}: {}", back.status);
    }
    let after = house
        .app
        .text("select group_concat(name || email || coalesce(phone, '') || password) from users")
        .await;
    assert_eq!(before, after, "nothing was done");
    let fresh = house.app.browser().get("/login?next=/profile").await.body;
    assert!(!fresh.contains("has ended"), "a visitor without a session is not told that one ended");
    house.app.work().await;
}
