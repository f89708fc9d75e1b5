//! Whether the time tells which emails have an account: "no such account" and "wrong password", in turns.
use crate::{Figure, median, server::Server};
use hollyn_tests::{Browser, Buyer};
use tokio::time::Instant;

const TRIES: usize = 200;

pub async fn measure() -> Vec<Figure> {
    let dir = tempfile::tempdir().expect("a folder");
    let many = |name: &str| (name.to_owned(), "1000000".to_owned());
    let env = ["LIMIT_SIGN_IN_ACCOUNT", "LIMIT_SIGN_IN_ADDRESS"].map(many);
    let portal = Server::portal(dir.path(), &env, &[]).await;
    let browser = Browser::new(&format!("http://127.0.0.1:{}", portal.port));
    let buyer = Buyer::nth(1);
    let fields = [
        ("name", buyer.name.clone()),
        ("email", buyer.email.clone()),
        ("phone", buyer.phone.clone()),
        ("password", buyer.password.clone()),
    ];
    assert_eq!(browser.post("/register", &fields).await.status, 303);
    let browser = Browser::new(&browser.url(""));
    let (mut wrong, mut unknown) = (Vec::new(), Vec::new());
    for nth in 0..TRIES + 10 {
        let both = [(&buyer.email, &mut wrong), (&Buyer::nth(2).email, &mut unknown)];
        // Each goes first in its turn; the first tries only warm up.
        let both = both.into_iter();
        let both: Vec<_> = if nth % 2 == 0 { both.collect() } else { both.rev().collect() };
        for (email, times) in both {
            let fields = [("email", email.clone()), ("password", "not the password".to_owned())];
            let begun = Instant::now();
            let answer = browser.post("/login", &fields).await;
            let took = begun.elapsed().as_secs_f64() * 1000.0;
            assert_eq!(answer.status, 422, "{}", answer.body);
            if nth >= 10 {
                times.push(took);
            }
        }
    }
    let (wrong, unknown) = (median(wrong), median(unknown));
    let apart = (wrong - unknown).abs();
    println!("wrong password {wrong:.2} ms, no such account {unknown:.2} ms, medians of {TRIES} each");
    vec![Figure {
        what: "wrong password and no such account, apart",
        measured: format!("{wrong:.2} ms and {unknown:.2} ms: {apart:.2} ms"),
        aim: "< 5 ms",
        is_met: apart < 5.0,
    }]
}
