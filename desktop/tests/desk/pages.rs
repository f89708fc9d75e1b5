//! Which page may ask Rust what, by the app's own configuration and permissions, in a window on paper.
use hollyn_desktop::context;
use serde_json::Value;
use tauri::{
    App, WebviewWindow, WebviewWindowBuilder,
    ipc::CallbackFn,
    test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder},
    webview::InvokeRequest,
};

const OURS: &str =
    if cfg!(windows) { "http://tauri.localhost/index.html" } else { "tauri://localhost/index.html" };

/// The app, whose every command is done at once: what is asked is who gets so far.
fn app() -> App<MockRuntime> {
    let all_is_done = |invoke: tauri::ipc::Invoke<MockRuntime>| {
        invoke.resolver.resolve("done");
        true
    };
    mock_builder().invoke_handler(all_is_done).build(context()).unwrap()
}

fn window(app: &App<MockRuntime>, label: &str) -> WebviewWindow<MockRuntime> {
    WebviewWindowBuilder::new(app, label, tauri::WebviewUrl::default()).build().unwrap()
}

/// What a page at this address is answered.
fn ask(window: &WebviewWindow<MockRuntime>, page: &str, command: &str) -> Result<String, String> {
    let request = InvokeRequest {
        cmd: command.into(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: page.parse().unwrap(),
        body: Value::Null.into(),
        headers: Default::default(),
        invoke_key: INVOKE_KEY.into(),
    };
    get_ipc_response(window, request)
        .map(|answer| answer.deserialize().unwrap())
        .map_err(|error| error.as_str().unwrap_or_default().to_owned())
}

/// The app's commands, as its pages are allowed them.
fn commands() -> Vec<String> {
    let capability: Value = serde_json::from_str(include_str!("../../capabilities/main.json")).unwrap();
    let allowed = capability["permissions"].as_array().unwrap().iter();
    allowed
        .filter_map(|permission| permission.as_str()?.strip_prefix("allow-"))
        .map(|name| name.replace('-', "_"))
        .collect()
}

#[test]
fn a_page_that_is_not_ours_calls_no_command() {
    let app = app();
    let main = window(&app, "main");
    let commands = commands();
    assert!(commands.iter().any(|command| command == "copy_password"), "{commands:?}");
    for command in &commands {
        assert_eq!(ask(&main, OURS, command).as_deref(), Ok("done"), "{command}");
        for page in [
            "https://hollyn.online/",
            "http://127.0.0.1:8000/",
            "http://localhost:1420/",
            "http://tauri.localhost.evil.example/",
            "tauri://elsewhere/index.html",
            "file:///usr/share/doc/index.html",
            "data:text/html,x",
            "about:blank",
        ] {
            let refused = ask(&main, page, command).unwrap_err();
            assert!(refused.contains("not allowed"), "{command} from {page}: {refused}");
        }
    }
}

#[test]
fn a_window_that_we_did_not_make_calls_no_command() {
    let app = app();
    let other = window(&app, "other");
    for command in commands() {
        let refused = ask(&other, OURS, &command).unwrap_err();
        assert!(refused.contains("not allowed"), "{command}: {refused}");
    }
}

#[test]
fn a_command_that_is_not_named_for_the_page_is_refused_even_to_ours() {
    let app = app();
    let main = window(&app, "main");
    for command in ["plugin:clipboard-manager|read_text", "plugin:opener|open_url", "wipe", "ACTIVE", ""] {
        assert!(ask(&main, OURS, command).is_err(), "{command}");
    }
}
