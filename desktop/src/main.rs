//! The desktop app's program.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(code) = hollyn_desktop::undriven() {
        return code;
    }
    hollyn_desktop::run()
}
