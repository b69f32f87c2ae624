//! Signs and order under facts: true and false cases side by side.

mod statement;

use hence::term::Store;
use hence::theory::facts::Facts;
use hence::theory::order::decide;
use statement::statement;

fn holds(facts: &[&str], claim: &str) -> bool {
    let mut store = Store::new();
    let facts = Facts {
        statements: facts.iter().map(|f| statement(&mut store, f)).collect(),
        ..Facts::default()
    };
    let claim = statement(&mut store, claim);
    decide(&mut store, &facts, claim).is_some()
}

fn table(rows: &[(&[&str], &str, bool)]) {
    let wrong: Vec<_> = rows
        .iter()
        .filter(|(facts, claim, expected)| holds(facts, claim) != *expected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn signs_follow_from_the_shape_of_a_term() {
    table(&[
        (&[], "x^2 >= 0", true),
        (&[], "x^2 > 0", false),
        (&[], "x^2 + 1 > 0", true),
        (&[], "exp(x) > 0", true),
        (&[], "exp(x) + exp(-x) != 0", true),
        (&[], "exp(x) > 1", false),
        (&[], "abs(x) >= 0", true),
        (&[], "abs(x) > 0", false),
        (&[], "sigma(x) > 0", true),
        (&[], "sigma(x) < 1", true),
        (&[], "1 + exp(-x) != 0", true),
        (&[], "x^2 + x*y + y^2 >= 0", true),
        (&[], "x^2 + 3*x*y + y^2 >= 0", false),
        (&[], "x^4 - x + 1 > 0", true),
        (&[], "x^4 - x > 0", false),
        (&[], "sin(x) <= 1", true),
        (&[], "sin(x) < 1", false),
        (&[], "pi > 3", true),
        (&[], "log(2) > 0", true),
        (&[], "sqrt(2) > 1", true),
        (&[], "sqrt(2) > 2", false),
    ]);
}

#[test]
fn facts_give_signs() {
    table(&[
        (&["x > 0"], "x != 0", true),
        (&["x > 0"], "1/x > 0", true),
        (&["x >= 0"], "1/x > 0", false),
        (&["x > 0", "y > 0"], "x*y > 0", true),
        (&["x > 0", "y < 0"], "x*y > 0", false),
        (&["x*y != 0"], "x != 0", true),
        (&["x*y != 0"], "y^3 != 0", true),
        (&["x + y != 0"], "x != 0", false),
        (&["x != y"], "2*y - 2*x != 0", true),
        (&["x != y"], "x^2 - y^2 != 0", false),
        (&["x < y", "y < z"], "x < z", true),
        (&["x < y", "y < z"], "z < x", false),
        (&["x > 1"], "log(x) > 0", true),
        (&["x > 0"], "log(x) > 0", false),
        (&["x > 1"], "x^2 > x", true),
        (&["x > 0"], "x^2 > x", false),
        (&["x > 0"], "sqrt(x) > 0", true),
        (&["a > 0", "b > 0"], "a + b > 0", true),
        (&["x > y"], "exp(x) > exp(y)", true),
        (&["x > y"], "exp(y) > exp(x)", false),
        (&["x > 0", "y > x"], "log(y) > log(x)", true),
        (&["y > x"], "log(y) > log(x)", false),
        (&["0 < p", "p < 1"], "p*(1-p) > 0", true),
        (&["0 < p", "p < 1"], "p/(1-p) > 0", true),
    ]);
}

#[test]
fn order_is_kept_by_what_is_positive() {
    table(&[
        (
            &["exp(a)/(exp(a)+exp(b)) >= exp(b)/(exp(a)+exp(b))"],
            "(exp(a)-exp(b))/(exp(a)+exp(b)) >= 0",
            true,
        ),
        (
            &["exp(a)/(exp(a)+exp(b)) >= exp(b)/(exp(a)+exp(b))"],
            "a >= b",
            true,
        ),
        (
            &["exp(a)/(exp(a)+exp(b)) >= exp(b)/(exp(a)+exp(b))"],
            "a > b",
            false,
        ),
        (&["2/(1+exp(-t)) - 1 >= 0"], "sigma(t) >= 0.5", true),
        (&["2/(1+exp(-t)) - 1 >= 0"], "sigma(t) > 0.5", false),
        (
            &["(2-(1+exp(-t)))/(1+exp(-t)) >= 0"],
            "2/(1+exp(-t)) - 1 >= 0",
            true,
        ),
        (
            &["(1-exp(-t))/(1+exp(-t)) >= 0"],
            "(2-(1+exp(-t)))/(1+exp(-t)) >= 0",
            true,
        ),
        (&["abs(1-e1*m) < 1", "m > 0"], "0 < e1 and e1 < 2/m", true),
        (&["abs(1-e1*m) < 1", "m > 0"], "0 < e1 and e1 < 1/m", false),
    ]);
}

#[test]
fn a_claim_must_be_defined_too() {
    table(&[
        (&[], "1/x = 1/x", false),
        (&["x != 0"], "1/x = 1/x", true),
        (&[], "log(x) = log(x)", false),
        (&["log(x) = 2"], "x > 0", true),
        (&["1/x = y"], "x != 0", true),
        (&["x = 0 or y/x = 2"], "x != 0", false),
        (&["x = 0 or y/x = 2"], "x = 0 or y = 2*x", true),
        (&["x^2/x = 0"], "false", true),
        (&[], "x = 0 or 1/x = 1/x", true),
        (&["not 1/x = 2"], "x != 0", true),
        (&["sqrt(x) >= 0"], "x >= 0", true),
        (&["a = b"], "sqrt(a) = sqrt(b)", false),
        (&["a = b", "a >= 0"], "sqrt(a) = sqrt(b)", true),
        (&["a = b"], "f(a) = f(b)", true),
        (&["f(a) = f(b)"], "a = b", false),
        (&["x = 2"], "sin(x) = sin(2)", true),
    ]);
}

#[test]
fn what_holds_of_all_members_holds_of_the_largest() {
    use hence::term::{Node, Relation};
    let mut store = Store::new();
    let family = store.symbol("l");
    let n = store.variable("n");
    let one = store.integer(1);
    let set = store.add_node(Node::Range(one, n));
    let k = store.symbol("k");
    let index = store.add_node(Node::Symbol(k));
    let member = store.add_node(Node::Member(family, [index].into()));
    // |1 − t l_k| < 1 for all k in 1…n
    let t = store.variable("t");
    let product = store.mul(&[t, member]);
    let inside = store.sub(one, product);
    let size = store.function(hence::term::Function::Abs, &[inside]);
    let body = store.relation(Relation::Less, size, one);
    let all = store.bind(k, &[body], |c| Node::ForAll(0, c[0], set));
    let most = store.bind(k, &[member], |c| Node::Extremum(0, c[0], one, n, true));
    let product = store.mul(&[t, most]);
    let inside = store.sub(one, product);
    let size = store.function(hence::term::Function::Abs, &[inside]);
    let claim = store.relation(Relation::Less, size, one);
    let positive = store.relation(Relation::LessEqual, one, n);
    let same = store.relation(Relation::Equal, most, most);
    let symbol = store.symbol("n");
    let mut facts = Facts {
        statements: vec![all, positive, same],
        ..Facts::default()
    };
    facts.sorts.insert(symbol, hence::term::Sort::Integer);
    assert!(decide(&mut store, &facts, claim).is_some());
    // Of one member it does not follow for the largest.
    let two = store.integer(2);
    let second = store.add_node(Node::Member(family, [two].into()));
    let product = store.mul(&[t, second]);
    let inside = store.sub(one, product);
    let size = store.function(hence::term::Function::Abs, &[inside]);
    let only = store.relation(Relation::Less, size, one);
    facts.statements[0] = only;
    assert!(decide(&mut store, &facts, claim).is_none());
}

#[test]
fn integers_are_at_least_one_apart() {
    let mut store = Store::new();
    let n = store.symbol("n");
    let mut facts = Facts::default();
    facts.sorts.insert(n, hence::term::Sort::Natural);
    for (given, claim, expected) in [
        ("n > 0", "n >= 1", true),
        ("n >= 0", "n >= 1", false),
        ("n != 0", "n >= 1", true),
        ("n > 1", "n >= 2", true),
        ("n > 1", "n >= 3", false),
        ("n >= 0", "n + 1 != 0", true),
        ("n >= 1", "n - 1 != 0", false),
        ("n >= 0", "n >= 0", true),
        ("2*n > 1", "n >= 1", true),
        ("n >= 0", "x^n = x^n", true),
    ] {
        let given = statement(&mut store, given);
        let facts = facts.with(&[given]);
        let term = statement(&mut store, claim);
        assert_eq!(
            decide(&mut store, &facts, term).is_some(),
            expected,
            "{claim}"
        );
    }
}
