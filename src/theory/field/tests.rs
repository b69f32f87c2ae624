//! True and false equations, side by side.

use super::read_test::read;
use super::{Assumed, Field, equal, equal_under};
use crate::term::{Dimension, Relation, Sort, Store};
use crate::theory::facts::Facts;

fn same(a: &str, b: &str) -> bool {
    let mut store = Store::new();
    let (left, right) = (read(&mut store, a), read(&mut store, b));
    let answer = equal(&mut store, left, right);
    let mut field = Field::new(Assumed::default());
    if let (Some(x), Some(y)) = (
        field.normal(&mut store, left),
        field.normal(&mut store, right),
    ) {
        if x == y {
            assert!(answer, "one canonical term but not equal: {a} = {b}");
        }
        assert_eq!(field.normal(&mut store, x), Some(x), "not stable: {a}");
        assert!(
            field.equal(&mut store, left, x) || !answer,
            "canonical term differs from {a}"
        );
    }
    answer
}

#[track_caller]
fn holds(a: &str, b: &str) {
    assert!(same(a, b), "{a} = {b} is not found");
    assert!(same(b, a), "{b} = {a} is not found");
}

#[track_caller]
fn fails(a: &str, b: &str) {
    assert!(!same(a, b), "{a} = {b} must not be found");
}

#[test]
fn products_multiply_out() {
    holds("(x + y)^2", "x^2 + 2x y + y^2");
    fails("(x + y)^2", "x^2 + y^2");
    holds("(x - 1)(x + 1)(x^2 + 1)", "x^4 - 1");
    fails("(x - 1)(x + 1)(x^2 + 1)", "x^4 + 1");
    holds("(2x + 4)/2", "x + 2");
    fails("(2x + 4)/2", "x + 4");
}

#[test]
fn fractions_come_together_and_apart() {
    holds("1/x + 1/y", "(x + y)/(x y)");
    fails("1/x + 1/y", "2/(x + y)");
    holds("(x^2 - 1)/(x - 1)", "x + 1");
    holds("1/(x (x + 1))", "1/x - 1/(x + 1)");
    fails("1/(x (x + 1))", "1/x + 1/(x + 1)");
    holds("1/(1 + 1/(1 + 1/x))", "(x + 1)/(2x + 1)");
    holds("(4 - x)^-1", "-1/(x - 4)");
    fails("(4 - x)^-1", "1/(x - 4)");
    holds("x^0", "1");
}

#[test]
fn what_is_never_defined_equals_nothing() {
    fails("1/(x - x)", "1/(x - x)");
    fails("1/0 - 1/0", "0");
    fails("0 (1/0)", "0");
    fails("sqrt(0 - 1)", "sqrt(0 - 1)");
    fails("sin(1/(x - x))", "sin(1/(x - x))");
    fails("0^(-1/2)", "0^(-1/2)");
    holds("0^(1/2)", "0");
    holds("0^0", "1");
    fails("1/(sqrt(2) sqrt(2) - 2)", "1/(sqrt(2) sqrt(2) - 2)");
}

#[test]
fn roots_square_to_their_radicands_but_squares_have_two_roots() {
    holds("sqrt(x) sqrt(x)", "x");
    fails("sqrt(x^2)", "x");
    fails("sqrt(x^2)", "-x");
    holds("sqrt(x^2)^2", "x^2");
    fails("sqrt(x^4 y)", "x^2 sqrt(y)");
    holds("sqrt(x + 1) sqrt(1 + x)", "x + 1");
    holds("(x^2 + 1)/sqrt(x^2 + 1)", "sqrt(x^2 + 1)");
    fails("sqrt(x y)", "sqrt(x) sqrt(y)");
    fails("sqrt(x^2 + y^2)", "x + y");
    holds("sqrt(x^3)", "x sqrt(x)");
    holds("x^(1/2) x^(1/3)", "x^(5/6)");
    holds("cbrt(x)^3", "x");
    holds("cbrt(-x)", "-cbrt(x)");
    holds("sqrt(1/x)", "1/sqrt(x)");
    fails("(x^2)^(1/2)", "x");
    fails("(x^2)^(3/2)", "x^3");
    fails("(x^4)^(1/4)", "x");
    fails("(x^2)^(1/6)", "x^(1/3)");
    holds("sqrt(-x) sqrt(-x)", "-x");
    fails("sqrt(-x)", "sqrt(x)");
    holds("sqrt(x/y)^2", "x/y");
}

#[test]
fn roots_of_numbers_are_over_primes() {
    holds("sqrt(12)", "2 sqrt(3)");
    fails("sqrt(12)", "3 sqrt(2)");
    holds("sqrt(2) sqrt(3)", "sqrt(6)");
    holds("sqrt(2) + sqrt(8)", "3 sqrt(2)");
    fails("sqrt(2) + sqrt(3)", "sqrt(5)");
    holds("1/sqrt(2)", "sqrt(2)/2");
    holds("1/(1 + sqrt(2))", "sqrt(2) - 1");
    fails("1/(1 + sqrt(2))", "1 - sqrt(2)");
    holds("sqrt(1/3)", "sqrt(3)/3");
    holds("sqrt(4x)", "2 sqrt(x)");
    holds("cbrt(-8)", "-2");
    holds("8^(2/3)", "4");
    holds("cbrt(16)", "2 cbrt(2)");
    holds("sqrt(1018081)", "1009");
    holds("((1 + sqrt(5))/2)^2", "(1 + sqrt(5))/2 + 1");
}

#[test]
fn exponents_add_over_one_base() {
    holds("e^x e^y", "e^(x + y)");
    fails("e^x + e^y", "e^(x + y)");
    holds("(e^x)^2", "e^(2x)");
    fails("e^(x^2)", "(e^x)^2");
    holds("e^(x/2) e^(x/2)", "e^x");
    holds("sqrt(e^x)", "e^(x/2)");
    holds("e^(-x)", "1/e^x");
    holds("(e^x - e^(-x)) (e^x + e^(-x))", "e^(2x) - e^(-2x)");
    holds("e^(x + 1/x)", "e^x e^(1/x)");
    holds("2^x 2^y", "2^(x + y)");
    fails("2^x 3^y", "6^(x + y)");
    holds("2^x 3^x", "6^x");
    holds("4^x", "(2^x)^2");
    holds("x^n x", "x^(n + 1)");
    holds("x^n x^m", "x^(n + m)");
    fails("x^n x^m", "x^(n m)");
    fails("(x^2)^n", "x^(2n)");
    fails("sqrt(x^n)", "x^(n/2)");
    fails("sqrt(x^(2n))", "x^n");
    fails("(x y)^n", "x^n y^n");
    holds("(-1)^(n + 1)", "-(-1)^n");
    holds("((-1)^n)^2", "1");
    fails("(-1)^(2n)", "1");
    fails("(-1)^(m + n)", "(-1)^(m - n)");
    holds("(x + 1)^n (x + 1)", "(1 + x)^(n + 1)");
    holds("1^n", "1");
    holds("e^(2 log(x))", "e^(log(x)) e^(log(x))");
}

#[test]
fn kernels_are_known_by_normal_arguments() {
    holds("sin(2x + 1 - x)", "sin(x + 1)");
    fails("sin(2x)", "2 sin(x)");
    fails("sin(x)^2 + cos(x)^2", "1");
    holds("log((x^2 - 1)/(x - 1))", "log(1 + x)");
    holds("factorial(n + 1 - 1)", "factorial(n)");
    fails("sqrt(-1) sqrt(-1)", "-1");
}

#[test]
fn large_powers_end() {
    holds("x^1000000000", "x^1000000000");
    holds("(x + 1)^1000000", "(1 + x)^1000000");
    fails("(x + 1)^1000000", "(x + 2)^1000000");
    fails("(x + y + z)^3000", "x");
    holds("(x^1000000)^2", "x^2000000");
    fails("2^1000000000", "3^1000000000");
}

#[test]
fn transposes_are_left_to_matrices() {
    fails("A transpose(A)", "transpose(A) A");
}

#[test]
fn halves_in_exponents_stay_where_a_base_may_be_negative() {
    fails("x^(n + 1/2)", "sqrt(x) x^n");
    holds("x^(n + 3/2)", "x x^(n + 1/2)");
    holds("2^(n + 1/2)", "sqrt(2) 2^n");
    holds("x^(1 - (n + 1)/2)", "x^(-n/2 + 1/2)");
}

#[test]
fn bases_that_are_positive_by_their_form_or_by_the_facts_split() {
    holds("(x^2 + 1)^(n + 1/2)", "(1 + x^2)^n sqrt(x^2 + 1)");
    fails("(x^3 + 1)^(n + 1/2)", "(1 + x^3)^n sqrt(x^3 + 1)");
    holds("((x^2 + 1)^n)^2", "(x^2 + 1)^(2n)");
    let mut store = Store::new();
    let left = read(&mut store, "sqrt(x y) (x y)^n");
    let right = read(&mut store, "sqrt(y) x^(n + 1/2) y^n");
    let mut facts = Facts::default();
    let (zero, x) = (store.integer(0), store.variable("x"));
    let y = store.variable("y");
    facts
        .statements
        .push(store.relation(Relation::Less, zero, x));
    assert!(!equal_under(&mut store, &facts, left, right));
    facts
        .statements
        .push(store.relation(Relation::Less, zero, y));
    assert!(equal_under(&mut store, &facts, left, right));
}

#[test]
fn integer_exponents_split_over_all_products() {
    let mut store = Store::new();
    let left = read(&mut store, "(-x y)^n");
    let right = read(&mut store, "(-1)^n x^n y^n");
    let even = read(&mut store, "(-1)^(2n + m)");
    let short = read(&mut store, "(-1)^m");
    let mut facts = Facts::default();
    assert!(!equal_under(&mut store, &facts, left, right));
    assert!(!equal_under(&mut store, &facts, even, short));
    for name in ["n", "m"] {
        let symbol = store.symbol(name);
        facts.sorts.insert(symbol, Sort::Integer);
    }
    assert!(equal_under(&mut store, &facts, left, right));
    assert!(equal_under(&mut store, &facts, even, short));
}

#[test]
fn matrices_keep_their_order() {
    let mut store = Store::new();
    let mut facts = Facts::default();
    let size = Dimension(store.variable("d"));
    for name in ["A", "B", "C"] {
        let symbol = store.symbol(name);
        facts.sorts.insert(symbol, Sort::Matrix(size, size));
    }
    let mut check = |a: &str, b: &str| {
        let (left, right) = (read(&mut store, a), read(&mut store, b));
        equal_under(&mut store, &facts, left, right)
    };
    assert!(check("(A + B) C", "A C + B C"));
    assert!(!check("(A + B) C", "C A + C B"));
    assert!(check("2 A x B", "(x + x) A B"));
    assert!(!check("A B", "B A"));
    assert!(check("(A + B)^2", "A^2 + A B + B A + B^2"));
    assert!(!check("(A + B)^2", "A^2 + 2 A B + B^2"));
    assert!(check("transpose(A + B - B) A", "transpose(A) A"));
    assert!(!check("transpose(A) A", "A transpose(A)"));
    assert!(!check("A + transpose(D) D", "A + D transpose(D)"));
    assert!(check("A^2 A", "A A^2"));
    assert!(!check("(A B)^(0-1)", "A^(0-1) B^(0-1)"));
}
