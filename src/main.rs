//! The command `hence`.

use std::process::ExitCode;

fn main() -> ExitCode {
    hence::cli::run()
}
