//! A storm of wrong sign-ins: the memory that it takes, what is left of it, and how long a right one waits.
use crate::{Figure, median, server::Server};
use hollyn_core::clock::Clock;
use hollyn_tests::{Answer, Browser, Buyer, Providers};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::time::Instant;

/// How many sign-ins are under way at every moment.
const AT_ONCE: usize = 200;
const RIGHT_ONES: usize = 20;
/// How long a hostile client waits after it was refused; it is asked for 5 seconds.
const PAUSE: Duration = Duration::from_millis(500);

async fn sign_in(browser: &Browser, email: &str, password: &str) -> Answer {
    browser.post("/login", &[("email", email.to_owned()), ("password", password.to_owned())]).await
}

pub async fn measure() -> Vec<Figure> {
    let providers = Providers::start(Arc::new(|| Clock::System.now().0), None).await.expect("providers");
    let dir = tempfile::tempdir().expect("a folder");
    let many = |name: &str| (name.to_owned(), "1000000".to_owned());
    let mut env = providers.env();
    env.extend(["LIMIT_SIGN_IN_ACCOUNT", "LIMIT_SIGN_IN_ADDRESS", "LIMIT_REGISTER_ADDRESS"].map(many));
    let portal = Server::portal(dir.path(), &env, &[]).await;
    let url = format!("http://127.0.0.1:{}", portal.port);
    let (known, buyer) = (Browser::new(&url), Buyer::nth(1));
    assert_eq!(known.post("/register", &buyer.fields()).await.status, 303);
    tokio::time::sleep(Duration::from_secs(2)).await;
    let before = portal.memory("Pss");
    let is_over = Arc::new(AtomicBool::new(false));
    let mut storm = tokio::task::JoinSet::new();
    for n in 0..AT_ONCE {
        let (browser, is_over) = (Browser::new(&url), is_over.clone());
        storm.spawn(async move {
            let (mut compared, mut refused) = (0_u32, 0_u32);
            while !is_over.load(Ordering::Relaxed) {
                match sign_in(&browser, &format!("stranger{n}@example.com"), "a guess").await.status {
                    422 => compared += 1,
                    503 => {
                        refused += 1;
                        tokio::time::sleep(PAUSE).await;
                    }
                    status => panic!("status {status}"),
                }
            }
            (compared, refused)
        });
    }
    let (mut most, mut known_waits, mut stranger_waits) = (0.0_f64, Vec::new(), Vec::new());
    for _ in 0..RIGHT_ONES {
        most = most.max(portal.memory("Pss"));
        // In a browser that is signed in to the account, and in one that never was.
        let begun = Instant::now();
        let confirmed = known.post("/confirm-password", &[("password", buyer.password.clone())]).await;
        assert!(confirmed.status < 500, "{} {}", confirmed.status, confirmed.body);
        known_waits.push(begun.elapsed().as_secs_f64() * 1000.0);
        let begun = Instant::now();
        while sign_in(&Browser::new(&url), &buyer.email, &buyer.password).await.status == 503 {
            tokio::time::sleep(PAUSE / 5).await;
        }
        stranger_waits.push(begun.elapsed().as_secs_f64() * 1000.0);
        most = most.max(portal.memory("Pss"));
    }
    is_over.store(true, Ordering::Relaxed);
    let totals = storm.join_all().await.into_iter();
    let (compared, refused) = totals.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    tokio::time::sleep(Duration::from_secs(6)).await;
    let after = portal.memory("Pss");
    let slowest = known_waits.iter().copied().fold(0.0, f64::max);
    println!("{AT_ONCE} wrong sign-ins at once: {compared} compared, {refused} refused with 503");
    println!("memory {before:.1} MB before, at most {most:.1} MB, {after:.1} MB afterwards (PSS)");
    let (known_wait, stranger_wait) = (median(known_waits), median(stranger_waits));
    println!("a right password waits {known_wait:.0} ms at a known browser, {stranger_wait:.0} ms elsewhere");
    vec![
        Figure {
            what: "memory in a storm of wrong sign-ins",
            measured: format!("{most:.1} MB PSS"),
            aim: "< 80 MB",
            is_met: most < 80.0,
        },
        Figure {
            what: "memory after it",
            measured: format!("{after:.1} MB PSS ({before:.1} MB before)"),
            aim: "< 25 MB",
            is_met: after < 25.0,
        },
        Figure {
            what: "a right password in the storm",
            measured: format!("{known_wait:.0} ms, at most {slowest:.0} ms; elsewhere {stranger_wait:.0} ms"),
            aim: "< 1000 ms",
            is_met: slowest < 1000.0,
        },
    ]
}
