//! Puts the portal together: database, providers, sandbox, routes and worker.
use crate::{
    app::App,
    config::Config,
    fairings,
    page_cache::{Overviews, PublicPages},
    pages::{
        self,
        mail::{MailRenderer, Site},
    },
    private_files, routes,
    session_cookie::SessionCookie,
    worker,
};
use anyhow::Context;
use hollyn_core::{
    AppContext,
    access_failures::AccessFailures,
    clock::Clock,
    context::Failpoint,
    gateway::ZenoPay,
    mail::Smtp,
    ops,
    panel::Webuzo,
    password_hashing::PasswordHashing,
    store::{Db, inbox::Inbox},
};
use rocket::{Build, Rocket, fairing::AdHoc, figment::Figment};
use rocket_dyn_templates::Template;
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Once},
};
use tokio::sync::Notify;

/// The plans that an empty database starts with.
const PLANS: &str = include_str!("../plans.json");

/// The usual reason why a client for TLS cannot be made.
const NO_TLS: &str =
    "the system's certificate authorities cannot be read; on Debian and Ubuntu, install ca-certificates";

/// Opens the database, brings it up to date, puts the first plans in, and connects the providers' clients.
pub async fn open_context(
    config: Config,
    clock: Clock,
    failpoint: Failpoint,
) -> anyhow::Result<(Arc<AppContext>, PortalConfig)> {
    private_files::make_folder(&config.data_dir).with_context(|| {
        format!("HOLLYN_DATA_DIR should be a folder that can be written: {}", config.data_dir.display())
    })?;
    let db = Db::open(&config.database_url)
        .await
        .with_context(|| format!("the database {} cannot be opened", config.database_url))?;
    db.migrate().await?;
    if config.panel.is_unchecked {
        tracing::warn!("WEBUZO_VERIFY_SSL is false: anything on the way to the panel can read its passwords");
    }
    let site = Site {
        base_url: config.settings.base_url.clone(),
        company: config.company.clone(),
        help_url: config.help_url.clone(),
    };
    let mail_renderer = MailRenderer::new(site)?;
    let origin = config.settings.base_url.clone();
    let portal_config = PortalConfig {
        has_sandbox: config.uses_sandbox(),
        company: config.company,
        payee: config.payee,
        help_url: config.help_url,
        help_phone: config.help_phone,
        hosts: config.hosts,
        session_cookie: SessionCookie::for_origin(&origin),
        impersonation_cookie: SessionCookie::for_impersonation(&origin),
        origin,
        is_production: config.is_production,
        data_dir: config.data_dir,
        proxy_header: config.proxy_header,
    };
    let ctx = Arc::new(AppContext {
        db,
        inbox: Inbox::default(),
        clock,
        keys: config.keys,
        gateway: Arc::new(ZenoPay::new(config.gateway.config).context(NO_TLS)?),
        panel: Arc::new(Webuzo::new(config.panel.config, config.panel.tls).context(NO_TLS)?),
        mailer: Arc::new(
            Smtp::new(&config.mail.config, Box::new(mail_renderer)).map_err(anyhow::Error::msg)?,
        ),
        settings: config.settings,
        job_notify: Notify::new(),
        password_hashing: PasswordHashing::start()
            .context("the threads that hash passwords cannot be started")?,
        access_failures: AccessFailures::default(),
        failpoint,
    });
    let missing = ops::app_keys::missing(&ctx).await.context("the keys in use cannot be read")?;
    if !missing.is_empty() {
        anyhow::bail!(
            "APP_KEY should be the key that this database was made with, or APP_PREVIOUS_KEYS should contain \
             it: without it the passwords in the database cannot be read (missing key ids: {})",
            missing.join(", ")
        );
    }
    let added = ops::plans::seed(&ctx, PLANS).await.map_err(anyhow::Error::msg).context("plans.json")?;
    if added > 0 {
        tracing::info!(plans = added, "the first plans were put in");
    }
    ops::projections::build_missing(&ctx).await.context("figures and search words cannot be filled")?;
    Ok((ctx, portal_config))
}

/// The part of the configuration that [`App`] needs.
pub struct PortalConfig {
    has_sandbox: bool,
    company: String,
    payee: String,
    help_url: String,
    help_phone: Option<String>,
    hosts: Vec<String>,
    session_cookie: SessionCookie,
    impersonation_cookie: SessionCookie,
    origin: String,
    is_production: bool,
    data_dir: PathBuf,
    proxy_header: Option<String>,
}

/// Rocket with all routes. With `with_worker`, the worker runs inside and stops with it.
pub fn rocket(
    ctx: Arc<AppContext>,
    portal_config: PortalConfig,
    figment: Figment,
    with_worker: bool,
) -> Rocket<Build> {
    // The guards read the proxy's header: Rocket reads no lists and no ports.
    let figment = figment.merge(("ip_header", false));
    // In a release the templates are in the program; Rocket wants a folder all the same, and searches all of
    // it.
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let figment = figment
        .merge(("template_dir", if cfg!(debug_assertions) { sources } else { portal_config.data_dir }));
    let app = App {
        ctx: ctx.clone(),
        company: portal_config.company,
        payee: portal_config.payee,
        help_url: portal_config.help_url,
        help_phone: portal_config.help_phone,
        hosts: portal_config.hosts,
        proxy_header: portal_config.proxy_header,
        is_proxy_reported: Once::new(),
        origin: portal_config.origin,
        is_production: portal_config.is_production,
        has_sandbox: portal_config.has_sandbox,
        session_cookie: portal_config.session_cookie,
        impersonation_cookie: portal_config.impersonation_cookie,
        policy: fairings::policy(&origin_of(ctx.panel.end_user_url())),
        public_pages: PublicPages::default(),
        overviews: Overviews::default(),
    };
    let mut rocket = rocket::custom(figment)
        .manage(app)
        .attach(Template::try_custom(|engines| Ok(pages::customize(engines)?)))
        .attach(fairings::RequestGuard)
        .attach(fairings::ResponseHeaders)
        .mount("/", routes::all())
        .mount("/", routes::admin::all())
        .register("/", routes::catchers());
    if with_worker {
        rocket = rocket.attach(AdHoc::on_liftoff("worker", move |rocket| {
            let shutdown = rocket.shutdown();
            Box::pin(async move {
                tokio::spawn(worker::run(ctx, shutdown));
            })
        }));
    }
    rocket
}

/// `https://host:2003` of an address there.
fn origin_of(url: &str) -> String {
    url.split('/').take(3).collect::<Vec<_>>().join("/")
}

/// Rocket's own settings: `ROCKET_*` as documented there, and ours where they are silent.
pub fn figment(port: u16) -> Figment {
    let shutdown = rocket::config::Shutdown { grace: 5, mercy: 5, ..rocket::config::Shutdown::default() };
    let limits = rocket::data::Limits::default()
        .limit("form", rocket::data::ToByteUnit::kibibytes(64))
        .limit("data-form", rocket::data::ToByteUnit::kibibytes(64));
    Figment::from(rocket::Config {
        port,
        limits,
        shutdown,
        log_level: rocket::config::LogLevel::Off,
        cli_colors: false,
        ident: rocket::config::Ident::none(),
        ..rocket::Config::debug_default()
    })
    .merge(rocket::figment::providers::Env::prefixed("ROCKET_").global())
}
