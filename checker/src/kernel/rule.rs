//! Uses of rules: both sides are filled in anew, and each condition is decided anew.

use std::collections::BTreeSet;

use crate::kernel::checker::Checker;
use crate::kernel::line::Ends;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Check, Head, Id};
use crate::table::pattern::Pattern;
use crate::table::rules::{Condition, Rule};
use crate::wire::Node;

impl Checker<'_> {
    /// Checks that the rule leads from `left` to `right`, of which those `ends` are defined.
    #[allow(
        clippy::too_many_arguments,
        reason = "what the use of a rule consists of"
    )]
    pub(crate) fn rule(
        &mut self,
        scope: &Scope,
        name: &str,
        substitution: &[(&str, Id)],
        evidence: &[Option<u32>],
        (left, right): (Id, Id),
        ends: Ends,
        depth: u32,
    ) -> Check<()> {
        let Some(rule) = self.rules.get(name) else {
            return self.special(
                scope,
                name,
                substitution,
                evidence,
                (left, right),
                ends,
                depth,
            );
        };
        let by = self.filled(rule, substitution)?;
        self.captures(scope, rule, &by)?;
        let (mut from, mut to) = (
            rule.left.fill(&mut self.terms, &by)?,
            rule.right.fill(&mut self.terms, &by)?,
        );
        if let Some((_, rest)) = substitution.iter().find(|(name, _)| *name == "_") {
            let head = match rule.left {
                Pattern::Sum(_) => Head::Add,
                Pattern::Product(_) => Head::Mul,
                _ => return Err("a rest where nothing can be left over".to_owned()),
            };
            from = self.terms.flat(head.clone(), &[from, *rest])?;
            to = self.terms.flat(head, &[to, *rest])?;
        }
        if !self.terms.alike(from, left)? || !self.terms.alike(to, right)? {
            return Err(format!("{name} does not lead from one term to the other"));
        }
        if evidence.len() != rule.conditions.len() {
            return Err(format!("{name} has other conditions"));
        }
        for (condition, evidence) in rule.conditions.iter().zip(evidence) {
            self.condition(scope, name, condition, *evidence, &by)?;
        }
        // The right side is defined wherever the left is.
        if ends == Ends::Last && !rule.both_ways && !self.defined(scope, left)? {
            return Err(format!(
                "{name} used backwards, and its left side may be undefined"
            ));
        }
        Ok(())
    }

    fn filled(&self, rule: &Rule, substitution: &[(&str, Id)]) -> Check<Vec<Id>> {
        let mut by = Vec::new();
        for variable in &rule.variables {
            let mut found = substitution.iter().filter(|(name, _)| name == variable);
            let (_, term) = found
                .next()
                .ok_or_else(|| format!("{variable} stands for nothing"))?;
            if found.next().is_some() || self.terms.dangling(*term) != 0 {
                return Err(format!("{variable} stands for no one term"));
            }
            by.push(*term);
        }
        if substitution.len() > by.len() + 1 {
            return Err("variables that the rule has not".to_owned());
        }
        Ok(by)
    }

    /// A bound variable stands for a symbol that occurs only where the rule's left side has it
    /// within its binder, and nothing is known of it.
    fn captures(&mut self, scope: &Scope, rule: &Rule, by: &[Id]) -> Check<()> {
        let mut bound = Vec::new();
        rule.left.bound(&mut bound);
        rule.right.bound(&mut bound);
        bound.sort_unstable();
        bound.dedup();
        let mut symbols = BTreeSet::new();
        for variable in &bound {
            let Head::Symbol(symbol) = *self.terms.head(by[*variable]) else {
                return Err("a bound variable that is no symbol".to_owned());
            };
            if !symbols.insert(symbol) || scope.mentions(&self.terms, symbol) {
                return Err("a bound variable that is not fresh".to_owned());
            }
            let mut outside = Vec::new();
            for side in [&rule.left, &rule.right] {
                side.variables(&mut Vec::new(), &mut |number, around| {
                    if !around.contains(variable) {
                        outside.push(number);
                    }
                });
            }
            for number in outside {
                if number != *variable && self.terms.mentions(by[number], symbol) {
                    return Err("a bound variable stands outside of its scope".to_owned());
                }
            }
        }
        Ok(())
    }

    fn condition(
        &mut self,
        scope: &Scope,
        name: &str,
        condition: &Condition,
        evidence: Option<u32>,
        by: &[Id],
    ) -> Check<()> {
        let statement = match condition {
            Condition::Test(test, parts) => {
                let mut terms = Vec::new();
                for part in parts {
                    terms.push(part.fill(&mut self.terms, by)?);
                }
                if evidence.is_some() {
                    return Err(format!("{name}: evidence for a condition of form"));
                }
                return if self.test(scope, test, &terms)? {
                    Ok(())
                } else {
                    Err(format!("{name}: the condition {test} is not seen to hold"))
                };
            }
            Condition::Relation(head, a, b) => {
                let args = vec![a.fill(&mut self.terms, by)?, b.fill(&mut self.terms, by)?];
                self.terms.add(head.clone(), args)?
            }
            Condition::Integer(a) | Condition::Natural(a) | Condition::Real(a) => {
                let head = match condition {
                    Condition::Integer(_) => Head::Integers,
                    Condition::Natural(_) => Head::Naturals,
                    _ => Head::Reals,
                };
                let set = self.terms.add(head, Vec::new())?;
                let a = a.fill(&mut self.terms, by)?;
                self.terms.add(Head::In, vec![a, set])?
            }
        };
        let evidence = evidence.ok_or_else(|| format!("{name}: a condition without evidence"))?;
        if evidence >= self.at {
            return Err("a node rests on a later one".to_owned());
        }
        let Node::Decision {
            statement: told,
            theory,
            ..
        } = self.node(evidence)?
        else {
            return Err(format!("{name}: evidence that decides nothing"));
        };
        let told = self.id(*told)?;
        if !self.terms.alike(told, statement)? {
            return Err(format!("{name}: evidence for another condition"));
        }
        if theory == "probability" {
            let at = self.at;
            self.means(scope, told, evidence)?;
            self.at = at;
            return Ok(());
        }
        if self.proves(scope, statement)? {
            return Ok(());
        }
        Err(format!(
            "{name}: a condition whose proof is not known to the checker"
        ))
    }
}
