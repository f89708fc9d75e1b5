//! A small load generator: connections that stay open, each asking again as soon as it was answered.
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
    time::Instant,
};

/// Asks over so many connections for so long, and returns how many answers came per second, each of them 200.
/// `request` makes the bytes of the connection's next request.
pub async fn per_second<F>(port: u16, connections: usize, time: Duration, request: F) -> f64
where
    F: Fn() -> Vec<u8> + Clone + Send + 'static,
{
    let over = Arc::new(AtomicBool::new(false));
    let mut asking = JoinSet::new();
    for _ in 0..connections {
        let (over, request) = (over.clone(), request.clone());
        asking.spawn(async move {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).await.expect("the server listens");
            stream.set_nodelay(true).expect("a socket");
            let mut buffer = Vec::with_capacity(64 * 1024);
            let mut answered = 0u32;
            while !over.load(Ordering::Relaxed) {
                stream.write_all(&request()).await.expect("the server reads");
                answer(&mut stream, &mut buffer).await;
                answered += 1;
            }
            answered
        });
    }
    let begun = Instant::now();
    tokio::time::sleep(time).await;
    over.store(true, Ordering::Relaxed);
    let mut answered = 0;
    while let Some(count) = asking.join_next().await {
        answered += count.expect("a connection");
    }
    f64::from(answered) / begun.elapsed().as_secs_f64()
}

/// Reads one answer by its content-length and leaves the buffer empty.
async fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) {
    buffer.clear();
    let body_at = loop {
        if let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        assert!(stream.read_buf(buffer).await.expect("an answer") > 0, "the server hung up");
    };
    let head = String::from_utf8_lossy(&buffer[..body_at]).to_ascii_lowercase();
    assert!(head.starts_with("http/1.1 200"), "{head}");
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap_or("0");
    let whole = body_at + length.trim().parse::<usize>().expect("a length");
    while buffer.len() < whole {
        assert!(stream.read_buf(buffer).await.expect("an answer") > 0, "the server hung up");
    }
}
