//! The tests' own connections to a portal's database, beside the portal's.
use sqlx::{AnyPool, any::AnyPoolOptions};
use std::path::Path;

/// Connections to the SQLite file in a portal's data folder. Nothing is opened before the first statement.
pub fn sql_pool(data_dir: &Path) -> AnyPool {
    sqlx::any::install_default_drivers();
    AnyPoolOptions::new()
        .max_connections(2)
        .after_connect(|connection, _| {
            Box::pin(async move {
                let pragmas = "pragma busy_timeout=5000; pragma foreign_keys=on";
                sqlx::raw_sql(pragmas).execute(connection).await.map(drop)
            })
        })
        .connect_lazy(&format!("sqlite://{}/hollyn.db", data_dir.display()))
        .expect("the address of a SQLite file can be read")
}
