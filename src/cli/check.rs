//! `hence check`

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::arguments::Check;
use super::evidence;
use super::input;
use super::output::{self, Outcome};

/// Checks each file; one that cannot be read does not stop the others.
pub(super) fn run(command: &Check) -> Result<Outcome> {
    let given = input::given(&command.common.given)?;
    let options = command.common.options();
    let folder = command.evidence.certificates.as_deref();
    let standard_input = [PathBuf::from("-")];
    let files = if command.files.is_empty() {
        &standard_input[..]
    } else {
        &command.files
    };
    let mut worst = Outcome::Valid;
    for file in files {
        let source = match input::source(Path::new(file)) {
            Ok(source) => source,
            Err(error) => {
                output::complain(&error);
                worst = Outcome::Failed;
                continue;
            }
        };
        let container = input::container(&source);
        let found = evidence::checked(&source, container, &given, &options, folder.is_some());
        evidence::write(folder, &found.certificates)?;
        worst = worst.max(Outcome::of(&found.report));
        output::print(&found.report, &source, &command.printing)?;
    }
    Ok(worst)
}
