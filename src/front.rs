//! The front door: one text through all rooms.

use std::thread;

use crate::certify::Certificate;
use crate::judge::JudgedDerivation;
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

/// A report with the certificates that it names.
#[derive(Clone, Debug)]
pub struct Certified {
    /// The report.
    pub report: Report,
    /// A certificate for each derivation in which something has evidence.
    pub certificates: Vec<Certificate>,
}

/// Checks every derivation of a text and writes down the evidence.
#[must_use]
pub fn certify(
    source: &Source,
    container: Container,
    given: &[GivenText],
    options: &Options,
) -> Certified {
    let work = || certify_here(source, container, given, options);
    on_large_stack(work).unwrap_or_else(|| Certified {
        report: failed(source),
        certificates: Vec::new(),
    })
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
        report::explanation(source, &mut store, &document, &judged, &findings, line)
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
    through_all_rooms(source, container, given, options, |_, _, _, _| ())
}

fn certify_here(
    source: &Source,
    container: Container,
    given: &[GivenText],
    options: &Options,
) -> Certified {
    let mut certificates = Vec::new();
    let report = through_all_rooms(
        source,
        container,
        given,
        options,
        |store, document, judged, report| {
            certificates = report::certificates(source, store, document, judged, report);
        },
    );
    Certified {
        report,
        certificates,
    }
}

/// The report on a text; `last` may add to it while the proofs are at hand.
fn through_all_rooms(
    source: &Source,
    container: Container,
    given: &[GivenText],
    options: &Options,
    last: impl FnOnce(&Store, &Document, &[JudgedDerivation], &mut Report),
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
    let mut report = report::report(source, &document, &judged, &findings);
    last(&store, &document, &judged, &mut report);
    report
}
