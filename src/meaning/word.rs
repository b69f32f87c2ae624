//! Words that say what the maths behind them is for.

use crate::syntax::Arrow;

/// A word of context (CONTRACT §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Word {
    /// `given`, `let`, `set`, `put`, `for all`: to the end of the section.
    Given,
    /// `assume`: to the end of the section, about fixed letters.
    Assume,
    /// `where`: also in the block before.
    Where,
    /// `suppose`: until the next of its kind, about fixed letters.
    Suppose,
    /// `case`, `if`, `when`, `for`, `with`: until the next of their kind.
    Case,
}

impl Word {
    /// Whether what it says lasts until the next of its kind only.
    pub(super) fn is_condition(self) -> bool {
        matches!(self, Word::Suppose | Word::Case)
    }
}

/// What words before a formula make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// They are a word of context.
    Context(Word),
    /// They say something that this tool does not read.
    Other,
}

const CONTEXT: &[(&str, Word)] = &[
    ("for all", Word::Given),
    ("for every", Word::Given),
    ("for each", Word::Given),
    ("given", Word::Given),
    ("let", Word::Given),
    ("set", Word::Given),
    ("put", Word::Given),
    ("define", Word::Given),
    ("assume", Word::Assume),
    ("assuming", Word::Assume),
    ("where", Word::Where),
    ("suppose", Word::Suppose),
    ("in the case that", Word::Case),
    ("in the case", Word::Case),
    ("in case", Word::Case),
    ("case", Word::Case),
    ("provided that", Word::Case),
    ("provided", Word::Case),
    ("whenever", Word::Case),
    ("as long as", Word::Case),
    ("if", Word::Case),
    ("when", Word::Case),
    ("for", Word::Case),
    ("with", Word::Case),
];

const ARROWS: &[(&str, Arrow)] = &[
    ("it follows that", Arrow::Implies),
    ("if and only if", Arrow::Iff),
    ("we get", Arrow::Implies),
    ("we obtain", Arrow::Implies),
    ("therefore", Arrow::Implies),
    ("implies", Arrow::Implies),
    ("yields", Arrow::Implies),
    ("gives", Arrow::Implies),
    ("hence", Arrow::Implies),
    ("thus", Arrow::Implies),
    ("then", Arrow::Implies),
    ("so", Arrow::Implies),
    ("iff", Arrow::Iff),
];

/// Words that may stand before a word of context or between it and its maths.
const LIGHT: &[&str] = &[
    "that",
    "and",
    "or",
    "also",
    "now",
    "next",
    "finally",
    "again",
    "further",
    "moreover",
    "both",
    "we",
    "have",
    "then",
    "us",
    "first",
    "the",
    "a",
    "an",
    "i.e",
    "say",
    "some",
    "any",
    "all",
    "every",
    "each",
    "case",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "i",
    "ii",
    "iii",
    "iv",
    "b",
    "c",
    "with",
    "satisfying",
];

/// What may be said between a word of context and what it says.
const ASIDES: &[&str] = &[
    " for the sake of a contradiction",
    " for the sake of contradiction",
    " towards a contradiction",
    " toward a contradiction",
    " for a contradiction",
    " for contradiction",
    " to the contrary",
    " by contradiction",
    " without loss of generality",
];

fn is_edge(c: char) -> bool {
    !c.is_alphanumeric()
}

/// Whether `text` ends in the words `phrase`, at a word's start.
fn ends_in(text: &str, phrase: &str) -> bool {
    text.strip_suffix(phrase)
        .is_some_and(|rest| rest.chars().next_back().is_none_or(is_edge))
}

/// Whether `text` begins with the words `phrase`; gives what follows.
fn begins_with<'t>(text: &'t str, phrase: &str) -> Option<&'t str> {
    text.strip_prefix(phrase)
        .filter(|rest| rest.chars().next().is_none_or(is_edge))
}

/// The last words before the maths, without what may stand between them and it.
fn trimmed_end(text: &str) -> String {
    let mut text = text.trim().to_lowercase();
    loop {
        let before = text.len();
        let end = text.trim_end_matches(|c: char| c.is_whitespace() || ":,;-–—".contains(c));
        text.truncate(end.len());
        for filler in ["we have", "that", "we find", "one has", "we see", "also"] {
            if ends_in(&text, filler) && text.len() > filler.len() {
                text.truncate(text.len() - filler.len());
            }
        }
        if text.len() == before {
            return text;
        }
    }
}

/// The arrow that words right before maths stand for (`Hence`, `so we have`, `it follows that:`).
pub(super) fn arrow(words: &str) -> Option<Arrow> {
    let whole = words.trim().to_lowercase();
    let whole = whole.trim_end_matches(|c: char| c.is_whitespace() || ":,;".contains(c));
    let text = trimmed_end(words);
    ARROWS
        .iter()
        .find(|(phrase, _)| ends_in(whole, phrase) || ends_in(&text, phrase))
        .map(|(_, arrow)| *arrow)
}

/// Whether prose ends in a colon.
pub(super) fn ends_in_colon(prose: &str) -> bool {
    prose.trim_end().ends_with([':', '：'])
}

/// The word of context with which a sentence begins, and what follows it.
pub(super) fn context(sentence: &str) -> Option<(Word, String)> {
    let lower = sentence.trim_start_matches(is_edge).to_lowercase();
    let mut rest = lower.as_str();
    for _ in 0..3 {
        for (phrase, word) in CONTEXT {
            if let Some(after) = begins_with(rest, phrase) {
                let mut after = after.to_owned();
                for aside in ASIDES {
                    after = after.replace(aside, " ");
                }
                return Some((*word, after));
            }
        }
        let light = [
            "now", "also", "next", "finally", "again", "then", "and", "further", "moreover",
        ]
        .iter()
        .find_map(|light| begins_with(rest, light))?;
        rest = light.trim_start_matches(is_edge);
    }
    None
}

/// The condition word with which prose ends, within a sentence (`… if`, `… for all`).
pub(super) fn condition(prose: &str) -> Option<Word> {
    let lower = prose.trim().to_lowercase();
    if [
        "for all",
        "for every",
        "for any",
        "whenever",
        "provided that",
        "provided",
    ]
    .iter()
    .any(|phrase| ends_in(&lower, phrase))
    {
        return Some(Word::Case);
    }
    CONTEXT
        .iter()
        .find(|(phrase, word)| word.is_condition() && ends_in(&lower, phrase))
        .map(|(_, word)| *word)
}

/// Whether a sentence takes a letter of which it says what it is: `Consider x with …`.
pub(super) fn chooses(sentence: &str) -> bool {
    let lower = sentence.trim_start_matches(is_edge).to_lowercase();
    [
        "consider",
        "take",
        "choose",
        "pick",
        "fix",
        "we consider",
        "we choose",
        "we fix",
        "we take",
    ]
    .iter()
    .any(|opening| begins_with(&lower, opening).is_some())
}

/// Whether prose ends in words that say of the maths before it that it holds for all values of the
/// letter behind it.
pub(super) fn quantifies(prose: &str) -> bool {
    let lower = prose.trim().to_lowercase();
    ["for all", "for every", "for each", "for any", "for"]
        .iter()
        .any(|phrase| lower == *phrase)
}

/// Whether words between a word of context (or maths that it governs) and further maths leave
/// that maths within its reach.
pub(super) fn is_light(words: &str) -> bool {
    !words.contains(['.', '!', '?'])
        && words
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .all(|word| LIGHT.contains(&word.to_lowercase().as_str()))
}

/// The last sentence of prose: what follows its last full stop.
pub(super) fn last_sentence(prose: &str) -> &str {
    let mut start = 0;
    let mut chars = prose.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = match c {
            '.' | '!' | '?' => chars.peek().is_none_or(|(_, next)| next.is_whitespace()),
            '؟' | '。' => true,
            _ => false,
        };
        if ends {
            start = at + c.len_utf8();
        }
    }
    prose.get(start..).unwrap_or(prose)
}

/// Whether prose holds the end of a sentence.
pub(super) fn ends_sentence(prose: &str) -> bool {
    last_sentence(prose).len() < prose.len()
}

/// What words within a display, right before a formula, make of it; `None` for no words.
pub(super) fn opening(words: &str) -> Option<Opening> {
    let bare = words.trim().trim_matches(is_edge).to_lowercase();
    if bare.is_empty() || is_light(&bare) {
        return None;
    }
    if let Some((word, rest)) = context(&bare)
        && is_light(&rest)
    {
        return Some(Opening::Context(word));
    }
    for (phrase, word) in CONTEXT {
        if ends_in(&bare, phrase) {
            return Some(Opening::Context(*word));
        }
    }
    Some(Opening::Other)
}

/// The letters of `solve` or `solve for x, y` at the end of prose (empty: not said which).
pub(super) fn solve(prose: &str) -> bool {
    let sentence = last_sentence(prose.trim_end_matches(|c: char| is_edge(c))).to_lowercase();
    let sentence = sentence.trim_start_matches(is_edge);
    begins_with(sentence, "solve").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrow_words_are_read_at_the_end_of_prose_and_others_are_not() {
        for words in [
            "Hence",
            "hence,",
            "and so we have",
            "It follows that",
            "Thus:",
            "We get",
        ] {
            assert_eq!(arrow(words), Some(Arrow::Implies), "{words}");
        }
        for words in ["also", "we know", "Henceforth", "torso"] {
            assert_eq!(arrow(words), None, "{words}");
        }
        assert_eq!(arrow("iff"), Some(Arrow::Iff));
    }

    #[test]
    fn a_word_of_context_opens_a_sentence() {
        assert_eq!(context("Let ").map(|c| c.0), Some(Word::Given));
        assert_eq!(
            context("Now suppose that").map(|c| c.0),
            Some(Word::Suppose)
        );
        assert_eq!(context("for all").map(|c| c.0), Some(Word::Given));
        assert_eq!(context("for").map(|c| c.0), Some(Word::Case));
        assert_eq!(context("Letters"), None);
        assert_eq!(context("We let"), None);
    }
}
