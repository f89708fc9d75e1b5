//! What is read from an environment, and what stops the start.
use super::*;

fn read(vars: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let folder = std::env::temp_dir().join(format!("hollyn-config-{}", hollyn_core::random::uuid()));
    std::fs::create_dir_all(&folder).unwrap();
    let dir = folder.display().to_string();
    let config = Config::read(&Env::of(vars.iter().copied().chain([("HOLLYN_DATA_DIR", dir.as_str())])));
    std::fs::remove_dir_all(&folder).unwrap();
    config
}

const PRODUCTION: &[(&str, &str)] = &[
    ("APP_ENV", "production"),
    ("APP_URL", "https://hollyn.online/"),
    ("APP_KEY", "base64:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
    ("ZENO_API_KEY", "key"),
    ("ZENO_WEBHOOK_SECRET", "0123456789abcdef"),
    ("WEBUZO_API_URL", "https://10.0.0.5:2005"),
    ("WEBUZO_ENDUSER_URL", "https://10.0.0.5:2003"),
    ("WEBUZO_ADMIN_USER", "root"),
    ("WEBUZO_ADMIN_PASS", "secret"),
    ("WEBUZO_TEMP_DOMAIN", "temp.hollyn.online"),
    ("MAIL_HOST", "mail.hollyn.online"),
    ("MAIL_ENCRYPTION", "tls"),
    ("MAIL_FROM_ADDRESS", "hello@hollyn.online"),
];

#[test]
fn nothing_configured_is_the_sandbox_and_production_has_none() {
    assert!(read(&[]).unwrap().uses_sandbox());
    let production = read(PRODUCTION).unwrap();
    assert!(!production.uses_sandbox());
    assert_eq!(production.settings.webhook_url, "https://hollyn.online/webhooks/zeno");
}

#[test]
fn what_production_needs_is_named_when_it_is_missing() {
    for missing in [
        "APP_URL",
        "APP_KEY",
        "ZENO_API_KEY",
        "ZENO_WEBHOOK_SECRET",
        "WEBUZO_API_URL",
        "WEBUZO_ENDUSER_URL",
        "WEBUZO_ADMIN_PASS",
        "WEBUZO_TEMP_DOMAIN",
        "MAIL_HOST",
        "MAIL_FROM_ADDRESS",
    ] {
        let rest: Vec<_> = PRODUCTION.iter().copied().filter(|(name, _)| *name != missing).collect();
        assert_eq!(read(&rest).err().map(|e| e.name).as_deref(), Some(missing));
    }
}

#[test]
fn a_wrong_value_is_one_sentence_that_names_the_variable() {
    for (name, value) in [
        ("APP_ENV", "prod"),
        ("APP_KEY", "short"),
        ("APP_PREVIOUS_KEYS", "x"),
        ("DB_CONNECTION", "oracle"),
        ("DATABASE_URL", "postgres://x"),
        ("ORDER_DISCOUNTS", "half"),
        ("PROVISION_TRIES", "0"),
        ("PROVISION_BACKOFF", "soon"),
        ("PROVISION_ON_PAYMENT", "perhaps"),
        ("WEBUZO_TEMP_DOMAIN", "x"),
        ("ROCKET_PORT", "web"),
        ("ZENO_WEBHOOK_SECRET", "short"),
        ("ZENO_TIMEOUT", "-1"),
        ("MAIL_PORT", "0"),
        ("MAIL_ENCRYPTION", "rot13"),
        ("WEBUZO_AUTH", "magic"),
        ("LIMIT_PAYMENT_REQUESTS_DAY", "none"),
        ("APP_PROXY_HEADER", "Forwarded"),
        ("APP_PROXY_HEADER", "X-Real-IP: 1"),
    ] {
        let vars: Vec<_> =
            PRODUCTION.iter().copied().filter(|(n, _)| *n != name).chain([(name, value)]).collect();
        let error = read(&vars).err().unwrap_or_else(|| panic!("{name}={value} was taken"));
        assert_eq!(error.name, name);
        assert!(error.to_string().lines().count() == 1 && !error.to_string().contains("panicked"), "{error}");
    }
}

/// The sandbox shows every mail and approves payments: with a public address, nothing starts.
#[test]
fn a_sandbox_with_a_public_address_does_not_start() {
    for env in ["local", "development", "staging", "testing"] {
        for url in ["https://hollyn.online", "http://192.168.1.7:8000", "http://localhost.evil.example"] {
            let error = read(&[("APP_ENV", env), ("APP_URL", url)]).err().expect("refused");
            assert_eq!(error.name, "APP_URL", "{env} {url}");
        }
        assert!(read(&[("APP_ENV", env), ("APP_URL", "http://localhost:8000")]).unwrap().uses_sandbox());
    }
    let one_missing = PRODUCTION.iter().copied().filter(|(name, _)| *name != "MAIL_HOST");
    let staging: Vec<_> = one_missing.chain([("APP_ENV", "staging")]).collect();
    assert_eq!(read(&staging).err().map(|error| error.name).as_deref(), Some("APP_URL"));
}

#[test]
fn production_reads_no_password_over_an_open_wire() {
    let with = |changed: &[(&'static str, &'static str)]| {
        let names: Vec<_> = changed.iter().map(|(name, _)| *name).collect();
        let rest = PRODUCTION.iter().copied().filter(|(name, _)| !names.contains(name));
        read(&rest.chain(changed.iter().copied()).collect::<Vec<_>>()).map(drop).map_err(|error| error.name)
    };
    assert_eq!(with(&[("MAIL_ENCRYPTION", "null")]), Err("MAIL_ENCRYPTION".into()));
    assert_eq!(with(&[("WEBUZO_VERIFY_SSL", "false")]), Err("WEBUZO_VERIFY_SSL".into()));
    let one_here = [("WEBUZO_VERIFY_SSL", "false"), ("WEBUZO_API_URL", "https://127.0.0.1:2005")];
    assert_eq!(with(&one_here), Err("WEBUZO_VERIFY_SSL".into()));
    assert_eq!(with(&[("MAIL_ENCRYPTION", "null"), ("MAIL_HOST", "127.0.0.1")]), Ok(()));
    let both_here = [one_here[0], one_here[1], ("WEBUZO_ENDUSER_URL", "https://localhost:2003")];
    assert_eq!(with(&both_here), Ok(()));
}
