//! Names the commands that a page may be allowed to call: what is not named here, no capability can allow.

const COMMANDS: &[&str] = &[
    "active",
    "add_profile",
    "cached",
    "call",
    "copy_password",
    "copy_text",
    "drop_credentials",
    "enrol",
    "impersonate",
    "keep_credentials",
    "kept_credentials",
    "lock",
    "open_panel",
    "remove_profile",
    "save_export",
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
    tauri_build::try_build(attributes).expect("tauri.conf.json and capabilities/ are read while it is built");
}
