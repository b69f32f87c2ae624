//! Item labels at the beginning of a line: `2)`, `(b)`, `الف)`, `1.`, `Problem 3`.

use super::builder::is_blank;

/// Words that open an item when a number follows them.
const WORDS: &[&str] = &[
    "problem",
    "exercise",
    "question",
    "part",
    "task",
    "item",
    "case",
    "aufgabe",
    "übung",
    "exercice",
    "ejercicio",
    "задача",
    "упражнение",
    "سوال",
    "سؤال",
    "تمرین",
    "مسئله",
    "مساله",
    "بخش",
    "السؤال",
    "تمرين",
];

/// The ranges of the labels that open a line, in order. A line that holds nothing but several
/// labels, or labels with a relation right behind them, is an annotation and opens no item.
pub(super) fn leading(line: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let rest = line.get(at..).unwrap_or("");
        let start = at + (rest.len() - rest.trim_start_matches(|c| is_blank(c) || c == '*').len());
        let Some(length) = one(line.get(start..).unwrap_or("")) else {
            break;
        };
        let bracketed = line.get(start..).is_some_and(|text| text.starts_with('('));
        let behind = line.get(start + length..).unwrap_or("");
        if bracketed && start == at && is_operand(behind) {
            break;
        }
        found.push((start, start + length));
        at = start + length;
    }
    let rest = line.get(at..).unwrap_or("").trim_matches(is_blank);
    let annotation = (found.len() > 1 && rest.is_empty())
        || (!found.is_empty() && rest.starts_with(['=', '<', '>', '≤', '≥', '≠', '≈']));
    if annotation { Vec::new() } else { found }
}

/// Whether what stands behind a bracket makes it the first operand of a line: `(2)*3 = 6`,
/// `(a) + b = c`.
fn is_operand(behind: &str) -> bool {
    let rest = behind.trim_start_matches(is_blank);
    let mut chars = rest.chars();
    let (first, second) = (chars.next(), chars.next());
    match first {
        Some('*') => second != Some('*'),
        Some('+' | '/' | '·' | '×' | '^' | '±') => true,
        // A sign with space on both sides is no sign of what follows.
        Some('-' | '−') => rest != behind && second.is_some_and(is_blank),
        _ => false,
    }
}

/// The length of the label at the start of `text`.
fn one(text: &str) -> Option<usize> {
    let length = bracketed(text)
        .or_else(|| numbered(text))
        .or_else(|| titled(text))?;
    let next = text.get(length..)?.chars().next();
    next.is_none_or(|c| is_blank(c) || matches!(c, '$' | '\\' | '*'))
        .then_some(length)
}

/// Whether this is what stands in a label: a short number, a letter, a small roman number, or a
/// short word of a script without cases (`الف`).
fn is_key(key: &str) -> bool {
    let count = key.chars().count();
    let digits = key.chars().all(char::is_numeric) && count <= 3;
    let letter = count == 1 && key.chars().all(char::is_alphabetic);
    let roman = count <= 5 && key.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    let caseless = count <= 3
        && key
            .chars()
            .all(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase());
    let numbered_letter = count == 2
        && key.chars().next().is_some_and(char::is_numeric)
        && key
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_ascii_lowercase());
    !key.is_empty() && (digits || letter || roman || caseless || numbered_letter)
}

/// `(b)`
fn bracketed(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('(')?;
    let end = inner.char_indices().take(8).find(|(_, c)| *c == ')')?.0;
    is_key(inner.get(..end)?).then_some(end + 2)
}

/// `b)`, `2.`
fn numbered(text: &str) -> Option<usize> {
    let end = text
        .char_indices()
        .take(8)
        .find(|(_, c)| matches!(c, ')' | '.'))?
        .0;
    is_key(text.get(..end)?).then_some(end + 1)
}

/// `Problem 3`, `Exercise 2.1:`
fn titled(text: &str) -> Option<usize> {
    let end = text.find(is_blank)?;
    let word = text.get(..end)?.to_lowercase();
    if !WORDS.contains(&word.as_str()) {
        return None;
    }
    let rest = text.get(end..)?;
    let number = rest.trim_start_matches(is_blank);
    let start = end + (rest.len() - number.len());
    let stop = number
        .find(|c: char| !(c.is_numeric() || c == '.' || c == '(' || c == ')'))
        .unwrap_or(number.len());
    let key = number.get(..stop)?;
    if key.is_empty() || !key.chars().any(char::is_numeric) {
        return None;
    }
    let colon = number.get(stop..)?.starts_with(':');
    Some(start + stop + usize::from(colon))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(line: &str) -> Vec<&str> {
        leading(line).iter().map(|(a, b)| &line[*a..*b]).collect()
    }

    #[test]
    fn labels_open_items_in_any_script() {
        assert_eq!(labels("2) $x = 1$"), ["2)"]);
        assert_eq!(labels("(b) we have"), ["(b)"]);
        assert_eq!(labels("الف) با"), ["الف)"]);
        assert_eq!(labels("(2) الف) در این"), ["(2)", "الف)"]);
        assert_eq!(labels("Problem 3: show"), ["Problem 3:"]);
        assert_eq!(labels("  ۱. متن"), ["۱."]);
        assert_eq!(labels("(1)"), ["(1)"]);
        assert_eq!(labels("iv) so"), ["iv)"]);
    }

    #[test]
    fn what_only_looks_like_a_label_opens_nothing() {
        assert!(labels("(1) (2) (3)").is_empty());
        assert!(labels("(1) (2) = 1 = 0").is_empty());
        assert!(labels("(x+1)(x-1) = x^2-1").is_empty());
        assert!(labels("(a)(b) = ab").is_empty());
        assert!(labels("f(x) = 1").is_empty());
        assert!(labels("1.5 = 3/2").is_empty());
        assert!(labels("Problem solved").is_empty());
    }
}
