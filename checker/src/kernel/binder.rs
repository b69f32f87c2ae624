//! Binders: opening, closing, substitution, and order in sums and products.

use rustc_hash::FxHashMap as HashMap;

use crate::kernel::term::{Binder, Check, Head, Id, Terms};

impl Terms {
    /// The children with a symbol for the bound variable in those within the scope.
    pub fn open(&mut self, binder: Id, with: Id) -> Check<Vec<Id>> {
        let node = self.node(binder).clone();
        let Head::Binder(_, number) = node.head else {
            return Err("no binder to open".to_owned());
        };
        if !matches!(self.head(with), Head::Symbol(_)) {
            return Err("a binder opened with no symbol".to_owned());
        }
        let bound = self.add(Head::Bound(number), Vec::new())?;
        let mut seen = HashMap::from_iter([(bound, with)]);
        let mut args = Vec::new();
        for (place, arg) in node.args.iter().enumerate() {
            args.push(if node.in_scope(place) {
                self.exchange(*arg, &mut seen)?
            } else {
                *arg
            });
        }
        Ok(args)
    }

    /// The binder of that kind over these children, where the symbol stands for the bound
    /// variable in those within the scope.
    pub fn bind(&mut self, kind: Binder, symbol: Id, args: &[Id]) -> Check<Id> {
        let shape = crate::kernel::term::Node {
            head: Head::Binder(kind, 0),
            args: Vec::new(),
        };
        let scope: Vec<bool> = (0..args.len()).map(|p| shape.in_scope(p)).collect();
        let inside = || args.iter().zip(&scope).filter(|(_, inside)| **inside);
        let number = inside()
            .map(|(arg, _)| self.height(*arg))
            .max()
            .unwrap_or(0)
            + 1;
        let bound = self.add(Head::Bound(number), Vec::new())?;
        let mut seen = HashMap::from_iter([(symbol, bound)]);
        let mut closed = Vec::new();
        for (arg, inside) in args.iter().zip(&scope) {
            closed.push(if *inside {
                self.exchange(*arg, &mut seen)?
            } else {
                *arg
            });
        }
        self.add(Head::Binder(kind, number), closed)
    }

    /// Replaces leaves (symbols and bound variables) by leaves.
    fn exchange(&mut self, term: Id, seen: &mut HashMap<Id, Id>) -> Check<Id> {
        if let Some(known) = seen.get(&term) {
            return Ok(*known);
        }
        let node = self.node(term).clone();
        let mut args = Vec::with_capacity(node.args.len());
        for arg in &node.args {
            args.push(self.exchange(*arg, seen)?);
        }
        let result = self.with(&node.head, args)?;
        seen.insert(term, result);
        Ok(result)
    }

    /// The term with a closed term in the place of a symbol.
    pub fn substitute(&mut self, term: Id, symbol: Id, by: Id) -> Check<Id> {
        let mut seen = HashMap::from_iter([(symbol, by)]);
        self.replace(term, &mut seen)
    }

    fn replace(&mut self, term: Id, seen: &mut HashMap<Id, Id>) -> Check<Id> {
        if let Some(known) = seen.get(&term) {
            return Ok(*known);
        }
        self.spend(1)?;
        let node = self.node(term).clone();
        let result = if let Head::Binder(kind, _) = node.head {
            let (_, name) = self.fresh()?;
            let opened = self.open(term, name)?;
            let mut args = Vec::with_capacity(opened.len());
            for arg in opened {
                args.push(self.replace(arg, seen)?);
            }
            self.bind(kind, name, &args)?
        } else {
            let mut args = Vec::with_capacity(node.args.len());
            for arg in &node.args {
                args.push(self.replace(*arg, seen)?);
            }
            self.with(&node.head, args)?
        };
        seen.insert(term, result);
        Ok(result)
    }

    /// The same term with the terms of sums and the factors of products in one order.
    pub fn ordered(&mut self, term: Id, seen: &mut HashMap<Id, Id>) -> Check<Id> {
        if let Some(known) = seen.get(&term) {
            return Ok(*known);
        }
        let node = self.node(term).clone();
        let mut args = Vec::with_capacity(node.args.len());
        for arg in &node.args {
            args.push(self.ordered(*arg, seen)?);
        }
        if matches!(node.head, Head::Add | Head::Mul) {
            args.sort();
        }
        let result = self.add(node.head, args)?;
        seen.insert(term, result);
        Ok(result)
    }

    /// Whether two terms are the same up to the order of terms and factors.
    pub fn alike(&mut self, a: Id, b: Id) -> Check<bool> {
        let mut seen = HashMap::default();
        Ok(a == b || self.ordered(a, &mut seen)? == self.ordered(b, &mut seen)?)
    }
}
