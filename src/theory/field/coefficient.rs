//! A term as a polynomial in one symbol.

use super::fraction::{Fraction, Stop};
use super::monomial::Monomial;
use super::normal::Field;
use super::polynomial::Polynomial;
use crate::term::{Node, Store, Symbol, TermId};

impl Field {
    /// The coefficients by the powers of the symbol, lowest first, in canonical form and free of
    /// the symbol; `None` where the term is no polynomial in it. The highest is not the zero
    /// fraction (a zero term has no coefficients).
    pub fn coefficients_in(
        &mut self,
        store: &mut Store,
        term: TermId,
        symbol: Symbol,
    ) -> Option<Vec<TermId>> {
        if !self.takes(store, term) {
            return None;
        }
        self.run(store, |field, store| {
            let fraction = field.fraction(store, term)?;
            let fraction = field.reduced(&fraction)?;
            field.coefficients(store, &fraction, symbol)
        })
        .ok()
    }

    /// A term as a quotient of two polynomials without common divisor, as canonical terms.
    pub fn quotient(&mut self, store: &mut Store, term: TermId) -> Option<(TermId, TermId)> {
        if !self.takes(store, term) {
            return None;
        }
        self.run(store, |field, store| {
            let fraction = field.fraction(store, term)?;
            let fraction = field.reduced(&fraction)?;
            let below = fraction.denominator(&mut field.purse)?;
            let below = Fraction::whole(below.scale(&fraction.integer));
            let above = Fraction::whole(fraction.numerator);
            let below = field.present(store, &below)?;
            Ok((field.present(store, &above)?, below))
        })
        .ok()
    }

    fn coefficients(
        &mut self,
        store: &mut Store,
        fraction: &Fraction,
        symbol: Symbol,
    ) -> Result<Vec<TermId>, Stop> {
        let main = store.add_node(Node::Symbol(symbol));
        let main = match self.fraction(store, main)?.numerator.terms() {
            [(monomial, _)] => monomial.factors().next().ok_or(Stop::NotMine)?,
            _ => return Err(Stop::NotMine),
        };
        let (main, unit) = main;
        let mut polynomials = vec![&fraction.numerator];
        polynomials.extend(fraction.factors.keys());
        for (place, polynomial) in polynomials.into_iter().enumerate() {
            for atom in polynomial.atoms() {
                let base = self.atoms.get(atom).ok_or(Stop::Budget)?.base;
                let hidden = atom != main && store.mentions(base, symbol);
                if hidden || (atom == main && place > 0) {
                    return Err(Stop::NotMine);
                }
            }
        }
        let mut list = Vec::new();
        for (exponent, part) in fraction.numerator.coefficients(main) {
            if exponent % unit != 0 || exponent / unit > 2_000 {
                return Err(Stop::NotMine);
            }
            let degree = usize::try_from(exponent / unit).map_err(|_| Stop::NotMine)?;
            while list.len() < degree {
                list.push(store.integer(0));
            }
            let coefficient = Fraction {
                numerator: part,
                ..fraction.clone()
            };
            let one = Fraction::whole(Polynomial::monomial(
                Monomial::one(),
                super::integer::Integer::ONE,
            ));
            let coefficient = self.arithmetic().mul(&coefficient, &one)?;
            list.push(self.present(store, &coefficient)?);
        }
        Ok(list)
    }
}
