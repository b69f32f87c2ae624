//! What sentences mention besides: reasons, restrictions and functions. Nothing is proved from
//! them, and nothing is refuted that holds under them.

use hence::judge::Options;
use hence::report::StepVerdict;
use hence::source::{Container, Source};

/// A sentence, the display behind it, and the verdict on that.
const ROWS: &[(&str, &str, &str)] = &[
    (r"Let $f$ be a function.", r"f(2x) = 2 f(x)", "refuted"),
    (
        r"Let $f$ be differentiable.",
        r"f(x+y) = f(x)+f(y)",
        "undecided",
    ),
    (
        r"Let $f : \mathbb{R} \to \mathbb{R}$ be a function.",
        r"f(2x) = 2 f(x)",
        "refuted",
    ),
    (
        r"Let $f : \mathbb{R} \to \mathbb{R}$ be a linear function.",
        r"f(2x) = 2 f(x)",
        "undecided",
    ),
    (
        r"Let $f$ and $g$ be functions.",
        r"f(x)g(y) = f(y)g(x)",
        "undecided",
    ),
    (
        r"Let $f$ be an even function.",
        r"f(-x) = -f(x)",
        "undecided",
    ),
    (r"Let $f$ be an even function.", r"f(-x) = f(x)", "proved"),
    (
        r"Let $\sigma$ be the sigmoid.",
        r"\sigma(2x) = 2\sigma(x)",
        "refuted",
    ),
    (
        r"Let $\sigma$ be the sigmoid.",
        r"\sigma(-x) = 1 - \sigma(x)",
        "proved",
    ),
    (
        r"Let $\sigma$ be the standard deviation.",
        r"\sigma(x+y) = \sigma x + \sigma y",
        "proved",
    ),
    (
        r"Let $\phi$ be the activation function.",
        r"\phi(2x) = 2\phi(x)",
        "undecided",
    ),
    (
        r"Let $F$ be the cumulative distribution function.",
        r"F(b)-F(a) = F(b-a)",
        "undecided",
    ),
    (
        r"Let $\Phi$ be the standard normal cdf.",
        r"\Phi(b)-\Phi(a) = \Phi(b-a)",
        "undecided",
    ),
    (r"Let $p$ be a polynomial.", r"p(2x) = 2p(x)", "undecided"),
    (
        r"Let $u$ be a function of $x$.",
        r"u(x+1) = u(x)+u(1)",
        "undecided",
    ),
    (
        r"The entropy $H$ satisfies",
        r"H(X+Y) = H(X)+H(Y)",
        "undecided",
    ),
    (
        r"Let $f$ be increasing and $x<y$.",
        r"f(x) \le f(y)",
        "undecided",
    ),
    (r"Let $L$ be the loss.", r"L(2w) = 2L(w)", "undecided"),
    (r"Let $a$ be a constant.", r"a(x+1) = a x + a", "proved"),
    (r"Let $a$ be a constant.", r"a(x+1) = a x + 1", "refuted"),
    (r"Let $x$ be a positive real number.", r"|x| = x", "proved"),
    (
        r"For all positive real numbers $x$ we have",
        r"|x| = x",
        "proved",
    ),
    (r"For positive $x$,", r"|x| = x", "undecided"),
    (
        r"Let $x$ and $y$ be positive numbers.",
        r"|xy| = xy",
        "proved",
    ),
    (
        r"Suppose that $x$ is greater than $1$.",
        r"|x| = x",
        "undecided",
    ),
    (r"Let $n$ be odd.", r"(-1)^n = -1", "undecided"),
    (r"Let $n$ be an even integer.", r"(-1)^n = 1", "undecided"),
    (r"If $n$ is even,", r"(-1)^n = 1", "undecided"),
    (r"For $n$ even we have", r"(-1)^n = 1", "undecided"),
    (
        r"Let $n = 2k$ where $k$ is an integer.",
        r"(-1)^n = 1",
        "undecided",
    ),
    (
        r"Assume for contradiction that $x = 2y$.",
        r"x^2 = 4y^2",
        "proved",
    ),
    (
        r"Suppose to the contrary that $x = 2y$.",
        r"x^2 = 4y^2",
        "proved",
    ),
    (
        r"Let $x$ be a root of $x^2 = x+1$.",
        r"x^3 = 2x+1",
        "undecided",
    ),
    (r"Let $x$ satisfy $x^2=x+1$.", r"x^3 = 2x+1", "undecided"),
    (
        r"Let $x$ be such that $x^2 = x+1$.",
        r"x^3 = 2x+1",
        "undecided",
    ),
    (r"Let $p$ be a prime.", r"p > 1", "undecided"),
    (
        r"Let $\theta$ be an acute angle.",
        r"\sqrt{1-\cos^2\theta} = \sin\theta",
        "undecided",
    ),
    (r"Let $y$ denote $x^2$.", r"y+1 = x^2+1", "undecided"),
    (r"When $x$ equals $2$,", r"x^2 = 4", "undecided"),
    (
        r"Let $A$ be a singular $n\times n$ matrix.",
        r"\det(A) = 0",
        "undecided",
    ),
    (
        r"Let $A$ be a nilpotent matrix with $A^2 = 0$.",
        r"(I-A)^{-1} = I+A",
        "undecided",
    ),
    (r"Let $Q$ be a rotation matrix.", r"\det Q = 1", "undecided"),
    (
        r"Let $P$ be the projection matrix onto the column space of $X$.",
        r"P^2 = P",
        "undecided",
    ),
    (
        r"Let $u$ and $v$ be orthogonal vectors.",
        r"\|u+v\|^2 = \|u\|^2+\|v\|^2",
        "undecided",
    ),
    (
        r"Let $u$ and $v$ be orthonormal.",
        r"\|u+v\|^2 = 2",
        "undecided",
    ),
    (r"Let $u$ and $v$ be vectors.", r"u^T v = v^T u", "proved"),
    (
        r"Let $\lambda$ be an eigenvalue of $A$ with eigenvector $v$.",
        r"A^2 v = \lambda^2 v",
        "undecided",
    ),
    (
        r"Choose $x$ so that $x^2 = x+1$.",
        r"x^3 = 2x+1",
        "undecided",
    ),
    (r"Since $x=2y$, we have", r"x^2 = 4y^2", "undecided"),
    (r"Since $x=2y$, we have", r"x^2 = 5y^2", "refuted"),
    (r"Because $x=2y$", r"x^2 = 4y^2", "undecided"),
    (r"As $x=2y$, it follows that", r"x^2 = 4y^2", "undecided"),
    (r"Using $x=2y$ we get", r"x^2 = 4y^2", "undecided"),
    (r"Setting $x=2$ we get", r"x^2 + y = 4 + y", "undecided"),
    (r"We assume that $x=2y$.", r"x^2 = 4y^2", "undecided"),
    (r"Recall that $x=2y$.", r"x^2 = 4y^2", "undecided"),
    (r"Under the assumption $x=2y$,", r"x^2 = 4y^2", "undecided"),
    (r"At $x = 2$,", r"x^2 = 4", "undecided"),
    (r"Take $y = x^2$.", r"y+1 = x^2+1", "undecided"),
    (r"Denote $x^2$ by $y$.", r"y+1 = x^2+1", "undecided"),
    (r"Here $x$ is positive.", r"|x| = x", "undecided"),
    (
        r"We show that $(a+b)^2 = a^2+b^2$.",
        r"(a+b)^2 = a^2+b^2",
        "refuted",
    ),
    (
        r"Now we expand the square $(a+b)^2$.",
        r"(a+b)^2 = a^2+b^2",
        "refuted",
    ),
    (r"Let $x$ be the weight.", r"x^2 + 1 = x^2 + 2x", "refuted"),
    (r"Let $J$ be the cost.", r"2 J + w = 3 J + w", "refuted"),
];

/// What is read of names by themselves: functions of several arguments, labels, positive parts.
const NAMES: &[(&str, &str, &str)] = &[
    ("", r"2 K(x, y) + K(x, y) = 3 K(x, y)", "proved"),
    ("", r"2 K(x, y) + K(y, x) = 3 K(x, y)", "undecided"),
    (
        "",
        r"\ell_i(x_0; \theta) + \ell_i(x_0;\theta) = 2 \ell_i(x_0; \theta)",
        "proved",
    ),
    ("", r"p(x|y) p(y) + p(x|y) p(y) = 2 p(x|y) p(y)", "proved"),
    ("", r"p(x|y) p(y) = p(x, y) p(y)", "undecided"),
    (
        "",
        r"\hat\beta^{\text{new}} + \hat\beta = \hat\beta + \hat\beta^{\text{new}}",
        "proved",
    ),
    (
        "",
        r"\hat\beta^{\text{new}} = 2 \hat\beta^{\text{new}} - \hat\beta",
        "refuted",
    ),
    ("", r"(x)_+ + (-x)_+ = |x|", "proved"),
    ("", r"(x - 1)_{+}^2 = (x - 1)^2", "refuted"),
];

fn verdict(prose: &str, display: &str) -> String {
    let text = format!("{prose}\n\n$${display}$$\n");
    let source = Source::new("text", text);
    let report = hence::check(&source, Container::Markdown, &[], &Options::default());
    let steps = report.derivations.iter().flat_map(|d| &d.steps);
    match steps.last().map(|step| step.verdict) {
        Some(StepVerdict::Proved) => "proved".to_owned(),
        Some(StepVerdict::Refuted) => "refuted".to_owned(),
        Some(StepVerdict::Undecided) => "undecided".to_owned(),
        other => format!("{other:?}"),
    }
}

fn check(rows: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (prose, display, expected) in rows {
        let found = verdict(prose, display);
        if found != *expected {
            wrong.push(format!("{prose} {display}: {found}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_sentences_mention_refutes_and_proves_nothing_that_they_may_mean_otherwise() {
    check(ROWS);
}

#[test]
fn names_before_lists_are_functions_and_words_behind_them_are_labels() {
    check(NAMES);
}
