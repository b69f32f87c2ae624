//! `hence prove`

use anyhow::Result;

use super::arguments::Prove;
use super::evidence;
use super::input;
use super::output::{self, Outcome};
use crate::source::{Container, Source};

/// Checks the statement of the command line.
pub(super) fn run(command: &Prove) -> Result<Outcome> {
    let given = input::given(&command.common.given)?;
    let source = Source::new("statement", command.statement.as_str());
    let container = Container::guess(source.text());
    let options = command.common.options();
    let folder = command.evidence.certificates.as_deref();
    let found = evidence::checked(&source, container, &given, &options, folder.is_some());
    evidence::write(folder, &found.certificates)?;
    output::print(&found.report, &source, &command.printing)?;
    Ok(Outcome::of(&found.report))
}
