//! The program of the staff app.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(code) = hollyn_desktop::restart_without_automation() {
        return code;
    }
    hollyn_desktop::run()
}
