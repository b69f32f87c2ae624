//! What words say of random variables and events (`X_i iid with mean μ and variance σ²`, `A and B
//! are disjoint events`), said again as entries of the context.

use super::clue::{Clue, STOPS, What, begins, phrase};

/// What is said of the names.
#[derive(Debug, Default)]
struct Said {
    properties: Vec<&'static str>,
    values: Vec<(What, String)>,
    law: Option<&'static str>,
    uncorrelated: bool,
    disjoint: bool,
    partition: bool,
    exhaustive: bool,
    from: Option<String>,
    copies: Option<String>,
    statements: Vec<String>,
}

/// The description as entries of the context with semicolons between them; `None` where it is not
/// of that form, or says no more than properties that the context knows by themselves.
pub(super) fn described(piece: &str) -> Option<String> {
    let piece = piece.trim_end_matches(['.', ' ']);
    if let Some(entries) = conditionally(piece) {
        return Some(entries);
    }
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

/// `f be a convex function`, `f: ℝ → ℝ be even`: what the context knows of functions.
fn function_in_words(clause: &str) -> Option<String> {
    const SHAPES: [&str; 4] = ["convex", "concave", "even", "odd"];
    const PLAIN: [&str; 12] = [
        "a",
        "an",
        "be",
        "is",
        "smooth",
        "differentiable",
        "continuous",
        "real",
        "real-valued",
        "function",
        "twice",
        "continuously",
    ];
    let start = [" be ", " is "]
        .iter()
        .filter_map(|verb| clause.find(verb))
        .min()?;
    let (name, words) = (clause.get(..start)?.trim(), clause.get(start..)?);
    let words: Vec<&str> = words.split_whitespace().collect();
    let known = |word: &&str| SHAPES.contains(word) || PLAIN.contains(word);
    let declared = name.contains(':') && ["→", "\\to"].iter().any(|sign| name.contains(sign));
    let letter = name.chars().count() == 1 && name.chars().all(char::is_alphabetic);
    let shapes: Vec<&str> = words
        .iter()
        .copied()
        .filter(|w| SHAPES.contains(w))
        .collect();
    let fine = words.iter().all(known)
        && (declared && !shapes.is_empty() || letter && words.contains(&"function"));
    if !fine {
        return None;
    }
    if declared {
        return Some(format!("{name} {}", shapes.join(" and ")));
    }
    let mut said = format!("{name} function");
    for shape in shapes {
        said.push_str(&format!("; {name} {shape}"));
    }
    Some(said)
}

/// `A ⊆ B` of events, and `A and B are conditionally independent given C`, which must be events.
fn conditionally(piece: &str) -> Option<String> {
    let bare = |name: &str| {
        let name = name.trim();
        let mut chars = name.chars();
        let fine = chars.next().is_some_and(|c| c.is_ascii_uppercase());
        (fine
            && chars
                .as_str()
                .chars()
                .all(|c| c == '_' || c.is_ascii_alphanumeric()))
        .then(|| name.to_owned())
    };
    for sign in ["⊆", "⊂", "\\subseteq ", "\\subset "] {
        if let Some((a, b)) = piece.split_once(sign) {
            let (a, b) = (bare(a)?, bare(b)?);
            return Some(format!(
                "{a}, {b} events; P({a} ∩ not {b}) = 0; 1_{{{a}}} <= 1_{{{b}}}"
            ));
        }
    }
    let (subjects, given) = ["conditionally independent given", "independent given"]
        .iter()
        .find_map(|words| piece.split_once(words))?;
    let subjects = subjects
        .trim()
        .trim_end_matches("are")
        .trim_end_matches("be");
    let names = names(subjects)?;
    let [a, b] = names.as_slice() else {
        return None;
    };
    let (a, b, c) = (bare(a)?, bare(b)?, bare(given.trim())?);
    let early = |name: &String| name.starts_with(|c: char| ('A'..='H').contains(&c));
    [&a, &b, &c]
        .into_iter()
        .all(early)
        .then(|| format!("{a}, {b}, {c} events; P({a} ∩ {b}∣{c}) = P({a}∣{c}) P({b}∣{c})"))
}

/// What a clause of a sentence says of chance, as entries of the context; `None` where it is no
/// such clause, or not wholly understood.
#[must_use]
pub fn premise(clause: &str) -> Option<String> {
    let clause = clause.trim().trim_end_matches(['.', ',', ':', ' ']);
    if let Some(entries) = described(clause).or_else(|| function_in_words(clause)) {
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
        let plain = [
            "random",
            "independent",
            "iid",
            "identically distributed",
            "events",
        ];
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
        // `a ≤ X` is no article.
        let letter = |(words, _): &(&str, Clue)| {
            let (statement, _) = value(rest);
            !(*words == "a" && is_statement(statement) && !is_wordy(statement))
        };
        let Some((words, clue)) = phrase(rest).filter(letter) else {
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
            Clue::Exhaustive => said.exhaustive = true,
            Clue::From | Clue::Copies => {
                // `from N(0, 1)`, `from a normal distribution`
                let start = rest.trim_start();
                if phrase(start).is_some() {
                    continue;
                }
                let (text, behind) = value(start);
                if text.is_empty() || is_wordy(text) {
                    return None;
                }
                let place = if clue == Clue::From {
                    super::law::written(&format!("X ~ {text}"))?;
                    &mut said.from
                } else {
                    &mut said.copies
                };
                *place = Some(text.to_owned());
                rest = behind;
            }
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
                if matches!(words, "means" | "variances") {
                    // One for each name.
                    while let Some(next) = rest
                        .trim_start()
                        .strip_prefix(',')
                        .or_else(|| rest.trim_start().strip_prefix("and "))
                    {
                        let next = next.trim_start();
                        let next = next.strip_prefix("and ").unwrap_or(next);
                        if phrase(next).is_some() {
                            break;
                        }
                        let (text, behind) = value(next);
                        if text.is_empty() || is_wordy(text) || is_statement(text) {
                            return None;
                        }
                        said.values.push((what, text.to_owned()));
                        rest = behind;
                    }
                }
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
        || said.exhaustive
        || said.from.is_some()
        || said.copies.is_some()
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
    let partition = said.partition || said.disjoint && said.exhaustive;
    if said.exhaustive && !partition {
        return None;
    }
    let events = said.properties.contains(&"events") || said.disjoint || partition;
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
            || said.from.is_some()
            || said.copies.is_some()
            || !said.properties.is_empty();
        if !chance {
            return None;
        }
        out.push(format!("{all} random"));
        let alike = said
            .properties
            .iter()
            .any(|p| matches!(*p, "iid" | "identically distributed"));
        if said.law.is_none() && said.from.is_none() && said.copies.is_none() {
            if independent {
                let word = if alike { "iid" } else { "independent" };
                out.push(format!("{all} {word}"));
            } else if alike {
                out.push(format!("{all} identically distributed"));
            }
        }
        if let Some(copied) = &said.copies {
            out.push(format!("{copied} random"));
            out.push(format!("{all} independent"));
            out.push(format!("{all}, {copied} identically distributed"));
        }
        if let Some(law) = &said.from {
            out.push(format!("{all} ~ {law} iid"));
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
    // Of a variance that is written σ² the letter is the standard deviation.
    if let Some(letter) = value(What::Variance).and_then(squared_letter) {
        out.push(format!("{letter} > 0"));
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
            let each = |what: What, place: usize| {
                let found: Vec<&String> = said
                    .values
                    .iter()
                    .filter(|(w, _)| *w == what)
                    .map(|(_, text)| text)
                    .collect();
                if found.len() == names.len() && found.len() > 1 {
                    return found.get(place).map(|text| (*text).clone());
                }
                None
            };
            let several = |what: What| {
                let count = said.values.iter().filter(|(w, _)| *w == what).count();
                count > 1 && count != names.len()
            };
            if several(What::Mean) || several(What::Variance) {
                return None;
            }
            for (place, name) in names.iter().enumerate() {
                if let Some(mean) = value(What::Mean) {
                    let mean = each(What::Mean, place).unwrap_or_else(|| mean.to_owned());
                    out.push(format!("E[{name}] = {mean}"));
                }
                if let Some(variance) = &variance {
                    let variance = each(What::Variance, place).unwrap_or_else(|| variance.clone());
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
    if said.disjoint || partition {
        let all: Vec<String> = names.iter().map(|n| format!("1_{{{n}}}")).collect();
        let sum = match family_range(names, before) {
            Some((first, last)) => {
                let member = all.first()?;
                format!("\\sum_{{i={first}}}^{{{last}}} {member}")
            }
            None if names.len() >= 2 => all.join(" + "),
            None => return None,
        };
        if partition {
            out.push(format!("{sum} = 1"));
        } else if names.len() >= 2 {
            pairs(names, |a, b| out.push(format!("P({a} ∩ {b}) = 0")));
            for (place, a) in names.iter().enumerate() {
                let others = names.get(place + 1..).unwrap_or(&[]);
                pairs(others, |b, c| out.push(format!("P({a} ∩ {b} ∩ {c}) = 0")));
            }
        } else {
            out.push(format!("{sum} <= 1"));
        }
    }
    out.extend(said.statements.iter().cloned());
    Some(out.join("; "))
}

/// The letter of σ².
fn squared_letter(value: &str) -> Option<&str> {
    let base = ["²", "^2", "^{2}"]
        .iter()
        .find_map(|sign| value.trim().strip_suffix(sign))?
        .trim();
    let letter = base.strip_prefix('\\').unwrap_or(base);
    let single = letter.chars().count() == 1 && !letter.starts_with(|c: char| c.is_ascii_digit());
    (single || matches!(letter, "sigma" | "tau")).then_some(base)
}

/// The first and the last index of a family whose members are written with dots.
fn family_range<'t>(names: &[String], before: &'t str) -> Option<(&'t str, &'t str)> {
    let [family] = names else {
        return None;
    };
    let base = family.strip_suffix("_i")?;
    if !has_dots(before) {
        return None;
    }
    let mut parts = before
        .split(',')
        .map(str::trim)
        .filter(|p| p.starts_with(base));
    let first = index_of(parts.next()?.strip_prefix(base)?)?;
    let last = index_of(parts.next_back()?.strip_prefix(base)?)?;
    Some((first, last))
}

fn index_of(written: &str) -> Option<&str> {
    match written {
        "₁" => Some("1"),
        "₀" => Some("0"),
        "ₙ" => Some("n"),
        "ₘ" => Some("m"),
        "ₖ" => Some("k"),
        _ => Some(written.strip_prefix('_')?.trim_matches(['{', '}'])),
    }
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
                "X_i random; X_i iid; σ > 0; E[X_i] = μ; Var(X_i) = σ^2",
            ),
            (
                "X_1, …, X_n are i.i.d. with zero mean, unit variance",
                "X_i random; X_i iid; E[X_i] = 0; Var(X_i) = 1",
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
