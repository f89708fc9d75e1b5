//! Who pays, who hosts, who carries the mail: the real ones, or the sandbox.
use super::{
    ConfigError, Env,
    loopback::{is_loopback_host, is_loopback_url},
};
use hollyn_core::{
    gateway::{ZenoConfig, zenopay},
    mail::{Encryption, SmtpConfig},
    panel::{Auth, Tls, WebuzoConfig, pinned},
};
use std::{collections::BTreeMap, time::Duration};

/// The gateway.
pub struct GatewayChoice {
    pub config: ZenoConfig,
    pub is_sandbox: bool,
}

/// The panel. TLS is built anew for each client.
pub struct PanelChoice {
    pub config: WebuzoConfig,
    pub tls: Tls,
    /// Certificates are not checked: warned about at every start.
    pub is_unchecked: bool,
    pub is_sandbox: bool,
}

/// The mail server.
pub struct MailChoice {
    pub config: SmtpConfig,
    pub is_sandbox: bool,
}

/// Whether a provider that is not configured is an error: the sandbox cannot take its place in production,
/// nor in a build without it.
fn is_required(is_production: bool) -> bool {
    is_production || !cfg!(feature = "sandbox")
}

/// The usual port of the sandbox's mail server.
pub const SANDBOX_SMTP_PORT: u16 = 2525;

pub(super) fn gateway(env: &Env, is_production: bool, port: u16) -> Result<GatewayChoice, ConfigError> {
    let key = env.get("ZENO_API_KEY");
    if key.is_none() && is_required(is_production) {
        return Err(ConfigError::new(
            "ZENO_API_KEY",
            "is missing; it should be the key that ZenoPay gave you",
        ));
    }
    let is_sandbox = key.is_none();
    let sandbox = format!("http://127.0.0.1:{port}/sandbox/zenopay");
    let real = env.get("ZENO_BASE_URL").unwrap_or("https://zenoapi.com/api");
    let base_url = if is_sandbox { &sandbox } else { real };
    Ok(GatewayChoice {
        config: ZenoConfig {
            base_url: url("ZENO_BASE_URL", base_url, is_production)?,
            create_path: path(env, "ZENO_CREATE_PATH", zenopay::CREATE_PATH)?,
            status_path: path(env, "ZENO_STATUS_PATH", zenopay::STATUS_PATH)?,
            api_key: key.unwrap_or("sandbox").to_owned(),
            timeout: seconds(env, "ZENO_TIMEOUT", 30)?,
        },
        is_sandbox,
    })
}

pub(super) fn panel(env: &Env, is_production: bool, port: u16) -> Result<PanelChoice, ConfigError> {
    let api = env.get("WEBUZO_API_URL");
    if api.is_none() && is_required(is_production) {
        return Err(ConfigError::new(
            "WEBUZO_API_URL",
            "is missing; it should be like https://10.0.0.5:2005",
        ));
    }
    let Some(api) = api else {
        let base = format!("http://127.0.0.1:{port}/sandbox/webuzo");
        let config = WebuzoConfig {
            api_url: format!("{base}/admin"),
            end_user_url: format!("{base}/enduser"),
            auth: Auth::Basic { user: "sandbox".into(), password: "sandbox".into() },
            ..common(env)?
        };
        return Ok(PanelChoice { config, tls: Tls::System, is_unchecked: false, is_sandbox: true });
    };
    let end_user = required(env, "WEBUZO_ENDUSER_URL", "should be like https://10.0.0.5:2003")?;
    let config = WebuzoConfig {
        api_url: url("WEBUZO_API_URL", api, is_production)?,
        end_user_url: url("WEBUZO_ENDUSER_URL", end_user, is_production)?,
        auth: auth(env)?,
        ..common(env)?
    };
    let (tls, is_unchecked) = tls(env)?;
    let stays_here = is_loopback_url(&config.api_url) && is_loopback_url(&config.end_user_url);
    if is_unchecked && is_production && !stays_here {
        return Err(ConfigError::new(
            "WEBUZO_VERIFY_SSL",
            "should be true in production: without it, anything on the way to the panel reads the panel's \
             passwords; WEBUZO_CA_FILE or WEBUZO_CERT_SHA256 trust a certificate of the panel's own",
        ));
    }
    Ok(PanelChoice { config, tls, is_unchecked, is_sandbox: false })
}

fn common(env: &Env) -> Result<WebuzoConfig, ConfigError> {
    let create = env.get("WEBUZO_CREATE_PATH").unwrap_or("act=add_user");
    let create_act = create.split(['?', '&']).find_map(|part| part.strip_prefix("act=")).unwrap_or_default();
    if !matches!(create_act, "add_user" | "adduser") {
        return Err(ConfigError::new("WEBUZO_CREATE_PATH", "should name act=add_user or act=adduser"));
    }
    Ok(WebuzoConfig {
        api_url: String::new(),
        end_user_url: String::new(),
        auth: Auth::Basic { user: String::new(), password: String::new() },
        create_act: create_act.to_owned(),
        plan_map: plan_map(env)?,
        default_package: env.get("WEBUZO_DEFAULT_PACKAGE").unwrap_or("Hollyn Lite").to_owned(),
        is_sso_enabled: env.flag("WEBUZO_SSO_ENABLED", true)?,
        timeout: seconds(env, "WEBUZO_TIMEOUT", 90)?,
    })
}

fn auth(env: &Env) -> Result<Auth, ConfigError> {
    let user = env.get("WEBUZO_ADMIN_USER").unwrap_or("root").to_owned();
    match env.get("WEBUZO_AUTH").unwrap_or("basic") {
        "basic" => {
            let password =
                required(env, "WEBUZO_ADMIN_PASS", "should be the panel administrator's password")?
                    .to_owned();
            Ok(Auth::Basic { user, password })
        }
        "key" => Ok(Auth::Key {
            user,
            key: required(env, "WEBUZO_API_KEY", "should be the panel's API key")?.to_owned(),
        }),
        _ => Err(ConfigError::new("WEBUZO_AUTH", "should be basic or key")),
    }
}

fn tls(env: &Env) -> Result<(Tls, bool), ConfigError> {
    if let Some(hex) = env.get("WEBUZO_CERT_SHA256") {
        let config = pinned(hex).ok_or(ConfigError::new(
            "WEBUZO_CERT_SHA256",
            "should be the certificate's SHA-256, 64 hex digits",
        ))?;
        return Ok((Tls::Pinned(Box::new(config)), false));
    }
    if let Some(file) = env.get("WEBUZO_CA_FILE") {
        let pem = std::fs::read(file).map_err(|error| {
            ConfigError::new("WEBUZO_CA_FILE", format!("should be a PEM file that can be read: {error}"))
        })?;
        return Ok((Tls::Authority(pem), false));
    }
    if env.flag("WEBUZO_VERIFY_SSL", true)? { Ok((Tls::System, false)) } else { Ok((Tls::Unchecked, true)) }
}

fn plan_map(env: &Env) -> Result<BTreeMap<String, String>, ConfigError> {
    let text = env.get("WEBUZO_PLAN_MAP").unwrap_or_default();
    let pairs = text.split(',').filter(|pair| !pair.trim().is_empty());
    let map: Option<BTreeMap<_, _>> = pairs
        .map(|pair| pair.split_once(':').map(|(slug, plan)| (slug.trim().to_owned(), plan.trim().to_owned())))
        .collect();
    map.ok_or(ConfigError::new(
        "WEBUZO_PLAN_MAP",
        "should be slug:plan with commas between, like hollyn-lite:Hollyn Lite",
    ))
}

pub(super) fn mail(
    env: &Env,
    is_production: bool,
    company: &str,
    from: &str,
) -> Result<MailChoice, ConfigError> {
    let host = env.get("MAIL_HOST");
    if is_required(is_production) && host.is_none() {
        return Err(ConfigError::new("MAIL_HOST", "is missing; it should be the mail server's name"));
    }
    if is_production {
        required(env, "MAIL_FROM_ADDRESS", "should be the address that mails come from")?;
    }
    let encryption = match env.get("MAIL_ENCRYPTION") {
        None => Encryption::None,
        Some("tls" | "starttls") => Encryption::StartTls,
        Some("ssl" | "smtps") => Encryption::Tls,
        Some(_) => return Err(ConfigError::new("MAIL_ENCRYPTION", "should be tls (STARTTLS), ssl or null")),
    };
    if is_production && encryption == Encryption::None && !host.is_some_and(is_loopback_host) {
        return Err(ConfigError::new(
            "MAIL_ENCRYPTION",
            "should be tls (STARTTLS) or ssl in production: without it, anything on the way to the mail \
             server reads the mails and their links",
        ));
    }
    let port =
        env.number("MAIL_PORT", if host.is_some() { 587 } else { SANDBOX_SMTP_PORT.into() }, 1..=65_535)?;
    let login = match (env.get("MAIL_USERNAME"), env.get("MAIL_PASSWORD")) {
        (Some(user), Some(password)) => Some((user.to_owned(), password.to_owned())),
        (None, None) => None,
        (Some(_), None) => return Err(ConfigError::new("MAIL_PASSWORD", "is missing beside MAIL_USERNAME")),
        (None, Some(_)) => return Err(ConfigError::new("MAIL_USERNAME", "is missing beside MAIL_PASSWORD")),
    };
    Ok(MailChoice {
        config: SmtpConfig {
            host: host.unwrap_or("127.0.0.1").to_owned(),
            port: u16::try_from(port).unwrap_or(SANDBOX_SMTP_PORT),
            encryption: if host.is_some() { encryption } else { Encryption::None },
            login,
            from_name: env.get("MAIL_FROM_NAME").unwrap_or(company).to_owned(),
            from_address: from.to_owned(),
        },
        is_sandbox: host.is_none(),
    })
}

fn required<'a>(env: &'a Env, name: &str, what: &str) -> Result<&'a str, ConfigError> {
    env.get(name).ok_or_else(|| ConfigError::new(name, format!("is missing; it {what}")))
}

fn url(name: &str, text: &str, is_production: bool) -> Result<String, ConfigError> {
    let text = text.trim_end_matches('/');
    let allowed = text.starts_with("https://") || (!is_production && text.starts_with("http://"));
    if allowed { Ok(text.to_owned()) } else { Err(ConfigError::new(name, "should begin with https://")) }
}

fn path(env: &Env, name: &str, default: &str) -> Result<String, ConfigError> {
    let path = env.get(name).unwrap_or(default);
    if path.starts_with('/') {
        Ok(path.to_owned())
    } else {
        Err(ConfigError::new(name, "should begin with a slash"))
    }
}

fn seconds(env: &Env, name: &str, default: i64) -> Result<Duration, ConfigError> {
    Ok(Duration::from_secs(env.number(name, default, 1..=600)?.unsigned_abs()))
}
