//! Webuzo over HTTP.
use super::{
    Account, AccountRecord, AccountSpec, ControlPanel, Fit, OurPlan, PanelError, PanelPlan, Reply,
    webuzo_wire as wire,
};
use crate::{
    domain::account::Username,
    http::{self, Response, Tls, TransportError},
};
use async_trait::async_trait;
use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::ExposeSecret;
use serde_json::Value;
use std::{collections::BTreeMap, time::Duration};

/// How we sign in as the panel's administrator.
#[derive(Clone)]
pub enum Auth {
    /// User and password by HTTP Basic.
    Basic { user: String, password: String },
    /// `apiuser` and `apikey` as form fields, never in the address.
    Key { user: String, key: String },
}

/// Where Webuzo is and who we are there.
#[derive(Clone)]
pub struct WebuzoConfig {
    /// `https://HOST:2005`, without a slash at the end.
    pub api_url: String,
    /// `https://HOST:2003`.
    pub end_user_url: String,
    pub auth: Auth,
    /// `act=add_user`, or `act=adduser` for the older contract.
    pub create_act: String,
    /// Our slug → the panel's plan.
    pub plan_map: BTreeMap<String, String>,
    /// Whether customers are signed in to the panel by us.
    pub is_sso_enabled: bool,
    /// The plan where nothing matches.
    pub default_package: String,
    /// The longest that a call may take.
    pub timeout: Duration,
}

/// The client.
pub struct Webuzo {
    config: WebuzoConfig,
    http: reqwest::Client,
}

type Fields<'a> = Vec<(&'a str, &'a str)>;

impl Webuzo {
    /// Fails only where no TLS can be set up.
    pub fn new(config: WebuzoConfig, tls: Tls) -> Result<Webuzo, reqwest::Error> {
        let http = http::client(Duration::from_secs(10), config.timeout, tls)?;
        Ok(Webuzo { config, http })
    }

    fn is_older_contract(&self) -> bool {
        self.config.create_act == "adduser"
    }

    async fn post(
        &self,
        base: &str,
        act: &str,
        query: &[(&str, &str)],
        fields: &Fields<'_>,
    ) -> Result<Response, PanelError> {
        let mut form = fields.clone();
        let mut request =
            self.http.post(format!("{base}/index.php")).query(&[("api", "json"), ("act", act)]).query(query);
        match &self.config.auth {
            Auth::Basic { user, password } => request = request.basic_auth(user, Some(password)),
            Auth::Key { user, key } => form.extend([("apiuser", user.as_str()), ("apikey", key.as_str())]),
        }
        http::send(request.form(&form)).await.map_err(|lost| match lost {
            TransportError::NotSent(why) => PanelError::NotSent(why),
            TransportError::BadCertificate(why) => PanelError::Locked(why),
            TransportError::Unknown(why) => PanelError::Unknown(why),
        })
    }

    /// Calls the admin API and keeps both sides' words, masked.
    async fn call<T>(
        &self,
        act: &str,
        fields: Fields<'_>,
        read: impl FnOnce(&Response) -> Result<T, PanelError>,
    ) -> Reply<T> {
        let request = masked_request(act, &fields);
        match self.post(&self.config.api_url, act, &[], &fields).await {
            Ok(answer) => {
                let secrets = self.spellings(&fields);
                let masked = |text: &str| mask(text, &secrets);
                // A panel that says no may say what it was sent, and its words go into logs, mails and lists.
                let outcome = read(&answer).map_err(|error| error.reworded(masked));
                Reply { outcome, request, response: masked(&answer.body) }
            }
            Err(error) => Reply { response: error.to_string(), outcome: Err(error), request },
        }
    }

    /// Our secrets and the fields', in every spelling in which an answer could send them back.
    fn spellings(&self, fields: &Fields<'_>) -> Vec<String> {
        let mut secrets: Vec<String> =
            fields.iter().filter(|(name, _)| is_secret(name)).map(|(_, value)| (*value).to_owned()).collect();
        match &self.config.auth {
            Auth::Basic { user, password } => {
                secrets.extend([STANDARD.encode(format!("{user}:{password}")), password.clone()]);
            }
            Auth::Key { key, .. } => secrets.push(key.clone()),
        }
        let encoded = |secret: &String| {
            let json = Value::from(secret.as_str()).to_string();
            let json = json.trim_matches('"').to_owned();
            let form = reqwest::Url::parse_with_params("http://h/", [("", secret)]).ok();
            let form = form.and_then(|url| url.query().map(|query| query.trim_start_matches('=').to_owned()));
            [json.replace('/', "\\/"), json].into_iter().chain(form)
        };
        let more: Vec<String> = secrets.iter().flat_map(encoded).collect();
        secrets.extend(more);
        secrets.retain(|secret| !secret.is_empty());
        secrets
    }

    /// The panel's own name for one of our plans.
    async fn plan(&self, ours: &OurPlan) -> Result<String, Reply<()>> {
        let reply = self.call("plans", vec![], wire::read).await;
        match reply.outcome {
            Ok(body) => Ok(self.fitting(&wire::plans(&body), ours).name().to_owned()),
            Err(error) => {
                Err(Reply { outcome: Err(error), request: reply.request, response: reply.response })
            }
        }
    }

    async fn act_on(&self, verb: &str, username: &Username) -> Reply<()> {
        self.call("users", vec![(verb, username.as_str())], |answer| wire::read_done(answer).map(drop)).await
    }
}

#[async_trait]
impl ControlPanel for Webuzo {
    async fn look(&self, username: &Username) -> Reply<Option<Account>> {
        let name = username.as_str();
        self.call("users", vec![("search", name)], |answer| {
            let body = wire::read(answer)?;
            if body.contains_key("users") {
                Ok(wire::account(&body, name))
            } else {
                Err(PanelError::Unknown("a list of accounts without a list".into()))
            }
        })
        .await
    }

    async fn create(&self, spec: &AccountSpec) -> Reply<()> {
        let plan = match self.plan(&spec.plan).await {
            Ok(plan) => plan,
            // Nothing was created: with any answer to the list, the create call was not sent.
            Err(Reply { outcome: Err(PanelError::Unknown(why)), request, response }) => {
                return Reply { outcome: Err(PanelError::NotSent(why)), request, response };
            }
            Err(reply) => return reply,
        };
        let (user, password) = (spec.username.as_str(), spec.password.expose_secret());
        let mut fields = vec![
            ("create_user", "1"),
            ("user", user),
            ("user_passwd", password),
            ("cnf_user_passwd", password),
            ("domain", spec.domain.as_str()),
            ("email", spec.email.as_str()),
            ("plan", plan.as_str()),
            ("billing_prefill", "1"),
        ];
        if self.is_older_contract() {
            fields.extend([("username", user), ("password", password), ("package", plan.as_str())]);
        }
        self.call(&self.config.create_act, fields, |answer| wire::read_done(answer).map(drop)).await
    }

    async fn add_domain(&self, spec: &AccountSpec) -> Option<Reply<()>> {
        if !self.is_older_contract() {
            return None;
        }
        let fields = vec![("username", spec.username.as_str()), ("domain", spec.domain.as_str())];
        Some(self.call("add_domain", fields, |answer| wire::read_done(answer).map(drop)).await)
    }

    async fn change(&self, spec: &AccountSpec) -> Reply<()> {
        let plan = match self.plan(&spec.plan).await {
            Ok(plan) => plan,
            Err(reply) => return reply,
        };
        let fields = vec![
            ("edit_user", "1"),
            ("user", spec.username.as_str()),
            ("user_name", spec.username.as_str()),
            ("domain", spec.domain.as_str()),
            ("email", spec.email.as_str()),
            ("plan", plan.as_str()),
            ("user_passwd", spec.password.expose_secret()),
            ("cnf_user_passwd", spec.password.expose_secret()),
        ];
        self.call("add_user", fields, |answer| wire::read_done(answer).map(drop)).await
    }

    async fn edit(&self, record: &AccountRecord) -> Reply<()> {
        let fields = vec![
            ("edit_user", "1"),
            ("user", record.username.as_str()),
            ("user_name", record.username.as_str()),
            ("domain", record.domain.as_str()),
            ("email", record.email.as_str()),
            ("plan", record.plan.as_str()),
        ];
        self.call("add_user", fields, |answer| wire::read_done(answer).map(drop)).await
    }

    async fn plans(&self) -> Reply<Vec<PanelPlan>> {
        self.call("plans", vec![], |answer| {
            let body = wire::read(answer)?;
            if body.contains_key("plans") {
                Ok(wire::plans(&body))
            } else {
                Err(PanelError::Unknown("a list of plans without a list".into()))
            }
        })
        .await
    }

    /// What staff chose goes before what was configured for the slug, and that before a plan that only
    /// happens to be called like ours.
    fn fitting(&self, plans: &[PanelPlan], ours: &OurPlan) -> Fit {
        let chosen = ours.chosen.as_deref();
        let mapped = self.config.plan_map.get(&ours.slug).map(String::as_str);
        let wanted: Vec<&str> = chosen.into_iter().chain(mapped).chain([&*ours.slug, &*ours.name]).collect();
        let default = &self.config.default_package;
        match wire::plan(plans, &wanted) {
            Some(plan) => Fit::Found(plan),
            None => Fit::Default(wire::plan(plans, &[default]).unwrap_or_else(|| default.clone())),
        }
    }

    async fn suspend(&self, username: &Username) -> Reply<()> {
        self.act_on("suspend", username).await
    }

    async fn resume(&self, username: &Username) -> Reply<()> {
        self.act_on("unsuspend", username).await
    }

    async fn delete(&self, username: &Username) -> Reply<()> {
        self.act_on("delete_user", username).await
    }

    async fn sign_on(&self, username: &Username) -> Result<String, PanelError> {
        if !self.config.is_sso_enabled {
            return Err(PanelError::Refused("signing on is switched off".into()));
        }
        let query = [("noip", "1"), ("loginAs", username.as_str())];
        let answer = self.post(&self.config.end_user_url, "sso", &query, &vec![]).await?;
        let secrets = self.spellings(&vec![]);
        let body = wire::read_done(&answer).map_err(|error| error.reworded(|text| mask(text, &secrets)))?;
        let url = body.get("done").and_then(|done| done.get("url")).and_then(Value::as_str);
        // The address is where we send a signed-in customer: it must be the panel's own host, whatever the
        // answer says.
        match (url.map(reqwest::Url::parse), reqwest::Url::parse(&self.config.end_user_url)) {
            (Some(Ok(url)), Ok(panel)) if url.origin() == panel.origin() => Ok(url.to_string()),
            _ => Err(PanelError::Refused("an address for signing in that is not the panel's".into())),
        }
    }

    fn end_user_url(&self) -> &str {
        &self.config.end_user_url
    }

    async fn test(&self) -> Result<String, String> {
        let plans = self.plans().await.outcome.map_err(|error| error.to_string())?;
        Ok(format!("answers, takes the login, has {} plans", plans.len()))
    }
}

fn is_secret(field: &str) -> bool {
    field.contains("passw") || field == "apikey"
}

fn mask(text: &str, secrets: &[String]) -> String {
    secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret, "********"))
}

fn masked_request(act: &str, fields: &Fields<'_>) -> String {
    let shown: serde_json::Map<String, Value> = fields
        .iter()
        .map(|(name, value)| {
            ((*name).to_owned(), Value::from(if is_secret(name) { "********" } else { value }))
        })
        .collect();
    serde_json::json!({ "act": act, "fields": shown }).to_string()
}
