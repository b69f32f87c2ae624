//! Factors side by side, and which of them are functions with their arguments.

use super::Unreadable;
use super::chance::is_chance;
use super::known::{Known, inverse, is_function_letter, known, needs_bracket};
use super::name::Indexed;
use super::power::{is_minus_one, split_run};
use super::reader::{Doubt, Read, Reader};
use crate::meaning::name::{Peeled, canonical, label, literal, peel};
use crate::meaning::observe::is_bracket;
use crate::source::Span;
use crate::syntax::{Bracket, Kind, Name, Tree};
use crate::term::{Function, Node, Sort, TermId};
use crate::theory::matrices::Shape;

/// What a name in front of its argument is.
enum Callee {
    Known(Known),
    /// A declared, defined or unknown function; whether that is a guess.
    Named {
        guess: bool,
    },
    /// `M_X(t)`: the moment generating function.
    Generating,
}

/// As many names of functions may stand one behind the other.
const NESTED: usize = 32;

impl Reader<'_> {
    /// The product of factors side by side, functions applied to what follows them.
    pub(super) fn juxtaposition(&mut self, factors: &[Tree]) -> Read {
        let split;
        let factors = if factors.iter().any(|f| self.splits(f)) {
            split = self.split(factors);
            split.as_slice()
        } else {
            factors
        };
        self.product(factors)
    }

    fn product(&mut self, factors: &[Tree]) -> Read {
        let mut values = Vec::with_capacity(factors.len());
        let mut place = 0;
        while let Some(factor) = factors.get(place) {
            let rest = factors.get(place + 1..).unwrap_or(&[]);
            if let Kind::Derivative { body: None, by, .. } = &factor.kind {
                let body = self.product(rest)?;
                values.push(self.derivative_of(factor.span, body, by)?);
                break;
            }
            let (mut value, used) = match self.application(factor, rest)? {
                Some(applied) => applied,
                None => (self.term(factor)?, 0),
            };
            // `A 1`: the sums of the rows.
            if matches!(&factor.kind, Kind::Number(digits) if digits == "1")
                && values.last().is_some_and(|before| self.is_array(*before))
            {
                value = self.ones();
            }
            values.push(value);
            place += 1 + used;
        }
        Ok(self.store.mul(&values))
    }

    fn run_of<'t>(&self, tree: &'t Tree) -> Option<&'t Name> {
        let peeled = peel(tree)?;
        (peeled.below.is_empty() && !self.is_word(peeled.name)).then_some(peeled.name)
    }

    fn splits(&self, tree: &Tree) -> bool {
        self.run_of(tree).is_some()
    }

    fn split(&self, factors: &[Tree]) -> Vec<Tree> {
        let mut parts = Vec::new();
        for factor in factors {
            match self.run_of(factor) {
                Some(name) => parts.extend(split_run(factor, name)),
                None => parts.push(factor.clone()),
            }
        }
        parts
    }

    /// `1/2x`: read as (1/2)x; the other reading takes all that follows below the stroke.
    pub(super) fn slash(&mut self, span: Span, above: &Tree, below: &Tree) -> Read {
        let factors = match &below.kind {
            Kind::Juxtaposition(factors) => self.split(factors),
            _ => self.split(std::slice::from_ref(below)),
        };
        let numerator = self.term(above)?;
        let Some((first, rest)) = factors.split_first() else {
            return Err(Unreadable::new(below.span, "an expression is missing here"));
        };
        let (divisor, used) = match self.application(first, rest)? {
            Some(applied) => applied,
            None => (self.term(first)?, 0),
        };
        let after = rest.get(used..).unwrap_or(&[]);
        let (Some(next), Some(last)) = (after.first(), after.last()) else {
            return Ok(self.store.div(numerator, divisor));
        };
        let (a, b) = (
            self.slice(above.span),
            self.slice(Span::new(first.span.start, next.span.start)),
        );
        let tail = self.slice(next.span.to(last.span));
        let note = format!("read {} as ({a}/{b}) {tail}", self.slice(span));
        let (written, kept) = (format!("{a}/({b} {tail})"), format!("({a}/{b}) {tail}"));
        if self.guess(span, Doubt::Slash, note, written, kept) {
            let divisor = self.product(&factors)?;
            return Ok(self.store.div(numerator, divisor));
        }
        let quotient = self.store.div(numerator, divisor);
        let rest = self.product(after)?;
        Ok(self.store.mul(&[quotient, rest]))
    }

    /// A function with its arguments, and how many of the following factors it took.
    fn application(&mut self, factor: &Tree, rest: &[Tree]) -> Read<Option<(TermId, usize)>> {
        let next = rest.first();
        if let Some(next) = next
            && let Some(indicator) = self.indicator_before(factor, next)
        {
            return Ok(Some((indicator?, 1)));
        }
        let Some(peeled) = peel(factor) else {
            return Ok(None);
        };
        let bracket = next.is_some_and(is_bracket);
        let arguments = next.is_some_and(are_arguments);
        let callee = match self.callee(&peeled, bracket) {
            Some(callee) => callee,
            None if arguments && self.may_be_called(&peeled) => Callee::Named { guess: false },
            None => return Ok(None),
        };
        if let Callee::Named { guess: true } = callee
            && !arguments
        {
            let name = canonical(peeled.name);
            let after = next.map_or("", |n| self.slice(n.span));
            let note = format!("read {name} as a function");
            let written = format!("{name}·{after}");
            let kept = format!("let {name} be a function");
            let doubt = Doubt::FunctionLetter(name);
            if self.guess(factor.span, doubt, note, written, kept) {
                return Ok(None);
            }
        }
        if bracket && let Some(next) = next {
            return Ok(Some((self.applied(factor, &peeled, &callee, next)?, 1)));
        }
        let Callee::Known(function) = callee else {
            return Ok(None);
        };
        if self.is_called(rest)
            && rest
                .iter()
                .take(NESTED)
                .any(|factor| !self.is_name_of_function(factor))
            && let Some((first, behind)) = rest.split_first()
            && let Some((argument, used)) = self.application(first, behind)?
        {
            // `ln cos x`, `log f(x)`: the value of the function right behind.
            let value = self.apply_known(factor, &peeled, function, &[argument])?;
            return Ok(Some((value, used + 1)));
        }
        let used = self.implied_argument(rest);
        if used == 0 {
            return Err(Unreadable::new(
                factor.span,
                format!("an argument is expected behind {}", peeled.name.base),
            ));
        }
        let argument = self.product(rest.get(..used).unwrap_or(&[]))?;
        if let Some(after) = rest.get(used)
            && matches!(after.kind, Kind::Group(Bracket::Round, _))
            && is_letters(rest.get(..used).unwrap_or(&[]))
        {
            let name = self.slice(factor.span);
            let inside = rest
                .first()
                .map_or("", |first| self.slice(first.span.to(rest[used - 1].span)));
            let after_text = self.slice(after.span);
            let note =
                format!("read {name} {inside} {after_text} as {name}({inside}) · {after_text}");
            let written = format!("{name}({inside} {after_text})");
            let kept = format!("{name}({inside}) {after_text}");
            if self.guess(factor.span, Doubt::Argument, note, written, kept) {
                let argument = self.product(rest.get(..=used).unwrap_or(&[]))?;
                let value = self.apply_known(factor, &peeled, function, &[argument])?;
                return Ok(Some((value, used + 1)));
            }
        }
        let value = self.apply_known(factor, &peeled, function, &[argument])?;
        Ok(Some((value, used)))
    }

    /// How many of the factors an argument without brackets takes.
    fn implied_argument(&mut self, rest: &[Tree]) -> usize {
        let mut used = 0;
        for factor in rest {
            if used > 0 && self.is_called(rest.get(used..).unwrap_or(&[])) {
                return used;
            }
            let plain = match &factor.kind {
                Kind::Number(_) | Kind::Infinity => true,
                Kind::Superscript(base, _, _) if matches!(base.kind, Kind::Number(_)) => true,
                Kind::Factorial(base) => peel(base).is_some(),
                _ => peel(factor).is_some_and(|p| !self.is_function_name(&p)),
            };
            if plain {
                used += 1;
                continue;
            }
            // The one fraction, root, Σ, Π, ∫ or bracket that stands right behind the name.
            return used.max(1).min(if used > 0 || starts_argument(factor) {
                used.max(1)
            } else {
                0
            });
        }
        used
    }

    /// Whether the first of the factors is a function that the next ones are arguments of.
    fn is_called(&mut self, factors: &[Tree]) -> bool {
        let Some(peeled) = factors.first().and_then(peel) else {
            return false;
        };
        let bracket = factors.get(1).is_some_and(is_bracket);
        self.callee(&peeled, bracket).is_some()
    }

    fn is_name_of_function(&self, factor: &Tree) -> bool {
        peel(factor).is_some_and(|peeled| self.is_function_name(&peeled))
    }

    fn is_function_name(&self, peeled: &Peeled<'_>) -> bool {
        let name = canonical(peeled.name);
        !self.is_held(&name)
            && !self.scope.names.contains(&name)
            && known(&name).is_some_and(|f| !needs_bracket(f) || name.chars().count() > 1)
    }

    /// Whether a name before a list can be nothing but a function: nothing else is known of it.
    fn may_be_called(&mut self, peeled: &Peeled<'_>) -> bool {
        let name = canonical(peeled.name);
        let free = self.is_word(peeled.name)
            && !self.is_held(&name)
            && !self.scope.names.contains(&name)
            && !self.scope.observed.alone.contains(&name);
        if free {
            self.note(format!("read {name} as a function"));
        }
        free
    }

    /// A capital that stands nowhere but before brackets, and before several: it is a function as
    /// likely as a factor.
    fn is_only_called(&self, name: &str) -> bool {
        let capital = name.chars().all(char::is_uppercase) && name.chars().count() == 1;
        let observed = &self.scope.observed;
        capital
            && observed.brackets.get(name).is_some_and(|all| all.len() > 1)
            && !self.scope.names.contains(name)
    }

    fn callee(&mut self, peeled: &Peeled<'_>, bracket: bool) -> Option<Callee> {
        let mut name = canonical(peeled.name);
        if self.is_held(&name) {
            return None;
        }
        if bracket && let Some(function) = self.chance_letter(peeled) {
            return Some(function.map_or(Callee::Generating, Callee::Known));
        }
        for below in &peeled.below {
            if let Some(word) = label(below) {
                name.push('_');
                name.push_str(&word);
            }
        }
        if bracket && self.scope.is_function(&name) {
            return Some(Callee::Named { guess: false });
        }
        let symbol = self.store.symbol(&name);
        let observed = &self.scope.observed;
        let alone = observed.alone.contains(&name);
        let letter = is_function_letter(&name);
        if bracket
            && observed.called.contains(&name)
            && !self.scope.names.contains(&name)
            && (letter || !alone)
            && known(&name).is_none()
        {
            return Some(Callee::Named { guess: true });
        }
        if self.scope.names.contains(&name)
            && !matches!(self.scope.sort_of(symbol), Some(Sort::Function(_)))
        {
            return None;
        }
        if let Some(function) = known(&name) {
            if !needs_bracket(function) {
                return Some(Callee::Known(function));
            }
            if bracket && (!alone || name.chars().count() > 1) {
                return Some(Callee::Known(function));
            }
            return None;
        }
        if !bracket {
            return None;
        }
        let base = known(&canonical(peeled.name));
        if base.is_some() && !peeled.below.is_empty() {
            return Some(Callee::Named { guess: false });
        }
        let primed = self.scope.observed.primed.contains(&name);
        if (letter || primed || self.is_only_called(&name)) && !alone {
            return Some(Callee::Named { guess: true });
        }
        (peeled.name.base.chars().count() > 1 && !peeled.name.run)
            .then_some(Callee::Named { guess: false })
    }

    /// A function before a bracket; what stands raised behind the bracket belongs to the value.
    fn applied(
        &mut self,
        factor: &Tree,
        peeled: &Peeled<'_>,
        callee: &Callee,
        bracket: &Tree,
    ) -> Read {
        match &bracket.kind {
            Kind::Superscript(base, exponent, _) => {
                let value = self.applied(factor, peeled, callee, base)?;
                self.power(value, exponent)
            }
            Kind::Factorial(base) => {
                let value = self.applied(factor, peeled, callee, base)?;
                Ok(self.store.function(Function::Factorial, &[value]))
            }
            // `σ(z)_i`
            Kind::Subscript(base, index) => {
                let value = self.applied(factor, peeled, callee, base)?;
                if !self.is_array(value) {
                    return Err(Unreadable::beyond(
                        bracket.span,
                        "an index is read behind a name or a matrix only",
                    ));
                }
                let mut indices = Vec::new();
                for part in self.parts_of_index(index) {
                    indices.push(self.index_term(&part)?);
                }
                Ok(self.entry(value, &indices))
            }
            Kind::Group(_, inner) => match callee {
                Callee::Known(function) if is_chance(*function) => {
                    self.chance(factor, peeled, *function, inner)
                }
                Callee::Generating => self.generating(peeled, inner),
                Callee::Known(Known::Softmax) => self.softmax(peeled, inner),
                Callee::Known(
                    Known::Several(Function::Max, ..) | Known::Several(Function::Min, ..),
                ) if !peeled.below.is_empty() => Err(Unreadable::new(
                    factor.span,
                    "max over an index is read as max_(k=1)^n a_k",
                )),
                Callee::Known(function) => {
                    let arguments = self.arguments(inner)?;
                    self.apply_known(factor, peeled, *function, &arguments)
                }
                Callee::Named { .. } => self.apply_named(factor, peeled, inner),
            },
            _ => Err(Unreadable::new(
                bracket.span,
                "an argument is expected here",
            )),
        }
    }

    fn arguments(&mut self, inner: &Tree) -> Read<Vec<TermId>> {
        let parts: Vec<&Tree> = match &inner.kind {
            Kind::List(parts) => parts.iter().collect(),
            _ => vec![inner],
        };
        if let Some(part) = parts.iter().find(|p| matches!(p.kind, Kind::Chain(..))) {
            return Err(Unreadable::beyond(
                part.span,
                "an equation among arguments is read within P(…) only",
            ));
        }
        let outside = std::mem::replace(&mut self.index, false);
        let values: Read<Vec<TermId>> = parts.into_iter().map(|p| self.term(p)).collect();
        self.index = outside;
        values
    }

    /// A known function with its arguments, its primes and its powers.
    fn apply_known(
        &mut self,
        factor: &Tree,
        peeled: &Peeled<'_>,
        function: Known,
        arguments: &[TermId],
    ) -> Read {
        let inverted = peeled.above.iter().any(|(e, _)| is_minus_one(e));
        let mut value = self.plain_known(factor, peeled, function, arguments, inverted)?;
        if peeled.primes > 0 {
            let [argument] = arguments else {
                return Err(Unreadable::new(
                    factor.span,
                    "∂/∂x is expected: a function of several arguments has no ′",
                ));
            };
            let symbol = self.store.fresh_symbol("u");
            let variable = self.store.add_node(Node::Symbol(symbol));
            value = self.plain_known(factor, peeled, function, &[variable], inverted)?;
            for order in 1..=peeled.primes.min(20) {
                let at = if order == peeled.primes {
                    *argument
                } else {
                    variable
                };
                value = self.store.bind(symbol, &[value], |closed| {
                    Node::Derivative(0, closed.first().copied().unwrap_or(value), at)
                });
            }
        }
        for (exponent, _) in &peeled.above {
            if !is_minus_one(exponent) {
                value = self.power(value, exponent)?;
            } else if inverse_of(function).is_none() {
                let minus = self.store.integer(-1);
                value = self.store.pow(value, minus);
            }
        }
        Ok(value)
    }

    fn plain_known(
        &mut self,
        factor: &Tree,
        peeled: &Peeled<'_>,
        function: Known,
        arguments: &[TermId],
        inverted: bool,
    ) -> Read {
        let one = |arguments: &[TermId]| match arguments {
            [one] => Ok(*one),
            _ => Err(Unreadable::new(
                factor.span,
                format!("one argument is expected behind {}", peeled.name.base),
            )),
        };
        match function {
            Known::Elementary(Function::Log) if !peeled.below.is_empty() => {
                let argument = one(arguments)?;
                let mut base = None;
                for below in &peeled.below {
                    base = Some(self.term(below)?);
                }
                let base = base.unwrap_or(argument);
                if self.is_euler(base) {
                    return Ok(self.store.function(Function::Log, &[argument]));
                }
                Ok(self.store.function(Function::LogBase, &[base, argument]))
            }
            Known::Bracketed(Function::Variance) | Known::Several(Function::Covariance, ..)
                if arguments.len() <= 2 =>
            {
                let (Some(u), Some(v)) = (arguments.first(), arguments.last()) else {
                    return Err(Unreadable::new(factor.span, "an argument is expected here"));
                };
                Ok(self.covariance(*u, *v, arguments.len()))
            }
            Known::Elementary(f) | Known::Bracketed(f) => {
                let argument = one(arguments)?;
                let f = if inverted { inverse(f).unwrap_or(f) } else { f };
                Ok(self.store.function(f, &[argument]))
            }
            Known::Exponential => {
                let argument = one(arguments)?;
                Ok(self.store.exp(argument))
            }
            Known::Decadic => {
                let (ten, argument) = (self.store.integer(10), one(arguments)?);
                Ok(self.store.function(Function::LogBase, &[ten, argument]))
            }
            Known::Root(degree) => {
                let (degree, argument) = (self.store.integer(degree), one(arguments)?);
                Ok(self.root(degree, argument))
            }
            Known::Several(f, least, most) => {
                if arguments.len() < least || arguments.len() > most {
                    return Err(Unreadable::beyond(
                        factor.span,
                        format!("{least} arguments are expected behind {}", peeled.name.base),
                    ));
                }
                if f == Function::Root
                    && let [degree, argument] = arguments
                {
                    return Ok(self.root(*degree, *argument));
                }
                Ok(self.store.function(f, arguments))
            }
            Known::Softmax => self.opaque("softmax", arguments),
            Known::Deviation => {
                let argument = one(arguments)?;
                Ok(self.deviation(argument))
            }
            Known::Expectation => {
                let argument = one(arguments)?;
                Ok(self.store.function(Function::Expectation, &[argument]))
            }
            Known::Probability => {
                let argument = one(arguments)?;
                Ok(self.store.function(Function::Probability, &[argument]))
            }
        }
    }

    fn opaque(&mut self, name: &str, arguments: &[TermId]) -> Read {
        let symbol = self.store.symbol(name);
        let orders = vec![0; arguments.len()];
        Ok(self
            .store
            .add_node(Node::Call(symbol, orders.into(), arguments.into())))
    }

    /// A declared, defined or unknown function.
    pub(super) fn apply_named(&mut self, factor: &Tree, peeled: &Peeled<'_>, inner: &Tree) -> Read {
        // f(x ∣ y): another function than f(x, y), with the places behind the bar at its end.
        let (before, behind) = match &inner.kind {
            Kind::Given(before, behind) => (&**before, Some(&**behind)),
            _ => (inner, None),
        };
        let mut arguments = self.arguments(before)?;
        let mut given = String::new();
        if let Some(behind) = behind {
            let behind = self.arguments(behind)?;
            given = format!("|∣{}", behind.len());
            arguments.extend(behind);
        }
        let mut without = peeled.clone();
        // f⁽ⁿ⁾(x) is the n-th derivative, f⁻¹ the inverse; other raised letters are powers.
        let mut order = peeled.primes;
        let mut inverted = false;
        let mut powers = Vec::new();
        let upper = self.scope.upper.contains(&canonical(peeled.name));
        without.above.retain(|(exponent, surely)| {
            if let (true, Some(n)) = (*surely, literal(exponent))
                && let Ok(n) = u32::try_from(n)
            {
                order += n;
                return false;
            }
            if is_minus_one(exponent) && !upper {
                inverted = true;
                return false;
            }
            if !*surely && !upper {
                powers.push(*exponent);
                return false;
            }
            true
        });
        let indexed = self.indexed(&without)?;
        let indexed = Indexed {
            name: if inverted {
                format!("{}⁻¹", indexed.name)
            } else {
                indexed.name
            },
            ..indexed
        };
        let mut name = indexed.function();
        if name.contains('|') {
            given = given.replace('|', "");
        }
        name.push_str(&given);
        let symbol = self.store.symbol(&name);
        let mut all = indexed.indices();
        let mut orders = vec![0; all.len()];
        if order > 0 && arguments.len() != 1 {
            return Err(Unreadable::new(
                factor.span,
                "∂/∂x is expected: a function of several arguments has no ′",
            ));
        }
        orders.extend(arguments.iter().map(|_| order.min(20)));
        all.extend(arguments);
        let mut value = self
            .store
            .add_node(Node::Call(symbol, orders.into(), all.into()));
        for exponent in powers {
            value = self.power(value, exponent)?;
        }
        Ok(value)
    }

    /// The component of a family: softmax(z_1) beside z_1, z_2 is e^{z_1}/(e^{z_1} + e^{z_2}).
    fn softmax(&mut self, peeled: &Peeled<'_>, inner: &Tree) -> Read {
        let arguments = self.arguments(inner)?;
        if let [argument] = arguments.as_slice()
            && let Shape::Matrix(rows, columns) = self.shape(*argument)
            && columns == self.store.integer(1)
        {
            // e^z divided by the sum of its entries.
            let symbol = self.store.fresh_symbol("k");
            let place = self.store.add_node(Node::Symbol(symbol));
            let entry = self.store.function(Function::Entry, &[*argument, place]);
            let entry = self.store.exp(entry);
            let always = self.store.add_node(Node::Truth(true));
            let total = self.store.bind(symbol, &[entry], |closed| {
                let body = closed.first().copied().unwrap_or(entry);
                Node::Sum(0, body, columns, rows, always)
            });
            let minus = self.store.integer(-1);
            let below = self.store.pow(total, minus);
            let above = self.store.exp(*argument);
            return Ok(self.store.mul(&[below, above]));
        }
        if let [argument] = arguments.as_slice()
            && peeled.below.is_empty()
            && let Node::Member(family, indices) = self.store.node(*argument).clone()
            && let [index] = *indices
        {
            let name = self.store.name(family).to_owned();
            let members = self.scope.observed.members.get(&name);
            let known: Vec<i64> = members
                .map(|m| m.iter().copied().collect())
                .unwrap_or_default();
            let first = known.first().copied().unwrap_or(0);
            let gapless = (first..).zip(&known).all(|(a, b)| a == *b);
            let component = match self.store.node(index) {
                Node::Number(n) => n.to_i64(),
                _ => None,
            };
            if known.len() >= 2
                && gapless
                && matches!(first, 0 | 1)
                && let Some(component) = component
            {
                let place = self.store.integer(component - first + 1);
                let mut all = vec![place];
                let mut shown = Vec::new();
                for number in known {
                    shown.push(format!("{name}_{number}"));
                    let number = self.store.integer(number);
                    all.push(self.store.add_node(Node::Member(family, [number].into())));
                }
                self.note(format!("read softmax over {}", shown.join(", ")));
                return Ok(self.store.function(Function::Softmax, &all));
            }
        }
        self.opaque("softmax", &arguments)
    }
}

fn inverse_of(function: Known) -> Option<Function> {
    match function {
        Known::Elementary(f) => inverse(f),
        _ => None,
    }
}

/// `(x, y)`, `(x ∣ y)`: what can be nothing but arguments.
fn are_arguments(tree: &Tree) -> bool {
    match &tree.kind {
        Kind::Superscript(base, _, false) | Kind::Factorial(base) => are_arguments(base),
        Kind::Group(Bracket::Round, inner) => match &inner.kind {
            Kind::List(parts) => parts.iter().all(is_value),
            Kind::Given(before, behind) => is_value(before) && is_value(behind),
            _ => false,
        },
        _ => false,
    }
}

/// Whether a tree is a value or a list of values, and no statement or range.
fn is_value(tree: &Tree) -> bool {
    match &tree.kind {
        Kind::List(parts) => parts.iter().all(is_value),
        Kind::Chain(..) | Kind::Joined(..) | Kind::Ellipsis | Kind::Empty | Kind::Is(..) => false,
        _ => true,
    }
}

fn starts_argument(factor: &Tree) -> bool {
    matches!(
        factor.kind,
        Kind::Fraction(..)
            | Kind::Root(..)
            | Kind::Big { .. }
            | Kind::Integral { .. }
            | Kind::Group(..)
            | Kind::Binomial(..)
            | Kind::Matrix(_)
            | Kind::Boxed(_)
            | Kind::Underbrace(..)
            | Kind::Superscript(..)
            | Kind::Subscript(..)
    )
}

fn is_letters(factors: &[Tree]) -> bool {
    factors
        .iter()
        .all(|f| peel(f).is_some() || matches!(f.kind, Kind::Number(_)))
}
