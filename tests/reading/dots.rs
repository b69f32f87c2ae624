//! What dots leave out: sums, products and lists, where one rule fits what stands around them; the
//! members of families that a sentence lists; vectors and matrices by their entries.

use super::remark::check;

/// Sums, products and lists with dots: one rule fits what stands around them, or none.
const DOTS: &[(&str, &str, &str)] = &[
    ("", r"1 + 2 + \dots + n = n(n+1)/2", "proved"),
    ("", r"1 + 2 + \cdots + n = n(n-1)/2", "refuted"),
    ("", r"1 + 2 + ... + (n-1) = n(n-1)/2", "proved"),
    ("", r"1^2 + 2^2 + \dots + n^2 = n(n+1)(2n+1)/6", "proved"),
    ("", r"1^3 + 2^3 + ... + n^3 = (1+2+...+n)^2", "proved"),
    ("", r"1 + 3 + 5 + \dots + (2n-1) = n^2", "proved"),
    ("", r"1 + 3 + \dots + (2n-1) = n^2 + 1", "refuted"),
    ("", r"2 + 4 + \dots + 2n = n(n+1)", "proved"),
    (
        "",
        r"1 + x + x^2 + \dots + x^n = (1 - x^{n+1})/(1-x)",
        "proved",
    ),
    (
        "",
        r"1 + x + x^2 + \dots + x^n = (1 - x^n)/(1-x)",
        "refuted",
    ),
    ("", r"x_1 + x_2 + \dots + x_n = \sum_{i=1}^n x_i", "proved"),
    ("", r"x_1 + \dots + x_n = \sum_{i=1}^n x_i", "proved"),
    ("", r"x_1 + \dots + x_n = \sum_{i=1}^n x_i^2", "refuted"),
    ("", r"x_1 x_2 \cdots x_n = \prod_{i=1}^n x_i", "proved"),
    ("", r"1\cdot 2\cdot 3\cdot \dots\cdot n = n!", "proved"),
    ("", r"1 \cdot  2 \cdot  \dots \cdot  n = n!", "proved"),
    (
        "",
        r"\frac{x_1 + \dots + x_n}{n} = \frac{1}{n}\sum_{i=1}^n x_i",
        "proved",
    ),
    ("", r"n + (n-1) + \dots + 1 = n(n+1)/2", "proved"),
    ("", r"1 + 2 + 4 + \dots + 2^n = 2^{n+1} - 1", "proved"),
    ("", r"1 + 2 + 4 + \dots + 2^n = 2^{n+1}", "refuted"),
    ("", r"1 + 1/2 + 1/4 + \dots = 2", "proved"),
    ("", r"1 + 1/2 + 1/4 + \cdots = 1", "refuted"),
    ("", r"1 + 2 + 3 + \dots + 100 = 5050", "proved"),
    ("", r"1 + 2 + 3 + \dots + 100 = 5000", "refuted"),
    ("", r"5 + 10 + 15 + \dots + 100 = 1050", "proved"),
    ("", r"\max\{x_1, \dots, x_n\} >= x_1", "proved"),
    (
        "",
        r"a_1 b_1 + a_2 b_2 + \dots + a_n b_n = \sum_{i=1}^n a_i b_i",
        "proved",
    ),
    ("", r"1 + 2 + \dots + n + (n+1) = (n+1)(n+2)/2", "proved"),
    (
        "",
        r"1\cdot 2 + 2\cdot 3 + \dots + n(n+1) = n(n+1)(n+2)/3",
        "proved",
    ),
    (
        "",
        r"1/(1\cdot 2) + 1/(2\cdot 3) + \dots + 1/(n(n+1)) = n/(n+1)",
        "proved",
    ),
    (
        "",
        r"E[X_1 + \dots + X_n] = E[X_1] + \dots + E[X_n]",
        "proved",
    ),
    (
        "",
        r"(1 - x)(1 + x + x^2 + \dots + x^{n-1}) = 1 - x^n",
        "proved",
    ),
    (
        "",
        r"1 + x + x^2/2 + \dots + x^n/n! + \dots = e^x",
        "proved",
    ),
    ("", r"1 + 2 + \dots + 2^n = 2^{n+1} - 1", "undecided"),
    ("", r"1 + 2 + \dots + 64 = 127", "undecided"),
    ("", r"1 + 2 + \dots + 64 = 2080", "undecided"),
    ("", r"1 + 3 + \dots + 27 = 40", "undecided"),
    ("", r"2^{n-1} + 2^{n-2} + \dots + 1 = 2^n - 1", "proved"),
    (
        "",
        r"1 + 1/3 + 1/9 + \dots + 1/3^n = (3/2)(1 - 1/3^{n+1})",
        "proved",
    ),
    (
        "",
        r"a^n + a^{n-1} b + \dots + b^n = \sum_{k=0}^n a^{n-k} b^k",
        "proved",
    ),
    (
        "",
        r"a^n + a^{n-1} b + \dots + b^n = \sum_{k=0}^n a^k b^k",
        "refuted",
    ),
    ("", r"x + x^2 + \dots + x^n = x (1-x^n)/(1-x)", "proved"),
    (
        r"Let $|x| < 1$.",
        r"1 + x + x^2 + \dots = 1/(1-x)",
        "proved",
    ),
    (
        r"Let $|x| < 1$.",
        r"1 - x + x^2 - \dots = 1/(1+x)",
        "proved",
    ),
    (
        r"Let $|x| < 1$.",
        r"x + x^2 + x^3 + \dots = 1/(1-x)",
        "refuted",
    ),
    (
        "",
        r"\sqrt{x} + x + x^{3/2} + \dots + x^{n/2} = \sum_{k=1}^{n} x^{k/2}",
        "proved",
    ),
    (
        "",
        r"1 + 2x + 3x^2 + \dots + n x^{n-1} = \sum_{k=1}^n k x^{k-1}",
        "proved",
    ),
    (
        "",
        r"f(1) + f(2) + \dots + f(n) = \sum_{k=1}^n f(k)",
        "proved",
    ),
    (
        "",
        r"1/1! + 1/2! + \dots + 1/n! = \sum_{k=1}^n 1/k!",
        "proved",
    ),
    ("", r"1 + 2 + 5 + \dots + n = n", "undecided"),
    (
        r"Let $x_i > 0$.",
        r"\log(x_1 x_2 \cdots x_n) = \log x_1 + \cdots + \log x_n",
        "proved",
    ),
    (
        "",
        r"x_1^2 + x_2^2 + \dots + x_n^2 = (x_1 + \dots + x_n)^2",
        "refuted",
    ),
];

/// Lists of members, and vectors by their entries.
const MEMBERS: &[(&str, &str, &str)] = &[
    (
        r"Let $x_1, \dots, x_n \in \mathbb{R}$.",
        r"\sum_{i=1}^n x_i^2 \ge 0",
        "proved",
    ),
    (
        r"Let $x_1, \dots, x_n > 0$.",
        r"\log \prod_{i=1}^n x_i = \sum_{i=1}^n \log x_i",
        "proved",
    ),
    (
        r"Let $x_1, x_2, \dots, x_n > 0$.",
        r"\log (x_1 \cdots x_n) = \sum_{i=1}^n \log x_i",
        "proved",
    ),
    (
        r"Let $x_1, \dots, x_n$ be positive.",
        r"\log \prod_{i=1}^n x_i = \sum_{i=1}^n \log x_i",
        "proved",
    ),
    (
        r"Let $x_1, \dots, x_n$ be positive real numbers.",
        r"\log \prod_{i=1}^n x_i = \sum_{i=1}^n \log x_i",
        "proved",
    ),
    (
        r"Let $x_1, \dots, x_n$ be positive real numbers.",
        r"x_{n+1} > 0",
        "refuted",
    ),
    (
        r"Let $x_1, \dots, x_n$ be real numbers.",
        r"\sum_{i=1}^n x_i^2 \ge 0",
        "proved",
    ),
    (
        r"Let $X_1, \dots, X_n$ be independent random variables with mean $\mu$.",
        r"E[\sum_{i=1}^n X_i] = n\mu",
        "proved",
    ),
    (
        r"Let $X_1, \dots, X_n$ be i.i.d. with mean $\mu$ and variance $\sigma^2$.",
        r"Var(\sum_{i=1}^n X_i) = n\sigma^2",
        "proved",
    ),
    (
        r"Let $X_1, \dots, X_n \sim N(\mu, \sigma^2)$ be independent.",
        r"Var(\sum_{i=1}^n X_i) = n\sigma^2",
        "proved",
    ),
    (
        r"Let $X_1, \dots, X_n \overset{iid}{\sim} N(\mu, \sigma^2)$.",
        r"Var(\sum_{i=1}^n X_i) = n\sigma^2",
        "proved",
    ),
    (
        r"Let $a_1, \dots, a_n, b_1, \dots, b_n$ be real numbers.",
        r"\left(\sum_{i=1}^n a_i b_i\right)^2 \le \sum_{i=1}^n a_i^2 \sum_{i=1}^n b_i^2",
        "proved",
    ),
    (
        r"Let $x_1, \ldots, x_n \geq 0$.",
        r"\sum_{i=1}^n x_i \ge 0",
        "proved",
    ),
    (
        r"Let $\lambda_1 \ge \lambda_2 \ge \dots \ge \lambda_n > 0$.",
        r"\lambda_1 \ge \lambda_2",
        "proved",
    ),
    (r"Let $i \in \{1, \dots, n\}$.", r"1 \le i", "proved"),
    (
        r"Let $p_1, \dots, p_n \ge 0$ with $p_1 + \dots + p_n = 1$.",
        r"\sum_{i=1}^n p_i = 1",
        "proved",
    ),
    (
        r"Let $x_1, \dots, x_n$ be vectors in $\mathbb{R}^d$.",
        r"\left\|\sum_{i=1}^n x_i\right\|^2 = \sum_{i=1}^n\sum_{j=1}^n x_i^\top x_j",
        "proved",
    ),
    (
        r"Let $x_1, \dots, x_n \in \mathbb{R}^d$.",
        r"\left\|\sum_{i=1}^n x_i\right\|^2 = \sum_{i=1}^n\sum_{j=1}^n x_i^\top x_j",
        "proved",
    ),
    (
        r"Given data $(x_1, y_1), \dots, (x_n, y_n)$.",
        r"\sum_{i=1}^n (x_i - y_i) = \sum_{i=1}^n x_i - \sum_{i=1}^n y_i",
        "proved",
    ),
    (
        r"Let $x = (x_1, \dots, x_n)^\top$.",
        r"\|x\|^2 = \sum_{i=1}^n x_i^2",
        "proved",
    ),
    (r"Let $x_1, \dots, x_n > 0$.", r"x_{n+1} > 0", "refuted"),
    (
        r"Let $0 < x_1 < x_2 < \dots < x_n$.",
        r"x_2 < x_1",
        "undecided",
    ),
    (
        r"Let $x_1 \le \dots \le x_n$.",
        r"\sum_{i=1}^n x_i \le n x_1",
        "undecided",
    ),
    (r"Let $y, x_1, \dots, x_n > 0$.", r"y > 0", "proved"),
    (
        r"Let $x_1, \dots, x_n, y_1, \dots, y_n > 0$.",
        r"\sum_{i=1}^n x_i y_i > 0",
        "proved",
    ),
    (
        r"If $x_1, \dots, x_n$ are non-negative,",
        r"\sum_{i=1}^n x_i \ge 0",
        "proved",
    ),
    (
        r"Let $k_1, \dots, k_n \in \mathbb{N}$.",
        r"\sum_{i=1}^n k_i \ge 0",
        "proved",
    ),
    (
        r"Let $x^{(1)}, \dots, x^{(m)} \in \mathbb{R}^d$.",
        r"\sum_{i=1}^m x^{(i)} (x^{(i)})^\top = \left(\sum_{i=1}^m x^{(i)} (x^{(i)})^\top\right)^\top",
        "proved",
    ),
    (
        r"Let $A$ be an $n \times n$ matrix.",
        r"\operatorname{tr}(A) = \sum_{i=1}^n a_{ii}",
        "proved",
    ),
    (
        r"Let $A \in \mathbb{R}^{n\times n}$.",
        r"\operatorname{tr}(A) = \sum_{i=1}^n A_{ii}",
        "proved",
    ),
    (
        r"Let $A = (a_{ij})$ be an $n \times n$ matrix.",
        r"\operatorname{tr}(A) = \sum_{i=1}^n a_{ii}",
        "proved",
    ),
    (
        r"Let $\mathbf{A} \in \mathbb{R}^{n\times n}$.",
        r"\operatorname{tr}(\mathbf{A}) = \sum_{i=1}^n A_{ii}",
        "proved",
    ),
    (
        r"Let $\mathbf{A} \in \mathbb{R}^{n\times n}$.",
        r"\operatorname{tr}(\mathbf{A}) = \sum_{i=1}^n a_{ii}",
        "proved",
    ),
    (
        r"Let $\mathbf{x}, \mathbf{y} \in \mathbb{R}^n$.",
        r"\mathbf{x}^\top \mathbf{y} = \sum_{i=1}^n x_i y_i",
        "proved",
    ),
    (
        r"Let $\vec{x} \in \mathbb{R}^n$.",
        r"\vec{x}^\top \vec{x} = \sum_{i=1}^n x_i^2",
        "proved",
    ),
    (
        r"Let $\mathbf{x} \in \mathbb{R}^n$.",
        r"\frac{\partial}{\partial x_i} \|\mathbf{x}\|^2 = 2 x_i",
        "proved",
    ),
    (
        r"Let $\mathbf{w}, \mathbf{x} \in \mathbb{R}^n$.",
        r"\frac{\partial}{\partial w_i} \mathbf{w}^\top \mathbf{x} = x_i",
        "proved",
    ),
    (
        r"Let $\mathbf{x} \in \mathbb{R}^n$.",
        r"\|\mathbf{x}\|^2 = 2\sum_{i=1}^n x_i^2",
        "refuted",
    ),
    (
        r"Let $x \in \mathbb{R}^n$.",
        r"\|x\|^2 = 2\sum_{i=1}^n x_i^2",
        "refuted",
    ),
    (
        r"Let $a = 1$.",
        r"\|\mathbf{x}\|^2 = 2\sum_{i} x_i^2",
        "undecided",
    ),
    (
        r"Let $A = (a_{ij})$ be a square matrix.",
        r"\operatorname{tr}(A^2) = \sum_{i}\sum_j a_{ij} a_{ji}",
        "undecided",
    ),
    (
        r"Let $x = (x_1, \dots, x_n)^\top$.",
        r"\|x\|^2 = \sum_{i=1}^n x_i^2",
        "proved",
    ),
    (
        r"Let $\mathbf{x} = (x_1, \dots, x_n)^\top \in \mathbb{R}^n$.",
        r"\|\mathbf{x}\|^2 = \sum_{i=1}^n x_i^2",
        "proved",
    ),
    (
        r"Let $A = (a_{ij})$ be a symmetric matrix.",
        r"A^\top = A",
        "proved",
    ),
    (
        r"Let $A = [a_{ij}]$.",
        r"\operatorname{tr}(A) = \sum_{i=1}^n a_{ii}",
        "undecided",
    ),
    (
        r"Let $A = (a_{ij}) \in \mathbb{R}^{n \times n}$.",
        r"\operatorname{tr}(A) = \sum_{i=1}^n a_{ii}",
        "proved",
    ),
];

/// Letters in traces and determinants are matrices; digits and letters side by side are indices.
const PLACES: &[(&str, &str, &str)] = &[
    (
        "",
        r"\operatorname{tr}(AB) = \operatorname{tr}(BA)",
        "proved",
    ),
    (
        "",
        r"\operatorname{tr}(AB) = \operatorname{tr}(A)\operatorname{tr}(B)",
        "refuted",
    ),
    ("", r"\det(AB) = \det(A)\det(B)", "proved"),
    ("", r"\det(A+B) = \det(A)+\det(B)", "refuted"),
    ("", r"\sum_{i=1}^2 a_{ii} = a_{11} + a_{22}", "proved"),
    ("", r"\sum_{j=1}^2 b_{1j} = b_{11} + b_{12}", "proved"),
    ("", r"\sum_{k=0}^1 r_{kj} = r_{0j} + r_{1j}", "proved"),
    ("", r"\sum_{i=1}^2 x_{2i} = x_2 + x_4", "proved"),
    ("", r"\sum_{i=1}^2 x_{2i} = x_1 + x_2", "refuted"),
];

#[test]
fn what_stands_in_a_trace_is_a_matrix_and_digits_beside_letters_are_indices() {
    check(PLACES);
}

#[test]
fn dots_leave_out_what_one_rule_tells() {
    check(DOTS);
}

#[test]
fn what_is_said_of_listed_members_holds_for_these_alone() {
    check(MEMBERS);
}
