//! `audit verify` and `audit export`.
use crate::{config::Config, server};
use anyhow::{Context, bail};
use hollyn_core::{clock::Clock, context::Failpoint, csv::Csv, domain::audit::Head, ops::audit, store::Db};
use std::io::Write;

/// Fails with one sentence where the log is not what was written.
pub async fn verify(config: Config, anchors: &[String]) -> anyhow::Result<()> {
    let anchors: Vec<Head> = anchors.iter().map(|text| anchor(text)).collect::<anyhow::Result<_>>()?;
    // No migrations and no first plans: what is examined stays as it is.
    let db = Db::open(&config.database_url).await?;
    match audit::verify_in(&db, &config.keys, &anchors).await? {
        Ok(sound) => {
            println!("The audit log is sound: {} rows, {} seals.", sound.head.last_id, sound.seals);
            println!("It is sealed up to row {}, and ends in {}.", sound.sealed_to, sound.head.last_hash);
            Ok(())
        }
        Err(broken) => bail!("the audit log is broken: {broken}"),
    }
}

fn anchor(text: &str) -> anyhow::Result<Head> {
    let parts = text.split_once(':').and_then(|(id, hash)| Some((id.parse().ok()?, hash.to_owned())));
    let (last_id, last_hash) =
        parts.with_context(|| format!("--anchor should be a row's number and its hash, ID:HASH: {text}"))?;
    Ok(Head { last_id, last_hash })
}

/// Writes all rows, oldest first, a few thousand at a time.
pub async fn export(config: Config, failpoint: Failpoint) -> anyhow::Result<()> {
    let (ctx, _) = server::open_context(config, Clock::System, failpoint).await?;
    let (mut csv, mut out, mut place) = (Csv::default(), std::io::stdout().lock(), 0);
    csv.line(audit::COLUMNS);
    loop {
        out.write_all(&csv.take()).context("standard output takes no more")?;
        let rows = audit::batch(&ctx, place).await?;
        let Some(last) = rows.last() else { break };
        place = last.id;
        rows.iter().for_each(|row| csv.line(audit::cells(row)));
    }
    out.flush().context("standard output takes no more")
}
