//! Starts the sandbox beside the portal, for the providers that the configuration leaves out.
use super::{Clock, LoopbackOnly, MOUNT, Options, Sandbox, smtp};
use crate::{config::Config, private_files};
use anyhow::Context;
use rocket::{Build, Rocket};
use std::net::SocketAddr;

impl Sandbox {
    /// Starts the simulated providers that `config` leaves out, and returns it with the mail server's port.
    /// None where all are configured. Only the serving process starts them: their state file has one owner.
    pub async fn start(mut config: Config, now: Clock) -> anyhow::Result<(Config, Option<Sandbox>)> {
        if config.is_production || !config.uses_sandbox() {
            return Ok((config, None));
        }
        private_files::make_folder(&config.data_dir).with_context(|| {
            format!("HOLLYN_DATA_DIR should be a folder that can be written: {}", config.data_dir.display())
        })?;
        let options = Options {
            merchant: config.payee.clone(),
            public_url: Some(format!("http://127.0.0.1:{}", config.port)),
            ..Options::demo(now)
        };
        let sandbox = Sandbox::open(Some(config.data_dir.join("sandbox.json")), options)
            .context("the sandbox's memory (sandbox.json in HOLLYN_DATA_DIR) cannot be read")?;
        if config.mail.is_sandbox {
            config.mail.config.port = listen_for_mail(config.mail.config.port, &sandbox).await?.port();
        }
        Ok((config, Some(sandbox)))
    }

    /// Adds the providers' routes and pages to the portal. They answer to this machine only.
    pub fn attach(self, rocket: Rocket<Build>) -> Rocket<Build> {
        rocket
            .manage(self)
            .attach(LoopbackOnly)
            .mount(MOUNT, Sandbox::wire_routes())
            .mount(MOUNT, Sandbox::page_routes())
    }
}

/// On the usual port, or on a free one where another portal has it.
async fn listen_for_mail(port: u16, sandbox: &Sandbox) -> anyhow::Result<SocketAddr> {
    let usual = SocketAddr::from(([127, 0, 0, 1], port));
    match smtp::listen(usual, sandbox.mailbox.clone()).await {
        Ok(address) => Ok(address),
        Err(_) => Ok(smtp::listen(SocketAddr::from(([127, 0, 0, 1], 0)), sandbox.mailbox.clone()).await?),
    }
}
