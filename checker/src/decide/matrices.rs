//! Statements about vectors and matrices: identities, combinations of given equations, qualities.

use num_traits::{ToPrimitive, Zero};

use crate::kernel::checker::{Checker, unknown};
use crate::kernel::scope::Scope;
use crate::kernel::term::{Check, Head, Id, Q};
use crate::matrices::letter::Words;
use crate::matrices::polynomial::Value;
use crate::matrices::reduce::Rewrite;
use crate::wire::Node;

/// What is gone through for one claim.
struct Matrices<'w, 'a> {
    words: Words<'w, 'a>,
    /// Hypotheses in the order of the certificate.
    given: Vec<Id>,
    /// Whether the claim's terms are presumed to have values.
    step: bool,
}

impl Checker<'_> {
    /// A claim about vectors and matrices.
    pub(crate) fn matrices(
        &mut self,
        scope: &Scope,
        statement: Id,
        step: bool,
        proof: u32,
    ) -> Check<()> {
        self.at = proof;
        let node = self.terms.node(statement).clone();
        if node.head == Head::And {
            // Of a part no more is presumed than that its own terms have values.
            let Node::Decision { method, uses, .. } = self.node(proof)? else {
                return Err("a decision expected".to_owned());
            };
            if method != "each" || node.args.len() != uses.len() {
                return Err("a part without a proof".to_owned());
            }
            for (part, used) in node.args.into_iter().zip(uses) {
                if *used >= proof {
                    return Err("a node rests on a later one".to_owned());
                }
                self.matrices(scope, part, step, *used)?;
            }
            return Ok(());
        }
        let given = self.given.clone();
        let mut matrices = Matrices {
            words: Words::new(self, scope)?,
            given,
            step,
        };
        matrices.learn(statement)?;
        matrices.statement(statement, proof)
    }
}

impl Matrices<'_, '_> {
    /// Takes what the hypotheses say, and, of a step, that its terms have values.
    fn learn(&mut self, statement: Id) -> Check<()> {
        let mut open = self.given.clone();
        open.reverse();
        let mut told = Vec::new();
        while let Some(next) = open.pop() {
            let node = self.words.checker.terms.node(next).clone();
            match (&node.head, node.args.as_slice()) {
                (Head::And, parts) => open.extend(parts.iter().rev()),
                (Head::Has(quality), [matrix]) => {
                    if let Head::Symbol(symbol) = *self.words.checker.terms.head(*matrix) {
                        self.words.told.entry(symbol).or_default().learn(quality);
                    }
                    told.push((node.head.clone(), node.args.clone()));
                }
                (Head::Equal | Head::NotEqual | Head::Less | Head::LessEqual, [a, b]) => {
                    if node.head == Head::Equal {
                        for (a, b) in [(*a, *b), (*b, *a)] {
                            if let Some((symbol, quality)) = self.said(a, b) {
                                self.words.told.entry(symbol).or_default().learn(quality);
                            }
                            for symbol in self.inverses(a, b) {
                                let traits = self.words.told.entry(symbol).or_default();
                                traits.learn("invertible");
                            }
                        }
                    }
                    if node.head == Head::NotEqual {
                        for (vector, zero) in [(*a, *b), (*b, *a)] {
                            let terms = &self.words.checker.terms;
                            if let Head::Symbol(symbol) = *terms.head(vector)
                                && terms.value(zero).is_some_and(Zero::is_zero)
                                && self.words.checker.sizes.contains_key(&symbol)
                            {
                                self.words.told.entry(symbol).or_default().nonzero = true;
                            }
                        }
                    }
                    told.push((node.head.clone(), node.args.clone()));
                }
                _ => {}
            }
        }
        self.words.presumed = true;
        if self.step {
            let node = self.words.checker.terms.node(statement).clone();
            told.push((node.head, node.args));
        }
        let count = told.len();
        for (place, (head, args)) in told.into_iter().enumerate() {
            // Of the claim itself no more is known than that its terms have values.
            let holds = !self.step || place + 1 < count;
            for arg in &args {
                // What is not known to this theory says nothing here.
                let _ = self.words.spell(*arg);
            }
            match (&head, args.as_slice()) {
                (
                    Head::Has(quality @ ("invertible" | "positive-definite" | "orthogonal")),
                    [matrix],
                ) if holds => {
                    if let Ok(Value::Matrix(matrix)) = self.words.spell(*matrix) {
                        let _ = self.words.inverse(&matrix);
                        if *quality == "positive-definite" {
                            let _ = self.words.is_definite(&matrix);
                        }
                    }
                }
                (Head::NotEqual, [determinant, zero])
                    if holds
                        && self
                            .words
                            .checker
                            .terms
                            .value(*zero)
                            .is_some_and(Zero::is_zero) =>
                {
                    let node = self.words.checker.terms.node(*determinant).clone();
                    if let (Head::Function("determinant"), [matrix]) =
                        (&node.head, node.args.as_slice())
                        && let Ok(Value::Matrix(matrix)) = self.words.spell(*matrix)
                    {
                        let _ = self.words.inverse(&matrix);
                    }
                }
                _ => {}
            }
        }
        self.words.presumed = false;
        Ok(())
    }

    /// What an equation says of one letter: Aᵀ = A, Aᵀ = −A, QᵀQ = I for a square Q.
    fn said(&self, a: Id, b: Id) -> Option<(u32, &'static str)> {
        let terms = &self.words.checker.terms;
        let symbol = |t: Id| match terms.head(t) {
            Head::Symbol(symbol) => Some(*symbol),
            _ => None,
        };
        let flipped = |t: Id| match (terms.head(t), terms.args(t)) {
            (Head::Function("transpose"), [x]) => symbol(*x),
            _ => None,
        };
        let whole = |t: Id, n: i32| terms.value(t).is_some_and(|v| *v == Q::whole(n));
        if let Some(letter) = flipped(a) {
            return match (terms.head(b), terms.args(b)) {
                (Head::Symbol(other), _) if *other == letter => Some((letter, "symmetric")),
                (Head::Mul, [minus, x]) if whole(*minus, -1) && symbol(*x) == Some(letter) => {
                    Some((letter, "skew-symmetric"))
                }
                _ => None,
            };
        }
        let identity = *terms.head(b) == Head::Function("identity") && terms.args(b).is_empty();
        match (terms.head(a), terms.args(a)) {
            (Head::Mul, [x, y]) if identity => {
                let letter = symbol(*x).or(symbol(*y))?;
                let other = flipped(*x).or(flipped(*y))?;
                let (rows, columns) = self.words.checker.sizes.get(&letter)?;
                (letter == other && rows == columns).then_some((letter, "orthogonal"))
            }
            _ => None,
        }
    }

    /// Square matrices whose product is the identity are inverses of each other.
    fn inverses(&self, a: Id, b: Id) -> Vec<u32> {
        let terms = &self.words.checker.terms;
        let sizes = &self.words.checker.sizes;
        let square = |t: Id| match terms.head(t) {
            Head::Symbol(symbol) => sizes
                .get(symbol)
                .filter(|(rows, columns)| rows == columns)
                .map(|_| *symbol),
            _ => None,
        };
        let [x, y] = terms.args(a) else {
            return Vec::new();
        };
        let identity = *terms.head(b) == Head::Function("identity");
        match (terms.head(a), square(*x), square(*y)) {
            (Head::Mul, Some(x), Some(y)) if identity => vec![x, y],
            _ => Vec::new(),
        }
    }

    /// A side of an equation.
    fn value(&mut self, term: Id, presumed: bool) -> Check<Value> {
        self.words.presumed = presumed;
        let value = self.words.spell(term);
        self.words.presumed = false;
        value
    }

    /// The sides of a relation.
    fn sides(&self, statement: Id) -> Check<(Head, Id, Id)> {
        let node = self.words.checker.terms.node(statement);
        match node.args.as_slice() {
            [a, b] => Ok((node.head.clone(), *a, *b)),
            _ => Err("a relation expected".to_owned()),
        }
    }

    /// Checks a node that proves the statement.
    fn statement(&mut self, statement: Id, proof: u32) -> Check<()> {
        let Node::Decision {
            theory,
            method,
            statement: told,
            uses,
            witness,
        } = self.words.checker.node(proof)?
        else {
            return Err("a decision expected".to_owned());
        };
        if theory != "matrices" || self.words.checker.any(*told)? != statement {
            return Err("another statement was decided".to_owned());
        }
        if uses.iter().any(|used| *used >= proof) {
            return Err("a node rests on a later one".to_owned());
        }
        let mut equations = Vec::new();
        for used in uses {
            self.words.checker.at = *used;
            let equation = self.equation(*used)?;
            equations.push(equation);
        }
        self.words.checker.at = proof;
        let mut witness = witness.iter().copied();
        for _ in 0..self.whole(&mut witness)? {
            let left = self.next(&mut witness, false)?;
            let right = self.next(&mut witness, false)?;
            let difference = self.words.minus(&left, &right)?;
            self.vanishes(difference, &equations, &mut witness)?;
            equations.push((left, right));
        }
        let node = self.words.checker.terms.node(statement).clone();
        if let ("blocks", Head::Equal, [a, b], true) =
            (method.as_str(), &node.head, node.args.as_slice(), self.step)
        {
            self.words.presumed = true;
            let found = self.words.agree_by_blocks(*a, *b);
            self.words.presumed = false;
            if !found? || witness.next().is_some() {
                return Err(unknown("an equation between blocks"));
            }
            return Ok(());
        }
        let mut sides = Vec::new();
        for side in &node.args {
            sides.push(self.value(*side, self.step)?);
        }
        match (method.as_str(), &node.head, sides.as_slice()) {
            ("combination", Head::Equal, [a, b]) => {
                let difference = self.words.minus(a, b)?;
                self.vanishes(difference, &equations, &mut witness)?;
            }
            ("quality", Head::Has(quality), [matrix]) => {
                let rules = self.rules(&equations, &mut witness)?;
                let value = self.words.reduced(&rules, matrix)?;
                if !self.words.has(quality, &value, &rules)? {
                    return Err(format!("not known to be {quality}"));
                }
            }
            (
                "inequality",
                head @ (Head::Equal | Head::NotEqual | Head::Less | Head::LessEqual),
                [a, b],
            ) => {
                let (a, b) = (self.words.plain(a)?, self.words.plain(b)?);
                self.take(&mut witness)?;
                self.by_inner_products(head, a, b)?;
            }
            ("quadratic", Head::LessEqual, [a, b]) => {
                let (a, b) = (self.words.plain(a)?, self.words.plain(b)?);
                let difference = self.words.checker.terms.minus(b, a)?;
                let number = self.words.by_numbers(difference)?;
                let zero = self.words.zero;
                self.numbers(Head::LessEqual, zero, number)?;
            }
            ("square", Head::Equal, [a, b]) => {
                let Value::Matrix(difference) = self.words.minus(a, b)? else {
                    return Err("a matrix expected".to_owned());
                };
                let square = self.words.square_sum(&difference)?;
                self.take(&mut witness)?;
                let zero = self.words.zero;
                self.numbers(Head::Equal, square, zero)?;
            }
            ("numbers", Head::Equal | Head::NotEqual | Head::Less | Head::LessEqual, [_, _]) => {
                let rules = self.rules(&equations, &mut witness)?;
                let mut numbers = Vec::new();
                for side in &sides {
                    let value = self.words.reduced(&rules, side)?;
                    numbers.push(self.words.plain(&value)?);
                }
                let mut local = self.words.scope.clone();
                let checker = &mut *self.words.checker;
                let statement = checker.terms.add(node.head, numbers.clone())?;
                // The sides have values: that is presumed, or was shown.
                for side in numbers {
                    local.define(&mut checker.terms, side)?;
                }
                if !checker.decided(&local, statement)? {
                    return Err(unknown("a relation of numbers made of matrices"));
                }
            }
            _ => return Err(unknown(method)),
        }
        if witness.next().is_some() {
            return Err("a witness that is too long".to_owned());
        }
        Ok(())
    }

    /// Takes what given equations say: the witness holds hypotheses, and the row by which each is
    /// multiplied.
    fn take(&mut self, witness: &mut impl Iterator<Item = u32>) -> Check<()> {
        while let Some(place) = witness.next() {
            let place = self.whole(&mut std::iter::once(place))?;
            let factor = self.next(witness, false)?;
            let place = usize::try_from(place).map_err(|_| "a place expected")?;
            let hypothesis = self.given.get(place).copied();
            let (head, a, b) = self.sides(hypothesis.ok_or("no such hypothesis")?)?;
            if head != Head::Equal {
                return Err("an equation expected".to_owned());
            }
            let (a, b) = (self.value(a, true)?, self.value(b, true)?);
            self.words.take_multiple(&factor, &a, &b)?;
        }
        Ok(())
    }

    /// Whether a relation follows from the inequalities of Cauchy and Schwarz: mostly from that of
    /// one pair of vectors, else from all.
    fn by_inner_products(&mut self, head: &Head, a: Id, b: Id) -> Check<()> {
        let pairs = self.words.inner_products()?;
        if pairs.len() > 1 {
            let before = self.words.scope.clone();
            for pair in &pairs {
                self.assume(pair)?;
                let found = self.numbers(head.clone(), a, b);
                self.words.scope = before.clone();
                if found.is_ok() {
                    return Ok(());
                }
            }
        }
        self.assume(pairs.as_flattened())?;
        self.numbers(head.clone(), a, b)
    }

    fn assume(&mut self, facts: &[Id]) -> Check<()> {
        for fact in facts {
            self.words
                .scope
                .assume(&mut self.words.checker.terms, *fact)?;
        }
        Ok(())
    }

    /// Whether a relation of numbers follows from what is known of them. The sides have values:
    /// that is presumed, or was shown.
    fn numbers(&mut self, head: Head, a: Id, b: Id) -> Check<()> {
        let mut local = self.words.scope.clone();
        let checker = &mut *self.words.checker;
        let statement = checker.terms.add(head, vec![a, b])?;
        for side in [a, b] {
            local.define(&mut checker.terms, side)?;
        }
        if checker.decided(&local, statement)? {
            return Ok(());
        }
        Err(unknown("a relation of numbers made of matrices"))
    }

    /// Whether a difference vanishes less Σ L·(left − right)·R and after rewriting: the witness
    /// holds how many parts there are, for each the equation (−1 − its place: transposed), L and
    /// R, then how many equations rewrite, and which.
    fn vanishes(
        &mut self,
        difference: Value,
        equations: &[(Value, Value)],
        witness: &mut impl Iterator<Item = u32>,
    ) -> Check<()> {
        let mut rest = difference;
        for _ in 0..self.whole(witness)? {
            let which = self.whole(witness)?;
            let place = if which < 0 { -which - 1 } else { which };
            let place = usize::try_from(place).map_err(|_| "a place expected")?;
            let (a, b) = equations.get(place).cloned().ok_or("no such equation")?;
            let mut said = self.words.minus(&a, &b)?;
            if which < 0
                && let Value::Matrix(matrix) = &said
            {
                said = Value::Matrix(self.words.transposed(matrix)?);
            }
            let left = self.next(witness, false)?;
            let right = self.next(witness, false)?;
            let product = self.words.multiply(&left, &said)?;
            let product = self.words.multiply(&product, &right)?;
            rest = self.words.minus(&rest, &product)?;
        }
        if let Value::Matrix(matrix) = &rest {
            rest = Value::Matrix(self.words.clean(matrix)?);
        }
        let rules = self.rules(equations, witness)?;
        let rest = self.words.reduced(&rules, &rest)?;
        if self.words.is_nothing(&rest)? {
            return Ok(());
        }
        Err("the two sides differ by more than the equations say".to_owned())
    }

    /// The equations that rewrite: how many, and which.
    fn rules(
        &mut self,
        equations: &[(Value, Value)],
        witness: &mut impl Iterator<Item = u32>,
    ) -> Check<Vec<Rewrite>> {
        let mut rules = Vec::new();
        for _ in 0..self.whole(witness)? {
            let place = self.whole(witness)?;
            let place = usize::try_from(place).map_err(|_| "a place expected")?;
            let (left, right) = equations.get(place).cloned().ok_or("no such equation")?;
            rules.extend(self.words.rewrites(&left, &right)?);
        }
        Ok(rules)
    }

    /// The value of the next term of the witness.
    fn next(&mut self, witness: &mut impl Iterator<Item = u32>, presumed: bool) -> Check<Value> {
        let term = witness.next().ok_or("a witness that is too short")?;
        let term = self.words.checker.any(term)?;
        self.value(term, presumed)
    }

    /// The next whole number of the witness.
    fn whole(&mut self, witness: &mut impl Iterator<Item = u32>) -> Check<i64> {
        let term = witness.next().ok_or("a witness that is too short")?;
        self.words.checker.terms.spend(1)?;
        let terms = &self.words.checker.terms;
        let value = terms.value(self.words.checker.any(term)?);
        value
            .filter(|value| value.is_integer())
            .and_then(|value| value.to_integer().to_i64())
            .filter(|value| value.abs() < 100_000)
            .ok_or_else(|| "a number expected".to_owned())
    }

    /// P P⁻¹ = I or P⁻¹ P = I, where P is known to have an inverse. The witness is P, and 1 where
    /// the inverse stands first.
    fn inverse(&mut self, witness: &[u32]) -> Check<(Value, Value)> {
        let [matrix, first] = witness else {
            return Err("a matrix expected".to_owned());
        };
        let matrix = self.words.checker.any(*matrix)?;
        let first = self.words.checker.any(*first)?;
        let Value::Matrix(matrix) = self.value(matrix, false)? else {
            return Err("a matrix expected".to_owned());
        };
        let inverse = self.words.inverse(&matrix)?;
        let product = if first == self.words.one {
            self.words.product(&inverse, &matrix)?
        } else {
            self.words.product(&matrix, &inverse)?
        };
        Ok((Value::Matrix(product), Value::Identity(self.words.one)))
    }

    /// M Mᵗ = Mᵗ M, of a power.
    fn power(&mut self, witness: &[u32]) -> Check<(Value, Value)> {
        let [power] = witness else {
            return Err("a power expected".to_owned());
        };
        let power = self.words.checker.any(*power)?;
        let Value::Matrix(matrix) = self.value(power, false)? else {
            return Err("a power expected".to_owned());
        };
        match matrix.words.keys().next().map(Vec::as_slice) {
            Some([letter]) => self.words.commuting(letter.atom),
            _ => Err("a power expected".to_owned()),
        }
    }

    /// The sides of the equation that a node proves: a hypothesis, or one of an inverse.
    fn equation(&mut self, number: u32) -> Check<(Value, Value)> {
        match self.words.checker.node(number)? {
            Node::Line { links, .. } => {
                let [link] = links.as_slice() else {
                    return Err("one hypothesis expected".to_owned());
                };
                let Node::Hypothesis {
                    before,
                    after,
                    number: place,
                    forward,
                } = self.words.checker.node(*link)?
                else {
                    return Err("a hypothesis expected".to_owned());
                };
                let before = self.words.checker.any(*before)?;
                let after = self.words.checker.any(*after)?;
                let hypothesis = self.given.get(*place as usize).copied();
                let (head, a, b) = self.sides(hypothesis.ok_or("no such hypothesis")?)?;
                let sides = if *forward { (a, b) } else { (b, a) };
                if head != Head::Equal || sides != (before, after) {
                    return Err("the hypothesis says something else".to_owned());
                }
                Ok((self.value(before, true)?, self.value(after, true)?))
            }
            Node::Decision {
                theory,
                method,
                witness,
                ..
            } if theory == "matrices" => match method.as_str() {
                "inverse" => self.inverse(witness),
                "power" => self.power(witness),
                other => Err(unknown(other)),
            },
            _ => Err("an equation expected".to_owned()),
        }
    }
}
