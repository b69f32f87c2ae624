//! The rule table: the files of `rules/`, read once.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::pattern::{Binder, Pattern};
use crate::number::Rational;
use crate::syntax::{RuleCondition, RuleText, RuleTree, parse_rules};
use crate::term::{Constant, Function, Relation, Store, TermId};

/// The families, each with the text of its file.
pub const FILES: [(&str, &str); 9] = [
    ("field", include_str!("../../rules/field.rules")),
    ("powers", include_str!("../../rules/powers.rules")),
    ("exp-log", include_str!("../../rules/exp-log.rules")),
    (
        "trigonometry",
        include_str!("../../rules/trigonometry.rules"),
    ),
    ("hyperbolic", include_str!("../../rules/hyperbolic.rules")),
    ("calculus", include_str!("../../rules/calculus.rules")),
    ("sums", include_str!("../../rules/sums.rules")),
    ("factorials", include_str!("../../rules/factorials.rules")),
    ("probability", include_str!("../../rules/probability.rules")),
];

/// A condition of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// A relation.
    Relation(Relation, Pattern, Pattern),
    /// It is an integer.
    Integer(Pattern),
    /// It is 0, 1, 2, …
    Natural(Pattern),
    /// It is a real number: it is defined.
    Real(Pattern),
    /// Something about the form of terms alone.
    Test(Test, Vec<Pattern>),
}

/// Conditions about the form of terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// `free(f, x)`: x does not stand in f.
    Free,
    /// `odd(n)`: an odd number.
    Odd,
    /// `even(n)`: an even number.
    Even,
    /// `coprime(p, q)`: integers, q ≥ 2, without a common divisor.
    Coprime,
    /// `rational(r)`: a number.
    Rational,
    /// `root(n)`: an integer ≥ 2.
    Root,
    /// `smooth(f, x, p)`: f is differentiable in x at p, if f is defined around p at all.
    Smooth,
    /// `dominated(f, x, w)`: the means of the difference quotients of f in x go to that of the derivative.
    Dominated,
    /// `independent(f, g, w)`: f and g, as functions of the outcome w, are independent by a law.
    Independent,
    /// `members(f, g, k, w)`: what is random in f and g are members, with the index k, of one
    /// family whose members are independent.
    Members,
}

/// A rule: `left → right` wherever left is defined and the conditions hold.
#[derive(Clone, Debug)]
pub struct Rule {
    /// `family.name`
    pub name: String,
    /// The left side.
    pub left: Pattern,
    /// The right side.
    pub right: Pattern,
    /// Whether both sides are defined at the same places.
    pub both_ways: bool,
    /// What must hold.
    pub conditions: Vec<Condition>,
    /// One line of why.
    pub why: String,
    /// The variables by number.
    pub variables: Vec<String>,
}

/// All rules.
#[derive(Debug)]
pub struct Table {
    /// In the order of the files.
    pub rules: Vec<Rule>,
    names: BTreeMap<String, usize>,
}

impl Table {
    /// The number of a rule by its full name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }
}

/// The table of `rules/`. A file that cannot be read leaves its family empty, which
/// `tests/rules.rs` notices.
pub fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut rules = Vec::new();
        for (family, text) in FILES {
            rules.extend(read_family(family, text).unwrap_or_default());
        }
        let names = rules
            .iter()
            .enumerate()
            .map(|(number, rule): (usize, &Rule)| (rule.name.clone(), number))
            .collect();
        Table { rules, names }
    })
}

/// Reads one family.
///
/// # Errors
/// Where the text is no rule file, or uses a name that no function has.
pub fn read_family(family: &str, text: &str) -> Result<Vec<Rule>, String> {
    parse_rules(text)?
        .iter()
        .map(|rule| compile(family, rule).ok_or_else(|| format!("{family}.{}", rule.name)))
        .collect()
}

/// Reads a term that is spelled as in a rule file, with names for symbols.
pub fn read_term(store: &mut Store, text: &str) -> Option<TermId> {
    let rules = parse_rules(&format!("term: {text} -> 0 because it is\n")).ok()?;
    let mut variables = Vec::new();
    let pattern = pattern(&rules.first()?.left, &mut variables)?;
    let symbols: Vec<TermId> = variables.iter().map(|name| store.variable(name)).collect();
    pattern.fill(store, &symbols)
}

fn compile(family: &str, text: &RuleText) -> Option<Rule> {
    let mut variables = Vec::new();
    let left = pattern(&text.left, &mut variables)?;
    let bound = variables.len();
    let right = pattern(&text.right, &mut variables)?;
    let conditions = text
        .conditions
        .iter()
        .map(|condition| compile_condition(condition, &mut variables))
        .collect::<Option<Vec<_>>>()?;
    // What the right side speaks of, the left side names.
    (variables.len() == bound).then(|| Rule {
        name: format!("{family}.{}", text.name),
        left,
        right,
        both_ways: text.both_ways,
        conditions,
        why: text.why.clone(),
        variables,
    })
}

fn compile_condition(text: &RuleCondition, variables: &mut Vec<String>) -> Option<Condition> {
    Some(match text {
        RuleCondition::Relation(a, sign, b) => {
            let a = pattern(a, variables)?;
            let b = pattern(b, variables)?;
            match sign.as_str() {
                "=" => Condition::Relation(Relation::Equal, a, b),
                "!=" => Condition::Relation(Relation::NotEqual, a, b),
                "<" => Condition::Relation(Relation::Less, a, b),
                "<=" => Condition::Relation(Relation::LessEqual, a, b),
                ">" => Condition::Relation(Relation::Less, b, a),
                _ => Condition::Relation(Relation::LessEqual, b, a),
            }
        }
        RuleCondition::Member(a, set) => {
            let a = pattern(a, variables)?;
            match set.as_str() {
                "Z" => Condition::Integer(a),
                "N" => Condition::Natural(a),
                _ => Condition::Real(a),
            }
        }
        RuleCondition::Test(name, arguments) => {
            let test = match name.as_str() {
                "free" => Test::Free,
                "odd" => Test::Odd,
                "even" => Test::Even,
                "coprime" => Test::Coprime,
                "rational" => Test::Rational,
                "root" => Test::Root,
                "smooth" => Test::Smooth,
                "dominated" => Test::Dominated,
                "independent" => Test::Independent,
                "members" => Test::Members,
                _ => return None,
            };
            Condition::Test(test, patterns(arguments, variables)?)
        }
    })
}

fn patterns(trees: &[RuleTree], variables: &mut Vec<String>) -> Option<Vec<Pattern>> {
    trees.iter().map(|tree| pattern(tree, variables)).collect()
}

fn variable(name: &str, variables: &mut Vec<String>) -> usize {
    if let Some(number) = variables.iter().position(|known| known == name) {
        return number;
    }
    variables.push(name.to_owned());
    variables.len() - 1
}

fn pattern(tree: &RuleTree, variables: &mut Vec<String>) -> Option<Pattern> {
    Some(match tree {
        RuleTree::Number(digits) => Pattern::Number(Rational::from_decimal(digits)?),
        RuleTree::Name(name) => match name.as_str() {
            "e" => Pattern::Constant(Constant::E),
            "infinity" => Pattern::Constant(Constant::Infinity),
            "pi" => Pattern::Constant(Constant::Pi),
            _ => Pattern::Variable(variable(name, variables)),
        },
        RuleTree::Negative(a) => Pattern::Negative(Box::new(pattern(a, variables)?)),
        RuleTree::Sum(parts) => Pattern::Sum(patterns(parts, variables)?),
        RuleTree::Product(parts) => quotient_of_numbers(patterns(parts, variables)?),
        RuleTree::Reciprocal(a) => reciprocal(pattern(a, variables)?),
        RuleTree::Power(a, b) => Pattern::Power(
            Box::new(pattern(a, variables)?),
            Box::new(pattern(b, variables)?),
        ),
        RuleTree::Call(name, arguments) => call(name, arguments, variables)?,
    })
}

/// `1/2` is a number, `1/a` a power.
fn quotient_of_numbers(parts: Vec<Pattern>) -> Pattern {
    let (mut number, mut others) = (Rational::one(), Vec::new());
    let mut seen = 0;
    for part in parts {
        match part {
            Pattern::Number(value) => {
                number = number.mul(&value);
                seen += 1;
            }
            other => others.push(other),
        }
    }
    if seen > 0 && (!number.is_one() || others.is_empty()) {
        others.insert(0, Pattern::Number(number));
    }
    if others.len() == 1 {
        others.swap_remove(0)
    } else {
        Pattern::Product(others)
    }
}

fn reciprocal(a: Pattern) -> Pattern {
    if let Pattern::Number(value) = &a
        && let Some(inverse) = Rational::one().div(value)
    {
        return Pattern::Number(inverse);
    }
    Pattern::Power(Box::new(a), Box::new(Pattern::Number(Rational::from(-1))))
}

fn call(name: &str, arguments: &[RuleTree], variables: &mut Vec<String>) -> Option<Pattern> {
    let binder = match name {
        "diff" => Some(Binder::Derivative),
        "sum" => Some(Binder::Sum),
        "prod" => Some(Binder::Product),
        "integral" => Some(Binder::Integral),
        "antiderivative" => Some(Binder::Antiderivative),
        "limit" => Some(Binder::Limit),
        "outcomes" => Some(Binder::Outcomes),
        _ => None,
    };
    if binder.is_some() || name == "at" {
        let body = pattern(arguments.first()?, variables)?;
        let RuleTree::Name(bound) = arguments.get(1)? else {
            return None;
        };
        let bound = variable(bound, variables);
        let outer = patterns(&arguments[2..], variables)?;
        return Some(match binder {
            Some(kind) => Pattern::Binder(kind, Box::new(body), bound, outer),
            None => Pattern::At(Box::new(body), bound, Box::new(outer.into_iter().next()?)),
        });
    }
    let mut arguments = patterns(arguments, variables)?;
    if name == "sqrt" {
        arguments.insert(0, Pattern::Number(Rational::from(2)));
        return Some(Pattern::Function(Function::Root, arguments));
    }
    Some(Pattern::Function(function(name)?, arguments))
}

fn function(name: &str) -> Option<Function> {
    use Function as F;
    let names = [
        ("root", F::Root),
        ("log", F::Log),
        ("logbase", F::LogBase),
        ("sin", F::Sin),
        ("cos", F::Cos),
        ("tan", F::Tan),
        ("cot", F::Cot),
        ("sec", F::Sec),
        ("csc", F::Csc),
        ("arcsin", F::Arcsin),
        ("arccos", F::Arccos),
        ("arctan", F::Arctan),
        ("arccot", F::Arccot),
        ("arcsec", F::Arcsec),
        ("arccsc", F::Arccsc),
        ("sinh", F::Sinh),
        ("cosh", F::Cosh),
        ("tanh", F::Tanh),
        ("coth", F::Coth),
        ("sech", F::Sech),
        ("csch", F::Csch),
        ("arsinh", F::Arsinh),
        ("arcosh", F::Arcosh),
        ("artanh", F::Artanh),
        ("arcoth", F::Arcoth),
        ("arsech", F::Arsech),
        ("arcsch", F::Arcsch),
        ("sigmoid", F::Sigmoid),
        ("relu", F::Relu),
        ("softplus", F::Softplus),
        ("abs", F::Abs),
        ("sgn", F::Signum),
        ("max", F::Max),
        ("min", F::Min),
        ("factorial", F::Factorial),
        ("binomial", F::Binomial),
        ("delta", F::KroneckerDelta),
        ("expectation", F::Expectation),
        ("conditionalexpectation", F::ConditionalExpectation),
        ("variance", F::Variance),
        ("conditionalvariance", F::ConditionalVariance),
        ("covariance", F::Covariance),
        ("correlation", F::Correlation),
        ("probability", F::Probability),
        ("conditionalprobability", F::ConditionalProbability),
        ("indicator", F::Indicator),
    ];
    names
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, function)| *function)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_file_is_read() {
        for (family, text) in FILES {
            let rules = read_family(family, text);
            assert!(rules.is_ok_and(|rules| !rules.is_empty()), "{family}");
        }
    }

    #[test]
    fn no_two_rules_have_one_name() {
        assert_eq!(table().rules.len(), table().names.len());
    }

    #[test]
    fn a_right_side_names_nothing_new() {
        assert!(read_family("test", "r: sin(a) -> b because nothing\n").is_err());
    }
}
