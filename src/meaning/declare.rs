//! Declarations: sorts, ranges, functions, properties, laws.

use super::elaborate::{self, Unreadable};
use super::goal::{Distribution, Law, Property};
use super::scope::Scope;
use crate::syntax::{Trait, Tree};
use crate::term::{Dimension, Node, Relation, Sort, Store, Symbol, TermId};

/// Words of properties, as they are written.
const PROPERTIES: &[(&str, Property)] = &[
    ("symmetric", Property::Symmetric),
    ("skew-symmetric", Property::SkewSymmetric),
    ("skew symmetric", Property::SkewSymmetric),
    ("antisymmetric", Property::SkewSymmetric),
    ("orthogonal", Property::Orthogonal),
    ("diagonal", Property::Diagonal),
    ("triangular", Property::Triangular),
    ("positive definite", Property::PositiveDefinite),
    ("positive semidefinite", Property::PositiveSemidefinite),
    ("idempotent", Property::Idempotent),
    ("invertible", Property::Invertible),
    ("regular", Property::Invertible),
    ("nonsingular", Property::Invertible),
    ("smooth", Property::Smooth),
    ("differentiable", Property::Smooth),
    ("random", Property::Random),
    ("random variable", Property::Random),
    ("event", Property::Event),
    ("presumed", Property::Presumed),
];

/// Letters that are written for functions.
const FUNCTIONS: [&str; 10] = ["f", "g", "h", "F", "G", "H", "φ", "ψ", "Φ", "u"];

/// Whether the word says of a function what shape it has.
pub(super) fn is_shape_of_function(word: &str) -> bool {
    matches!(word, "convex" | "concave" | "even" | "odd")
}

impl Scope {
    /// `x, y ∈ ℝ^n`, `i ∈ {1, …, n}`, `x ∈ (0, 1]`: sorts and ranges. What restricts values
    /// comes back as a statement (an assumption, for every member of a family).
    ///
    /// # Errors
    /// The set or a name has no meaning.
    pub fn declare_member(
        &mut self,
        store: &mut Store,
        text: &str,
        names: &[Tree],
        set: &Tree,
    ) -> Result<Vec<TermId>, Unreadable> {
        let mut statements = Vec::new();
        if elaborate::is_joined_set(set) {
            for tree in names {
                let (symbol, term) = self.declared(store, tree)?;
                if matches!(store.node(term), Node::Member(..)) {
                    self.declare_family(store, symbol, Sort::Real);
                } else {
                    self.declare(store, symbol, Sort::Real);
                }
                statements.push(elaborate::belongs(store, self, text, term, set)?);
            }
            return Ok(statements);
        }
        let (sort, restriction) = elaborate::sort_of_set(store, self, text, set)?;
        if let Sort::Matrix(rows, columns) = sort {
            for size in [rows, columns] {
                statements.extend(self.declare_size(store, size.0));
            }
        }
        for tree in names {
            let (symbol, term) = self.declared(store, tree)?;
            match store.node(term) {
                Node::Member(..) => self.declare_family(store, symbol, sort),
                Node::Call(..) if matches!(sort, Sort::Matrix(..)) => {
                    self.declare_values(store, symbol, sort);
                }
                _ => self.declare(store, symbol, sort),
            }
            match restriction {
                Some(set) => {
                    if let Node::Range(lower, upper) = *store.node(set) {
                        self.ranges.insert(symbol, (lower, upper));
                        let from = store.relation(Relation::LessEqual, lower, term);
                        let to = store.relation(Relation::LessEqual, term, upper);
                        statements.extend([from, to]);
                    } else {
                        statements.push(store.add_node(Node::Element(term, set)));
                    }
                }
                None => {
                    let set = match sort {
                        Sort::Integer => Node::Integers,
                        Sort::Natural => Node::Naturals,
                        _ => continue,
                    };
                    let set = store.add_node(set);
                    statements.push(store.add_node(Node::Element(term, set)));
                }
            }
        }
        Ok(statements)
    }

    /// A letter for the size of a vector or matrix is a positive integer: what that says of it.
    fn declare_size(&mut self, store: &mut Store, size: TermId) -> Vec<TermId> {
        let Node::Symbol(symbol) = *store.node(size) else {
            return Vec::new();
        };
        let mut statements = Vec::new();
        if self.sort_of(symbol).is_none() && !self.definitions.contains_key(&symbol) {
            self.declare(store, symbol, Sort::Natural);
            let naturals = store.add_node(Node::Naturals);
            statements.push(store.add_node(Node::Element(size, naturals)));
        }
        let one = store.integer(1);
        statements.push(store.relation(Relation::LessEqual, one, size));
        let name = store.name(symbol).to_owned();
        self.meet_key(name);
        statements
    }

    /// `f : ℝ → ℝ`.
    ///
    /// # Errors
    /// A name or set has no meaning.
    pub fn declare_function(
        &mut self,
        store: &mut Store,
        text: &str,
        names: &[Tree],
        arguments: &[Tree],
        value: &Tree,
    ) -> Result<(), Unreadable> {
        let (sort, _) = elaborate::sort_of_set(store, self, text, value)?;
        if let Sort::Matrix(rows, columns) = sort {
            // What it says of the letters for the sizes is a part of what is declared.
            for size in [rows, columns] {
                let _ = self.declare_size(store, size.0);
            }
            for tree in names {
                let (symbol, _) = self.declared(store, tree)?;
                self.declare_values(store, symbol, sort);
            }
            return Ok(());
        }
        let count = u32::try_from(arguments.len()).unwrap_or(1).max(1);
        for tree in names {
            let (symbol, _) = self.declared(store, tree)?;
            self.declare(store, symbol, Sort::Function(count));
            self.add_property(store, symbol, Property::Smooth);
        }
        Ok(())
    }

    /// The values of a smooth function are vectors or matrices.
    fn declare_values(&mut self, store: &Store, symbol: Symbol, sort: Sort) {
        self.declare(store, symbol, sort);
        self.add_property(store, symbol, Property::Smooth);
        let name = store.name(symbol).to_owned();
        self.functions.insert(name);
    }

    /// `H symmetric`, `X, Y random, independent`, `f, g functions`.
    ///
    /// Gives the terms of the names.
    ///
    /// # Errors
    /// A word is no property that is known.
    pub fn declare_property(
        &mut self,
        store: &mut Store,
        names: &[Tree],
        words: &[String],
    ) -> Result<Vec<TermId>, Unreadable> {
        let mut symbols: Vec<Symbol> = Vec::new();
        let mut terms: Vec<TermId> = Vec::new();
        for tree in names {
            let (symbol, term) = self.declared(store, tree)?;
            symbols.push(symbol);
            terms.push(term);
        }
        let events = words
            .iter()
            .any(|w| w.trim().to_lowercase().starts_with("event"));
        for word in words {
            let word = word.trim().to_lowercase();
            let singular = word.strip_suffix('s').unwrap_or(&word);
            if matches!(singular, "independent" | "iid" | "i.i.d.") {
                for symbol in &symbols {
                    if !events && !self.has_property(*symbol, Property::Event) {
                        self.add_property(store, *symbol, Property::Random);
                    }
                }
                self.laws.push(Law::Independent(terms.clone()));
                continue;
            }
            if singular == "identically distributed" {
                for symbol in &symbols {
                    self.add_property(store, *symbol, Property::Random);
                }
                continue;
            }
            if singular == "uncorrelated" {
                for symbol in &symbols {
                    self.add_property(store, *symbol, Property::Random);
                }
                continue;
            }
            if singular == "function" {
                for symbol in &symbols {
                    self.declare(store, *symbol, Sort::Function(1));
                    self.add_property(store, *symbol, Property::Smooth);
                }
                continue;
            }
            if is_shape_of_function(&word) {
                // What that says is assumed besides.
                for (symbol, tree) in symbols.iter().zip(names) {
                    let function = matches!(self.sort_of(*symbol), Some(Sort::Function(1)))
                        || FUNCTIONS.contains(&store.name(*symbol));
                    if !function {
                        return Err(Unreadable::new(
                            tree.span,
                            format!("“{word}” is said of functions"),
                        ));
                    }
                    self.declare(store, *symbol, Sort::Function(1));
                    self.add_property(store, *symbol, Property::Smooth);
                }
                continue;
            }
            let found = PROPERTIES
                .iter()
                .find(|(known, _)| *known == word || *known == singular);
            let Some((_, property)) = found else {
                let span = names.first().map_or_else(Default::default, |t| t.span);
                return Err(Unreadable::new(
                    span,
                    format!("“{word}” is no property that is known"),
                ));
            };
            for symbol in &symbols {
                if *property == Property::Event {
                    self.declare(store, *symbol, Sort::Statement);
                }
                self.add_property(store, *symbol, *property);
            }
        }
        Ok(terms)
    }

    /// `A is an n×n symmetric matrix`, `XᵀX is invertible`: declares names, and gives what else is
    /// said of them or of expressions as statements.
    ///
    /// # Errors
    /// An expression has no meaning.
    pub(super) fn declare_described(
        &mut self,
        store: &mut Store,
        text: &str,
        subjects: &[Tree],
        traits: &[Trait],
    ) -> Result<Vec<TermId>, Unreadable> {
        let mut statements = Vec::new();
        for tree in subjects {
            let Ok((symbol, term)) = self.declared(store, tree) else {
                let subject = elaborate::expression(store, self, text, tree)?;
                let said = elaborate::described(store, self, tree.span, subject.term, traits)?;
                statements.extend(said);
                continue;
            };
            let family = matches!(store.node(term), Node::Member(..));
            statements.extend(self.declare_shape(store, symbol, family, traits));
            let mut rest = Vec::new();
            for found in traits {
                let property = match found {
                    Trait::Quality(name) => PROPERTIES.iter().find(|(known, _)| known == name),
                    _ => None,
                };
                match property {
                    Some((_, property)) => self.add_property(store, symbol, *property),
                    None => rest.push(found.clone()),
                }
            }
            statements.extend(elaborate::described(store, self, tree.span, term, &rest)?);
        }
        Ok(statements)
    }

    /// The sort that traits give a name that has none yet; what the letters of its size say.
    fn declare_shape(
        &mut self,
        store: &mut Store,
        symbol: Symbol,
        family: bool,
        traits: &[Trait],
    ) -> Vec<TermId> {
        let is = |wanted: fn(&Trait) -> bool| traits.iter().any(wanted);
        let one = Dimension(store.integer(1));
        let size = traits.iter().find_map(|found| match found {
            Trait::Size(rows, columns) => Some((rows.clone(), columns.clone())),
            _ => None,
        });
        let mut statements = Vec::new();
        let sort = if let Some((rows, columns)) = size {
            let [rows, columns] = [rows, columns].map(|text| match text.parse::<i64>() {
                Ok(count) => store.integer(count),
                Err(_) => store.variable(&text),
            });
            for size in [rows, columns] {
                statements.extend(self.declare_size(store, size));
            }
            Sort::Matrix(Dimension(rows), Dimension(columns))
        } else if matches!(self.sort_of(symbol), Some(Sort::Matrix(..)))
            || traits
                .iter()
                .all(|t| matches!(t, Trait::Sign(_) | Trait::Whole(_)))
        {
            return statements;
        } else if is(|t| *t == Trait::Scalar) {
            Sort::Real
        } else {
            let Sort::Matrix(rows, columns) = super::styled::unknown_shape(store, symbol) else {
                return statements;
            };
            if is(|t| matches!(t, Trait::Vector | Trait::Unit | Trait::Eigenvector(..))) {
                Sort::Matrix(rows, one)
            } else if is(|t| matches!(t, Trait::Quality(_) | Trait::Square)) {
                Sort::Matrix(rows, rows)
            } else {
                Sort::Matrix(rows, columns)
            }
        };
        if family {
            self.declare_family(store, symbol, sort);
        } else {
            self.declare(store, symbol, sort);
        }
        statements
    }

    /// `X ~ N(μ, σ²)`: the terms of the names.
    ///
    /// # Errors
    /// A name is expected.
    pub(super) fn declare_law(
        &mut self,
        store: &mut Store,
        names: &[Tree],
        distribution: Distribution,
        parameters: &[TermId],
        independent: bool,
    ) -> Result<Vec<TermId>, Unreadable> {
        let mut terms = Vec::with_capacity(names.len());
        for tree in names {
            let (symbol, term) = self.declared(store, tree)?;
            self.add_property(store, symbol, Property::Random);
            let law = Law::Distribution(term, distribution, parameters.to_vec());
            self.laws.push(law);
            terms.push(term);
        }
        if independent {
            self.laws.push(Law::Independent(terms.clone()));
        }
        Ok(terms)
    }

    /// The symbol that a declaration is about, and the term as it is written.
    fn declared(&mut self, store: &mut Store, tree: &Tree) -> Result<(Symbol, TermId), Unreadable> {
        let mut words = self.clone();
        if let Some(name) = Scope::name_of(tree) {
            words.names.insert(name);
        }
        match elaborate::head(store, &words, tree) {
            Some(head) => Ok((head.symbol, head.term)),
            None => Err(Unreadable::new(tree.span, "a name is expected here")),
        }
    }
}
