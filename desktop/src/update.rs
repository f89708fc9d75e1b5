//! Newer versions of the app: looked for once per start, signed by the key this one was built with, installed when
//! somebody says yes.
use tauri::{AppHandle, Wry, plugin::TauriPlugin};
use tauri_plugin_dialog::{DialogExt as _, MessageDialogButtons};
use tauri_plugin_updater::{Builder, Config, Update, UpdaterExt as _};

/// The public half of the key that releases are signed with.
const KEY: &str = env!("HOLLYN_UPDATE_KEY", "the feature `updates` needs the key's public half");

pub fn plugin() -> TauriPlugin<Wry, Config> {
    Builder::new().pubkey(KEY).build()
}

/// Looks, and asks.
pub fn look(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let found = match app.updater() {
            Ok(updater) => updater.check().await,
            Err(error) => Err(error),
        };
        match found {
            Ok(Some(update)) => ask(&app, update),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "no newer version can be looked for"),
        }
    });
}

fn ask(app: &AppHandle, update: Update) {
    let installed = app.clone();
    app.dialog()
        .message(format!("Version {} is here. The app restarts when it is installed.", update.version))
        .title("Hollyn Online")
        .buttons(MessageDialogButtons::OkCancelCustom("Install".into(), "Later".into()))
        .show(move |is_wanted| {
            if !is_wanted {
                return;
            }
            tauri::async_runtime::spawn(async move {
                match update.download_and_install(|_, _| {}, || {}).await {
                    Ok(()) => installed.restart(),
                    Err(error) => tracing::error!(%error, "the newer version is not installed"),
                }
            });
        });
}
