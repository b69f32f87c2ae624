//! What is known of inner products: (uᵀS v)² ≤ (uᵀS u)(vᵀS v) (Cauchy and Schwarz), and that a sum
//! Σ c_ij uᵢᵀS uⱼ is not negative where Σ c_ij tᵢ tⱼ is not for any numbers t.

use super::kernel::Kernel;
use super::letter::{Letter, Words};
use super::polynomial::{Polynomial, Value};
use crate::term::{Node, Relation, TermId};

/// Vectors that are paired.
const MOST: usize = 5;

/// A vector or matrix that is multiplied by itself, and what stands between.
type Side = (Option<Letter>, Polynomial);

impl Words<'_> {
    /// What the numbers made of matrices, and the norms, are squares of.
    fn sides(&mut self, norms: bool) -> Option<Vec<Side>> {
        let mut sides: Vec<Side> = Vec::new();
        if norms {
            for matrix in self.norms.clone() {
                if !sides.contains(&(None, matrix.clone())) {
                    sides.push((None, matrix));
                }
            }
        }
        for (kernel, _) in self.kernels.clone() {
            let (Kernel::Word(word) | Kernel::Trace(word)) = &kernel else {
                continue;
            };
            let cuts = match kernel {
                Kernel::Trace(_) => word.len(),
                _ => 1,
            };
            for cut in 0..cuts {
                let mut turned = word.clone();
                turned.rotate_left(cut);
                let half = turned.len() / 2;
                if half == 0 || !self.is_square_form(&turned) {
                    continue;
                }
                let back = turned[turned.len() - half..].to_vec();
                let middle = (turned.len() % 2 == 1).then(|| turned[half]);
                let rows = self.sizes(back[0]).0;
                let columns = self.sizes(back[half - 1]).1;
                let mut matrix = self.nothing(rows, columns);
                self.put(&mut matrix, &back, self.one)?;
                if !sides.contains(&(middle, matrix.clone())) {
                    sides.push((middle, matrix));
                }
                break;
            }
        }
        sides.truncate(MOST);
        Some(sides)
    }

    /// tr(uᵀS v)
    fn inner(&mut self, middle: Option<Letter>, u: &Polynomial, v: &Polynomial) -> Option<TermId> {
        let mut product = self.transposed(u)?;
        if let Some(letter) = middle {
            let (rows, columns) = self.sizes(letter);
            let mut between = self.nothing(rows, columns);
            self.put(&mut between, &[letter], self.one)?;
            product = self.product(&product, &between)?;
        }
        let product = self.product(&product, v)?;
        self.trace(&product)
    }

    /// The inequalities of Cauchy and Schwarz, for each pair of vectors.
    pub fn inner_products(&mut self) -> Option<Vec<[TermId; 3]>> {
        let sides = self.sides(true)?;
        let mut all = Vec::new();
        for (place, (middle, u)) in sides.iter().enumerate() {
            for (other, v) in &sides[place + 1..] {
                if middle != other || (u.rows, u.columns) != (v.rows, v.columns) {
                    continue;
                }
                let p = self.inner(*middle, u, u)?;
                let q = self.inner(*middle, v, v)?;
                let s = self.inner(*middle, u, v)?;
                let square = self.power_of(s, 2);
                let product = self.times(p, q);
                let squares = self.store.relation(Relation::LessEqual, square, product);
                let roots = [self.store.sqrt(p), self.store.sqrt(q)];
                let product = self.store.mul(&roots);
                let minus = self.signed(true, s);
                let above = self.store.relation(Relation::LessEqual, s, product);
                let below = self.store.relation(Relation::LessEqual, minus, product);
                all.push([squares, above, below]);
            }
        }
        Some(all)
    }

    /// A number that is linear in inner products, with numbers t_u t_v in the place of uᵀS v.
    pub fn by_numbers(&mut self, number: TermId) -> Option<TermId> {
        let sides = self.sides(false)?;
        let mut names = Vec::new();
        for _ in &sides {
            let symbol = self.store.fresh_symbol("t");
            names.push(self.store.add_node(Node::Symbol(symbol)));
        }
        let mut images: Vec<(TermId, TermId)> = Vec::new();
        for (place, (middle, u)) in sides.iter().enumerate() {
            for (next, (other, v)) in sides.iter().enumerate().skip(place) {
                if middle != other || (u.rows, u.columns) != (v.rows, v.columns) {
                    continue;
                }
                let value = self.inner(*middle, u, v)?;
                let image = self.times(names[place], names[next]);
                for (_, name) in self.kernels.clone() {
                    if images.iter().any(|(known, _)| *known == name) {
                        continue;
                    }
                    if name == value {
                        images.push((name, image));
                    } else if self.signed(true, name) == value {
                        let image = self.signed(true, image);
                        images.push((name, image));
                    }
                }
            }
        }
        // Additive in them, that is, linear and nothing without.
        let (mut both, mut other, mut found) = (number, number, number);
        for (_, name) in self.kernels.clone() {
            let Node::Symbol(kernel) = *self.store.node(name) else {
                return None;
            };
            if !self.store.mentions(number, kernel) {
                continue;
            }
            let (_, image) = images.iter().find(|(known, _)| *known == name)?;
            let symbol = self.store.fresh_symbol("r");
            let second = self.store.add_node(Node::Symbol(symbol));
            let sum = self.store.add(&[name, second]);
            both = self.store.substitute(both, kernel, sum);
            other = self.store.substitute(other, kernel, second);
            found = self.store.substitute(found, kernel, *image);
        }
        let apart = self.store.add(&[number, other]);
        self.agree(both, apart).then_some(found)
    }

    /// What an equation says that is multiplied by a row: of numbers, and of square matrices that
    /// their traces are equal.
    pub fn take_multiple(&mut self, factor: &Value, a: &Value, b: &Value) -> Option<()> {
        let a = self.multiply(factor, a)?;
        let b = self.multiply(factor, b)?;
        let size = [&a, &b].into_iter().find_map(|value| match value {
            Value::Matrix(matrix) if matrix.rows == matrix.columns => Some(matrix.rows),
            _ => None,
        });
        let (a, b) = (
            self.plain_or_trace(&a, size)?,
            self.plain_or_trace(&b, size)?,
        );
        let fact = self.store.relation(Relation::Equal, a, b);
        self.assume(fact);
        Some(())
    }

    fn plain_or_trace(&mut self, value: &Value, size: Option<TermId>) -> Option<TermId> {
        let Some(size) = size else {
            return self.plain(value);
        };
        match value {
            Value::Zero => Some(self.zero),
            Value::Identity(number) => {
                let unit = self.unit(size, *number);
                self.trace(&unit)
            }
            Value::Matrix(matrix) if matrix.rows == size && matrix.columns == size => {
                self.trace(matrix)
            }
            _ => None,
        }
    }

    /// tr(dᵀd), the sum of the squares of the entries.
    pub fn square_sum(&mut self, difference: &Polynomial) -> Option<TermId> {
        self.inner(None, difference, difference)
    }
}
