//! Names as they are written, taken apart: letter, label, indices, primes, powers.

use crate::syntax::{Accent, Kind, Name, Style, Tree};

/// A name with what hangs on it, outermost last.
#[derive(Clone, Debug)]
pub(super) struct Peeled<'t> {
    /// The letters.
    pub(super) name: &'t Name,
    /// What stands below it.
    pub(super) below: Vec<&'t Tree>,
    /// What stands raised, and whether it is surely an index.
    pub(super) above: Vec<(&'t Tree, bool)>,
    /// How many primes.
    pub(super) primes: u32,
}

/// Takes a name apart; nothing if the tree is no name with indices, powers and primes.
pub(super) fn peel(tree: &Tree) -> Option<Peeled<'_>> {
    let mut peeled = match &tree.kind {
        Kind::Name(name) => {
            return Some(Peeled {
                name,
                below: Vec::new(),
                above: Vec::new(),
                primes: 0,
            });
        }
        Kind::Subscript(base, _) | Kind::Superscript(base, _, _) | Kind::Prime(base, _) => {
            peel(base)?
        }
        _ => return None,
    };
    match &tree.kind {
        Kind::Subscript(_, index) => peeled.below.push(index),
        // Words behind `^`, as in `x^{\text{new}}`, are no power but a label.
        Kind::Superscript(_, exponent, _)
            if matches!(exponent.kind, Kind::Text(_)) && label(exponent).is_some() =>
        {
            peeled.below.push(exponent);
        }
        Kind::Superscript(_, exponent, index) => peeled.above.push((exponent, *index)),
        Kind::Prime(_, count) => peeled.primes += count,
        _ => {}
    }
    Some(peeled)
}

/// The name under which a symbol is known: style and accents united with the letters.
pub(super) fn canonical(name: &Name) -> String {
    let mut text = styled(&name.base, name.style);
    for accent in &name.accents {
        text.push(match accent {
            Accent::Hat => '\u{302}',
            Accent::Bar => '\u{304}',
            Accent::Tilde => '\u{303}',
            Accent::Star => '*',
            Accent::Dot => '\u{307}',
            Accent::DoubleDot => '\u{308}',
        });
    }
    text
}

/// Double-struck and other letters that Unicode has outside the mathematical block.
const DOUBLE_STRUCK: &[(char, char)] = &[
    ('C', 'ℂ'),
    ('H', 'ℍ'),
    ('N', 'ℕ'),
    ('P', 'ℙ'),
    ('Q', 'ℚ'),
    ('R', 'ℝ'),
    ('Z', 'ℤ'),
];

fn styled(base: &str, style: Style) -> String {
    let mut letters = base.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else {
        return match style {
            Style::Vector => format!("{base}\u{332}"),
            _ => base.to_owned(),
        };
    };
    let shifted = match style {
        Style::Plain => return base.to_owned(),
        Style::Vector => bold(letter),
        Style::Blackboard => DOUBLE_STRUCK
            .iter()
            .find(|(plain, _)| *plain == letter)
            .map(|(_, struck)| *struck)
            .or_else(|| shift(letter, 0x1D538, 0x1D552))
            .or((letter == '1').then_some('𝟙')),
        Style::Calligraphic => shift(letter, 0x1D4D0, 0x1D4EA),
        Style::Fraktur => shift(letter, 0x1D56C, 0x1D586),
    };
    match shifted {
        Some(letter) => letter.to_string(),
        None => format!("{base}\u{332}"),
    }
}

fn shift(letter: char, upper: u32, lower: u32) -> Option<char> {
    let code = u32::from(letter);
    match letter {
        'A'..='Z' => char::from_u32(upper + code - u32::from('A')),
        'a'..='z' => char::from_u32(lower + code - u32::from('a')),
        _ => None,
    }
}

fn bold(letter: char) -> Option<char> {
    let code = u32::from(letter);
    match letter {
        'Α'..='Ω' => char::from_u32(0x1D6A8 + code - u32::from('Α')),
        'α'..='ω' => char::from_u32(0x1D6C2 + code - u32::from('α')),
        '0'..='9' => char::from_u32(0x1D7CE + code - u32::from('0')),
        _ => shift(letter, 0x1D400, 0x1D41A),
    }
}

/// Letters that stand for indices where several stand side by side (`y_{ijk}`).
fn is_index_letter(letter: char) -> bool {
    matches!(letter, 'i'..='n' | 'p'..='t')
}

/// Words of index letters that are labels all the same.
const LABEL_WORDS: &[&str] = &[
    "min", "lim", "init", "test", "tr", "int", "tot", "rms", "std",
];

/// Whether a lower index is part of the name: a word of three or more letters, words set as text,
/// a capital letter with a digit. Its letters, if so.
pub(super) fn label(index: &Tree) -> Option<String> {
    match &index.kind {
        Kind::Text(words) => {
            let word: String = words.split_whitespace().collect();
            (word.chars().count() > 1).then_some(word)
        }
        Kind::Name(name) => {
            let letters = name.base.chars().count();
            let plain = name.style == Style::Plain && name.accents.is_empty();
            (plain && letters >= 2 && is_word(&name.base, name.run)).then(|| name.base.clone())
        }
        Kind::Juxtaposition(parts) => {
            let mut word = String::new();
            for part in parts {
                match &part.kind {
                    Kind::Name(name) if name.style == Style::Plain && name.accents.is_empty() => {
                        word.push_str(&name.base);
                    }
                    Kind::Number(digits) => word.push_str(digits),
                    _ => return None,
                }
            }
            is_word(&word, true).then_some(word)
        }
        Kind::Group(_, inner) => match inner.kind {
            Kind::Text(_) => label(inner),
            _ => None,
        },
        _ => None,
    }
}

/// `letters`: they were written one by one, so that two of them are two indices.
fn is_word(word: &str, letters: bool) -> bool {
    let mut rest = word.chars();
    let first = rest.next().unwrap_or(' ');
    let rest = rest.as_str();
    if first.is_uppercase() && !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit()) {
        return true;
    }
    if !word.chars().all(char::is_alphabetic) {
        return false;
    }
    let count = word.chars().count();
    if !letters || LABEL_WORDS.contains(&word) {
        return count >= 2;
    }
    let distinct = word
        .char_indices()
        .all(|(at, letter)| !word[at + letter.len_utf8()..].contains(letter));
    count >= 3 && !(distinct && word.chars().all(is_index_letter))
}

/// The number of an index that is one, perhaps with a sign.
pub(super) fn literal(index: &Tree) -> Option<i64> {
    match &index.kind {
        Kind::Number(digits) => digits.parse().ok(),
        Kind::Group(_, inner) => literal(inner),
        _ => None,
    }
}

/// The name of one plain letter (or declared word) without anything on it.
pub(super) fn plain_name(tree: &Tree) -> Option<String> {
    match &tree.kind {
        Kind::Name(name) => Some(canonical(name)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn tree(kind: Kind) -> Tree {
        Tree {
            span: Span::default(),
            kind,
        }
    }

    fn letters(word: &str) -> Tree {
        tree(Kind::Juxtaposition(
            word.chars()
                .map(|c| {
                    tree(if c.is_ascii_digit() {
                        Kind::Number(c.to_string())
                    } else {
                        Kind::Name(Name {
                            base: c.to_string(),
                            ..Name::default()
                        })
                    })
                })
                .collect(),
        ))
    }

    #[test]
    fn words_below_a_name_are_labels_and_index_letters_are_not() {
        for word in ["reg", "com", "min", "max", "S1", "pred"] {
            assert_eq!(label(&letters(word)), Some(word.to_owned()), "{word}");
        }
        for word in ["nk", "ij", "ijk", "2k", "i1", "12"] {
            assert_eq!(label(&letters(word)), None, "{word}");
        }
    }

    #[test]
    fn bold_letters_are_other_names_than_plain_ones() {
        let name = |style| Name {
            base: "w".to_owned(),
            style,
            ..Name::default()
        };
        assert_eq!(canonical(&name(Style::Vector)), "𝐰");
        assert_eq!(canonical(&name(Style::Plain)), "w");
    }
}
