//! What is random though nobody says so: a letter below E, a letter with a law below E, and, where
//! the section declares nothing random, capital letters within E, Var and Cov, and events within P.

use std::collections::BTreeSet;

use super::elaborate::known::known;
use super::elaborate::{is_chance, sampled};
use super::name::{canonical, peel};
use super::observe::{is_bracket, split_indices};
use crate::syntax::{Kind, Name, Relation, Style, Tree};
use crate::theory::probability::is_constant_name;

/// Names of a section that are taken to be random.
#[derive(Debug, Default)]
pub(super) struct Presumed {
    /// Letters below E, Var, P.
    pub(super) below: BTreeSet<String>,
    /// Letters with a law below E: the names of the random symbols that stand for them, with the
    /// law as it is written, and whether nothing is said of that law.
    pub(super) sampled: Vec<(String, Tree, bool)>,
    /// Those of them that are drawn independently of one another.
    pub(super) drawn: BTreeSet<String>,
    /// Capital letters within E, Var, Cov.
    pub(super) within: BTreeSet<String>,
    /// Capital letters that stand as events within P.
    pub(super) events: BTreeSet<String>,
    /// Names that stand before a bracket, not below a sign.
    pub(super) applied: BTreeSet<String>,
    /// Whether what is looked at stands below a sign.
    small: bool,
    letters: BTreeSet<String>,
}

impl Presumed {
    /// What the trees of a section show.
    pub(super) fn of(trees: &[&Tree]) -> Self {
        let mut presumed = Presumed::default();
        for tree in trees {
            presumed.look(tree);
        }
        for (name, law, open) in &mut presumed.sampled {
            // A law that is written out somewhere, or has parameters, is not any law. Of a second
            // draw nothing says that it has the law of the first.
            *open &= peel(law).is_some_and(|name| {
                name.below.is_empty() && !presumed.applied.contains(&canonical(name.name))
            });
            // A law that holds a letter may be that of a condition.
            if !holds_letter(law, &presumed.letters) {
                presumed.drawn.insert(name.clone());
            }
        }
        presumed
    }

    fn look(&mut self, tree: &Tree) {
        if let Kind::Juxtaposition(factors) = &tree.kind {
            for pair in factors.windows(2) {
                let [factor, next] = pair else { continue };
                self.factor(factor, next);
            }
        }
        if let Kind::Subscript(base, below) = &tree.kind {
            self.look(base);
            let before = std::mem::replace(&mut self.small, true);
            self.look(below);
            self.small = before;
            return;
        }
        for part in tree.children() {
            self.look(part);
        }
    }

    /// The laws below E that are written out as functions somewhere: p of `E_{x∼p}` beside p(x).
    pub(super) fn densities(&self) -> BTreeSet<String> {
        let laws = self.sampled.iter();
        laws.filter_map(|(_, law, _)| peel(law).map(|name| canonical(name.name)))
            .filter(|name| self.applied.contains(name))
            .collect()
    }

    fn factor(&mut self, factor: &Tree, next: &Tree) {
        if !is_bracket(next) {
            return;
        }
        let Some(peeled) = peel(factor) else {
            return;
        };
        let name = canonical(peeled.name);
        let Some(function) = known(&name).filter(|f| is_chance(*f)) else {
            if !self.small {
                self.applied.insert(name);
            }
            return;
        };
        let before = self.sampled.len();
        let mut here: Vec<String> = Vec::new();
        for below in &peeled.below {
            for part in split_indices(below) {
                match &part.kind {
                    Kind::Chain(..) => {
                        if let (Some(found), Some(law)) = (sampled(part), law_of(part)) {
                            let mut draws = 0..;
                            let name = draws.find_map(|draw| {
                                let name = found.known_as(draw);
                                (!here.contains(&name)).then_some((name, draw == 0))
                            });
                            let Some((name, first)) = name else { continue };
                            here.push(name.clone());
                            self.letters.insert(found.letter);
                            self.sampled.push((name, law.clone(), first));
                        }
                    }
                    Kind::Given(a, b) => {
                        for part in split_indices(a).into_iter().chain(split_indices(b)) {
                            self.below.extend(random_letter(part));
                        }
                    }
                    _ => self.below.extend(random_letter(part)),
                }
            }
        }
        let inner = inside(next);
        if matches!(function, super::elaborate::known::Known::Probability) {
            self.event(inner);
        } else if self.sampled.len() == before {
            self.alone(inner);
            self.value(inner);
        }
    }

    /// A name that stands alone within E, Var or Cov.
    fn alone(&mut self, inner: &Tree) {
        match &inner.kind {
            Kind::Name(_) | Kind::Subscript(..) => {
                if let Some(name) = peel(inner)
                    && name.above.is_empty()
                    && name.name.base.chars().count() == 1
                    && name.name.style == Style::Plain
                    && !is_constant_name(&name.name.base)
                {
                    self.within.insert(canonical(name.name));
                }
            }
            Kind::List(parts) => parts.iter().for_each(|part| self.alone(part)),
            Kind::Given(a, _) => self.alone(a),
            _ => {}
        }
    }

    /// Capital letters of a random variable.
    fn value(&mut self, tree: &Tree) {
        match &tree.kind {
            Kind::Name(name) => {
                if name.run {
                    let letters = name.base.chars().filter_map(capital);
                    self.within.extend(letters);
                } else {
                    self.within.extend(capital_name(name));
                }
            }
            Kind::Subscript(base, _) => self.value(base),
            Kind::Juxtaposition(factors)
                if factors.windows(2).any(|pair| {
                    peel(&pair[0]).is_some_and(|p| {
                        known(&canonical(p.name)).is_some_and(is_chance) && is_bracket(&pair[1])
                    })
                }) => {}
            _ => {
                for part in tree.children() {
                    self.value(part);
                }
            }
        }
    }

    /// Capital letters that stand for events; in statements those that stand for random variables.
    fn event(&mut self, tree: &Tree) {
        match &tree.kind {
            Kind::Chain(..) => self.value(tree),
            Kind::Joined(_, parts) | Kind::List(parts) => {
                for part in parts {
                    self.event(part);
                }
            }
            Kind::Big { body, .. } => self.event(body),
            Kind::Given(a, b) => {
                self.event(a);
                self.event(b);
            }
            Kind::Not(inner)
            | Kind::Group(_, inner)
            | Kind::Superscript(inner, _, _)
            | Kind::Subscript(inner, _)
            | Kind::Prime(inner, _) => self.event(inner),
            Kind::Name(name) => {
                let plain = Name {
                    accents: Vec::new(),
                    ..name.clone()
                };
                self.events.extend(capital_name(&plain));
            }
            _ => {}
        }
    }
}

fn inside(bracket: &Tree) -> &Tree {
    match &bracket.kind {
        Kind::Group(_, inner) | Kind::Superscript(inner, _, _) | Kind::Factorial(inner) => {
            inside(inner)
        }
        _ => bracket,
    }
}

/// Whether the law is written with a letter that is drawn, or with a bar.
fn holds_letter(law: &Tree, letters: &BTreeSet<String>) -> bool {
    match &law.kind {
        Kind::Name(name) => letters.contains(&canonical(name)),
        Kind::Given(..) => true,
        _ => law
            .children()
            .into_iter()
            .any(|part| holds_letter(part, letters)),
    }
}

/// The law of `x ∼ p`, without the letter behind it.
pub(super) fn law_of(chain: &Tree) -> Option<&Tree> {
    let Kind::Chain(letter, rest) = &chain.kind else {
        return None;
    };
    let [(Relation::Similar, _, law)] = rest.as_slice() else {
        return None;
    };
    let letter = peel(letter).map(|p| canonical(p.name))?;
    match &law.kind {
        Kind::Juxtaposition(parts) => match parts.as_slice() {
            [name, argument]
                if peel(name).is_some()
                    && peel(inside(argument)).is_some_and(|p| canonical(p.name) == letter) =>
            {
                Some(name)
            }
            _ => Some(law),
        },
        _ => Some(law),
    }
}

/// A single letter below E that may be random: no index, no name of a law.
fn random_letter(tree: &Tree) -> Option<String> {
    let peeled = peel(tree)?;
    let name = canonical(peeled.name);
    let mut letters = peeled.name.base.chars();
    let (letter, None) = (letters.next()?, letters.next()) else {
        return None;
    };
    let plain = peeled.name.style == Style::Plain && peeled.above.is_empty();
    let random = letter.is_uppercase() || matches!(letter, 'x' | 'y' | 'z' | 'u' | 'w' | 'ε' | 'ξ');
    (plain && random && peeled.primes == 0).then_some(name)
}

fn capital_name(name: &Name) -> Option<String> {
    let mut letters = name.base.chars();
    let (letter, None) = (letters.next()?, letters.next()) else {
        return None;
    };
    (name.style == Style::Plain && name.accents.is_empty())
        .then(|| capital(letter))
        .flatten()
}

/// Capital letters that are written for what is random.
fn capital(letter: char) -> Option<String> {
    let other = matches!(letter, 'E' | 'I' | 'N' | 'P' | 'T' | 'K' | 'M' | 'Σ' | 'Π');
    (letter.is_uppercase() && !other).then(|| letter.to_string())
}
