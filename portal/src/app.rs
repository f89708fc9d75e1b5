//! The portal, put together: the shop behind it, the rooms in it, and what every room may ask for.
use crate::{
    config::Config,
    fairings,
    guards::SessionCookie,
    pages::{self, mail::Site},
    presenters::mail::MailRenderer,
    routes,
    sandbox::{self, Sandbox, smtp},
    worker,
};
use anyhow::Context;
use hollyn_core::{
    AppContext,
    clock::Clock,
    context::Failpoint,
    gateway::ZenoPay,
    mail::Smtp,
    ops,
    panel::Webuzo,
    store::{Db, inbox::Inbox},
};
use rocket::{Build, Rocket, fairing::AdHoc, figment::Figment};
use rocket_dyn_templates::Template;
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::sync::{Notify, Semaphore};

/// What pages and guards ask for besides the shop.
pub struct App {
    pub ctx: Arc<AppContext>,
    pub company: String,
    pub payee: String,
    pub help_url: String,
    pub help_phone: Option<String>,
    /// Host names that requests may name, without ports.
    pub hosts: Vec<String>,
    /// Our own origin, like `https://hollyn.online`.
    pub origin: String,
    pub is_production: bool,
    pub has_sandbox: bool,
    pub session_cookie: SessionCookie,
    /// The one of staff who look at the site as a customer.
    pub impersonation_cookie: SessionCookie,
    /// The content security policy.
    pub policy: String,
    /// Finished public pages.
    pub kept: routes::storefront::Kept,
    /// Finished overviews of customers.
    pub overviews: routes::page_cache::Overviews,
}

/// The plans that an empty database starts with.
const PLANS: &str = include_str!("../plans.json");

/// A system that trusts nobody: the usual reason why a client for TLS cannot be made.
const NO_TLS: &str =
    "the system's certificate authorities cannot be read; on Debian and Ubuntu, install ca-certificates";

/// Opens the database, brings it up to date, puts the first plans in, and connects the providers' clients.
pub async fn open_context(
    config: Config,
    clock: Clock,
    failpoint: Failpoint,
) -> anyhow::Result<(Arc<AppContext>, PortalConfig)> {
    std::fs::create_dir_all(&config.data_dir).with_context(|| {
        format!("HOLLYN_DATA_DIR should be a folder that can be written: {}", config.data_dir.display())
    })?;
    let db = Db::open(&config.database_url)
        .await
        .with_context(|| format!("the database {} cannot be opened", config.database_url))?;
    db.migrate().await?;
    if config.panel.is_unchecked {
        tracing::warn!(
            "WEBUZO_VERIFY_SSL is false: whoever sits between us and the panel can read its passwords"
        );
    }
    let site = Site {
        base_url: config.settings.base_url.clone(),
        company: config.company.clone(),
        help_url: config.help_url.clone(),
    };
    let words = MailRenderer::new(site).map_err(anyhow::Error::msg)?;
    let origin = config.settings.base_url.clone();
    let surroundings = PortalConfig {
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
        mailer: Arc::new(Smtp::new(&config.mail.config, Box::new(words)).map_err(anyhow::Error::msg)?),
        settings: config.settings,
        job_notify: Notify::new(),
        hashing: Semaphore::new(2),
        failpoint,
    });
    let added = ops::plans::seed(&ctx, PLANS).await.map_err(anyhow::Error::msg).context("plans.json")?;
    if added > 0 {
        tracing::info!(plans = added, "the first plans were put in");
    }
    ops::projections::fill(&ctx).await.context("figures and search words cannot be filled")?;
    Ok((ctx, surroundings))
}

/// What stands around the shop, from the configuration.
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

/// The providers for the days without real ones, where the configuration leaves them out. Only the program that serves
/// opens them: their memory has one owner. Puts the mail server's port into the configuration.
pub async fn open_sandbox(config: &mut Config, clock: &Clock) -> anyhow::Result<Option<Sandbox>> {
    if config.is_production || !config.uses_sandbox() {
        return Ok(None);
    }
    std::fs::create_dir_all(&config.data_dir).with_context(|| {
        format!("HOLLYN_DATA_DIR should be a folder that can be written: {}", config.data_dir.display())
    })?;
    let clock = clock.clone();
    let options = sandbox::Options {
        merchant: config.payee.clone(),
        public_url: Some(format!("http://127.0.0.1:{}", config.port)),
        ..sandbox::Options::demo(Arc::new(move || clock.now().0))
    };
    let sandbox = Sandbox::open(Some(config.data_dir.join("sandbox.json")), options)
        .context("the sandbox's memory (sandbox.json in HOLLYN_DATA_DIR) cannot be read")?;
    if config.mail.is_sandbox {
        config.mail.config.port = listen_for_mail(config.mail.config.port, &sandbox).await?.port();
    }
    Ok(Some(sandbox))
}

/// On the usual port, or on a free one where another portal has it.
async fn listen_for_mail(port: u16, sandbox: &Sandbox) -> anyhow::Result<SocketAddr> {
    let usual = SocketAddr::from(([127, 0, 0, 1], port));
    match smtp::listen(usual, sandbox.mailbox.clone()).await {
        Ok(address) => Ok(address),
        Err(_) => Ok(smtp::listen(SocketAddr::from(([127, 0, 0, 1], 0)), sandbox.mailbox.clone()).await?),
    }
}

/// Rocket with all rooms. With `with_worker`, the worker runs inside and stops with it.
pub fn rocket(
    ctx: Arc<AppContext>,
    around: PortalConfig,
    sandbox: Option<Sandbox>,
    figment: Figment,
    with_worker: bool,
) -> Rocket<Build> {
    let figment = match &around.proxy_header {
        Some(header) => figment.merge(("ip_header", header)),
        None => figment.merge(("ip_header", false)),
    };
    // In a release the templates are in the program; Rocket wants a folder all the same, and searches all of it.
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let figment =
        figment.merge(("template_dir", if cfg!(debug_assertions) { sources } else { around.data_dir }));
    let app = App {
        ctx: ctx.clone(),
        company: around.company,
        payee: around.payee,
        help_url: around.help_url,
        help_phone: around.help_phone,
        hosts: around.hosts,
        origin: around.origin,
        is_production: around.is_production,
        has_sandbox: around.has_sandbox,
        session_cookie: around.session_cookie,
        impersonation_cookie: around.impersonation_cookie,
        policy: fairings::policy(&origin_of(ctx.panel.end_user_url())),
        kept: routes::storefront::Kept::default(),
        overviews: routes::page_cache::Overviews::default(),
    };
    let mut rocket = rocket::custom(figment)
        .manage(app)
        .attach(Template::try_custom(|engines| Ok(pages::customize(engines)?)))
        .attach(fairings::RequestGuard)
        .attach(fairings::ResponseHeaders)
        .mount("/", routes::all())
        .mount("/", routes::admin::all())
        .register("/", routes::catchers());
    if let Some(sandbox) = sandbox {
        rocket = rocket
            .manage(sandbox)
            .mount(sandbox::MOUNT, Sandbox::wire_routes())
            .mount(sandbox::MOUNT, Sandbox::page_routes());
    }
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
