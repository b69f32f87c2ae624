//! Symbols that are not defined.

use hence::meaning::read;
use hence::source::{Container, Source, items};
use hence::term::Store;

use super::check;

#[test]
fn unknown_functions_are_smooth_in_their_block() {
    check(&[
        (
            "$$\\frac{dA}{dv} = \\frac{dA}{dv}$$",
            "",
            &["1 claim d/dv A(v) = d/dv A(v)"],
        ),
        (
            "$$A = v^2$$\n\n$$\\frac{dA}{dv} = 2v$$",
            "",
            &["1 A := v^2", "3 claim d/dv v² = 2v"],
        ),
    ]);
}

#[test]
fn a_symbol_first_met_within_a_step_is_noted_with_what_may_be_meant() {
    let notes = |text: &str| {
        let source = Source::new("t", text);
        let mut store = Store::new();
        let document = read(
            &mut store,
            &source,
            &items(&source, Container::Markdown),
            &[],
        );
        let steps = document.derivations.into_iter().flat_map(|d| d.steps);
        steps.flat_map(|s| s.notes).collect::<Vec<_>>()
    };
    assert_eq!(
        notes("$$\\hat y_1 = a + 1, \\hat y_2 = a$$\n\n$$\\hat y_1 \\geq y_2$$"),
        ["y_2 is not defined; ŷ_2 may be meant"]
    );
    assert_eq!(
        notes("$$\\hat y_1 = a + 1, \\hat y_2 = a$$\n\n$$\\hat y_1 \\geq \\hat y_2$$"),
        [""; 0]
    );
}
