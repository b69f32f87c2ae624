//! Spellings and the trees they are read as.

use hence::syntax::{ElementKind, EntryKind, Trait, Tree, parse, parse_context};

const TEXT: &[(&str, &str)] = &[
    ("1/2x", "(/ 1 (2 x))"),
    ("a/bc", "(/ a bc~)"),
    ("a/b(c+d)", "(/ a (b ⦅(+ c + d)⦆))"),
    ("-x^2", "(- (^ x 2))"),
    ("e^-x", "(^ e (- x))"),
    ("2^n-1", "(+ (^ 2 n) - 1)"),
    ("x^2^3", "(^ x (^ 2 3))"),
    ("sin(x)^2", "(sin (^ ⦅x⦆ 2))"),
    ("log(x + 1)^2", "(log (^ ⦅(+ x + 1)⦆ 2))"),
    ("sin 2x y", "(sin 2 x y)"),
    ("sin x^2", "(sin (^ x 2))"),
    ("sin x cos y", "(sin x cos y)"),
    ("log x (y + 1)", "(log x ⦅(+ y + 1)⦆)"),
    ("sin²x", "((^ sin 2) x)"),
    ("sin⁻¹x", "((^ sin (- 1)) x)"),
    ("log_3(9)", "((_ log 3) ⦅9⦆)"),
    ("x_i^2", "(^ (_ x i) 2)"),
    ("x⁽ⁱ⁾", "(^index x i)"),
    ("x^(n+1)", "(^ x (+ n + 1))"),
    ("a_(n+1)", "(_ a (+ n + 1))"),
    ("w⁽ᵗ⁺¹⁾", "(^index w (+ t + 1))"),
    ("x₁ + x₂", "(+ (_ x 1) + (_ x 2))"),
    ("L_reg", "(_ L reg~)"),
    ("x* = 2", "(x* = 2)"),
    ("2 x*y", "(· (2 x) y)"),
    ("x̂ + ŷ + x̄", "(+ x̂ + ŷ + x̄)"),
    ("x′ + f'(x)", "(+ (prime x 1) + ((prime f 1) ⦅x⦆))"),
    ("f''(x)", "((prime f 2) ⦅x⦆)"),
    ("A^T B", "((^ A T) B)"),
    ("|a|b|c|", "(|a| b |c|)"),
    ("|x - |y||", "|(+ x - |y|)|"),
    ("||x|| + ‖y‖", "(+ ‖x‖ + ‖y‖)"),
    ("P(A | B)", "(P ⦅(given A B)⦆)"),
    ("P(A ∣ B)", "(P ⦅(given A B)⦆)"),
    ("Σ_k a_k + b", "(+ (Σ k _ (_ a k)) + b)"),
    ("Σ_k a_k + b_k", "(+ (Σ? k _ (+ (_ a k) + (_ b k))))"),
    ("sum_(k=1)^n k^2", "(Σ (k = 1) n (^ k 2))"),
    ("Σ_k −2x_k", "(Σ k _ (- (2 (_ x k))))"),
    (
        "lim_(h→0) (f(x+h) - f(x))/h",
        "(lim (⇒ h 0) _ (/ ⦅(+ (f ⦅(+ x + h)⦆) - (f ⦅x⦆))⦆ h))",
    ),
    ("dL/dw", "(d w L)"),
    ("∂L_reg/∂w", "(∂ w (_ L reg~))"),
    ("∂/∂z(1/z)", "(∂ z ⦅(/ 1 z)⦆)"),
    ("d/dx x^2 + 1", "(+ (d x (^ x 2)) + 1)"),
    ("∂²L/∂w²", "(∂ w:2 L)"),
    ("d^2y/dx^2", "(d x:2 y)"),
    ("∇f(w)", "(∇ (f ⦅w⦆))"),
    ("∫_0^1 x^2 dx", "(∫ 0 1 (^ x 2) dx)"),
    ("F|_a^b", "(at F a b)"),
    ("x = ±2", "(x = (± 2))"),
    ("±2=x", "((± 2) = x)"),
    ("q±sqrt(q^2-b^3)", "(+ q ± (root (+ (^ q 2) - (^ b 3))))"),
    ("x=1 or x=2", "(or (x = 1) (x = 2))"),
    (
        "(x=2 and y=2) or x = 0",
        "(or ⦅(and (x = 2) (y = 2))⦆ (x = 0))",
    ),
    ("not x = 2", "(not (x = 2))"),
    ("x > 0 for all x", "(forall (x > 0) x)"),
    ("∀ i = 1, …, n", "(forall ∅ (i = (list 1 … n)))"),
    ("∀k: x_k > 0", "(forall ((_ x k) > 0) k)"),
    ("a < b <= c", "(a < b ≤ c)"),
    ("x ∈ (0, 1]", "(x ∈ ⦅(list 0 1)])"),
    ("k ∈ {1, …, n}", "(k ∈ {(list 1 … n)})"),
    ("n in N", "(n ∈ N)"),
    ("R^(n x m)", "(^ R (n x m))"),
    ("ℝ^{n×m}", "(^ bb:R (· n m))"),
    ("x ∉ A", "(not (x ∈ A))"),
    ("x^23", "(^ x 23)"),
    ("σ²(z) + σ'(z)", "(+ ((^ σ 2) ⦅z⦆) + ((prime σ 1) ⦅z⦆))"),
    ("w ← w - 1", "(w ← (+ w - 1))"),
    ("y := 2", "(y := 2)"),
    ("½ (y − t)²", "((frac 1 2) (^ ⦅(+ y - t)⦆ 2))"),
    ("∞ + oo", "(+ ∞ + ∞)"),
    ("n! + (n+1)!", "(+ (! n) + (! ⦅(+ n + 1)⦆))"),
    ("binomial(n,k)", "(binomial n k)"),
    ("√x + ∛(x+1)", "(+ (root x) + (root (+ x + 1) 3))"),
    ("sqrt(x)^2", "(^ (root x) 2)"),
    ("alpha + eps + lambda", "(+ α + ε + λ)"),
    ("x ≈ 3.14", "(x ≈ 3.14)"),
    ("a · −b", "(· a (- b))"),
    ("11.25/-2.50", "(/ 11.25 (- 2.50))"),
    ("2xy^2", "(2 (^ xy~ 2))"),
    ("x_1, …, x_n ∈ ℝ", "((list (_ x 1) … (_ x n)) ∈ bb:R)"),
    ("A ⊗ B + a ⊙ b", "(+ (⊗ A B) + (⊙ a b))"),
    ("true", "true"),
    ("no solution", "false"),
    ("max_i λ_i", "(max i _ (_ λ i))"),
    ("a × b / c", "(/ (· a b) c)"),
    ("||x||", "‖x‖"),
    ("e^sin(x)", "(^ e (sin ⦅x⦆))"),
    ("e^xy", "(^ e xy~)"),
    (
        "(lim_(t→-inf) (e^t))+1",
        "(+ ⦅(lim (⇒ t (- ∞)) _ ⦅(^ e t)⦆)⦆ + 1)",
    ),
    ("2 sin x + cos 2x/3", "(+ (2 sin x) + (/ (cos 2 x) 3))"),
];

const LATEX: &[(&str, &str)] = &[
    (r#"\sin^{-1}x"#, "((^ sin (- 1)) x)"),
    (r#"\sin^{2}{\left(x \right)}"#, "((^ sin 2) ⦅x⦆)"),
    (r#"\log_{2} x"#, "((_ log 2) x)"),
    ("x^2_i", "(^ (_ x i) 2)"),
    ("x^{(i)}", "(^index x i)"),
    ("L_{reg}", "(_ L (r e g))"),
    (r#"\hat{y}_1"#, "(_ ŷ 1)"),
    (r#"\hat{y_1}"#, "(_ ŷ 1)"),
    (r#"f^{\prime\prime}(x)"#, "((prime f 2) ⦅x⦆)"),
    (r#"A^\top B^{\mathrm T}"#, "((^ A T) (^ B T))"),
    (r#"\|x\|^2"#, "(^ ‖x‖ 2)"),
    (r#"\left| x \right|"#, "|x|"),
    (r#"\lvert x \rvert"#, "|x|"),
    (r#"\mathrm{KL}[P\,||\,Q]"#, "(KL [(given P Q)])"),
    (r#"\sum_{k=1}^n a_k + b"#, "(+ (Σ (k = 1) n (_ a k)) + b)"),
    (
        r#"\sum_{k=1}^n a_k + k"#,
        "(+ (Σ? (k = 1) n (+ (_ a k) + k)))",
    ),
    (
        r#"\sum_{\substack{j=1 \\ j \neq i}}^n a_j"#,
        "(Σ (list (j = 1) (j ≠ i)) n (_ a j))",
    ),
    (
        r#"\sum_{i: y_i = 1} x_i"#,
        "(Σ (given i ((_ y i) = 1)) _ (_ x i))",
    ),
    (r#"\prod_{i=1}^{n} p_i"#, "(Π (i = 1) n (_ p i))"),
    (
        r#"\lim_{x\to 0^+} \frac{1}{x} + 1"#,
        "(+ (lim (⇒ x (^ 0 (+ ∅))) _ (frac 1 x)) + 1)",
    ),
    (r#"\max_{x} f(x)"#, "(max x _ (f ⦅x⦆))"),
    (r#"\max(a, b)"#, "(max ⦅(list a b)⦆)"),
    (
        r#"\underset{k}{\operatorname{argmax}} \hat y_k"#,
        "(argmax k _ (_ ŷ k))",
    ),
    (r#"\frac{\partial}{\partial x} f(x) g"#, "(∂ x (f ⦅x⦆ g))"),
    (r#"\frac{\partial}{\partial x} (f) g"#, "(∂? x (⦅f⦆ g))"),
    (r#"\frac{\partial^2 f}{\partial x \partial y}"#, "(∂ x y f)"),
    (r#"\frac{d^2 y}{d x^2}"#, "(d x:2 y)"),
    (r#"\frac{dy}{dx}"#, "(d x y)"),
    (r#"\pdv{f}{x}"#, "(∂ x f)"),
    (r#"\dv[2]{f}{x}"#, "(d x:2 f)"),
    (r#"\frac{\mathrm{d}}{\mathrm{d}x} e^x"#, "(d x (^ e x))"),
    (
        r#"\nabla_\theta f_t(\theta_{t-1})"#,
        "(∇ by θ ((_ f t) ⦅(_ θ (+ t - 1))⦆))",
    ),
    (r#"\nabla^2 f"#, "(∇² f)"),
    (
        r#"\int x^2 \, dx = \frac{x^3}{3} + C"#,
        "((∫ (^ x 2) dx) = (+ (frac (^ x 3) 3) + C))",
    ),
    (
        r#"\int\limits_{a}^{b} f(x) + g(x) \, \mathrm{d}x"#,
        "(∫ a b (+ (f ⦅x⦆) + (g ⦅x⦆)) dx)",
    ),
    (r#"\int \frac{dx}{x}"#, "(∫ (frac 1 x) dx)"),
    (
        r#"\int \frac{x\,dx}{x^2 + 1}"#,
        "(∫ (frac x (+ (^ x 2) + 1)) dx)",
    ),
    (r#"\iint x y \, dx \, dy"#, "(∫ (∫ (x y) dx) dy)"),
    (
        r#"\left[ \frac{x^2}{2} \right]_0^1"#,
        "(at (frac (^ x 2) 2) 0 1)",
    ),
    (r#"\left. x^2 \right|_{0}^{1}"#, "(at (^ x 2) 0 1)"),
    (r#"E\{X\}"#, "(E {X})"),
    (r#"\mathbb{E}[X \mid Y]"#, "(bb:E [(given X Y)])"),
    (r#"E_{x\sim p}[f(x)]"#, "((_ E (x ∼ p)) [(f ⦅x⦆)])"),
    (r#"\frac134^3"#, "((frac 1 3) (^ 4 3))"),
    (r#"\frac12"#, "(frac 1 2)"),
    ("x^23", "((^ x 2) 3)"),
    (r#"\exp{-x}"#, "(exp (- x))"),
    (r#"\binom{n}{k}"#, "(binomial n k)"),
    (r#"{n \choose k}"#, "(binomial n k)"),
    ("10,000 + 1{,}000", "(+ 10000 + 1000)"),
    ("f(1,200)", "(f ⦅(list 1 200)⦆)"),
    ("1,000", "1000"),
    (r#"\underbrace{A + B}_{= C}"#, "(brace (+ A + B) (∅ = C))"),
    (r#"\boxed{x = 2}"#, "(boxed (x = 2))"),
    (
        r#"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}"#,
        "(matrix (1 2) (3 4))",
    ),
    (
        r#"\left(\begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array}\right)"#,
        "(matrix (1 2) (3 4))",
    ),
    (
        r#"|x| = \begin{cases} x & \text{if } x \ge 0 \\ -x & \text{otherwise} \end{cases}"#,
        "(|x| = (cases (x if (x ≥ 0)) ((- x) else)))",
    ),
    (r#"a \overset{(a)}{=} b \stackrel{d}{=} c"#, "(a = b = c)"),
    ("a &=& b", "(a = b)"),
    (r#"a \not= b"#, "(a ≠ b)"),
    (r#"\operatorname{atan} x"#, "(arctan x)"),
    (r#"\sqrt[3]{x} + \sqrt2"#, "(+ (root x 3) + (root 2))"),
    (
        r#"\mathbf{w}^\top \mathbf{x} + \boldsymbol{\beta}"#,
        "(+ ((^ bold:w T) bold:x) + bold:β)",
    ),
    (r#"\mathcal{L}(\theta)"#, "(cal:L ⦅θ⦆)"),
    (r#"\varepsilon + \varphi"#, "(+ ε + φ)"),
    (r#"x \propto y"#, "(x ∼ y)"),
    (
        r#"\forall x \in \mathbb{R}: x^2 \ge 0"#,
        "(forall ((^ x 2) ≥ 0) (x ∈ bb:R))",
    ),
    (r#"\lfloor x \rfloor + \lceil y \rceil"#, "(+ ⌊x⌋ + ⌈y⌉)"),
    (r#"\langle x, y \rangle"#, "⟨(list x y)⟩"),
    (r#"K(\cdot, y)"#, "(K ⦅(list · y)⦆)"),
    (r#"\max_{x} f(x)"#, "(max x _ (f ⦅x⦆))"),
    (r#"\max(a, b)"#, "(max ⦅(list a b)⦆)"),
    (r#"\max_i λ_i"#, "(max i _ (_ λ i))"),
    (r#"a \overset{(a)}{=} b \stackrel{d}{=} c"#, "(a = b = c)"),
    (r#"\int \frac{dx}{x}"#, "(∫ (frac 1 x) dx)"),
    (r#"\int dx = x + C"#, "((∫ 1 dx) = (+ x + C))"),
    (
        r#"|x| = \begin{cases} x & \text{if } x \ge 0 \\ -x & \text{otherwise} \end{cases}"#,
        "(|x| = (cases (x if (x ≥ 0)) ((- x) else)))",
    ),
    (
        r#"f(x) = \left\{ \begin{array}{ll} 1, & x > 0 \\ 0, & \text{else} \end{array} \right."#,
        "((f ⦅x⦆) = (cases (1 if (x > 0)) (0 else)))",
    ),
    (
        r#"f(x) = \begin{cases} 1 \text{ if } x > 0 \\ 0 \end{cases}"#,
        "((f ⦅x⦆) = (cases (1 if (x > 0)) (0 else)))",
    ),
    (r#"x = 1 \text{ or } x = 2"#, "(or (x = 1) (x = 2))"),
    (
        r#"x = 1, \quad \text{or} \quad x = 2"#,
        "(or (x = 1) (x = 2))",
    ),
    (r#"F(x) \Big|_0^1"#, "(at (F ⦅x⦆) 0 1)"),
    (r#"\sum \hat y_l^2"#, "(Σ _ _ (^ (_ ŷ l) 2))"),
    (r#"\log x (y+1)"#, "(log x ⦅(+ y + 1)⦆)"),
    (r#"p(x;\theta)"#, "(p ⦅(list x θ)⦆)"),
    (r#"\lambda_{\max}"#, "(_ λ max)"),
    (r#"x^{*} + y^\star"#, "(+ x* + y*)"),
    (r#"\underset{x\to 0}{\lim} f(x)"#, "(lim (⇒ x 0) _ (f ⦅x⦆))"),
    (r#"\bar{y}_{\bullet j}"#, "(_ ȳ (• j))"),
    (r#"\mathrm{d}y/\mathrm{d}x"#, "(d x y)"),
    (r#"\frac{\mathrm{d} y}{\mathrm{d} x}"#, "(d x y)"),
    (r#"\partial_x f"#, "(∂ x f)"),
    (
        r#"\frac{1}{2}\frac{d}{dx} x^2"#,
        "((frac 1 2) (d x (^ x 2)))",
    ),
    (r#"\frac{d}{2}"#, "(frac d 2)"),
    ("{-x}^2", "(^ (- x) 2)"),
    (r#"d + \frac{d}{c}"#, "(+ d + (frac d c))"),
    (r#"\int \cos(x) d x"#, "(∫ (cos ⦅x⦆) dx)"),
    (
        r#"\int e^{-x} \left( x + 1 \right) dx \cdot 2"#,
        "(· (∫ ((^ e (- x)) ⦅(+ x + 1)⦆) dx) 2)",
    ),
    (
        r#"a_1, a_2, \ldots, a_n"#,
        "(list (_ a 1) (_ a 2) … (_ a n))",
    ),
    (r#"x \in \{1, 2\}"#, "(x ∈ {(list 1 2)})"),
    (r#"2 < x < 3 \land y > 0"#, "(and (2 < x < 3) (y > 0))"),
    ("(a,b) = (1,2)", "(⦅(list a b)⦆ = ⦅(list 1 2)⦆)"),
    (
        r#"\mathrm{Var}(X) = E[X^2] - E[X]^2"#,
        "((Var ⦅X⦆) = (+ (E [(^ X 2)]) - (E (^ [X] 2))))",
    ),
    (r#"\hat{\beta}^{\text{ridge}}"#, r#"(^ β̂ "ridge")"#),
];

fn only_formula(text: &str, latex: bool) -> Tree {
    let elements = parse(text, latex);
    match elements.as_slice() {
        [one] => match &one.kind {
            ElementKind::Formula(tree) => tree.clone(),
            other => panic!("{text} is no formula but {other:?}"),
        },
        _ => panic!("{text} is read as {elements:?}"),
    }
}

/// The elements in one line: trees, and the names of what stands between them.
fn outline(text: &str, latex: bool) -> String {
    let mut parts = Vec::new();
    for element in parse(text, latex) {
        parts.push(match element.kind {
            ElementKind::Formula(tree) => tree.to_string(),
            ElementKind::Arrow(arrow, label, words) => {
                let label: Vec<String> = label.iter().map(ToString::to_string).collect();
                format!("<{arrow:?}{}{words}>", label.join(";"))
            }
            ElementKind::Separator(separator) => format!("<{separator:?}>"),
            ElementKind::Label(label) => format!("<label {label}>"),
            ElementKind::Text(words) => format!("{words:?}"),
            ElementKind::Bullet => "<bullet>".into(),
            ElementKind::Error(message) => format!("<error: {message}>"),
        });
    }
    parts.join(" ")
}

fn errors(text: &str, latex: bool) -> Vec<String> {
    parse(text, latex)
        .into_iter()
        .filter_map(|element| match element.kind {
            ElementKind::Error(message) => Some(message),
            _ => None,
        })
        .collect()
}

#[test]
fn plain_text_is_read_as_the_table_says() {
    for (text, tree) in TEXT {
        assert_eq!(only_formula(text, false).to_string(), *tree, "{text}");
    }
}

#[test]
fn latex_is_read_as_the_table_says() {
    for (text, tree) in LATEX {
        assert_eq!(only_formula(text, true).to_string(), *tree, "{text}");
    }
}

#[test]
fn three_spellings_of_one_formula_are_one_tree() {
    for (a, b) in [
        ("Σ_(k=1)^n x_k²", r"\sum_{k=1}^{n} x_k^2"),
        ("½ (y − t)²", r"\tfrac12 \left(y - t\right)^{2}"),
        ("∂L/∂w", r"\frac{\partial L}{\partial w}"),
        ("lambda <= alpha'", r"\lambda \leq \alpha^{\prime}"),
        ("w⁽ᵗ⁺¹⁾", r"w^{(t+1)}"),
        ("∛(x+1)", r"\sqrt[3]{x+1}"),
        ("ŷ₁", r"\hat{y}_1"),
    ] {
        assert_eq!(
            only_formula(a, false).to_string(),
            only_formula(b, true).to_string(),
            "{a} and {b}"
        );
    }
}

#[test]
fn a_composed_letter_is_the_same_as_a_letter_with_its_mark() {
    assert_eq!(
        only_formula("\u{177}", false).kind,
        only_formula("y\u{302}", false).kind
    );
    // NFKC would turn ² into 2.
    assert_ne!(
        only_formula("x²", false).kind,
        only_formula("x2", false).kind
    );
}

#[test]
fn statements_arrows_separators_and_labels_are_kept_apart() {
    for (text, latex, expected) in [
        (
            r"a = 1, b = 2 \quad (3)",
            true,
            "(a = 1) <Comma> (b = 2) <Quad> <label 3>",
        ),
        (
            r"\textcircled{1}: a = 1 \quad \textcircled{2}: b = 2",
            true,
            "<label 1> (a = 1) <Quad> <label 2> (b = 2)",
        ),
        (r"a = 1 \tag{3}", true, "(a = 1) <label 3>"),
        (
            r"a \Rightarrow b \Leftrightarrow c",
            true,
            "a <Implies> b <Iff> c",
        ),
        (r"\xrightarrow{z = t} b", true, "<Implies(z = t)> b"),
        (
            r"\xrightarrow{\uparrow \text{because}} b",
            true,
            "<Impliesbecause> b",
        ),
        (
            r"\left\{ \begin{aligned} & a = 1 \\ & b = 2 \end{aligned} \right. \to c = 3",
            true,
            "(a = 1) <Row> (b = 2) <Implies> (c = 3)",
        ),
        (
            r"\begin{cases} a = 1 \\ b = 2 \end{cases}",
            true,
            "(a = 1) <Row> (b = 2)",
        ),
        (
            r"x &= 1 & y &= 2 \\ &= 3",
            true,
            "(x = 1) <Quad> (y = 2) <Row> (∅ = 3)",
        ),
        (r"a = b + \\ c \\ + d", true, "(a = (+ b + c)) <Row> (+ d)"),
        (
            r"|x_i| < 1 \quad \forall i",
            true,
            "(forall (|(_ x i)| < 1) i)",
        ),
        (
            r"* g_t \leftarrow 2 \rightarrow",
            true,
            "<bullet> ((_ g t) ← 2) <Implies>",
        ),
        (
            "x = 2 so y = 3; iff z = 4",
            false,
            "(x = 2) <Implies> (y = 3) <Semicolon> <Iff> (z = 4)",
        ),
        ("x = 2    (3)", false, "(x = 2) <label 3>"),
        ("a = b\n= c", false, "(a = b) <Line> (∅ = c)"),
        ("solve for x: 2x = 4", false, "\"solve for x\" ((2 x) = 4)"),
        (r"\text{condition: } 0 < x", true, "\"condition:\" (0 < x)"),
    ] {
        assert_eq!(outline(text, latex), expected, "{text}");
    }
}

#[test]
fn one_bad_statement_is_one_error_and_the_others_are_read() {
    for (text, latex, expected) in [
        (
            r"a = \foo b, x = 2",
            true,
            r"<error: the command \foo is not known> <Comma> (x = 2)",
        ),
        (
            "x = (1 + 2\ny = 3",
            false,
            "<error: ( is not closed> <Line> (y = 3)",
        ),
        (
            "x + ) = 2; y = 3",
            false,
            "<error: ) closes nothing that is open> <Semicolon> (y = 3)",
        ),
        (
            r"\left( x + 1 \\ y = 3",
            true,
            r"<error: \left( is not closed> <Row> (y = 3)",
        ),
        (
            "x + * 2; y",
            false,
            "<error: found * where a term was expected> <Semicolon> y",
        ),
        (
            "x # 2; y",
            false,
            "<error: the sign # is not known> <Semicolon> y",
        ),
    ] {
        assert_eq!(outline(text, latex), expected, "{text}");
    }
}

#[test]
fn nesting_beyond_256_is_an_error_and_up_to_it_is_read() {
    let nested = |n: usize| format!("{}x{}", "(".repeat(n), ")".repeat(n));
    assert_eq!(errors(&nested(250), false), Vec::<String>::new());
    for (text, latex) in [
        (nested(257), false),
        (nested(100_000), true),
        ("(".repeat(100_000), false),
        (r"\frac{1}{".repeat(1000), true),
        (r"\left(".repeat(1000), true),
        (r"\begin{aligned}".repeat(1000), true),
        ("x^".repeat(5000), false),
        ("-".repeat(5000), false),
        ("√".repeat(5000), false),
        ("not ".repeat(5000), false),
        (r"\hat".repeat(5000), true),
        (r"\sum_k ".repeat(5000), true),
        (r"\int ".repeat(5000), true),
        ("|".repeat(5000), false),
        ("x⇒".repeat(3000) + "(" + &"x⇒".repeat(3000) + "x)", false),
    ] {
        assert_eq!(
            errors(&text, latex).len(),
            1,
            "{}",
            text.chars().take(20).collect::<String>()
        );
    }
}

#[test]
fn long_input_is_read_or_refused_but_never_overflows() {
    let sum: String = (0..10_000).map(|i| format!("+ a_{i} x")).collect();
    assert_eq!(errors(&sum, false), Vec::<String>::new());
    assert_eq!(errors(&"x + ".repeat(2_500_000), false).len(), 1);
    assert_eq!(errors(&"a/".repeat(50_000), false).len(), 1);
    assert_eq!(errors(&"x!".repeat(300), false), Vec::<String>::new());
    assert_eq!(errors(&format!("x{}", "!".repeat(3000)), false).len(), 1);
}

fn entries(text: &str) -> String {
    let show = |trees: &[Tree]| {
        trees
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(",")
    };
    let mut out = Vec::new();
    for entry in parse_context(text, false) {
        out.push(match entry.kind {
            EntryKind::Member(names, set) => format!("{} in {set}", show(&names)),
            EntryKind::Function(names, from, to) => {
                format!("{} : {} -> {to}", show(&names), show(&from))
            }
            EntryKind::Property(names, words) => format!("{} is {}", show(&names), words.join("+")),
            EntryKind::Statement(tree, None) => tree.to_string(),
            EntryKind::Statement(tree, Some(bound)) => format!("{tree} for {bound}"),
            EntryKind::Law(names, name, parameters, _) => {
                format!("law {} {name} {}", names.len(), parameters.len())
            }
            EntryKind::Lines(a, b) => format!("lines {a}-{b}"),
            EntryKind::Section(title) => format!("section {title}"),
            EntryKind::Described(names, traits) => {
                let said: Vec<String> = traits
                    .iter()
                    .map(|t| match t {
                        Trait::Quality(name) => (*name).to_owned(),
                        other => format!("{other:?}"),
                    })
                    .collect();
                format!("{} is {}", show(&names), said.join("+"))
            }
            EntryKind::Error(message) => format!("error: {message}"),
        });
    }
    out.join(" | ")
}

#[test]
fn context_is_read_entry_by_entry() {
    for (text, expected) in [
        (
            "let z = w x + b; y = σ(z)",
            "(z = (+ (w x) + b)) | (y = (σ ⦅z⦆))",
        ),
        ("x > 0; x ≠ y; a = b", "(x > 0) | (x ≠ y) | (a = b)"),
        ("a, b > 0", "((list a b) > 0)"),
        ("x > 0, y > 0", "(x > 0) | (y > 0)"),
        ("n ∈ ℕ; x, y ∈ (0, 1)", "n in bb:N | x,y in ⦅(list 0 1)⦆"),
        ("n in N, A in R^(n x m)", "n in N | A in (^ R (n x m))"),
        (
            "f : ℝ → ℝ; f, g functions",
            "f : bb:R -> bb:R | f,g is functions",
        ),
        ("g : ℝ × ℝ → ℝ", "g : bb:R,bb:R -> bb:R"),
        (
            "f(v) = ½ vᵀ H v for v ∈ ℝ^n",
            "((f ⦅v⦆) = ((frac 1 2) (^ v T) H v)) for (v ∈ (^ bb:R n))",
        ),
        (
            "w_(t+1) = (1 − ε) w_t for all t",
            "((_ w (+ t + 1)) = (⦅(+ 1 - ε)⦆ (_ w t))) for t",
        ),
        (
            "H symmetric; P positive definite",
            "H is symmetric | P is positive definite",
        ),
        ("ε_k random, independent", "(_ ε k) is random+independent"),
        (
            "X, Y independent; A, B events",
            "X,Y is independent | A,B is events",
        ),
        (
            "i ∈ {1, …, n}; λ_max = max_i λ_i",
            "i in {(list 1 … n)} | ((_ λ max) = (max i _ (_ λ i)))",
        ),
        ("lines 131-157:\nx > 0", "lines 131-157 | (x > 0)"),
        ("section Two layers:\nx > 0", "section Two layers | (x > 0)"),
        ("x > ; y > 0", "(x > ∅) | (y > 0)"),
        ("x > (; y > 0", "error: ( is not closed"),
    ] {
        assert_eq!(entries(text), expected, "{text}");
    }
}

#[test]
fn the_shared_cases_are_read_without_an_error() {
    for (file, most) in [("steps", 0), ("rubi", 0), ("stack", 0), ("chains", 70)] {
        let path = format!(
            "{}/../shared/cases/{file}.jsonl",
            env!("CARGO_MANIFEST_DIR")
        );
        let path = if std::path::Path::new(&path).exists() {
            path
        } else {
            path.replace("/../shared", "/../../shared")
        };
        let Ok(rows) = std::fs::read_to_string(&path) else {
            println!("skipped: {path} is not here");
            continue;
        };
        let mut unread = Vec::new();
        let mut count = 0;
        for line in rows.lines() {
            let row: serde_json::Value = serde_json::from_str(line).expect("a row of JSON");
            let text = row["text"].as_str().unwrap_or_default();
            let latex = row["format"].as_str() != Some("text");
            let text = if latex {
                text.replace("$$", "")
            } else {
                text.to_owned()
            };
            count += 1;
            if !errors(&text, latex).is_empty() {
                unread.push(row["id"].to_string());
            }
        }
        println!("{file}: {} of {count} rows read", count - unread.len());
        assert!(unread.len() <= most, "{file}: {unread:?}");
    }
}
