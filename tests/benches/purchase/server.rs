//! A process that serves: the portal as it is released, or Rocket with nothing in it.
use std::{
    net::{Ipv4Addr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::Instant,
};

/// Ends with its owner.
pub struct Server {
    child: Child,
    pub port: u16,
    /// From the start of the process to its first `200 OK`.
    pub ready_after: Duration,
}

impl Server {
    /// The portal with its data in `dir`; `env` leads it to its providers, and without it is the sandbox.
    pub async fn portal(dir: &Path, env: &[(String, String)], words: &[&str]) -> Server {
        let port = free_port();
        let mut command = Command::new(env!("CARGO_BIN_EXE_portal-that-dies"));
        command.arg("serve").args(words);
        command.env_clear().envs(env.iter().map(|(name, value)| (name, value)));
        command.env("ROCKET_PORT", port.to_string()).env("HOLLYN_DATA_DIR", dir);
        // Every connection of the load generator comes from one address.
        command.env("LIMIT_WEBHOOK_ADDRESS", "1000000").current_dir(dir);
        Server::start(command, port, "/readyz").await
    }

    /// Rocket with nothing in it.
    pub async fn hello() -> Server {
        let port = free_port();
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.args(["hello", &port.to_string()]).env_clear();
        Server::start(command, port, "/").await
    }

    async fn start(mut command: Command, port: u16, path: &str) -> Server {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let begun = Instant::now();
        let child = command.spawn().expect("the server starts");
        let mut server = Server { child, port, ready_after: Duration::ZERO };
        while !server.get(path).await.is_some_and(|answer| answer.starts_with("HTTP/1.1 200")) {
            assert!(server.child.try_wait().expect("a process").is_none(), "the server ended");
            assert!(begun.elapsed() < Duration::from_secs(30), "the server is not ready after 30 s");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        server.ready_after = begun.elapsed();
        server
    }

    /// Opens a page on a connection of its own.
    pub async fn get(&self, path: &str) -> Option<String> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).await.ok()?;
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nconnection: close\r\n\r\n", self.port);
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.ok()?;
        Some(String::from_utf8_lossy(&answer).into_owned())
    }

    /// The processor's time that the process has used, of all its threads, in seconds. Linux counts it in
    /// hundredths.
    pub fn worked(&self) -> f64 {
        let text =
            std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).expect("Linux tells it");
        // The fields behind the program's name; 14 and 15 of all are the ticks in user and system mode.
        let fields = text.rsplit(')').next().unwrap_or_default().split_whitespace();
        fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
    }

    /// `Pss` or `Rss` of the process, in megabytes.
    pub fn memory(&self, name: &str) -> f64 {
        let file = format!("/proc/{}/smaps_rollup", self.child.id());
        let text = std::fs::read_to_string(file).expect("Linux tells a process's memory");
        let line = text.lines().find(|line| line.starts_with(&format!("{name}:"))).expect("the line");
        let kilobytes: f64 = line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).expect("a number");
        kilobytes / 1024.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|l| l.local_addr()).expect("a free port").port()
}
