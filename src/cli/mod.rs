//! Takes: command-line arguments, files, standard input. Gives: output and an exit code.
//! Never: knows mathematics.
//! Start reading at: `arguments.rs`, then `check.rs`.

mod arguments;
mod batch;
mod check;
mod evidence;
mod explain;
mod input;
mod output;
mod prove;
mod read;
mod rules;
mod verify;

pub use batch::check_row;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use output::Outcome;

/// Runs the command that the process was started with.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help is no error; what cannot be printed cannot be told either.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let done = match arguments.command {
        Command::Check(command) => check::run(&command),
        Command::Prove(command) => prove::run(&command),
        Command::Explain(command) => explain::run(&command),
        Command::Read(command) => read::run(&command),
        Command::Rules(command) => rules::run(&command),
        Command::Verify(command) => verify::run(&command),
        Command::Batch(command) => batch::run(&command),
    };
    match done {
        Ok(outcome) => outcome.code(),
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&error);
            Outcome::Failed.code()
        }
    }
}
