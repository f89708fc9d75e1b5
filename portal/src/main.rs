//! The portal's program.
use std::process::ExitCode;

fn main() -> ExitCode {
    hollyn_portal::cli::main(|_| {})
}
