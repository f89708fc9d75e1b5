//! A browser without a screen: cookies, forms, no scripts, no redirects followed by itself.
use hollyn_core::domain::ids::OrderUuid;
use serde_json::Value;

/// A customer at the order form.
#[derive(Debug, Clone)]
pub struct Buyer {
    pub plan: &'static str,
    pub months: i64,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub domain: String,
    pub password: String,
}

impl Default for Buyer {
    fn default() -> Self {
        Buyer {
            plan: "hollyn-boost",
            months: 1,
            name: "Neema Mushi".into(),
            email: "neema.mushi@example.com".into(),
            phone: "0754 318 206".into(),
            domain: "kahawakibo.co.tz".into(),
            password: "mkahawa wa kibo".into(),
        }
    }
}

impl Buyer {
    /// The `n`th customer: another person with another phone and another domain.
    pub fn nth(n: u32) -> Buyer {
        Buyer {
            name: format!("Juma Hamisi {n}"),
            email: format!("juma{n}@example.com"),
            phone: format!("0754{n:06}"),
            domain: format!("duka{n}.co.tz"),
            ..Buyer::default()
        }
    }

    /// The form's fields.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("plan", self.plan.to_owned()),
            ("months", self.months.to_string()),
            ("name", self.name.clone()),
            ("email", self.email.clone()),
            ("phone", self.phone.clone()),
            ("domain", self.domain.clone()),
            ("password", self.password.clone()),
        ]
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    /// Where a redirect leads; empty where it is none.
    pub location: String,
    pub body: String,
    pub headers: reqwest::header::HeaderMap,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// A header's text; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// One browser.
#[derive(Clone)]
pub struct Browser {
    http: reqwest::Client,
    url: String,
}

impl Browser {
    /// A browser for the portal at `url`.
    pub fn new(url: &str) -> Browser {
        let http = reqwest::Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client is built");
        Browser { http, url: url.to_owned() }
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.http.get(format!("{}{path}", self.url))).await
    }

    /// Sends a form from one of our own pages.
    pub async fn post(&self, path: &str, fields: &[(&str, String)]) -> Answer {
        let request = self
            .http
            .post(format!("{}{path}", self.url))
            .header("sec-fetch-site", "same-origin")
            .form(fields);
        self.send(request).await
    }

    /// Sends whatever the test has built on this browser's cookies.
    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.expect("the portal answers");
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let location = headers.get("location").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let body = response.text().await.expect("the answer is text");
        Answer { status, location, body, headers }
    }

    /// The client below, for requests of a special form.
    pub fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// An absolute address.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// Signs in again, after the session has ended.
    pub async fn sign_in(&self, buyer: &Buyer) {
        let fields = [("email", buyer.email.clone()), ("password", buyer.password.clone())];
        let answer = self.post("/login", &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
    }

    /// Fills in the order form and returns the order that it led to.
    pub async fn order(&self, buyer: &Buyer) -> OrderUuid {
        let answer = self.post("/checkout", &buyer.fields()).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let uuid =
            answer.location.strip_prefix("/pay/").unwrap_or_else(|| panic!("led to {}", answer.location));
        OrderUuid::parse(uuid).expect("the payment page's address holds the order's UUID")
    }

    /// Presses the first "send the request" of an order.
    pub async fn pay(&self, uuid: OrderUuid) -> Answer {
        self.push(uuid, 0, "").await
    }

    /// Presses "send": `attempt` is the last one that the page knew, an empty phone is the order's.
    pub async fn push(&self, uuid: OrderUuid, attempt: i64, phone: &str) -> Answer {
        let fields =
            [("action", "send".to_owned()), ("attempt", attempt.to_string()), ("phone", phone.to_owned())];
        self.post(&format!("/pay/{uuid}"), &fields).await
    }

    /// Presses "I have paid: check now".
    pub async fn check(&self, uuid: OrderUuid) -> Answer {
        self.post(&format!("/pay/{uuid}"), &[("action", "check".to_owned())]).await
    }

    /// What the payment page polls.
    pub async fn status(&self, uuid: OrderUuid) -> Value {
        self.get(&format!("/pay/{uuid}/status")).await.json()
    }
}
