//! What the environment (or `.env`) says, read once, at the start. A wrong value stops the start with one
//! sentence that names the variable and what it should be.
mod env;
mod limits;
mod loopback;
mod providers;

pub use env::Env;
#[cfg(feature = "sandbox")]
pub use loopback::is_loopback_host;
pub use providers::{GatewayChoice, MailChoice, PanelChoice};

use hollyn_core::{
    context::Settings,
    domain::{hostname::Hostname, operator::Operators, term::Discounts},
    keys::Keys,
};
use std::path::{Path, PathBuf};

/// What `APP_ENV` is where it is not set: an installed portal that was told nothing serves the public.
const DEFAULT_ENV: &str = if cfg!(debug_assertions) { "local" } else { "production" };

/// A variable that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{name} {what}")]
pub struct ConfigError {
    /// The variable.
    pub name: String,
    /// What it should be.
    pub what: String,
}

impl ConfigError {
    fn new(name: &str, what: impl Into<String>) -> ConfigError {
        ConfigError { name: name.to_owned(), what: what.into() }
    }
}

/// Everything that is configured.
pub struct Config {
    pub company: String,
    /// `APP_ENV=production`: no sandbox, keys required, secure cookies.
    pub is_production: bool,
    pub data_dir: PathBuf,
    pub database_url: String,
    pub keys: Keys,
    pub settings: Settings,
    pub gateway: GatewayChoice,
    pub panel: PanelChoice,
    pub mail: MailChoice,
    /// The name on the phone's prompt.
    pub payee: String,
    pub help_url: String,
    /// As people write it.
    pub help_phone: Option<String>,
    /// Host names that requests may name.
    pub hosts: Vec<String>,
    /// The header in which our own proxy sends the client's address. None: the socket's address counts.
    pub proxy_header: Option<String>,
    /// The port that we listen on, for the sandbox's addresses.
    pub port: u16,
}

impl Config {
    /// Reads everything, or says what is wrong with the first thing that is.
    pub fn read(env: &Env) -> Result<Config, ConfigError> {
        let is_production = match env.get("APP_ENV").unwrap_or(DEFAULT_ENV) {
            "production" => true,
            "local" | "development" | "testing" | "staging" => false,
            _ => {
                return Err(ConfigError::new(
                    "APP_ENV",
                    "should be production, local, development, staging or testing",
                ));
            }
        };
        let data_dir = PathBuf::from(env.get("HOLLYN_DATA_DIR").unwrap_or("data"));
        let port = env.number("ROCKET_PORT", 8000, 0..=65_535)?;
        let port = u16::try_from(port).unwrap_or(8000);
        let base_url = base_url(env, is_production, port)?;
        let company = env.get("APP_NAME").unwrap_or("Hollyn Online").to_owned();
        let secret = webhook_secret(env, is_production)?;
        let gateway = providers::gateway(env, is_production, port)?;
        let settings = Settings {
            webhook_url: env.get("ZENO_WEBHOOK_URL").map_or_else(
                || format!("{}/webhooks/zeno", internal(&gateway, port, &base_url)),
                str::to_owned,
            ),
            webhook_secret: secret.into(),
            gateway_key: gateway.config.api_key.clone().into(),
            discounts: discounts(env)?,
            operators: operators(&data_dir)?,
            provision_on_payment: env.flag("PROVISION_ON_PAYMENT", true)?,
            provision_tries: env.number("PROVISION_TRIES", 3, 1..=20)?,
            provision_backoff: backoff(env)?,
            temp_domain: temp_domain(env, is_production)?,
            is_totp_required: totp_required(env, is_production)?,
            mails_passwords: mails_passwords(env)?,
            limits: limits::limits(env)?,
            base_url: base_url.clone(),
            company: company.clone(),
        };
        let whatsapp = env.get("SUPPORT_WHATSAPP").map(str::to_owned);
        let from = env.get("MAIL_FROM_ADDRESS").unwrap_or("hello@hollyn.online").to_owned();
        let config = Config {
            is_production,
            database_url: database_url(env, &data_dir)?,
            keys: keys(env, is_production, &data_dir)?,
            settings,
            panel: providers::panel(env, is_production, port)?,
            mail: providers::mail(env, is_production, &company, &from)?,
            payee: env.get("ZENO_PAYEE_NAME").map_or_else(|| company.to_uppercase(), str::to_owned),
            help_url: whatsapp.as_ref().map_or(format!("mailto:{from}"), |number| wa_link(number)),
            help_phone: whatsapp,
            hosts: hosts(env, &base_url, is_production),
            proxy_header: proxy_header(env)?,
            company,
            data_dir,
            gateway,
            port,
        };
        config.refuse_public_sandbox()?;
        Ok(config)
    }

    /// The sandbox shows every mail and approves payments, so it is for visitors of this machine alone.
    fn refuse_public_sandbox(&self) -> Result<(), ConfigError> {
        if self.uses_sandbox() && !loopback::is_loopback_url(&self.settings.base_url) {
            return Err(ConfigError::new(
                "APP_URL",
                "should be http://127.0.0.1 or http://localhost while the sandbox stands in for a provider; \
                 a public portal needs APP_ENV=production, or ZENO_API_KEY, WEBUZO_API_URL and MAIL_HOST",
            ));
        }
        Ok(())
    }

    /// Whether any provider is the sandbox's.
    pub fn uses_sandbox(&self) -> bool {
        self.gateway.is_sandbox || self.panel.is_sandbox || self.mail.is_sandbox
    }
}

/// The sandbox delivers its webhooks to this machine, also where the public address is another one.
fn internal(gateway: &GatewayChoice, port: u16, base_url: &str) -> String {
    if gateway.is_sandbox { format!("http://127.0.0.1:{port}") } else { base_url.to_owned() }
}

fn base_url(env: &Env, is_production: bool, port: u16) -> Result<String, ConfigError> {
    let url = match env.get("APP_URL") {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None if is_production => {
            return Err(ConfigError::new(
                "APP_URL",
                "is missing; it should be the address of the site, like https://hollyn.online",
            ));
        }
        None => format!("http://127.0.0.1:{port}"),
    };
    let secure = url.starts_with("https://");
    if secure || (!is_production && url.starts_with("http://")) {
        Ok(url)
    } else {
        Err(ConfigError::new(
            "APP_URL",
            "should begin with https:// in production, like https://hollyn.online",
        ))
    }
}

fn database_url(env: &Env, data_dir: &Path) -> Result<String, ConfigError> {
    if let Some(url) = env.get("DATABASE_URL") {
        return if url.starts_with("sqlite:") {
            Ok(url.to_owned())
        } else {
            Err(ConfigError::new(
                "DATABASE_URL",
                "should begin with sqlite: (this version speaks SQLite only)",
            ))
        };
    }
    match env.get("DB_CONNECTION").unwrap_or("sqlite") {
        "sqlite" => {
            let default = data_dir.join("hollyn.db");
            let file = env.get("DB_DATABASE").map_or(default, PathBuf::from);
            Ok(format!("sqlite://{}", file.display()))
        }
        _ => Err(ConfigError::new("DB_CONNECTION", "should be sqlite (this version speaks SQLite only)")),
    }
}

fn keys(env: &Env, is_production: bool, data_dir: &Path) -> Result<Keys, ConfigError> {
    let what = "should be 32 bytes in base64, like base64:AbC...=; `hollyn-portal key` makes one";
    let current = match env.get("APP_KEY") {
        Some(key) => key.to_owned(),
        None if is_production => return Err(ConfigError::new("APP_KEY", format!("is missing; it {what}"))),
        None => env::kept_key(&data_dir.join("app.key"))?,
    };
    let previous: Vec<&str> = env
        .get("APP_PREVIOUS_KEYS")
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|key| !key.is_empty())
        .collect();
    Keys::parse(&current, &[]).map_err(|_| ConfigError::new("APP_KEY", what))?;
    Keys::parse(&current, &previous).map_err(|_| {
        ConfigError::new("APP_PREVIOUS_KEYS", "should be keys like APP_KEY, with commas between")
    })
}

fn webhook_secret(env: &Env, is_production: bool) -> Result<String, ConfigError> {
    match env.get("ZENO_WEBHOOK_SECRET") {
        Some(secret) if secret.len() >= 16 => Ok(secret.to_owned()),
        Some(_) => Err(ConfigError::new("ZENO_WEBHOOK_SECRET", "should have at least 16 characters")),
        None if is_production => Err(ConfigError::new(
            "ZENO_WEBHOOK_SECRET",
            "is missing; it should be a secret of at least 16 characters",
        )),
        None => Ok("the sandbox's webhook secret".into()),
    }
}

fn discounts(env: &Env) -> Result<Discounts, ConfigError> {
    let Some(text) = env.get("ORDER_DISCOUNTS") else { return Ok(Discounts::default()) };
    Discounts::parse(text)
        .ok_or(ConfigError::new("ORDER_DISCOUNTS", "should be months:percent, like 3:10,6:15,12:20"))
}

fn operators(data_dir: &Path) -> Result<Operators, ConfigError> {
    let file = data_dir.join("operators.txt");
    let kept = std::fs::read_to_string(&file);
    let text = kept.as_deref().unwrap_or(include_str!("../../../core/data/operators.txt"));
    Operators::parse(text).map_err(|line| {
        ConfigError::new(
            &file.display().to_string(),
            format!("has a line that should read `074 075 = M-PESA`: {line}"),
        )
    })
}

fn backoff(env: &Env) -> Result<Vec<i64>, ConfigError> {
    let text = env.get("PROVISION_BACKOFF").unwrap_or("10,60,180");
    let seconds: Option<Vec<i64>> =
        text.split(',').map(|part| part.trim().parse().ok().filter(|s| *s >= 0)).collect();
    seconds
        .ok_or(ConfigError::new("PROVISION_BACKOFF", "should be seconds with commas between, like 10,60,180"))
}

fn temp_domain(env: &Env, is_production: bool) -> Result<Hostname, ConfigError> {
    let what = "should be a domain whose names all lead to the server, like temp.hollyn.online";
    match env.get("WEBUZO_TEMP_DOMAIN") {
        Some(text) => Hostname::parse(text).ok_or(ConfigError::new("WEBUZO_TEMP_DOMAIN", what)),
        None if is_production => {
            Err(ConfigError::new("WEBUZO_TEMP_DOMAIN", format!("is missing; it {what}")))
        }
        None => Hostname::parse("temp.hollyn.example").ok_or(ConfigError::new("WEBUZO_TEMP_DOMAIN", what)),
    }
}

/// `STAFF_TOTP`: whether staff must have a second factor. In production they must.
fn totp_required(env: &Env, is_production: bool) -> Result<bool, ConfigError> {
    match env.get("STAFF_TOTP") {
        None => Ok(is_production),
        Some("required") => Ok(true),
        Some("optional") if !is_production => Ok(false),
        Some(_) if is_production => Err(ConfigError::new("STAFF_TOTP", "should be required in production")),
        Some(_) => Err(ConfigError::new("STAFF_TOTP", "should be required or optional")),
    }
}

/// `CREDENTIALS_MAIL`: whether a mail with an account's details holds its password.
fn mails_passwords(env: &Env) -> Result<bool, ConfigError> {
    match env.get("CREDENTIALS_MAIL").unwrap_or("link") {
        "link" => Ok(false),
        "password" => Ok(true),
        _ => Err(ConfigError::new("CREDENTIALS_MAIL", "should be link or password")),
    }
}

/// `APP_PROXY_HEADER`: a header with addresses, of which the last counts.
fn proxy_header(env: &Env) -> Result<Option<String>, ConfigError> {
    let Some(name) = env.get("APP_PROXY_HEADER") else { return Ok(None) };
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_name || name.eq_ignore_ascii_case("Forwarded") {
        let what = "should be a header that holds addresses, like X-Forwarded-For or X-Real-IP";
        return Err(ConfigError::new("APP_PROXY_HEADER", what));
    }
    Ok(Some(name.to_owned()))
}

fn hosts(env: &Env, base_url: &str, is_production: bool) -> Vec<String> {
    let own = base_url.split("://").nth(1).unwrap_or_default().split(['/', ':']).next().unwrap_or_default();
    let more =
        env.get("APP_HOSTS").unwrap_or_default().split(',').map(str::trim).filter(|host| !host.is_empty());
    let mut hosts: Vec<String> = std::iter::once(own).chain(more).map(str::to_lowercase).collect();
    if !is_production {
        hosts.extend(["localhost", "127.0.0.1", "[::1]"].map(str::to_owned));
    }
    hosts
}

fn wa_link(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    format!("https://wa.me/{digits}")
}

#[cfg(test)]
mod tests;
