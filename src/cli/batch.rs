//! `hence batch`

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde_json::Value;

use super::arguments::Batch;
use super::evidence;
use super::input;
use super::output::Outcome;
use crate::judge::Options;
use crate::meaning::GivenText;
use crate::source::{Container, Source};
use crate::{Certified, report};

/// Rows that are read, checked and written together for each thread.
const CHUNK: usize = 64;

/// Rows that are this long together are enough, however few they are.
const CHUNK_BYTES: usize = 16 << 20;

/// Checks each row of the input; the output has its rows in the same order.
pub(super) fn run(command: &Batch) -> Result<Outcome> {
    let given = input::given(&command.common.given)?;
    let options = command.common.options();
    let folder = command.evidence.certificates.as_deref();
    let pool = ThreadPoolBuilder::new()
        .num_threads(command.jobs)
        .build()
        .context("threads cannot be started")?;
    let mut lines = open(&command.input)?;
    let mut out = create(&command.output)?;
    let mut worst = Outcome::Valid;
    loop {
        let rows = chunk(&mut lines, CHUNK * pool.current_num_threads())?;
        if rows.is_empty() {
            break;
        }
        for (text, found) in check_all(&pool, &rows, &given, &options, folder.is_some()) {
            evidence::write(folder, &found.certificates)?;
            out.write_all(text.as_bytes())?;
            // A row that cannot be read is invalid input, not a failure of the run.
            worst = worst.max(Outcome::of(&found.report).min(Outcome::Invalid));
        }
        out.flush()?;
    }
    Ok(worst)
}

fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    let name = path.display();
    let file = File::open(path).with_context(|| format!("{name}: cannot be read"))?;
    if file.metadata().is_ok_and(|found| found.is_dir()) {
        anyhow::bail!("{name}: this is a folder; a file is expected");
    }
    Ok(Box::new(BufReader::new(file)))
}

fn create(path: &Path) -> Result<Box<dyn Write>> {
    if path == Path::new("-") {
        return Ok(Box::new(BufWriter::new(io::stdout().lock())));
    }
    let name = path.display();
    let file = File::create(path).with_context(|| format!("{name}: cannot be written"))?;
    Ok(Box::new(BufWriter::new(file)))
}

/// The next lines that are not blank.
fn chunk(lines: &mut dyn BufRead, most: usize) -> Result<Vec<Vec<u8>>> {
    let mut rows = Vec::new();
    let mut bytes = 0;
    while rows.len() < most && bytes < CHUNK_BYTES {
        let mut line = Vec::new();
        let read = lines
            .read_until(b'\n', &mut line)
            .context("the rows cannot be read")?;
        if read == 0 {
            break;
        }
        if !line.iter().all(u8::is_ascii_whitespace) {
            bytes += line.len();
            rows.push(line);
        }
    }
    Ok(rows)
}

fn check_all(
    pool: &ThreadPool,
    rows: &[Vec<u8>],
    given: &[GivenText],
    options: &Options,
    certified: bool,
) -> Vec<(String, Certified)> {
    let one = |line: &Vec<u8>| {
        let found = check_certified(line, given, options, certified);
        (report::json(&found.report) + "\n", found)
    };
    pool.install(|| rows.par_iter().map(one).collect())
}

/// A row of the input.
struct Row {
    text: String,
    given: Vec<String>,
    container: Container,
    strict: Option<bool>,
}

/// The report of one row, from the bytes of its line: what `hence batch` does with each.
#[must_use]
pub fn check_row(line: &[u8], given: &[GivenText], options: &Options) -> report::Report {
    check_certified(line, given, options, false).report
}

fn check_certified(
    line: &[u8],
    given: &[GivenText],
    options: &Options,
    certified: bool,
) -> Certified {
    let unreadable = |id, error| Certified {
        report: report::unreadable(id, None, error),
        certificates: Vec::new(),
    };
    let value: Value = match serde_json::from_slice(line) {
        Ok(value) => value,
        Err(error) => {
            return unreadable(Some(Value::Null), format!("not JSON: {error}"));
        }
    };
    let id = Some(value.get("id").cloned().unwrap_or(Value::Null));
    let row = match row(&value) {
        Ok(row) => row,
        Err(error) => return unreadable(id, error),
    };
    let mut all = given.to_vec();
    for text in &row.given {
        let source = Source::new("given", text.as_str());
        all.push(GivenText { source });
    }
    let options = Options {
        strict: row.strict.unwrap_or(options.strict),
        ..*options
    };
    let source = Source::new("row", row.text.as_str());
    let mut found = evidence::checked(&source, row.container, &all, &options, certified);
    found.report.id = id;
    found.report.file = None;
    found
}

fn row(value: &Value) -> Result<Row, String> {
    if !value.is_object() {
        return Err("a row is a JSON object".to_owned());
    }
    let text = match value.get("text") {
        Some(Value::String(text)) => text.clone(),
        Some(_) => return Err("`text` is not a string".to_owned()),
        None => return Err("the row has no `text`".to_owned()),
    };
    if let Some((place, complaint)) = input::complaint(&text) {
        return Err(format!("text:{place}: {complaint}"));
    }
    let strings = |value: &Value| -> Option<Vec<String>> {
        match value {
            Value::Null => Some(Vec::new()),
            Value::String(text) if text.trim().is_empty() => Some(Vec::new()),
            Value::String(text) => Some(vec![text.clone()]),
            Value::Array(texts) => texts
                .iter()
                .map(|text| text.as_str().map(str::to_owned))
                .collect(),
            _ => None,
        }
    };
    let given = strings(value.get("given").unwrap_or(&Value::Null))
        .ok_or("`given` is neither a string nor a list of strings")?;
    let container = match value.get("format") {
        None | Some(Value::Null) => Container::guess(&text),
        Some(Value::String(format)) => match format.as_str() {
            "auto" => Container::guess(&text),
            "text" => Container::Text,
            "latex" => Container::Latex,
            "markdown" => Container::Markdown,
            "tex" => Container::Tex,
            _ => {
                return Err(format!(
                    "`format` is {format:?}; one of auto, text, latex, markdown, tex is expected"
                ));
            }
        },
        Some(_) => return Err("`format` is not a string".to_owned()),
    };
    let strict = match value.get("strict") {
        None | Some(Value::Null) => None,
        Some(Value::Bool(strict)) => Some(*strict),
        Some(_) => return Err("`strict` is neither true nor false".to_owned()),
    };
    Ok(Row {
        text,
        given,
        container,
        strict,
    })
}
