//! Takes: the items of a document and the surface trees of its maths. Gives: derivations: steps with their goals, the context each stands in, and how everything was read.
//! Never: decides whether a step is valid.
//! Start reading at: `goal.rs`, then `derivation.rs`; how a document is taken apart: `section.rs`, `block.rs`, `line.rs`, then `reader.rs`.

mod alternative;
mod block;
mod chain;
mod context;
mod declare;
mod definition;
mod derivation;
mod described;
mod distribution;
mod doubt;
pub mod elaborate;
mod ending;
mod fit;
mod generating;
mod goal;
mod hierarchy;
mod label;
mod line;
mod listed;
mod meet;
mod name;
mod newcomer;
mod observe;
mod premise;
mod presume;
mod reader;
mod remark;
mod rounding;
mod scope;
mod section;
mod sentence;
mod sequence;
mod shape;
mod sign;
mod solution;
mod standing;
mod styled;
mod tree_walk;
mod unfold;
mod unknown;
mod word;

pub use derivation::{Carry, Derivation, Document, Reading, Role, Step};
pub use generating::by_laws;
pub use goal::{Context, Declaration, Distribution, Goal, Law, Property, Shape, Side};
pub use scope::{Definition, Scope};

use crate::source::{Item, Source};
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::syntax::{Entry, EntryKind, Kind, Tree};
use crate::term::{Sort, Store, TermId};

use block::Part;
use reader::{BlockState, Reader};
use section::GivenPart;
use standing::{Standing, Stated};
use word::Word;

/// A file of context, or the text of a `--given` option.
#[derive(Clone, Debug)]
pub struct GivenText {
    /// Its name and text.
    pub source: Source,
}

/// Reads a document: blocks, chains, premises, definitions, context.
pub fn read(store: &mut Store, source: &Source, items: &[Item], given: &[GivenText]) -> Document {
    let mut document = Document::default();
    let parts = section::given_parts(given);
    let items = &premise::with_premises(items);
    for section in section::sections(source, items, &parts) {
        let blocks = block::blocks(source, &section);
        let mut reader = Reader {
            store,
            source,
            document: &mut document,
            standing: Standing::default(),
            decimals: Vec::new(),
            block: BlockState::default(),
            undefined: 0,
        };
        let given: Vec<&GivenPart> = section
            .given
            .iter()
            .filter_map(|index| parts.get(*index))
            .collect();
        reader.observe(&given, &blocks);
        for part in given {
            reader.given(part);
        }
        for block in blocks {
            reader.block(block);
        }
    }
    document
        .derivations
        .sort_by_key(|derivation| derivation.span.start);
    document
}

/// `N(0, 1)`: a distribution by name, and its parameters.
fn named_law(law: &Tree) -> Option<(Distribution, Vec<&Tree>)> {
    let Kind::Juxtaposition(parts) = &law.kind else {
        return None;
    };
    let [name, bracket] = parts.as_slice() else {
        return None;
    };
    let (Kind::Name(name), Kind::Group(_, inner)) = (&name.kind, &bracket.kind) else {
        return None;
    };
    let parameters: Vec<&Tree> = match &inner.kind {
        Kind::List(parts) => parts.iter().collect(),
        _ => vec![inner],
    };
    let distribution = distribution::named(&name.base, parameters.len())?;
    Some((distribution, parameters))
}

impl<'a> Reader<'_, 'a> {
    /// Looks at every tree of the section before the first is read.
    fn observe(&mut self, given: &[&GivenPart], blocks: &[block::Block<'a>]) {
        let mut trees = Vec::new();
        let mut entries = Vec::new();
        for part in given {
            entries.extend(&part.entries);
        }
        for block in blocks {
            for part in &block.parts {
                match part {
                    Part::Line(line) => {
                        if let Some((names, functions)) = remark::mentioned(line) {
                            self.standing.scope.mention(&names, functions);
                            self.standing.declared.mention(&names, functions);
                            continue;
                        }
                        trees.push(&line.tree);
                        if let Some(lead) = &line.lead {
                            trees.extend(&lead.label);
                        }
                    }
                    Part::Context(said) => entries.extend(&said.entries),
                    Part::Error(..) | Part::Ended(_) | Part::Restricted(_) => {}
                }
            }
        }
        for entry in entries {
            match &entry.kind {
                EntryKind::Statement(tree, bound) => {
                    trees.push(tree);
                    if let Some(bound) = bound {
                        self.standing.scope.observe_bound(tree, bound);
                        self.standing.declared.observe_bound(tree, bound);
                    }
                }
                EntryKind::Member(names, _) => trees.extend(names),
                EntryKind::Law(names, _, parameters, _) => {
                    trees.extend(names.iter().chain(parameters));
                }
                _ => {}
            }
        }
        for tree in &trees {
            self.standing.scope.observe(tree);
            self.standing.declared.observe(tree);
        }
        let all: Vec<&Entry> = given
            .iter()
            .flat_map(|part| &part.entries)
            .chain(blocks.iter().flat_map(|block| {
                block.parts.iter().flat_map(|part| match part {
                    Part::Context(said) => said.entries.as_slice(),
                    _ => &[],
                })
            }))
            .collect();
        let presumed = presume::Presumed::of(&trees);
        let densities = presumed.densities();
        for scope in [&mut self.standing.scope, &mut self.standing.declared] {
            Arc::make_mut(&mut scope.observed)
                .densities
                .clone_from(&densities);
        }
        self.presume(&presumed, &all);
    }

    /// Takes to be random what the section shows to be so.
    fn presume(&mut self, presumed: &presume::Presumed, entries: &[&Entry]) {
        let says = |words: &[&str]| {
            entries.iter().any(|entry| match &entry.kind {
                EntryKind::Property(_, said) => said.iter().any(|s| {
                    let said = s.to_lowercase();
                    words.iter().any(|word| said.starts_with(word))
                }),
                EntryKind::Law(..) => words.contains(&"random"),
                _ => false,
            })
        };
        let mut named: BTreeSet<String> = BTreeSet::new();
        for entry in entries {
            if let EntryKind::Member(names, _) | EntryKind::Function(names, ..) = &entry.kind {
                named.extend(names.iter().filter_map(Scope::name_of));
            }
        }
        let mut take = |names: Vec<&String>, property: Property, surely: bool| {
            for name in names {
                if named.contains(name) {
                    continue;
                }
                let symbol = self.store.symbol(name);
                for scope in [&mut self.standing.scope, &mut self.standing.declared] {
                    if property == Property::Event {
                        scope.declare(self.store, symbol, Sort::Statement);
                    }
                    scope.add_property(self.store, symbol, property);
                    if !surely {
                        scope.add_property(self.store, symbol, Property::Presumed);
                    }
                }
            }
        };
        take(presumed.below.iter().collect(), Property::Random, true);
        let mut laws = Vec::new();
        for (name, law, open) in &presumed.sampled {
            let known = named_law(law);
            take(vec![name], Property::Random, *open || known.is_some());
            laws.extend(known.map(|(distribution, parameters)| (name, distribution, parameters)));
        }
        if !says(&[
            "random",
            "independent",
            "iid",
            "i.i.d",
            "identically",
            "uncorrelated",
        ]) {
            take(presumed.within.iter().collect(), Property::Random, false);
        }
        // Beside what is said to be an event, other names within P are events as well.
        let mut told: BTreeSet<String> = BTreeSet::new();
        for entry in entries {
            if let EntryKind::Property(names, _) | EntryKind::Law(names, ..) = &entry.kind {
                told.extend(names.iter().filter_map(Scope::name_of));
            }
        }
        let events = presumed.events.iter();
        let events = events.filter(|e| !presumed.within.contains(*e) && !told.contains(*e));
        take(events.collect(), Property::Event, false);
        for (name, distribution, parameters) in laws {
            self.sampled(name, distribution, &parameters);
        }
        let drawn = presumed.drawn.iter();
        let drawn: Vec<TermId> = drawn.map(|name| self.store.variable(name)).collect();
        if drawn.len() > 1 {
            for scope in [&mut self.standing.scope, &mut self.standing.declared] {
                scope.laws.push(Law::Independent(drawn.clone()));
            }
        }
    }

    /// `E_{x∼N(0, 1)}`: the random symbol has that law.
    fn sampled(&mut self, name: &str, distribution: Distribution, parameters: &[&Tree]) {
        let mut values = Vec::with_capacity(parameters.len());
        for parameter in parameters {
            let read = elaborate::expression(self.store, &self.standing.scope, "", parameter);
            let Ok(meaning) = read else {
                return;
            };
            values.push(meaning.term);
        }
        let symbol = self.store.variable(name);
        for scope in [&mut self.standing.scope, &mut self.standing.declared] {
            let law = Law::Distribution(symbol, distribution, values.clone());
            if scope.laws.contains(&law) {
                return;
            }
            scope.laws.push(law);
        }
        for statement in distribution::statements(self.store, distribution, symbol, &values) {
            self.standing.assumptions.push(Stated {
                full: statement,
                declared: statement,
            });
        }
    }

    /// What a part of a `--given` text says.
    fn given(&mut self, part: &GivenPart) {
        for entry in &part.entries {
            if let Err(problem) = self.entry(&part.text, entry, Word::Given) {
                self.standing.unread = true;
                let text = part
                    .text
                    .get(entry.span.start as usize..entry.span.end as usize)
                    .unwrap_or("")
                    .trim();
                let problem = format!("given `{text}`: {}", problem.message);
                if !self.document.problems.contains(&problem) {
                    self.document.problems.push(problem);
                }
            }
        }
    }
}
