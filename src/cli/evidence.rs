//! Certificates as files.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::certify::Certificate;
use crate::judge::Options;
use crate::meaning::GivenText;
use crate::source::{Container, Source};
use crate::{Certified, certify, check};

/// Checks a text; the evidence is written down only where somebody wants it.
pub(super) fn checked(
    source: &Source,
    container: Container,
    given: &[GivenText],
    options: &Options,
    wanted: bool,
) -> Certified {
    if wanted {
        return certify(source, container, given, options);
    }
    Certified {
        report: check(source, container, given, options),
        certificates: Vec::new(),
    }
}

/// Writes each certificate to the folder, under the digits of its digest.
pub(super) fn write(folder: Option<&Path>, certificates: &[Certificate]) -> Result<()> {
    let Some(folder) = folder else {
        return Ok(());
    };
    let name = folder.display();
    fs::create_dir_all(folder).with_context(|| format!("{name}: the folder cannot be made"))?;
    for certificate in certificates {
        let digits = certificate.digest.trim_start_matches("sha256:");
        let path = folder.join(digits).with_extension("json");
        fs::write(&path, &certificate.json)
            .with_context(|| format!("{}: cannot be written", path.display()))?;
    }
    Ok(())
}
