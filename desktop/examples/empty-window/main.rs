//! The least that Tauri can be: one window with one line of text. What starting the app and its memory cost is told
//! as a ratio to this, on the same machine in the same minute.
use tauri::{Builder, WebviewUrl, WebviewWindowBuilder};

fn main() {
    Builder::default()
        .setup(|app| {
            WebviewWindowBuilder::new(app, "empty", WebviewUrl::App("index.html".into()))
                .inner_size(1280.0, 800.0)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!("examples/empty-window/tauri.conf.json"))
        .expect("there is a screen");
}
