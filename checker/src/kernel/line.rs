//! Lines of equal terms. A line proves that its ends are equal wherever the scope's facts hold and
//! the ends that are known to be defined are: so each term between must be defined there too. It is
//! walked from an end that is known to be defined, each link showing that the next term is.

use crate::kernel::checker::Checker;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Binder, Check, Head, Id};
use crate::wire::Node;

/// Which ends of a line are known to be defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// The first.
    First,
    /// The last.
    Last,
    /// Both.
    Both,
}

impl Ends {
    fn flipped(self, forward: bool) -> Ends {
        match self {
            Ends::First if !forward => Ends::Last,
            Ends::Last if !forward => Ends::First,
            other => other,
        }
    }
}

const DEPTH: u32 = 40;

impl Checker<'_> {
    /// The ends of a line, unchecked.
    pub(crate) fn ends(&self, number: u32) -> Check<(Id, Id)> {
        match self.node(number)? {
            Node::Line { from, to, .. } => Ok((self.id(*from)?, self.id(*to)?)),
            _ => Err("a line expected".to_owned()),
        }
    }

    /// Checks a line.
    pub(crate) fn line(&mut self, scope: &Scope, number: u32, ends: Ends, depth: u32) -> Check<()> {
        self.at = number;
        if depth > DEPTH {
            return Err("lines nested too deeply".to_owned());
        }
        let Node::Line { from, to, links } = self.node(number)? else {
            return Err("a line expected".to_owned());
        };
        let mut at = self.id(*from)?;
        let mut stops = vec![at];
        for link in links {
            self.at = *link;
            if *link >= number {
                return Err("a node rests on a later one".to_owned());
            }
            let (before, after) = self.link_ends(*link)?;
            if before != at {
                return Err("the line is interrupted".to_owned());
            }
            at = after;
            stops.push(at);
        }
        if at != self.id(*to)? {
            return Err("the line ends elsewhere".to_owned());
        }
        let (mut first, mut last) = (0, links.len());
        let mut local = scope.clone();
        let mut failed = None;
        if ends == Ends::Both {
            // What leads forward and back by the proof's own word comes first.
            while first + 1 < last && self.leads(links[first], true)? {
                local.define(&mut self.terms, stops[first])?;
                if self.link(&local, links[first], Ends::First, depth).is_err() {
                    break;
                }
                first += 1;
            }
            while first + 1 < last && self.leads(links[last - 1], false)? {
                local.define(&mut self.terms, stops[last])?;
                if self
                    .link(&local, links[last - 1], Ends::Last, depth)
                    .is_err()
                {
                    break;
                }
                last -= 1;
            }
        }
        if ends != Ends::Last && !(ends == Ends::Both && first + 1 == last) {
            while first < last {
                local.define(&mut self.terms, stops[first])?;
                match self.link(&local, links[first], Ends::First, depth) {
                    Ok(()) => first += 1,
                    Err(reason) if ends == Ends::First => {
                        return Err(reason);
                    }
                    Err(reason) => {
                        failed = Some((self.at, reason));
                        break;
                    }
                }
            }
        }
        if ends != Ends::First {
            local.define(&mut self.terms, stops[last])?;
            while first + usize::from(ends == Ends::Both) < last {
                local.define(&mut self.terms, stops[last])?;
                if let Err(reason) = self.link(&local, links[last - 1], Ends::Last, depth) {
                    return Err(match failed {
                        Some((at, other)) => {
                            format!("{reason}; forward, node {at}: {other}")
                        }
                        None => reason,
                    });
                }
                last -= 1;
            }
            if first < last {
                local.define(&mut self.terms, stops[first])?;
                local.define(&mut self.terms, stops[last])?;
                self.link(&local, links[first], Ends::Both, depth)?;
            }
        }
        Ok(())
    }

    /// Whether a link says of itself that it leads in that direction.
    fn leads(&self, number: u32, wanted: bool) -> Check<bool> {
        Ok(match self.node(number)? {
            Node::Rule { forward, .. } | Node::Congruence { forward, .. } => *forward == wanted,
            Node::Hypothesis { .. } => true,
            _ => false,
        })
    }

    fn link_ends(&self, number: u32) -> Check<(Id, Id)> {
        match self.node(number)? {
            Node::Rule { before, after, .. }
            | Node::Congruence { before, after, .. }
            | Node::Ring { before, after }
            | Node::Evaluate { before, after }
            | Node::Hypothesis { before, after, .. } => Ok((self.id(*before)?, self.id(*after)?)),
            _ => Err("a link expected".to_owned()),
        }
    }

    /// Checks a link whose known ends are defined in the scope.
    fn link(&mut self, scope: &Scope, number: u32, ends: Ends, depth: u32) -> Check<()> {
        self.at = number;
        self.terms.spend(10)?;
        let (before, after) = self.link_ends(number)?;
        let other = match ends {
            Ends::First => Some(after),
            Ends::Last => Some(before),
            Ends::Both => None,
        };
        match self.node(number)? {
            Node::Ring { .. } | Node::Evaluate { .. } => {
                if !self.ring(scope, before, after)? {
                    return Err("the normal forms differ".to_owned());
                }
                self.at = number;
                match other {
                    Some(term) if !self.defined(scope, term)? => {
                        Err("one side may be undefined where the other is not".to_owned())
                    }
                    _ => Ok(()),
                }
            }
            Node::Hypothesis {
                number, forward, ..
            } => {
                let statement = self.hypotheses.get(*number as usize).copied();
                let statement = statement.ok_or("no such hypothesis")?;
                let (a, b) = if *forward {
                    (before, after)
                } else {
                    (after, before)
                };
                let node = self.terms.node(statement);
                let same = node.head == Head::Equal && node.args == [a, b];
                if same || self.instance(scope, statement, (a, b))? {
                    Ok(())
                } else {
                    Err("the hypothesis says something else".to_owned())
                }
            }
            Node::Rule {
                name,
                forward,
                substitution,
                evidence,
                ..
            } => {
                let (left, right) = if *forward {
                    (before, after)
                } else {
                    (after, before)
                };
                let mut named = Vec::new();
                for (name, term) in substitution {
                    named.push((name.as_str(), self.id(*term)?));
                }
                let ends = ends.flipped(*forward);
                self.rule(scope, name, &named, evidence, (left, right), ends, depth)
            }
            Node::Congruence {
                forward,
                opened,
                parts,
                ..
            } => {
                let (x, y) = if *forward {
                    (before, after)
                } else {
                    (after, before)
                };
                let ends = ends.flipped(*forward);
                self.congruence(scope, (x, y), *opened, parts, number, ends, depth)
            }
            _ => Err("a link expected".to_owned()),
        }
    }

    #[allow(clippy::too_many_arguments, reason = "what a congruence consists of")]
    fn congruence(
        &mut self,
        scope: &Scope,
        (x, y): (Id, Id),
        opened: Option<u32>,
        parts: &[(u32, u32)],
        number: u32,
        ends: Ends,
        depth: u32,
    ) -> Check<()> {
        let node = self.terms.node(x).clone();
        let (mut args, name) = match (&node.head, opened) {
            (Head::Binder(..), Some(symbol)) => {
                let symbol = self.symbol(symbol)?;
                if scope.mentions(&self.terms, symbol)
                    || self.terms.mentions(x, symbol)
                    || self.terms.mentions(y, symbol)
                {
                    return Err("the opened symbol is not fresh".to_owned());
                }
                let name = self.terms.add(Head::Symbol(symbol), Vec::new())?;
                (self.terms.open(x, name)?, Some(name))
            }
            (Head::Binder(..), None) | (_, None) => (node.args.clone(), None),
            (_, Some(_)) => return Err("a symbol opened without a binder".to_owned()),
        };
        let within = self.within(scope, &node.head, &args, name)?;
        let mut lines = Vec::new();
        for (place, line) in parts {
            if *line >= number {
                return Err("a node rests on a later one".to_owned());
            }
            let (from, to) = self.ends(*line)?;
            let place = *place as usize;
            let inside = node.in_scope(place);
            let allowed = if inside {
                name.is_some() && place == 0
            } else {
                crate::kernel::domain::is_strict(&node.head, place)
            };
            let arg = args.get_mut(place).ok_or("no such child")?;
            if *arg != from || !allowed {
                return Err("a line does not begin at the child".to_owned());
            }
            *arg = to;
            lines.push((*line, from, to, inside));
        }
        let rebuilt = match (&node.head, name) {
            (Head::Binder(kind, _), Some(name)) => self.terms.bind(*kind, name, &args)?,
            _ => self.terms.with(&node.head, args)?,
        };
        if !self.terms.alike(rebuilt, y)? {
            return Err("the children do not make up the term".to_owned());
        }
        for (line, from, to, inside) in lines {
            let mut local = if inside {
                within.clone()
            } else {
                scope.clone()
            };
            if ends != Ends::Last {
                local.define(&mut self.terms, from)?;
            }
            if ends != Ends::First {
                local.define(&mut self.terms, to)?;
            }
            self.line(&local, line, ends, depth + 1)?;
        }
        Ok(())
    }

    /// What holds within the scope of a binder.
    fn within(
        &mut self,
        scope: &Scope,
        head: &Head,
        args: &[Id],
        name: Option<Id>,
    ) -> Check<Scope> {
        let mut local = scope.clone();
        if let (Head::Binder(Binder::Outcomes, _), Some(name)) = (head, name) {
            return self.at_outcome(&local, name);
        }
        let (Head::Binder(Binder::Sum | Binder::Product, _), Some(name)) = (head, name) else {
            return match head {
                Head::Binder(Binder::ForAll | Binder::Extremum(_), _) => {
                    Err("this binder is not known to the checker".to_owned())
                }
                _ => Ok(local),
            };
        };
        let integers = self.terms.add(Head::Integers, Vec::new())?;
        let integer = self.terms.add(Head::In, vec![name, integers])?;
        local.assume(&mut self.terms, integer)?;
        for (a, b) in [(args[1], name), (name, args[2])] {
            if !self.is_infinite(a) && !self.is_infinite(b) {
                let statement = self.terms.add(Head::LessEqual, vec![a, b])?;
                local.assume(&mut self.terms, statement)?;
            }
        }
        local.assume(&mut self.terms, args[3])?;
        Ok(local)
    }
}
