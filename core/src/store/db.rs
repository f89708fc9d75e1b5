//! Connections, transactions that run again when the database asks for it, and migrations.
use super::{Error, Result};
use sqlx::{
    Any, AnyPool, Transaction,
    any::{AnyConnectOptions, AnyPoolOptions},
};
use std::{
    str::FromStr,
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

/// The database. SQLite has one writer and a few readers: a queue in front of it is faster than a fight inside it.
pub struct Db {
    read: AnyPool,
    write: AnyPool,
    /// How many transactions are open now.
    open: AtomicI64,
}

/// How often a transaction is run again before its failure is believed.
const TRIES: u32 = 8;

/// sqlx has no time-out of its own, and a hung host never answers.
const LONGEST: Duration = Duration::from_secs(8);

impl Db {
    /// Opens (and makes, where it is missing) the SQLite file behind `url`, like `sqlite:///srv/hollyn/hollyn.db`.
    pub async fn open(url: &str) -> Result<Db> {
        sqlx::any::install_default_drivers();
        let separator = if url.contains('?') { '&' } else { '?' };
        let options = AnyConnectOptions::from_str(&format!("{url}{separator}mode=rwc"))?;
        let pool = |connections| {
            AnyPoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(LONGEST)
                .test_before_acquire(false)
                .max_lifetime(None)
                .idle_timeout(None)
                .after_connect(|c, _| {
                    Box::pin(async move {
                        let pragmas = "pragma busy_timeout=5000; pragma journal_mode=wal; pragma synchronous=full; \
                                       pragma foreign_keys=on; pragma cache_size=-4000; pragma temp_store=memory";
                        sqlx::raw_sql(pragmas).execute(c).await.map(drop)
                    })
                })
                .connect_lazy_with(options.clone())
        };
        let db = Db { read: pool(4), write: pool(1), open: AtomicI64::new(0) };
        db.write.acquire().await?;
        Ok(db)
    }

    /// Brings the tables up to this version.
    pub async fn migrate(&self) -> Result<()> {
        Ok(sqlx::migrate!("../migrations/sqlite").run(&self.write).await?)
    }

    /// Whether the tables are those of this version: the number of the newest migration that ran.
    pub async fn version(&self) -> Result<i64> {
        Ok(sqlx::query_scalar("select coalesce(max(version), 0) from _sqlx_migrations")
            .fetch_one(&self.read)
            .await?)
    }

    /// The newest migration that this program knows.
    pub fn newest_version() -> i64 {
        sqlx::migrate!("../migrations/sqlite").iter().map(|m| m.version).max().unwrap_or(0)
    }

    /// Writes a complete copy of the running database to `file`, which must not exist, and checks the copy.
    pub async fn backup(&self, file: &str) -> Result<()> {
        sqlx::query("vacuum into ?").bind(file.to_owned()).execute(&self.write).await?;
        let copy =
            AnyPoolOptions::new().max_connections(1).connect(&format!("sqlite://{file}?mode=ro")).await?;
        let verdict: String = sqlx::query_scalar("pragma integrity_check").fetch_one(&copy).await?;
        copy.close().await;
        if verdict == "ok" {
            Ok(())
        } else {
            Err(sqlx::Error::Protocol(format!("the copy is damaged: {verdict}")).into())
        }
    }

    /// Waits for what is under way and closes the files.
    pub async fn close(&self) {
        self.write.close().await;
        self.read.close().await;
    }

    /// For reads outside a transaction.
    pub fn reader(&self) -> &AnyPool {
        &self.read
    }

    /// How many transactions are open now.
    pub fn open_transactions(&self) -> i64 {
        self.open.load(Ordering::SeqCst)
    }

    /// Begins a transaction that may write. Ops use [`tx!`](crate::tx), which also ends it.
    pub async fn begin(&self) -> Result<(Transaction<'static, Any>, Open<'_>)> {
        let tx = self.write.begin_with("begin immediate").await?;
        self.open.fetch_add(1, Ordering::SeqCst);
        Ok((tx, Open(&self.open)))
    }

    /// After one attempt: its result, or None where the whole transaction should be run again.
    pub async fn again<T>(&self, tries: &mut u32, result: Result<T>) -> Option<Result<T>> {
        match result {
            Err(error) if *tries < TRIES && passes(&error) => {
                *tries += 1;
                tokio::time::sleep(Duration::from_millis(5 << *tries)).await;
                None
            }
            result => Some(result),
        }
    }
}

/// Counts a transaction as open until it is dropped.
pub struct Open<'a>(&'a AtomicI64);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Whether running the transaction again may help.
fn passes(error: &Error) -> bool {
    match error {
        Error::Sql(error) => is_busy(error),
        Error::Raced(_) => true,
        Error::Stale(_) | Error::NoSuchStep(_) | Error::Unreadable(_) | Error::Migrate(_) => false,
    }
}

/// SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT, SQLITE_LOCKED, SQLITE_LOCKED_SHAREDCACHE.
fn is_busy(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|e| matches!(e.code().as_deref(), Some("5" | "517" | "6" | "262")))
}

/// Ends a wait for the database that nobody would wait for. Meanwhile this task may call no provider.
pub async fn limit<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::time::timeout(LONGEST, crate::wire::quiet(work))
        .await
        .unwrap_or(Err(Error::Sql(sqlx::Error::PoolTimedOut)))
}

/// Runs the block in one transaction: `tx!(&db, c => { ...; Ok(value) })`. `c` is the connection.
///
/// An error rolls back. Where the database was busy, the whole block runs again, so it must not do anything but SQL.
#[macro_export]
macro_rules! tx {
    ($db:expr, $c:ident => $body:expr) => {{
        let db: &$crate::store::Db = $db;
        let mut tries = 0;
        loop {
            let work = async {
                let (mut transaction, _open) = db.begin().await?;
                let $c: &mut sqlx::AnyConnection = &mut *transaction;
                let value: $crate::store::Result<_> = async { $body }.await;
                let value = value?;
                transaction.commit().await?;
                Ok(value)
            };
            let result = $crate::store::limit(work).await;
            if let Some(result) = db.again(&mut tries, result).await {
                break result;
            }
        }
    }};
}

/// The same for reads: `read!(&db, c => store::orders::by_uuid(c, uuid).await)`.
#[macro_export]
macro_rules! read {
    ($db:expr, $c:ident => $body:expr) => {{
        let db: &$crate::store::Db = $db;
        let mut tries = 0;
        loop {
            let work = async {
                let mut connection = db.reader().acquire().await?;
                let $c: &mut sqlx::AnyConnection = &mut *connection;
                let value: $crate::store::Result<_> = async { $body }.await;
                value
            };
            let result = $crate::store::limit(work).await;
            if let Some(result) = db.again(&mut tries, result).await {
                break result;
            }
        }
    }};
}
