//! The commands.
mod audit;

#[cfg(feature = "sandbox")]
use crate::sandbox::Sandbox;
use crate::{
    config::{Config, Env},
    private_files, server, worker,
};
use anyhow::{Context, bail};
use clap::{Parser, Subcommand};
use hollyn_core::{
    clock::Clock,
    context::Failpoint,
    domain::user::{Email, NewPassword, PersonName, Role},
    keys::Keys,
    ops::{
        Caller, app_keys,
        auth::{self, NewAccount, WelcomeEmail},
        projections,
    },
    store::Db,
};
use secrecy::ExposeSecret;
use std::{io::Read, path::PathBuf, process::ExitCode};
use tracing_subscriber::EnvFilter;

/// Hollyn Online's portal.
#[derive(Parser)]
#[command(name = "hollyn-portal", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site, with the worker inside (what happens without a command)
    Serve {
        /// Leave the worker to another process
        #[arg(long)]
        without_worker: bool,
    },
    /// Run the worker alone
    Worker,
    /// Bring the database up to date and end
    Migrate,
    /// Manage staff
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// The audit log
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Print what is configured, and try database, gateway, panel and mail server
    Check,
    /// Write a verified copy of the running database to a file that does not exist
    Backup {
        /// The new file
        file: PathBuf,
    },
    /// Compare the figures of lists and dashboard with the rows that they are computed from
    Figures {
        /// Compute them, and the search terms, again
        #[arg(long)]
        rebuild: bool,
    },
    /// Print a new APP_KEY
    Key,
    /// Encrypt everything that older keys made with the present APP_KEY; the portal may run meanwhile
    RotateKey,
}

#[derive(Subcommand)]
enum AdminCommand {
    /// Make a staff account; without --password-stdin a password is made and printed once
    Create {
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        /// admin or support
        #[arg(long)]
        role: String,
        /// Read the password from standard input
        #[arg(long)]
        password_stdin: bool,
    },
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Read all of it, and say where it is not what was written
    Verify {
        /// A row and its hash, ID:HASH, as the log said when it was sealed; may be repeated
        #[arg(long)]
        anchor: Vec<String>,
    },
    /// Write all of it to standard output, as CSV
    Export,
}

/// Runs the program on the process's arguments and environment. `failpoint` is called at the crash tests'
/// points.
pub fn main(failpoint: Failpoint) -> ExitCode {
    private_files::restrict_process();
    // The one TLS provider of the process; it fails only where one is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("hollyn-portal: no threads can be started: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(cli.command.unwrap_or(Command::Serve { without_worker: false }), failpoint)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hollyn-portal: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command, failpoint: Failpoint) -> anyhow::Result<()> {
    if let Command::Key = command {
        println!("{}", Keys::generate());
        return Ok(());
    }
    let env = Env::of_process()?;
    log(&env);
    let config = Config::read(&env)?;
    match command {
        Command::Serve { without_worker } => serve(config, !without_worker, failpoint).await,
        Command::Worker => work(config, failpoint).await,
        Command::Migrate => {
            server::open_context(config, Clock::System, failpoint).await?;
            println!("The database is up to date (version {}).", Db::newest_version());
            Ok(())
        }
        Command::Admin { command: AdminCommand::Create { email, name, role, password_stdin } } => {
            create_staff(config, &email, &name, &role, password_stdin, failpoint).await
        }
        Command::Audit { command: AuditCommand::Verify { anchor } } => audit::verify(config, &anchor).await,
        Command::Audit { command: AuditCommand::Export } => audit::export(config, failpoint).await,
        Command::Check => check(config, failpoint).await,
        Command::Figures { rebuild } => figures(config, rebuild, failpoint).await,
        Command::Backup { file } => backup(config, &file).await,
        Command::RotateKey => rotate_key(config, failpoint).await,
        Command::Key => Ok(()),
    }
}

fn log(env: &Env) {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,rocket=warn,sqlx=warn,lettre=warn,hyper=warn"));
    let builder =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    let result =
        if env.get("LOG_FORMAT") == Some("json") { builder.json().try_init() } else { builder.try_init() };
    if let Err(error) = result {
        eprintln!("hollyn-portal: logging goes on as it was: {error}");
    }
}

async fn serve(config: Config, with_worker: bool, failpoint: Failpoint) -> anyhow::Result<()> {
    let figment = server::figment(config.port);
    let (url, is_sandbox, data) =
        (config.settings.base_url.clone(), config.uses_sandbox(), config.data_dir.clone());
    if config.is_production && config.proxy_header.is_none() {
        tracing::warn!(
            "APP_PROXY_HEADER names no front: slow connections stay open, and behind a proxy all clients \
             count as one address; portal/deploy has a Caddyfile and an nginx.conf"
        );
    }
    #[cfg(feature = "sandbox")]
    let (config, sandbox) = Sandbox::start(config, std::sync::Arc::new(|| Clock::System.now().0)).await?;
    let (ctx, around) = server::open_context(config, Clock::System, failpoint).await?;
    let rocket = server::rocket(ctx.clone(), around, figment, with_worker);
    #[cfg(feature = "sandbox")]
    let rocket = match sandbox {
        Some(sandbox) => sandbox.attach(rocket),
        None => rocket,
    };
    let rocket = rocket.ignite().await.map_err(readable)?;
    println!("Hollyn Online is at {url}");
    if is_sandbox {
        println!("  the phone that pays    {url}/sandbox/phone");
        println!("  the control panel      {url}/sandbox/panel");
        println!("  the mailbox            {url}/sandbox/mail");
        println!("  This is the sandbox: no real money, no real server. Its data is in {}.", data.display());
    }
    let ended = rocket.launch().await;
    ctx.db.close().await;
    ended.map(drop).map_err(readable)
}

/// Rocket's error as one sentence. It panics when it is dropped unread, so it is read here.
fn readable(error: rocket::Error) -> anyhow::Error {
    if let rocket::error::ErrorKind::Bind(cause) = error.kind() {
        return anyhow::anyhow!(
            "ROCKET_ADDRESS and ROCKET_PORT should name a free address and port: {cause}"
        );
    }
    anyhow::anyhow!("the web server cannot run: {:?}", error.kind())
}

async fn work(config: Config, failpoint: Failpoint) -> anyhow::Result<()> {
    let (ctx, around) = server::open_context(config, Clock::System, failpoint).await?;
    // The worker lives inside an ignited Rocket for its signals and its shutdown, without listening.
    let rocket =
        server::rocket(ctx.clone(), around, server::figment(0), false).ignite().await.map_err(readable)?;
    let shutdown = rocket.shutdown();
    println!("The worker runs. Stop it with Ctrl-C.");
    let on_signal = shutdown.clone();
    tokio::spawn(async move {
        stopped().await;
        on_signal.notify();
    });
    worker::run(ctx.clone(), shutdown).await;
    ctx.db.close().await;
    Ok(())
}

/// Waits for Ctrl-C or SIGTERM.
async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

async fn create_staff(
    config: Config,
    email: &str,
    name: &str,
    role: &str,
    password_stdin: bool,
    failpoint: Failpoint,
) -> anyhow::Result<()> {
    let role = match role.parse() {
        Ok(Role::Admin) => Role::Admin,
        Ok(Role::Support) => Role::Support,
        Ok(Role::User) | Err(_) => bail!("--role should be admin or support"),
    };
    let email = Email::parse(email)
        .map_err(|_| anyhow::anyhow!("--email should be an address like neema@hollyn.online"))?;
    let name = PersonName::parse(name).map_err(|_| anyhow::anyhow!("--name should be a name"))?;
    let typed = if password_stdin {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .context("the password cannot be read from standard input")?;
        text.trim_end_matches(['\r', '\n']).to_owned()
    } else {
        hollyn_core::random::panel_password("").expose_secret().to_owned()
    };
    let password = NewPassword::parse(&typed).map_err(|_| {
        anyhow::anyhow!(
            "the password should have at least {} characters and not be a common one",
            NewPassword::MIN
        )
    })?;
    let (ctx, _) = server::open_context(config, Clock::System, failpoint).await?;
    let caller = Caller { address: "command line".into(), ..Caller::default() };
    let new = NewAccount {
        name,
        email,
        phone: None,
        password,
        role,
        locale: "en".into(),
        welcome: WelcomeEmail::Confirmed,
    };
    let (created, email) = (auth::create_account(&ctx, &caller, &new).await?, new.email);
    match created {
        Some(_) if password_stdin => println!("{} is {role} now.", email.as_str()),
        Some(_) => println!("{} is {role} now. The password, shown this once: {typed}", email.as_str()),
        None => bail!("{} has an account already", email.as_str()),
    }
    Ok(())
}

async fn check(config: Config, failpoint: Failpoint) -> anyhow::Result<()> {
    let choice = |is_sandbox| if is_sandbox { "sandbox" } else { "configured" };
    println!(
        "site      {} ({})",
        config.settings.base_url,
        if config.is_production { "production" } else { "not production" }
    );
    println!("data      {}", config.data_dir.display());
    println!("database  {}", config.database_url);
    println!("gateway   {} ({})", config.gateway.config.base_url, choice(config.gateway.is_sandbox));
    println!("panel     {} ({})", config.panel.config.api_url, choice(config.panel.is_sandbox));
    println!(
        "mail      {}:{} ({})",
        config.mail.config.host,
        config.mail.config.port,
        choice(config.mail.is_sandbox)
    );
    let sandbox = config.gateway.is_sandbox || config.panel.is_sandbox;
    let (ctx, _) = server::open_context(config, Clock::System, failpoint).await?;
    let mut wrong = 0;
    let mut say = |what: &str, result: Result<String, String>| match result {
        Ok(text) => println!("ok        {what}: {text}"),
        Err(text) => {
            wrong += 1;
            println!("WRONG     {what}: {text}");
        }
    };
    say("database", ctx.db.version().await.map(|v| format!("version {v}")).map_err(|e| e.to_string()));
    if sandbox {
        println!("          the sandbox's providers answer only while `serve` runs");
    }
    say("gateway", ctx.gateway.test().await);
    say("panel", ctx.panel.test().await);
    say("mail", ctx.mailer.test().await);
    if wrong > 0 && !sandbox { bail!("{wrong} of 4 do not work") } else { Ok(()) }
}

async fn figures(config: Config, rebuild: bool, failpoint: Failpoint) -> anyhow::Result<()> {
    let (ctx, _) = server::open_context(config, Clock::System, failpoint).await?;
    if rebuild {
        projections::rebuild(&ctx).await?;
    }
    let differences = projections::compare(&ctx).await?;
    for difference in &differences {
        let projections::Difference { metric, day, label, stored, computed } = difference;
        println!(
            "{metric} {label:?} day {day}: {} and TZS {} are stored, {} and TZS {} are computed",
            stored.0, stored.1, computed.0, computed.1
        );
    }
    if !differences.is_empty() {
        bail!("{} figures are wrong; --rebuild computes them again", differences.len());
    }
    println!("The figures agree with the facts.");
    Ok(())
}

async fn rotate_key(config: Config, failpoint: Failpoint) -> anyhow::Result<()> {
    let (ctx, _) = server::open_context(config, Clock::System, failpoint).await?;
    let rotation = app_keys::rotate(&ctx).await?;
    println!("{} values are made by the present APP_KEY now.", rotation.replaced);
    if !rotation.unreadable.is_empty() {
        bail!(
            "{} values were made by an older key and cannot be read: {}. APP_PREVIOUS_KEYS is still needed",
            rotation.unreadable.len(),
            rotation.unreadable.join(", ")
        );
    }
    if rotation.retired.is_empty() {
        println!("No older key is in use: APP_PREVIOUS_KEYS is not needed.");
    } else {
        println!("APP_PREVIOUS_KEYS is not needed any more. Restart the portals without it.");
    }
    Ok(())
}

async fn backup(config: Config, file: &std::path::Path) -> anyhow::Result<()> {
    if file.exists() {
        bail!("{} exists already; name a new file", file.display());
    }
    let db = Db::open(&config.database_url).await?;
    db.backup(&file.display().to_string())
        .await
        .with_context(|| format!("no copy was made at {}", file.display()))?;
    println!("A verified copy is at {}.", file.display());
    Ok(())
}
