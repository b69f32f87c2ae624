//! The front door: one text through all rooms.

use std::thread;

use crate::meaning::{self, Document, GivenText};
use crate::report::{self, Report};
use crate::source::{self, Container, Source};
use crate::term::Store;
use crate::{diagnose, judge};

pub use crate::judge::Options;

/// Room for recursion over the deepest nesting that the parser lets through.
const STACK: usize = 64 << 20;

/// Checks every derivation of a text.
///
/// The verdicts depend on the text, the context and the options alone.
#[must_use]
pub fn check(
    source: &Source,
    container: Container,
    given: &[GivenText],
    options: &Options,
) -> Report {
    let work = || check_here(source, container, given, options);
    on_large_stack(work).unwrap_or_else(|| failed(source))
}

/// How a text is read, without judging it.
#[must_use]
pub fn read(source: &Source, container: Container, given: &[GivenText]) -> Document {
    let work = || {
        let items = source::items(source, container);
        meaning::read(&mut Store::new(), source, &items, given)
    };
    on_large_stack(work).unwrap_or_default()
}

/// The steps of a line explained: the proof rule by rule, or the counterexample worked out.
/// `None` where no step stands on that line.
#[must_use]
pub fn explain(
    source: &Source,
    container: Container,
    given: &[GivenText],
    options: &Options,
    line: u32,
) -> Option<String> {
    let work = || {
        let mut store = Store::new();
        let items = source::items(source, container);
        let document = meaning::read(&mut store, source, &items, given);
        let judged = judge::judge(&mut store, &document, options);
        let findings = diagnose::find(&mut store, &document, &judged);
        report::explanation(source, &store, &document, &judged, &findings, line)
    };
    on_large_stack(work).flatten()
}

/// What `work` gives on a thread with a large stack; `None` if it panicked there.
fn on_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        thread.spawn_scoped(scope, work).ok()?.join().ok()
    })
}

fn failed(source: &Source) -> Report {
    let error = "an internal error stopped the check; please report it with this text";
    report::unreadable(None, Some(source.name().to_owned()), error.to_owned())
}

fn check_here(
    source: &Source,
    container: Container,
    given: &[GivenText],
    options: &Options,
) -> Report {
    if container == Container::Notebook && !source::is_notebook(source.text()) {
        let error = "this is not a Jupyter notebook: JSON with a list of cells is expected";
        return report::unreadable(None, Some(source.name().to_owned()), error.to_owned());
    }
    let mut store = Store::new();
    let items = source::items(source, container);
    let document = meaning::read(&mut store, source, &items, given);
    let judged = judge::judge(&mut store, &document, options);
    let findings = diagnose::find(&mut store, &document, &judged);
    report::report(source, &document, &judged, &findings)
}
