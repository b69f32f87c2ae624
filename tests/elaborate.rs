//! Surface trees and their meaning: text, with lines of context before it, and the term as it is
//! printed.
#![allow(clippy::unwrap_used, missing_docs, reason = "these are tests")]

use hence::meaning::Scope;
use hence::meaning::elaborate::{Elaborated, expression, head, statement};
use hence::syntax::{ElementKind, Entry, EntryKind, Kind, Relation, Tree, parse, parse_context};
use hence::term::{Store, print};

fn is_latex(text: &str) -> bool {
    text.contains('\\') || text.contains('{')
}

fn trees(text: &str) -> Vec<Tree> {
    parse(text, is_latex(text))
        .into_iter()
        .filter_map(|element| match element.kind {
            ElementKind::Formula(tree) => Some(tree),
            ElementKind::Error(message) => panic!("{text}: {message}"),
            _ => None,
        })
        .collect()
}

/// Takes in one entry of context: a declaration, or a definition.
fn take_in(store: &mut Store, scope: &mut Scope, text: &str, entry: &Entry) {
    match &entry.kind {
        EntryKind::Member(names, set) => {
            scope.declare_member(store, text, names, set).unwrap();
        }
        EntryKind::Function(names, arguments, value) => {
            scope
                .declare_function(store, text, names, arguments, value)
                .unwrap();
        }
        EntryKind::Property(names, words) => {
            scope.declare_property(store, names, words).unwrap();
        }
        EntryKind::Statement(tree, _) => {
            let Kind::Chain(left, rest) = &tree.kind else {
                return;
            };
            let [(relation, _, right)] = rest.as_slice() else {
                return;
            };
            let found = head(store, scope, left).unwrap_or_else(|| panic!("{text}: no head"));
            match relation {
                Relation::Assign => scope.assign(store, text, &found, right).unwrap(),
                _ => scope.define(store, text, &found, right).unwrap(),
            };
        }
        other => panic!("{text}: {other:?}"),
    }
}

fn read(context: &str, text: &str) -> (Store, Result<Elaborated, String>) {
    let mut store = Store::new();
    let mut scope = Scope::new();
    let read = trees(text);
    let entries = parse_context(context, is_latex(context));
    for entry in &entries {
        if let EntryKind::Statement(tree, _) = &entry.kind {
            scope.observe(tree);
        }
    }
    for tree in &read {
        scope.observe(tree);
    }
    for entry in &entries {
        take_in(&mut store, &mut scope, context, entry);
    }
    let all: Vec<&Tree> = read.iter().collect();
    scope.enter_block(&mut store, &all);
    let [tree] = read.as_slice() else {
        panic!("{text}: {} formulas", read.len());
    };
    let statement_like = matches!(
        tree.kind,
        Kind::Chain(..) | Kind::Joined(..) | Kind::Not(_) | Kind::Truth(_) | Kind::ForAll(..)
    );
    let result = if statement_like {
        statement(&mut store, &scope, text, tree)
    } else {
        expression(&mut store, &scope, text, tree)
    };
    (store, result.map_err(|e| e.message))
}

#[track_caller]
fn reads(context: &str, text: &str, expected: &str) {
    let (store, result) = read(context, text);
    let shown = match &result {
        Ok(elaborated) => print(&store, elaborated.term),
        Err(message) => format!("unreadable: {message}"),
    };
    assert_eq!(shown, expected, "{context} ⊢ {text}");
}

/// The reading, and the other reading of its first guess.
#[track_caller]
fn guesses(context: &str, text: &str, expected: &str, other: &str) {
    reads(context, text, expected);
    let (store, result) = read(context, text);
    let elaborated = result.unwrap();
    let Some(guess) = elaborated.guesses.first() else {
        panic!("{text}: no guess");
    };
    assert_eq!(print(&store, guess.term), other, "{text}: {}", guess.note);
    assert!(elaborated.notes.contains(&guess.note));
}

#[track_caller]
fn certain(context: &str, text: &str, expected: &str) {
    reads(context, text, expected);
    let (_, result) = read(context, text);
    assert_eq!(result.unwrap().guesses, Vec::new(), "{text}");
}

#[track_caller]
fn unreadable(context: &str, text: &str, message: &str) {
    let (store, result) = read(context, text);
    match result {
        Ok(elaborated) => panic!("{text}: read as {}", print(&store, elaborated.term)),
        Err(found) => assert!(found.contains(message), "{text}: {found}"),
    }
}

#[test]
fn letters_side_by_side_are_factors() {
    certain("", "wx + b", "w x + b");
    certain("", "2xy", "2x y");
    certain("", r"\alpha x", "α x");
    certain("", "x(y + 1)", "x·(y + 1)");
    certain("", "xy^2", "x y²");
    certain("wx ∈ ℝ", "wx + 1", "wx + 1");
}

#[test]
fn labels_are_part_of_the_name_and_indices_are_not() {
    certain("", "L_reg + 1", "L_reg + 1");
    certain("", r"L_{reg}", "L_reg");
    certain("", r"L_{\text{reg}}", "L_reg");
    certain("", r"\lambda_{\max}", "λ_max");
    certain("", r"W_{S1}", "W_S1");
    certain("", r"W_{nk}", "W_{nk}");
    certain("", r"a_{10}", "a_10");
    certain("", r"x_{i+1}", "x_(i + 1)");
    certain("", r"x^{(i)}", "x⁽ⁱ⁾");
    certain("", r"x_j^{(i)}", "x_j⁽ⁱ⁾");
    certain("", "x_i²", "x_i²");
    certain("", r"x^{2}_i", "x_i²");
    certain("", r"x_e + e", "x_e + e");
    certain("A ∈ ℝ^{3×3}", r"A_{12}", "A_{12}");
}

#[test]
fn functions_take_what_the_precedence_gives_them() {
    certain("", "sin 2x", "sin(2x)");
    certain("", "sin x cos y", "sin(x) cos(y)");
    certain("", "sin x^2", "sin(x²)");
    certain("", "sin^2 x", "sin(x)²");
    certain("", r"\sin^{-1} x", "arcsin(x)");
    certain("", "sin(x)²", "sin(x)²");
    certain("", "log(x + 1)^2", "log(x + 1)²");
    certain("", r"\log_2 8", "log_2(8)");
    certain("", "e^x", "e^x");
    certain("", "exp(x)", "e^x");
    certain("", r"\operatorname{atan}(x)", "arctan(x)");
    certain("", r"\sin \frac{x}{2}", "sin(x/2)");
    certain("", "2 sin x + 1", "2 sin(x) + 1");
    certain("", "σ(z)", "σ(z)");
    certain("", "σ²(z)", "σ(z)²");
    certain("", "σ'(z)", "d/dz σ(z)");
    certain("", "σ z", "σ z");
    guesses("", "log x (y + 1)", "log(x)·(y + 1)", "log(x·(y + 1))");
    unreadable("", "sin + 1", "argument");
}

#[test]
fn a_stroke_divides_by_the_first_factor_only() {
    guesses("", "1/2x", "x/2", "1/(2x)");
    guesses("", "a/bc", "a c/b", "a/(b c)");
    certain("", "a/b", "a/b");
    certain("", "x/2", "x/2");
    certain("", r"\frac{1}{2x}", "1/(2x)");
    certain("", "1/(2x)", "1/(2x)");
    certain("", "sin(x)/x", "sin(x)/x");
    certain("", "1/sin(x)", "1/sin(x)");
    certain("", "1/0", "1/0");
}

#[test]
fn an_undeclared_letter_is_a_function_only_if_it_never_stands_alone() {
    guesses("", "f(x) + 1", "f(x) + 1", "f x + 1");
    certain("", "f(x) + f", "f x + f");
    certain("f : ℝ → ℝ", "f(x) + 1", "f(x) + 1");
    certain("f : ℝ → ℝ", "f''(x)", "f''(x)");
    guesses("", "M'(t) + M(t)", "M'(t) + M(t)", "M′ t + M t");
    certain("", "x(t + 1)", "x·(t + 1)");
    certain("f(x) = x^2 + 1", "f(3) + f(a)", "3² + 1 + a² + 1");
    certain("f(x) = x^2", "f'(3)", "[d/dz z²]_(z=3)");
}

#[test]
fn definitions_are_written_out() {
    let network = "z = w x + b; y = σ(z); L = (y - t)^2/2";
    certain(network, "z", "w x + b");
    certain(network, "L", "(σ(w x + b) − t)²/2");
    certain(network, "dL/dy", "[∂/∂z ((z − t)²/2)]_(z=σ(w x + b))");
    certain(network, "∂y/∂z", "σ′(w x + b)");
    certain(network, "∂L/∂w", "∂/∂w ((σ(w x + b) − t)²/2)");
    certain(network, "∂L/∂b", "∂/∂b ((σ(w x + b) − t)²/2)");
    certain("x ← 2; y = x + 1; x ← 5", "x + y", "5 + 2 + 1");
    certain("x_i = 2 i", "x_3 + x_k", "2·3 + 2k");
    certain("w⁽⁰⁾ = 3; w⁽¹⁾ = w⁽⁰⁾ + 1", "w⁽¹⁾", "3 + 1");
}

#[test]
fn a_derivative_by_a_member_reaches_every_member() {
    certain("", "∂/∂x_i (x_i^2)", "d/dx_i x_i²");
    certain(
        "J = sum_(k=1)^n w_k x_k",
        "∂J/∂w_i",
        "[∂/∂z Σ_(k=1)^n (w_k + δ_{ki}·(z − w_i)) x_k]_(z=w_i)",
    );
    certain("", "∂/∂x_1 (x_1 x_2)", "[∂/∂z z x_2]_(z=x_1)");
    certain("", "∂/∂x_1 (x_2)", "[∂/∂z x_2]_(z=x_1)");
}

#[test]
fn an_undefined_name_that_is_differentiated_is_a_function() {
    certain("", "dA/dv", "d/dv A(v)");
    certain(
        "",
        "dz/dy · dy/dx = dz/dx",
        "[d/du z(u)]_(u=y(x)) d/dx y(x) = d/dx z(y(x))",
    );
    certain("", "d/dx (a x)", "∂/∂x a x");
}

#[test]
fn sums_bind_their_index() {
    certain("", "sum_(k=1)^n k", "Σ_(k=1)^n k");
    certain("", r"\sum_{k=1}^n a_k + b", "Σ_(k=1)^n a_k + b");
    certain(
        "",
        r"\sum_{i=1}^n \sum_{j=1}^n x_i x_j",
        "Σ_(k=1)^n Σ_(j=1)^n x_k x_j",
    );
    certain("", r"\prod_{k=1}^{n} k", "Π_(k=1)^n k");
    certain("i ∈ {1, …, n}", r"\sum_i x_i", "Σ_(k=1)^n x_k");
    certain(
        "",
        r"\sum_{i=1}^n \sum_{j \ne i} x_j",
        "Σ_(k=1)^n Σ_(j=1, j ≠ k)^n x_j",
    );
    guesses(
        "",
        r"\sum_{k=1}^n a_k + b_k",
        "Σ_(k=1)^n (a_k + b_k)",
        "Σ_(k=1)^n a_k + b_k",
    );
}

#[test]
fn integrals_bind_their_variable_and_see_definitions() {
    certain("", r"\int_0^1 x^2 dx", "∫_0^1 x² dx");
    certain("", r"\int x^2 dx", "∫ x² dx");
    certain("y = x^2", r"\int_0^1 y dx", "∫_0^1 x² dx");
    certain("", r"\left[x^2\right]_0^1", "1² − 0²");
    certain("", r"\lim_{x \to 0} x^2", "lim_(x→0) x²");
    certain("", r"\lim_{x \to 0^+} \log x", "lim_(x→0⁺) log(x)");
}

#[test]
fn statements_keep_their_parts() {
    certain("", "0 < x ≤ 2", "0 < x ≤ 2");
    certain("", "x > 2", "2 < x");
    certain("", "x = ±a", "x = a or x = −a");
    certain("", "x = 2 or x = 3", "x = 2 or x = 3");
    certain("", "x ∈ {1, 2}", "x ∈ {1, 2}");
    certain("", "x ∈ (0, 1]", "x ∈ (0, 1]");
    certain("", "x > 0 and y ≠ 0", "0 < x and y ≠ 0");
    certain("", "no solution", "false");
    certain("", "q ± a = b ∓ c", "q + a = b − c and q − a = b + c");
    guesses(
        "",
        "q ± a = b ± c",
        "q + a = b + c and q − a = b − c",
        "q + a = b + c and q − a = b − c or q + a = b − c and q − a = b + c",
    );
    unreadable("", "x + (x = 2)", "statement");
}

#[test]
fn expectation_and_probability_are_functions() {
    certain("", "E[X + 1]", "E[X + 1]");
    certain("", r"E\{x^2\}", "E[x²]");
    certain("", "Var(X)", "Var[X]");
    certain("", "Cov(X, Y)", "Cov(X, Y)");
    certain("", "P(A | B)", "P(A ∣ B)");
    certain("", "E + E(x)", "E + E x");
}

#[test]
fn vectors_and_matrices_are_transposed_and_scalars_are_not() {
    certain("v ∈ ℝ^n; H ∈ ℝ^{n×n}", "v^T H v", "vᵀ H v");
    certain("", "x^T", "x^T");
    certain("", "X^T X y", "Xᵀ X y");
    certain("", "X^T + T", "X^T + T");
    certain("A ∈ ℝ^{n×n}", "A^{-1}", "A⁻¹");
    certain("", r"\underline{w}^{(t)}", "𝐰⁽ᵗ⁾");
    certain(
        "",
        r"\underline{Q}^T \underline{Q} = \underline{I}",
        "𝐐ᵀ 𝐐 = I",
    );
}

#[test]
fn softmax_goes_over_the_members_that_are_seen() {
    certain("", "softmax(z_1) + z_2", "softmax_1(z_1, z_2) + z_2");
}

#[test]
fn a_name_is_not_defined_by_itself() {
    let mut store = Store::new();
    let mut scope = Scope::new();
    for (text, good) in [("a = b + 1", true), ("b = a", false), ("c = c + 1", false)] {
        let tree = trees(text).remove(0);
        let Kind::Chain(left, rest) = &tree.kind else {
            panic!()
        };
        let found = head(&mut store, &scope, left).unwrap();
        let result = scope.define(&mut store, text, &found, &rest[0].2);
        assert_eq!(result.is_ok(), good, "{text}");
    }
}

#[test]
fn shapes_that_do_not_fit_have_no_meaning() {
    let column = r"\underline{w}^{(t)} ∈ \mathbb{R}^n; \underline{H} ∈ \mathbb{R}^{n×n}; A ∈ \mathbb{R}^{n×m}";
    let row = r"\underline{w}^{(t)} ∈ \mathbb{R}^{1×n}; \underline{H} ∈ \mathbb{R}^{n×n}";
    let step = r"\underline{w}^{(t)} (\underline{I} - ε \underline{H})";
    unreadable(column, step, "(I − ε 𝐇) 𝐰⁽ᵗ⁾ would fit");
    certain(row, step, "𝐰⁽ᵗ⁾·(I − ε 𝐇)");
    certain(
        column,
        r"\underline{H} \underline{w}^{(t)} (1 - ε)",
        "𝐇 𝐰⁽ᵗ⁾·(1 − ε)",
    );
    unreadable(column, r"\underline{H} + A", "n × n");
    unreadable(column, r"A^2", "square");
    unreadable(column, r"\underline{H} A + A A", "would fit");
    certain(column, r"A^T \underline{H} A", "Aᵀ 𝐇 A");
    unreadable(column, r"\underline{H} = A", "one shape");
    certain(column, r"\underline{w}^{(t)} = 0", "𝐰⁽ᵗ⁾ = 0");
}

#[test]
fn a_function_of_a_family_depends_on_its_members() {
    certain(
        r"J_0(ω) = \sum_{k=1}^n ω_k x_k",
        r"\frac{\partial J_0(ω)}{\partial ω_i}",
        "[∂/∂z Σ_(k=1)^n (ω_k + δ_{ki}·(z − ω_i)) x_k]_(z=ω_i)",
    );
    certain("f(x) = a x; a = x + 1", "f(2)", "(2 + 1)·2");
    certain("y = x^2; f(u) = u + 1", "d/dx f(y)", "d/dx (x² + 1)");
}
