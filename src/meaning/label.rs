//! What stands above arrows and below braces.

use crate::source::Fragment;
use crate::syntax::{BigOperator, Kind, Relation, Tree};
use crate::term::{Node, Relation as TermRelation, TermId};

use super::chain::Operand;
use super::derivation::Role;
use super::elaborate;
use super::goal::Shape;
use super::line::Line;
use super::reader::{Reader, unread};
use super::sign::relate;
use super::standing::Stated;

impl<'a> Reader<'_, 'a> {
    /// The formulas of an arrow's label: one that fixes a fresh symbol defines it for the rest of
    /// the block, another is a premise from here on. They make no steps.
    pub(super) fn labels(&mut self, line: &Line<'a>, label: &[Tree]) {
        if label.is_empty() {
            return;
        }
        self.close_chain();
        for tree in label {
            if super::line::is_expression(tree) || self.defined_by_label(line.fragment, tree) {
                continue;
            }
            let fragment = line.fragment;
            let meaning =
                elaborate::statement(self.store, &self.standing.scope, &fragment.text, tree);
            let declared =
                elaborate::statement(self.store, &self.standing.declared, &fragment.text, tree);
            self.standing.scope.meet(self.store, tree);
            if let Ok(meaning) = meaning {
                let stated = Stated {
                    full: meaning.term,
                    declared: declared.map_or(meaning.term, |declared| declared.term),
                };
                self.block.labels.push(stated);
            }
        }
    }

    fn defined_by_label(&mut self, fragment: &'a Fragment, tree: &Tree) -> bool {
        let Kind::Chain(first, rest) = &tree.kind else {
            return false;
        };
        let [(Relation::Equal | Relation::Define | Relation::Assign, _, second)] = rest.as_slice()
        else {
            return false;
        };
        for (symbol, value) in [(first.as_ref(), second), (second, first.as_ref())] {
            let Some(head) = elaborate::head(self.store, &self.standing.scope, symbol) else {
                continue;
            };
            if !self.standing.is_fresh(self.store, &head) {
                continue;
            }
            let scope = &self.standing.scope;
            let Ok(meaning) = elaborate::expression(self.store, scope, &fragment.text, value)
            else {
                continue;
            };
            if super::standing::contains(self.store, meaning.written, head.term) {
                continue;
            }
            self.standing.remember(&head);
            if self
                .standing
                .scope
                .define_as(self.store, &head, meaning.written)
                .is_ok()
            {
                if meaning.doubtful {
                    self.standing.scope.doubtful.insert(head.symbol);
                }
                self.standing.own = true;
                self.standing.scope.meet(self.store, value);
                return true;
            }
        }
        false
    }

    /// Steps for `\underbrace{A}_{=B}` in an operand: A = B inside its binders, or a definition
    /// of a fresh B.
    pub(super) fn braces(&mut self, operand: &Operand<'a>) {
        let fragment = operand.fragment;
        let mut found = Vec::new();
        gather(&operand.tree, &mut Vec::new(), &mut found);
        for (inner, label, binders) in found {
            self.brace(fragment, inner, label, &binders);
        }
    }

    fn brace(&mut self, fragment: &'a Fragment, inner: &Tree, label: &Tree, binders: &[&Tree]) {
        let Kind::Chain(first, rest) = &label.kind else {
            return;
        };
        if first.kind != Kind::Empty {
            return;
        }
        let range: Vec<TermId> = binders
            .iter()
            .flat_map(|binder| self.bounds(fragment, binder))
            .collect();
        let mut left = (inner.clone(), self.read(fragment, inner));
        for (relation, sign, tree) in rest {
            let sign_span = fragment.span(*sign);
            if *relation == Relation::Equal
                && let Ok(value) = &left.1
                && let Some(head) = elaborate::head(self.store, &self.standing.scope, tree)
                && self.standing.is_fresh(self.store, &head)
            {
                let (value, doubtful) = (value.written, value.doubtful);
                if self
                    .standing
                    .scope
                    .define_as(self.store, &head, value)
                    .is_ok()
                {
                    if doubtful {
                        self.standing.scope.doubtful.insert(head.symbol);
                    }
                    self.standing.own = true;
                    let step =
                        self.sided_step((fragment, &left.0), (":=", sign_span), (fragment, tree));
                    self.block.steps.push(step);
                    left = (tree.clone(), self.read(fragment, tree));
                    continue;
                }
            }
            let right = self.read(fragment, tree);
            self.standing.scope.meet(self.store, tree);
            let sign_text = super::sign::sign(*relation).unwrap_or("=");
            let mut step = self.sided_step(
                (fragment, &left.0),
                (sign_text, sign_span),
                (fragment, tree),
            );
            step.role = match (&left.1, &right) {
                (Ok(a), Ok(b)) => {
                    step.doubtful = a.doubtful || b.doubtful;
                    let mut implied = range.clone();
                    implied.extend(a.implied.iter().chain(&b.implied));
                    match relate(self.store, *relation, a.term, b.term) {
                        Some(claim) => {
                            Role::Claim(self.goal_under_premises(Shape::Step(claim), &implied))
                        }
                        None => {
                            Role::Skipped("this sign makes no claim that can be checked".to_owned())
                        }
                    }
                }
                (Err(problem), _) | (_, Err(problem)) => unread(problem),
            };
            step.notes.push("read from the label of a brace".to_owned());
            self.block.steps.push(step);
            left = (tree.clone(), right);
        }
    }

    fn read(
        &mut self,
        fragment: &Fragment,
        tree: &Tree,
    ) -> Result<elaborate::Elaborated, elaborate::Unreadable> {
        elaborate::expression(self.store, &self.standing.scope, &fragment.text, tree)
    }

    /// What the bounds of a Σ or Π say about its index.
    fn bounds(&mut self, fragment: &Fragment, binder: &Tree) -> Vec<TermId> {
        let Kind::Big { below, above, .. } = &binder.kind else {
            return Vec::new();
        };
        let Some(below) = below else {
            return Vec::new();
        };
        let conditions: Vec<&Tree> = match &below.kind {
            Kind::List(all) => all.iter().collect(),
            _ => vec![below.as_ref()],
        };
        let mut facts = Vec::new();
        for condition in conditions {
            let Kind::Chain(index, rest) = &condition.kind else {
                continue;
            };
            match rest.as_slice() {
                [(Relation::Equal, _, lower)] => {
                    let (Ok(index), Ok(lower)) =
                        (self.read(fragment, index), self.read(fragment, lower))
                    else {
                        continue;
                    };
                    let integers = self.store.add_node(Node::Integers);
                    facts.push(self.store.add_node(Node::Element(index.term, integers)));
                    facts.push(self.store.relation(
                        TermRelation::LessEqual,
                        lower.term,
                        index.term,
                    ));
                    if let Some(above) = above
                        && above.kind != Kind::Infinity
                        && let Ok(upper) = self.read(fragment, above)
                    {
                        facts.push(self.store.relation(
                            TermRelation::LessEqual,
                            index.term,
                            upper.term,
                        ));
                    }
                }
                _ => {
                    if let Ok(statement) = elaborate::statement(
                        self.store,
                        &self.standing.scope,
                        &fragment.text,
                        condition,
                    ) {
                        facts.push(statement.term);
                    }
                }
            }
        }
        facts
    }
}

/// The braces with a label in a tree, from left to right, and the sums around each.
fn gather<'t>(
    tree: &'t Tree,
    binders: &mut Vec<&'t Tree>,
    found: &mut Vec<(&'t Tree, &'t Tree, Vec<&'t Tree>)>,
) {
    match &tree.kind {
        Kind::Underbrace(inner, label) => {
            gather(inner, binders, found);
            found.push((inner, label, binders.clone()));
        }
        Kind::Big {
            operator: BigOperator::Sum | BigOperator::Product,
            body,
            ..
        } => {
            binders.push(tree);
            gather(body, binders, found);
            binders.pop();
        }
        _ => {
            for child in tree.children() {
                gather(child, binders, found);
            }
        }
    }
}
