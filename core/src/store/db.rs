//! Connections, transactions that run again when the database asks for it, and migrations.
use super::{Error, Result};
use sqlx::{
    Any, AnyConnection, AnyPool, Transaction,
    any::{AnyConnectOptions, AnyPoolOptions},
    pool::PoolConnection,
};
use std::{str::FromStr, time::Duration};

/// A connection that an op reads or writes with. One from [`tx!`](crate::tx) is a transaction.
pub struct Tx(Connection);

enum Connection {
    /// Statements of their own.
    Plain(PoolConnection<Any>),
    /// Statements that are committed together.
    Transaction(Transaction<'static, Any>),
}

impl Tx {
    /// What the store's statements run on.
    pub fn connection(&mut self) -> &mut AnyConnection {
        match &mut self.0 {
            Connection::Plain(connection) => connection,
            Connection::Transaction(transaction) => transaction,
        }
    }

    /// Commits. Dropped without this, a transaction is rolled back.
    pub async fn commit(self) -> Result<()> {
        match self.0 {
            Connection::Plain(_) => Ok(()),
            Connection::Transaction(transaction) => Ok(transaction.commit().await?),
        }
    }
}

/// The database. SQLite has one writer and a few readers: writers that wait for the one connection are faster
/// than writers that wait for SQLite's lock.
pub struct Db {
    read: AnyPool,
    write: AnyPool,
}

/// What every connection is set to.
const PRAGMAS: &str = "pragma busy_timeout=5000; pragma journal_mode=wal; pragma synchronous=full; \
    pragma foreign_keys=on; pragma cache_size=-4000; pragma temp_store=memory";

/// How often a transaction is run again before its failure is believed.
const TRIES: u32 = 8;

/// sqlx has no time-out of its own, and a hung host never answers.
const LONGEST: Duration = Duration::from_secs(8);

impl Db {
    /// Opens (and makes, where it is missing) the SQLite file behind `url`, like
    /// `sqlite:///srv/hollyn/hollyn.db`.
    pub async fn open(url: &str) -> Result<Db> {
        sqlx::any::install_default_drivers();
        let separator = if url.contains('?') { '&' } else { '?' };
        let options = AnyConnectOptions::from_str(&format!("{url}{separator}mode=rwc"))?;
        let pool = |connections, is_read_only: bool| {
            AnyPoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(LONGEST)
                .test_before_acquire(false)
                .max_lifetime(None)
                .idle_timeout(None)
                .after_connect(move |connection, _| {
                    Box::pin(async move {
                        sqlx::raw_sql(PRAGMAS).execute(&mut *connection).await?;
                        if is_read_only {
                            sqlx::raw_sql("pragma query_only=on").execute(connection).await?;
                        }
                        Ok(())
                    })
                })
                .connect_lazy_with(options.clone())
        };
        let db = Db { read: pool(4, true), write: pool(1, false) };
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
        if verdict == "ok" { Ok(()) } else { Err(Error::BackupDamaged(verdict)) }
    }

    /// Waits for what is under way and closes the files.
    pub async fn close(&self) {
        self.write.close().await;
        self.read.close().await;
    }

    /// A connection for reads. Ops use [`read!`](crate::read).
    pub async fn reader(&self) -> Result<Tx> {
        Ok(Tx(Connection::Plain(self.read.acquire().await?)))
    }

    /// A transaction that only reads: all its statements see the same moment, and no writer waits for it.
    pub async fn snapshot(&self) -> Result<Tx> {
        Ok(Tx(Connection::Transaction(self.read.begin().await?)))
    }

    /// Begins a transaction that may write. Ops use [`tx!`](crate::tx), which also ends it.
    pub async fn begin(&self) -> Result<Tx> {
        Ok(Tx(Connection::Transaction(self.write.begin_with("begin immediate").await?)))
    }

    /// After one attempt: its result, or None where the whole transaction should be run again.
    pub async fn again<T>(&self, tries: &mut u32, result: Result<T>) -> Option<Result<T>> {
        match result {
            Err(error) if *tries < TRIES && error.is_transient() => {
                *tries += 1;
                tokio::time::sleep(Duration::from_millis(5 << *tries)).await;
                None
            }
            result => Some(result),
        }
    }
}

/// Ends work with the database that takes longer than [`LONGEST`]. Until then this task may call no provider.
pub async fn limit<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::time::timeout(LONGEST, crate::http::in_transaction(work)).await.unwrap_or(Err(Error::TimedOut))
}

/// Runs the block in one transaction: `tx!(&db, tx => { ...; Ok(value) })`. `tx` is a [`Tx`].
///
/// An error rolls back. Where the database is busy, the whole block runs again, so it must do nothing but
/// SQL.
#[macro_export]
macro_rules! tx {
    ($db:expr, $tx:ident => $body:expr) => {{
        let db: &$crate::store::Db = $db;
        let mut tries = 0;
        loop {
            let work = async {
                let mut transaction = db.begin().await?;
                let $tx: &mut $crate::store::Tx = &mut transaction;
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

/// The same for reads: `read!(&db, tx => store::orders::by_uuid(tx, uuid).await)`.
#[macro_export]
macro_rules! read {
    ($db:expr, $tx:ident => $body:expr) => {{
        let db: &$crate::store::Db = $db;
        let mut tries = 0;
        loop {
            let work = async {
                let mut connection = db.reader().await?;
                let $tx: &mut $crate::store::Tx = &mut connection;
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
