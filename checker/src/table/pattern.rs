//! The two sides of a rule, filled in.

use crate::kernel::term::{Binder, Check, Head, Id, Q, Terms};

/// One side of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// The variable of that number.
    Variable(usize),
    /// A number.
    Number(Q),
    /// A constant.
    Constant(&'static str),
    /// A function.
    Function(&'static str, Vec<Pattern>),
    /// A sum.
    Sum(Vec<Pattern>),
    /// A product.
    Product(Vec<Pattern>),
    /// `−a`
    Negative(Box<Pattern>),
    /// A power.
    Power(Box<Pattern>, Box<Pattern>),
    /// Kind, body, bound variable, what lies outside of its scope.
    Binder(Binder, Box<Pattern>, usize, Vec<Pattern>),
    /// The first with the last in the place of the variable.
    At(Box<Pattern>, usize, Box<Pattern>),
}

impl Pattern {
    /// The term that it becomes.
    pub fn fill(&self, terms: &mut Terms, by: &[Id]) -> Check<Id> {
        match self {
            Pattern::Variable(number) => get(by, *number),
            Pattern::Number(value) => terms.number(value.clone()),
            Pattern::Constant(name) => terms.add(Head::Constant(name), Vec::new()),
            Pattern::Function(name, parts) => {
                let parts = fill_all(terms, parts, by)?;
                terms.add(Head::Function(name), parts)
            }
            Pattern::Sum(parts) => {
                let parts = fill_all(terms, parts, by)?;
                terms.flat(Head::Add, &parts)
            }
            Pattern::Product(parts) => {
                let parts = fill_all(terms, parts, by)?;
                terms.flat(Head::Mul, &parts)
            }
            Pattern::Negative(a) => {
                let a = a.fill(terms, by)?;
                terms.negative(a)
            }
            Pattern::Power(a, b) => {
                let args = vec![a.fill(terms, by)?, b.fill(terms, by)?];
                terms.add(Head::Pow, args)
            }
            Pattern::Binder(kind, body, variable, outer) => {
                let symbol = get(by, *variable)?;
                let mut args = vec![body.fill(terms, by)?];
                args.extend(fill_all(terms, outer, by)?);
                if matches!(kind, Binder::Sum | Binder::Product) {
                    args.push(terms.add(Head::Truth(true), Vec::new())?);
                }
                terms.bind(*kind, symbol, &args)
            }
            Pattern::At(body, variable, at) => {
                let symbol = get(by, *variable)?;
                let body = body.fill(terms, by)?;
                let at = at.fill(terms, by)?;
                terms.substitute(body, symbol, at)
            }
        }
    }

    /// Calls `visit` with each variable and the bound variables around it.
    pub fn variables(&self, around: &mut Vec<usize>, visit: &mut dyn FnMut(usize, &[usize])) {
        match self {
            Pattern::Variable(number) => visit(*number, around),
            Pattern::Number(_) | Pattern::Constant(_) => {}
            Pattern::Function(_, parts) | Pattern::Sum(parts) | Pattern::Product(parts) => {
                parts.iter().for_each(|part| part.variables(around, visit));
            }
            Pattern::Negative(a) => a.variables(around, visit),
            Pattern::Power(a, b) => {
                a.variables(around, visit);
                b.variables(around, visit);
            }
            Pattern::Binder(_, body, variable, outer) => {
                outer.iter().for_each(|part| part.variables(around, visit));
                around.push(*variable);
                body.variables(around, visit);
                around.pop();
            }
            Pattern::At(body, variable, at) => {
                at.variables(around, visit);
                around.push(*variable);
                body.variables(around, visit);
                around.pop();
            }
        }
    }

    /// The variables that binders of the pattern bind.
    pub fn bound(&self, found: &mut Vec<usize>) {
        match self {
            Pattern::Variable(_) | Pattern::Number(_) | Pattern::Constant(_) => {}
            Pattern::Function(_, parts) | Pattern::Sum(parts) | Pattern::Product(parts) => {
                parts.iter().for_each(|part| part.bound(found));
            }
            Pattern::Negative(a) => a.bound(found),
            Pattern::Power(a, b) => {
                a.bound(found);
                b.bound(found);
            }
            Pattern::Binder(_, body, variable, outer) => {
                found.push(*variable);
                body.bound(found);
                outer.iter().for_each(|part| part.bound(found));
            }
            Pattern::At(body, variable, at) => {
                found.push(*variable);
                body.bound(found);
                at.bound(found);
            }
        }
    }
}

fn get(by: &[Id], number: usize) -> Check<Id> {
    by.get(number)
        .copied()
        .ok_or_else(|| "a variable of the rule stands for nothing".to_owned())
}

fn fill_all(terms: &mut Terms, parts: &[Pattern], by: &[Id]) -> Check<Vec<Id>> {
    parts.iter().map(|part| part.fill(terms, by)).collect()
}
