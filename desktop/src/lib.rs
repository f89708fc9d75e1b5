//! The staff app: a native window over the admin API of a portal.
//!
//! `app_state` builds the parts and connects them; `rpc` is the only bridge from the page to the portal. Only
//! `window` and `commands` know the window. The page receives no token and no password that it only copies.
mod app_lock;
pub mod app_state;
pub mod auth;
mod cache;
pub mod clipboard;
mod clock;
mod commands;
#[cfg(test)]
mod contract;
mod deep_link;
pub mod error;
pub mod events;
pub mod export;
pub mod feed;
mod idle;
mod keyring;
mod offline_credentials;
mod offline_store;
mod passwords;
mod pending_removals;
pub mod persisted_state;
mod portal_links;
mod profile;
mod profiles;
mod rpc;
pub mod secret_store;
mod secrets;
mod session;
mod settings;
mod settings_store;
mod sync;
#[cfg(feature = "updates")]
mod update;
mod window;

use std::{
    process::{Command, ExitCode},
    sync::Arc,
    time::Duration,
};

use hollyn_core::error_chain;
use tauri::{AppHandle, Builder, Manager as _, RunEvent};
use tauri_plugin_deep_link::DeepLinkExt as _;
use tauri_plugin_window_state::StateFlags;
use tracing_subscriber::EnvFilter;

use crate::{
    app_state::AppState,
    clock::system_clock,
    feed::FeedCursor,
    secret_store::SystemKeyring,
    window::{PendingLink, SystemClipboard},
};

/// The environment variable that makes the web view accept WebDriver.
const AUTOMATION: &str = "TAURI_WEBVIEW_AUTOMATION";

/// If the environment enables WebDriver in a release build, runs the app without that variable and returns
/// its exit code.
pub fn restart_without_automation() -> Option<ExitCode> {
    if cfg!(any(debug_assertions, feature = "webdriver")) || std::env::var_os(AUTOMATION).is_none() {
        return None;
    }
    let status = std::env::current_exe()
        .and_then(|exe| Command::new(exe).args(std::env::args_os().skip(1)).env_remove(AUTOMATION).status());
    Some(if status.is_ok_and(|status| status.success()) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs the app until its window is closed.
pub fn run() -> ExitCode {
    let filter = EnvFilter::try_from_env("HOLLYN_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    // Without a default provider, the first TLS connection panics.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = match app_state::http_client() {
        Ok(http) => http,
        Err(error) => {
            tracing::error!(
                error = error_chain(&error),
                "the app cannot start: there are no certificate authorities. Install ca-certificates"
            );
            return ExitCode::FAILURE;
        }
    };
    match builder(http).build(context()) {
        Ok(app) => {
            app.run(|app, event| {
                if matches!(event, RunEvent::ExitRequested { .. }) {
                    clear_clipboard(app);
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "the app cannot start");
            ExitCode::FAILURE
        }
    }
}

/// Returns the app's pages and permissions.
pub fn context<R: tauri::Runtime>() -> tauri::Context<R> {
    tauri::generate_context!()
}

fn builder(http: reqwest::Client) -> Builder<tauri::Wry> {
    let saved_flags = StateFlags::all() - StateFlags::VISIBLE - StateFlags::DECORATIONS;
    let builder = Builder::default()
        // Must be first: a second instance ends here and passes its arguments to the first.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| window::focus(app)))
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(saved_flags).build())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build());
    #[cfg(feature = "updates")]
    let builder = builder.plugin(update::plugin());
    builder
        .setup(|app| {
            set_up(app.handle(), http)?;
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![
            commands::active,
            commands::add_profile,
            commands::cached,
            commands::call,
            commands::copy_password,
            commands::copy_text,
            commands::enrol,
            commands::impersonate,
            commands::lock,
            commands::offline_credentials,
            commands::open_panel,
            commands::remove_offline_credentials,
            commands::remove_profile,
            commands::save_export,
            commands::save_offline_credentials,
            commands::set_settings,
            commands::settings,
            commands::show_password,
            commands::sign_in,
            commands::sign_out,
            commands::state,
            commands::unlock,
            commands::use_profile,
        ])
}

fn set_up(app: &AppHandle, http: reqwest::Client) -> Result<(), Box<dyn std::error::Error>> {
    let folder = app.path().app_config_dir()?;
    let handle = app.clone();
    let emit = move |event| window::emit(&handle, event);
    let clipboard = SystemClipboard(app.clone());
    let state =
        Arc::new(AppState::new(&folder, SystemKeyring::default(), clipboard, http, system_clock, emit));
    let theme = state.settings.state().settings.theme;
    app.manage(Arc::clone(&state));
    app.manage(PendingLink::new(app));
    handle_links(app);
    window::create(app, theme)?;
    tauri::async_runtime::spawn(run_background(app.clone(), state));
    #[cfg(feature = "updates")]
    update::check(app);
    Ok(())
}

fn handle_links(app: &AppHandle) {
    let handle = app.clone();
    let open = move |urls: Vec<tauri::Url>| {
        for target in urls.iter().filter_map(deep_link::parse) {
            handle.state::<PendingLink>().open(target);
        }
    };
    if let Ok(Some(urls)) = app.deep_link().get_current() {
        open(urls);
    }
    app.deep_link().on_open_url(move |event| open(event.urls()));
}

/// Restores the session, then polls for changes and watches the clock.
async fn run_background(app: AppHandle, state: Arc<AppState>) {
    state.auth.restore_once().await;
    state.offline_store.remove_stale().await;
    state.auth.confirm().await;
    let watched = Arc::clone(&state);
    tauri::async_runtime::spawn(async move { watched.watch_clock().await });
    let mut cursor = FeedCursor::default();
    loop {
        match state.feed.poll(&mut cursor).await {
            Some(update) => window::show_update(&app, &update),
            None if state.session.get().is_none() => window::show_attention(&app, 0),
            None => {}
        }
        tokio::time::sleep(Duration::from_secs(10)).await;
    }
}

/// Clears a copied secret before the app ends. Not on the main thread, which the clipboard may wait for.
fn clear_clipboard(app: &AppHandle) {
    let Some(state) = app.try_state::<Arc<AppState>>() else { return };
    let clipboard = Arc::clone(&state.clipboard);
    let (done, is_done) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        clipboard.clear_secret(None);
        // Fails if the app has ended.
        let _ = done.send(());
    });
    let _ = is_done.recv_timeout(Duration::from_secs(1));
}
