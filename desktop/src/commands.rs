//! What the app's pages may ask of Rust, and no other page: `build.rs` names them, `capabilities/main.json` allows them.
use std::sync::Arc;

use hollyn_core::api::{Enrol, Enrolment, ExportQuery, Reason, SignIn, Staff, Time};
use serde::Serialize;
use serde_json::Value;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt as _;
use tauri_plugin_opener::OpenerExt as _;

use crate::{
    cache::Answered,
    desk::Desk,
    export::{self, Saved},
    held,
    kept::KeptLogin,
    keyring::Condition,
    profile::{self, Profile},
    secrets::Shown,
    session::{Parted, Welcome},
    settings::{Settings, SettingsEdit},
    trouble::Trouble,
    window::{self, Waiting},
};

type Held<'a> = State<'a, Arc<Desk>>;

/// What the page begins with.
#[derive(Debug, Serialize)]
pub struct Now {
    profiles: Vec<Profile>,
    active: Option<String>,
    signed_in: Option<Staff>,
    locked: bool,
    keyring: Condition,
    company: Option<String>,
    portal_version: Option<String>,
    app_version: &'static str,
    settings: Settings,
}

#[tauri::command]
pub async fn state(desk: Held<'_>, waiting: State<'_, Waiting>) -> Result<Now, Trouble> {
    desk.restored.get_or_init(|| desk.restore()).await;
    // The page listens once it knows where it is.
    waiting.page_is_there();
    let about = held(&desk.about).clone();
    let signed_in = desk.signed_in();
    let kept = desk.book.kept();
    Ok(Now {
        profiles: kept.profiles.clone(),
        active: kept.active.clone(),
        locked: signed_in.is_some() && kept.is_locked,
        signed_in: signed_in.map(|signed_in| signed_in.staff),
        keyring: *held(&desk.keyring),
        company: about
            .as_ref()
            .map(|about| about.company.clone())
            .or_else(|| kept.active().map(|profile| profile.name.clone())),
        portal_version: about.map(|about| about.version),
        app_version: env!("CARGO_PKG_VERSION"),
        settings: kept.settings.clone(),
    })
}

#[tauri::command]
pub async fn call(
    desk: Held<'_>,
    endpoint: String,
    id: Option<Value>,
    query: Option<Value>,
    body: Option<Value>,
) -> Result<Value, Trouble> {
    desk.call(&endpoint, id.unwrap_or_default(), query.unwrap_or_default(), body.unwrap_or_default()).await
}

#[tauri::command]
pub async fn cached(
    desk: Held<'_>,
    endpoint: String,
    id: Option<Value>,
    query: Option<Value>,
) -> Result<Option<Answered>, Trouble> {
    desk.cached(&endpoint, id.unwrap_or_default(), query.unwrap_or_default())
}

#[tauri::command]
pub async fn add_profile(desk: Held<'_>, url: String) -> Result<Profile, Trouble> {
    desk.add_profile(&url).await
}

#[tauri::command]
pub async fn remove_profile(desk: Held<'_>, id: String) -> Result<(), Trouble> {
    desk.remove_profile(&id).await
}

#[tauri::command]
pub async fn use_profile(desk: Held<'_>, id: String) -> Result<(), Trouble> {
    desk.use_profile(&id).await
}

#[tauri::command]
pub async fn sign_in(
    desk: Held<'_>,
    profile: String,
    email: String,
    password: String,
    totp: Option<String>,
    device: String,
) -> Result<Welcome, Trouble> {
    desk.sign_in(&profile, SignIn { email, password, totp, device }).await
}

#[tauri::command]
pub async fn enrol(
    desk: Held<'_>,
    profile: String,
    email: String,
    password: String,
) -> Result<Enrolment, Trouble> {
    desk.enrol(&profile, Enrol { email, password }).await
}

#[tauri::command]
pub async fn sign_out(desk: Held<'_>) -> Result<Parted, Trouble> {
    desk.sign_out().await
}

#[tauri::command]
pub async fn lock(desk: Held<'_>) -> Result<(), Trouble> {
    desk.lock().await;
    Ok(())
}

#[tauri::command]
pub async fn unlock(desk: Held<'_>, password: String) -> Result<(), Trouble> {
    desk.unlock(password).await
}

/// Somebody has a hand on the app.
#[tauri::command]
pub async fn active(desk: Held<'_>) -> Result<(), Trouble> {
    desk.touch();
    Ok(())
}

#[tauri::command]
pub async fn copy_password(desk: Held<'_>, service: i64) -> Result<Option<Time>, Trouble> {
    desk.copy_password(service).await
}

#[tauri::command]
pub async fn show_password(desk: Held<'_>, service: i64) -> Result<Shown, Trouble> {
    desk.show_password(service).await
}

#[tauri::command]
pub async fn save_offline_credentials(desk: Held<'_>, service: i64, days: i64) -> Result<KeptLogin, Trouble> {
    desk.save_offline_credentials(service, days).await
}

#[tauri::command]
pub async fn remove_offline_credentials(desk: Held<'_>, service: i64) -> Result<(), Trouble> {
    desk.remove_offline_credentials(service).await?;
    // It is gone from here: nobody waits for the network.
    let desk = Arc::clone(&desk);
    tauri::async_runtime::spawn(async move { desk.tell_dropped().await });
    Ok(())
}

#[tauri::command]
pub async fn kept_credentials(desk: Held<'_>) -> Result<Vec<KeptLogin>, Trouble> {
    desk.kept_credentials().await
}

#[tauri::command]
pub async fn copy_text(desk: Held<'_>, text: String) -> Result<(), Trouble> {
    desk.copy_text(text).await
}

/// How long a link that was opened is good for.
#[derive(Debug, Serialize)]
pub struct Started {
    expires_at: Time,
}

/// Opens the portal as a customer sees it, in the system's browser. The link is a way in: the page never has it.
#[tauri::command]
pub async fn impersonate(
    app: AppHandle,
    desk: Held<'_>,
    user: i64,
    reason: String,
) -> Result<Started, Trouble> {
    let signed_in = desk.at_work()?;
    let link = match signed_in.client.impersonate(user, &Reason { reason }).await {
        Ok(link) => link,
        Err(error) => return Err(desk.failed(&signed_in, error).await),
    };
    let origin = desk.book.kept().profile(&signed_in.profile)?.url.clone();
    if !profile::is_at(&link.url, &origin) {
        return Err(Trouble::refused(
            "The portal's link leads to another site, so it was not opened. Its APP_URL should be the address you use here.",
        ));
    }
    open_in_browser(&app, link.url)?;
    Ok(Started { expires_at: link.expires_at })
}

/// Signs in to a customer's control panel, in the system's browser.
#[tauri::command]
pub async fn open_panel(app: AppHandle, desk: Held<'_>, service: i64) -> Result<(), Trouble> {
    let signed_in = desk.at_work()?;
    match signed_in.client.open_panel(service).await {
        Ok(link) => open_in_browser(&app, link.url),
        Err(error) => Err(desk.failed(&signed_in, error).await),
    }
}

fn open_in_browser(app: &AppHandle, link: String) -> Result<(), Trouble> {
    if !profile::is_openable(&link) {
        return Err(Trouble::refused("The link is no secure web address, so it was not opened."));
    }
    app.opener().open_url(link, None::<&str>).map_err(|error| {
        tracing::warn!(%error, "no browser");
        Trouble::refused("The system's browser could not be started.")
    })
}

/// Asks where to, and saves. None where nobody wanted to in the end.
#[tauri::command]
pub async fn save_export(
    app: AppHandle,
    desk: Held<'_>,
    noun: String,
    query: Option<ExportQuery>,
) -> Result<Option<Saved>, Trouble> {
    if !export::NOUNS.contains(&noun.as_str()) {
        return Err(Trouble::refused("There is no such export."));
    }
    desk.at_work()?;
    let (chosen, choice) = tokio::sync::oneshot::channel();
    app.dialog()
        .file()
        .set_title("Save as CSV")
        .set_file_name(format!("{noun}.csv"))
        .add_filter("CSV", &["csv"])
        .save_file(move |path| {
            // Nobody waits any more if the app ends meanwhile.
            let _ = chosen.send(path);
        });
    let Some(path) = choice.await.ok().flatten().and_then(|path| path.into_path().ok()) else {
        return Ok(None);
    };
    desk.export(&noun, &query.unwrap_or_default(), path).await.map(Some)
}

#[tauri::command]
pub async fn settings(desk: Held<'_>) -> Result<Settings, Trouble> {
    Ok(desk.book.kept().settings.clone())
}

#[tauri::command]
pub async fn set_settings(
    app: AppHandle,
    desk: Held<'_>,
    settings: SettingsEdit,
) -> Result<Settings, Trouble> {
    let edited = desk.book.kept().settings.edited(&settings)?;
    desk.book.change(|kept| kept.settings = edited.clone());
    window::wear(&app, edited.theme);
    Ok(edited)
}
