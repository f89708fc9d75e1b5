//! The portal, started for one test.
use crate::{Browser, Buyer, sql_pool};
use anyhow::{Context, Result};
use hollyn_core::{
    AppContext,
    clock::Clock,
    domain::{
        attention::AttentionItem,
        ids::{OrderUuid, ServiceId},
        input::Confirmation,
        time::Timestamp,
    },
    ops::{
        Caller, attention, jobs,
        orders::{self, OrderView},
        services::{self, ServiceView},
    },
};
use hollyn_portal::{
    config::{Config, Env},
    sandbox::{self, Sandbox, smtp},
    server,
};
use sqlx::{AnyConnection, AnyPool, Connection as _};
use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use tempfile::TempDir;

/// 23 November 2026, 12:30 in Dar es Salaam, in microseconds.
pub const NOON: i64 = 1_795_426_200_000_000;

/// How many rounds of work a test may need before it counts as endless.
const MOST_ROUNDS: usize = 200;

/// The simulated providers, on ports of their own.
pub struct Providers {
    pub sandbox: Sandbox,
    /// `http://127.0.0.1:PORT/sandbox`.
    pub base: String,
    pub smtp: SocketAddr,
    shutdown: rocket::Shutdown,
}

impl Providers {
    /// Starts them. `on_call` gets the provider's name at the start of each request.
    pub async fn start(
        now: Arc<dyn Fn() -> i64 + Send + Sync>,
        on_call: Option<sandbox::OnCall>,
    ) -> Result<Providers> {
        let options = sandbox::Options {
            on_call,
            // A call that "times out" outlasts the portal's patience of one second.
            hang: Duration::from_secs(3),
            webhook_pauses: Vec::new(),
            ..sandbox::Options::new(now)
        };
        let sandbox = Sandbox::open(None, options)?;
        let (address, shutdown) = sandbox::serve_wire(sandbox.clone()).await?;
        let smtp = smtp::listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), sandbox.mailbox.clone()).await?;
        Ok(Providers { sandbox, base: format!("http://{address}/sandbox"), smtp, shutdown })
    }

    /// The variables that lead a portal to them.
    pub fn env(&self) -> Vec<(String, String)> {
        let pair = |name: &str, value: String| (name.to_owned(), value);
        vec![
            pair("ZENO_BASE_URL", format!("{}/zenopay", self.base)),
            pair("ZENO_API_KEY", "sandbox".into()),
            pair("ZENO_WEBHOOK_SECRET", "a secret of the tests".into()),
            pair("ZENO_TIMEOUT", "1".into()),
            pair("WEBUZO_API_URL", format!("{}/webuzo/admin", self.base)),
            pair("WEBUZO_ENDUSER_URL", format!("{}/webuzo/enduser", self.base)),
            pair("WEBUZO_ADMIN_USER", "sandbox".into()),
            pair("WEBUZO_ADMIN_PASS", "sandbox".into()),
            pair("WEBUZO_TIMEOUT", "1".into()),
            pair("MAIL_HOST", "127.0.0.1".into()),
            pair("MAIL_PORT", self.smtp.port().to_string()),
        ]
    }
}

impl Drop for Providers {
    fn drop(&mut self) {
        self.shutdown.clone().notify();
    }
}

/// The portal and everything around it.
pub struct TestApp {
    pub ctx: Arc<AppContext>,
    pub providers: Providers,
    pub clock: Clock,
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    dir: TempDir,
    sql: AnyPool,
    shutdown: rocket::Shutdown,
    /// Why jobs may be due at the end.
    due_jobs: OnceLock<&'static str>,
}

impl TestApp {
    /// A portal as it is configured by default.
    pub async fn start() -> TestApp {
        TestApp::with(&[]).await
    }

    /// A portal with further variables.
    pub async fn with(vars: &[(&str, &str)]) -> TestApp {
        TestApp::try_with(vars).await.expect("the portal starts")
    }

    async fn try_with(vars: &[(&str, &str)]) -> Result<TestApp> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let time = Arc::new(AtomicI64::new(NOON));
        let clock = Clock::Manual(time.clone());
        let providers = Providers::start(Arc::new(move || time.load(Ordering::SeqCst)), None).await?;
        let dir = tempfile::tempdir()?;
        // Another process may take the free port before Rocket does; then another one is tried.
        for _ in 0..5 {
            let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
            let mut env = providers.env();
            let folder = dir.path().display().to_string();
            let own = [
                ("ROCKET_PORT", port.to_string()),
                ("APP_URL", format!("http://127.0.0.1:{port}")),
                ("HOLLYN_DATA_DIR", folder),
            ];
            env.extend(own.map(|(name, value)| (name.to_owned(), value)));
            env.extend(vars.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
            let config = Config::read(&Env::of(env))?;
            let (ctx, around) = server::open_context(config, clock.clone(), |_| {}).await?;
            let figment = server::figment(port)
                .merge(("shutdown.ctrlc", false))
                .merge(("shutdown.grace", 0))
                .merge(("shutdown.mercy", 0));
            let rocket = server::rocket(ctx.clone(), around, figment, false);
            let rocket = rocket.ignite().await.map_err(|error| anyhow::anyhow!("{error}"))?;
            let shutdown = rocket.shutdown();
            let server =
                tokio::spawn(async move { rocket.launch().await.map(drop).map_err(|e| e.to_string()) });
            let url = format!("http://127.0.0.1:{port}");
            if answers(&url, &server).await {
                let sql = sql_pool(dir.path());
                let due_jobs = OnceLock::new();
                return Ok(TestApp { ctx, providers, clock, url, dir, sql, shutdown, due_jobs });
            }
        }
        anyhow::bail!("no free port was found")
    }

    /// The gateway's, panel's and mail server's other side.
    pub fn sim(&self) -> &Sandbox {
        &self.providers.sandbox
    }

    /// Connections to the portal's database that are the test's own.
    pub fn sql(&self) -> &AnyPool {
        &self.sql
    }

    /// The folder with the portal's data.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// A new browser, with no cookie yet.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.url)
    }

    /// Moves the time of the portal and of the providers.
    pub fn advance(&self, seconds: i64) {
        self.clock.advance_seconds(seconds);
    }

    /// Runs the worker until nothing is due, after the webhooks have arrived.
    pub async fn work(&self) {
        for _ in 0..MOST_ROUNDS {
            self.sim().gateway.webhooks_done().await;
            if jobs::round(&self.ctx, "test").await.expect("a round of work") == 0 {
                return;
            }
        }
        panic!("the worker has work without end");
    }

    /// One round of the worker, however much is left after it.
    pub async fn round(&self) -> usize {
        jobs::round(&self.ctx, "test").await.expect("a round of work")
    }

    /// Places an order by the form and returns its page's UUID, with the browser that did it.
    pub async fn order(&self, buyer: &Buyer) -> (Browser, OrderUuid) {
        let browser = self.browser();
        let uuid = browser.order(buyer).await;
        (browser, uuid)
    }

    /// Order, push, approved on the phone: paid, and nothing of the set-up done yet.
    pub async fn paid_order(&self, buyer: &Buyer) -> (Browser, OrderUuid) {
        let (browser, uuid) = self.order(buyer).await;
        browser.pay(uuid).await;
        let push = self.sim().gateway.pushes().last().expect("a push went out").clone();
        assert!(self.sim().gateway.approve(&push.order_id));
        self.sim().gateway.webhooks_done().await;
        hollyn_core::ops::payments::settle_due(&self.ctx).await.expect("asking the gateway");
        (browser, uuid)
    }

    /// The order with all that its page shows.
    pub async fn view(&self, uuid: OrderUuid) -> OrderView {
        orders::show(&self.ctx, uuid).await.expect("the order is there")
    }

    /// The order's, newest payment's and service's states: `paid succeeded requested`.
    pub async fn states(&self, uuid: OrderUuid) -> String {
        let view = self.view(uuid).await;
        let payment = view.payments.first().map_or("-", |p| p.status().into_str());
        let service = view.service.as_ref().map_or("-", |s| s.status().into_str());
        format!("{} {payment} {service}", view.order.status())
    }

    /// Open entries of attention, oldest first.
    pub async fn attention(&self) -> Vec<AttentionItem> {
        attention::open(&self.ctx).await.expect("the database answers")
    }

    /// The kinds of the open entries of attention, oldest first.
    pub async fn attention_kinds(&self) -> Vec<String> {
        self.attention().await.into_iter().map(|entry| entry.kind.to_string()).collect()
    }

    /// A number from the database, for what no page shows.
    pub async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.sql).await.expect("a number")
    }

    /// A text from the database, for what no page shows.
    pub async fn text(&self, sql: &'static str) -> String {
        sqlx::query_scalar(sql).fetch_one(&self.sql).await.expect("a text")
    }

    /// Deletes a service as staff do, with its domain typed to confirm.
    pub async fn delete_service(
        &self,
        caller: &Caller,
        id: ServiceId,
        why: &str,
    ) -> hollyn_core::error::Result<ServiceView> {
        let domain = services::show(&self.ctx, id).await?.service.domain;
        let confirmation = Confirmation::new(&domain);
        services::delete(&self.ctx, caller, id, &confirmation, &crate::reason(why)).await
    }

    /// The panel password of a service: sealed, as it is stored, and opened.
    pub async fn panel_password(&self, service: ServiceId) -> (String, String) {
        let sql = "select webuzo_temp_password_enc from services where id = ?";
        let stored = sqlx::query_scalar(sql).bind(service.0).fetch_one(&self.sql).await;
        let sealed: String = stored.expect("a password is stored");
        let password = self.ctx.keys.open("services", service.0, "password", &sealed).expect("it opens");
        (sealed, password)
    }

    /// Changes the database directly, for what no page does.
    pub async fn execute(&self, sql: &'static str) {
        sqlx::query(sql).execute(&self.sql).await.expect("the statement runs");
    }

    /// Confirms the e-mail of every account, as its owner does by the mailed link.
    pub async fn confirm_emails(&self) {
        self.execute("update users set email_verified_at = 1, first_verified_at = 1").await;
    }

    /// Says why jobs are due when this test ends. The drop fails if there are none.
    pub fn expect_due_jobs(&self, reason: &'static str) {
        self.due_jobs.set(reason).expect("the reason is given once");
    }
}

impl Drop for TestApp {
    /// Fails the test if jobs are due: a test works them off, or says why it leaves them.
    fn drop(&mut self) {
        self.shutdown.clone().notify();
        if std::thread::panicking() {
            return;
        }
        let left = due_jobs(self.dir.path(), self.ctx.now());
        match self.due_jobs.get() {
            None => assert!(left.is_empty(), "jobs are left that are due: {left:?}"),
            Some(reason) => assert!(!left.is_empty(), "no job is due, although one is expected: {reason}"),
        }
    }
}

/// The kinds of the due jobs, read on a thread of its own: a runtime cannot wait inside a runtime.
fn due_jobs(data_dir: &Path, now: Timestamp) -> Vec<String> {
    let url = format!("sqlite://{}/hollyn.db", data_dir.display());
    let read = async move {
        let mut connection = AnyConnection::connect(&url).await?;
        sqlx::query_scalar("select kind from jobs where due_at <= ? order by id")
            .bind(now.0)
            .fetch_all(&mut connection)
            .await
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let reader = std::thread::spawn(move || runtime.block_on(read));
    reader.join().expect("the reader does not panic").expect("the database answers")
}

async fn answers(url: &str, server: &tokio::task::JoinHandle<Result<(), String>>) -> bool {
    let client = reqwest::Client::builder().build().context("a client").expect("a client is built");
    loop {
        if server.is_finished() {
            return false;
        }
        if client.get(format!("{url}/healthz")).send().await.is_ok_and(|r| r.status() == 200) {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
