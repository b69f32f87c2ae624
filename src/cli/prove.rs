//! `hence prove`

use anyhow::Result;

use super::arguments::Prove;
use super::input;
use super::output::{self, Outcome};
use crate::source::{Container, Source};

/// Checks the statement of the command line.
pub(super) fn run(command: &Prove) -> Result<Outcome> {
    let given = input::given(&command.common.given)?;
    let source = Source::new("statement", command.statement.as_str());
    let container = Container::guess(source.text());
    let report = crate::check(&source, container, &given, &command.common.options());
    output::print(&report, &source, &command.printing)?;
    Ok(Outcome::of(&report))
}
