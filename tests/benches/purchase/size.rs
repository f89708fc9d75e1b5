//! How soon the portal is ready on the database that it left, and what it takes while nothing happens.
use crate::{Figure, median, server::Server};
use hollyn_core::clock::Clock;
use hollyn_tests::Providers;
use std::{path::Path, sync::Arc, time::Duration};

const STARTS: usize = 10;

pub async fn measure() -> Vec<Figure> {
    let providers = Providers::start(Arc::new(|| Clock::System.now().0), None).await.expect("providers");
    let dir = tempfile::tempdir().expect("a folder");
    // The first start makes the database.
    drop(Server::portal(dir.path(), &providers.env(), &[]).await);
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        let portal = Server::portal(dir.path(), &providers.env(), &[]).await;
        starts.push(portal.ready_after.as_secs_f64() * 1000.0);
    }
    let (ready, slowest) = (median(starts.clone()), starts.iter().copied().fold(0.0, f64::max));
    println!("ready after {ready:.0} ms, at most {slowest:.0} ms, of {STARTS} starts");
    let mut figures = vec![Figure {
        what: "start on an existing database to /readyz",
        measured: format!("{ready:.0} ms (median of {STARTS})"),
        aim: "< 150 ms",
        is_met: ready < 150.0,
    }];
    let sandbox = tempfile::tempdir().expect("a folder");
    for (what, dir, env) in [
        ("idle memory, providers elsewhere", dir.path(), providers.env()),
        ("idle memory, sandbox inside", sandbox.path(), Vec::new()),
    ] {
        let (pss, rss) = idle(dir, &env).await;
        println!("{what}: {pss:.1} MB PSS, {rss:.1} MB RSS");
        figures.push(Figure {
            what,
            measured: format!("{pss:.1} MB PSS, {rss:.1} MB RSS"),
            aim: "< 25 MB",
            is_met: pss < 25.0,
        });
    }
    figures
}

async fn idle(dir: &Path, env: &[(String, String)]) -> (f64, f64) {
    let portal = Server::portal(dir, env, &[]).await;
    for page in ["/", "/plans", "/checkout/hollyn-boost", "/login", "/register", "/", "/plans"] {
        portal.get(page).await.expect("a page");
    }
    // Idle: the worker has done its rounds, and there were no requests for a while.
    tokio::time::sleep(Duration::from_secs(3)).await;
    (portal.memory("Pss"), portal.memory("Rss"))
}
