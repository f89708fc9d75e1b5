//! Records SQL statements, for tests that a page costs as many statements with many rows as with one.
use crate::{Answer, Browser};
use std::sync::{Mutex, Once, PoisonError};
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt},
    util::SubscriberInitExt,
};

static STATEMENTS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Records every statement that sqlx logs in this process. nextest runs each test in a process of its own;
/// where tests share a process, the statements of others count too.
struct StatementRecorder;

impl<S: Subscriber> Layer<S> for StatementRecorder {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            let mut summary = Summary(String::new());
            event.record(&mut summary);
            STATEMENTS.lock().unwrap_or_else(PoisonError::into_inner).push(summary.0);
        }
    }
}

struct Summary(String);

impl Visit for Summary {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "summary" {
            self.0 = format!("{value:?}");
        }
    }
}

fn take() -> Vec<String> {
    let mut statements = std::mem::take(&mut *STATEMENTS.lock().unwrap_or_else(PoisonError::into_inner));
    // A connection that is opened meanwhile is set up once.
    statements.retain(|statement| !statement.to_lowercase().contains("pragma"));
    statements
}

/// Opens a page twice and returns the second answer with the statements that it took, in order, each by its
/// first words. The first time, connections are opened and what is kept is made.
pub async fn statements_of(browser: &Browser, path: &str) -> (Answer, Vec<String>) {
    browser.get(path).await;
    statements_during(browser.get(path)).await
}

/// The result of some work, with the statements that it took.
pub async fn statements_during<T>(work: impl Future<Output = T>) -> (T, Vec<String>) {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| tracing_subscriber::registry().with(StatementRecorder).init());
    take();
    let result = work.await;
    (result, take())
}
