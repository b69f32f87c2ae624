//! What words say of vectors and matrices: `is an n × n symmetric matrix`, `has full column rank`,
//! `is an eigenvector of A with eigenvalue λ`.

/// One thing that is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trait {
    /// It has the property of that name, as the list of properties has it.
    Quality(&'static str),
    /// A matrix of so many rows and columns, as they are written.
    Size(String, String),
    /// A matrix.
    Matrix,
    /// A matrix with as many rows as columns.
    Square,
    /// A vector.
    Vector,
    /// A number.
    Scalar,
    /// A number of that kind: `positive`, `nonnegative`, `negative`, `nonzero`.
    Sign(&'static str),
    /// A number of that set: `integer`, `natural`.
    Whole(&'static str),
    /// A vector of length 1.
    Unit,
    /// Its columns are independent.
    FullColumnRank,
    /// Its rows are independent.
    FullRowRank,
    /// Its columns have length 1 and are orthogonal to each other.
    OrthonormalColumns,
    /// An eigenvector of that matrix, with that eigenvalue, as they are written.
    Eigenvector(String, String),
}

/// Maths between words stands between these marks.
pub const OPEN: char = '\u{1}';
/// See [`OPEN`].
pub const CLOSE: char = '\u{2}';

const QUALITIES: &[(&str, &str)] = &[
    ("symmetric positive definite", "positive definite"),
    ("symmetric and positive definite", "positive definite"),
    ("symmetric positive semidefinite", "positive semidefinite"),
    ("positive definite", "positive definite"),
    ("positive semidefinite", "positive semidefinite"),
    ("positive semi definite", "positive semidefinite"),
    ("nonnegative definite", "positive semidefinite"),
    ("spd", "positive definite"),
    ("psd", "positive semidefinite"),
    ("skew symmetric", "skew-symmetric"),
    ("antisymmetric", "skew-symmetric"),
    ("symmetric", "symmetric"),
    ("orthogonal", "orthogonal"),
    ("upper triangular", "upper triangular"),
    ("lower triangular", "lower triangular"),
    ("triangular", "triangular"),
    ("diagonal", "diagonal"),
    ("idempotent", "idempotent"),
    ("invertible", "invertible"),
    ("nonsingular", "invertible"),
    ("non singular", "invertible"),
    ("regular", "invertible"),
];

const NOUNS: &[(&str, Trait)] = &[
    ("full column rank", Trait::FullColumnRank),
    ("full row rank", Trait::FullRowRank),
    ("linearly independent columns", Trait::FullColumnRank),
    ("independent columns", Trait::FullColumnRank),
    ("linearly independent rows", Trait::FullRowRank),
    ("orthonormal columns", Trait::OrthonormalColumns),
    ("unit vectors", Trait::Unit),
    ("unit vector", Trait::Unit),
    ("unit norm", Trait::Unit),
    ("unit length", Trait::Unit),
    ("column vectors", Trait::Vector),
    ("column vector", Trait::Vector),
    ("vectors", Trait::Vector),
    ("vector", Trait::Vector),
    ("square", Trait::Square),
    ("matrices", Trait::Matrix),
    ("matrix", Trait::Matrix),
    ("positive", Trait::Sign("positive")),
    ("nonnegative", Trait::Sign("nonnegative")),
    ("non negative", Trait::Sign("nonnegative")),
    ("negative", Trait::Sign("negative")),
    ("nonzero", Trait::Sign("nonzero")),
    ("non zero", Trait::Sign("nonzero")),
    ("natural numbers", Trait::Whole("natural")),
    ("natural number", Trait::Whole("natural")),
    ("integers", Trait::Whole("integer")),
    ("integer", Trait::Whole("integer")),
    ("real numbers", Trait::Scalar),
    ("real number", Trait::Scalar),
    ("numbers", Trait::Scalar),
    ("number", Trait::Scalar),
    ("reals", Trait::Scalar),
    ("scalars", Trait::Scalar),
    ("scalar", Trait::Scalar),
];

/// Words that say nothing by themselves.
const FILLERS: &[&str] = &[
    "a",
    "an",
    "the",
    "real",
    "any",
    "some",
    "given",
    "fixed",
    "constant",
    "arbitrary",
    "of",
    "size",
    "dimension",
    "dimensions",
    "order",
    "with",
    "both",
    "all",
    "each",
    "also",
];

/// Words behind which the sentence goes on with something else.
const ENDS: &[&str] = &[
    "and",
    "so",
    "then",
    "hence",
    "therefore",
    "thus",
    "where",
    "while",
    "we",
    "let",
    "but",
];

const VERBS: &[&str] = &[
    "is", "are", "be", "being", "has", "have", "denote", "denotes",
];

/// A word, a piece of maths, or a mark, with where it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Maths(String),
    Mark(char),
}

fn tokens(text: &str) -> Vec<(Token, usize)> {
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c == OPEN {
            let rest = text.get(start + c.len_utf8()..).unwrap_or("");
            let inside = rest.split(CLOSE).next().unwrap_or("");
            let end = start + c.len_utf8() + inside.len() + CLOSE.len_utf8();
            found.push((Token::Maths(inside.trim().to_owned()), end));
            while chars.next_if(|(at, _)| *at < end).is_some() {}
        } else if c.is_alphanumeric() {
            let mut end = start + c.len_utf8();
            while let Some((at, c)) = chars.next_if(|(_, c)| c.is_alphanumeric()) {
                end = at + c.len_utf8();
            }
            let word = text.get(start..end).unwrap_or("");
            found.push((Token::Word(word.to_owned()), end));
        } else if !c.is_whitespace() && c != '-' {
            found.push((Token::Mark(c), start + c.len_utf8()));
        }
    }
    found
}

/// Whether the words of the phrase stand at the place; how many they are.
fn stands(tokens: &[(Token, usize)], place: usize, phrase: &str) -> Option<usize> {
    let mut count = 0;
    for word in phrase.split(' ') {
        match tokens.get(place + count) {
            Some((Token::Word(here), _)) if here.eq_ignore_ascii_case(word) => count += 1,
            _ => return None,
        }
    }
    Some(count)
}

/// A size `n × m` at the place: the two sides, and how many tokens they take.
fn size(tokens: &[(Token, usize)], place: usize) -> Option<(String, String, usize)> {
    let letter = |place: usize| match tokens.get(place) {
        Some((Token::Word(word), _)) if is_size(word) => Some(word.clone()),
        _ => None,
    };
    if let Some((Token::Maths(text), _)) = tokens.get(place) {
        let text = text.replace("\\times", "×");
        return match text.split_once('×') {
            Some((a, b)) if is_size(a.trim()) && is_size(b.trim()) => {
                Some((a.trim().to_owned(), b.trim().to_owned(), 1))
            }
            Some(_) => None,
            // `$n$-by-$n$`
            None if is_size(&text) && stands(tokens, place + 1, "by").is_some() => {
                match tokens.get(place + 2) {
                    Some((Token::Maths(other), _)) if is_size(other) => {
                        Some((text, other.clone(), 3))
                    }
                    _ => None,
                }
            }
            None => None,
        };
    }
    let first = letter(place)?;
    let between = matches!(tokens.get(place + 1), Some((Token::Mark('×'), _)))
        || stands(tokens, place + 1, "x").is_some()
        || stands(tokens, place + 1, "by").is_some();
    let second = letter(place + 2)?;
    between.then_some((first, second, 3))
}

/// Whether the text is a letter or a number.
fn is_size(text: &str) -> bool {
    !text.is_empty()
        && (text.chars().all(|c| c.is_ascii_digit())
            || text.chars().count() == 1 && text.chars().all(char::is_alphabetic))
}

/// What is said of a subject behind it: the traits, and where they end in the text. A verb must
/// stand first, unless `bare`.
#[must_use]
pub fn behind(text: &str, bare: bool) -> Option<(Vec<Trait>, usize)> {
    let tokens = tokens(text);
    let mut place = 0;
    while VERBS
        .iter()
        .any(|verb| stands(&tokens, place, verb).is_some())
    {
        place += 1;
    }
    if place == 0 && !bare {
        return None;
    }
    let mut traits = Vec::new();
    let mut end = 0;
    while let Some((token, _)) = tokens.get(place) {
        if let Some((found, used)) = trait_at(&tokens, place) {
            traits.push(found);
            place += used;
            end = tokens.get(place - 1).map_or(end, |(_, end)| *end);
            continue;
        }
        match token {
            Token::Word(word) if FILLERS.iter().any(|f| word.eq_ignore_ascii_case(f)) => place += 1,
            Token::Mark(',') | Token::Word(_) if joins(&tokens, place) => {
                // `symmetric, positive definite`, `symmetric and invertible`
                let next = after_joint(&tokens, place);
                if trait_at(&tokens, next).is_none() {
                    break;
                }
                place = next;
            }
            Token::Mark(_) => break,
            Token::Word(word) => {
                if !ENDS.iter().any(|e| word.eq_ignore_ascii_case(e)) {
                    return None;
                }
                break;
            }
            Token::Maths(_) => return None,
        }
    }
    // Orthogonal vectors are so to each other.
    let together =
        traits.contains(&Trait::Vector) && traits.iter().any(|t| matches!(t, Trait::Quality(_)));
    (!traits.is_empty() && !together).then_some((traits, end))
}

/// The names that share with the one before what is said behind them (`u and v are vectors`):
/// the pieces of maths, and where the last one ends.
#[must_use]
pub fn sharing(text: &str) -> (Vec<String>, usize) {
    let tokens = tokens(text);
    let (mut names, mut end, mut place) = (Vec::new(), 0, 0);
    while joins(&tokens, place) {
        while joins(&tokens, place) {
            place += 1;
        }
        let Some((Token::Maths(name), behind)) = tokens.get(place) else {
            break;
        };
        names.push(name.clone());
        end = *behind;
        place += 1;
    }
    (names, end)
}

/// Whether a comma or `and` stands at the place.
fn joins(tokens: &[(Token, usize)], place: usize) -> bool {
    matches!(tokens.get(place), Some((Token::Mark(','), _)))
        || stands(tokens, place, "and").is_some()
}

/// The place behind a comma or `and`, and the articles behind it.
fn after_joint(tokens: &[(Token, usize)], place: usize) -> usize {
    let mut place = place;
    while joins(tokens, place)
        || ["is", "are", "has", "a", "an", "also"]
            .iter()
            .any(|word| stands(tokens, place, word).is_some())
    {
        place += 1;
    }
    place
}

fn trait_at(tokens: &[(Token, usize)], place: usize) -> Option<(Trait, usize)> {
    for (phrase, quality) in QUALITIES {
        if let Some(used) = stands(tokens, place, phrase) {
            return Some((Trait::Quality(quality), used));
        }
    }
    for (phrase, found) in NOUNS {
        if let Some(used) = stands(tokens, place, phrase) {
            return Some((found.clone(), used));
        }
    }
    if let Some((a, b, used)) = size(tokens, place) {
        return Some((Trait::Size(a, b), used));
    }
    let used = stands(tokens, place, "eigenvector of")?;
    let written = |place: usize| match tokens.get(place) {
        Some((Token::Maths(text) | Token::Word(text), _)) => Some(text.clone()),
        _ => None,
    };
    let matrix = written(place + used)?;
    let mut next = place + used + 1;
    for words in ["with", "corresponding to", "associated with", "for", "to"] {
        if let Some(count) = stands(tokens, next, words) {
            next += count;
            break;
        }
    }
    for word in ["the", "eigenvalue"] {
        next += stands(tokens, next, word).unwrap_or(0);
    }
    let value = written(next)?;
    Some((Trait::Eigenvector(matrix, value), next + 1 - place))
}

/// What is said of a subject before it, in the same noun phrase: `a symmetric matrix A`.
#[must_use]
pub fn before(text: &str) -> Option<Vec<Trait>> {
    let tokens = tokens(text);
    let mut best = None;
    // The longest run of traits and fillers at the end.
    for start in (0..tokens.len()).rev() {
        let mut place = start;
        let mut traits = Vec::new();
        while place < tokens.len() {
            if let Some((found, used)) = trait_at(&tokens, place) {
                traits.push(found);
                place += used;
            } else if matches!(tokens.get(place), Some((Token::Word(w), _)) if FILLERS.contains(&w.to_lowercase().as_str()))
                || joins(&tokens, place)
            {
                place += 1;
            } else {
                break;
            }
        }
        if place < tokens.len() {
            break;
        }
        let noun = |t: &Trait| {
            matches!(
                t,
                Trait::Matrix | Trait::Vector | Trait::Unit | Trait::Scalar | Trait::Whole(_)
            )
        };
        if traits.last().is_some_and(noun) {
            best = Some(traits);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<Trait> {
        behind(text, false).map(|(t, _)| t).unwrap_or_default()
    }

    #[test]
    fn sizes_and_properties_are_read_behind_a_verb() {
        let square = || Trait::Size("n".to_owned(), "n".to_owned());
        let symmetric = Trait::Quality("symmetric");
        for text in [
            "be an n×n symmetric matrix",
            "be a symmetric n x n matrix, and",
            "is a symmetric, \u{1}n \\times n\u{2} matrix.",
        ] {
            let traits = said(text);
            assert!(
                traits.contains(&square()) && traits.contains(&symmetric),
                "{text}"
            );
        }
        assert_eq!(said("has full column rank."), [Trait::FullColumnRank]);
        assert_eq!(
            said("is an eigenvector of \u{1}A\u{2} with eigenvalue \u{1}\\mu\u{2}"),
            [Trait::Eigenvector("A".to_owned(), "\\mu".to_owned())]
        );
        assert_eq!(
            said("are symmetric and positive-definite, so"),
            [Trait::Quality("positive definite")]
        );
    }

    #[test]
    fn what_is_denied_or_conditional_is_not_read() {
        for text in [
            "is not symmetric",
            "is symmetric if",
            "is symmetric for all n",
            "is a matrix whose columns add up",
            "symmetric",
        ] {
            assert_eq!(said(text), Vec::new(), "{text}");
        }
    }

    #[test]
    fn a_noun_phrase_ends_at_its_name() {
        assert_eq!(
            before("For any symmetric matrix "),
            Some(vec![Trait::Quality("symmetric"), Trait::Matrix])
        );
        assert_eq!(before("the unit vector"), Some(vec![Trait::Unit]));
        assert_eq!(before("the symmetric"), None);
    }
}
