//! One wrong step in every kind of file: the report points at it in the file as it is on disk.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use hence::report::StepVerdict;
use hence::source::{Container, Source};
use hence::{Options, check};

/// The steps of a text: verdict, and the text of the file from its first to its last character.
fn steps(text: &str, container: Container) -> Vec<(StepVerdict, String)> {
    let source = Source::new("page", text);
    let report = check(&source, container, &[], &Options::default());
    let lines: Vec<&str> = text.split('\n').collect();
    report
        .derivations
        .iter()
        .flat_map(|one| &one.steps)
        .map(|step| {
            let written = source.slice(step.span).to_owned();
            // What line and column say is where the span is.
            let line = lines.get(step.line as usize - 1).unwrap();
            let rest: String = line.chars().skip(step.column as usize - 1).collect();
            let first = written.split('\n').next().unwrap();
            assert!(
                rest.starts_with(first),
                "{rest:?} does not begin with {first:?}"
            );
            (step.verdict, written)
        })
        .collect()
}

const WRONG: StepVerdict = StepVerdict::Refuted;
const RIGHT: StepVerdict = StepVerdict::Proved;

#[test]
fn plain_lines() {
    let text = "\u{FEFF}# عنوان\r\n2 + 2 = 4\r\n\r\n  2 + 3 = 6  \r\n";
    assert_eq!(
        steps(text, Container::Text),
        [(RIGHT, "2 + 2 = 4".into()), (WRONG, "2 + 3 = 6".into())]
    );
}

#[test]
fn markdown_with_persian_words() {
    let text = "پس داریم که $$\\frac{1}{2} + \\frac{1}{2} = 2$$ و\n\n```math\n(x+1)^2 = x^2 + 2x + 1\n```\n";
    assert_eq!(
        steps(text, Container::Markdown),
        [
            (WRONG, "\\frac{1}{2} + \\frac{1}{2} = 2".into()),
            (RIGHT, "(x+1)^2 = x^2 + 2x + 1".into())
        ]
    );
}

#[test]
fn markdown_inside_a_quotation() {
    let text = "> $$\n> 2 + 3\n> = 5 = 6\n> $$\n";
    assert_eq!(
        steps(text, Container::Markdown),
        [(RIGHT, "= 5".into()), (WRONG, "5 = 6".into())]
    );
}

#[test]
fn tex_with_macros_and_comments() {
    let text = "\\newcommand{\\half}[1]{\\frac{#1}{2}}\n\\section{الف}\nThen % a $3 = 4$ remark\n\\begin{align}\n\\half{4} &= 3 % wrong\n\\\\ 1 + 1 &= 2\n\\end{align}\n";
    assert_eq!(
        steps(text, Container::Tex),
        [
            (WRONG, "\\half{4} &= 3".into()),
            (RIGHT, "1 + 1 &= 2".into())
        ]
    );
}

#[test]
fn notebooks_in_their_json() {
    let text = "{\"cells\": [\n {\"cell_type\": \"markdown\", \"source\": [\n  \"# \\u0627\\n\",\n  \"$$\\\\frac{4}{2} = 3$$\\n\"]}]}";
    assert_eq!(
        steps(text, Container::Notebook),
        [(WRONG, "\\\\frac{4}{2} = 3".into())]
    );
}

#[test]
fn context_of_the_document_is_used() {
    let right = [
        ("given x > 0\n\nsqrt(x^2) = x\n", Container::Text),
        (
            "```hence\nx > 0\n```\n\n$$\\sqrt{x^2} = x$$\n",
            Container::Markdown,
        ),
        (
            "<!-- hence: x > 0 -->\n\n$$\\sqrt{x^2} = x$$\n",
            Container::Markdown,
        ),
        ("% hence: x > 0\n\\[\\sqrt{x^2} = x\\]\n", Container::Tex),
        ("Let $x > 0$.\n\n$$\\sqrt{x^2} = x$$\n", Container::Markdown),
    ];
    for (text, container) in right {
        let verdicts: Vec<StepVerdict> = steps(text, container).iter().map(|(v, _)| *v).collect();
        assert!(verdicts.contains(&RIGHT), "{text}: {verdicts:?}");
        assert!(!verdicts.contains(&WRONG), "{text}: {verdicts:?}");
        let without = text.replace("x > 0", "y > 0");
        let verdicts: Vec<StepVerdict> =
            steps(&without, container).iter().map(|(v, _)| *v).collect();
        assert!(verdicts.contains(&WRONG), "{without}: {verdicts:?}");
    }
}

#[test]
fn a_definition_at_the_end_of_a_chain_stands_where_it_is_written() {
    let text = "# One\n\nSome words before it.\n\n$$b + c = a$$\n";
    let found = steps(text, Container::Markdown);
    assert_eq!(found[0].1, "b + c = a");
}
