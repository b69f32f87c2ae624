//! What documents are split into.

use super::*;

/// Items as short text: `D:` display, `I:` inline, `C:` context, `P:` prose, `#n` heading,
/// `L:` label, `/` line break, `_` blank. Each fragment's place is checked on the way.
fn show(text: &str, container: Container) -> Vec<String> {
    let source = Source::new("test", text);
    items(&source, container)
        .iter()
        .map(|item| match &item.kind {
            ItemKind::Heading(level, words) => format!("#{level} {words}"),
            ItemKind::ItemLabel(label) => format!("L:{label}"),
            ItemKind::Prose(words) => format!("P:{words}"),
            ItemKind::Blank => "_".into(),
            ItemKind::LineBreak => "/".into(),
            ItemKind::Math(placement, fragment) => {
                let all = Span::new(0, u32::try_from(fragment.text.len()).unwrap());
                if fragment.runs.len() == 1 {
                    assert_eq!(source.slice(fragment.span(all)), fragment.text);
                }
                let mark = match placement {
                    Placement::Display => "D",
                    Placement::Inline | Placement::Told => "I",
                    Placement::Context | Placement::Words => "C",
                };
                let kind = if fragment.latex { "" } else { "'" };
                format!("{mark}{kind}:{}", fragment.text.trim())
            }
        })
        .collect()
}

fn md(text: &str) -> Vec<String> {
    show(text, Container::Markdown)
}

fn plain(text: &str) -> Vec<String> {
    show(text, Container::Text)
}

fn tex(text: &str) -> Vec<String> {
    show(text, Container::Tex)
}

#[test]
fn markdown_maths_stands_in_every_delimiter() {
    assert_eq!(md("$$x = 1$$"), ["D:x = 1"]);
    assert_eq!(
        md("الف با $x$ است\n\n$$\n\\begin{aligned}\na &= b \\\\\n&= c\n\\end{aligned}\n$$\nend"),
        [
            "P:الف با",
            "I:x",
            "P:است",
            "_",
            "D:\\begin{aligned}\na &= b \\\\\n&= c\n\\end{aligned}",
            "/",
            "P:end"
        ]
    );
    assert_eq!(md("\\[a = b\\] and \\(c\\)"), ["D:a = b", "P:and", "I:c"]);
    assert_eq!(
        md("```math\na = b\n```\n```python\n$x$\n```"),
        ["D:a = b", "/", "P:```"]
    );
    assert_eq!(
        md("\\begin{align}\na &= b\n\\end{align}"),
        ["D:\\begin{align}\na &= b\n\\end{align}"]
    );
    assert_eq!(md("> $$a\n> = b$$"), ["D:a\n= b"]);
}

#[test]
fn markdown_context_stands_in_fences_and_comments() {
    assert_eq!(
        md(
            "```hence\nx > 0; y > 0\n# remark\n\n\\alpha = 1\n```\n<!-- hence: z = x + y --> <!-- no -->"
        ),
        ["C':x > 0; y > 0", "_", "C:\\alpha = 1", "/", "C':z = x + y"]
    );
}

#[test]
fn inline_maths_alone_on_its_line_is_a_display() {
    assert_eq!(
        md("$t = z$\nwhere $z$ is\n- $a = b$, $c = d$."),
        [
            "D:t = z", "/", "P:where", "I:z", "P:is", "/", "D:a = b", "P:,", "D:c = d", "P:."
        ]
    );
    assert_eq!(
        md("Let $x>0$ and $n \\in \\mathbb{N}$."),
        ["P:Let", "I:x>0", "P:and", "I:n \\in \\mathbb{N}", "P:."]
    );
}

#[test]
fn markdown_headings_labels_and_bullets() {
    assert_eq!(
        md("# One\ntext\n## Two ##\nTitle\n===\n---\n"),
        ["#1 One", "_", "P:text", "_", "#2 Two", "_", "#1 Title"]
    );
    assert_eq!(
        md("(2) الف) در $x$\n\n(1)\n(1) (2) = 1"),
        [
            "L:(2)",
            "L:الف)",
            "P:در",
            "I:x",
            "_",
            "L:(1)",
            "/",
            "P:(1) (2) = 1"
        ]
    );
    assert_eq!(
        md(" - 2x10: وزن\n* **Given** $x$ ok"),
        ["P:2x10: وزن", "/", "P:Given", "I:x", "P:ok"]
    );
    assert_eq!(
        md("Problem 3. Show $x=1$ now"),
        ["L:Problem 3.", "P:Show", "I:x=1", "P:now"]
    );
}

#[test]
fn links_are_their_words_and_admonitions_are_headings() {
    assert_eq!(
        md("the [mean](/D/mean) of [x] is"),
        ["P:the mean of [x] is"]
    );
    assert_eq!(
        md("??? done \"Soln. 7.2\"\n    text"),
        ["#6 Soln. 7.2", "_", "P:text"]
    );
}

#[test]
fn code_and_prices_are_no_maths() {
    assert_eq!(
        md("use `$x$` and $5 or $10, \\$7"),
        ["P:use `$x$` and $5 or $10, \\$7"]
    );
}

#[test]
fn macros_of_a_markdown_document_are_expanded() {
    assert_eq!(
        md("$\\newcommand{\\R}{\\mathbb{R}}$\n\n$x \\in \\R$"),
        ["D:x \\in \\mathbb{R}"]
    );
}

#[test]
fn plain_lines_are_maths_context_headings_or_words() {
    assert_eq!(
        plain("# Title\nlet x = 2; y > 0\n\nx^2 = 4\nso x = 2 or x = -2\n"),
        [
            "#1 Title",
            "_",
            "P:let",
            "C':x = 2; y > 0",
            "_",
            "D':x^2 = 4",
            "/",
            "D':so x = 2 or x = -2"
        ]
    );
    assert_eq!(
        plain("This is a sentence.\nاین یک جمله است\nx = \\frac{1}{2}"),
        [
            "P:This is a sentence.",
            "/",
            "P:این یک جمله است",
            "/",
            "D:x = \\frac{1}{2}"
        ]
    );
    assert_eq!(
        plain("Since x > 0, we have |x| = x"),
        ["P:Since", "I':x > 0,", "P:we have", "I':|x| = x"]
    );
    assert_eq!(
        plain("x^2 = 4 (since x is even)"),
        ["D':x^2 = 4", "P:(since x is even)"]
    );
    assert_eq!(
        plain("x = 2 is a solution"),
        ["I':x = 2", "P:is a solution"]
    );
    assert_eq!(
        plain("= (x + 1)^2 by the chain rule"),
        ["D':= (x + 1)^2", "P:by the chain rule"]
    );
    assert_eq!(
        plain("solve for x:\n2x = 4"),
        ["P:solve for x:", "/", "D':2x = 4"]
    );
    assert_eq!(plain("(a) x = 2"), ["L:(a)", "D':x = 2"]);
    assert_eq!(
        plain("ab = ba\nsin x cos y\n∂L/∂w = x"),
        ["D':ab = ba", "/", "D':sin x cos y", "/", "D':∂L/∂w = x"]
    );
    assert_eq!(plain("for all t > 0"), ["P:for all", "C':t > 0"]);
    assert_eq!(plain("H symmetric"), ["P:H symmetric"]);
    assert_eq!(
        plain("let H symmetric; n in N"),
        ["P:let", "C':H symmetric; n in N"]
    );
    assert_eq!(
        plain("no solution\n⇔ false"),
        ["D':no solution", "/", "D':⇔ false"]
    );
    assert_eq!(plain("x ≥ 0 for all x"), ["D':x ≥ 0 for all x"]);
    assert_eq!(
        plain("Let x and y be real numbers with x + y = 10."),
        ["P:Let x and y be real numbers with", "I':x + y = 10."]
    );
    assert_eq!(
        plain("given x > 0, we have |x| = x"),
        ["P:given", "C':x > 0", "P:, we have", "I':|x| = x"]
    );
    assert_eq!(
        plain("If x > 0 then |x| = x"),
        ["P:If", "I':x > 0", "P:then", "I':|x| = x"]
    );
    assert_eq!(
        plain("2x = 4 [subtract 3]\nx = 2 // divide by 2\nx = 2 QED"),
        [
            "D':2x = 4",
            "P:[subtract 3]",
            "/",
            "D':x = 2",
            "P:// divide by 2",
            "/",
            "D':x = 2",
            "P:QED"
        ]
    );
    assert_eq!(plain("then we get x = 2"), ["P:then we get", "I':x = 2"]);
    assert_eq!(plain("area = length * width"), ["D':area = length * width"]);
}

#[test]
fn tex_documents_are_read_with_their_macros_and_comments() {
    let text = "\\documentclass{article}\n\\newcommand{\\R}{\\mathbb{R}}\n\\title{no}\n% hence: a > 0\n\\begin{document}\n\\section{One}\nLet $x \\in \\R$ be~given. % note $y$\n\n\\begin{align*}\na &= b % wrong\n\\\\ &= c\n\\end{align*}\nso that\n\\[ x = 1 \\]\n\\begin{itemize}\n\\item[(b)] $y$ is \\emph{good}, see \\eqref{e}\n\\end{itemize}\n\\begin{verbatim}$z$\\end{verbatim}\n% hence: y > 0\n\\end{document}\n$ignored$";
    assert_eq!(
        tex(text),
        [
            "C':a > 0",
            "_",
            "#2 One",
            "_",
            "P:Let",
            "I:x \\in \\mathbb{R}",
            "P:be given.",
            "_",
            "D:\\begin{align*}\na &= b \\\\ &= c\n\\end{align*}",
            "/",
            "P:so that",
            "/",
            "D:x = 1",
            "_",
            "L:(b)",
            "I:y",
            "P:is good, see",
            "_",
            "C':y > 0"
        ]
    );
}

#[test]
fn tex_displays_may_open_with_the_documents_own_commands() {
    let text = "\\def\\be{\\begin{equation}}\\newcommand{\\ee}{\\end{equation}}\nso \\be x = 1 \\ee and \\be y";
    assert_eq!(
        tex(text),
        [
            "P:so",
            "D:\\begin{equation} x = 1 \\end{equation}",
            "P:and  y"
        ]
    );
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    assert_eq!(md("\u{FEFF}# A\r\n\r\n$x$\r\n"), ["#1 A", "_", "D:x"]);
    assert_eq!(
        plain("\u{FEFF}x = 1\r\ny = 2\r\n"),
        ["D':x = 1", "/", "D':y = 2"]
    );
}

#[test]
fn nothing_and_hostile_texts_are_read_quickly() {
    for container in [
        Container::Text,
        Container::Markdown,
        Container::Tex,
        Container::Notebook,
        Container::Latex,
    ] {
        assert!(show("", container).is_empty());
        for unit in [
            "$",
            "$$ ",
            "\\(",
            "\\[",
            "`",
            "<!--",
            "\\begin{align}",
            "%",
            "{",
            "\\def",
            "(",
            "$x\n\n",
            "\\[\n\n",
            "\\(\n\n",
            "> ",
            "- ",
            "word ",
        ] {
            let _ = items(&Source::new("a", unit.repeat(20_000)), container);
        }
    }
}

const CONTAINERS: [Container; 5] = [
    Container::Text,
    Container::Markdown,
    Container::Tex,
    Container::Notebook,
    Container::Latex,
];

/// Every place that items name is a range of characters of the file.
fn check_places(text: &str, container: Container) {
    let source = Source::new("a", text);
    let within = |span: Span| {
        span.start <= span.end && text.get(span.start as usize..span.end as usize).is_some()
    };
    for item in items(&source, container) {
        assert!(within(item.span), "{container:?} {text:?}: {item:?}");
        if let ItemKind::Math(_, fragment) = &item.kind {
            for (start, _) in fragment.text.char_indices() {
                for end in [start, fragment.text.len()] {
                    let narrow = |offset| u32::try_from(offset).unwrap();
                    let place = fragment.span(Span::new(narrow(start), narrow(end)));
                    assert!(
                        within(place),
                        "{container:?} {text:?}: {start}..{end} of {item:?}"
                    );
                }
            }
        }
    }
}

proptest::proptest! {
    #[test]
    fn places_are_ranges_of_the_file(parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..24)) {
        let text: String = parts.concat();
        for container in CONTAINERS {
            check_places(&text, container);
        }
        let cell = serde_json::json!({"cells": [
            {"cell_type": "markdown", "source": [text]}, {"cell_type": "markdown", "source": "$x$"}
        ]});
        check_places(&cell.to_string(), Container::Notebook);
        let _ = Container::guess(&text);
    }
}

const PARTS: &[&str] = &[
    "$",
    "$$",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "\\",
    "\\\\",
    "\n",
    "\r\n",
    "\n\n",
    " ",
    "x",
    "= 1",
    "الف",
    "𝑥",
    "\u{301}",
    "\\begin{align}",
    "\\end{align}",
    "\\newcommand{\\a}[1]{#1 β}",
    "\\a{é}",
    "\\a",
    "\\def\\b{\\a}",
    "\\b",
    "{",
    "}",
    "#",
    "%",
    "% hence: x > 0\n",
    "```",
    "```math\n",
    "```hence\n",
    "<!-- hence: ",
    "-->",
    "> ",
    "- ",
    "(1) ",
    "ب) ",
    "let ",
    "the ",
    "where",
    "so ",
    "`",
    "**",
    "](",
    "[",
    ")",
    "\\section{",
    "\\item",
    "\\label{",
    "\\begin{document}",
    "\\end{document}",
    "\"",
    "\u{FEFF}",
    "\u{200F}",
    ",",
    ".",
    "\\be",
    "\\def\\be{\\[}",
];
