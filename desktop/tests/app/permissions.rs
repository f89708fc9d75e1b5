//! Which pages may call commands, by the app's own configuration and permissions, with Tauri's mock runtime.
use hollyn_desktop::context;
use serde_json::Value;
use tauri::{
    App, WebviewWindow, WebviewWindowBuilder,
    ipc::CallbackFn,
    test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder},
    webview::InvokeRequest,
};

const OWN_PAGE: &str =
    if cfg!(windows) { "http://tauri.localhost/index.html" } else { "tauri://localhost/index.html" };

/// The app with a handler that accepts every command that Tauri lets through.
fn app() -> App<MockRuntime> {
    let accept_all = |invoke: tauri::ipc::Invoke<MockRuntime>| {
        invoke.resolver.resolve("done");
        true
    };
    mock_builder().invoke_handler(accept_all).build(context()).unwrap()
}

fn window(app: &App<MockRuntime>, label: &str) -> WebviewWindow<MockRuntime> {
    WebviewWindowBuilder::new(app, label, tauri::WebviewUrl::default()).build().unwrap()
}

/// Calls a command from a page at this address.
fn call(window: &WebviewWindow<MockRuntime>, page: &str, command: &str) -> Result<String, String> {
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

/// The commands that the capability allows.
fn commands() -> Vec<String> {
    let capability: Value = serde_json::from_str(include_str!("../../capabilities/main.json")).unwrap();
    let allowed = capability["permissions"].as_array().unwrap().iter();
    allowed
        .filter_map(|permission| permission.as_str()?.strip_prefix("allow-"))
        .map(|name| name.replace('-', "_"))
        .collect()
}

#[test]
fn a_foreign_page_calls_no_command() {
    let app = app();
    let main = window(&app, "main");
    let commands = commands();
    assert!(commands.iter().any(|command| command == "copy_password"), "{commands:?}");
    for command in &commands {
        assert_eq!(call(&main, OWN_PAGE, command).as_deref(), Ok("done"), "{command}");
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
            let refused = call(&main, page, command).unwrap_err();
            assert!(refused.contains("not allowed"), "{command} from {page}: {refused}");
        }
    }
}

#[test]
fn another_window_calls_no_command() {
    let app = app();
    let other = window(&app, "other");
    for command in commands() {
        let refused = call(&other, OWN_PAGE, &command).unwrap_err();
        assert!(refused.contains("not allowed"), "{command}: {refused}");
    }
}

#[test]
fn commands_that_the_capability_does_not_list_are_refused() {
    let app = app();
    let main = window(&app, "main");
    for command in ["plugin:clipboard-manager|read_text", "plugin:opener|open_url", "wipe", "ACTIVE", ""] {
        assert!(call(&main, OWN_PAGE, command).is_err(), "{command}");
    }
}
