//! What staff do with a service, at a portal that runs elsewhere in the same environment. The browser tests
//! come to states by it that no customer and no sandbox page leads to; panel, database and mails are as they
//! are for real staff. `HOLLYN_DATA_DIR=… ROCKET_PORT=… cargo run -p hollyn-portal --example staff -- suspend
//! 1 "Spam was sent from it"`

use std::env;

use anyhow::{Context as _, bail};
use hollyn_core::{
    clock::Clock,
    domain::{ids::ServiceId, input::Reason},
    ops::{Caller, services},
};
use hollyn_portal::{
    config::{Config, Env},
    server,
};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let words: Vec<String> = env::args().skip(1).collect();
    let [verb, id, reason] = words.as_slice() else { bail!("say: suspend|activate SERVICE REASON") };
    let id = ServiceId(id.parse().context("a service is named by its number")?);
    let (ctx, _) = server::open_context(Config::read(&Env::of_process()?)?, Clock::System, |_| {}).await?;
    let reason = Reason::parse(reason).map_err(|_| anyhow::anyhow!("a reason has 1 to 500 characters"))?;
    let caller = Caller { address: "command line".into(), ..Caller::default() };
    match verb.as_str() {
        "suspend" => services::suspend(&ctx, &caller, id, &reason).await?,
        "activate" => services::activate(&ctx, &caller, id, Some(&reason)).await?,
        _ => bail!("only suspend and activate are possible here"),
    };
    ctx.db.close().await;
    Ok(())
}
