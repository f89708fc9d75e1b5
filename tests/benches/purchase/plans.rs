//! The plans' page beside Rocket's hello-world.
use crate::{Figure, load, median, server::Server};
use std::time::Duration;

const CONNECTIONS: usize = 32;
const SLICES: usize = 7;
const SLICE: Duration = Duration::from_secs(2);

pub async fn measure() -> Vec<Figure> {
    let dir = tempfile::tempdir().expect("a folder");
    let (portal, hello) = (Server::portal(dir.path(), &[], &[]).await, Server::hello().await);
    let ask = |path: &str, port: u16| {
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\naccept: text/html\r\naccept-encoding: gzip\r\n\
             accept-language: sw\r\n\r\n"
        );
        let request = request.into_bytes();
        move || request.clone()
    };
    let (of_plans, of_hello) = (ask("/plans", portal.port), ask("/", hello.port));
    // The first request finishes the page.
    load::per_second(portal.port, 1, SLICE / 8, of_plans.clone()).await;
    load::per_second(hello.port, 1, SLICE / 8, of_hello.clone()).await;
    let (mut plans, mut hellos, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    let (portal_worked, hello_worked) = (portal.worked(), hello.worked());
    for _ in 0..SLICES {
        let ours = load::per_second(portal.port, CONNECTIONS, SLICE, of_plans.clone()).await;
        let bare = load::per_second(hello.port, CONNECTIONS, SLICE, of_hello.clone()).await;
        println!("/plans {ours:.0} per second, hello-world {bare:.0}");
        plans.push(ours);
        hellos.push(bare);
        ratios.push(ours / bare * 100.0);
    }
    // What a request costs the server alone: the load generator and the neighbours are not in it.
    let micros =
        |worked: f64, rates: &[f64]| worked * 1e6 / (rates.iter().sum::<f64>() * SLICE.as_secs_f64());
    let page = micros(portal.worked() - portal_worked, &plans);
    let word = micros(hello.worked() - hello_worked, &hellos);
    let (ratio, work) = (median(ratios), word / page * 100.0);
    vec![
        Figure {
            what: "/plans beside Rocket's hello-world",
            measured: format!("{:.0}/s beside {:.0}/s: {ratio:.0} %", median(plans), median(hellos)),
            aim: ">= 60 %",
            is_met: ratio >= 60.0,
        },
        Figure {
            what: "the same by the processor's time",
            measured: format!("{page:.1} µs a request beside {word:.1} µs: {work:.0} %"),
            aim: ">= 60 %",
            is_met: work >= 60.0,
        },
    ]
}
