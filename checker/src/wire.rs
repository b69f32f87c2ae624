//! The words of a certificate, as they stand in the JSON (`docs/certificates.md`).

use serde::{Deserialize, Serialize};

/// What a certificate of this form says in its field `format`.
pub const FORMAT: &str = "hence-proof/1";

/// A certificate: the evidence for the steps of one derivation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// [`FORMAT`].
    pub format: String,
    /// The digest of the rule table.
    pub rules: String,
    /// The digest of all else: of the JSON without white space in which this field is empty.
    pub content: String,
    /// Those steps for which there is evidence, in order.
    pub steps: Vec<Step>,
}

/// A step with its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its number in the derivation, from 0.
    pub step: u32,
    /// The line where it begins, from 1.
    pub line: u32,
    /// The column where it begins, from 1.
    pub column: u32,
    /// Why its verdict is what it is.
    pub evidence: Evidence,
}

/// Why a step is proved or refuted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Evidence {
    /// It is proved.
    Proof(Proof),
    /// It is refuted.
    Refutation(Refutation),
}

/// A claim and a model at which its hypotheses hold and it fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refutation {
    /// Names of symbols; terms speak of them by place.
    pub symbols: Vec<String>,
    /// Terms, each after its children.
    pub terms: Vec<Term>,
    /// Symbols that are integers or natural numbers, and other sorts by name.
    pub sorts: Vec<(u32, String)>,
    /// Statements that hold.
    pub hypotheses: Vec<u32>,
    /// Random symbols, members and families that are independent of one another; of a family that
    /// stands alone the members.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub laws: Vec<Vec<u32>>,
    /// What is claimed.
    pub claim: Claim,
    /// The letter that the claim is solved for: where a term has no value whatever it is, nothing
    /// is refuted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub solved_for: Option<u32>,
    /// What the symbols stand for.
    pub model: Model,
    /// The value of the left side, as far as it was told.
    pub left: Value,
    /// The value of the right side.
    pub right: Value,
}

/// What the symbols of a claim stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Symbols and their values: terms in which no symbols stand but those before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<(u32, u32)>,
    /// Families.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub families: Vec<Family>,
    /// Unknown functions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub functions: Vec<Function>,
    /// The chances of the outcomes 1, 2, …: the last index of a random symbol.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weights: Vec<u32>,
}

/// The members of a family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// Its name.
    pub symbol: u32,
    /// How many indices its members have.
    pub indices: u32,
    /// Members that are listed: indices and value.
    pub members: Vec<(Vec<i64>, u32)>,
    /// After how many steps of each index the others repeat; 0 where there are no others.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub period: u32,
    /// The others, for indices from 0 to less than the period, the last index fastest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<u32>,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// An unknown function, written out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Function {
    /// Its name.
    pub symbol: u32,
    /// Symbols that stand for its arguments, and nowhere else.
    pub arguments: Vec<u32>,
    /// Its value: a polynomial in the arguments.
    pub value: u32,
}

/// The value of a side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Value {
    /// This number.
    Exact(String),
    /// A number from the first to the second.
    Between(String, String),
    /// It has none.
    Undefined,
    /// Whether a statement is true.
    Truth(bool),
    /// Nothing is said about it.
    Untold,
}

/// A claim and its proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// Names of symbols; terms speak of them by place.
    pub symbols: Vec<String>,
    /// Terms, each after its children.
    pub terms: Vec<Term>,
    /// Symbols that are integers or natural numbers, and other sorts by name.
    pub sorts: Vec<(u32, String)>,
    /// Statements that hold.
    pub hypotheses: Vec<u32>,
    /// Random symbols, members and families that are independent of one another; of a family that
    /// stands alone the members.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub laws: Vec<Vec<u32>>,
    /// What is claimed.
    pub claim: Claim,
    /// Where one side is defined and the other is not (`true`: the right side is defined at fewer
    /// places): told, not checked.
    pub conditions: Vec<(u32, bool)>,
    /// Nodes of the proof, each after those that it rests on.
    pub nodes: Vec<Node>,
    /// The node that proves the claim.
    pub root: u32,
}

/// A term: its head, and its children by place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// What it is: `number`, `symbol`, `add`, `function`, `sum`, …
    pub op: String,
    /// The value of a number (`-3/4`), or the name of a constant, function, relation or side.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Symbol, binder's number, orders of derivatives, flags, rows and columns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data: Vec<u32>,
    /// Children.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<u32>,
}

/// What is claimed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "shape", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Claim {
    /// The relation holds wherever both sides are defined and the hypotheses hold.
    Step {
        /// The relation.
        statement: u32,
    },
    /// The statement is true, hence defined, wherever the hypotheses hold.
    Statement {
        /// The statement.
        statement: u32,
    },
    /// Both are true at the same points at which the hypotheses hold.
    Equivalence {
        /// One statement.
        left: u32,
        /// The other.
        right: u32,
    },
    /// The derivatives of both by the symbol agree where both terms are defined.
    UpToConstant {
        /// Left side.
        left: u32,
        /// Right side.
        right: u32,
        /// The variable.
        variable: u32,
    },
    /// The closed term (or one of the others), rounded to so many places, is the decimal.
    Rounded {
        /// The term.
        term: u32,
        /// Others that may stand for it.
        others: Vec<u32>,
        /// The decimal as a number.
        decimal: String,
        /// Digits after the point.
        places: i32,
    },
}

/// A node of a proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Node {
    /// Equal terms one after another: the links in order (none: a term equals itself).
    Line {
        /// Where it begins.
        from: u32,
        /// Where it ends.
        to: u32,
        /// Its links.
        links: Vec<u32>,
    },
    /// A rule of the table, used on the whole term.
    Rule {
        /// The term before.
        before: u32,
        /// The term after.
        after: u32,
        /// `family.name`
        name: String,
        /// Whether `before` is the left side.
        forward: bool,
        /// Variables and terms; `_` is the rest of the sum or product.
        substitution: Vec<(String, u32)>,
        /// Evidence for each condition; `null` where it is about form alone.
        evidence: Vec<Option<u32>>,
    },
    /// Children are equal.
    Congruence {
        /// The term before.
        before: u32,
        /// The term after.
        after: u32,
        /// Whether the lines go from the children of `before` to those of `after`.
        forward: bool,
        /// The symbol that stands for the bound variable.
        opened: Option<u32>,
        /// Places and lines.
        parts: Vec<(u32, u32)>,
    },
    /// One normal form as fractions of polynomials.
    Ring {
        /// The term before.
        before: u32,
        /// The term after.
        after: u32,
    },
    /// One exact value.
    Evaluate {
        /// The term before.
        before: u32,
        /// The term after.
        after: u32,
    },
    /// A hypothesis.
    Hypothesis {
        /// The term before.
        before: u32,
        /// The term after.
        after: u32,
        /// Its place.
        number: u32,
        /// From its left side to its right side.
        forward: bool,
    },
    /// A theory decided a statement.
    Decision {
        /// `order`, `logic`, `calculus`, …
        theory: String,
        /// The method.
        method: String,
        /// What is proved.
        statement: u32,
        /// Proofs that it rests on.
        uses: Vec<u32>,
        /// Terms that help.
        witness: Vec<u32>,
    },
}
