use super::*;
use crate::number::Rational;

fn check(build: impl FnOnce(&mut Store) -> TermId, expected: &str) {
    let mut store = Store::new();
    let term = build(&mut store);
    assert_eq!(print(&store, term), expected);
}

#[test]
fn sums_show_negative_terms_with_a_minus() {
    check(
        |s| {
            let (x, y, one) = (s.variable("x"), s.variable("y"), s.integer(1));
            let d = s.sub(x, y);
            s.sub(d, one)
        },
        "x − y − 1",
    );
    check(
        |s| {
            let (x, y, z) = (s.variable("x"), s.variable("y"), s.variable("z"));
            let d = s.add(&[y, z]);
            s.sub(x, d)
        },
        "x − (y + z)",
    );
}

#[test]
fn fractions_stand_on_one_line_with_brackets_only_where_needed() {
    check(
        |s| {
            let (x, y, two) = (s.variable("x"), s.variable("y"), s.integer(2));
            let below = s.mul(&[two, y]);
            s.div(x, below)
        },
        "x/(2y)",
    );
    check(
        |s| {
            let (y, t, two) = (s.variable("y"), s.variable("t"), s.integer(2));
            let half = s.number(Rational::new(1, 2).unwrap());
            let d = s.sub(y, t);
            let square = s.pow(d, two);
            s.mul(&[half, square])
        },
        "(y − t)²/2",
    );
    check(
        |s| {
            let (x, one) = (s.variable("x"), s.integer(1));
            let e = s.neg(x);
            let e = s.exp(e);
            let below = s.add(&[one, e]);
            s.div(one, below)
        },
        "1/(1 + e^(−x))",
    );
}

#[test]
fn powers_of_negative_numbers_and_of_products_have_brackets() {
    check(
        |s| {
            let (a, two) = (s.integer(-3), s.integer(2));
            s.pow(a, two)
        },
        "(−3)²",
    );
    check(
        |s| {
            let (x, two) = (s.variable("x"), s.integer(2));
            let square = s.pow(x, two);
            s.neg(square)
        },
        "−x²",
    );
    check(
        |s| {
            let (x, n) = (s.variable("x"), s.variable("n"));
            let one = s.integer(1);
            let above = s.add(&[n, one]);
            s.pow(x, above)
        },
        "x^(n + 1)",
    );
}

#[test]
fn indices_and_labels_are_told_apart() {
    check(
        |s| {
            let (w, n, k) = (s.symbol("W"), s.variable("n"), s.variable("k"));
            s.add_node(Node::Member(w, [n, k].into()))
        },
        "W_{nk}",
    );
    check(
        |s| {
            let (w, t, one) = (s.symbol("w|0,1"), s.variable("t"), s.integer(1));
            let next = s.add(&[t, one]);
            s.add_node(Node::Member(w, [next].into()))
        },
        "w⁽ᵗ⁺¹⁾",
    );
    check(|s| s.variable("L_reg"), "L_reg");
}

#[test]
fn a_derivative_names_its_variable_or_its_point() {
    check(
        |s| {
            let (x, two) = (s.symbol("x"), s.integer(2));
            let v = s.variable("x");
            let body = s.pow(v, two);
            s.bind(x, &[body], |c| Node::Derivative(0, c[0], v))
        },
        "d/dx x²",
    );
    check(
        |s| {
            let z = s.symbol("z");
            let v = s.variable("z");
            let body = s.function(Function::Sigmoid, &[v]);
            let at = s.variable("b");
            let one = s.integer(1);
            let at = s.add(&[at, one]);
            s.bind(z, &[body], |c| Node::Derivative(0, c[0], at))
        },
        "σ′(b + 1)",
    );
}

#[test]
fn a_sum_shows_its_range_and_condition() {
    check(
        |s| {
            let (i, x) = (s.symbol("i"), s.symbol("x"));
            let (iv, one, n, j) = (
                s.variable("i"),
                s.integer(1),
                s.variable("n"),
                s.variable("j"),
            );
            let body = s.add_node(Node::Member(x, [iv].into()));
            let condition = s.relation(Relation::NotEqual, iv, j);
            s.bind(i, &[body, condition], |c| Node::Sum(0, c[0], one, n, c[1]))
        },
        "Σ_(k=1, k ≠ j)^n x_k",
    );
}

#[test]
fn statements_read_as_words() {
    check(
        |s| {
            let (a, x, b) = (s.integer(0), s.variable("x"), s.variable("b"));
            let p = s.relation(Relation::Less, a, x);
            let q = s.relation(Relation::LessEqual, x, b);
            let both = s.add_node(Node::And([p, q].into()));
            let other = s.relation(Relation::Equal, x, b);
            s.add_node(Node::Or([both, other].into()))
        },
        "0 < x ≤ b or x = b",
    );
}
