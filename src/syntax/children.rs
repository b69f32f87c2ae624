//! The parts of a surface tree.

use super::tree::{Kind, Tree};

impl Tree {
    /// The trees right below, in the order of writing.
    #[must_use]
    pub fn children(&self) -> Vec<&Tree> {
        fn pick<'t>(optional: &'t Option<Box<Tree>>, out: &mut Vec<&'t Tree>) {
            out.extend(optional.as_deref());
        }
        let mut out = Vec::new();
        match &self.kind {
            Kind::Number(_)
            | Kind::Name(_)
            | Kind::Infinity
            | Kind::Ellipsis
            | Kind::Text(_)
            | Kind::Empty
            | Kind::Truth(_) => {}
            Kind::Group(_, a)
            | Kind::Prime(a, _)
            | Kind::Factorial(a)
            | Kind::Boxed(a)
            | Kind::Is(a, _)
            | Kind::Not(a) => out.push(&**a),
            Kind::Given(a, b)
            | Kind::Subscript(a, b)
            | Kind::Superscript(a, b, _)
            | Kind::Fraction(a, b)
            | Kind::Binomial(a, b)
            | Kind::Times(a, b)
            | Kind::CircledTimes(a, b, _)
            | Kind::Slash(a, b)
            | Kind::Underbrace(a, b)
            | Kind::ForAll(a, b)
            | Kind::Implication(_, a, b) => out.extend([&**a, &**b]),
            Kind::List(items) | Kind::Juxtaposition(items) | Kind::Joined(_, items) => {
                out.extend(items)
            }
            Kind::Root(degree, a) => {
                pick(degree, &mut out);
                out.push(&**a);
            }
            Kind::Terms(terms) => out.extend(terms.iter().map(|(_, t)| t)),
            Kind::Derivative { body, by, .. } => {
                pick(body, &mut out);
                out.extend(by.iter().map(|(t, _)| t));
            }
            Kind::Gradient(by, _, body) => {
                pick(by, &mut out);
                out.push(&**body);
            }
            Kind::Big {
                below, above, body, ..
            } => {
                pick(below, &mut out);
                pick(above, &mut out);
                out.push(&**body);
            }
            Kind::Integral { limits, body, by } => {
                if let Some((a, b)) = limits {
                    out.extend([&**a, &**b]);
                }
                out.extend([&**body, &**by]);
            }
            Kind::Evaluated(a, below, above) => {
                out.push(&**a);
                pick(below, &mut out);
                pick(above, &mut out);
            }
            Kind::Matrix(rows) => out.extend(rows.iter().flatten()),
            Kind::Cases(rows) => {
                for (value, condition) in rows {
                    out.push(value);
                    out.extend(condition);
                }
            }
            Kind::Chain(first, links) => {
                out.push(&**first);
                out.extend(links.iter().map(|(_, _, t)| t));
            }
        }
        out
    }
}
