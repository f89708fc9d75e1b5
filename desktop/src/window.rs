//! The window, and the other parts of the desktop that the app uses: notifications, clipboard and browser.
use std::sync::{
    Mutex,
    atomic::{AtomicBool, Ordering},
};

use tauri::{
    AppHandle, Emitter as _, Manager as _, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    webview::{Color, NewWindowResponse, PageLoadEvent},
};
use tauri_plugin_clipboard_manager::ClipboardExt as _;
use tauri_plugin_notification::NotificationExt as _;
use tauri_plugin_opener::OpenerExt as _;

use crate::{
    clipboard::ClipboardBackend, deep_link::LinkTarget, error::AppError, events::Event, feed::FeedUpdate,
    profile, settings::Theme, sync::lock,
};

/// The window's label, which the capability names.
pub const LABEL: &str = "main";

/// Creates the window. It is shown when its page starts to load, so that it is never empty.
pub fn create(app: &AppHandle, theme: Theme) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title("Hollyn Online")
        .inner_size(1280.0, 800.0)
        .min_inner_size(1024.0, 640.0)
        .visible(false)
        .theme(window_theme(theme))
        .disable_drag_drop_handler()
        .initialization_script(include_str!("activity.js"))
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_page_load(|window, page| {
            if page.event() == PageLoadEvent::Started {
                let _ = window.show();
            }
        })
        .build()?;
    window.set_background_color(Some(background(&window, theme)))?;
    #[cfg(target_os = "linux")]
    window.with_webview(disable_gpu)?;
    Ok(())
}

/// Disables hardware acceleration. Without a graphics card WebKitGTK uses 100 MB more with it, and with some
/// drivers the window stays blank.
#[cfg(target_os = "linux")]
fn disable_gpu(view: tauri::webview::PlatformWebview) {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt as _, WebViewExt as _};
    if let Some(settings) = view.inner().settings() {
        settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
    }
}

/// Whether a URL is one of the app's own pages. The window shows no others.
fn is_own_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // The pages' origin on Windows. On other systems a server on port 80 of this machine would answer.
        "http" | "https" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

fn window_theme(theme: Theme) -> Option<tauri::Theme> {
    match theme {
        Theme::System => None,
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    }
}

/// The page's background colour, so that the window does not flash before the first frame.
fn background(window: &WebviewWindow, theme: Theme) -> Color {
    let is_dark = match theme {
        Theme::Dark => true,
        Theme::Light => false,
        Theme::System => window.theme().is_ok_and(|theme| theme == tauri::Theme::Dark),
    };
    if is_dark { Color(0x12, 0x0f, 0x1b, 0xff) } else { Color(0xfa, 0xf9, 0xfc, 0xff) }
}

fn window(app: &AppHandle) -> Option<WebviewWindow> {
    app.get_webview_window(LABEL)
}

/// Sets the theme of the window's frame.
pub fn set_theme(app: &AppHandle, theme: Theme) {
    if let Some(window) = window(app) {
        let _ = window.set_theme(window_theme(theme));
        let _ = window.set_background_color(Some(background(&window, theme)));
    }
}

/// Brings the window to the front.
pub fn focus(app: &AppHandle) {
    if let Some(window) = window(app) {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// A link that was opened before the page listens to events.
pub struct PendingLink {
    app: AppHandle,
    is_page_started: AtomicBool,
    target: Mutex<Option<LinkTarget>>,
}

impl PendingLink {
    pub fn new(app: &AppHandle) -> PendingLink {
        PendingLink { app: app.clone(), is_page_started: AtomicBool::new(false), target: Mutex::default() }
    }

    /// Opens a link now or when the page has started.
    pub fn open(&self, target: LinkTarget) {
        *lock(&self.target) = Some(target);
        if self.is_page_started.load(Ordering::Acquire) {
            self.send();
        }
    }

    /// Called when the page asks for its state; it listens to events a moment later.
    pub fn page_started(&self) {
        if self.is_page_started.swap(true, Ordering::AcqRel) {
            return;
        }
        let app = self.app.clone();
        tauri::async_runtime::spawn(async move {
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
            app.state::<PendingLink>().send();
        });
    }

    fn send(&self) {
        let Some(target) = lock(&self.target).take() else { return };
        emit(&self.app, Event::Open(target));
        focus(&self.app);
    }
}

/// Sends an event to the page.
pub fn emit(app: &AppHandle, event: Event) {
    let emitted = match event {
        Event::Changes(changes) => app.emit_to(LABEL, "changes", changes),
        Event::Locked => app.emit_to(LABEL, "locked", ()),
        Event::SignedOut => app.emit_to(LABEL, "signed_out", ()),
        Event::Open(target) => app.emit_to(LABEL, "open", target),
    };
    if let Err(error) = emitted {
        tracing::warn!(%error, "an event was not sent to the page");
    }
}

/// Shows notifications and the number of open attention items.
pub fn show_update(app: &AppHandle, update: &FeedUpdate) {
    for notification in &update.notifications {
        let builder = app.notification().builder().title(&notification.title).body(&notification.text);
        if let Err(error) = builder.show() {
            tracing::warn!(%error, "a notification was not shown");
        }
    }
    show_attention(app, update.attention);
}

/// Opens a link in the system's browser. Refuses links that are not secure.
pub fn open_in_browser(app: &AppHandle, link: String) -> Result<(), AppError> {
    if !profile::is_openable(&link) {
        return Err(AppError::refused("The link is no secure web address, so it was not opened."));
    }
    app.opener().open_url(link, None::<&str>).map_err(|error| {
        tracing::warn!(%error, "the browser was not started");
        AppError::refused("The system's browser could not be started.")
    })
}

/// Shows the number of open attention items on the app's icon and in the window's title.
pub fn show_attention(app: &AppHandle, attention: i64) {
    let Some(window) = window(app) else { return };
    let _ = window.set_badge_count(Some(attention).filter(|count| *count > 0));
    let title =
        if attention > 0 { format!("({attention}) Hollyn Online") } else { "Hollyn Online".to_owned() };
    let _ = window.set_title(&title);
}

/// The clipboard of the operating system.
pub struct SystemClipboard(pub AppHandle);

impl ClipboardBackend for SystemClipboard {
    fn read(&self) -> Option<String> {
        self.0.clipboard().read_text().ok()
    }
    fn write(&self, text: &str) -> Result<(), String> {
        self.0.clipboard().write_text(text).map_err(|error| error.to_string())
    }
    fn write_secret(&self, text: &str) -> Result<(), String> {
        self.0.clipboard().write_secret(text).map_err(|error| error.to_string())
    }
    fn clear(&self) -> Result<(), String> {
        self.0.clipboard().clear().map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_shows_only_the_apps_own_pages() {
        let is_own = |url: &str| is_own_page(&Url::parse(url).unwrap());
        assert!(is_own("tauri://localhost/index.html"));
        assert_eq!(is_own("http://tauri.localhost/index.html"), cfg!(windows));
        for url in [
            "https://hollyn.online/",
            "http://localhost:1420/",
            "http://tauri.localhost.evil.example/",
            "tauri://elsewhere/",
            "data:text/html,x",
            "file:///etc/passwd",
            "about:blank",
        ] {
            assert!(!is_own(url), "{url}");
        }
    }
}
