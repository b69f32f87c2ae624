//! What is refuted and what is not: wrong claims beside right ones.

#![allow(clippy::unwrap_used, reason = "tests")]

use hence::meaning::{Context, Declaration, Goal, Property, Shape};
use hence::number::Rational;
use hence::refute::{Budget, Outcome, refute, witness};
use hence::term::{Constant, Function, Node, Relation, Sort, Store, TermId};
use hence::theory::evaluate::Value;

/// Terms built by hand: what is under test stands below the reader.
struct Bench {
    store: Store,
    context: Context,
    hypotheses: Vec<TermId>,
}

impl Bench {
    fn new() -> Self {
        Bench {
            store: Store::new(),
            context: Context::default(),
            hypotheses: Vec::new(),
        }
    }

    fn v(&mut self, name: &str) -> TermId {
        self.store.variable(name)
    }

    fn n(&mut self, n: i64) -> TermId {
        self.store.integer(n)
    }

    fn q(&mut self, n: i64, d: i64) -> TermId {
        self.store.number(Rational::new(n, d).unwrap())
    }

    fn pow(&mut self, a: TermId, n: i64) -> TermId {
        let n = self.n(n);
        self.store.pow(a, n)
    }

    fn f(&mut self, function: Function, a: TermId) -> TermId {
        self.store.function(function, &[a])
    }

    fn eq(&mut self, a: TermId, b: TermId) -> TermId {
        self.store.relation(Relation::Equal, a, b)
    }

    fn less(&mut self, a: TermId, b: TermId) -> TermId {
        self.store.relation(Relation::Less, a, b)
    }

    fn or(&mut self, a: TermId, b: TermId) -> TermId {
        self.store.add_node(Node::Or([a, b].into()))
    }

    fn goal(&mut self, shape: Shape) -> Outcome {
        let goal = Goal {
            hypotheses: self.hypotheses.clone(),
            shape,
            solved_for: None,
        };
        refute(&mut self.store, &self.context, &goal, &Budget::NORMAL)
    }

    fn step(&mut self, a: TermId, b: TermId) -> Outcome {
        let claim = self.eq(a, b);
        self.goal(Shape::Step(claim))
    }

    fn statement(&mut self, claim: TermId) -> Outcome {
        self.goal(Shape::Statement(claim))
    }

    fn sum(&mut self, k: &str, body: TermId, low: TermId, high: TermId) -> TermId {
        let symbol = self.store.symbol(k);
        let yes = self.store.add_node(Node::Truth(true));
        self.store.bind(symbol, &[body, yes], |c| {
            Node::Sum(0, c[0], low, high, c[1])
        })
    }

    fn derivative(&mut self, x: &str, body: TermId) -> TermId {
        let symbol = self.store.symbol(x);
        let at = self.v(x);
        self.store
            .bind(symbol, &[body], |c| Node::Derivative(0, c[0], at))
    }
}

fn refuted(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Refuted(_))
}

fn agrees(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Agrees { agreeing, .. } if *agreeing > 0)
}

fn at(b: &Bench, outcome: &Outcome) -> Vec<String> {
    match outcome {
        Outcome::Refuted(found) => found
            .assignment
            .iter()
            .map(|(atom, value)| match b.store.node(*atom) {
                Node::Symbol(s) => format!("{} = {value}", b.store.name(*s)),
                other => format!("{other:?} = {value}"),
            })
            .collect(),
        other => panic!("not refuted: {other:?}"),
    }
}

#[test]
fn a_square_of_a_sum_is_no_sum_of_squares() {
    let mut b = Bench::new();
    let (x, y) = (b.v("x"), b.v("y"));
    let sum = b.store.add(&[x, y]);
    let square = b.pow(sum, 2);
    let (xx, yy) = (b.pow(x, 2), b.pow(y, 2));
    let wrong = b.store.add(&[xx, yy]);
    let outcome = b.step(square, wrong);
    assert_eq!(at(&b, &outcome), ["x = 1", "y = 1"]);
    let two = b.n(2);
    let middle = b.store.mul(&[two, x, y]);
    let right = b.store.add(&[xx, middle, yy]);
    let outcome = b.step(square, right);
    assert!(agrees(&outcome));
}

#[test]
fn only_points_at_which_both_sides_are_defined_count_against_a_step() {
    let mut b = Bench::new();
    let x = b.v("x");
    let xx = b.pow(x, 2);
    let quotient = b.store.div(xx, x);
    assert!(agrees(&b.step(quotient, x)));
    // log x² = 2 log x, though at −1 the right side has no value
    let left = b.f(Function::Log, xx);
    let log = b.f(Function::Log, x);
    let two = b.n(2);
    let right = b.store.mul(&[two, log]);
    assert!(agrees(&b.step(left, right)));
    // √(x²) = x fails at −1
    let root = b.store.sqrt(xx);
    let outcome = b.step(root, x);
    assert_eq!(at(&b, &outcome), ["x = -1"]);
}

#[test]
fn a_statement_is_not_true_where_it_has_no_value() {
    let mut b = Bench::new();
    let x = b.v("x");
    let zero = b.n(0);
    let xx = b.pow(x, 2);
    let quotient = b.store.div(xx, x);
    let (a, c) = (b.eq(quotient, zero), b.eq(x, zero));
    let outcome = b.goal(Shape::Equivalence(a, c));
    assert_eq!(at(&b, &outcome), ["x = 0"]);
    // log x² = 4 ⇔ 2 log x = 4 is not decided by rationals, but log x² = 0 ⇔ 2 log x = 0 is
    let left = b.f(Function::Log, xx);
    let log = b.f(Function::Log, x);
    let two = b.n(2);
    let right = b.store.mul(&[two, log]);
    let (a, c) = (b.eq(left, zero), b.eq(right, zero));
    let outcome = b.goal(Shape::Equivalence(a, c));
    assert_eq!(at(&b, &outcome), ["x = -1"]);
}

#[test]
fn solving_an_equation_must_not_lose_a_root() {
    let mut b = Bench::new();
    let x = b.v("x");
    let (nine, three, minus) = (b.n(9), b.n(3), b.n(-3));
    let xx = b.pow(x, 2);
    let premise = b.eq(xx, nine);
    b.hypotheses.push(premise);
    let (plus, other) = (b.eq(x, three), b.eq(x, minus));
    let outcome = b.statement(plus);
    assert_eq!(at(&b, &outcome), ["x = -3"]);
    let both = b.or(plus, other);
    assert!(agrees(&b.statement(both)));
}

#[test]
fn equivalences_are_looked_at_where_either_side_is_solved() {
    let mut b = Bench::new();
    let x = b.v("x");
    let (eleven, zero) = (b.n(11), b.n(0));
    let factor = b.store.sub(x, eleven);
    let product = b.store.mul(&[x, factor]);
    let (a, c) = (b.eq(product, zero), b.eq(x, eleven));
    let outcome = b.goal(Shape::Equivalence(a, c));
    assert_eq!(at(&b, &outcome), ["x = 0"]);
    let other = b.eq(x, zero);
    let all = b.or(c, other);
    assert!(agrees(&b.goal(Shape::Equivalence(a, all))));
}

#[test]
fn inequalities_are_looked_at_beside_their_borders() {
    let mut b = Bench::new();
    let x = b.v("x");
    let (c100, ten) = (b.n(100), b.n(10));
    let xx = b.pow(x, 2);
    // x² < 100 ⇔ x < 10 fails below −10
    let (a, c) = (b.less(xx, c100), b.less(x, ten));
    assert!(refuted(&b.goal(Shape::Equivalence(a, c))));
    // x² < 100 ⇒ x < 10 holds
    b.hypotheses.push(a);
    assert!(agrees(&b.statement(c)));
}

#[test]
fn systems_are_solved_for_several_letters() {
    let mut b = Bench::new();
    let (x, y) = (b.v("x"), b.v("y"));
    let (three, one, two) = (b.n(3), b.n(1), b.n(2));
    let sum = b.store.add(&[x, y]);
    let difference = b.store.sub(x, y);
    let (first, second) = (b.eq(sum, three), b.eq(difference, one));
    b.hypotheses = vec![first, second];
    let right = b.eq(x, two);
    assert!(agrees(&b.statement(right)));
    let wrong = b.eq(y, two);
    let outcome = b.statement(wrong);
    assert_eq!(at(&b, &outcome), ["x = 2", "y = 1"]);
}

#[test]
fn hypotheses_hold_at_every_counterexample() {
    let mut b = Bench::new();
    let (x, y) = (b.v("x"), b.v("y"));
    let zero = b.n(0);
    let (positive, ordered) = (b.less(zero, x), b.less(x, y));
    b.hypotheses = vec![positive, ordered];
    // √(x²) = x is right now, 1/x < 1/y is not
    let xx = b.pow(x, 2);
    let root = b.store.sqrt(xx);
    assert!(agrees(&b.step(root, x)));
    let (p, q) = (b.pow(x, -1), b.pow(y, -1));
    let wrong = b.less(p, q);
    let outcome = b.goal(Shape::Step(wrong));
    assert_eq!(at(&b, &outcome), ["x = 1", "y = 2"]);
    let right = b.less(q, p);
    assert!(agrees(&b.goal(Shape::Step(right))));
}

#[test]
fn hypotheses_that_contradict_each_other_have_no_model() {
    let mut b = Bench::new();
    let x = b.v("x");
    let (zero, one) = (b.n(0), b.n(1));
    let (above, below) = (b.less(one, x), b.less(x, zero));
    b.hypotheses = vec![above, below];
    assert_eq!(b.step(x, one), Outcome::NoModel);
    assert_eq!(witness(&mut b.store, &b.context, &[above, below]), None);
    assert!(witness(&mut b.store, &b.context, &[above]).is_some());
}

#[test]
fn sums_are_tried_for_small_bounds() {
    let mut b = Bench::new();
    let (k, n) = (b.v("k"), b.v("n"));
    let one = b.n(1);
    let sum = b.sum("k", k, one, n);
    let next = b.store.add(&[n, one]);
    let half = b.q(1, 2);
    let right = b.store.mul(&[half, n, next]);
    assert!(agrees(&b.step(sum, right)));
    let previous = b.store.sub(n, one);
    let wrong = b.store.mul(&[half, n, previous]);
    let outcome = b.step(sum, wrong);
    assert_eq!(at(&b, &outcome), ["n = 1"]);
}

#[test]
fn families_stand_for_arrays_of_numbers() {
    let mut b = Bench::new();
    let (k, n) = (b.v("k"), b.v("n"));
    let one = b.n(1);
    let a = b.store.symbol("a");
    let member = b.store.add_node(Node::Member(a, [k].into()));
    let square = b.pow(member, 2);
    let squares = b.sum("k", square, one, n);
    let total = b.sum("k", member, one, n);
    let wrong = b.pow(total, 2);
    assert!(refuted(&b.step(squares, wrong)));
    let double = b.store.add(&[member, member]);
    let doubles = b.sum("k", double, one, n);
    let right = b.store.add(&[total, total]);
    assert!(agrees(&b.step(doubles, right)));
}

#[test]
fn derivatives_are_compared_exactly() {
    let mut b = Bench::new();
    let x = b.v("x");
    let sin = b.f(Function::Sin, x);
    let square = b.pow(sin, 2);
    let d = b.derivative("x", square);
    let cos = b.f(Function::Cos, x);
    let two = b.n(2);
    let right = b.store.mul(&[two, sin, cos]);
    assert!(agrees(&b.step(d, right)));
    let wrong = b.store.mul(&[two, sin]);
    assert!(refuted(&b.step(d, wrong)));
}

#[test]
fn antiderivatives_are_compared_by_their_derivatives() {
    let mut b = Bench::new();
    let x = b.v("x");
    let symbol = b.store.symbol("x");
    let sin = b.f(Function::Sin, x);
    let cos = b.f(Function::Cos, x);
    let integral = b
        .store
        .bind(symbol, &[cos], |c| Node::Antiderivative(0, c[0], x));
    let c = b.v("C");
    let right = b.store.add(&[sin, c]);
    let wrong = b.store.neg(sin);
    let shape = |right| Shape::UpToConstant {
        left: integral,
        right,
        variable: symbol,
    };
    assert!(agrees(&b.goal(shape(right))));
    assert!(refuted(&b.goal(shape(wrong))));
}

#[test]
fn definite_integrals_are_refuted_by_quadrature() {
    let mut b = Bench::new();
    let x = b.v("x");
    let symbol = b.store.symbol("x");
    let e = b.store.exp(x);
    let (zero, one) = (b.n(0), b.n(1));
    let integral = b
        .store
        .bind(symbol, &[e], |c| Node::Integral(0, c[0], zero, one));
    let e = b.store.constant(Constant::E);
    let right = b.store.sub(e, one);
    assert!(agrees(&b.step(integral, right)));
    assert!(refuted(&b.step(integral, e)));
}

#[test]
fn decimals_are_compared_to_the_digits_shown_and_a_tie_accepts_both() {
    let mut b = Bench::new();
    let two = b.n(2);
    let root = b.store.sqrt(two);
    let shape = |term, decimal: &str, places| Shape::Rounded {
        term,
        others: Vec::new(),
        decimal: Rational::from_decimal(decimal).unwrap(),
        places,
    };
    assert!(agrees(&b.goal(shape(root, "1.414", 3))));
    assert!(refuted(&b.goal(shape(root, "1.415", 3))));
    let half = b.q(5, 2);
    assert!(agrees(&b.goal(shape(half, "3", 0))));
    assert!(agrees(&b.goal(shape(half, "2", 0))));
    assert!(refuted(&b.goal(shape(half, "4", 0))));
}

#[test]
fn closed_claims_are_decided_by_one_evaluation() {
    let mut b = Bench::new();
    let (two, three) = (b.n(2), b.n(3));
    let (r2, r3, six) = (b.store.sqrt(two), b.store.sqrt(three), b.n(6));
    let product = b.store.mul(&[r2, r3]);
    let r6 = b.store.sqrt(six);
    assert_eq!(
        b.step(product, r6),
        Outcome::Agrees {
            agreeing: 1,
            witness: std::collections::BTreeMap::new()
        }
    );
    let sum = b.store.add(&[r2, r3]);
    assert!(refuted(&b.step(sum, r6)));
}

#[test]
fn a_side_without_a_value_is_named() {
    let mut b = Bench::new();
    let (one, zero) = (b.n(1), b.n(0));
    let bad = b.store.div(one, zero);
    let x = b.v("x");
    assert!(matches!(b.step(bad, x), Outcome::NoValue { side: Some(side), .. } if side == bad));
}

#[test]
fn a_solved_form_may_divide_by_other_letters() {
    let mut b = Bench::new();
    let (a, x, y) = (b.v("a"), b.v("x"), b.v("y"));
    let product = b.store.mul(&[a, x]);
    let premise = b.eq(product, y);
    b.hypotheses.push(premise);
    let quotient = b.store.div(y, a);
    let claim = b.eq(x, quotient);
    let symbol = b.store.symbol("x");
    let mut goal = Goal {
        hypotheses: b.hypotheses.clone(),
        shape: Shape::Statement(claim),
        solved_for: Some(symbol),
    };
    let outcome = refute(&mut b.store, &b.context, &goal, &Budget::NORMAL);
    assert!(agrees(&outcome));
    goal.solved_for = None;
    let outcome = refute(&mut b.store, &b.context, &goal, &Budget::NORMAL);
    let Outcome::Refuted(found) = outcome else {
        panic!("a = 0 refutes it");
    };
    assert_eq!(found.right, Value::Undefined);
    // x = a/y is wrong in either case
    let wrong = b.store.div(a, y);
    let claim = b.eq(x, wrong);
    goal.shape = Shape::Statement(claim);
    goal.solved_for = Some(symbol);
    assert!(refuted(&refute(
        &mut b.store,
        &b.context,
        &goal,
        &Budget::NORMAL
    )));
}

#[test]
fn declared_functions_are_smooth_and_others_are_left_open() {
    let mut b = Bench::new();
    let (f, x, y) = (b.store.symbol("f"), b.v("x"), b.v("y"));
    let call = |b: &mut Bench, at| b.store.add_node(Node::Call(f, [0].into(), [at].into()));
    let sum = b.store.add(&[x, y]);
    let left = call(&mut b, sum);
    let (fx, fy) = (call(&mut b, x), call(&mut b, y));
    let right = b.store.add(&[fx, fy]);
    assert!(matches!(
        b.step(left, right),
        Outcome::Agrees { agreeing: 0, .. }
    ));
    b.context.declarations.push(Declaration {
        symbol: f,
        sort: Sort::Function(1),
        properties: vec![Property::Smooth],
    });
    assert!(refuted(&b.step(left, right)));
}

#[test]
fn powers_of_enormous_size_are_left_open_at_once() {
    let mut b = Bench::new();
    let x = b.v("x");
    let power = b.pow(x, 1_000_000_000);
    let other = b.pow(x, 1_000_000_002);
    let _ = b.step(power, other);
    let ten = b.n(10);
    let big = b.pow(ten, 10_000_000_000);
    let bigger = b.store.pow(ten, big);
    assert!(matches!(
        b.step(bigger, big),
        Outcome::Agrees { agreeing: 0, .. }
    ));
}

#[test]
fn a_lost_irrational_root_is_found() {
    let mut b = Bench::new();
    let x = b.v("x");
    let five = b.n(5);
    let xx = b.pow(x, 2);
    let premise = b.eq(xx, five);
    b.hypotheses.push(premise);
    let root = b.store.sqrt(five);
    let minus = b.store.neg(root);
    let (plus, other) = (b.eq(x, root), b.eq(x, minus));
    let outcome = b.statement(plus);
    assert_eq!(at(&b, &outcome), ["x = -√5"]);
    let both = b.or(plus, other);
    assert!(agrees(&b.statement(both)));
}

#[test]
fn the_quadratic_formula_is_right_and_a_wrong_sign_in_it_is_not() {
    let mut b = Bench::new();
    let x = b.v("x");
    let (one, two, five, half) = (b.n(1), b.n(2), b.n(5), b.q(1, 2));
    // x² − x − 1 = 0
    let xx = b.pow(x, 2);
    let next = b.store.add(&[x, one]);
    let premise = b.eq(xx, next);
    b.hypotheses.push(premise);
    let root = b.store.sqrt(five);
    let solutions = |b: &mut Bench, first| {
        let plus = b.store.add(&[first, root]);
        let minus = b.store.sub(first, root);
        let (plus, minus) = (b.store.mul(&[half, plus]), b.store.mul(&[half, minus]));
        let (plus, minus) = (b.eq(x, plus), b.eq(x, minus));
        b.or(plus, minus)
    };
    let right = solutions(&mut b, one);
    assert!(agrees(&b.statement(right)));
    let wrong = solutions(&mut b, two);
    assert!(refuted(&b.statement(wrong)));
}
