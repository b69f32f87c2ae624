//! Rule files: `grammar/rules.pest` to trees.

use pest::Parser;
use pest::iterators::Pair;
use pest_derive::Parser;

#[derive(Parser)]
#[grammar = "../grammar/rules.pest"]
struct RuleParser;

/// An expression of a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleTree {
    /// Digits.
    Number(String),
    /// A name: a pattern variable or a constant.
    Name(String),
    /// A function or binder by name, with its arguments.
    Call(String, Vec<RuleTree>),
    /// `−a`
    Negative(Box<RuleTree>),
    /// A sum of two or more; subtracted terms are [`RuleTree::Negative`].
    Sum(Vec<RuleTree>),
    /// A product of two or more; divisors are [`RuleTree::Reciprocal`].
    Product(Vec<RuleTree>),
    /// The divisor of a product.
    Reciprocal(Box<RuleTree>),
    /// A power.
    Power(Box<RuleTree>, Box<RuleTree>),
}

/// A condition of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleCondition {
    /// A relation by its sign: `!=`, `>`, `>=`, `<`, `<=`, `=`.
    Relation(RuleTree, String, RuleTree),
    /// `a in Z` (or `N`).
    Member(RuleTree, String),
    /// A test by name: `free(f, x)`, `smooth(f, x, p)`.
    Test(String, Vec<RuleTree>),
}

/// A rule as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleText {
    /// Its name within the file.
    pub name: String,
    /// The left side.
    pub left: RuleTree,
    /// The right side.
    pub right: RuleTree,
    /// Whether it goes both ways.
    pub both_ways: bool,
    /// What must hold.
    pub conditions: Vec<RuleCondition>,
    /// One line of why.
    pub why: String,
    /// Its line in the file.
    pub line: usize,
}

/// Reads a rule file.
///
/// # Errors
/// Where the text is no rule file: what pest expected, and where.
pub fn parse_rules(text: &str) -> Result<Vec<RuleText>, String> {
    let mut pairs = RuleParser::parse(Rule::file, text).map_err(|error| error.to_string())?;
    let Some(file) = pairs.next() else {
        return Ok(Vec::new());
    };
    Ok(file
        .into_inner()
        .filter(|pair| pair.as_rule() == Rule::rule)
        .map(rule)
        .collect())
}

fn rule(pair: Pair<'_, Rule>) -> RuleText {
    let line = pair.line_col().0;
    let mut sides = Vec::new();
    let mut found = RuleText {
        name: String::new(),
        left: RuleTree::Sum(Vec::new()),
        right: RuleTree::Sum(Vec::new()),
        both_ways: false,
        conditions: Vec::new(),
        why: String::new(),
        line,
    };
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::title => part.as_str().clone_into(&mut found.name),
            Rule::arrow => found.both_ways = part.as_str() == "<->",
            Rule::why => part.as_str().trim().clone_into(&mut found.why),
            Rule::condition => found.conditions.extend(condition(part)),
            Rule::sum => sides.push(sum(part)),
            _ => {}
        }
    }
    let mut sides = sides.into_iter();
    if let (Some(left), Some(right)) = (sides.next(), sides.next()) {
        found.left = left;
        found.right = right;
    }
    found
}

fn condition(pair: Pair<'_, Rule>) -> Option<RuleCondition> {
    let inner = pair.into_inner().next()?;
    let kind = inner.as_rule();
    let mut sums = Vec::new();
    let mut word = String::new();
    for part in inner.into_inner() {
        match part.as_rule() {
            Rule::sum => sums.push(sum(part)),
            _ => part.as_str().clone_into(&mut word),
        }
    }
    match kind {
        Rule::test => Some(RuleCondition::Test(word, sums)),
        Rule::member => Some(RuleCondition::Member(sums.pop()?, word)),
        _ => {
            let right = sums.pop()?;
            Some(RuleCondition::Relation(sums.pop()?, word, right))
        }
    }
}

fn sum(pair: Pair<'_, Rule>) -> RuleTree {
    let mut terms = Vec::new();
    let mut minus = false;
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::negative => minus = true,
            Rule::plus => minus = part.as_str() == "-",
            _ => {
                let term = product(part);
                terms.push(if std::mem::take(&mut minus) {
                    RuleTree::Negative(Box::new(term))
                } else {
                    term
                });
            }
        }
    }
    one_or(terms, RuleTree::Sum)
}

fn product(pair: Pair<'_, Rule>) -> RuleTree {
    let mut factors = Vec::new();
    let mut below = false;
    for part in pair.into_inner() {
        if part.as_rule() == Rule::times {
            below = part.as_str() == "/";
            continue;
        }
        let tree = factor(part);
        factors.push(if std::mem::take(&mut below) {
            RuleTree::Reciprocal(Box::new(tree))
        } else {
            tree
        });
    }
    one_or(factors, RuleTree::Product)
}

fn factor(pair: Pair<'_, Rule>) -> RuleTree {
    let mut base = RuleTree::Sum(Vec::new());
    for part in pair.into_inner() {
        if part.as_rule() == Rule::exponent {
            let mut minus = false;
            let mut exponent = RuleTree::Sum(Vec::new());
            for inner in part.into_inner() {
                match inner.as_rule() {
                    Rule::negative => minus = true,
                    _ => exponent = factor(inner),
                }
            }
            if minus {
                exponent = RuleTree::Negative(Box::new(exponent));
            }
            base = RuleTree::Power(Box::new(base), Box::new(exponent));
        } else {
            base = atom(part);
        }
    }
    base
}

fn atom(pair: Pair<'_, Rule>) -> RuleTree {
    let Some(inner) = pair.into_inner().next() else {
        return RuleTree::Sum(Vec::new());
    };
    match inner.as_rule() {
        Rule::number => RuleTree::Number(inner.as_str().to_owned()),
        Rule::name => RuleTree::Name(inner.as_str().to_owned()),
        Rule::call => {
            let mut name = String::new();
            let mut arguments = Vec::new();
            for part in inner.into_inner() {
                match part.as_rule() {
                    Rule::name => part.as_str().clone_into(&mut name),
                    _ => arguments.push(sum(part)),
                }
            }
            RuleTree::Call(name, arguments)
        }
        _ => sum(inner),
    }
}

fn one_or(mut trees: Vec<RuleTree>, many: fn(Vec<RuleTree>) -> RuleTree) -> RuleTree {
    if trees.len() == 1 {
        trees.swap_remove(0)
    } else {
        many(trees)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_has_its_parts() {
        let rules = parse_rules(
            "# nothing\nroot: sqrt(a*b) -> sqrt(a)*sqrt(b) if a >= 0, n in Z, free(f, x) because roots of products\n",
        )
        .unwrap();
        assert_eq!(rules.len(), 1);
        assert_eq!(rules[0].name, "root");
        assert_eq!(rules[0].conditions.len(), 3);
        assert_eq!(rules[0].why, "roots of products");
        assert_eq!(rules[0].line, 2);
    }

    #[test]
    fn subtraction_is_no_arrow_and_powers_bind_tighter_than_signs() {
        let rules = parse_rules("a: -x^2 - y -> e^-x/2 because nothing\n").unwrap();
        assert!(matches!(&rules[0].left, RuleTree::Sum(terms) if terms.len() == 2));
        assert!(matches!(&rules[0].right, RuleTree::Product(f) if f.len() == 2));
        assert!(parse_rules("a: x -> because\n").is_err());
    }
}
