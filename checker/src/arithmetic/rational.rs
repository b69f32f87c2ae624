//! Exact rational numbers: small ones in two machine words, all others as big integers.

use std::cmp::Ordering;
use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, Sub, SubAssign};

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::{BigRational, ParseRatioError};
use num_traits::{Num, One, Pow, Signed, ToPrimitive, Zero};

/// A rational number. A number has one form, so that equal numbers are written alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Q(Form);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Form {
    /// In lowest terms, the second positive; the first is not the least `i64`.
    Small(i64, i64),
    /// What does not fit there.
    Big(Box<BigRational>),
}

fn narrow(value: i128) -> Option<i64> {
    i64::try_from(value).ok().filter(|v| *v != i64::MIN)
}

fn common(a: u128, b: u128) -> u128 {
    if let (Ok(a), Ok(b)) = (u64::try_from(a), u64::try_from(b)) {
        let (mut a, mut b) = (a, b);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        return u128::from(a);
    }
    a.gcd(&b)
}

impl Q {
    /// The quotient of two integers, the second not 0.
    pub fn new(above: BigInt, below: BigInt) -> Q {
        Q::big(BigRational::new(above, below))
    }

    /// An integer.
    pub fn from_integer(value: BigInt) -> Q {
        Q::big(BigRational::from_integer(value))
    }

    /// A small integer.
    pub const fn whole(value: i32) -> Q {
        Q(Form::Small(value as i64, 1))
    }

    fn big(value: BigRational) -> Q {
        match (value.numer().to_i64(), value.denom().to_i64()) {
            (Some(a), Some(b)) if a != i64::MIN => Q(Form::Small(a, b)),
            _ => Q(Form::Big(Box::new(value))),
        }
    }

    /// a/b with b > 0, in lowest terms or not.
    fn wide(a: i128, b: i128) -> Q {
        let shared = common(a.unsigned_abs(), b.unsigned_abs());
        let (a, b) = match i128::try_from(shared) {
            Ok(shared) if shared > 1 => (a / shared, b / shared),
            _ => (a, b),
        };
        match (narrow(a), narrow(b)) {
            (Some(a), Some(b)) => Q(Form::Small(a, b)),
            _ => Q(Form::Big(Box::new(BigRational::new(a.into(), b.into())))),
        }
    }

    fn to_big(&self) -> BigRational {
        match &self.0 {
            Form::Small(a, b) => BigRational::new_raw((*a).into(), (*b).into()),
            Form::Big(value) => (**value).clone(),
        }
    }

    /// The number above.
    pub fn numer(&self) -> BigInt {
        match &self.0 {
            Form::Small(a, _) => (*a).into(),
            Form::Big(value) => value.numer().clone(),
        }
    }

    /// The number below, positive.
    pub fn denom(&self) -> BigInt {
        match &self.0 {
            Form::Small(_, b) => (*b).into(),
            Form::Big(value) => value.denom().clone(),
        }
    }

    /// How many binary digits both numbers have together.
    pub fn bits(&self) -> u64 {
        match &self.0 {
            Form::Small(..) => 128,
            Form::Big(value) => value.numer().bits() + value.denom().bits(),
        }
    }

    /// −1, 0 or 1.
    pub fn sign(&self) -> i32 {
        match &self.0 {
            Form::Small(a, _) => i32::from(*a > 0) - i32::from(*a < 0),
            Form::Big(value) => i32::from(value.is_positive()) - i32::from(value.is_negative()),
        }
    }

    /// Whether it is above 0.
    pub fn is_positive(&self) -> bool {
        self.sign() > 0
    }

    /// Whether it is below 0.
    pub fn is_negative(&self) -> bool {
        self.sign() < 0
    }

    /// Whether it is an integer.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Form::Small(_, b) => *b == 1,
            Form::Big(value) => value.is_integer(),
        }
    }

    /// Its size.
    pub fn abs(&self) -> Q {
        if self.is_negative() {
            -self
        } else {
            self.clone()
        }
    }

    /// 1 divided by it; it is not 0.
    pub fn recip(&self) -> Q {
        match &self.0 {
            Form::Small(a, b) if *a > 0 => Q(Form::Small(*b, *a)),
            Form::Small(a, b) if *a < 0 => Q(Form::Small(-*b, -*a)),
            _ => Q::big(self.to_big().recip()),
        }
    }

    /// The greatest integer that is not above it.
    pub fn floor(&self) -> Q {
        match &self.0 {
            Form::Small(a, b) => Q(Form::Small(a.div_euclid(*b), 1)),
            Form::Big(value) => Q::big(value.floor()),
        }
    }

    /// The least integer that is not below it.
    pub fn ceil(&self) -> Q {
        -(-self).floor()
    }

    /// The nearest integer, away from 0 where two are as near.
    pub fn round(&self) -> Q {
        match &self.0 {
            Form::Small(_, 1) => self.clone(),
            _ => Q::big(self.to_big().round()),
        }
    }

    /// The integer that it is, or the next one towards 0.
    pub fn to_integer(&self) -> BigInt {
        match &self.0 {
            Form::Small(a, b) => (a / b).into(),
            Form::Big(value) => value.to_integer(),
        }
    }

    /// The small natural number that it is.
    pub fn to_u32(&self) -> Option<u32> {
        match &self.0 {
            Form::Small(a, 1) => u32::try_from(*a).ok(),
            _ => None,
        }
    }
}

impl ToPrimitive for Q {
    /// The integer that it is, or the next one towards 0.
    fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Form::Small(a, b) => Some(a / b),
            Form::Big(value) => value.to_i64(),
        }
    }

    fn to_u64(&self) -> Option<u64> {
        match &self.0 {
            Form::Small(a, b) => u64::try_from(a / b).ok(),
            Form::Big(value) => value.to_u64(),
        }
    }
}

impl From<i64> for Q {
    fn from(value: i64) -> Q {
        match narrow(value.into()) {
            Some(value) => Q(Form::Small(value, 1)),
            None => Q::from_integer(value.into()),
        }
    }
}

impl Ord for Q {
    fn cmp(&self, other: &Q) -> Ordering {
        match (&self.0, &other.0) {
            (Form::Small(a, b), Form::Small(c, d)) if b == d => a.cmp(c),
            (Form::Small(a, b), Form::Small(c, d)) => {
                (i128::from(*a) * i128::from(*d)).cmp(&(i128::from(*c) * i128::from(*b)))
            }
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

impl PartialOrd for Q {
    fn partial_cmp(&self, other: &Q) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Add<&Q> for &Q {
    type Output = Q;
    fn add(self, other: &Q) -> Q {
        match (&self.0, &other.0) {
            (Form::Small(a, 1), Form::Small(c, 1)) => Q::wide(i128::from(*a) + i128::from(*c), 1),
            (Form::Small(a, b), Form::Small(c, d)) => {
                let (a, b, c, d) = (
                    i128::from(*a),
                    i128::from(*b),
                    i128::from(*c),
                    i128::from(*d),
                );
                // Each product is below 2^126.
                Q::wide(a * d + c * b, b * d)
            }
            _ => Q::big(self.to_big() + other.to_big()),
        }
    }
}

impl Mul<&Q> for &Q {
    type Output = Q;
    fn mul(self, other: &Q) -> Q {
        match (&self.0, &other.0) {
            (Form::Small(a, b), Form::Small(c, d)) => Q::wide(
                i128::from(*a) * i128::from(*c),
                i128::from(*b) * i128::from(*d),
            ),
            _ => Q::big(self.to_big() * other.to_big()),
        }
    }
}

impl Neg for &Q {
    type Output = Q;
    fn neg(self) -> Q {
        match &self.0 {
            Form::Small(a, b) => Q(Form::Small(-*a, *b)),
            Form::Big(value) => Q::big(-(**value).clone()),
        }
    }
}

impl Neg for Q {
    type Output = Q;
    fn neg(self) -> Q {
        -&self
    }
}

impl Sub<&Q> for &Q {
    type Output = Q;
    fn sub(self, other: &Q) -> Q {
        self + &(-other)
    }
}

impl Div<&Q> for &Q {
    type Output = Q;
    #[allow(clippy::suspicious_arithmetic_impl, reason = "a quotient is a product")]
    fn div(self, other: &Q) -> Q {
        self * &other.recip()
    }
}

macro_rules! owned {
    ($($operation:ident $method:ident $assign:ident $by:ident),*) => {$(
        impl $operation<Q> for Q {
            type Output = Q;
            fn $method(self, other: Q) -> Q {
                (&self).$method(&other)
            }
        }
        impl $operation<&Q> for Q {
            type Output = Q;
            fn $method(self, other: &Q) -> Q {
                (&self).$method(other)
            }
        }
        impl $operation<Q> for &Q {
            type Output = Q;
            fn $method(self, other: Q) -> Q {
                self.$method(&other)
            }
        }
        impl $assign<&Q> for Q {
            fn $by(&mut self, other: &Q) {
                *self = (&*self).$method(other);
            }
        }
        impl $assign<Q> for Q {
            fn $by(&mut self, other: Q) {
                *self = (&*self).$method(&other);
            }
        }
    )*};
}

owned!(Add add AddAssign add_assign, Sub sub SubAssign sub_assign, Mul mul MulAssign mul_assign, Div div DivAssign div_assign);

impl Zero for Q {
    fn zero() -> Q {
        Q::whole(0)
    }
    fn is_zero(&self) -> bool {
        self.sign() == 0
    }
}

impl One for Q {
    fn one() -> Q {
        Q::whole(1)
    }
    fn is_one(&self) -> bool {
        self.0 == Form::Small(1, 1)
    }
}

macro_rules! powers {
    ($($exponent:ident),*) => {$(
        impl Pow<$exponent> for &Q {
            type Output = Q;
            fn pow(self, exponent: $exponent) -> Q {
                Q::big(Pow::pow(&self.to_big(), exponent))
            }
        }
        impl Pow<$exponent> for Q {
            type Output = Q;
            fn pow(self, exponent: $exponent) -> Q {
                Pow::pow(&self, exponent)
            }
        }
    )*};
}

powers!(i32, u32, u64);

impl Rem<Q> for Q {
    type Output = Q;
    fn rem(self, other: Q) -> Q {
        let whole = Q::from_integer((&self / &other).to_integer());
        &self - &(&whole * &other)
    }
}

impl Num for Q {
    type FromStrRadixErr = ParseRatioError;
    fn from_str_radix(text: &str, radix: u32) -> Result<Q, ParseRatioError> {
        BigRational::from_str_radix(text, radix).map(Q::big)
    }
}

impl Signed for Q {
    fn abs(&self) -> Q {
        self.abs()
    }
    fn abs_sub(&self, other: &Q) -> Q {
        let difference = self - other;
        if difference.is_negative() {
            Q::zero()
        } else {
            difference
        }
    }
    fn signum(&self) -> Q {
        Q::whole(self.sign())
    }
    fn is_positive(&self) -> bool {
        self.sign() > 0
    }
    fn is_negative(&self) -> bool {
        self.sign() < 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_and_big_numbers_agree_with_those_of_the_library() {
        let values = [
            0,
            1,
            -1,
            2,
            -3,
            7,
            1 << 31,
            -(1 << 32) + 1,
            i64::MAX,
            i64::MIN,
            i64::MIN + 1,
            i64::MAX - 1,
            6_469_693_230,
        ];
        let mut all = Vec::new();
        for above in values {
            for below in values.into_iter().filter(|b| *b != 0) {
                all.push((
                    Q::new(above.into(), below.into()),
                    BigRational::new(above.into(), below.into()),
                ));
            }
        }
        for (a, x) in &all {
            assert_eq!(a.to_big(), *x);
            assert_eq!((-a).to_big(), -x);
            assert_eq!(a.floor().to_big(), x.floor());
            assert_eq!(a.ceil().to_big(), x.ceil());
            assert_eq!(a.is_integer(), x.is_integer());
            for (b, y) in &all {
                assert_eq!((a + b).to_big(), x + y);
                assert_eq!((a - b).to_big(), x - y);
                assert_eq!((a * b).to_big(), x * y);
                assert_eq!(a.cmp(b), x.cmp(y));
                assert_eq!(a == b, x == y);
                assert_eq!(a + b - b, *a);
                if !y.is_zero() {
                    assert_eq!((a / b).to_big(), x / y);
                }
            }
        }
    }
}
