//! Powers and roots.
//!
//! Exponents of one base add. At b > 0 that is plain. At b < 0 and b = 0 an expression is defined
//! only if all exponents of b in it (after its own sums are carried out) are integers, or have odd
//! denominators for roots written as roots, and at b = 0 only if they are not negative; on those
//! exponents s ↦ bˢ is a homomorphism, so computing in the ring of formal exponents agrees with
//! the values wherever both sides of an equation are defined.

use super::atom::Relation;
use super::fraction::{Fraction, Stop};
use super::integer::Integer;
use super::normal::{Field, UNIT};
use super::number::{factors, fraction_part, rational};
use super::polynomial::Polynomial;
use crate::number::Rational;
use crate::term::{Constant, Function, Node, Store, TermId};

/// An exponent as a sum: a number, and rational multiples of canonical terms.
struct Exponent {
    number: Rational,
    pieces: Vec<(TermId, Rational)>,
}

impl Field {
    /// base ^ exponent.
    pub(super) fn power(
        &mut self,
        store: &mut Store,
        base: TermId,
        exponent: TermId,
    ) -> Result<Fraction, Stop> {
        let base = self.fraction(store, base)?;
        let exponent = self.fraction(store, exponent)?;
        match exponent.as_number() {
            Some(number) => self.rational_power(store, &base, &number),
            None => self.symbolic_power(store, &base, &exponent),
        }
    }

    /// A root written as a root: odd roots are defined for all numbers.
    pub(super) fn root_node(
        &mut self,
        store: &mut Store,
        term: TermId,
        index: TermId,
        radicand: TermId,
    ) -> Result<Fraction, Stop> {
        let index = self.fraction(store, index)?.as_number();
        let Some(index) = index.and_then(|q| q.to_i64()) else {
            return self.atom(store, term, false);
        };
        if !(2..=i64::from(UNIT)).contains(&index) {
            return self.atom(store, term, false);
        }
        let radicand = self.fraction(store, radicand)?;
        self.root(store, &radicand, index, false)
    }

    /// base^exponent with a number as exponent.
    fn rational_power(
        &mut self,
        store: &mut Store,
        base: &Fraction,
        exponent: &Rational,
    ) -> Result<Fraction, Stop> {
        if let Some(n) = exponent.to_i64() {
            return self.integer_power(store, base, n);
        }
        if exponent.is_integer() {
            return Err(Stop::Budget);
        }
        if base.numerator.is_zero() {
            return if exponent.signum() > 0 {
                Ok(Fraction::whole(Polynomial::default()))
            } else {
                Err(Stop::Undefined)
            };
        }
        let (p, q) = small_parts(exponent)?;
        let root = self.root(store, base, q, true)?;
        self.integer_power(store, &root, p)
    }

    /// base^n; a power that would be too long stays an atom.
    fn integer_power(
        &mut self,
        store: &mut Store,
        base: &Fraction,
        n: i64,
    ) -> Result<Fraction, Stop> {
        match self.arithmetic().pow(base, n) {
            Err(Stop::Budget) if base.as_number().is_none() => {
                let term = self.present(store, base)?;
                let exponent = Rational::from(n);
                self.atom_power(term, false, Relation::Free, &exponent)
            }
            other => other,
        }
    }

    /// An atom's base to a rational power.
    fn atom_power(
        &mut self,
        base: TermId,
        positive: bool,
        relation: Relation,
        exponent: &Rational,
    ) -> Result<Fraction, Stop> {
        let (p, q) = small_parts(exponent)?;
        let q = i32::try_from(q).map_err(|_| Stop::Budget)?;
        let unit = self.atoms.unit(base);
        if unit % q != 0 {
            let common = num_integer::lcm(i64::from(unit), i64::from(q));
            let common = i32::try_from(common).map_err(|_| Stop::Budget)?;
            if common > UNIT {
                return Err(Stop::Budget);
            }
            self.atoms.set_unit(base, common);
            return Err(Stop::Again);
        }
        let count = p.checked_mul(i64::from(unit / q)).ok_or(Stop::Budget)?;
        let magnitude = i32::try_from(count.unsigned_abs()).map_err(|_| Stop::Budget)?;
        let number = self
            .atoms
            .number(base, positive, relation)
            .ok_or(Stop::Budget)?;
        let power = Fraction::whole(Polynomial::atom(number, magnitude));
        let power = self.arithmetic().mul(&power, &Fraction::one())?;
        if count < 0 {
            self.arithmetic().inverse(&power)
        } else {
            Ok(power)
        }
    }

    /// A positive rational to a rational power, over primes: √12 = 2√3.
    fn number_power(
        &mut self,
        store: &mut Store,
        value: &Rational,
        exponent: &Rational,
    ) -> Result<Fraction, Stop> {
        let mut result = Fraction::one();
        for (prime, multiplicity) in factors(value) {
            let total = exponent.mul(&Rational::from(multiplicity));
            let (whole, rest) = fraction_part(&total).ok_or(Stop::Budget)?;
            let number = Fraction::number(&prime);
            let power = self.arithmetic().pow(&number, whole)?;
            result = self.arithmetic().mul(&result, &power)?;
            if !rest.is_zero() {
                let base = store.number(prime);
                let root = self.atom_power(base, true, Relation::Root(number), &rest)?;
                result = self.arithmetic().mul(&result, &root)?;
            }
        }
        Ok(result)
    }

    /// The q-th root. `strict` where it was written as a power, which needs a base ≥ 0.
    fn root(
        &mut self,
        store: &mut Store,
        base: &Fraction,
        q: i64,
        strict: bool,
    ) -> Result<Fraction, Stop> {
        let exponent = Rational::new(1, q).ok_or(Stop::Undefined)?;
        let odd = q % 2 == 1;
        if base.numerator.is_zero() {
            return Ok(base.clone());
        }
        if let Some(value) = base.as_number() {
            if value.signum() > 0 {
                return self.number_power(store, &value, &exponent);
            }
            if strict || !odd {
                return Err(Stop::Undefined);
            }
            return Ok(self.number_power(store, &value.neg(), &exponent)?.neg());
        }
        let (content, unit_base) = self.split_content(store, base);
        let negative = content.signum() < 0;
        let magnitude = if negative { content.neg() } else { content };
        let mut result = self.number_power(store, &magnitude, &exponent)?;
        let mut rest = unit_base;
        if negative {
            if odd {
                result = result.neg();
            } else {
                rest = rest.neg();
            }
        }
        let mut sign = Fraction::one();
        if let Some((mut negative, powers)) = self.as_monomial(&rest) {
            // (a sign is left for even roots only)
            let mut left = Vec::new();
            for (atom, power) in powers {
                let Some(known) = self.atoms.get(atom).cloned() else {
                    return Err(Stop::Budget);
                };
                if known.positive {
                    let power = power.mul(&exponent);
                    let root = self.atom_power(known.base, true, known.relation, &power)?;
                    result = self.arithmetic().mul(&result, &root)?;
                } else {
                    left.push((known, power));
                }
            }
            match left.as_slice() {
                [] if negative => return Err(Stop::Undefined),
                [] => return Ok(result),
                [(known, power)] if !negative && root_of_power(store, known, power, odd) => {
                    let power = power.mul(&exponent);
                    let root =
                        self.atom_power(known.base, false, known.relation.clone(), &power)?;
                    return self.arithmetic().mul(&result, &root);
                }
                _ => {}
            }
            // Only what is not known to be positive stays under the root.
            let mut product = Fraction::one();
            for (known, power) in left {
                let factor = self.atom_power(known.base, false, known.relation, &power)?;
                product = self.arithmetic().mul(&product, &factor)?;
            }
            if product.numerator.as_constant().is_some() {
                // One over something: √(1/u) = 1/√u.
                let below = self.arithmetic().inverse(&product)?;
                let below = if negative { below.neg() } else { below };
                if below.factors.is_empty() {
                    let root = self.composite_root(store, &below, q)?;
                    let root = self.arithmetic().inverse(&root)?;
                    return self.arithmetic().mul(&result, &root);
                }
            }
            if negative {
                sign = sign.neg();
                negative = false;
            }
            let _ = negative;
            rest = product;
        }
        let rest = self.arithmetic().mul(&rest, &sign)?;
        let root = if rest.numerator.as_constant().is_some() {
            let below = self.arithmetic().inverse(&rest)?;
            let root = self.composite_root(store, &below, q)?;
            self.arithmetic().inverse(&root)?
        } else {
            self.composite_root(store, &rest, q)?
        };
        self.arithmetic().mul(&result, &root)
    }

    /// The root of a polynomial or fraction as an atom whose power is that.
    fn composite_root(
        &mut self,
        store: &mut Store,
        base: &Fraction,
        q: i64,
    ) -> Result<Fraction, Stop> {
        let exponent = Rational::new(1, q).ok_or(Stop::Undefined)?;
        let term = self.present(store, base)?;
        if matches!(store.node(term), Node::Pow(_, e) if !matches!(store.node(*e), Node::Number(_)))
        {
            // √(xⁿ): the name xⁿ already stands for an atom whose exponents are formal, and at
            // x = −1, n = 2 its formal square root x^(n/2) is −1.
            let index = store.integer(q);
            let kernel = store.function(Function::Root, &[index, term]);
            return self.atom(store, kernel, false);
        }
        self.atom_power(term, false, Relation::Root(base.clone()), &exponent)
    }

    /// A rational content and the rest; the sign is chosen so that the rest looks the same
    /// whichever of u and −u was written.
    fn split_content(&mut self, store: &Store, base: &Fraction) -> (Rational, Fraction) {
        let content = base.numerator.content();
        let mut rest = Fraction {
            numerator: base.numerator.unscale(&content),
            integer: Integer::ONE,
            factors: base.factors.clone(),
        };
        let mut content = rational(&content, &base.integer);
        if self.looks_negative(store, &rest) {
            content = content.neg();
            rest = rest.neg();
        }
        (content, rest)
    }

    /// A fraction that is ± a product of powers of atoms: whether the sign is −, and the powers.
    fn as_monomial(&self, base: &Fraction) -> Option<(bool, Vec<(u32, Rational)>)> {
        let [(monomial, coefficient)] = base.numerator.terms() else {
            return None;
        };
        let negative = coefficient.is_negative();
        let coefficient = if negative {
            coefficient.neg()
        } else {
            coefficient.clone()
        };
        if !coefficient.is_one() || !base.integer.is_one() {
            return None;
        }
        let mut powers = Vec::new();
        for (atom, exponent) in monomial.factors() {
            let unit = self.atoms.get(atom)?.unit;
            powers.push((atom, Rational::new(i64::from(exponent), i64::from(unit))?));
        }
        for (factor, exponent) in &base.factors {
            let [(monomial, _)] = factor.terms() else {
                return None;
            };
            for (atom, one) in monomial.factors() {
                let unit = self.atoms.get(atom)?.unit;
                let count = i64::from(one).checked_mul(i64::from(*exponent))?;
                powers.push((atom, Rational::new(-count, i64::from(unit))?));
            }
        }
        Some((negative, powers))
    }

    /// The exponent as a sum of a number and multiples of canonical terms.
    fn exponent(&mut self, store: &mut Store, exponent: &Fraction) -> Result<Exponent, Stop> {
        let reduced = self.reduced(exponent)?;
        let mut sum = Exponent {
            number: Rational::zero(),
            pieces: Vec::new(),
        };
        for (monomial, coefficient) in reduced.numerator.terms() {
            let piece = Fraction {
                numerator: Polynomial::monomial(monomial.clone(), Integer::ONE),
                integer: Integer::ONE,
                factors: reduced.factors.clone(),
            };
            let coefficient = rational(coefficient, &reduced.integer);
            let piece = self.arithmetic().mul(&piece, &Fraction::one())?;
            if let Some(number) = piece.as_number() {
                sum.number = sum.number.add(&number.mul(&coefficient));
                continue;
            }
            let (content, piece) = self.split_content(store, &piece);
            let term = self.present(store, &piece)?;
            sum.pieces.push((term, coefficient.mul(&content)));
        }
        Ok(sum)
    }

    /// base^exponent with an exponent that is no number.
    fn symbolic_power(
        &mut self,
        store: &mut Store,
        base: &Fraction,
        exponent: &Fraction,
    ) -> Result<Fraction, Stop> {
        if base.numerator.is_one() && base.integer.is_one() && base.factors.is_empty() {
            return Ok(Fraction::one());
        }
        if base.numerator.is_zero() {
            let term = self.present(store, exponent)?;
            let zero = store.integer(0);
            let kernel = store.pow(zero, term);
            return self.atom(store, kernel, false);
        }
        let integer = self.is_integer(store, exponent);
        if let Some(value) = base.as_number() {
            if value.signum() > 0 {
                return self.number_to(store, &value, exponent);
            }
            if value == Rational::from(-1) || integer {
                let sign = self.sign_to(store, exponent, integer)?;
                let rest = self.number_to(store, &value.neg(), exponent)?;
                return self.arithmetic().mul(&sign, &rest);
            }
            let term = store.number(value);
            return self.formal_power(store, term, base, false, exponent);
        }
        let (mut content, mut rest) = self.split_content(store, base);
        let mut result = Fraction::one();
        if content.signum() < 0 {
            content = content.neg();
            if integer {
                result = self.sign_to(store, exponent, true)?;
            } else {
                rest = rest.neg();
            }
        }
        let number = self.number_to(store, &content, exponent)?;
        result = self.arithmetic().mul(&result, &number)?;
        if let Some((negative, powers)) = self.as_monomial(&rest) {
            let all_positive = !negative
                && powers
                    .iter()
                    .all(|(atom, _)| self.atoms.get(*atom).is_some_and(|a| a.positive));
            let plain = |power: &Rational| power.is_one() || *power == Rational::from(-1);
            let one = matches!(powers.as_slice(), [(_, power)] if plain(power)) && !negative;
            if all_positive || one || (integer && powers.iter().all(|(_, p)| p.is_integer())) {
                for (atom, power) in powers {
                    let Some(known) = self.atoms.get(atom).cloned() else {
                        return Err(Stop::Budget);
                    };
                    let times = Fraction::number(&power);
                    let exponent = self.arithmetic().mul(exponent, &times)?;
                    let part = self.atom_to(store, &known.base, known.positive, &exponent)?;
                    result = self.arithmetic().mul(&result, &part)?;
                }
                return Ok(result);
            }
        }
        let term = self.present(store, &rest)?;
        if self.surely_positive_fraction(store, &rest) {
            self.assumed.positive.insert(term);
        }
        let positive = self.assumed.positive.contains(&term);
        let part = self.formal_power(store, term, &rest, positive, exponent)?;
        self.arithmetic().mul(&result, &part)
    }

    /// A positive rational to an exponent, over its primes: 6ˣ = 2ˣ·3ˣ.
    fn number_to(
        &mut self,
        store: &mut Store,
        value: &Rational,
        exponent: &Fraction,
    ) -> Result<Fraction, Stop> {
        let mut result = Fraction::one();
        for (prime, multiplicity) in factors(value) {
            let times = Fraction::number(&Rational::from(multiplicity));
            let exponent = self.arithmetic().mul(exponent, &times)?;
            let base = Fraction::number(&prime);
            let term = store.number(prime);
            let part = self.formal_power(store, term, &base, true, &exponent)?;
            result = self.arithmetic().mul(&result, &part)?;
        }
        Ok(result)
    }

    /// (−1)^exponent, which is ±1 wherever it is defined. Only where all letters are integers does
    /// it split over a sum: at m = n = ½ (−1)^(m+n) is −1 and (−1)^(m−n) is 1.
    fn sign_to(
        &mut self,
        store: &mut Store,
        exponent: &Fraction,
        integer: bool,
    ) -> Result<Fraction, Stop> {
        let sum = self.exponent(store, exponent)?;
        let (whole, rest) = fraction_part(&sum.number).ok_or(Stop::Budget)?;
        let mut result = Fraction::one();
        if whole.rem_euclid(2) == 1 {
            result = result.neg();
        }
        let minus = store.integer(-1);
        let mut parts = Vec::new();
        if integer && rest.is_zero() {
            for (term, coefficient) in sum.pieces {
                let odd = coefficient.to_i64().ok_or(Stop::NotMine)?.rem_euclid(2) == 1;
                if odd {
                    parts.push(store.pow(minus, term));
                }
            }
        } else {
            let whole = Fraction::number(&Rational::from(whole).neg());
            let shifted = self.arithmetic().add(exponent, &whole)?;
            let term = self.present(store, &shifted)?;
            parts.push(store.pow(minus, term));
        }
        for base in parts {
            let number = self
                .atoms
                .number(base, false, Relation::Sign)
                .ok_or(Stop::Budget)?;
            let part = Fraction::whole(Polynomial::atom(number, 1));
            result = self.arithmetic().mul(&result, &part)?;
        }
        Ok(result)
    }

    /// The base of an atom to an exponent: (eᵐ)ᵘ = e^(m·u).
    fn atom_to(
        &mut self,
        store: &mut Store,
        base: &TermId,
        positive: bool,
        exponent: &Fraction,
    ) -> Result<Fraction, Stop> {
        if let Node::Pow(inner, m) = store.node(*base).clone()
            && positive
        {
            let m = self.fraction(store, m)?;
            let exponent = self.arithmetic().mul(&m, exponent)?;
            let below = self.fraction(store, inner)?;
            return self.formal_power(store, inner, &below, true, &exponent);
        }
        let below = self.fraction(store, *base)?;
        self.formal_power(store, *base, &below, positive, exponent)
    }

    /// b^(c₀ + Σ cᵢ mᵢ) = b^c₀ · Π (b^mᵢ)^cᵢ with the b^mᵢ as atoms.
    fn formal_power(
        &mut self,
        store: &mut Store,
        base: TermId,
        value: &Fraction,
        positive: bool,
        exponent: &Fraction,
    ) -> Result<Fraction, Stop> {
        let sum = self.exponent(store, exponent)?;
        let positive =
            positive || matches!(store.node(base), Node::Constant(Constant::E | Constant::Pi));
        if !positive && !sum.number.is_integer() {
            return self.uneven_power(store, base, value, exponent, &sum.number);
        }
        let mut result = self.rational_power(store, value, &sum.number)?;
        for (term, coefficient) in sum.pieces {
            let kernel = store.pow(base, term);
            let part = self.atom_power(kernel, positive, Relation::Free, &coefficient)?;
            result = self.arithmetic().mul(&result, &part)?;
        }
        Ok(result)
    }

    /// b^(u + p/q) for a b that may be negative: only whole powers come out, since √b has no value
    /// at b < 0 where b^(n + ½) has one at n = ½.
    fn uneven_power(
        &mut self,
        store: &mut Store,
        base: TermId,
        value: &Fraction,
        exponent: &Fraction,
        number: &Rational,
    ) -> Result<Fraction, Stop> {
        let (whole, _) = fraction_part(number).ok_or(Stop::Budget)?;
        let result = self.integer_power(store, value, whole)?;
        let shift = Fraction::number(&Rational::from(whole).neg());
        let rest = self.arithmetic().add(exponent, &shift)?;
        let rest = self.present(store, &rest)?;
        let kernel = store.pow(base, rest);
        let part = self.atom(store, kernel, false)?;
        self.arithmetic().mul(&result, &part)
    }

    /// Whether the fraction is an integer wherever it is defined.
    fn is_integer(&self, store: &Store, value: &Fraction) -> bool {
        value.integer.is_one()
            && value.factors.is_empty()
            && value.numerator.terms().iter().all(|(monomial, _)| {
                monomial.factors().all(|(atom, exponent)| {
                    self.atoms.get(atom).is_some_and(|known| {
                        exponent % known.unit == 0
                            && match store.node(known.base) {
                                Node::Symbol(s) | Node::Member(s, _) => {
                                    self.assumed.integers.contains(s)
                                }
                                _ => false,
                            }
                    })
                })
            })
    }
}

/// Whether the q-th root of atom^power is atom^(power/q) wherever the root is defined: true if
/// atom^power has the sign of the atom, or q is odd, or the power has an even denominator (then
/// the atom is not negative). √(x²) is not x.
fn root_of_power(store: &Store, atom: &super::atom::Atom, power: &Rational, odd: bool) -> bool {
    if matches!(store.node(atom.base), Node::Pow(_, e) if !matches!(store.node(*e), Node::Number(_)))
    {
        return false;
    }
    if matches!(atom.relation, Relation::Sign) {
        return false;
    }
    let even = |n: num_bigint::BigInt| !num_traits::Zero::is_zero(&n) && !n.bit(0);
    odd || even(power.denominator()) || !even(power.numerator())
}

/// Numerator and denominator as words.
fn small_parts(value: &Rational) -> Result<(i64, i64), Stop> {
    use num_traits::ToPrimitive;
    let numerator = value.numerator().to_i64().ok_or(Stop::Budget)?;
    let denominator = value.denominator().to_i64().ok_or(Stop::Budget)?;
    Ok((numerator, denominator))
}
