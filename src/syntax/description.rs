//! What words say of random variables and events (`X_i iid with mean μ and variance σ²`, `A and B
//! are disjoint events`), said again as entries of the context.

/// Words and what they are here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Clue {
    /// They say nothing more.
    Filler,
    /// A property that the context knows by this word.
    Property(&'static str),
    /// What stands behind is the value of that.
    Value(What),
    /// That value is this number.
    Fixed(What, &'static str),
    /// A distribution by name.
    Law(&'static str),
    Uncorrelated,
    Disjoint,
    Partition,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Mean,
    Variance,
    Deviation,
    Second,
    Parameter,
    Rate,
    Interval,
}

/// Longer phrases stand before those that they begin with.
const PHRASES: &[(&str, Clue)] = &[
    (
        "independent and identically distributed",
        Clue::Property("iid"),
    ),
    (
        "identically and independently distributed",
        Clue::Property("iid"),
    ),
    (
        "independent, identically distributed",
        Clue::Property("iid"),
    ),
    ("independent identically distributed", Clue::Property("iid")),
    ("identically distributed", Clue::Filler),
    ("mutually independent", Clue::Property("independent")),
    ("jointly independent", Clue::Property("independent")),
    ("statistically independent", Clue::Property("independent")),
    ("independent", Clue::Property("independent")),
    ("independently", Clue::Property("independent")),
    ("i.i.d.", Clue::Property("iid")),
    ("i.i.d", Clue::Property("iid")),
    ("iid", Clue::Property("iid")),
    ("pairwise uncorrelated", Clue::Uncorrelated),
    ("mutually uncorrelated", Clue::Uncorrelated),
    ("uncorrelated", Clue::Uncorrelated),
    ("mutually exclusive", Clue::Disjoint),
    ("pairwise disjoint", Clue::Disjoint),
    ("disjoint", Clue::Disjoint),
    ("partition of the sample space", Clue::Partition),
    ("partition", Clue::Partition),
    ("real-valued random variables", Clue::Property("random")),
    ("real-valued random variable", Clue::Property("random")),
    ("real random variables", Clue::Property("random")),
    ("real random variable", Clue::Property("random")),
    ("random variables", Clue::Property("random")),
    ("random variable", Clue::Property("random")),
    ("random noise", Clue::Property("random")),
    ("random sample", Clue::Property("iid")),
    ("random", Clue::Property("random")),
    ("noise", Clue::Property("random")),
    ("events", Clue::Property("events")),
    ("event", Clue::Property("events")),
    ("zero mean", Clue::Fixed(What::Mean, "0")),
    ("zero-mean", Clue::Fixed(What::Mean, "0")),
    ("mean zero", Clue::Fixed(What::Mean, "0")),
    ("mean-zero", Clue::Fixed(What::Mean, "0")),
    ("zero expectation", Clue::Fixed(What::Mean, "0")),
    ("centered", Clue::Fixed(What::Mean, "0")),
    ("centred", Clue::Fixed(What::Mean, "0")),
    ("unit variance", Clue::Fixed(What::Variance, "1")),
    ("variance one", Clue::Fixed(What::Variance, "1")),
    ("unit mean", Clue::Fixed(What::Mean, "1")),
    ("standard normally distributed", Clue::Law("standard")),
    ("standard normal", Clue::Law("standard")),
    ("standard Gaussian", Clue::Law("standard")),
    ("normally distributed", Clue::Law("N")),
    ("normal", Clue::Law("N")),
    ("Gaussian", Clue::Law("N")),
    ("Poisson distributed", Clue::Law("Poisson")),
    ("Poisson", Clue::Law("Poisson")),
    ("exponentially distributed", Clue::Law("Exponential")),
    ("exponential", Clue::Law("Exponential")),
    ("Exponential", Clue::Law("Exponential")),
    ("Bernoulli", Clue::Law("Bernoulli")),
    ("binomial", Clue::Law("Binomial")),
    ("Binomial", Clue::Law("Binomial")),
    ("geometric", Clue::Law("Geometric")),
    ("Geometric", Clue::Law("Geometric")),
    ("uniformly distributed", Clue::Law("Uniform")),
    ("uniform", Clue::Law("Uniform")),
    ("Uniform", Clue::Law("Uniform")),
    ("standard deviation", Clue::Value(What::Deviation)),
    ("second moment", Clue::Value(What::Second)),
    ("expected value", Clue::Value(What::Mean)),
    ("expectation", Clue::Value(What::Mean)),
    ("mean", Clue::Value(What::Mean)),
    ("variance", Clue::Value(What::Variance)),
    ("success probability", Clue::Value(What::Parameter)),
    ("probability of success", Clue::Value(What::Parameter)),
    ("parameters", Clue::Value(What::Parameter)),
    ("parameter", Clue::Value(What::Parameter)),
    ("probability", Clue::Value(What::Parameter)),
    ("rate", Clue::Value(What::Rate)),
    ("intensity", Clue::Value(What::Rate)),
    ("on", Clue::Value(What::Interval)),
    ("over", Clue::Value(What::Interval)),
    ("distribution", Clue::Filler),
    ("distributed", Clue::Filler),
    ("variables", Clue::Filler),
    ("variable", Clue::Filler),
    ("common", Clue::Filler),
    ("finite", Clue::Filler),
    ("known", Clue::Filler),
    ("same", Clue::Filler),
    ("equal", Clue::Filler),
    ("form", Clue::Filler),
    ("forms", Clue::Filler),
    ("follow", Clue::Filler),
    ("follows", Clue::Filler),
    ("have", Clue::Filler),
    ("has", Clue::Filler),
    ("having", Clue::Filler),
    ("with", Clue::Filler),
    ("and", Clue::Filler),
    ("each", Clue::Filler),
    ("both", Clue::Filler),
    ("all", Clue::Filler),
    ("are", Clue::Filler),
    ("is", Clue::Filler),
    ("be", Clue::Filler),
    ("two", Clue::Filler),
    ("three", Clue::Filler),
    ("some", Clue::Filler),
    ("such that", Clue::Filler),
    ("satisfying", Clue::Filler),
    ("the", Clue::Filler),
    ("an", Clue::Filler),
    ("a", Clue::Filler),
];

/// Phrases that end a value.
const STOPS: [&str; 6] = ["and", "with", "where", "such that", "for", "respectively"];

/// What is said of the names.
#[derive(Debug, Default)]
struct Said {
    properties: Vec<&'static str>,
    values: Vec<(What, String)>,
    law: Option<&'static str>,
    uncorrelated: bool,
    disjoint: bool,
    partition: bool,
    statements: Vec<String>,
}

/// The description as entries of the context with semicolons between them; `None` where it is not
/// of that form, or says no more than properties that the context knows by themselves.
pub(super) fn described(piece: &str) -> Option<String> {
    let piece = piece.trim_end_matches(['.', ' ']);
    if let Some(law) = super::law::written(piece)
        && let Some(entries) = conditional_law(&law)
    {
        return Some(entries);
    }
    if let Some(law) = super::law::written(piece)
        && has_dots(law.names)
    {
        let behind = piece.get(law.names.len()..)?;
        return Some(format!("{} {}", names(law.names)?.join(", "), behind));
    }
    for (at, c) in piece.char_indices() {
        if !(c.is_whitespace() || c == ',') {
            continue;
        }
        let (before, behind) = (piece.get(..at)?, piece.get(at..)?);
        let start = behind.trim_start_matches([' ', ',', '\n', '\t']);
        if phrase(start).is_none() || opens_with_name(start) {
            continue;
        }
        let said = said(start)?;
        let before = before.trim_end_matches([' ', ',']);
        let before = [" a", " an", " the"]
            .iter()
            .find_map(|word| before.strip_suffix(word))
            .unwrap_or(before);
        let names = names(before)?;
        return written(&names, &said, before);
    }
    None
}

/// What a clause of a sentence says of chance, as entries of the context; `None` where it is no
/// such clause, or not wholly understood.
#[must_use]
pub fn premise(clause: &str) -> Option<String> {
    let clause = clause.trim().trim_end_matches(['.', ',', ':', ' ']);
    if let Some(entries) = described(clause) {
        return Some(entries);
    }
    for (at, c) in clause.char_indices() {
        if !c.is_whitespace() {
            continue;
        }
        let start = clause.get(at..)?.trim_start();
        if phrase(start).is_none() || opens_with_name(start) {
            continue;
        }
        let said = said(start)?;
        let names = names(clause.get(..at)?)?;
        let plain = ["random", "independent", "iid", "events"];
        let words: Vec<&str> = said.properties.clone();
        let fine = !words.is_empty() && words.iter().all(|word| plain.contains(word));
        return fine.then(|| {
            let random = if words.contains(&"events") {
                ""
            } else {
                "random, "
            };
            format!("{} {random}{}", names.join(", "), words.join(", "))
        });
    }
    // A law, with what its parameters are.
    if let Some((law, more)) = clause.split_once(" with ")
        && is_statement(more)
        && !is_wordy(more)
        && let Some(law) = premise(law)
    {
        let more: Vec<&str> = more.split(" and ").map(str::trim).collect();
        return Some(format!("{law}; {}", more.join("; ")));
    }
    // A law by itself.
    let written = super::law::written(clause)?;
    let names = written.names.trim();
    let wordy = names.split_whitespace().count() > 1 && !names.contains([',', '\\']);
    (!wordy && !written.distribution.is_empty()).then(|| clause.to_owned())
}

/// `X | Y ~ N(Y, 1)`: its conditional mean and variance. Other things that it says are not used, so
/// nothing is refuted by it.
fn conditional_law(law: &super::law::Written<'_>) -> Option<String> {
    let (x, y) = ["∣", "\\mid", "\\vert", "|"]
        .iter()
        .find_map(|bar| law.names.split_once(bar))?;
    let (x, y) = (x.trim(), y.trim());
    if x.is_empty() || y.is_empty() || y.contains(['=', ',']) || x.contains(',') {
        return None;
    }
    let parameters: Vec<&str> = law.parameters.iter().map(|(_, text)| text.trim()).collect();
    let (mean, variance) = match (law.distribution.as_str(), parameters.as_slice()) {
        ("N" | "Normal" | "normal" | "Gaussian", [m, v]) => ((*m).to_owned(), (*v).to_owned()),
        ("Poisson" | "Pois" | "Po" | "Poi", [l]) => ((*l).to_owned(), (*l).to_owned()),
        ("Bernoulli" | "Ber" | "Bern", [p]) => ((*p).to_owned(), format!("({p})*(1 - ({p}))")),
        ("Binomial" | "Bin" | "B", [n, p]) => {
            (format!("({n})*({p})"), format!("({n})*({p})*(1 - ({p}))"))
        }
        ("Exponential" | "Exp", [l]) => (format!("1/({l})"), format!("1/({l})^2")),
        ("Uniform" | "Unif" | "U", [a, b]) => (
            format!("(({a}) + ({b}))/2"),
            format!("(({b}) - ({a}))^2/12"),
        ),
        _ => return None,
    };
    Some(format!(
        "{x}, {y} random; {x} presumed; E[{x}∣{y}] = {mean}; Var({x}∣{y}) = {variance}"
    ))
}

/// `a` and `and` before maths are names or join names.
fn opens_with_name(text: &str) -> bool {
    matches!(phrase(text), Some(("a" | "and" | "an" | "the" | "on", _)))
}

/// The phrase with which the text begins.
fn phrase(text: &str) -> Option<(&'static str, Clue)> {
    PHRASES
        .iter()
        .find(|(words, _)| begins(text, words))
        .copied()
}

fn begins(text: &str, words: &str) -> bool {
    text.get(..words.len()) == Some(words)
        && text
            .get(words.len()..)
            .and_then(|rest| rest.chars().next())
            .is_none_or(|c| !(c.is_alphanumeric() || matches!(c, '_' | '^' | '-' | '(' | '[')))
}

/// All that the words say, if they say nothing else.
fn said(text: &str) -> Option<Said> {
    let mut said = Said::default();
    let mut rest = text;
    let mut count = 0;
    loop {
        rest = rest.trim_start_matches([' ', ',', '\n', '\t', ';']);
        count += 1;
        if rest.is_empty() {
            return Some(said);
        }
        if count > 60 {
            return None;
        }
        let Some((words, clue)) = phrase(rest) else {
            // `with E[X] = μ`
            let (statement, behind) = value(rest);
            if !is_statement(statement) || is_wordy(statement) {
                return None;
            }
            said.statements.push(statement.to_owned());
            rest = behind;
            continue;
        };
        rest = rest.get(words.len()..)?;
        match clue {
            Clue::Filler => {}
            Clue::Property(word) => said.properties.push(word),
            Clue::Fixed(what, number) => said.values.push((what, number.to_owned())),
            Clue::Law(name) => {
                if said.law.replace(name).is_some() {
                    return None;
                }
            }
            Clue::Uncorrelated => said.uncorrelated = true,
            Clue::Disjoint => said.disjoint = true,
            Clue::Partition => said.partition = true,
            Clue::Value(what) => {
                // `the mean of …`, `mean and variance` say nothing that is read here.
                let (text, behind) = value(rest.trim_start());
                if text.is_empty()
                    || is_wordy(text)
                    || phrase(text).is_some_and(|(w, _)| w.len() > 1)
                {
                    return None;
                }
                said.values.push((what, text.to_owned()));
                rest = behind;
                if words == "parameters" {
                    let next = rest.trim_start_matches([' ', ',']);
                    let next = next.strip_prefix("and ").unwrap_or(next);
                    let (text, behind) = value(next.trim_start());
                    if text.is_empty() {
                        return None;
                    }
                    said.values.push((what, text.to_owned()));
                    rest = behind;
                }
            }
        }
    }
}

/// What stands before the next comma or joining word, and what is behind it.
fn value(text: &str) -> (&str, &str) {
    let mut depth = 0_i32;
    let mut word_start = true;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' | ';' if depth <= 0 => return (cut(text, at), rest(text, at)),
            _ => {}
        }
        let here = text.get(at..).unwrap_or("");
        if depth <= 0 && word_start && at > 0 && STOPS.iter().any(|stop| begins(here, stop)) {
            return (cut(text, at), here);
        }
        word_start = c.is_whitespace();
    }
    (text.trim(), "")
}

fn cut(text: &str, at: usize) -> &str {
    text.get(..at).unwrap_or("").trim()
}

fn rest(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or("")
}

fn is_statement(text: &str) -> bool {
    let mut depth = 0_i32;
    for c in text.chars() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            '=' | '<' | '>' | '≤' | '≥' | '≠' | '∈' if depth <= 0 => return true,
            _ => {}
        }
    }
    ["\\le", "\\ge", "\\ne", "\\in ", "\\lt", "\\gt"]
        .iter()
        .any(|sign| text.contains(sign))
}

/// Words of plain text that are letters' names.
const LETTERS: [&str; 14] = [
    "alpha", "beta", "gamma", "delta", "epsilon", "eps", "theta", "lambda", "lam", "sigma", "tau",
    "exp", "log", "sqrt",
];

/// Whether a value is written in words.
fn is_wordy(text: &str) -> bool {
    let mut before = ' ';
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_ascii_lowercase() {
            if start.is_none() && !(before == '\\' || before.is_alphanumeric() || before == '{') {
                start = Some(at);
            }
        } else if let Some(from) = start.take() {
            let word = text.get(from..at).unwrap_or("");
            if word.len() >= 3 && !c.is_alphanumeric() && !LETTERS.contains(&word) {
                return true;
            }
        }
        before = c;
    }
    false
}

/// The names, members that run from 1 on as one family.
fn names(text: &str) -> Option<Vec<String>> {
    let mut parts: Vec<String> = Vec::new();
    let (mut depth, mut start) = (0_i32, 0);
    let joined = text
        .replace("\\text{ and }", ",")
        .replace(" and ", " , ")
        .replace(" & ", " , ");
    for (at, c) in joined.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth <= 0 => {
                parts.push(joined.get(start..at)?.trim().to_owned());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(joined.get(start..)?.trim().to_owned());
    parts.retain(|p| !p.is_empty());
    let wordy = |part: &String| {
        is_wordy(part) || !part.contains(['\\', '{']) && part.contains(char::is_whitespace)
    };
    if parts
        .iter()
        .any(|part| wordy(part) && super::law::written(part).is_none())
    {
        return None;
    }
    let dots = |part: &String| {
        matches!(
            part.as_str(),
            "…" | "..." | "\\dots" | "\\ldots" | "\\cdots" | "⋯" | "\\dotsc"
        )
    };
    if parts.iter().any(dots) {
        let first = parts.first()?;
        let base = ["_1", "_{1}", "_0", "_{0}", "₁", "₀"]
            .iter()
            .find_map(|index| first.strip_suffix(index))?;
        let last = parts.last().filter(|part| part.starts_with(base))?;
        let member = match super::law::written(last) {
            Some(law) => format!("{base}_i {}", last.get(law.names.len()..)?),
            None => format!("{base}_i"),
        };
        return (parts.len() <= 5).then(|| vec![member]);
    }
    // In `X, Y ∼ N(0, 1)` the law is that of all names before it.
    let mut law: Option<String> = None;
    for part in parts.iter_mut().rev() {
        match super::law::written(part) {
            Some(written) => law = Some(part.get(written.names.len()..)?.to_owned()),
            None => {
                if let Some(law) = &law {
                    part.push(' ');
                    part.push_str(law);
                }
            }
        }
    }
    (!parts.is_empty() && parts.len() <= 12).then_some(parts)
}

fn has_dots(names: &str) -> bool {
    names.contains('…') || names.contains("...") || names.contains("dots")
}

/// The entries.
fn written(names: &[String], said: &Said, before: &str) -> Option<String> {
    let dots = has_dots(before);
    let more = !said.values.is_empty()
        || said.law.is_some()
        || said.uncorrelated
        || said.disjoint
        || said.partition
        || !said.statements.is_empty()
        || names.iter().any(|name| super::law::written(name).is_some())
        || dots && !said.properties.is_empty();
    let alone = said.uncorrelated
        && names.len() == 1
        && said.properties.is_empty()
        && said.values.is_empty()
        && said.statements.is_empty()
        && said.law.is_none()
        && !dots;
    if !more || alone {
        return None;
    }
    let mut out: Vec<String> = Vec::new();
    // `X ∼ N(μ, σ²) and Y ∼ N(0, 1) be independent`
    let mut plain = Vec::with_capacity(names.len());
    for name in names {
        match super::law::written(name) {
            Some(law) => {
                out.push(name.clone());
                plain.push(law.names.trim().to_owned());
            }
            None => plain.push(name.clone()),
        }
    }
    let names = plain.as_slice();
    let all = names.join(", ");
    let independent = said
        .properties
        .iter()
        .any(|p| matches!(*p, "iid" | "independent"));
    let events = said.properties.contains(&"events") || said.disjoint || said.partition;
    if events {
        out.push(format!("{all} events"));
        if independent {
            out.push(format!("{all} independent"));
        }
        if !said.values.is_empty() || said.law.is_some() || said.uncorrelated {
            return None;
        }
    } else {
        let chance = !said.values.is_empty()
            || said.law.is_some()
            || said.uncorrelated
            || !out.is_empty()
            || !said.properties.is_empty();
        if !chance {
            return None;
        }
        out.push(format!("{all} random"));
        if independent && said.law.is_none() {
            out.push(format!("{all} independent"));
        }
    }
    let value = |what: What| {
        let mut found = said.values.iter().filter(|(w, _)| *w == what);
        found.next().map(|(_, text)| text.as_str())
    };
    let both = |a: What, b: What| value(a).or_else(|| value(b));
    let variance = match (value(What::Variance), value(What::Deviation)) {
        (Some(v), _) => Some(v.to_owned()),
        (None, Some(s)) => Some(format!("({s})^2")),
        (None, None) => None,
    };
    if let Some(s) = value(What::Deviation) {
        out.push(format!("0 <= {s}"));
    }
    match said.law {
        Some(law) => {
            let parameters = match law {
                "standard" => "0, 1".to_owned(),
                "N" => format!("{}, {}", value(What::Mean)?, variance?),
                "Poisson" => both(What::Parameter, What::Rate)
                    .or_else(|| value(What::Mean))?
                    .to_owned(),
                "Exponential" => match both(What::Rate, What::Parameter) {
                    Some(rate) => rate.to_owned(),
                    None => format!("1/({})", value(What::Mean)?),
                },
                "Bernoulli" | "Geometric" => value(What::Parameter)?.to_owned(),
                "Uniform" => {
                    let interval = value(What::Interval)?;
                    let inside = interval
                        .trim_start_matches("\\left")
                        .trim_start_matches(['(', '[']);
                    let inside = inside.trim_end_matches([')', ']']);
                    inside.trim_end_matches("\\right").to_owned()
                }
                _ => {
                    let mut found = said.values.iter().filter(|(w, _)| *w == What::Parameter);
                    let (n, p) = (found.next()?, found.next()?);
                    format!("{}, {}", n.1, p.1)
                }
            };
            let law = if law == "standard" { "N" } else { law };
            let iid = if independent { " iid" } else { "" };
            out.push(format!("{all} ~ {law}({parameters}){iid}"));
        }
        None => {
            let strange = [What::Parameter, What::Rate, What::Interval];
            if said.values.iter().any(|(what, _)| strange.contains(what)) {
                return None;
            }
            for name in names {
                if let Some(mean) = value(What::Mean) {
                    out.push(format!("E[{name}] = {mean}"));
                }
                if let Some(variance) = &variance {
                    out.push(format!("Var({name}) = {variance}"));
                }
                if let Some(second) = value(What::Second) {
                    out.push(format!("E[({name})^2] = {second}"));
                }
            }
        }
    }
    if said.uncorrelated {
        match names {
            [family] => out.push(format!("{family} uncorrelated")),
            _ => pairs(names, |a, b| out.push(format!("Cov({a}, {b}) = 0"))),
        }
    }
    if said.disjoint {
        if names.len() < 2 {
            return None;
        }
        pairs(names, |a, b| out.push(format!("P({a} ∩ {b}) = 0")));
        for (place, a) in names.iter().enumerate() {
            let others = names.get(place + 1..).unwrap_or(&[]);
            pairs(others, |b, c| out.push(format!("P({a} ∩ {b} ∩ {c}) = 0")));
        }
    }
    if said.partition {
        if names.len() < 2 {
            return None;
        }
        let all: Vec<String> = names.iter().map(|n| format!("1_{{{n}}}")).collect();
        out.push(format!("{} = 1", all.join(" + ")));
    }
    out.extend(said.statements.iter().cloned());
    Some(out.join("; "))
}

fn pairs(names: &[String], mut each: impl FnMut(&str, &str)) {
    for (place, a) in names.iter().enumerate() {
        for b in names.get(place + 1..).unwrap_or(&[]) {
            each(a, b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::described;

    #[test]
    fn means_variances_and_laws_in_words_become_entries() {
        for (words, entries) in [
            (
                "X_i iid with mean μ and variance σ^2",
                "X_i random; X_i independent; E[X_i] = μ; Var(X_i) = σ^2",
            ),
            (
                "X_1, …, X_n are i.i.d. with zero mean, unit variance",
                "X_i random; X_i independent; E[X_i] = 0; Var(X_i) = 1",
            ),
            ("Z standard normal", "Z random; Z ~ N(0, 1)"),
            (
                "X is normally distributed with mean m and standard deviation s",
                "X random; 0 <= s; X ~ N(m, (s)^2)",
            ),
            ("X and Y are uncorrelated", "X, Y random; Cov(X, Y) = 0"),
            (
                "X is a Bernoulli random variable with success probability p",
                "X random; X ~ Bernoulli(p)",
            ),
            ("U uniform on [0, 1]", "U random; U ~ Uniform(0, 1)"),
        ] {
            assert_eq!(described(words).as_deref(), Some(entries), "{words}");
        }
    }

    #[test]
    fn what_is_not_wholly_understood_is_left_alone() {
        for words in [
            "X random",
            "X, Y random, independent",
            "X has mean and variance",
            "X is not independent of Y with mean μ",
            "the mean is μ unless X = 2",
            "X with mean larger than we thought it was",
            "a = b",
        ] {
            assert_eq!(described(words), None, "{words}");
        }
    }
}
