//! Files as texts, with a clear complaint where they are none.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::meaning::GivenText;
use crate::source::{Container, Source};

/// Positions are 32 bits wide.
const LARGEST: u64 = u32::MAX as u64;

/// The text of a file; `-` is standard input.
pub(super) fn source(path: &Path) -> Result<Source> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    if name == "-" {
        io::stdin()
            .lock()
            .take(LARGEST)
            .read_to_end(&mut bytes)
            .context("standard input cannot be read")?;
    } else {
        let file =
            File::open(path).map_err(|error| anyhow::anyhow!("{name}: {}", plain(&error)))?;
        let metadata = file.metadata().with_context(|| name.clone())?;
        if metadata.is_dir() {
            bail!("{name}: this is a folder; a file is expected");
        }
        if metadata.len() >= LARGEST {
            bail!("{name}: files of 4 GiB and more are not read");
        }
        file.take(LARGEST)
            .read_to_end(&mut bytes)
            .with_context(|| format!("{name}: cannot be read"))?;
    }
    if bytes.len() as u64 >= LARGEST {
        bail!("{name}: files of 4 GiB and more are not read");
    }
    Ok(Source::new(name.clone(), text(&name, bytes)?))
}

fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "this file may not be read".to_owned(),
        _ => error.to_string(),
    }
}

/// Bytes as text, or where they are none.
fn text(name: &str, bytes: Vec<u8>) -> Result<String> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        bail!("{name}: this text is UTF-16; save it as UTF-8");
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let before = error.as_bytes().get(..valid).unwrap_or(&[]);
            let place = place(&String::from_utf8_lossy(before));
            bail!(
                "{name}:{place}: this byte is not UTF-8; the file is no text or has another encoding"
            );
        }
    };
    if let Some((place, complaint)) = complaint(&text) {
        bail!("{name}:{place}: {complaint}");
    }
    Ok(text)
}

/// Why a text cannot be a document, with the place.
pub(super) fn complaint(text: &str) -> Option<(String, &'static str)> {
    let at = text.find('\0')?;
    let before = text.get(..at).unwrap_or("");
    Some((place(before), "a NUL byte stands here; the file is no text"))
}

/// Line and column behind a text.
fn place(before: &str) -> String {
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before.get(start..).unwrap_or("").chars().count() + 1;
    format!("{line}:{column}")
}

/// The container of a file.
pub(super) fn container(source: &Source) -> Container {
    Container::of(source.name(), source.text())
}

/// What stands behind `--given`: a path that exists is a file, anything else is text.
pub(super) fn given(arguments: &[String]) -> Result<Vec<GivenText>> {
    arguments
        .iter()
        .map(|argument| {
            let is_file = fs::metadata(argument).is_ok_and(|found| found.is_file());
            let source = if is_file {
                source(Path::new(argument))?
            } else if names_a_file(argument) {
                bail!("{argument}: there is no such file, and as text it states nothing");
            } else {
                Source::new("--given", argument.as_str())
            };
            Ok(GivenText { source })
        })
        .collect()
}

/// Whether the text can only be meant as a file's name: one word without a relation.
fn names_a_file(argument: &str) -> bool {
    let states = |c: char| c.is_whitespace() || "=<>≤≥≠≈∈←:;".contains(c) || c == '\\';
    !argument.is_empty() && !argument.contains(states)
}
