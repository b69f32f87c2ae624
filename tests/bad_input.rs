//! Texts that no page should hold: each gets a clear word at its place, nothing panics, and the
//! other derivations of the same file are still checked.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use hence::report::{Overall, Report, StepReport, StepVerdict, human};
use hence::source::{Container, Source};
use hence::{Options, check};

fn plain(text: &str) -> Report {
    check(
        &Source::new("page.hence", text),
        Container::Text,
        &[],
        &Options::default(),
    )
}

/// A page on which the text stands between two good derivations in sections of their own; the
/// good ones are looked at, and the steps of the text are given.
fn between(container: Container, bad: &str) -> Vec<StepReport> {
    let (open, close) = match container {
        Container::Text => ("", ""),
        _ => ("$$", "$$"),
    };
    let text = format!(
        "# One\n\n{open}2 + 2 = 4{close}\n\n# Two\n\n{open}{bad}{close}\n\n# Three\n\n{open}3 + 3 = 6{close}\n"
    );
    let source = Source::new("page", text);
    let report = check(&source, container, &[], &Options::default());
    let short: String = bad.chars().take(60).collect();
    assert!(report.error.is_none(), "{short}: {:?}", report.error);
    let (first, rest) = report.derivations.split_first().unwrap();
    let (last, middle) = rest.split_last().unwrap();
    assert_eq!(first.verdict, Overall::Valid, "before {short}");
    assert_eq!(last.verdict, Overall::Valid, "behind {short}");
    assert_eq!(
        last.line as usize,
        source.line_count() - 1,
        "behind {short}"
    );
    // It can be printed, whatever it is.
    let detail = hence::report::Detail::Every;
    assert!(!human(&report, &source, detail, true).is_empty());
    middle.iter().flat_map(|one| one.steps.clone()).collect()
}

/// Every step of the text is unreadable or undecided and says why, at a place on its line.
fn complains(container: Container, bad: &str) {
    let steps = between(container, bad);
    let short: String = bad.chars().take(60).collect();
    assert!(!steps.is_empty(), "{short}: nothing is said");
    for step in steps {
        assert!(
            matches!(
                step.verdict,
                StepVerdict::Unreadable | StepVerdict::Undecided
            ),
            "{short}: {:?}",
            step.verdict
        );
        assert!(!step.reason.is_empty(), "{short}: no reason");
        assert_eq!(step.line, 7, "{short}");
    }
}

/// No step of the text is proved.
fn proves_nothing(container: Container, bad: &str) {
    let steps = between(container, bad);
    let short: String = bad.chars().take(60).collect();
    for step in steps {
        assert_ne!(step.verdict, StepVerdict::Proved, "{short}");
    }
}

#[test]
fn a_page_without_maths_is_empty() {
    for text in [
        "",
        "\n\n",
        "Only words stand here.\n",
        "\u{FEFF}",
        "# Title\n",
    ] {
        let report = plain(text);
        assert_eq!(report.verdict, Overall::Empty, "{text:?}");
        assert!(report.derivations.is_empty(), "{text:?}");
    }
}

#[test]
fn deep_nesting_is_refused_at_its_place() {
    let deep = format!("{}x{} = x", "(".repeat(100_000), ")".repeat(100_000));
    complains(Container::Text, &deep);
    complains(Container::Markdown, &deep);
    let roots = format!("{}x{} = x", "\\sqrt{".repeat(50_000), "}".repeat(50_000));
    complains(Container::Markdown, &roots);
    complains(Container::Text, &format!("{} = 1", "(".repeat(100_000)));
    complains(Container::Text, &format!("x{} = 1", "^x".repeat(100_000)));
    complains(Container::Text, &format!("{}x = 1", "-".repeat(100_000)));
    complains(Container::Text, &format!("x{} = 1", "_x".repeat(100_000)));
}

#[test]
fn unbalanced_brackets_are_refused_at_their_place() {
    complains(Container::Markdown, "\\left( x + 1 = 2");
    complains(Container::Markdown, "x + 1 \\right) = 2");
    complains(Container::Markdown, "\\frac{1}{2 = 3");
    complains(Container::Text, "(x + 1 = 2");
    complains(Container::Text, "2 x + = 3 )");
}

#[test]
fn an_unknown_command_is_named() {
    let steps = between(Container::Markdown, "\\frobnicate{x} = 1");
    assert!(!steps.is_empty());
    let said: String = steps
        .iter()
        .map(|s| s.reason.clone() + &s.notes.join(" "))
        .collect();
    assert!(said.contains("frobnicate"), "{said}");
    proves_nothing(Container::Markdown, "\\frobnicate{x} = 1");
}

#[test]
fn a_long_sum_is_read() {
    let sum = vec!["x"; 10_000].join(" + ");
    let steps = between(Container::Text, &format!("{sum} = 10000 x"));
    assert_eq!(steps.len(), 1);
    assert_ne!(steps[0].verdict, StepVerdict::Refuted);
    let steps = between(Container::Text, &format!("{sum} = 10001 x"));
    assert_ne!(steps[0].verdict, StepVerdict::Proved);
    let terms: Vec<String> = (1..=10_000).map(|n| format!("a_{n}")).collect();
    let sum = terms.join(" + ");
    let steps = between(Container::Text, &format!("{sum} = {sum}"));
    assert_eq!(steps.len(), 1);
    assert_ne!(steps[0].verdict, StepVerdict::Refuted);
}

#[test]
fn huge_powers_are_not_written_out() {
    for (bad, verdict) in [
        ("x^(10^9) = x", StepVerdict::Proved),
        ("x^(10^9) x = x^(10^9 + 1)", StepVerdict::Refuted),
        ("10^(10^10) = 1", StepVerdict::Proved),
        ("10^(10^10) = 10^(10^10)", StepVerdict::Refuted),
        ("(x + y + 1)^(10^6) = 1", StepVerdict::Proved),
        ("2^(2^(2^(2^(2^2)))) = 1", StepVerdict::Proved),
        ("(10^6)! = 1", StepVerdict::Proved),
        ("sum_(k=1)^(10^12) k = 1", StepVerdict::Proved),
        ("1e999999999 = 1", StepVerdict::Proved),
    ] {
        for step in between(Container::Text, bad) {
            assert_ne!(step.verdict, verdict, "{bad}");
        }
    }
}

#[test]
fn a_side_without_a_value_is_said_to_have_none() {
    for bad in [
        "1/0 = 1",
        "2 = 1/(1 - 1)",
        "log(-1) = 3",
        "sqrt(-4) = 2",
        "1/0 = 1/0",
    ] {
        let steps = between(Container::Text, bad);
        assert!(!steps.is_empty(), "{bad}");
        for step in steps {
            assert_ne!(step.verdict, StepVerdict::Proved, "{bad}");
            assert!(!step.reason.is_empty(), "{bad}");
        }
    }
    for step in between(Container::Text, "0^0 = 1") {
        assert_ne!(step.verdict, StepVerdict::Refuted, "0^0 = 1");
    }
    for step in between(Container::Text, "0^0 = 0") {
        assert_ne!(step.verdict, StepVerdict::Proved, "0^0 = 0");
    }
}

#[test]
fn definitions_in_circles_prove_nothing() {
    proves_nothing(Container::Text, "x := x + 1\nx = x + 1");
    proves_nothing(Container::Text, "let x = y + 1; y = x + 1\nx = x + 2");
    proves_nothing(Container::Text, "a := b + 1\nb := a + 1\na = a + 2");
    proves_nothing(Container::Text, "f(n) := f(n + 1) + 1\nf(1) = f(2)");
}

#[test]
fn signs_that_nobody_expects_do_no_harm() {
    for bad in [
        "x = \u{202E}2 + 2",
        "= = =",
        "⇒",
        "⇒ ⇒ x",
        "x == y",
        "x === y",
        "\\",
        "\\\\",
        "{",
        "}",
        "^",
        "_",
        "&",
        "#",
        "~",
        "x = \u{1F600}",
        "x\u{0301}\u{0302} = 2",
        "𝑥 = 𝑥 + 1",
        "|x = |y|",
        "\\begin{align} x",
        "\\begin{cases}",
        "a = b \\tag{",
        "∑ ∑ ∑",
        "lim lim = lim",
        "∫ = ∫",
        "\\frac",
        "\\sqrt[",
        "x = \\text{",
        "1.2.3 = 4",
        "1,,2 = 3",
        "0x10 = 16",
        "x ∈ = 3",
        "\\left\\right",
        "d/d = 1",
        "dx/dx = ",
        "'''",
        "!!! = 1",
        "x!!!!!!!!!! = 1",
        ". , ; :",
    ] {
        if bad != "#" {
            let _ = between_any(Container::Text, bad);
        }
        let _ = between_any(Container::Markdown, bad);
    }
}

/// Like [`between`], for texts that may take what follows them along.
fn between_any(container: Container, bad: &str) -> Report {
    let text = match container {
        Container::Text => format!("2 + 2 = 4\n\n# Next\n\n{bad}\n"),
        _ => format!("$$2 + 2 = 4$$\n\n# Next\n\n$${bad}$$\n"),
    };
    let source = Source::new("page", text);
    let report = check(&source, container, &[], &Options::default());
    assert!(report.error.is_none(), "{bad}: {:?}", report.error);
    assert_eq!(
        report.derivations[0].verdict,
        Overall::Valid,
        "before {bad}"
    );
    report
}
