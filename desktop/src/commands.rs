//! The commands that the app's pages may call. `build.rs` lists them, `capabilities/main.json` allows them,
//! and `contract.rs` exports their types to TypeScript.
use std::sync::Arc;

use hollyn_core::api::{Enrol, Enrolment, ExportQuery, SignIn, Time};
use serde_json::Value;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt as _;

use crate::{
    app_state::{AppSnapshot, AppState},
    auth::{SignInResult, SignOutResult},
    cache::CachedAnswer,
    error::AppError,
    export::{ExportNoun, SavedExport},
    offline_credentials::OfflineCredential,
    passwords::ShownPassword,
    portal_links::Impersonation,
    profile::Profile,
    settings::{Settings, SettingsEdit},
    window::{self, PendingLink},
};

type App<'a> = State<'a, Arc<AppState>>;

/// Returns what the page needs at its start.
#[tauri::command]
pub async fn state(app: App<'_>, link: State<'_, PendingLink>) -> Result<AppSnapshot, AppError> {
    app.auth.restore_once().await;
    link.page_started();
    Ok(app.snapshot())
}

/// Calls an endpoint of the portal.
#[tauri::command]
pub async fn call(
    app: App<'_>,
    endpoint: String,
    id: Option<Value>,
    query: Option<Value>,
    body: Option<Value>,
) -> Result<Value, AppError> {
    app.rpc.call(&endpoint, id.unwrap_or_default(), query.unwrap_or_default(), body.unwrap_or_default()).await
}

/// Returns the last answer to a request.
#[tauri::command]
pub async fn cached(
    app: App<'_>,
    endpoint: String,
    id: Option<Value>,
    query: Option<Value>,
) -> Result<Option<CachedAnswer>, AppError> {
    app.rpc.cached(&endpoint, id.unwrap_or_default(), query.unwrap_or_default())
}

/// Adds a portal by its address.
#[tauri::command]
pub async fn add_profile(app: App<'_>, url: String) -> Result<Profile, AppError> {
    app.profiles.add(&url).await
}

/// Removes a portal with its token and its offline credentials.
#[tauri::command]
pub async fn remove_profile(app: App<'_>, id: String) -> Result<(), AppError> {
    app.profiles.remove(&id).await
}

/// Switches to a portal and restores its session.
#[tauri::command]
pub async fn use_profile(app: App<'_>, id: String) -> Result<(), AppError> {
    app.profiles.switch_to(&id).await
}

/// Signs in at a portal.
#[tauri::command]
pub async fn sign_in(
    app: App<'_>,
    profile: String,
    email: String,
    password: String,
    totp: Option<String>,
    device: String,
) -> Result<SignInResult, AppError> {
    app.auth.sign_in(&profile, SignIn { email, password, totp, device }).await
}

/// Starts the setup of a second factor.
#[tauri::command]
pub async fn enrol(
    app: App<'_>,
    profile: String,
    email: String,
    password: String,
) -> Result<Enrolment, AppError> {
    app.auth.enrol(&profile, Enrol { email, password }).await
}

/// Signs out.
#[tauri::command]
pub async fn sign_out(app: App<'_>) -> Result<SignOutResult, AppError> {
    app.auth.sign_out().await
}

/// Locks the app.
#[tauri::command]
pub async fn lock(app: App<'_>) -> Result<(), AppError> {
    app.lock.lock().await;
    Ok(())
}

/// Unlocks the app with the user's password.
#[tauri::command]
pub async fn unlock(app: App<'_>, password: String) -> Result<(), AppError> {
    app.lock.unlock(password).await
}

/// Records an input, which delays the automatic lock.
#[tauri::command]
pub async fn active(app: App<'_>) -> Result<(), AppError> {
    app.idle.touch();
    Ok(())
}

/// Copies a service's password. Returns when it expires, if it is an offline credential.
#[tauri::command]
pub async fn copy_password(app: App<'_>, service: i64) -> Result<Option<Time>, AppError> {
    app.passwords.copy(service).await
}

/// Returns a service's password, to show it.
#[tauri::command]
pub async fn show_password(app: App<'_>, service: i64) -> Result<ShownPassword, AppError> {
    app.passwords.show(service).await
}

/// Saves a service's credentials in the keyring for some days.
#[tauri::command]
pub async fn save_offline_credentials(
    app: App<'_>,
    service: i64,
    days: i64,
) -> Result<OfflineCredential, AppError> {
    app.offline_credentials.save(service, days).await
}

/// Removes a service's credentials from the keyring.
#[tauri::command]
pub async fn remove_offline_credentials(app: App<'_>, service: i64) -> Result<(), AppError> {
    app.offline_credentials.remove(service).await?;
    // The page does not wait for the portal.
    let app = Arc::clone(&app);
    tauri::async_runtime::spawn(async move { app.offline_credentials.send_removals().await });
    Ok(())
}

/// Lists the credentials in the keyring.
#[tauri::command]
pub async fn offline_credentials(app: App<'_>) -> Result<Vec<OfflineCredential>, AppError> {
    app.offline_credentials.list().await
}

/// Copies text that is not secret.
#[tauri::command]
pub async fn copy_text(app: App<'_>, text: String) -> Result<(), AppError> {
    app.session.require_unlocked()?;
    app.clipboard.copy_text(text).await
}

/// Opens the portal as a customer, in the system's browser.
#[tauri::command]
pub async fn impersonate(
    handle: AppHandle,
    app: App<'_>,
    user: i64,
    reason: String,
) -> Result<Impersonation, AppError> {
    let link = app.portal_links.impersonate(user, reason).await?;
    window::open_in_browser(&handle, link.url)?;
    Ok(Impersonation { expires_at: link.expires_at })
}

/// Opens a customer's control panel, in the system's browser.
#[tauri::command]
pub async fn open_panel(handle: AppHandle, app: App<'_>, service: i64) -> Result<(), AppError> {
    window::open_in_browser(&handle, app.portal_links.panel(service).await?)
}

/// Asks the user for a file and saves an export in it. Returns null if the user cancels.
#[tauri::command]
pub async fn save_export(
    handle: AppHandle,
    app: App<'_>,
    noun: ExportNoun,
    query: Option<ExportQuery>,
) -> Result<Option<SavedExport>, AppError> {
    app.session.require_session()?;
    let (chosen, choice) = tokio::sync::oneshot::channel();
    handle
        .dialog()
        .file()
        .set_title("Save as CSV")
        .set_file_name(format!("{}.csv", noun.as_str()))
        .add_filter("CSV", &["csv"])
        .save_file(move |path| {
            // Fails if the app ends in the meantime.
            let _ = chosen.send(path);
        });
    let Some(path) = choice.await.ok().flatten().and_then(|path| path.into_path().ok()) else {
        return Ok(None);
    };
    app.exporter.save(noun, &query.unwrap_or_default(), path).await.map(Some)
}

/// Returns the settings.
#[tauri::command]
pub async fn settings(app: App<'_>) -> Result<Settings, AppError> {
    Ok(app.settings.state().settings.clone())
}

/// Changes the settings and returns all of them.
#[tauri::command]
pub async fn set_settings(
    handle: AppHandle,
    app: App<'_>,
    settings: SettingsEdit,
) -> Result<Settings, AppError> {
    let edited = app.settings.state().settings.edited(&settings)?;
    app.settings.update(|state| state.settings = edited.clone());
    window::set_theme(&handle, edited.theme);
    Ok(edited)
}
