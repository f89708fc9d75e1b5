//! A page beside Rocket's hello-world, a slice of one and a slice of the other.
use crate::{Figure, load, median, server::Server};
use std::time::Duration;

const CONNECTIONS: usize = 32;
const SLICES: usize = 7;
const SLICE: Duration = Duration::from_secs(2);

/// What is measured, and how much of hello-world it should reach.
pub struct Beside<'a> {
    pub what: &'static str,
    pub by_processor: &'static str,
    pub path: &'a str,
    /// Further lines of the request's head, each with its line's end.
    pub headers: &'a str,
    pub aim: &'static str,
    pub percent: f64,
}

pub async fn beside_hello(portal: &Server, page: &Beside<'_>) -> Vec<Figure> {
    let hello = Server::hello().await;
    let ask = |path: &str, headers: &str, port: u16| {
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\naccept: text/html\r\naccept-encoding: gzip\r\n\
             accept-language: sw\r\n{headers}\r\n"
        );
        let request = request.into_bytes();
        move || request.clone()
    };
    let (of_page, of_hello) = (ask(page.path, page.headers, portal.port), ask("/", "", hello.port));
    // The first request finishes what is kept.
    load::per_second(portal.port, 1, SLICE / 8, of_page.clone()).await;
    load::per_second(hello.port, 1, SLICE / 8, of_hello.clone()).await;
    let (mut pages, mut hellos, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    let (portal_worked, hello_worked) = (portal.worked(), hello.worked());
    for _ in 0..SLICES {
        let ours = load::per_second(portal.port, CONNECTIONS, SLICE, of_page.clone()).await;
        let bare = load::per_second(hello.port, CONNECTIONS, SLICE, of_hello.clone()).await;
        println!("{} {ours:.0} per second, hello-world {bare:.0}", page.path);
        pages.push(ours);
        hellos.push(bare);
        ratios.push(ours / bare * 100.0);
    }
    // What a request costs the server alone: the load generator and the neighbours are not in it.
    let micros =
        |worked: f64, rates: &[f64]| worked * 1e6 / (rates.iter().sum::<f64>() * SLICE.as_secs_f64());
    let of_ours = micros(portal.worked() - portal_worked, &pages);
    let of_bare = micros(hello.worked() - hello_worked, &hellos);
    let (ratio, work) = (median(ratios), of_bare / of_ours * 100.0);
    vec![
        Figure {
            what: page.what,
            measured: format!("{:.0}/s beside {:.0}/s: {ratio:.0} %", median(pages), median(hellos)),
            aim: page.aim,
            is_met: ratio >= page.percent,
        },
        Figure {
            what: page.by_processor,
            measured: format!("{of_ours:.1} µs a request beside {of_bare:.1} µs: {work:.0} %"),
            aim: page.aim,
            is_met: work >= page.percent,
        },
    ]
}
