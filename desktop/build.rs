//! Declares the app's commands. A capability can allow only commands that are declared here.

const COMMANDS: &[&str] = &[
    "active",
    "add_profile",
    "cached",
    "call",
    "copy_password",
    "copy_text",
    "enrol",
    "impersonate",
    "lock",
    "offline_credentials",
    "open_panel",
    "remove_offline_credentials",
    "remove_profile",
    "save_export",
    "save_offline_credentials",
    "set_settings",
    "settings",
    "show_password",
    "sign_in",
    "sign_out",
    "state",
    "unlock",
    "use_profile",
];

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    tauri_build::try_build(attributes).expect("tauri.conf.json and capabilities/ are readable");
}
