//! The portal as a process of its own, that can be killed and started again on what it left behind.
use hollyn_core::{clock::Clock, store::Db};
use hollyn_tests::Providers;
use sqlx::AssertSqlSafe;
use std::{
    fs::OpenOptions,
    net::{Ipv4Addr, TcpListener},
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU16, Ordering},
    },
    time::Duration,
};
use tempfile::TempDir;

/// How often a condition is looked at again.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Where one portal lives: its folder, its port, its providers, and how far its time has been moved on.
pub struct Home {
    dir: TempDir,
    port: u16,
    env: Vec<(String, String)>,
    skipped_micros: Arc<AtomicI64>,
}

impl Home {
    /// A new folder and a port, and providers that live by the same clock.
    pub async fn new() -> (Home, Providers) {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let skipped_micros = Arc::new(AtomicI64::new(0));
        let skipped = skipped_micros.clone();
        let now = move || Clock::System.now().0 + skipped.load(Ordering::SeqCst);
        let providers = Providers::start(Arc::new(now), None).await.expect("the providers start");
        let dir = tempfile::tempdir().expect("a folder");
        let port = free_port();
        let mut env = providers.env();
        let own = [
            ("ROCKET_PORT", port.to_string()),
            ("APP_URL", format!("http://127.0.0.1:{port}")),
            ("HOLLYN_DATA_DIR", dir.path().display().to_string()),
            // A try that ends badly is followed at once; and no kill and no fault here is to use all of them
            // up.
            ("PROVISION_BACKOFF", "0".into()),
            ("PROVISION_TRIES", "12".into()),
        ];
        env.extend(own.map(|(name, value)| (name.to_owned(), value)));
        (Home { dir, port, env, skipped_micros }, providers)
    }

    /// `http://127.0.0.1:PORT`: the same at every start.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts the portal. With `die_at`, it will die there.
    pub fn start(&self, die_at: Option<&str>) -> Portal {
        let log = OpenOptions::new().create(true).append(true).open(self.log()).expect("the log opens");
        let child = Command::new(env!("CARGO_BIN_EXE_portal-that-dies"))
            .arg("serve")
            .current_dir(self.dir.path())
            .env_clear()
            .envs(self.env.iter().map(|(name, value)| (name, value)))
            .envs(die_at.map(|point| ("DIE_AT", point)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("the portal starts");
        Portal { child }
    }

    /// While no portal runs: it stays away for so long. The database's times move back instead of the clock
    /// forward, which comes to the same; the providers' clock moves on.
    pub async fn let_time_pass(&self, seconds: i64) {
        let db = self.db().await;
        let tables: Vec<String> = sqlx::query_scalar(
            "select name from sqlite_master where type = 'table' and name not like 'sqlite%' \
             and name not like '\\_sqlx%' escape '\\' and name not like 'audit\\_%' escape '\\'",
        )
        .fetch_all(db.reader().await.expect("a connection").connection())
        .await
        .expect("the tables' names");
        let mut transaction = db.begin().await.expect("a transaction");
        for table in tables {
            let times: Vec<String> = sqlx::query_scalar(
                "select name from pragma_table_info(?) \
                 where name like '%\\_at' escape '\\' or name like '%until'",
            )
            .bind(&table)
            .fetch_all(transaction.connection())
            .await
            .expect("the columns' names");
            for column in times {
                let sql = format!("update {table} set {column} = {column} - ? where {column} > 0");
                sqlx::query(AssertSqlSafe(sql))
                    .bind(seconds * 1_000_000)
                    .execute(transaction.connection())
                    .await
                    .expect("time passes");
            }
        }
        transaction.commit().await.expect("time passes");
        db.close().await;
        self.skipped_micros.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    /// The database, beside the portal or after it.
    pub async fn db(&self) -> Db {
        let file = self.dir.path().join("hollyn.db");
        assert!(file.exists(), "the portal has made its database");
        Db::open(&format!("sqlite://{}", file.display())).await.expect("the database opens")
    }

    /// The folder with the portal's data.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// The last lines that the portal logged, over all its lives.
    pub fn last_words(&self) -> String {
        let text = std::fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }

    fn log(&self) -> PathBuf {
        self.dir.path().join("portal.log")
    }
}

/// Below the ports that the system hands out by itself: while the portal is dead, no other process gets its
/// port.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    loop {
        let nth = NEXT.fetch_add(1, Ordering::SeqCst);
        let begin = u16::try_from(std::process::id() % 40).unwrap_or(0) * 256;
        let port = 20_000 + begin + nth % 256;
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return port;
        }
    }
}

/// A running portal, or what is left of it. Ends with its owner.
pub struct Portal {
    child: Child,
}

impl Portal {
    /// Returns when the process is gone.
    pub async fn death(&mut self) -> ExitStatus {
        loop {
            if let Some(status) = self.child.try_wait().expect("the process can be looked at") {
                return status;
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// Kills it wherever it is.
    pub async fn kill(&mut self) {
        self.child.kill().expect("the process can be killed");
        self.death().await;
    }
}

/// Whether a process was ended by `kill -9`, and not by itself.
pub fn was_killed(status: ExitStatus) -> bool {
    status.signal() == Some(9)
}

impl Drop for Portal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
