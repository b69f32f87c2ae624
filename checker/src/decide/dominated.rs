//! Dominated convergence: the test `dominated(f, x, w)` of the rule by which E and ∂ change places.

use crate::kernel::checker::Checker;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Binder, Check, Head, Id, Node};

/// As deep is looked into a term.
const DEPTH: u32 = 60;

/// What moves, at which outcome, and which exponents there were.
#[derive(Clone, Copy, Debug)]
struct Seen {
    x: Id,
    symbol: u32,
    outcome: u32,
    /// A random exponent of e with x in it.
    exponential: bool,
    /// A random exponent of x.
    power: bool,
}

impl Checker<'_> {
    /// Whether f is a finite sum of products of a function of x and one of the outcome w, perhaps
    /// with e^(x Y + Z) or else x^Y where no function of x is unknown; or is made of polynomials in random symbols and of functions
    /// of at most linear growth and bounded slope.
    pub(crate) fn dominated(&mut self, scope: &Scope, f: Id, x: Id, w: Id) -> Check<bool> {
        let (Head::Symbol(symbol), Head::Symbol(outcome)) =
            (self.terms.head(x), self.terms.head(w))
        else {
            return Ok(false);
        };
        let mut seen = Seen {
            x,
            symbol: *symbol,
            outcome: *outcome,
            exponential: false,
            power: false,
        };
        if self.expands(scope, f, &mut seen, 0)?
            && !(seen.exponential && seen.power)
            && (!(seen.exponential || seen.power) || self.is_known(f, &seen))
        {
            return Ok(true);
        }
        self.tame(scope, f, &seen, 0)
    }

    /// Whether no unknown function of x is in the term.
    fn is_known(&self, term: Id, seen: &Seen) -> bool {
        self.terms.subterms(term, |_, _| true).iter().all(|part| {
            !matches!(self.terms.head(*part), Head::Call(..) | Head::Member(_))
                || !self.terms.mentions(*part, seen.symbol)
        })
    }

    fn parted(&self, term: Id, seen: &Seen) -> bool {
        !self.terms.mentions(term, seen.symbol) || !self.terms.mentions(term, seen.outcome)
    }

    fn is_natural_number(&self, term: Id) -> bool {
        (self.terms.value(term)).is_some_and(|n| n.is_integer() && !n.is_negative())
    }

    /// The body of a finite sum whose range stays as it is.
    fn held_sum(&mut self, scope: &Scope, sum: Id, seen: &Seen) -> Check<Option<Id>> {
        let (_, name) = self.terms.fresh()?;
        let args = self.terms.open(sum, name)?;
        let held = args[1..].iter().all(|part| {
            !self.terms.mentions(*part, seen.symbol) && !self.terms.mentions(*part, seen.outcome)
        });
        let finite =
            scope.is_integer(&self.terms, args[1]) && scope.is_integer(&self.terms, args[2]);
        Ok((held && finite).then_some(args[0]))
    }

    fn expands(&mut self, scope: &Scope, f: Id, seen: &mut Seen, depth: u32) -> Check<bool> {
        self.terms.spend(2)?;
        if self.parted(f, seen) {
            return Ok(true);
        }
        if depth > DEPTH {
            return Ok(false);
        }
        let node: Node = self.terms.node(f).clone();
        match (&node.head, node.args.as_slice()) {
            (Head::Add | Head::Mul, parts) => {
                for part in parts {
                    if !self.expands(scope, *part, seen, depth + 1)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (Head::Pow, [base, exponent]) => {
                if *self.terms.head(*base) == Head::Constant("e") {
                    seen.exponential = true;
                    return self.is_steady(*exponent, seen, depth + 1);
                }
                let moves = self.terms.mentions(*exponent, seen.symbol);
                if *base == seen.x && !moves {
                    seen.power = true;
                    return Ok(true);
                }
                if moves || self.terms.mentions(*exponent, seen.outcome) {
                    return Ok(false);
                }
                if self.is_natural_number(*exponent)
                    && self.expands(scope, *base, seen, depth + 1)?
                {
                    return Ok(true);
                }
                Ok(self.separates(*base, seen))
            }
            (Head::Function("log" | "abs" | "root"), parts) => {
                Ok(parts.iter().all(|u| self.separates(*u, seen)))
            }
            (Head::Binder(Binder::Sum, _), _) => match self.held_sum(scope, f, seen)? {
                Some(body) => self.expands(scope, body, seen, depth + 1),
                None => Ok(false),
            },
            _ => Ok(false),
        }
    }

    fn separates(&self, term: Id, seen: &Seen) -> bool {
        self.parted(term, seen)
            || *self.terms.head(term) == Head::Mul
                && (self.terms.args(term).iter()).all(|part| self.parted(*part, seen))
    }

    /// Whether the exponent is x Y + Z but for what is not random.
    fn is_steady(&mut self, term: Id, seen: &Seen, depth: u32) -> Check<bool> {
        self.terms.spend(2)?;
        if self.parted(term, seen) {
            return Ok(true);
        }
        if depth > DEPTH {
            return Ok(false);
        }
        let node = self.terms.node(term).clone();
        match (&node.head, node.args.as_slice()) {
            (Head::Add, parts) => {
                for part in parts {
                    if !self.is_steady(*part, seen, depth + 1)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (Head::Mul, parts) => {
                let (moving, still): (Vec<Id>, Vec<Id>) =
                    (parts.iter()).partition(|part| self.terms.mentions(**part, seen.symbol));
                let [moving] = moving.as_slice() else {
                    return Ok(false);
                };
                if self.is_linear_in(*moving, seen, depth + 1) {
                    return Ok(true);
                }
                let certain = (still.iter()).all(|c| !self.terms.mentions(*c, seen.outcome));
                Ok(certain && self.is_steady(*moving, seen, depth + 1)?)
            }
            (Head::Pow, [base, exponent]) => {
                let two = self.terms.integer(2)?;
                if *exponent != two {
                    return Ok(false);
                }
                let parts = match self.terms.head(*base) {
                    Head::Add => self.terms.args(*base).to_vec(),
                    _ => vec![*base],
                };
                Ok(parts.iter().all(|part| {
                    !self.terms.mentions(*part, seen.symbol)
                        || !self.terms.mentions(*part, seen.outcome)
                            && self.is_linear_in(*part, seen, depth + 1)
                }))
            }
            _ => Ok(false),
        }
    }

    fn is_linear_in(&self, term: Id, seen: &Seen, depth: u32) -> bool {
        if term == seen.x || !self.terms.mentions(term, seen.symbol) {
            return true;
        }
        let parts = self.terms.args(term);
        let moving = parts
            .iter()
            .filter(|p| self.terms.mentions(**p, seen.symbol));
        depth <= DEPTH
            && match self.terms.head(term) {
                Head::Add => true,
                Head::Mul => moving.count() == 1,
                _ => false,
            }
            && (parts.iter()).all(|part| self.is_linear_in(*part, seen, depth + 1))
    }

    fn tame(&mut self, scope: &Scope, f: Id, seen: &Seen, depth: u32) -> Check<bool> {
        self.terms.spend(2)?;
        if !self.terms.mentions(f, seen.outcome) {
            return Ok(true);
        }
        if depth > DEPTH {
            return Ok(false);
        }
        let node = self.terms.node(f).clone();
        let parts = match (&node.head, node.args.as_slice()) {
            (Head::Member(_), _) => return Ok(!self.terms.mentions(f, seen.symbol)),
            (Head::Add | Head::Mul, parts) => parts.to_vec(),
            (Head::Pow, [base, exponent]) if self.is_natural_number(*exponent) => vec![*base],
            (
                Head::Function(
                    "sin" | "cos" | "tanh" | "sigmoid" | "softplus" | "arctan" | "arsinh",
                ),
                [u],
            ) => vec![*u],
            (Head::Function("log"), [u]) if *self.terms.head(*u) == Head::Function("sigmoid") => {
                self.terms.args(*u).to_vec()
            }
            (Head::Function("abs"), [u]) if !self.terms.mentions(*u, seen.symbol) => vec![*u],
            (Head::Binder(Binder::Sum, _), _) => match self.held_sum(scope, f, seen)? {
                Some(body) => vec![body],
                None => return Ok(false),
            },
            _ => return Ok(false),
        };
        for part in parts {
            if !self.tame(scope, part, seen, depth + 1)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
