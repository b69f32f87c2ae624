//! What a step claims, in terms alone: all that `judge` needs to decide it.

use std::collections::BTreeSet;

use crate::number::Rational;
use crate::term::{Node, Quality, Sort, Store, Symbol, TermId};
use crate::theory::matrices::{Sizes, infer, is_unsized, sized};
use crate::theory::probability::Laws;

/// What is known of a symbol besides assumptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// The symbol (for a family, of every member).
    pub symbol: Symbol,
    /// Its sort.
    pub sort: Sort,
    /// Further properties, for matrices and functions.
    pub properties: Vec<Property>,
}

/// A property that a declaration states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is the property of that name")]
pub enum Property {
    Symmetric,
    SkewSymmetric,
    Orthogonal,
    Diagonal,
    Triangular,
    PositiveDefinite,
    PositiveSemidefinite,
    Idempotent,
    Invertible,
    /// A smooth function (of as many arguments as its sort says).
    Smooth,
    /// A random variable (each member of a family).
    Random,
    /// An event.
    Event,
    /// Random, or an event, as the section shows, though nobody says so: nothing is refuted by it.
    Presumed,
}

impl Property {
    /// What it says of a matrix.
    #[must_use]
    pub fn quality(self) -> Option<Quality> {
        Some(match self {
            Property::Symmetric => Quality::Symmetric,
            Property::SkewSymmetric => Quality::SkewSymmetric,
            Property::Orthogonal => Quality::Orthogonal,
            Property::Diagonal => Quality::Diagonal,
            Property::Triangular => Quality::Triangular,
            Property::PositiveDefinite => Quality::PositiveDefinite,
            Property::PositiveSemidefinite => Quality::PositiveSemidefinite,
            Property::Idempotent => Quality::Idempotent,
            Property::Invertible => Quality::Invertible,
            Property::Smooth | Property::Random | Property::Event | Property::Presumed => {
                return None;
            }
        })
    }
}

/// Distributions by name, with their parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Distribution {
    /// Mean and variance.
    Normal,
    /// Mean.
    Poisson,
    /// Chance of 1.
    Bernoulli,
    /// Count and chance of each.
    Binomial,
    /// Chance of success; counts from 1.
    Geometric,
    /// Rate.
    Exponential,
    /// Ends of the interval.
    Uniform,
}

/// What is known of random variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Law {
    /// These symbols, members of families, or families (`ε_k` with a letter for the index) are
    /// independent; of one family, all its members.
    Independent(Vec<TermId>),
    /// The members of a family are uncorrelated; what that says of the mean of X_i X_j.
    Uncorrelated(TermId, TermId),
    /// These symbols, members, or families have one law; what that says of their first moments.
    Identical(Vec<TermId>, Vec<TermId>),
    /// The symbol, or each member of the family, has the law of that name with these parameters.
    Distribution(TermId, Distribution, Vec<TermId>),
    /// Words about what is random were not understood.
    Unread,
}

/// What holds around a step. Definitions are not here: they are already written out in the terms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// Declared and inferred sorts; symbols without one are real.
    pub declarations: Vec<Declaration>,
    /// Statements that restrict the assignments, each with how it was written.
    pub assumptions: Vec<TermId>,
    /// Laws of random variables.
    pub laws: Vec<Law>,
    /// Statements that sentences mention as reasons. Nothing is proved from them; but a step is
    /// refuted only where it fails under them too.
    pub remarks: Vec<TermId>,
}

impl Context {
    /// The symbols that are random, and the events.
    #[must_use]
    pub fn random(&self) -> (BTreeSet<Symbol>, BTreeSet<Symbol>) {
        let with = |property: Property| {
            let all = self.declarations.iter();
            all.filter(|d| d.properties.contains(&property))
                .map(|d| d.symbol)
                .collect()
        };
        (with(Property::Random), with(Property::Event))
    }

    /// What the declarations say of matrices, as statements about their symbols.
    pub fn qualities(&self, store: &mut Store) -> Vec<TermId> {
        let mut statements = Vec::new();
        for declaration in &self.declarations {
            if !matches!(declaration.sort, Sort::Matrix(..)) {
                continue;
            }
            for quality in declaration.properties.iter().filter_map(|p| p.quality()) {
                let symbol = store.add_node(Node::Symbol(declaration.symbol));
                statements.push(store.add_node(Node::Has(quality, symbol)));
            }
        }
        statements
    }

    /// What is random or an event though nobody says so.
    #[must_use]
    pub fn presumed(&self) -> BTreeSet<Symbol> {
        let all = self.declarations.iter();
        all.filter(|d| d.properties.contains(&Property::Presumed))
            .map(|d| d.symbol)
            .collect()
    }

    /// What is independent of what.
    #[must_use]
    pub fn independence(&self) -> Laws {
        let independent = self.laws.iter().filter_map(|law| match law {
            Law::Independent(terms) => Some(terms.clone()),
            _ => None,
        });
        Laws {
            independent: independent.collect(),
        }
    }

    /// By what joint laws models are drawn: members that are uncorrelated are independent there.
    #[must_use]
    pub fn drawn(&self) -> Laws {
        let mut laws = self.independence();
        for law in &self.laws {
            if let Law::Uncorrelated(family, _) = law {
                laws.independent.push(vec![*family]);
            }
        }
        laws
    }
}

/// One side of a relation, for reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    /// Its meaning.
    pub term: TermId,
}

/// The form of a goal, which decides how undefinedness counts (CONTRACT §1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A step between two expressions, presumed to have a meaning: valid iff the relation (a
    /// [`crate::term::Node::Relation`]) holds wherever both sides are defined under the
    /// hypotheses.
    Step(TermId),
    /// A statement: valid iff true (hence defined) at every assignment that satisfies the
    /// hypotheses.
    Statement(TermId),
    /// `A ⇔ B`: valid iff they are true at the same assignments that satisfy the hypotheses.
    Equivalence(TermId, TermId),
    /// A closed numeric equation with a decimal: the term, rounded to that many places after the
    /// point (negative: before it), is the decimal. Half away from zero; a tie accepts either.
    Rounded {
        /// The closed term.
        term: TermId,
        /// Other terms that may stand for it (with a decimal that an earlier line gave for one of
        /// its parts); it is valid if one of them does.
        others: Vec<TermId>,
        /// The decimal written.
        decimal: Rational,
        /// Digits after the point that were shown.
        places: i32,
    },
    /// Equality of two terms of which one holds an antiderivative: up to a constant.
    UpToConstant {
        /// Left side.
        left: TermId,
        /// Right side.
        right: TermId,
        /// The variable.
        variable: Symbol,
    },
}

/// What has to be decided for one step: does the shape hold under these hypotheses?
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Statements that are taken as true: the context's assumptions and the step's premises.
    pub hypotheses: Vec<TermId>,
    /// The claim.
    pub shape: Shape,
    /// In a solution, or where ⇒ or ⇔ ends in a solved form for this symbol: places where a term
    /// has no value whatever that symbol is are conditions, no counterexamples.
    pub solved_for: Option<Symbol>,
}

impl Goal {
    /// The hypotheses and the terms of the claim.
    #[must_use]
    pub fn terms(&self) -> Vec<TermId> {
        let mut terms = self.hypotheses.clone();
        match &self.shape {
            Shape::Step(claim) | Shape::Statement(claim) => terms.push(*claim),
            Shape::Equivalence(a, b) => terms.extend([*a, *b]),
            Shape::UpToConstant { left, right, .. } => terms.extend([*left, *right]),
            Shape::Rounded { term, others, .. } => {
                terms.push(*term);
                terms.extend_from_slice(others);
            }
        }
        terms
    }

    /// The same goal where vectors of ones and unit vectors have the size that fits; nothing where
    /// there are none.
    pub fn sized(&self, store: &mut Store, context: &Context) -> Option<Goal> {
        if !is_unsized(store, &self.terms()) {
            return None;
        }
        let sizes = self.sizes(store, context);
        let mut goal = self.clone();
        for hypothesis in &mut goal.hypotheses {
            *hypothesis = sized(store, &sizes, *hypothesis);
        }
        match &mut goal.shape {
            Shape::Step(claim) | Shape::Statement(claim) => *claim = sized(store, &sizes, *claim),
            Shape::Equivalence(a, b) => {
                *a = sized(store, &sizes, *a);
                *b = sized(store, &sizes, *b);
            }
            _ => {}
        }
        Some(goal)
    }

    /// Rows and columns of what is declared a vector or matrix, as the goal's terms fit.
    #[must_use]
    pub fn sizes(&self, store: &Store, context: &Context) -> Sizes {
        let declared = context.declarations.iter();
        let mut sizes: Sizes = declared
            .filter_map(|d| match d.sort {
                Sort::Matrix(rows, columns) => Some((d.symbol, (rows.0, columns.0))),
                _ => None,
            })
            .collect();
        if !sizes.is_empty() {
            infer(store, &mut sizes, &self.terms());
        }
        sizes
    }
}
