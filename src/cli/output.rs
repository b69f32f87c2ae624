//! What is printed where, and how the process ends.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use super::arguments::{Color, Format, Printing};
use crate::report::{self, Detail, Overall, Report};
use crate::source::Source;

/// How a command ended, from best to worst.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    /// All valid.
    #[default]
    Valid,
    /// Nothing invalid but something undecided.
    Undecided,
    /// Something invalid.
    Invalid,
    /// Usage, or input that cannot be read.
    Failed,
}

impl Outcome {
    /// The exit code of the contract.
    pub(super) fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Outcome::Valid => 0,
            Outcome::Invalid => 1,
            Outcome::Failed => 2,
            Outcome::Undecided => 3,
        })
    }

    /// How a report counts for the whole.
    pub(super) fn of(report: &Report) -> Outcome {
        match report.verdict {
            Overall::Valid | Overall::Empty => Outcome::Valid,
            Overall::Undecided => Outcome::Undecided,
            Overall::Invalid => Outcome::Invalid,
            Overall::Unreadable => Outcome::Failed,
        }
    }
}

/// Prints a report on standard output.
pub(super) fn print(report: &Report, source: &Source, printing: &Printing) -> io::Result<()> {
    let text = match printing.format {
        Format::Json => report::json(report) + "\n",
        Format::Human => {
            let detail = if printing.quiet {
                Detail::Summary
            } else if printing.verbose {
                Detail::Every
            } else {
                Detail::First
            };
            report::human(report, source, detail, colored(printing.color))
        }
    };
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

fn colored(color: Color) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let refused = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            let dumb = env::var_os("TERM").is_some_and(|value| value == "dumb");
            !refused && !dumb && io::stdout().is_terminal()
        }
    }
}

/// Prints a complaint on standard error.
pub(super) fn complain(error: &anyhow::Error) {
    // Where standard error is closed nobody listens.
    let _ = writeln!(io::stderr().lock(), "hence: {error:#}");
}

/// Whether the reader of our output went away.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}
