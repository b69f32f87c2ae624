//! What is known of inner products: (uᵀS v)² ≤ (uᵀS u)(vᵀS v) (Cauchy and Schwarz), and that a sum
//! Σ c_ij uᵢᵀS uⱼ is not negative where Σ c_ij tᵢ tⱼ is not for any numbers t.

use crate::kernel::term::{Check, Head, Id};
use crate::matrices::kernel::Kernel;
use crate::matrices::letter::{Letter, Words};
use crate::matrices::polynomial::{Polynomial, Value};

/// Vectors that are paired.
const MOST: usize = 5;

/// A vector or matrix that is multiplied by itself, and what stands between.
type Side = (Option<Letter>, Polynomial);

impl Words<'_, '_> {
    /// What the numbers made of matrices, and the norms, are squares of.
    fn sides(&mut self, norms: bool) -> Check<Vec<Side>> {
        let mut sides: Vec<Side> = Vec::new();
        if norms {
            for matrix in self.norms.clone() {
                if !sides.contains(&(None, matrix.clone())) {
                    sides.push((None, matrix));
                }
            }
        }
        for (kernel, _) in self.kernels.clone() {
            let (word, cuts) = match kernel {
                Kernel::Word(word) => (word, 1),
                Kernel::Trace(word) => {
                    let count = word.len();
                    (word, count)
                }
                _ => continue,
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
        Ok(sides)
    }

    /// tr(uᵀS v)
    fn inner(&mut self, middle: Option<Letter>, u: &Polynomial, v: &Polynomial) -> Check<Id> {
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

    fn assume(&mut self, head: Head, a: Id, b: Id) -> Check<()> {
        let fact = self.checker.terms.add(head, vec![a, b])?;
        self.scope.assume(&mut self.checker.terms, fact)
    }

    /// The inequalities of Cauchy and Schwarz, for each pair of vectors.
    pub fn inner_products(&mut self) -> Check<Vec<[Id; 3]>> {
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
                let square = self.power_of(s, 2)?;
                let product = self.times(p, q)?;
                let terms = &mut self.checker.terms;
                let squares = terms.add(Head::LessEqual, vec![square, product])?;
                let two = self.checker.terms.integer(2)?;
                let mut roots = Vec::new();
                for under in [p, q] {
                    let head = Head::Function("root");
                    roots.push(self.checker.terms.add(head, vec![two, under])?);
                }
                let product = self.checker.terms.flat(Head::Mul, &roots)?;
                let minus = self.signed(true, s)?;
                let terms = &mut self.checker.terms;
                let above = terms.add(Head::LessEqual, vec![s, product])?;
                let below = terms.add(Head::LessEqual, vec![minus, product])?;
                all.push([squares, above, below]);
            }
        }
        Ok(all)
    }

    /// A number that is linear in inner products, with numbers t_u t_v in the place of uᵀS v.
    pub fn by_numbers(&mut self, number: Id) -> Check<Id> {
        let sides = self.sides(false)?;
        let mut names = Vec::new();
        for _ in &sides {
            names.push(self.checker.terms.fresh()?.1);
        }
        let mut images: Vec<(Id, Id)> = Vec::new();
        for (place, (middle, u)) in sides.iter().enumerate() {
            for (next, (other, v)) in sides.iter().enumerate().skip(place) {
                if middle != other || (u.rows, u.columns) != (v.rows, v.columns) {
                    continue;
                }
                let value = self.inner(*middle, u, v)?;
                let image = self.times(names[place], names[next])?;
                for (_, name) in self.kernels.clone() {
                    if images.iter().any(|(known, _)| *known == name) {
                        continue;
                    }
                    if name == value {
                        images.push((name, image));
                    } else if self.signed(true, name)? == value {
                        let image = self.signed(true, image)?;
                        images.push((name, image));
                    }
                }
            }
        }
        // Additive in them, that is, linear and nothing without.
        let (mut both, mut other, mut found) = (number, number, number);
        for (_, name) in self.kernels.clone() {
            let stands = self
                .checker
                .terms
                .subterms(number, |_, _| true)
                .contains(&name);
            if !stands {
                continue;
            }
            let image = images.iter().find(|(known, _)| *known == name);
            let (_, image) = *image.ok_or("a number that is no inner product")?;
            let terms = &mut self.checker.terms;
            let (_, second) = terms.fresh()?;
            let sum = terms.flat(Head::Add, &[name, second])?;
            both = terms.substitute(both, name, sum)?;
            other = terms.substitute(other, name, second)?;
            found = terms.substitute(found, name, image)?;
        }
        let apart = self.checker.terms.flat(Head::Add, &[number, other])?;
        if !self.agree(both, apart)? {
            return Err("not linear in inner products".to_owned());
        }
        Ok(found)
    }

    /// What an equation says that is multiplied by a row: of numbers, and of square matrices that
    /// their traces are equal.
    pub fn take_multiple(&mut self, factor: &Value, a: &Value, b: &Value) -> Check<()> {
        let a = self.multiply(factor, a)?;
        let b = self.multiply(factor, b)?;
        let size = [&a, &b].into_iter().find_map(|value| match value {
            Value::Matrix(matrix) if matrix.rows == matrix.columns => Some(matrix.rows),
            _ => None,
        });
        let a = self.plain_or_trace(&a, size)?;
        let b = self.plain_or_trace(&b, size)?;
        self.assume(Head::Equal, a, b)
    }

    fn plain_or_trace(&mut self, value: &Value, size: Option<Id>) -> Check<Id> {
        let Some(size) = size else {
            return self.plain(value);
        };
        match value {
            Value::Zero => Ok(self.zero),
            Value::Identity(number) => {
                let unit = self.unit(size, *number);
                self.trace(&unit)
            }
            Value::Matrix(matrix) if matrix.rows == size && matrix.columns == size => {
                self.trace(matrix)
            }
            _ => Err("sides of different shapes".to_owned()),
        }
    }

    /// tr(dᵀd), the sum of the squares of the entries.
    pub fn square_sum(&mut self, difference: &Polynomial) -> Check<Id> {
        self.inner(None, difference, difference)
    }
}
