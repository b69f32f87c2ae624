//! Words of plain text that are no maths, and those that are.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// Words that open a line of context in plain text (CONTRACT §3).
pub(super) const CONTEXT: &[&str] = &[
    "given", "let", "set", "put", "assume", "where", "suppose", "for all",
];

/// Runs of letters that belong to maths: functions, Greek letters, connectives, arrow words.
const MATHS: &[&str] = &[
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "eps",
    "zeta",
    "eta",
    "theta",
    "iota",
    "kappa",
    "lambda",
    "lam",
    "mu",
    "nu",
    "xi",
    "omicron",
    "pi",
    "rho",
    "sigma",
    "tau",
    "upsilon",
    "phi",
    "chi",
    "psi",
    "omega",
    "varepsilon",
    "varphi",
    "oo",
    "inf",
    "infinity",
    "sin",
    "cos",
    "tan",
    "cot",
    "sec",
    "csc",
    "sinh",
    "cosh",
    "tanh",
    "coth",
    "arcsin",
    "arccos",
    "arctan",
    "asin",
    "acos",
    "atan",
    "log",
    "ln",
    "exp",
    "lim",
    "max",
    "min",
    "argmax",
    "argmin",
    "sup",
    "sqrt",
    "cbrt",
    "abs",
    "sum",
    "prod",
    "int",
    "det",
    "tr",
    "trace",
    "rank",
    "dim",
    "ker",
    "diag",
    "vec",
    "var",
    "cov",
    "sign",
    "sgn",
    "softmax",
    "relu",
    "gcd",
    "lcm",
    "mod",
    "floor",
    "ceil",
    "and",
    "or",
    "not",
    "in",
    "for",
    "all",
    "true",
    "false",
    "iff",
    "so",
    "hence",
    "thus",
    "then",
    "therefore",
    "implies",
    "gives",
    "yields",
    "no",
    "solution",
    "real",
    "const",
    "transpose",
    "choose",
];

/// The same lists for quick looking up.
static MATHS_SET: LazyLock<FxHashSet<&str>> = LazyLock::new(|| MATHS.iter().copied().collect());
static PROSE_SET: LazyLock<FxHashSet<&str>> = LazyLock::new(|| PROSE.iter().copied().collect());

/// English words of mathematical prose.
const PROSE: &[&str] = &[
    "about",
    "above",
    "add",
    "adding",
    "after",
    "again",
    "algebra",
    "also",
    "an",
    "any",
    "apply",
    "applying",
    "are",
    "arbitrary",
    "area",
    "as",
    "at",
    "back",
    "base",
    "be",
    "because",
    "becomes",
    "been",
    "before",
    "being",
    "below",
    "between",
    "both",
    "but",
    "by",
    "calculate",
    "can",
    "cancel",
    "cancelling",
    "case",
    "chain",
    "check",
    "clear",
    "clearly",
    "coefficients",
    "collect",
    "combine",
    "combining",
    "compare",
    "completing",
    "compute",
    "condition",
    "consider",
    "constant",
    "contradiction",
    "could",
    "defined",
    "definition",
    "denote",
    "derivative",
    "determine",
    "differentiate",
    "differentiating",
    "distribute",
    "divide",
    "dividing",
    "do",
    "does",
    "each",
    "either",
    "equal",
    "equals",
    "equation",
    "equations",
    "equivalent",
    "evaluate",
    "every",
    "exactly",
    "example",
    "exists",
    "expand",
    "expanding",
    "expected",
    "expression",
    "factor",
    "factoring",
    "fact",
    "finally",
    "find",
    "first",
    "fixed",
    "follows",
    "formula",
    "from",
    "function",
    "general",
    "get",
    "gets",
    "had",
    "has",
    "have",
    "here",
    "hold",
    "holds",
    "how",
    "however",
    "hypothesis",
    "if",
    "identity",
    "implied",
    "induction",
    "inequality",
    "insert",
    "instead",
    "integral",
    "integrate",
    "integrating",
    "into",
    "inverse",
    "is",
    "it",
    "its",
    "just",
    "know",
    "known",
    "last",
    "law",
    "left",
    "lemma",
    "like",
    "line",
    "linear",
    "many",
    "matrix",
    "may",
    "mean",
    "means",
    "moreover",
    "multiply",
    "multiplying",
    "must",
    "namely",
    "need",
    "negative",
    "next",
    "nonzero",
    "note",
    "now",
    "number",
    "numbers",
    "obtain",
    "of",
    "on",
    "once",
    "one",
    "only",
    "operation",
    "original",
    "other",
    "otherwise",
    "our",
    "part",
    "parts",
    "plug",
    "plugging",
    "point",
    "polynomial",
    "positive",
    "power",
    "previous",
    "problem",
    "product",
    "proof",
    "property",
    "prove",
    "put",
    "quadratic",
    "question",
    "random",
    "rearrange",
    "rearranging",
    "recall",
    "reduce",
    "rewrite",
    "rewriting",
    "right",
    "root",
    "roots",
    "rule",
    "same",
    "satisfies",
    "second",
    "see",
    "set",
    "show",
    "shows",
    "side",
    "sides",
    "similarly",
    "simple",
    "simplify",
    "simplifies",
    "simplifying",
    "since",
    "solve",
    "solved",
    "solving",
    "some",
    "square",
    "squaring",
    "step",
    "steps",
    "still",
    "substitute",
    "substituting",
    "substitution",
    "subtract",
    "subtracting",
    "such",
    "suppose",
    "symmetry",
    "take",
    "taking",
    "term",
    "terms",
    "than",
    "that",
    "the",
    "their",
    "them",
    "theorem",
    "there",
    "these",
    "they",
    "this",
    "those",
    "through",
    "to",
    "total",
    "try",
    "two",
    "under",
    "unique",
    "unknown",
    "until",
    "up",
    "us",
    "use",
    "using",
    "value",
    "values",
    "variable",
    "vector",
    "verify",
    "via",
    "was",
    "we",
    "were",
    "when",
    "whenever",
    "where",
    "which",
    "while",
    "will",
    "with",
    "without",
    "would",
    "write",
    "yield",
    "you",
    "zero",
    "given",
    "let",
    "assume",
    "answer",
    "result",
    "therein",
    "recursion",
    "series",
    "limit",
    "converges",
    "diverges",
    "respectively",
    "obviously",
    "indeed",
    "done",
    "qed",
    "goal",
    "claim",
    "hint",
    "remark",
    "correct",
    "wrong",
    "solutions",
    "odd",
    "even",
    "provided",
    "unless",
    "wlog",
    "loss",
    "generality",
    "prime",
];

/// Words of the language of context (CONTRACT §3).
const PROPERTIES: &[&str] = &[
    "random",
    "positive",
    "negative",
    "matrix",
    "vector",
    "function",
    "functions",
    "linear",
    "fixed",
    "constant",
    "all",
    "some",
    "integer",
    "number",
    "be",
    "is",
    "are",
    "has",
    "have",
    "a",
    "an",
    "the",
    "of",
    "by",
    "with",
    "symmetric",
    "skew-symmetric",
    "antisymmetric",
    "orthogonal",
    "orthonormal",
    "diagonal",
    "upper",
    "lower",
    "triangular",
    "invertible",
    "nonsingular",
    "definite",
    "semidefinite",
    "positive-definite",
    "positive-semidefinite",
    "idempotent",
    "square",
    "full",
    "row",
    "column",
    "columns",
    "rank",
    "unit",
    "matrices",
    "vectors",
    "eigenvector",
    "eigenvalue",
];

/// Words that make what stands before them a remark: `x = 2 is a solution`.
const VERBS: &[&str] = &[
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "holds",
    "hold",
    "means",
    "can",
    "will",
    "must",
    "may",
    "would",
    "could",
    "satisfies",
    "does",
    "cannot",
    "becomes",
];

/// What a run of characters between white space is, in plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A word of prose.
    Word,
    /// Several letters that could be a word or a product.
    Unknown,
    /// One letter.
    Letter,
    /// A word that belongs to maths.
    Keyword,
    /// Signs, digits, letters with signs.
    Maths,
}

/// Whether the words open with a verb.
pub(super) fn is_verb(word: &str) -> bool {
    VERBS.contains(&word.to_lowercase().as_str())
}

/// Whether the word may stand in a declaration.
pub(super) fn is_property(word: &str) -> bool {
    PROPERTIES.contains(&word.to_lowercase().as_str())
}

/// Whether the word says something of a matrix that can be checked.
pub(super) fn describes(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "symmetric",
        "skew-symmetric",
        "antisymmetric",
        "orthogonal",
        "orthonormal",
        "diagonal",
        "triangular",
        "invertible",
        "nonsingular",
        "definite",
        "semidefinite",
        "idempotent",
        "rank",
        "positive-definite",
        "positive-semidefinite",
        "eigenvector",
        "unit",
    ];
    WORDS.contains(&word.to_lowercase().as_str())
}

/// Without the punctuation around it.
pub(super) fn core(token: &str) -> &str {
    token
        .trim_start_matches(['(', '"', '“', '‘', '\'', '*', '['])
        .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '"', '”', '’', '*'])
}

/// What a run of characters without white space is.
pub(super) fn classify(token: &str) -> Token {
    let core = core(token);
    if core.is_empty() {
        let pause = token.chars().all(|c| matches!(c, ',' | '.' | ';' | ':'));
        return if pause { Token::Keyword } else { Token::Maths };
    }
    let mut letters = core.chars();
    let compound = core.contains(['\'', '’', '-']);
    if compound
        && core
            .split(['\'', '’', '-'])
            .all(|part| part.chars().all(is_letter))
    {
        let long = core
            .split(['\'', '’', '-'])
            .filter(|part| part.len() > 2)
            .count();
        let word = core.split(['\'', '’', '-']).any(is_prose) || core.contains(foreign);
        return if long >= 1 && word {
            Token::Word
        } else {
            Token::Maths
        };
    }
    if !letters.all(is_letter) {
        return Token::Maths;
    }
    if core.chars().any(foreign) {
        return Token::Word;
    }
    if core.chars().count() == 1 {
        return Token::Letter;
    }
    if MATHS_SET.contains(core.to_lowercase().as_str()) {
        return Token::Keyword;
    }
    if is_prose(core) {
        return Token::Word;
    }
    let accented = core.chars().any(|c| !c.is_ascii() && !greek(c));
    if accented {
        Token::Word
    } else if core.chars().count() >= 4 && core.is_ascii() {
        Token::Unknown
    } else {
        Token::Maths
    }
}

fn is_prose(word: &str) -> bool {
    let lower = word.to_lowercase();
    if matches!(word, "QED" | "WLOG") {
        return true;
    }
    // `A` and `E` are letters of maths, `Is` is a word; `AB` is a product.
    let shouted = word.chars().count() > 1 && word.chars().skip(1).any(char::is_uppercase);
    PROSE_SET.contains(lower.as_str()) && !shouted
}

fn greek(c: char) -> bool {
    matches!(c, '\u{0370}'..='\u{03FF}' | '\u{1F00}'..='\u{1FFF}')
}

/// A letter that words are written with: no letterlike sign, no raised or lowered letter.
fn is_letter(c: char) -> bool {
    let sign = matches!(c, '\u{2070}'..='\u{214F}' | '\u{1D2C}'..='\u{1DBF}' | '\u{02B0}'..='\u{02FF}'
        | '\u{1D400}'..='\u{1D7FF}' | '\u{2C7C}' | '\u{1EE00}'..='\u{1EEFF}' | 'ª' | 'º');
    (c.is_alphabetic() && !sign) || matches!(c, '\u{200C}' | '\u{200D}')
}

/// A letter of a script that maths is not written with.
fn foreign(c: char) -> bool {
    c.is_alphabetic() && is_letter(c) && !c.is_ascii() && !greek(c) && c > '\u{024F}'
}
