//! Expectations, probabilities, events and their indicators, with what stands below their signs.

use super::Unreadable;
use super::known::{Known, known};
use super::name::letters;
use super::reader::{Read, Reader};
use crate::meaning::goal::Property;
use crate::meaning::name::{Peeled, canonical, peel};
use crate::meaning::observe::split_indices;
use crate::meaning::presume::law_of;
use crate::syntax::{Accent, BigOperator, Bracket, Connective, Kind, Name, Relation, Style, Tree};
use crate::term::{Function, Node, Relation as Sign, TermId};
use crate::theory::probability::{held_by_mean, random_atoms};

/// Whether a known function is about what is random.
pub(in crate::meaning) fn is_chance(known: Known) -> bool {
    matches!(
        known,
        Known::Expectation
            | Known::Probability
            | Known::Deviation
            | Known::Bracketed(Function::Variance | Function::Indicator)
            | Known::Several(Function::Covariance | Function::Correlation, ..)
    )
}

/// What stands below E, Var, Cov, P.
#[derive(Default)]
struct Under {
    /// Random symbols and members over which the mean is taken.
    over: Vec<TermId>,
    /// What is given, behind a bar.
    given: Option<TermId>,
    /// Letters that have a law here, and the random symbols that stand for them.
    sampled: Vec<(TermId, TermId)>,
}

impl Reader<'_> {
    /// E, Var, Cov, P and their like of what stands in the bracket.
    pub(super) fn chance(
        &mut self,
        factor: &Tree,
        peeled: &Peeled<'_>,
        known: Known,
        inner: &Tree,
    ) -> Read {
        let mut value = if known == Known::Bracketed(Function::Indicator) {
            self.indicator(inner)?
        } else if peeled.below.is_empty() {
            self.bare(factor, known, inner)?
        } else if let Some((sum, total)) = self.weighted(factor, peeled, known, inner) {
            self.under_weights(&sum, &total)?
        } else {
            match self.under(peeled)? {
                Some(under) => {
                    let value = self.bare(factor, known, inner)?;
                    self.put_under(factor, value, &under)?
                }
                // Under a law of which nothing is known but that it gives a value.
                None if known == Known::Expectation => {
                    return self.apply_named(factor, peeled, inner);
                }
                None => {
                    return Err(Unreadable::beyond(
                        factor.span,
                        "what stands below is no random variable and no law that is known",
                    ));
                }
            }
        };
        for (exponent, _) in &peeled.above {
            value = self.power(value, exponent)?;
        }
        Ok(value)
    }

    /// E_{x∼p}[f(x)], where p(x) is written out in the section, as Σ_x p(x) f(x), and Σ_x p(x).
    fn weighted(
        &self,
        factor: &Tree,
        peeled: &Peeled<'_>,
        known: Known,
        inner: &Tree,
    ) -> Option<(Tree, Tree)> {
        let [below] = peeled.below.as_slice() else {
            return None;
        };
        let [chain] = *split_indices(below).as_slice() else {
            return None;
        };
        let (letter, law) = (sampled(chain)?, law_of(chain)?);
        let observed = &self.scope.observed;
        let known = known == Known::Expectation
            && observed.densities.contains(&canonical(peel(law)?.name))
            && !observed.integrated.contains(&letter.letter)
            && !matches!(inner.kind, Kind::Given(..) | Kind::List(_));
        let Kind::Chain(name, _) = &chain.kind else {
            return None;
        };
        if !known {
            return None;
        }
        let at = |kind: Kind| Tree {
            span: factor.span,
            kind,
        };
        let group = |tree: &Tree| at(Kind::Group(Bracket::Round, Box::new(tree.clone())));
        let sum = |factors: Vec<Tree>| {
            at(Kind::Big {
                operator: BigOperator::Sum,
                below: Some(name.clone()),
                above: None,
                body: Box::new(at(Kind::Juxtaposition(factors))),
                guessed: false,
            })
        };
        let weight = vec![law.clone(), group(name)];
        let mut weighted = weight.clone();
        weighted.push(group(inner));
        Some((sum(weighted), sum(weight)))
    }

    /// The weighted sum; its weights are not negative, and add up to 1.
    fn under_weights(&mut self, sum: &Tree, total: &Tree) -> Read {
        let value = self.term(sum)?;
        let notes = self.notes.len();
        let total = self.term(total)?;
        self.notes.truncate(notes);
        let (zero, one) = (self.store.integer(0), self.store.integer(1));
        let certain = self.store.relation(Sign::Equal, total, one);
        self.implied.push(certain);
        if let Node::Sum(number, weight, lower, upper, _) = *self.store.node(total) {
            let range = self.store.add_node(Node::Range(lower, upper));
            let positive = self.store.relation(Sign::LessEqual, zero, weight);
            let all = self.store.add_node(Node::ForAll(number, positive, range));
            self.implied.push(all);
        }
        Ok(value)
    }

    /// The same without anything below the sign.
    fn bare(&mut self, factor: &Tree, known: Known, inner: &Tree) -> Read {
        let expected = |text: &str| Unreadable::new(factor.span, format!("{text} is expected"));
        match known {
            Known::Probability => match &inner.kind {
                Kind::Given(a, b) => {
                    let (a, b) = (self.event(a)?, self.event(b)?);
                    Ok(self
                        .store
                        .function(Function::ConditionalProbability, &[a, b]))
                }
                _ => {
                    let inner = self.event(inner)?;
                    Ok(self.store.function(Function::Probability, &[inner]))
                }
            },
            Known::Several(function, 1, _)
                if !matches!(inner.kind, Kind::List(_) | Kind::Given(..)) =>
            {
                let inner = self.term(inner)?;
                Ok(self.store.function(function, &[inner]))
            }
            Known::Several(function, ..) => {
                let (pair, given) = match conditional(inner) {
                    Some((u, v, given)) => ([u, v], Some(given)),
                    None => match &inner.kind {
                        Kind::List(parts) => match parts.as_slice() {
                            [u, v] => ([u, v], None),
                            _ => return Err(expected("a pair")),
                        },
                        _ => return Err(expected("a pair")),
                    },
                };
                let (u, v) = (self.term(pair[0])?, self.term(pair[1])?);
                match given {
                    None => Ok(self.store.function(function, &[u, v])),
                    Some(given) => {
                        let given = self.event(given)?;
                        Ok(self.conditional_pair(function, u, v, given))
                    }
                }
            }
            _ => {
                let (plain, conditional) = match known {
                    Known::Expectation => (Function::Expectation, Function::ConditionalExpectation),
                    _ => (Function::Variance, Function::ConditionalVariance),
                };
                let value = match &inner.kind {
                    Kind::Given(a, b) => {
                        let (a, b) = (self.term(a)?, self.event(b)?);
                        self.store.function(conditional, &[a, b])
                    }
                    Kind::List(_) if known != Known::Expectation => {
                        return Err(expected("one random variable"));
                    }
                    _ => {
                        let inner = self.term(inner)?;
                        self.store.function(plain, &[inner])
                    }
                };
                if known == Known::Deviation {
                    let two = self.store.integer(2);
                    return Ok(self.store.function(Function::Root, &[two, value]));
                }
                Ok(value)
            }
        }
    }

    /// Cov(u, v | w) = E[u v | w] − E[u | w] E[v | w]
    fn conditional_pair(
        &mut self,
        function: Function,
        u: TermId,
        v: TermId,
        given: TermId,
    ) -> TermId {
        let product = self.store.mul(&[u, v]);
        let [both, left, right] = [product, u, v].map(|part| {
            self.store
                .function(Function::ConditionalExpectation, &[part, given])
        });
        let separate = self.store.mul(&[left, right]);
        let covariance = self.store.sub(both, separate);
        if function == Function::Covariance {
            return covariance;
        }
        let [a, b] = [u, v].map(|part| {
            self.store
                .function(Function::ConditionalVariance, &[part, given])
        });
        let product = self.store.mul(&[a, b]);
        let two = self.store.integer(2);
        let below = self.store.function(Function::Root, &[two, product]);
        self.store.div(covariance, below)
    }

    /// The root of the variance.
    pub(super) fn deviation(&mut self, of: TermId) -> TermId {
        let variance = self.store.function(Function::Variance, &[of]);
        let two = self.store.integer(2);
        self.store.function(Function::Root, &[two, variance])
    }

    /// What stands below the sign, if it says over what the mean is taken.
    fn under(&mut self, peeled: &Peeled<'_>) -> Read<Option<Under>> {
        let mut under = Under::default();
        for below in &peeled.below {
            let mut parts: Vec<Tree> = Vec::new();
            for part in split_indices(below) {
                match &part.kind {
                    Kind::Name(name) if name.run && !self.is_word(name) => {
                        parts.extend(letters(part, name));
                    }
                    _ => parts.push(part.clone()),
                }
            }
            for part in &parts {
                match &part.kind {
                    Kind::Chain(letter, rest)
                        if matches!(rest.as_slice(), [(Relation::Similar, _, _)]) =>
                    {
                        self.law_below(part, letter, &mut under)?;
                    }
                    Kind::Given(a, b) => {
                        for part in split_indices(a) {
                            let Some(atom) = self.random_name(part) else {
                                return Ok(None);
                            };
                            under.over.push(atom);
                        }
                        if under.given.is_some() || self.random_name(b).is_none() {
                            return Ok(None);
                        }
                        under.given = self.random_name(b);
                    }
                    _ => match self.random_name(part) {
                        Some(atom) => under.over.push(atom),
                        None => return Ok(None),
                    },
                }
            }
        }
        Ok(Some(under))
    }

    /// `x ∼ p` below: x is random there, and has that law.
    fn law_below(&mut self, chain: &Tree, letter: &Tree, under: &mut Under) -> Read<()> {
        if let Some(atom) = self.random_name(letter) {
            under.over.push(atom);
            return Ok(());
        }
        let Some(sampled) = sampled(chain) else {
            return Err(Unreadable::beyond(
                chain.span,
                "a letter and its law are expected below, as in E_{x∼p}",
            ));
        };
        let mut draw = 0;
        let random = loop {
            let random = self.store.variable(&sampled.known_as(draw));
            if under.sampled.iter().all(|(_, before)| *before != random) {
                break random;
            }
            draw += 1;
        };
        let plain = self.store.variable(&sampled.letter);
        under.over.push(random);
        under.sampled.push((plain, random));
        Ok(())
    }

    /// The random symbol or member that a name is.
    fn random_name(&mut self, tree: &Tree) -> Option<TermId> {
        let peeled = peel(tree)?;
        let name = canonical(peeled.name);
        let symbol = self.store.find_symbol(&name)?;
        if !self.scope.has_property(symbol, Property::Random) || self.is_held(&name) {
            return None;
        }
        self.term(tree).ok()
    }

    /// A mean over some random symbols: over all that the term holds, or over these where the
    /// others are independent of them and held fixed.
    fn put_under(&mut self, factor: &Tree, value: TermId, under: &Under) -> Read {
        let mut value = value;
        let beyond = |text: &str| Err(Unreadable::beyond(factor.span, text));
        for (plain, random) in &under.sampled {
            let Node::Symbol(letter) = *self.store.node(*plain) else {
                continue;
            };
            // What is defined by the letter holds it, too.
            value = self.scope.unfold(self.store, value).unwrap_or(value);
            if held_by_mean(self.store, value, letter) {
                return beyond("a mean within a mean: write what is held fixed behind a bar");
            }
            value = self.store.substitute(value, letter, *random);
        }
        let Node::Function(function, arguments) = self.store.node(value).clone() else {
            return match under.given {
                None => Ok(value),
                Some(_) => beyond("write the condition within the bracket"),
            };
        };
        let random = |reader: &Self, term: TermId| {
            random_atoms(reader.store, term, &|symbol| {
                reader.scope.has_property(symbol, Property::Random)
                    || reader.scope.has_property(symbol, Property::Event)
            })
        };
        let atoms = match arguments.first() {
            Some(argument) => {
                let written = self.scope.unfold(self.store, *argument);
                random(self, written.unwrap_or(*argument))
            }
            None => Vec::new(),
        };
        let mut given = under.given;
        match (function, &*arguments, given) {
            (Function::ConditionalExpectation | Function::ConditionalVariance, [_, said], _) => {
                if given.is_some_and(|g| g != *said) {
                    return beyond("one condition is expected");
                }
                given = Some(*said);
            }
            (Function::Expectation, [u], Some(condition)) => {
                value = self
                    .store
                    .function(Function::ConditionalExpectation, &[*u, condition]);
            }
            (Function::Variance, [u], Some(condition)) => {
                value = self
                    .store
                    .function(Function::ConditionalVariance, &[*u, condition]);
            }
            (_, _, Some(_)) => return beyond("write the condition within the bracket"),
            _ => {}
        }
        let mut known = under.over.clone();
        if let Some(given) = given {
            known.extend(random(self, given));
        }
        let others: Vec<TermId> = atoms.into_iter().filter(|a| !known.contains(a)).collect();
        match others.as_slice() {
            [] => Ok(value),
            _ => {
                beyond("a mean over some of what is random: write what is held fixed behind a bar")
            }
        }
    }

    /// What stands within P(…): a statement, or the name of an event.
    pub(super) fn event(&mut self, tree: &Tree) -> Read {
        if let Some(inner) = self.complemented(tree) {
            let inner = self.event(&inner)?;
            return Ok(self.store.add_node(Node::Not(inner)));
        }
        match &tree.kind {
            Kind::Chain(..) => self.statement(tree),
            Kind::Joined(connective, parts) => {
                let parts: Read<Vec<TermId>> = parts.iter().map(|p| self.event(p)).collect();
                let parts = parts?;
                Ok(self.join(&parts, *connective == Connective::And))
            }
            Kind::List(parts) => {
                let parts: Read<Vec<TermId>> = parts.iter().map(|p| self.event(p)).collect();
                let parts = parts?;
                Ok(self.join(&parts, true))
            }
            Kind::Not(inner) => {
                let inner = self.event(inner)?;
                Ok(self.store.add_node(Node::Not(inner)))
            }
            Kind::Group(_, inner) => self.event(inner),
            Kind::Big {
                operator: BigOperator::Union | BigOperator::Intersection,
                ..
            } => self.joined_over(tree),
            Kind::Juxtaposition(parts) if parts.iter().all(|p| self.is_event(p)) => {
                let parts: Read<Vec<TermId>> = parts.iter().map(|p| self.event(p)).collect();
                let parts = parts?;
                Ok(self.join(&parts, true))
            }
            Kind::Name(name) if name.run && !self.is_word(name) => {
                let parts = letters(tree, name);
                if parts.iter().all(|p| self.is_event(p)) {
                    let parts: Read<Vec<TermId>> = parts.iter().map(|p| self.event(p)).collect();
                    let parts = parts?;
                    return Ok(self.join(&parts, true));
                }
                self.term(tree)
            }
            _ => self.term(tree),
        }
    }

    /// Whether a tree is the name of an event, or of events joined.
    fn is_event(&self, tree: &Tree) -> bool {
        match &tree.kind {
            Kind::Group(_, inner) => is_statement(inner) || self.is_event(inner),
            Kind::Not(inner) => self.is_event(inner),
            Kind::Joined(_, parts) => parts.iter().all(|p| self.is_event(p)),
            _ => {
                peel(tree).is_some_and(|peeled| {
                    peeled.above.iter().all(|(_, surely)| *surely)
                        && peeled.primes == 0
                        && self.names_event(peeled.name)
                }) || self.complemented(tree).is_some()
            }
        }
    }

    fn names_event(&self, name: &Name) -> bool {
        self.store
            .find_symbol(&canonical(name))
            .is_some_and(|symbol| self.scope.has_property(symbol, Property::Event))
    }

    /// `Aᶜ`, `A′`, `Ā`: the event of which it is the complement.
    fn complemented(&self, tree: &Tree) -> Option<Tree> {
        match &tree.kind {
            Kind::Superscript(base, exponent, _) => {
                let sign = match &exponent.kind {
                    Kind::Name(name) => matches!(name.base.as_str(), "c" | "C" | "∁"),
                    Kind::Text(word) => matches!(word.trim(), "c" | "C"),
                    _ => false,
                };
                (sign && self.is_event(base)).then(|| base.as_ref().clone())
            }
            Kind::Prime(base, 1) => self.is_event(base).then(|| base.as_ref().clone()),
            Kind::Name(_) | Kind::Subscript(..) => {
                let peeled = peel(tree)?;
                let [Accent::Bar] = peeled.name.accents.as_slice() else {
                    return None;
                };
                let plain = Name {
                    accents: Vec::new(),
                    ..peeled.name.clone()
                };
                (!self.names_event(peeled.name) && self.names_event(&plain))
                    .then(|| renamed(tree, &plain))
            }
            _ => None,
        }
    }

    /// The indicator of a statement or event.
    fn indicator(&mut self, inner: &Tree) -> Read {
        let event = self.event(inner)?;
        if matches!(self.store.node(event), Node::Symbol(_) | Node::Member(..))
            && !self.is_event(inner)
        {
            return Err(Unreadable::beyond(
                inner.span,
                "an event or a statement is expected here",
            ));
        }
        Ok(self.store.function(Function::Indicator, &[event]))
    }

    /// `1{X > 0}`, `𝟏_A(…)`, `I(X > 0)`: a sign for an indicator before what it indicates.
    pub(super) fn indicator_before(&mut self, sign: &Tree, bracket: &Tree) -> Option<Read> {
        match &bracket.kind {
            Kind::Superscript(base, exponent, _) => {
                let indicator = self.indicator_before(sign, base)?;
                Some(indicator.and_then(|value| self.power(value, exponent)))
            }
            Kind::Group(Bracket::Round | Bracket::Square | Bracket::Curly, inner) => {
                let told = is_statement(inner) || self.is_event(inner);
                (told && is_indicator_sign(sign)).then(|| self.indicator(inner))
            }
            _ => None,
        }
    }

    /// `1_A`, `𝟏_{X > 0}`; `σ_X`, `μ_X`, `ρ_{X,Y}` of random variables.
    pub(super) fn chance_below(&mut self, tree: &Tree) -> Option<Read> {
        let (Kind::Subscript(sign, below), power) = (match &tree.kind {
            Kind::Superscript(base, exponent, false) => (&base.kind, Some(exponent)),
            kind => (kind, None),
        }) else {
            return None;
        };
        let told = is_statement(below) || self.is_event(below);
        let read = if told && is_indicator_sign(sign) {
            self.indicator(below)
        } else {
            self.moment_letter(sign, below)?
        };
        Some(match power {
            Some(exponent) => read.and_then(|value| self.power(value, exponent)),
            None => read,
        })
    }

    /// σ, μ, ρ with random variables below.
    fn moment_letter(&mut self, sign: &Tree, below: &Tree) -> Option<Read> {
        let Kind::Name(letter) = &sign.kind else {
            return None;
        };
        let name = canonical(letter);
        if !matches!(name.as_str(), "σ" | "μ" | "ρ") || self.scope.names.contains(&name) {
            return None;
        }
        let mut atoms = Vec::new();
        for part in split_indices(below) {
            let parts = match &part.kind {
                Kind::Name(run) if run.run && !self.is_word(run) => letters(part, run),
                _ => vec![part.clone()],
            };
            for part in parts {
                atoms.push(self.random_name(&part)?);
            }
        }
        let value = match (name.as_str(), atoms.as_slice()) {
            ("μ", [x]) => self.store.function(Function::Expectation, &[*x]),
            ("σ", [x]) => self.deviation(*x),
            ("σ", [x, y]) => self.store.function(Function::Covariance, &[*x, *y]),
            ("ρ", [x, y]) => self.store.function(Function::Correlation, &[*x, *y]),
            _ => return None,
        };
        Some(Ok(value))
    }

    /// A letter that is a function of chance before a bracket: `M_X(t)` (nothing), `V(X)`,
    /// `ρ(X, Y)` where the section tells what is random.
    pub(super) fn chance_letter(&mut self, peeled: &Peeled<'_>) -> Option<Option<Known>> {
        let name = canonical(peeled.name);
        if self.scope.names.contains(&name)
            || self.scope.observed.alone.contains(&name)
            || peeled.primes > 0
        {
            return None;
        }
        match (name.as_str(), peeled.below.as_slice()) {
            ("M", [below]) if self.random_name(below).is_some() => Some(None),
            ("V", []) if self.scope.has_random() => {
                Some(Some(Known::Bracketed(Function::Variance)))
            }
            ("ρ", []) if self.scope.has_random() => {
                Some(Some(Known::Several(Function::Correlation, 2, 2)))
            }
            _ => None,
        }
    }

    /// Whether a head is a mean, a probability or the like under another sign: it defines nothing.
    pub(super) fn is_of_chance(
        &mut self,
        tree: &Tree,
        peeled: &Peeled<'_>,
        arguments: &[&Tree],
    ) -> bool {
        let name = canonical(peeled.name);
        if arguments.is_empty() {
            return self.chance_below(tree).is_some();
        }
        if self.scope.names.contains(&name) {
            return false;
        }
        if self.chance_letter(peeled).is_some() {
            return true;
        }
        match known(&name) {
            Some(Known::Probability) => arguments.iter().any(|a| self.is_event(a)),
            Some(function) if is_chance(function) && !peeled.below.is_empty() => {
                matches!(self.under(peeled), Ok(Some(_)))
            }
            _ => false,
        }
    }

    /// M_X(t) = E[e^{tX}]
    pub(super) fn generating(&mut self, peeled: &Peeled<'_>, inner: &Tree) -> Read {
        let below = peeled.below.first().and_then(|b| self.random_name(b));
        let Some(variable) = below else {
            return Err(Unreadable::new(
                inner.span,
                "a random variable is expected below M",
            ));
        };
        let t = self.term(inner)?;
        let exponent = self.store.mul(&[t, variable]);
        let power = self.store.exp(exponent);
        let mut value = self.store.function(Function::Expectation, &[power]);
        for (exponent, _) in &peeled.above {
            value = self.power(value, exponent)?;
        }
        Ok(value)
    }
}

/// A letter with a law below E.
pub(in crate::meaning) struct Sampled {
    /// The letter.
    pub(in crate::meaning) letter: String,
    law: String,
}

impl Sampled {
    /// The name of the random symbol that stands for the letter there, behind so many others that
    /// are drawn from the same law: whatever it is called, the first has that law.
    pub(in crate::meaning) fn known_as(&self, draw: usize) -> String {
        match ["x", "y", "z"].get(draw) {
            Some(letter) => format!("{letter}∼{}", self.law),
            None => format!("x_{draw}∼{}", self.law),
        }
    }
}

/// `x ∼ p` taken apart.
pub(in crate::meaning) fn sampled(chain: &Tree) -> Option<Sampled> {
    let Kind::Chain(letter, rest) = &chain.kind else {
        return None;
    };
    let [(Relation::Similar, _, law)] = rest.as_slice() else {
        return None;
    };
    let peeled = peel(letter)?;
    if !(peeled.below.is_empty() && peeled.above.is_empty() && peeled.primes == 0) {
        return None;
    }
    let letter = canonical(peeled.name);
    // `x ∼ p(x)` is `x ∼ p`.
    let law = match &law.kind {
        Kind::Juxtaposition(parts) => match parts.as_slice() {
            [name, argument] if peel(name).is_some() && names(argument, &letter) => {
                name.to_string()
            }
            _ => law.to_string(),
        },
        _ => law.to_string(),
    };
    Some(Sampled { letter, law })
}

/// Whether a bracket holds that letter alone.
fn names(argument: &Tree, letter: &str) -> bool {
    match &argument.kind {
        Kind::Group(_, inner) => names(inner, letter),
        Kind::Name(name) => canonical(name) == letter,
        _ => false,
    }
}

/// The tree with another name at its root.
fn renamed(tree: &Tree, name: &Name) -> Tree {
    let kind = match &tree.kind {
        Kind::Subscript(base, index) => {
            Kind::Subscript(Box::new(renamed(base, name)), index.clone())
        }
        _ => Kind::Name(name.clone()),
    };
    Tree {
        span: tree.span,
        kind,
    }
}

/// Whether a tree is written as a statement.
fn is_statement(tree: &Tree) -> bool {
    match &tree.kind {
        Kind::Chain(..) | Kind::Not(_) | Kind::Truth(_) => true,
        Kind::Joined(_, parts) | Kind::List(parts) => parts.iter().any(is_statement),
        Kind::Group(_, inner) => is_statement(inner),
        _ => false,
    }
}

/// `1`, `𝟏`, `𝟙`, `I`, `𝕀`
fn is_indicator_sign(tree: &Tree) -> bool {
    match &tree.kind {
        Kind::Number(one) => one == "1",
        Kind::Name(name) => {
            name.accents.is_empty()
                && match name.base.as_str() {
                    "1" => true,
                    "I" => matches!(name.style, Style::Plain | Style::Blackboard | Style::Vector),
                    "𝟙" => true,
                    _ => false,
                }
        }
        _ => false,
    }
}

/// `u, v | w` within the brackets of Cov.
fn conditional(inner: &Tree) -> Option<(&Tree, &Tree, &Tree)> {
    match &inner.kind {
        Kind::Given(pair, given) => match &pair.kind {
            Kind::List(parts) => match parts.as_slice() {
                [u, v] => Some((u, v, given)),
                _ => None,
            },
            _ => None,
        },
        Kind::List(parts) => match parts.as_slice() {
            [u, last] => match &last.kind {
                Kind::Given(v, given) => Some((u, v, given)),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}
