//! How documents are read (CONTRACT §2 and §3): one row a rule, true and false rows side by side.

use hence::meaning::{Document, GivenText, Goal, Role, Shape, Step, read};
use hence::source::{Container, Source, items};
use hence::term::{Store, TermId, print};

/// The steps of a text, one line each: line, role, and what is claimed from what.
fn listing(text: &str, given: &str) -> Vec<String> {
    let container = if text.contains('$')
        || text.contains("<!--")
        || text.contains("```")
        || text.contains("# ")
    {
        Container::Markdown
    } else {
        Container::Text
    };
    let source = Source::new("text", text);
    let given: Vec<GivenText> = if given.is_empty() {
        Vec::new()
    } else {
        vec![GivenText {
            source: Source::new("given", given),
        }]
    };
    let mut store = Store::new();
    let document = read(&mut store, &source, &items(&source, container), &given);
    list(&store, &source, &document)
}

fn list(store: &Store, source: &Source, document: &Document) -> Vec<String> {
    let mut lines: Vec<String> = document
        .problems
        .iter()
        .map(|problem| format!("problem {problem}"))
        .collect();
    for (number, derivation) in document.derivations.iter().enumerate() {
        for step in &derivation.steps {
            let line = source.position(step.span.start).line;
            let begins = if number > 0 && std::ptr::eq(step, &raw const derivation.steps[0]) {
                "| "
            } else {
                ""
            };
            lines.push(format!("{begins}{line} {}", shown(store, step)));
        }
    }
    lines
}

fn shown(store: &Store, step: &Step) -> String {
    match &step.role {
        Role::Given if step.relation == ":=" => format!("{} := {}", step.left, step.right),
        Role::Given => format!("given {}", step.left),
        Role::Premise(goal) => format!("premise {}", claim(store, goal)),
        Role::Claim(goal) => format!("claim {}{}", hypotheses(store, goal), claim(store, goal)),
        Role::Follows(goal, carry) => {
            let whole = carry.converse.as_ref().map_or(String::new(), |goal| {
                format!(" else {}", claim(store, goal))
            });
            format!(
                "follows {}{}{whole}",
                hypotheses(store, goal),
                claim(store, goal)
            )
        }
        Role::Skipped(_) => format!("skipped {}", step.left),
        Role::Unreadable(_) => format!("unreadable {}", step.right.trim()),
        Role::Beyond(_) => format!("beyond {}", step.right.trim()),
    }
}

fn terms(store: &Store, terms: &[TermId]) -> String {
    let all: Vec<String> = terms.iter().map(|t| print(store, *t)).collect();
    all.join(", ")
}

fn hypotheses(store: &Store, goal: &Goal) -> String {
    if goal.hypotheses.is_empty() {
        String::new()
    } else {
        format!("[{}] ", terms(store, &goal.hypotheses))
    }
}

fn claim(store: &Store, goal: &Goal) -> String {
    match &goal.shape {
        Shape::Step(t) => print(store, *t),
        Shape::Statement(t) => format!("true: {}", print(store, *t)),
        Shape::Equivalence(a, b) => format!("{} ⇔ {}", print(store, *a), print(store, *b)),
        Shape::Rounded {
            term,
            others,
            decimal,
            places,
        } => {
            let or = if others.is_empty() {
                String::new()
            } else {
                format!(" or {}", terms(store, others))
            };
            format!(
                "{}{or} rounds to {decimal} in {places}",
                print(store, *term)
            )
        }
        Shape::UpToConstant { left, right, .. } => format!(
            "{} = {} up to a constant",
            print(store, *left),
            print(store, *right)
        ),
    }
}

/// A text, its context, and how it is to be read.
type Row = (&'static str, &'static str, &'static [&'static str]);

fn check(rows: &[Row]) {
    let mut wrong = Vec::new();
    for (text, given, expected) in rows {
        let found = listing(text, given);
        if found != *expected {
            wrong.push(format!(
                "{text:?} given {given:?}\n   is read as\n      {}\n   not as\n      {}",
                found.join("\n      "),
                expected.join("\n      ")
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} rows of {}:\n{}",
        wrong.len(),
        rows.len(),
        wrong.join("\n")
    );
}

#[test]
fn lines_without_a_blank_one_and_displays_without_prose_are_one_block() {
    check(&[
        (
            "a^2 = a a\nb^2 = b b",
            "",
            &["1 claim a² = a a", "2 claim b² = b b"],
        ),
        (
            "a^2 = a a\n\nb^2 = b b",
            "",
            &["1 claim a² = a a", "| 3 claim b² = b b"],
        ),
        (
            "$$a^2 = aa$$\n\n$$b^2 = bb$$",
            "",
            &["1 claim a² = a a", "3 claim b² = b b"],
        ),
        (
            "$$a^2 = aa$$\n\nNow another.\n\n$$b^2 = bb$$",
            "",
            &["1 claim a² = a a", "| 5 claim b² = b b"],
        ),
        // A colon before it joins it to the block.
        (
            "$$a^2 = aa$$\n\nAnd the other one:\n\n$$b^2 = bb$$",
            "",
            &["1 claim a² = a a", "5 claim b² = b b"],
        ),
        (
            "# One\n$$a^2 = aa$$\n# Two\n\nNamely:\n\n$$b^2 = bb$$",
            "",
            &["2 claim a² = a a", "| 7 claim b² = b b"],
        ),
        (
            "1) a^2 = a a\n2) b^2 = b b",
            "",
            &["1 claim a² = a a", "| 2 claim b² = b b"],
        ),
    ]);
}

#[test]
fn what_opens_with_a_relation_or_an_arrow_goes_on_across_prose() {
    check(&[
        (
            "$$(a+b)^2 = a^2+2ab+b^2$$\n\nwhich is\n\n$$= b^2+2ab+a^2$$",
            "",
            &[
                "1 claim (a + b)² = a² + 2a b + b²",
                "5 claim a² + 2a b + b² = b² + 2a b + a²",
            ],
        ),
        (
            "$$x^2 = 4$$\n\nNow we see\n\n$$\\Rightarrow x = 2$$",
            "",
            &["1 premise true: x² = 4", "5 follows true: x = 2"],
        ),
        (
            "$$x^2 = 4$$\n\nHence\n\n$$x = 2$$",
            "",
            &["1 premise true: x² = 4", "5 follows true: x = 2"],
        ),
        (
            "$$x^2 = 4$$\n\nIt follows that:\n\n$$x = 2$$",
            "",
            &["1 premise true: x² = 4", "5 follows true: x = 2"],
        ),
        (
            "$$x^2 = 4$$\n\nThis is well known.\n\n$$x = 2$$",
            "",
            &["1 claim x² = 4", "| 5 claim x = 2"],
        ),
        ("= 5", "", &["1 unreadable 5"]),
    ]);
}

#[test]
fn a_chain_makes_one_step_for_each_sign() {
    check(&[
        (
            "2 + 3 = 5 = 4 + 1",
            "",
            &["1 claim 2 + 3 = 5", "1 claim 5 = 4 + 1"],
        ),
        (
            "(x+1)^2\n= x^2 + 2x + 1\n= 1 + 2x + x^2",
            "",
            &[
                "2 claim (x + 1)² = x² + 2x + 1",
                "3 claim x² + 2x + 1 = 1 + 2x + x²",
            ],
        ),
        (
            "x^2 + 1 > x^2 ≥ 0",
            "",
            &["1 claim x² < x² + 1", "1 claim 0 ≤ x²"],
        ),
        (
            "$$\\begin{aligned} (x+1)^2 &= x^2 + x \\\\ &+ x + 1 \\\\ &= (1+x)^2 \\end{aligned}$$",
            "",
            &[
                "1 claim (x + 1)² = x² + x + x + 1",
                "1 claim x² + x + x + 1 = (1 + x)²",
            ],
        ),
        (
            "$$\\begin{aligned} (x+1)^2 &= \\\\ & x^2 + 2x + 1 \\end{aligned}$$",
            "",
            &["1 claim (x + 1)² = x² + 2x + 1"],
        ),
        ("x^2 + 1", "", &["1 skipped x^2 + 1"]),
        (
            "x^2 = 4 ⇒ x + 1",
            "",
            &["1 premise true: x² = 4", "1 unreadable x + 1"],
        ),
        ("x^2 \\propto 2", "", &["1 skipped x^2"]),
    ]);
}

#[test]
fn statements_are_kept_apart_by_separators() {
    check(&[
        (
            "x = 1 ⇔ (x = 1)",
            "",
            &["1 premise true: x = 1", "1 claim x = 1 ⇔ x = 1"],
        ),
        (
            "$$\\begin{aligned} &= a a \\\\ &= a^2 \\end{aligned}$$",
            "",
            &["1 skipped ", "1 claim a a = a²"],
        ),
        (
            "a a = a^2, b b = b^2",
            "",
            &["1 claim a a = a²", "1 claim b b = b²"],
        ),
        (
            "a a = a^2; b b = b^2",
            "",
            &["1 claim a a = a²", "1 claim b b = b²"],
        ),
        (
            "$$aa = a^2 \\quad bb = b^2$$",
            "",
            &["1 claim a a = a²", "1 claim b b = b²"],
        ),
        (
            "$$aa = a^2 \\\\ bb = b^2$$",
            "",
            &["1 claim a a = a²", "1 claim b b = b²"],
        ),
        (
            "a a = a^2 and b b = b^2",
            "",
            &["1 claim true: a a = a² and b b = b²"],
        ),
        ("$$aa = a^2 \\tag{3}$$", "", &["1 claim a a = a²"]),
        ("x^2 = 4 →", "", &["1 claim x² = 4"]),
    ]);
}

#[test]
fn the_statement_before_the_first_arrow_is_a_premise_and_others_are_claims() {
    check(&[
        (
            "2x = 4 ⇒ x = 2",
            "",
            &["1 premise true: 2x = 4", "1 follows true: x = 2"],
        ),
        (
            "2x = 4\n⇒ x = 2",
            "",
            &["1 premise true: 2x = 4", "2 follows true: x = 2"],
        ),
        (
            "2x = 4\nso x = 2",
            "",
            &["1 premise true: 2x = 4", "2 follows true: x = 2"],
        ),
        (
            "2x = 4\ntherefore x = 2",
            "",
            &["1 premise true: 2x = 4", "2 follows true: x = 2"],
        ),
        (
            "2x = 4\n∴ x = 2",
            "",
            &["1 premise true: 2x = 4", "2 follows true: x = 2"],
        ),
        (
            "$$2x = 4 \\implies x = 2$$",
            "",
            &["1 premise true: 2x = 4", "1 follows true: x = 2"],
        ),
        (
            "$$2x = 4 \\therefore x = 2$$",
            "",
            &["1 premise true: 2x = 4", "1 follows true: x = 2"],
        ),
        // Only the statement just before the arrow.
        (
            "x > 3, 2x = 4 ⇒ x = 2",
            "",
            &[
                "1 claim 3 < x",
                "1 premise true: 2x = 4",
                "1 follows true: x = 2",
            ],
        ),
        (
            "x > 3 and 2x = 4 ⇒ x = 2",
            "",
            &["1 premise true: 3 < x and 2x = 4", "1 follows true: x = 2"],
        ),
        (
            "2x = 4 ⇒ x = 2 ⇒ x^2 = 4",
            "",
            &[
                "1 premise true: 2x = 4",
                "1 follows true: x = 2",
                "1 follows true: x² = 4",
            ],
        ),
        // A claim behind a premise stands under it.
        (
            "2x = 4 ⇒ x = 2\nx + 1 = 3",
            "",
            &[
                "1 premise true: 2x = 4",
                "1 follows true: x = 2",
                "2 claim [2x = 4] x + 1 = 3",
            ],
        ),
        (
            "x + 1 = 3\n\n2x = 4 ⇒ x = 2",
            "",
            &[
                "1 claim x + 1 = 3",
                "| 3 premise true: 2x = 4",
                "3 follows true: x = 2",
            ],
        ),
        // With a chain as its conclusion each sign is a step.
        (
            "2x = 4 ⇒ x = 4/2 = 2",
            "",
            &[
                "1 premise true: 2x = 4",
                "1 follows true: x = 2",
                "1 follows true: 2 = 2",
            ],
        ),
        (
            "-2 < x < 2 ⇒ x^2 < 4",
            "",
            &[
                "1 premise true: −2 < x",
                "1 premise true: x < 2",
                "1 follows true: x² < 4",
            ],
        ),
        // A system is a premise as a whole.
        (
            "$$\\begin{cases} x + y = 3 \\\\ x - y = 1 \\end{cases} \\Rightarrow x = 2$$",
            "",
            &[
                "1 premise true: x + y = 3",
                "1 premise true: x − y = 1",
                "1 follows true: x = 2",
            ],
        ),
    ]);
}

#[test]
fn equivalences_claim_both_ways_against_the_statement_just_before() {
    check(&[
        (
            "x^2 = 4\n⇔ x = 2 or x = -2",
            "",
            &["1 premise true: x² = 4", "2 claim x² = 4 ⇔ x = 2 or x = −2"],
        ),
        (
            "x^2=4 iff x=2",
            "",
            &["1 premise true: x² = 4", "1 claim x² = 4 ⇔ x = 2"],
        ),
        (
            "x=1\n⇔ X=1",
            "",
            &["1 premise true: x = 1", "2 claim x = 1 ⇔ X = 1"],
        ),
        (
            "true\n⇔ false",
            "",
            &["1 premise true: true", "2 claim true ⇔ false"],
        ),
        (
            "x^2 = -1 ⇔ no solution",
            "",
            &["1 premise true: x² = −1", "1 claim x² = −1 ⇔ false"],
        ),
        (
            "x = 2 ⇔ 2x = 4 ⇔ x + 1 = 3",
            "",
            &[
                "1 premise true: x = 2",
                "1 claim x = 2 ⇔ 2x = 4",
                "1 claim 2x = 4 ⇔ x + 1 = 3",
            ],
        ),
        (
            "x^2 = 4 ⇐ x = 2",
            "",
            &["1 premise true: x² = 4", "1 claim [x = 2] true: x² = 4"],
        ),
        (
            "-2 < x < 2 ⇔ x^2 < 4",
            "",
            &[
                "1 premise true: −2 < x",
                "1 premise true: x < 2",
                "1 claim −2 < x < 2 ⇔ x² < 4",
            ],
        ),
        (
            "x^2 < 4 ⇔ -2 < x < 2",
            "",
            &["1 premise true: x² < 4", "1 claim x² < 4 ⇔ −2 < x < 2"],
        ),
        (
            "x + 1 ⇔ x = 2",
            "",
            &["1 skipped x + 1", "1 unreadable x = 2"],
        ),
    ]);
}

#[test]
fn what_stands_behind_an_arrow_with_definitions_alone_before_it_is_a_claim() {
    check(&[
        ("x = 2 ⇒ x^2 = 4", "", &["1 x := 2", "1 claim 2² = 4"]),
        (
            "x = 2, y = 3 ⇒ x y = 6",
            "",
            &["1 x := 2", "1 y := 3", "1 claim 2·3 = 6"],
        ),
        ("⇒ 2 + 2 = 4", "", &["1 claim 2 + 2 = 4"]),
        // Not so where a premise comes before.
        (
            "2x = 4 ⇒ x = 2",
            "",
            &["1 premise true: 2x = 4", "1 follows true: x = 2"],
        ),
    ]);
}

#[test]
fn a_fresh_symbol_is_defined_by_an_equation() {
    check(&[
        (
            "z = w x + b\nz - b = w x",
            "",
            &["1 z := w x + b", "2 claim w x + b − b = w x"],
        ),
        ("x = x^2", "", &["1 claim x = x²"]),
        (
            "f(x) = x^2\nf(3) = 9",
            "",
            &["1 f(x) := x^2", "2 claim 3² = 9"],
        ),
        ("a_n = 2n\na_3 = 6", "", &["1 a_n := 2n", "2 claim 2·3 = 6"]),
        ("y = 2\ny = 3", "", &["1 y := 2", "2 claim 2 = 3"]),
        (
            "x + 1 = 3\nx = 5\nx = x",
            "",
            &["1 claim x + 1 = 3", "2 x := 5", "3 claim 5 = 5"],
        ),
        // Context that tells range or sort leaves it fresh, an equation does not.
        ("x = 3", "x > 0", &["1 x := 3"]),
        ("x = 3", "x ∈ (0, 5)", &["1 x := 3"]),
        ("x = 3", "2x = y", &["1 claim [2x = y] x = 3"]),
        ("x = 3", "x = 4", &["1 claim 4 = 3"]),
        // Defined in one section, free again in the next.
        (
            "# A\n$$x = 2$$\n# B\n$$x = 3$$",
            "",
            &["2 x := 2", "| 4 x := 3"],
        ),
        (
            "$$x = 2$$\n\nText.\n\n$$x = 3$$",
            "",
            &["1 x := 2", "| 5 claim 2 = 3"],
        ),
        ("w^{(0)} = 1", "", &["1 w^{(0)} := 1"]),
        (
            "$$w^{(0)} = 1,\\ w^{(1)} = w^{(0)} + 1 = 2$$",
            "",
            &[
                "1 w^{(0)} := 1",
                "1 w^{(1)} := w^{(0)} + 1",
                "1 claim 1 + 1 = 2",
            ],
        ),
        ("x := 2\nx = 3", "", &["1 x := 2", "2 claim 2 = 3"]),
    ]);
}

#[test]
fn the_end_of_a_chain_may_be_named() {
    check(&[
        (
            "2 + 3 = 5 = s\ns = 5",
            "",
            &["1 claim 2 + 3 = 5", "1 5 := s", "2 claim 5 = 5"],
        ),
        (
            "x + y = s\ns - y = x",
            "",
            &["1 x + y := s", "2 claim x + y − y = x"],
        ),
        ("x^2 = x", "", &["1 claim x² = x"]),
    ]);
}

#[test]
fn assignments_give_new_values() {
    check(&[
        (
            "x = 1\nx ← x + 1\nx = 2",
            "",
            &["1 x := 1", "2 x := x + 1", "3 claim 1 + 1 = 2"],
        ),
        (
            "$$m_t \\leftarrow \\beta m_{t-1} + g$$",
            "",
            &["1 m_t := \\beta m_{t-1} + g"],
        ),
    ]);
}

#[test]
fn definitions_behind_arrows_hold_for_their_block_alone() {
    check(&[
        (
            "x = 2 ⇒ x^2 = 4\n\nx = 5",
            "",
            &["1 x := 2", "1 claim 2² = 4", "| 3 x := 5"],
        ),
        (
            "x = 2\nx^2 = 4\n\nx = 5",
            "",
            &["1 x := 2", "2 claim 2² = 4", "| 4 claim 2 = 5"],
        ),
        (
            "y^2 = 4 ⇒ z = y + 1 ⇒ z > y",
            "",
            &[
                "1 premise true: y² = 4",
                "1 z := y + 1",
                "1 follows true: y < y + 1",
            ],
        ),
        // Between two bare fresh letters it is a premise.
        (
            "a = b ⇒ a^2 = b^2",
            "",
            &["1 premise true: a = b", "1 follows true: a² = b²"],
        ),
        ("a = b\na^2 = b^2", "", &["1 a := b", "2 claim b² = b²"]),
        // With ⇔ it is a premise or claim like any other.
        (
            "x = 2 ⇔ x + 1 = 3",
            "",
            &["1 premise true: x = 2", "1 claim x = 2 ⇔ x + 1 = 3"],
        ),
    ]);
}

#[test]
fn a_plain_line_may_define_what_its_block_only_used() {
    check(&[
        (
            "v = u + a t\nu = 3\nv = 3 + a t",
            "",
            &["1 v := u + a t", "2 u := 3", "3 claim 3 + a t = 3 + a t"],
        ),
        (
            "L = 1/2 (y - t)^2\ny = σ(z)",
            "",
            &["1 L := 1/2 (y - t)^2", "2 y := σ(z)"],
        ),
        // Not what an earlier block used.
        (
            "(u + 1)^2 = u^2 + 2u + 1\n\nu = 3",
            "",
            &["1 claim (u + 1)² = u² + 2u + 1", "| 3 claim u = 3"],
        ),
        // Not behind a premise.
        (
            "2u = v^2 ⇒ u = v^2/2\nv = 3",
            "",
            &[
                "1 premise true: 2u = v²",
                "1 follows true: u = v²/2",
                "2 claim [2u = v²] v = 3",
            ],
        ),
        (
            "$$L = y^2$$\n\nwhere $y = 3$",
            "",
            &["3 y := 3", "1 L := y^2"],
        ),
    ]);
}

#[test]
fn recurrences_hold_for_all_values_of_their_letters() {
    check(&[
        (
            "w_(t+1) = 2 w_t\nw_(t+2) = 4 w_t",
            "",
            &[
                "1 w_(t+1) := 2 w_t",
                "2 claim [w_(k + 1) = 2w_k for all k ∈ ℤ, t ∈ ℤ] w_(t + 2) = 4w_t",
            ],
        ),
        (
            "w_1 = 2 w_0",
            "w_(t+1) = 2 w_t for all t",
            &["1 claim [w_(k + 1) = 2w_k for all k ∈ ℤ] w_1 = 2w_0"],
        ),
        ("w_1 = 2 w_0", "", &["1 w_1 := 2 w_0"]),
    ]);
}

#[test]
fn plain_lines_that_end_in_a_solved_form_are_a_solution() {
    check(&[
        (
            "2x + 3 = 7\n2x = 4\nx = 2",
            "",
            &[
                "1 premise true: 2x + 3 = 7",
                "2 follows true: 2x = 4",
                "3 follows true: x = 2 else 2x + 3 = 7 ⇔ x = 2",
            ],
        ),
        (
            "x^2 = 4\nx = 2, x = -2",
            "",
            &[
                "1 premise true: x² = 4",
                "2 follows true: x = 2 or x = −2",
                "2 follows true: x = 2 or x = −2 else x² = 4 ⇔ x = 2 or x = −2",
            ],
        ),
        (
            "x + y = 3\nx - y = 1\nx = 2, y = 1",
            "",
            &[
                "1 premise true: x + y = 3",
                "2 premise true: x − y = 1",
                "3 follows true: x = 2",
                "3 follows true: y = 1 else x + y = 3 and x − y = 1 ⇔ x = 2 and y = 1",
            ],
        ),
        (
            "2x > 4\nx > 2",
            "",
            &[
                "1 premise true: 4 < 2x",
                "2 follows true: 2 < x else 4 < 2x ⇔ 2 < x",
            ],
        ),
        (
            "x^2 = -1\nno solution",
            "",
            &[
                "1 premise true: x² = −1",
                "2 follows true: false else x² = −1 ⇔ false",
            ],
        ),
        (
            "(x+1)^2 = 4\nx = -1 ± 2",
            "",
            &[
                "1 premise true: (x + 1)² = 4",
                "2 follows true: x = −1 + 2 or x = −1 − 2 else (x + 1)² = 4 ⇔ x = −1 + 2 or x = −1 − 2",
            ],
        ),
        (
            "(x+1)^2 = 4\nx ∈ {1, -3}",
            "",
            &[
                "1 premise true: (x + 1)² = 4",
                "2 follows true: x ∈ {1, −3} else (x + 1)² = 4 ⇔ x ∈ {1, −3}",
            ],
        ),
        (
            "P V = n R T\nT = P V/(n R)",
            "",
            &[
                "1 premise true: P V = n R T",
                "2 follows true: T = P V/(n R) else P V = n R T ⇔ T = P V/(n R)",
            ],
        ),
        // No solution: the first defines.
        (
            "y = 2x + 3\ny - 3 = 2x",
            "",
            &["1 y := 2x + 3", "2 claim 2x + 3 − 3 = 2x"],
        ),
        // No solution: a letter that is not in the premises.
        ("2x = 4\nx = a", "", &["1 claim 2x = 4", "2 x := a"]),
        // No solution: the last is no solved form.
        ("2x = 4\n4x = 8", "", &["1 claim 2x = 4", "2 claim 4x = 8"]),
        (
            "Solve for x:\n2x = 4\nx = 2",
            "",
            &[
                "2 premise true: 2x = 4",
                "3 follows true: x = 2 else 2x = 4 ⇔ x = 2",
            ],
        ),
        ("x^2 = 4", "", &["1 claim x² = 4"]),
        ("x > 2", "", &["1 claim 2 < x"]),
    ]);
}

#[test]
fn labels_on_arrows_define_or_assume() {
    check(&[
        (
            "$$\\frac{1}{a+b} > 0 \\xrightarrow{a + b = t} \\frac{1}{t} > 0$$",
            "",
            &[
                "1 premise true: 0 < 1/(a + b)",
                "1 follows true: 0 < 1/(a + b)",
            ],
        ),
        (
            "$$y = (1-s)^2 \\ge 0 \\xrightarrow{s=1} y = 0$$",
            "",
            &[
                "1 y := (1-s)^2",
                "1 claim 0 ≤ (1 − s)²",
                "1 follows [s = 1] true: (1 − s)² = 0",
            ],
        ),
        (
            "$$x > 1 \\xrightarrow{\\text{square}} x^2 > 1$$",
            "",
            &["1 premise true: 1 < x", "1 follows true: 1 < x²"],
        ),
    ]);
}

#[test]
fn braces_with_a_relation_are_steps_or_definitions() {
    check(&[
        (
            "$$(a+b)^2 = \\underbrace{a^2 + 2ab}_{= a(a+2b)} + b^2$$",
            "",
            &[
                "1 claim (a + b)² = a² + 2a b + b²",
                "1 claim a² + 2a b = a·(a + 2b)",
            ],
        ),
        (
            "$$(a+b)^2 = \\underbrace{a^2 + 2ab}_{= Q} + b^2$$",
            "",
            &["1 claim (a + b)² = a² + 2a b + b²", "1 a^2 + 2ab := Q"],
        ),
        (
            "$$(a+b)^2 = \\underbrace{a^2 + 2ab}_{\\text{first}} + b^2$$",
            "",
            &["1 claim (a + b)² = a² + 2a b + b²"],
        ),
        (
            "$$\\sum_{k=1}^n \\underbrace{(k + k)}_{= 2k} = n(n+1)$$",
            "",
            &[
                "1 claim [k ∈ ℤ, 1 ≤ k, k ≤ n] k + k = 2k",
                "1 claim [n ∈ ℤ, 1 ≤ n] Σ_(k=1)^n (k + k) = n·(n + 1)",
            ],
        ),
    ]);
}

#[test]
fn maths_within_a_sentence_is_a_remark_unless_it_says_otherwise() {
    check(&[
        ("Here $x = 2$ is meant.", "", &["1 skipped x = 2"]),
        ("Note that $2 + 2 = 4$ holds.", "", &["1 claim 2 + 2 = 4"]),
        ("We put aside $x := 2$ here.", "", &["1 x := 2"]),
        ("The value $x^2$ grows.", "", &["1 skipped x^2"]),
        (
            "$$2x = 4$$\n\nHence $x = 2$ follows.",
            "",
            &["1 premise true: 2x = 4", "3 follows true: x = 2"],
        ),
        (
            "$$2x = 4$$\n\nand so we have $x = 2$.",
            "",
            &["1 premise true: 2x = 4", "3 follows true: x = 2"],
        ),
        (
            "$$2x = 4$$\n\nor perhaps $x = 2$.",
            "",
            &["1 claim 2x = 4", "3 skipped x = 2"],
        ),
        ("$x y = y x$", "", &["1 claim x y = y x"]),
        (
            "$$\\text{condition: } 0 < x < 1$$",
            "",
            &["1 skipped 0 < x < 1"],
        ),
        ("$$\\text{Hence } 2 + 2 = 4$$", "", &["1 claim 2 + 2 = 4"]),
    ]);
}

#[test]
fn context_words_state_and_their_reach_differs() {
    check(&[
        (
            "let x > 0\n√(x²) = x",
            "",
            &["1 given x > 0", "2 claim [0 < x] √(x²) = x"],
        ),
        (
            "assume x > 0\n√(x²) = x",
            "",
            &["1 given x > 0", "2 claim [0 < x] √(x²) = x"],
        ),
        (
            "Let $x > 0$.\n\n$$\\sqrt{x^2} = x$$",
            "",
            &["1 given x > 0", "3 claim [0 < x] √(x²) = x"],
        ),
        (
            "We see $x > 0$.\n\n$$\\sqrt{x^2} = x$$",
            "",
            &["1 skipped x > 0", "3 claim √(x²) = x"],
        ),
        (
            "<!-- hence: x > 0 -->\n\n$$\\sqrt{x^2} = x$$",
            "",
            &["1 given x > 0", "3 claim [0 < x] √(x²) = x"],
        ),
        (
            "given y = x + 1\ny - 1 = x",
            "",
            &["1 y := x + 1", "2 claim x + 1 − 1 = x"],
        ),
        (
            "let a = b\na^2 = b^2",
            "",
            &["1 given a = b", "2 claim [a = b] a² = b²"],
        ),
        // `where` reaches the block before it too.
        (
            "$$\\sqrt{x^2} = x$$\n\nwhere $x > 0$.",
            "",
            &["3 given x > 0", "1 claim [0 < x] √(x²) = x"],
        ),
        // A later case takes the place of the earlier.
        (
            "Case x > 0:\n|x| = x\n\nCase x < 0:\n|x| = -x",
            "",
            &[
                "1 given x > 0",
                "2 claim [0 < x] |x| = x",
                "| 4 given x < 0",
                "5 claim [x < 0] |x| = −x",
            ],
        ),
        (
            "If $x > 0$ and $y > 0$, then\n\n$$|x y| = x y$$",
            "",
            &[
                "1 given x > 0",
                "1 given y > 0",
                "3 claim [0 < x, 0 < y] |x y| = x y",
            ],
        ),
        (
            "Suppose $x > 0$. Then $|x| = x$.",
            "",
            &["1 given x > 0", "1 claim [0 < x] |x| = x"],
        ),
        // Elsewhere in a sentence it reaches no further.
        (
            "$$|x| = x$$\nfor $x > 0$.\n\n$$|x| = x$$",
            "",
            &["1 claim [0 < x] |x| = x", "| 4 claim |x| = x"],
        ),
        (
            "$$|x| = x \\quad \\text{if } x > 0$$",
            "",
            &["1 claim [0 < x] |x| = x", "1 given x > 0"],
        ),
        // To the end of its section.
        (
            "# A\nLet $x > 0$.\n\n$$|x| = x$$\n# B\n$$|x| = x$$",
            "",
            &[
                "2 given x > 0",
                "4 claim [0 < x] |x| = x",
                "| 6 claim |x| = x",
            ],
        ),
    ]);
}

#[test]
fn given_texts_apply_to_the_document_or_to_their_part() {
    check(&[
        ("√(x²) = x", "x > 0", &["1 claim [0 < x] √(x²) = x"]),
        (
            "√(x²) = x",
            "x > 0; y > 0",
            &["1 claim [0 < x, 0 < y] √(x²) = x"],
        ),
        (
            "z - b = w x",
            "let z = w x + b",
            &["1 claim w x + b − b = w x"],
        ),
        (
            "|x| = x\n\n|x| = x",
            "lines 3-3:\nx > 0",
            &["1 claim |x| = x", "| 3 claim [0 < x] |x| = x"],
        ),
        (
            "# One\n$$|x| = x$$\n# Two\n$$|x| = x$$",
            "section Two:\nx > 0",
            &["2 claim |x| = x", "| 4 claim [0 < x] |x| = x"],
        ),
        (
            "x = 2\n\nx = 3",
            "lines 3-3:\ny > 0",
            &["1 x := 2", "| 3 x := 3"],
        ),
        (
            "a_3 ≥ 0",
            "a_i > 0",
            &["1 claim [0 < a_k for all k ∈ ℤ] 0 ≤ a_3"],
        ),
    ]);
}

#[test]
fn an_assumption_of_the_document_is_about_fixed_letters() {
    check(&[
        (
            "assume a_k > 0\na_k ≥ 0",
            "",
            &["1 given a_k > 0", "2 claim [0 < a_k, k ∈ ℤ] 0 ≤ a_k"],
        ),
        (
            "let a_k > 0\na_k ≥ 0",
            "",
            &[
                "1 given a_k > 0",
                "2 claim [0 < a_k for all k ∈ ℤ, k ∈ ℤ] 0 ≤ a_k",
            ],
        ),
        (
            "assume a_k > 0 for all k\na_3 ≥ 0",
            "",
            &[
                "1 given a_k > 0 for all k",
                "2 claim [0 < a_k for all k ∈ ℤ] 0 ≤ a_3",
            ],
        ),
    ]);
}

#[test]
fn decimals_are_judged_to_the_digits_shown() {
    check(&[
        ("π = 3.14", "", &["1 claim π rounds to 157/50 in 2"]),
        (
            "(1 + 1)^2 = 4 = e",
            "",
            &["1 claim (1 + 1)² = 4", "1 claim 4 = e"],
        ),
        ("e = y - t", "", &["1 e := y - t"]),
        ("1/3 = 0.33", "", &["1 claim 1/3 rounds to 33/100 in 2"]),
        ("0.33 = 1/3", "", &["1 claim 1/3 rounds to 33/100 in 2"]),
        ("1/3 ≈ 0.33", "", &["1 claim 1/3 rounds to 33/100 in 2"]),
        ("1/3 = 1/3", "", &["1 claim 1/3 = 1/3"]),
        (
            "0.333 = 0.33",
            "",
            &["1 claim 333/1000 rounds to 33/100 in 2"],
        ),
        ("a ≈ b + 1", "", &["1 skipped a"]),
        (
            "v = 20/3 = 6.67",
            "",
            &["1 v := 20/3", "1 claim 20/3 rounds to 667/100 in 2"],
        ),
        ("g = 9.81", "", &["1 g := 9.81"]),
        (
            "3x = 2 ⇒ x ≈ 0.67",
            "",
            &[
                "1 premise true: 3x = 2",
                "1 follows x rounds to 67/100 in 2",
            ],
        ),
        (
            "v = 20/3 = 6.67\nv^2 = 44.5",
            "",
            &[
                "1 v := 20/3",
                "1 claim 20/3 rounds to 667/100 in 2",
                "2 claim (20/3)² or (667/100)² rounds to 89/2 in 1",
            ],
        ),
        ("2.5 > 2", "", &["1 claim 2 < 5/2"]),
    ]);
}

#[test]
fn integrals_without_limits_are_equal_up_to_a_constant() {
    check(&[
        (
            "$$\\int 2x\\, dx = x^2 + C$$",
            "",
            &["1 claim ∫ 2x dx = x² + C up to a constant"],
        ),
        (
            "$$\\int_0^1 2x\\, dx = 1$$",
            "",
            &["1 claim ∫_0^1 2x dx = 1"],
        ),
        (
            "$$\\int 2x\\, dx = x^2 + C = (x+1)(x-1) + C$$",
            "",
            &[
                "1 claim ∫ 2x dx = x² + C up to a constant",
                "1 claim x² + C = (x + 1)(x − 1) + C up to a constant",
            ],
        ),
    ]);
}

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
fn item_labels_make_definitions_a_guess() {
    let source = Source::new("t", "1) x = 2\n2) x = 3");
    let mut store = Store::new();
    let document = read(&mut store, &source, &items(&source, Container::Text), &[]);
    let step = &document.derivations[1].steps[0];
    assert!(matches!(step.role, Role::Claim(_)));
    assert_eq!(step.alternatives.len(), 1);
    assert_eq!(step.alternatives[0].role, Role::Given);
    let source = Source::new("t", "x = 2\n\nx = 3");
    let document = read(&mut store, &source, &items(&source, Container::Text), &[]);
    assert!(document.derivations[1].steps[0].alternatives.is_empty());
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
