//! The smallest Tauri app: one window with one line of text. Benchmarks report the start time and memory of
//! the staff app relative to it.
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
