//! Health checks: alive, and ready.
use crate::app::App;
use hollyn_core::store::Db;
use rocket::{State, get, http::Status};

/// `GET /healthz`: the process answers.
#[get("/healthz")]
pub fn healthz() -> &'static str {
    "ok"
}

/// `GET /readyz`: the database answers and has the tables of this version.
#[get("/readyz")]
pub async fn readyz(app: &State<App>) -> (Status, &'static str) {
    match app.ctx.db.version().await {
        Ok(version) if version == Db::newest_version() => (Status::Ok, "ready"),
        Ok(_) => (Status::ServiceUnavailable, "the database has the tables of another version"),
        Err(error) => {
            tracing::error!(%error, "not ready: the database does not answer");
            (Status::ServiceUnavailable, "the database does not answer")
        }
    }
}
