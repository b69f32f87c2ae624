//! What a text claims, as far as it can be seen without its context, and whether that is so.
#![allow(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a second opinion"
)]

use std::collections::BTreeMap;

use hence::source::{self, Container, Fragment, ItemKind, Placement, Source};
use hence::syntax::{Arrow, Element, ElementKind, Kind, Relation, Tree, parse};

use crate::dice::Dice;
use crate::float::{Truth, World, letters, statement, step, value};

/// One claim.
enum Claim {
    /// Two neighbours in a chain.
    Step(Relation, Tree, Tree),
    /// What an arrow claims: the statements before it, the one just before it, the one behind it.
    Arrow(Arrow, Vec<Tree>, Tree),
}

/// A text whose claims are understood.
pub struct Text {
    claims: Vec<Claim>,
    given: Vec<Tree>,
    /// The formulas, each with the fragment in which it stands.
    pub formulas: Vec<(Fragment, Tree)>,
    letters: BTreeMap<String, bool>,
    /// The letter of an integral without limits.
    variable: Option<String>,
    /// Whether values are worked out by differences.
    rough: bool,
}

fn formulas(text: &str, latex: bool) -> Option<Vec<Tree>> {
    let elements = parse(text, latex);
    let trees = elements
        .into_iter()
        .filter_map(|element| match element.kind {
            ElementKind::Formula(tree) => Some(Some(tree)),
            ElementKind::Separator(_) => None,
            _ => Some(None),
        });
    trees.collect()
}

impl Text {
    /// Reads a text; nothing where there is more in it than formulas and arrows.
    pub fn read(given: &str, text: &str, container: Container) -> Option<Text> {
        let mut read = Text {
            claims: Vec::new(),
            given: Vec::new(),
            formulas: Vec::new(),
            letters: BTreeMap::new(),
            variable: None,
            rough: false,
        };
        for part in given.split(';').filter(|part| !part.trim().is_empty()) {
            read.given.extend(formulas(part, false)?);
        }
        let source = Source::new("attack", text);
        // The elements of each block.
        let mut blocks = vec![Vec::new()];
        for item in source::items(&source, container) {
            match item.kind {
                ItemKind::Math(Placement::Context, fragment) => {
                    read.given.extend(formulas(&fragment.text, fragment.latex)?);
                }
                ItemKind::Math(Placement::Display, fragment) => {
                    for element in parse(&fragment.text, fragment.latex) {
                        blocks.last_mut()?.push((fragment.clone(), element));
                    }
                }
                ItemKind::Math(..) | ItemKind::ItemLabel(_) => return None,
                ItemKind::Blank | ItemKind::Heading(..) => blocks.push(Vec::new()),
                ItemKind::Prose(_) | ItemKind::LineBreak => {}
            }
        }
        for block in blocks {
            read.block(block)?;
        }
        for (_, tree) in &read.formulas {
            letters(tree, false, &mut read.letters);
            look(tree, &mut read.variable, &mut read.rough);
        }
        for tree in &read.given {
            letters(tree, false, &mut read.letters);
        }
        (!read.claims.is_empty()).then_some(read)
    }

    fn block(&mut self, elements: Vec<(Fragment, Element)>) -> Option<()> {
        let separator = |element: &Element| matches!(element.kind, ElementKind::Separator(_));
        let kept = elements
            .into_iter()
            .filter(|(_, element)| !separator(element));
        let mut elements = kept.peekable();
        let mut arrow = None;
        // The statements of the block so far.
        let mut before: Vec<Tree> = Vec::new();
        while let Some((fragment, element)) = elements.next() {
            let tree = match element.kind {
                ElementKind::Formula(tree) => tree,
                ElementKind::Arrow(found, labels, _) if labels.is_empty() => {
                    arrow = Some(found);
                    continue;
                }
                _ => return None,
            };
            self.formulas.push((fragment.clone(), tree.clone()));
            let premise = matches!(
                elements.peek().map(|(_, next)| &next.kind),
                Some(ElementKind::Arrow(..))
            );
            match (arrow.take(), &tree.kind) {
                (Some(arrow), _) => {
                    self.claims
                        .push(Claim::Arrow(arrow, before.clone(), tree.clone()));
                }
                (None, _) if premise => {}
                (None, Kind::Chain(first, parts)) => {
                    let mut left = match first.kind {
                        Kind::Empty => last_operand(before.last()?)?,
                        _ => (**first).clone(),
                    };
                    for (relation, _, right) in parts {
                        self.claims
                            .push(Claim::Step(*relation, left, right.clone()));
                        left = right.clone();
                    }
                }
                _ if !matches!(tree.kind, Kind::Joined(..) | Kind::Not(_)) => {}
                _ => return None,
            }
            before.push(tree);
        }
        Some(())
    }

    /// Values for the letters: real ones, or whole ones where statements are compared.
    fn world(&self, dice: &mut Dice, round: usize) -> World {
        let whole = self
            .claims
            .iter()
            .any(|claim| matches!(claim, Claim::Arrow(..)));
        let free = self.letters.values().filter(|counts| !**counts).count();
        let mut world = World::default();
        for (place, (letter, counts)) in self.letters.iter().enumerate() {
            let fraction = dice.fraction();
            let value = if *counts {
                1.0 + (fraction * 5.0).floor()
            } else if whole && free <= 1 {
                (round as f64 - 60.0) / 6.0
            } else if whole {
                let steps = if round.is_multiple_of(2) { 1.0 } else { 2.0 };
                ((fraction - 0.5) * 9.0 * steps).round() / steps
            } else {
                match (round + place) % 5 {
                    0 => 0.2 + 1.8 * fraction,
                    1 => 4.0 * fraction - 2.0,
                    2 => 0.1 + 0.85 * fraction,
                    3 => 1.1 + 2.0 * fraction,
                    _ => -0.4 - 2.5 * fraction,
                }
            };
            world.letters.insert(letter.clone(), value);
        }
        world
    }

    /// Whether agreement at many points is good evidence: not where values are worked out by
    /// differences, and not between statements, which are false at most points.
    pub fn is_sure(&self) -> bool {
        let arrows = |claim: &Claim| matches!(claim, Claim::Arrow(..));
        !self.rough && !self.claims.iter().any(arrows)
    }

    /// Whether all of it holds, as far as values show.
    pub fn truth(&self) -> Truth {
        let mut dice = Dice(77);
        let mut seen = vec![0; self.claims.len()];
        let rounds = match self.claims.iter().any(|c| matches!(c, Claim::Arrow(..))) {
            true => 121,
            false => 15,
        };
        for round in 0..rounds {
            let mut world = self.world(&mut dice, round);
            if !self
                .given
                .iter()
                .all(|g| statement(g, &world) == Truth::Holds)
            {
                continue;
            }
            let here = self
                .variable
                .as_ref()
                .and_then(|v| world.letters.get(v).copied());
            world.base = here.unwrap_or(0.0) - 0.3;
            for (claim, seen) in self.claims.iter().zip(&mut seen) {
                match self.holds(claim, &world) {
                    Some(Truth::Fails) => return Truth::Fails,
                    Some(Truth::Holds) => *seen += 1,
                    _ => {}
                }
            }
        }
        let wanted = if self.letters.is_empty() { 1 } else { 3 };
        match seen.iter().all(|count| *count >= wanted) {
            true => Truth::Holds,
            false => Truth::Unclear,
        }
    }

    fn holds(&self, claim: &Claim, world: &World) -> Option<Truth> {
        let margin = if self.rough { 3e-2 } else { 1e-4 };
        match claim {
            Claim::Step(relation, a, b) => match &self.variable {
                None => step(*relation, a, b, world, margin),
                // Up to a constant: what both gain from the base on.
                Some(variable) if *relation == Relation::Equal => {
                    let mut base = world.clone();
                    base.letters.insert(variable.clone(), world.base);
                    let gain =
                        |side: &Tree| Some(value(side, world).ok()? - value(side, &base).ok()?);
                    let (x, y) = (gain(a)?, gain(b)?);
                    let apart = (x - y).abs() / (0.1 + x.abs().max(y.abs()));
                    Some(match apart {
                        d if d < 1e-3 => Truth::Holds,
                        d if d > 3e-2 => Truth::Fails,
                        _ => Truth::Unclear,
                    })
                }
                Some(_) => None,
            },
            Claim::Arrow(arrow, before, behind) => {
                let previous = statement(before.last()?, world);
                let all: Vec<Truth> = before.iter().map(|s| statement(s, world)).collect();
                let here = statement(behind, world);
                let premises = if all.iter().all(|truth| *truth == Truth::Holds) {
                    Truth::Holds
                } else {
                    previous
                };
                let certain = all.iter().all(|truth| *truth == Truth::Holds);
                Some(match (arrow, premises, here) {
                    (_, Truth::Unclear, _) | (_, _, Truth::Unclear) => Truth::Unclear,
                    (_, x, y) if x == y => Truth::Holds,
                    (Arrow::Implies, Truth::Holds, _) if certain => Truth::Fails,
                    (Arrow::Implies, Truth::Fails, _) => Truth::Holds,
                    (Arrow::ImpliedBy, Truth::Fails, _) => Truth::Fails,
                    (Arrow::ImpliedBy, Truth::Holds, _) => Truth::Holds,
                    (Arrow::Iff, ..) if before.len() == 1 => Truth::Fails,
                    _ => Truth::Unclear,
                })
            }
        }
    }
}

fn last_operand(tree: &Tree) -> Option<Tree> {
    match &tree.kind {
        Kind::Chain(_, parts) => parts.last().map(|(_, _, last)| last.clone()),
        Kind::Joined(..) | Kind::Not(_) | Kind::Truth(_) => None,
        _ => Some(tree.clone()),
    }
}

fn look(tree: &Tree, variable: &mut Option<String>, rough: &mut bool) {
    match &tree.kind {
        Kind::Integral {
            limits: None, by, ..
        } => {
            if let Kind::Name(name) = &by.kind {
                *variable = Some(name.base.clone());
            }
            *rough = true;
        }
        Kind::Integral { .. } | Kind::Derivative { .. } => *rough = true,
        Kind::Big {
            below: Some(below), ..
        } if matches!(below.kind, Kind::Implication(..)) => {
            *rough = true;
        }
        _ => {}
    }
    for child in tree.children() {
        look(child, variable, rough);
    }
}
