//! The reader: what it carries along, and which file reads which kind of tree.

use super::Unreadable;
use crate::meaning::scope::Scope;
use crate::number::Rational;
use crate::source::Span;
use crate::syntax::{Bracket, Kind, Sign, Tree};
use crate::term::{Constant, Function, Node, Store, Symbol, TermId};

/// The meaning of a tree, or why it has none.
pub(super) type Read<T = TermId> = Result<T, Unreadable>;

/// What is guessed at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// `1/2x`
    Slash,
    /// `log x (y + 1)`
    Argument,
    /// `Σ a_k + b_k`
    Extent,
    /// `Σ_{i≠j} a_i a_j`
    Indices,
    /// `d/dx (f) g`
    Differentiated,
    /// `x = 1 ± 2 and y = 2 ± 1`
    Together,
    /// `±√(x²) = ±x`
    Values,
    /// `∂A/∂v⁽⁰⁾`
    Point,
    /// `f(x)` of an undeclared letter.
    FunctionLetter(String),
    /// `x̄` beside `x_1, …, x_n`
    Mean(String),
}

/// A place where the reading is a guess.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Site {
    span: Span,
    doubt: Doubt,
}

/// A guess that was made.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) site: Site,
    pub(super) note: String,
    pub(super) written: String,
    pub(super) kept: String,
}

/// Reads trees of one fragment in one scope.
pub(super) struct Reader<'a> {
    pub(super) store: &'a mut Store,
    pub(super) scope: &'a Scope,
    pub(super) text: &'a str,
    /// Names that are bound around the place.
    pub(super) held: Vec<String>,
    /// Indices of the sums around, with their ranges.
    pub(super) running: Vec<(String, TermId, TermId)>,
    /// Within an index, where a letter is never a constant.
    pub(super) index: bool,
    /// Whether ± is read as its upper sign; and whether one was met.
    pub(super) upper: bool,
    pub(super) signs: bool,
    /// Whether the statement around reads its signs ± together.
    pub(super) together: bool,
    flip: Option<Site>,
    pub(super) sites: Vec<Found>,
    pub(super) notes: Vec<String>,
    /// Whether something often means another thing than how it is read.
    pub(super) doubtful: bool,
    pub(super) implied: Vec<TermId>,
    pub(super) antiderivative: Option<Symbol>,
    depth: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        store: &'a mut Store,
        scope: &'a Scope,
        text: &'a str,
        flip: Option<Site>,
    ) -> Self {
        Reader {
            store,
            scope,
            text,
            held: Vec::new(),
            running: Vec::new(),
            index: false,
            upper: true,
            signs: false,
            together: false,
            flip,
            sites: Vec::new(),
            notes: Vec::new(),
            doubtful: false,
            implied: Vec::new(),
            antiderivative: None,
            depth: 0,
        }
    }

    /// The text of a place.
    pub(super) fn slice(&self, span: Span) -> &'a str {
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or("…")
            .trim()
    }

    pub(super) fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Remembers a guess, and says whether this pass reads the place the other way.
    pub(super) fn guess(
        &mut self,
        span: Span,
        doubt: Doubt,
        note: String,
        written: String,
        kept: String,
    ) -> bool {
        let span = match doubt {
            // One letter is read in one way wherever it stands.
            Doubt::FunctionLetter(_) | Doubt::Mean(_) => Span::default(),
            _ => span,
        };
        let site = Site { span, doubt };
        if self.flip.as_ref() == Some(&site) {
            return true;
        }
        if !self.sites.iter().any(|found| found.site == site) {
            self.note(note.clone());
            self.sites.push(Found {
                site,
                note,
                written,
                kept,
            });
        }
        false
    }

    /// Whether a name is bound around the place.
    pub(super) fn is_held(&self, name: &str) -> bool {
        self.held.iter().any(|held| held == name)
    }

    /// Reads with a name bound.
    pub(super) fn holding<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Self) -> Read<T>,
    ) -> Read<T> {
        self.held.push(name.to_owned());
        let result = read(self);
        self.held.pop();
        result
    }

    /// The term of an expression.
    pub(super) fn term(&mut self, tree: &Tree) -> Read {
        self.depth += 1;
        let result = if self.depth > 600 {
            Err(Unreadable::new(
                tree.span,
                "a formula that is less deeply nested",
            ))
        } else {
            self.term_of(tree)
        };
        self.depth -= 1;
        result
    }

    fn term_of(&mut self, tree: &Tree) -> Read {
        let span = tree.span;
        match &tree.kind {
            Kind::Number(digits) => match Rational::from_decimal(digits) {
                Some(value) => Ok(self.store.number(value)),
                None => Err(Unreadable::new(span, "a number is expected here")),
            },
            Kind::Name(_) => self.named(tree),
            Kind::Subscript(..) | Kind::Superscript(..) | Kind::Prime(..) => self.raised(tree),
            Kind::Infinity => Ok(self.store.constant(Constant::Infinity)),
            Kind::Group(bracket, inner) => self.group(span, *bracket, inner),
            Kind::Factorial(inner) => {
                let inner = self.term(inner)?;
                Ok(self.store.function(Function::Factorial, &[inner]))
            }
            Kind::Fraction(a, b) => {
                let (a, b) = (self.term(a)?, self.term(b)?);
                Ok(self.store.div(a, b))
            }
            Kind::Slash(a, b) => self.slash(span, a, b),
            Kind::Root(degree, inner) => {
                let degree = match degree {
                    Some(degree) => self.term(degree)?,
                    None => self.store.integer(2),
                };
                let inner = self.term(inner)?;
                Ok(self.root(degree, inner))
            }
            Kind::Binomial(n, k) => {
                let (n, k) = (self.term(n)?, self.term(k)?);
                Ok(self.store.function(Function::Binomial, &[n, k]))
            }
            Kind::Juxtaposition(factors) => self.juxtaposition(factors),
            Kind::Times(a, b) => self.times(a, b),
            Kind::CircledTimes(a, b, hadamard) => {
                let function = if *hadamard {
                    Function::Hadamard
                } else {
                    Function::Kronecker
                };
                let (a, b) = (self.term(a)?, self.term(b)?);
                Ok(self.store.function(function, &[a, b]))
            }
            Kind::Terms(terms) => self.terms(terms),
            Kind::Derivative {
                body, by, guessed, ..
            } => match body {
                Some(body) => self.derivative(span, body, by, *guessed),
                None => Err(Unreadable::new(
                    span,
                    "what is differentiated is expected behind the derivative",
                )),
            },
            Kind::Gradient(by, order, body) => self.gradient(span, by.as_deref(), *order, body),
            Kind::Big { .. } => self.big(tree),
            Kind::Integral { limits, body, by } => {
                let limits = limits.as_ref().map(|(a, b)| (&**a, &**b));
                self.integral(span, limits, body, by)
            }
            Kind::Evaluated(inner, lower, upper) => {
                self.evaluated(span, inner, lower.as_deref(), upper.as_deref())
            }
            Kind::Matrix(rows) => self.matrix(span, rows),
            Kind::Cases(rows) => self.cases(rows),
            Kind::Underbrace(inner, _) | Kind::Boxed(inner) => self.term(inner),
            Kind::Text(words) => Err(Unreadable::new(
                span,
                format!("an expression is expected here, not the words “{words}”"),
            )),
            Kind::Empty => Err(Unreadable::new(span, "an expression is missing here")),
            Kind::Ellipsis => Err(Unreadable::beyond(
                span,
                "“…” is read within a set {1, …, n} only; write Σ or Π with its range",
            )),
            Kind::List(_) => Err(Unreadable::beyond(
                span,
                "one expression is expected here, not a list",
            )),
            Kind::Given(..) => Err(Unreadable::beyond(
                span,
                "a condition behind a bar is read within E[…] and P(…) only",
            )),
            Kind::Chain(..)
            | Kind::Joined(..)
            | Kind::Not(_)
            | Kind::Truth(_)
            | Kind::ForAll(..)
            | Kind::Is(..)
            | Kind::Implication(..) => Err(Unreadable::new(
                span,
                "an expression is expected here, and this is a statement",
            )),
        }
    }

    /// √ of degree 2, 3, …; a degree that is no such number makes it a power.
    pub(super) fn root(&mut self, degree: TermId, inner: TermId) -> TermId {
        let integral = matches!(
            self.store.node(degree),
            Node::Number(n) if n.to_i64().is_some_and(|n| n >= 2)
        );
        if integral {
            return self.store.function(Function::Root, &[degree, inner]);
        }
        let one = self.store.integer(1);
        let exponent = self.store.div(one, degree);
        self.store.pow(inner, exponent)
    }

    fn group(&mut self, span: Span, bracket: Bracket, inner: &Tree) -> Read {
        let function = match bracket {
            Bracket::Round | Bracket::Square | Bracket::Curly => return self.term(inner),
            Bracket::Bar => {
                let value = self.term(inner)?;
                return Ok(self.bars(value));
            }
            Bracket::DoubleBar => return self.norm(span, inner, None),
            Bracket::Floor => Function::Floor,
            Bracket::Ceiling => Function::Ceiling,
            Bracket::Angle => {
                if let Kind::List(parts) = &inner.kind
                    && let [a, b] = parts.as_slice()
                {
                    let (a, b) = (self.term(a)?, self.term(b)?);
                    let a = self.store.function(Function::Transpose, &[a]);
                    return Ok(self.store.mul(&[a, b]));
                }
                return Err(Unreadable::beyond(
                    span,
                    "⟨a, b⟩ is read as an inner product; write E[…] for an expectation",
                ));
            }
            Bracket::HalfOpenLeft | Bracket::HalfOpenRight => {
                return Err(Unreadable::new(span, "an interval is read behind ∈ only"));
            }
        };
        let value = self.term(inner)?;
        Ok(self.store.function(function, &[value]))
    }

    fn terms(&mut self, terms: &[(Sign, Tree)]) -> Read {
        let mut parts = Vec::with_capacity(terms.len());
        for (sign, term) in terms {
            let value = self.term(term)?;
            let minus = match sign {
                Sign::Plus => false,
                Sign::Minus => true,
                Sign::PlusMinus | Sign::MinusPlus => {
                    self.signs = true;
                    (*sign == Sign::PlusMinus) != self.upper
                }
            };
            parts.push(if minus { self.store.neg(value) } else { value });
        }
        if parts.len() > 1 && parts.iter().any(|part| self.is_entrywise(*part)) {
            // `1 − σ(z)`
            for part in &mut parts {
                if matches!(self.store.node(*part), Node::Number(n) if n.is_one()) {
                    *part = self.ones();
                }
            }
        }
        Ok(self.store.add(&parts))
    }

    fn matrix(&mut self, span: Span, rows: &[Vec<Tree>]) -> Read {
        let columns = rows.first().map_or(0, Vec::len);
        if columns == 0 || rows.iter().any(|row| row.len() != columns) {
            return Err(Unreadable::new(
                span,
                "rows of a matrix with equally many entries are expected",
            ));
        }
        let mut entries = Vec::new();
        for entry in rows.iter().flatten() {
            entries.push(self.term(entry)?);
        }
        let (r, c) = (u32::try_from(rows.len()), u32::try_from(columns));
        match (r, c) {
            (Ok(r), Ok(c)) => Ok(self.store.add_node(Node::Matrix(r, c, entries.into()))),
            _ => Err(Unreadable::new(span, "a smaller matrix is expected")),
        }
    }

    fn cases(&mut self, rows: &[(Tree, Option<Tree>)]) -> Read {
        let mut parts = Vec::new();
        for (value, condition) in rows {
            parts.push(self.term(value)?);
            parts.push(match condition {
                Some(condition) if !is_otherwise(condition) => self.statement(condition)?,
                _ => self.store.add_node(Node::Truth(true)),
            });
        }
        Ok(self.store.add_node(Node::Piecewise(parts.into())))
    }
}

fn is_otherwise(tree: &Tree) -> bool {
    match &tree.kind {
        Kind::Text(words) => {
            let words = words.trim().to_lowercase();
            matches!(words.as_str(), "otherwise" | "else" | "sonst" | "")
        }
        Kind::Empty => true,
        Kind::Name(name) => name.base == "otherwise" || name.base == "else",
        _ => false,
    }
}
