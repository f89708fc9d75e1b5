//! Updates: checked once per start, verified with the key that the app was built with, installed when the
//! user agrees. The signature names the version that it was made for (`requireSignedVersion` in
//! `updates.json`), and only a newer one is installed: the feed cannot lead back to an older release.
use tauri::{AppHandle, Wry, plugin::TauriPlugin};
use tauri_plugin_dialog::{DialogExt as _, MessageDialogButtons};
use tauri_plugin_updater::{Builder, Config, RemoteRelease, Update, UpdaterExt as _};

/// The public key of the releases.
const KEY: &str = env!("HOLLYN_UPDATE_KEY", "the feature `updates` needs the public key");

pub fn plugin() -> TauriPlugin<Wry, Config> {
    let is_newer = |current, release: RemoteRelease| release.version > current;
    Builder::new().pubkey(KEY).default_version_comparator(is_newer).build()
}

/// Checks for an update and asks the user whether to install it.
pub fn check(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let checked = match app.updater() {
            Ok(updater) => updater.check().await,
            Err(error) => Err(error),
        };
        match checked {
            Ok(Some(update)) => ask(&app, update),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "the check for updates failed"),
        }
    });
}

fn ask(app: &AppHandle, update: Update) {
    let handle = app.clone();
    app.dialog()
        .message(format!("Version {} is available. The app restarts after the installation.", update.version))
        .title("Hollyn Online")
        .buttons(MessageDialogButtons::OkCancelCustom("Install".into(), "Later".into()))
        .show(move |is_accepted| {
            if !is_accepted {
                return;
            }
            tauri::async_runtime::spawn(async move {
                match update.download_and_install(|_, _| {}, || {}).await {
                    Ok(()) => handle.restart(),
                    Err(error) => tracing::error!(%error, "the update was not installed"),
                }
            });
        });
}
