//! `hence check`

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::arguments::Check;
use super::input;
use super::output::{self, Outcome};

/// Checks each file; one that cannot be read does not stop the others.
pub(super) fn run(command: &Check) -> Result<Outcome> {
    let given = input::given(&command.common.given)?;
    let options = command.common.options();
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
        let report = crate::check(&source, input::container(&source), &given, &options);
        worst = worst.max(Outcome::of(&report));
        output::print(&report, &source, &command.printing)?;
    }
    Ok(worst)
}
