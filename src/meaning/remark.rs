//! Maths that a sentence mentions without a claim: what it may mean for the steps that follow.
//! `Since $x = 2y$, …` may be a premise, `Let $n$ be odd` restricts n in words that are not read,
//! `Let $f$ be a function` says what a bracket behind f holds. Nothing is proved from such words;
//! but a step that is wrong only without them is not refuted.

use super::elaborate;
use super::line::{Line, is_name};
use super::reader::Reader;
use super::word;
use crate::syntax::{Kind, Tree};
use crate::term::Node;

use super::derivation::Role;

/// As many statements are kept.
const MOST: usize = 16;

/// What the words of a sentence make of the maths in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Remark {
    /// It may be a premise: `since`, `because`, `recall that`, or a word of context.
    pub(super) premise: bool,
    /// Besides, they tell of a restriction: `odd`, `positive`, `a root of`.
    restricts: bool,
    /// It stands behind other maths in its sentence: `|x| = x since x > 0`.
    behind: bool,
    /// It is an exception: `unless x < 0`.
    exception: bool,
    /// They speak of functions.
    functions: bool,
    /// They speak of functions of some kind: `convex`, `a density`.
    kind: bool,
}

/// Words before maths that may make it a premise, besides the words of context.
const REASONS: &[&str] = &[
    "since",
    "because",
    "as",
    "unless",
    "except",
    "without loss of generality",
    "wlog",
    "using",
    "use",
    "write",
    "writing",
    "abbreviate",
    "abbreviating",
    "call",
    "given",
    "assume",
    "assumed",
    "assumes",
    "assuming",
    "assumption",
    "suppose",
    "supposing",
    "hypothesis",
    "hypotheses",
    "provided",
    "under",
    "whenever",
    "where",
    "when",
    "if",
    "with",
    "choose",
    "choosing",
    "pick",
    "take",
    "taking",
    "fix",
    "consider",
    "denote",
    "denotes",
    "let",
    "letting",
    "define",
    "at",
    "in the case",
    "setting",
    "substituting",
    "substitute",
    "recall",
    "know",
    "known",
    "here",
    "by",
    "satisfying",
    "satisfies",
    "such that",
    "due to",
    "from",
    "plugging",
];

/// Words of a sentence that announces what is to be shown.
const GOALS: &[&str] = &[
    "show",
    "shows",
    "prove",
    "proves",
    "want",
    "wish",
    "claim",
    "claims",
    "verify",
    "check",
    "whether",
    "disprove",
    "goal",
    "theorem",
    "lemma",
    "proposition",
    "conclude",
    "need",
    "must",
    "aim",
];

/// Words that restrict the values of a letter.
const RESTRICTIONS: &[&str] = &[
    "positive",
    "negative",
    "nonnegative",
    "nonzero",
    "zero",
    "odd",
    "even",
    "integer",
    "integers",
    "prime",
    "primes",
    "rational",
    "irrational",
    "natural",
    "whole",
    "complex",
    "root",
    "roots",
    "solution",
    "satisfies",
    "satisfy",
    "satisfying",
    "such that",
    "so that",
    "acute",
    "obtuse",
    "angle",
    "singular",
    "nilpotent",
    "rotation",
    "reflection",
    "projection",
    "permutation",
    "stochastic",
    "unitary",
    "orthogonal",
    "orthonormal",
    "perpendicular",
    "parallel",
    "unit",
    "normalized",
    "normalised",
    "eigenvalue",
    "eigenvalues",
    "eigenvector",
    "eigenvectors",
    "symmetric",
    "invertible",
    "inverse",
    "definite",
    "equal",
    "equals",
    "denote",
    "denotes",
    "greater",
    "less",
    "larger",
    "smaller",
    "at least",
    "at most",
    "between",
    "bounded",
    "divisible",
    "multiple",
    "distinct",
    "coprime",
    "stationary",
    "critical",
    "primitive",
    "finite",
    "small",
    "large",
    "square",
    "rank",
    "triangle",
    "sides",
    "angles",
    "probabilities",
    "probability",
];

/// Words behind a letter with which something is told of it.
const TELLING: &[&str] = &[
    "is", "are", "be", "was", "were", "denotes", "denote", "being", "assumed",
];

/// Words of a sentence that puts a letter for something.
const WRITING: &[&str] = &["write", "writing", "abbreviate", "abbreviating", "call"];

/// Words that say of a name that it is a function.
const FUNCTIONS: &[&str] = &[
    "function",
    "functions",
    "map",
    "mapping",
    "differentiable",
    "continuous",
];

/// Words that say of a function that it is one of a kind.
const KINDS: &[&str] = &[
    "even",
    "odd",
    "linear",
    "affine",
    "additive",
    "bounded",
    "density",
    "densities",
    "pdf",
    "pmf",
    "cdf",
    "polynomial",
    "polynomials",
    "increasing",
    "decreasing",
    "monotone",
    "monotonic",
    "convex",
    "concave",
    "injective",
    "bijective",
    "sigmoid",
    "activation",
    "loss",
    "cost",
    "objective",
    "likelihood",
    "entropy",
    "periodic",
    "lipschitz",
    "functional",
    "transformation",
    "derivative",
    "antiderivative",
];

/// Whether the words stand in the text, each at a word's start and end.
fn holds(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            edge(text.get(..at).and_then(|t| t.chars().next_back()))
                && edge(text.get(at + word.len()..).and_then(|t| t.chars().next()))
        })
    })
}

/// Words of a condition or reason that plain words may hold whole: `if n is odd`.
const CONDITIONS: &[&str] = &[
    "if", "when", "whenever", "since", "because", "as", "for", "let", "suppose", "assume", "given",
    "where", "with", "provided", "unless", "take", "consider", "choose", "fix",
];

/// The letters that stand among the words, where these restrict them: `n` of `If n is odd, then`.
pub(super) fn restricted_names(words: &str) -> Option<Vec<String>> {
    let lower = words.to_lowercase();
    let first = lower.split_whitespace().next().unwrap_or("");
    let conditional = holds(&lower, CONDITIONS) || RESTRICTIONS.contains(&first);
    if !conditional || !holds(&lower, RESTRICTIONS) || holds(&lower, GOALS) {
        return None;
    }
    let all: Vec<&str> = words
        .split(|c: char| c.is_whitespace() || ",.;:()!?".contains(c))
        .filter(|word| !word.is_empty())
        .collect();
    let verb = |word: Option<&&str>| {
        word.is_some_and(|word| ["is", "are", "be", "and", "was", "being"].contains(word))
    };
    let names: Vec<String> = (all.iter().enumerate())
        .filter(|(place, word)| {
            let mut letters = word.chars();
            let lone = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
            lone && (!["a", "A", "I"].contains(*word) || verb(all.get(place + 1)))
        })
        .map(|(_, word)| (*word).to_owned())
        .collect();
    (!names.is_empty()).then_some(names)
}

impl Remark {
    /// What the words before and behind the maths, within its sentence, make of it.
    pub(super) fn of(before: &str, behind: &str) -> Self {
        let before = before.to_lowercase();
        let behind = behind
            .split_inclusive(['.', '!', '?', ';'])
            .next()
            .unwrap_or("")
            .to_lowercase();
        let premise =
            (word::context(&before).is_some() || holds(&before, REASONS)) && !holds(&before, GOALS);
        let both = |words: &[&str]| holds(&before, words) || holds(&behind, words);
        let told = holds(&behind, TELLING) && !holds(&before, GOALS);
        Remark {
            premise,
            behind: false,
            exception: holds(&before, &["unless", "except"]),
            restricts: (premise || told) && both(RESTRICTIONS)
                || premise && holds(&before, WRITING),
            functions: both(FUNCTIONS) || both(KINDS) && !both(&["matrix", "matrices", "vector"]),
            kind: both(KINDS) || both(RESTRICTIONS),
        }
    }

    /// The same, behind other maths of its sentence or not.
    pub(super) fn placed(self, behind: bool) -> Self {
        Remark { behind, ..self }
    }

    /// Whether `f : A → B` says all that the sentence says of f.
    pub(super) fn declares(self) -> bool {
        !self.kind
    }
}

/// The names that a sentence mentions by themselves, and whether it calls them functions: `f`,
/// `f, g`, `f : ℝ → ℝ`.
pub(super) fn mentioned<'t>(line: &'t Line<'_>) -> Option<(Vec<&'t Tree>, bool)> {
    let names = match &line.tree.kind {
        Kind::List(parts) => parts.iter().collect(),
        _ => vec![&line.tree],
    };
    let lone = line.is_remark() && names.iter().all(|name| is_name(name));
    lone.then_some((names, line.remark.functions))
}

impl<'a> Reader<'_, 'a> {
    /// What stands behind maths in its sentence is about it: it is known before that is read.
    pub(super) fn look_ahead(&mut self, lines: &[&Line<'a>]) {
        for line in lines {
            if line.is_remark() && line.remark.behind {
                if line.is_expression() {
                    self.restricted(line);
                } else {
                    self.said_in_passing(line);
                }
            }
        }
    }

    /// Maths in a sentence that makes no claim.
    pub(super) fn remark(&mut self, line: &Line<'a>) {
        let reason = if line.is_expression() {
            self.restricted(line);
            "an expression within a sentence makes no claim"
        } else {
            self.said_in_passing(line);
            "stands in a sentence and is no claim"
        };
        let step = self.step(
            line.fragment,
            line.tree.span,
            Role::Skipped(reason.to_owned()),
        );
        self.block.steps.push(step);
    }

    /// `n` of “Let n be odd”: what is said of it is not known.
    fn restricted(&mut self, line: &Line<'a>) {
        if !line.remark.restricts {
            return;
        }
        let text = &line.fragment.text;
        let Ok(read) = elaborate::expression(self.store, &self.standing.scope, text, &line.tree)
        else {
            return;
        };
        for symbol in self.store.symbols(read.term) {
            self.standing.restricted.insert(symbol);
        }
    }

    /// `x = 2y` of “Since x = 2y”: a step is refuted only where it is wrong under that too.
    fn said_in_passing(&mut self, line: &Line<'a>) {
        if !line.remark.premise {
            return;
        }
        let text = &line.fragment.text;
        let Ok(read) = elaborate::statement(self.store, &self.standing.scope, text, &line.tree)
        else {
            return;
        };
        if line.remark.exception {
            self.standing
                .restricted
                .extend(self.store.symbols(read.term));
            return;
        }
        let trivial = matches!(self.store.node(read.term), Node::Truth(_));
        if !trivial && !self.standing.remarks.contains(&read.term) {
            let remarks = &mut self.standing.remarks;
            if remarks.len() >= MOST {
                remarks.remove(0);
            }
            remarks.push(read.term);
            self.refresh_context();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_and_words_of_context_make_premises_and_goals_do_not() {
        for before in ["Since ", "By hypothesis ", "Recall that ", "Let ", "As "] {
            assert!(Remark::of(before, "").premise, "{before}");
        }
        for before in ["We show that ", "Note that ", "Assigned to ", "We want "] {
            assert!(!Remark::of(before, "").premise, "{before}");
        }
    }

    #[test]
    fn words_on_both_sides_tell_of_restrictions_and_functions() {
        assert!(Remark::of("Let ", " be odd.").restricts);
        assert!(Remark::of("For positive ", ",").restricts);
        assert!(!Remark::of("Let ", " be the weights. They are positive.").restricts);
        assert!(Remark::of("Let ", " be a continuous function on ").functions);
        assert!(!Remark::of("Let ", " be the functionality").functions);
    }
}
