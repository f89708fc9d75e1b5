//! The one window: our own pages and no others, in the colours that were chosen, where it stood last.
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use tauri::{
    AppHandle, Emitter as _, Manager as _, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    webview::{Color, NewWindowResponse, PageLoadEvent},
};
use tauri_plugin_clipboard_manager::ClipboardExt as _;
use tauri_plugin_notification::NotificationExt as _;

use crate::{
    clipboard::Board,
    desk::{Desk, Event},
    feed::News,
    held,
    links::Opened,
    settings::Theme,
};

/// Its label; the capability is given to it by this name.
pub const LABEL: &str = "main";

/// Makes the window. It is shown when its page begins, so that nobody sees an empty one: the page's frame needs no script.
pub fn make(app: &AppHandle, theme: Theme) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title("Hollyn Online")
        .inner_size(1280.0, 800.0)
        .min_inner_size(1024.0, 640.0)
        .visible(false)
        .theme(worn(theme))
        .disable_drag_drop_handler()
        .initialization_script(include_str!("activity.js"))
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_page_load(|window, page| {
            if page.event() == PageLoadEvent::Started {
                let _ = window.show();
            }
        })
        .build()?;
    window.set_background_color(Some(background(&window, theme)))?;
    #[cfg(target_os = "linux")]
    window.with_webview(paint_by_processor)?;
    Ok(())
}

/// Tables and text need no graphics card. WebKitGTK's way to one takes 100 MB more without a real one, and leaves the
/// window blank with some drivers.
#[cfg(target_os = "linux")]
fn paint_by_processor(view: tauri::webview::PlatformWebview) {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt as _, WebViewExt as _};
    if let Some(settings) = view.inner().settings() {
        settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
    }
}

/// Whether a page is one of the app's own. No other is shown in it.
fn is_ours(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // So they are called on Windows. Elsewhere, whatever serves this machine's port 80 would answer there.
        "http" | "https" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

fn worn(theme: Theme) -> Option<tauri::Theme> {
    match theme {
        Theme::System => None,
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    }
}

/// The page's own background, so that its first frame is no flash.
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

/// Puts the chosen theme on the window's frame.
pub fn wear(app: &AppHandle, theme: Theme) {
    if let Some(window) = window(app) {
        let _ = window.set_theme(worn(theme));
        let _ = window.set_background_color(Some(background(&window, theme)));
    }
}

/// Brings the window to the front.
pub fn come_forward(app: &AppHandle) {
    if let Some(window) = window(app) {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// What is to be opened before there is a page that could.
#[derive(Default)]
pub struct Waiting {
    is_there: AtomicBool,
    opened: Mutex<Option<Opened>>,
    app: Mutex<Option<AppHandle>>,
}

impl Waiting {
    pub fn for_app(app: &AppHandle) -> Waiting {
        Waiting { app: Mutex::new(Some(app.clone())), ..Waiting::default() }
    }

    /// Opens it now, or as soon as there is a page.
    pub fn open(&self, opened: Opened) {
        *held(&self.opened) = Some(opened);
        if self.is_there.load(Ordering::Acquire) {
            self.hand_over();
        }
    }

    /// There is a page, or will be in a moment: it has asked where it is, and listens when it knows.
    pub fn page_is_there(&self) {
        let is_first = !self.is_there.swap(true, Ordering::AcqRel);
        let Some(app) = held(&self.app).clone().filter(|_| is_first) else { return };
        tauri::async_runtime::spawn(async move {
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
            app.state::<Waiting>().hand_over();
        });
    }

    fn hand_over(&self) {
        let (Some(app), Some(opened)) = (held(&self.app).clone(), held(&self.opened).take()) else { return };
        app.state::<Arc<Desk>>().tell(Event::Open(opened));
        come_forward(&app);
    }
}

/// Tells the page.
pub fn tell(app: &AppHandle, event: Event) {
    let told = match event {
        Event::Changes(changes) => app.emit_to(LABEL, "changes", changes),
        Event::Locked => app.emit_to(LABEL, "locked", ()),
        Event::SignedOut => app.emit_to(LABEL, "signed_out", ()),
        Event::Open(opened) => app.emit_to(LABEL, "open", opened),
    };
    if let Err(error) = told {
        tracing::warn!(%error, "the page was not told");
    }
}

/// Tells the system: notifications, and the number of open matters on the app's icon and in its title.
pub fn show(app: &AppHandle, news: &News) {
    for (title, text) in &news.notices {
        if let Err(error) = app.notification().builder().title(title).body(text).show() {
            tracing::warn!(%error, "no notification");
        }
    }
    badge(app, news.attention);
}

/// The number of open matters.
pub fn badge(app: &AppHandle, attention: i64) {
    let Some(window) = window(app) else { return };
    let _ = window.set_badge_count(Some(attention).filter(|count| *count > 0));
    let title =
        if attention > 0 { format!("({attention}) Hollyn Online") } else { "Hollyn Online".to_owned() };
    let _ = window.set_title(&title);
}

/// The system's clipboard, by the plugin.
pub struct SystemBoard(pub AppHandle);

impl Board for SystemBoard {
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
    fn the_window_shows_no_page_but_ours() {
        let ours = |url: &str| is_ours(&Url::parse(url).unwrap());
        assert!(ours("tauri://localhost/index.html"));
        assert_eq!(ours("http://tauri.localhost/index.html"), cfg!(windows));
        for url in [
            "https://hollyn.online/",
            "http://localhost:1420/",
            "http://tauri.localhost.evil.example/",
            "tauri://elsewhere/",
            "data:text/html,x",
            "file:///etc/passwd",
            "about:blank",
        ] {
            assert!(!ours(url), "{url}");
        }
    }
}
