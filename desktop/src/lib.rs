//! The desk of a portal's staff: a native window over the admin API.
//!
//! `rpc` is the one bridge from the page to the portal, `session` knows who is signed in and keeps the token in the
//! system's keyring, `clipboard` and `secrets` handle what must not be seen, `kept` what is taken along for offline use,
//! `feed` looks for what happens. All of that knows no window; `window` and `commands` do, and nothing else. No token and
//! no copied password ever reaches the page.
pub mod cache;
pub mod clipboard;
mod commands;
pub mod desk;
pub mod export;
pub mod feed;
pub mod kept;
pub mod keyring;
mod letting_go;
pub mod links;
pub mod lock;
pub mod profile;
pub mod rpc;
pub mod secrets;
pub mod session;
pub mod settings;
pub mod trouble;
#[cfg(feature = "updates")]
mod update;
mod window;

use std::{
    process::{Command, ExitCode},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use hollyn_core::{chain, domain::time::Moment};
use tauri::{AppHandle, Builder, Manager as _, RunEvent};
use tauri_plugin_deep_link::DeepLinkExt as _;
use tauri_plugin_window_state::StateFlags;
use tracing_subscriber::EnvFilter;

use crate::{
    desk::Desk,
    keyring::SystemKeyring,
    window::{SystemBoard, Waiting},
};

/// The variable by which the web view lets itself be driven from outside.
const DRIVEN: &str = "TAURI_WEBVIEW_AUTOMATION";

/// What is held by a lock. A thread that panicked with it leaves a value that is still whole: each change is one step.
pub(crate) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A shipped app lets nobody drive it: whoever set the variable gets an app that was started without it. Some where that
/// has happened, with how it ended.
pub fn undriven() -> Option<ExitCode> {
    if cfg!(any(debug_assertions, feature = "driven")) || std::env::var_os(DRIVEN).is_none() {
        return None;
    }
    let again = std::env::current_exe()
        .and_then(|exe| Command::new(exe).args(std::env::args_os().skip(1)).env_remove(DRIVEN).status());
    Some(if again.is_ok_and(|status| status.success()) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs until its window is closed.
pub fn run() -> ExitCode {
    let filter = EnvFilter::try_from_env("HOLLYN_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    // The first that asks for TLS would otherwise choose, and panic for want of a choice.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = match desk::http() {
        Ok(http) => http,
        Err(error) => {
            let why = error_chain(&error);
            tracing::error!(
                why,
                "the app does not start: the system's certificate authorities cannot be read. Install ca-certificates"
            );
            return ExitCode::FAILURE;
        }
    };
    match builder(http).build(context()) {
        Ok(app) => {
            app.run(|app, event| {
                if matches!(event, RunEvent::ExitRequested { .. }) {
                    leave(app);
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "the app does not start");
            ExitCode::FAILURE
        }
    }
}

/// What the app is built from: its pages, and which of them may call what.
pub fn context<R: tauri::Runtime>() -> tauri::Context<R> {
    tauri::generate_context!()
}

fn builder(http: reqwest::Client) -> Builder<tauri::Wry> {
    let places = StateFlags::all() - StateFlags::VISIBLE - StateFlags::DECORATIONS;
    let builder = Builder::default()
        // First: a second start ends here, and hands over what it was started with.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| window::come_forward(app)))
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(places).build())
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
            commands::remove_offline_credentials,
            commands::enrol,
            commands::impersonate,
            commands::save_offline_credentials,
            commands::kept_credentials,
            commands::lock,
            commands::open_panel,
            commands::remove_profile,
            commands::save_export,
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
    let to_page = app.clone();
    let desk = Arc::new(Desk::new(
        &folder,
        SystemKeyring::default(),
        SystemBoard(app.clone()),
        http,
        now,
        move |event| window::tell(&to_page, event),
    ));
    let theme = desk.book.kept().settings.theme;
    app.manage(Arc::clone(&desk));
    app.manage(Waiting::for_app(app));
    watch_links(app);
    window::make(app, theme)?;
    tauri::async_runtime::spawn(work(app.clone(), desk));
    #[cfg(feature = "updates")]
    update::look(app);
    Ok(())
}

fn watch_links(app: &AppHandle) {
    let to = app.clone();
    let open = move |urls: Vec<tauri::Url>| {
        for opened in urls.iter().filter_map(links::read) {
            to.state::<Waiting>().open(opened);
        }
    };
    if let Ok(Some(urls)) = app.deep_link().get_current() {
        open(urls);
    }
    app.deep_link().on_open_url(move |event| open(event.urls()));
}

/// What goes on by itself: the sign-in that is kept, then looking for changes and at the clock.
async fn work(app: AppHandle, desk: Arc<Desk>) {
    desk.restored.get_or_init(|| desk.restore()).await;
    desk.end_kept().await;
    desk.confirm().await;
    let watched = Arc::clone(&desk);
    tauri::async_runtime::spawn(async move { watched.watch_the_clock().await });
    let mut place = feed::Place::default();
    loop {
        match desk.look(&mut place).await {
            Some(news) => window::show(&app, &news),
            None if desk.signed_in().is_none() => window::badge(&app, 0),
            None => {}
        }
        tokio::time::sleep(Duration::from_secs(10)).await;
    }
}

/// Takes a copied secret along when the app ends. Away from the main thread, which the clipboard may wait for.
fn leave(app: &AppHandle) {
    let Some(desk) = app.try_state::<Arc<Desk>>() else { return };
    let clipboard = Arc::clone(&desk.clipboard);
    let (done, is_done) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        clipboard.clear(None);
        // Where nobody waits any more, the app has ended.
        let _ = done.send(());
    });
    let _ = is_done.recv_timeout(Duration::from_secs(1));
}

#[expect(clippy::disallowed_methods, reason = "the program's clock; everything else is handed it")]
fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}
