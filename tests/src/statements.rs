//! What the database is asked, for tests that a page costs as much with many rows as with one.
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

static ASKED: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Hears every statement that sqlx logs in this process, whichever thread asks. nextest gives each test a process of its
/// own; who runs many tests in one counts the neighbours' statements, too.
struct Ear;

impl<S: Subscriber> Layer<S> for Ear {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            let mut summary = Summary(String::new());
            event.record(&mut summary);
            ASKED.lock().unwrap_or_else(PoisonError::into_inner).push(summary.0);
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
    let mut asked = std::mem::take(&mut *ASKED.lock().unwrap_or_else(PoisonError::into_inner));
    // A connection that is opened on the way is set up, once.
    asked.retain(|statement| !statement.to_lowercase().contains("pragma"));
    asked
}

/// Opens a page twice and returns the second answer with the statements that it took, in order, each by its first words. The
/// first time, connections are opened and what is kept is made.
pub async fn statements_of(browser: &Browser, path: &str) -> (Answer, Vec<String>) {
    browser.get(path).await;
    statements_during(browser.get(path)).await
}

/// What some work brought, with the statements that it took.
pub async fn statements_during<T>(work: impl Future<Output = T>) -> (T, Vec<String>) {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| tracing_subscriber::registry().with(Ear).init());
    take();
    let brought = work.await;
    (brought, take())
}
