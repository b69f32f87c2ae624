//! What LaTeX commands stand for: tables.

use super::token::{Delimiter, Lexeme, Macro, SetSign};
use super::tree::{Accent, Arrow, BigOperator, Connective, Name, Relation, Sign, Style};

/// What the command `name` (without its backslash) stands for; `None` where it says nothing
/// (`\displaystyle`), [`Lexeme::Unknown`] where it is not known.
pub(super) fn command(name: &str) -> Option<Lexeme> {
    use Lexeme as L;
    if let Some(letter) = greek(name) {
        return Some(L::Name(Name {
            base: letter.into(),
            ..Name::default()
        }));
    }
    let operator = super::names::big_operator(name).is_some();
    // `\vec{a}` is the letter with an arrow, not the columns of a below each other.
    let operator = operator || name == "vec";
    if !operator && super::names::function(name).is_some() || FUNCTION_COMMANDS.contains(&name) {
        let base = super::names::function(name).unwrap_or(name);
        return Some(L::Name(Name {
            base: base.into(),
            ..Name::default()
        }));
    }
    Some(match name {
        // Structure.
        "frac" | "dfrac" | "tfrac" | "cfrac" | "nicefrac" | "sfrac" | "flatfrac" => {
            L::Macro(Macro::Fraction)
        }
        "binom" | "dbinom" | "tbinom" => L::Macro(Macro::Binomial),
        "sqrt" => L::Macro(Macro::Root),
        "over" => L::Macro(Macro::Over),
        "choose" => L::Macro(Macro::Choose),
        "pdv" | "pderiv" | "partialderivative" => L::Macro(Macro::Derivative(true)),
        "dv" | "odv" | "deriv" | "derivative" => L::Macro(Macro::Derivative(false)),
        "hat" | "widehat" => L::Macro(Macro::Accent(Accent::Hat)),
        "bar" | "overline" => L::Macro(Macro::Accent(Accent::Bar)),
        "tilde" | "widetilde" => L::Macro(Macro::Accent(Accent::Tilde)),
        "dot" => L::Macro(Macro::Accent(Accent::Dot)),
        "ddot" => L::Macro(Macro::Accent(Accent::DoubleDot)),
        "bm" | "mathbf" | "boldsymbol" | "pmb" | "bold" | "bf" | "vec" | "underline"
        | "overrightarrow" | "symbf" | "vb" | "va" | "mathbfit" | "underbar" => {
            L::Macro(Macro::Style(Style::Vector))
        }
        "mathbb" | "mathds" | "Bbb" | "mathbbm" => L::Macro(Macro::Style(Style::Blackboard)),
        "mathcal" | "mathscr" | "cal" => L::Macro(Macro::Style(Style::Calligraphic)),
        "mathfrak" | "frak" => L::Macro(Macro::Style(Style::Fraktur)),
        "mathrm" | "mathit" | "mathsf" | "mathtt" | "rm" | "mathnormal" | "symup" => {
            L::Macro(Macro::Upright)
        }
        "operatorname" | "operatorname*" | "mathop" | "DeclareMathOperator" => {
            L::Macro(Macro::Operator)
        }
        "underbrace" => L::Macro(Macro::Underbrace),
        "overbrace" => L::Macro(Macro::Overbrace),
        "overset" | "stackrel" => L::Macro(Macro::Overset),
        "underset" => L::Macro(Macro::Underset),
        "boxed" | "fbox" | "framebox" | "colorbox" => L::Macro(Macro::Boxed),
        "substack" => L::Macro(Macro::Substack),
        "xrightarrow" | "xRightarrow" | "xlongrightarrow" => L::Macro(Macro::Arrow(Arrow::Implies)),
        "xleftrightarrow" | "xLeftrightarrow" => L::Macro(Macro::Arrow(Arrow::Iff)),
        "xleftarrow" | "xLeftarrow" => L::Macro(Macro::Arrow(Arrow::ImpliedBy)),
        "cancel" | "bcancel" | "xcancel" | "mathstrut" | "mathord" | "mathrel" | "mathbin"
        | "smash" | "ensuremath" | "mathopen" | "mathclose" | "mathinner" => {
            L::Macro(Macro::Transparent)
        }
        "textcolor" => L::Macro(Macro::Coloured),
        "not" => L::Macro(Macro::Negated),
        "abs" => L::Macro(Macro::Delimited(Delimiter::Bar)),
        "norm" => L::Macro(Macro::Delimited(Delimiter::DoubleBar)),
        "ceil" => L::Macro(Macro::Delimited(Delimiter::Ceiling)),
        "floor" => L::Macro(Macro::Delimited(Delimiter::Floor)),
        "limits" | "nolimits" => L::Macro(Macro::Limits),
        // Operators that bind.
        "sum" => L::Big(BigOperator::Sum),
        "prod" => L::Big(BigOperator::Product),
        "bigcup" => L::Big(BigOperator::Union),
        "bigcap" => L::Big(BigOperator::Intersection),
        "lim" => L::Big(BigOperator::Limit),
        "max" => L::Big(BigOperator::Maximum),
        "min" => L::Big(BigOperator::Minimum),
        "argmax" => L::Big(BigOperator::ArgMaximum),
        "argmin" => L::Big(BigOperator::ArgMinimum),
        "int" | "oint" | "intop" => L::Integral(1),
        "iint" => L::Integral(2),
        "iiint" => L::Integral(3),
        "partial" => L::Partial,
        "nabla" | "grad" => L::Nabla,
        // Signs.
        "pm" => L::Sign(Sign::PlusMinus),
        "mp" => L::Sign(Sign::MinusPlus),
        "cdot" | "times" | "ast" | "cdotp" => L::Times,
        "div" => L::Slash,
        "otimes" => L::Circled(false),
        "odot" | "circ" => L::Circled(true),
        "infty" => L::Infinity,
        "dots" | "ldots" | "cdots" | "vdots" | "ddots" | "dotsc" | "dotsb" | "dotsm" | "dotsi"
        | "dotso" | "iddots" => L::Ellipsis,
        "prime" => L::Prime(1),
        "emptyset" | "varnothing" => L::EmptySet,
        // Relations.
        "le" | "leq" | "leqslant" | "leqq" => L::Relation(Relation::LessEqual),
        "ge" | "geq" | "geqslant" | "geqq" => L::Relation(Relation::GreaterEqual),
        "lt" => L::Relation(Relation::Less),
        "gt" => L::Relation(Relation::Greater),
        "ne" | "neq" => L::Relation(Relation::NotEqual),
        "approx" | "simeq" | "cong" | "approxeq" | "doteq" => L::Relation(Relation::Approximately),
        "in" => L::Relation(Relation::Element),
        "notin" => L::NotElement,
        "coloneqq" | "triangleq" | "coloneq" | "equiv" | "eqdef" => L::Relation(Relation::Define),
        "leftarrow" | "gets" | "longleftarrow" => L::Relation(Relation::Assign),
        "succ" => L::Definite(true, false),
        "succeq" | "succcurlyeq" => L::Definite(false, false),
        "prec" => L::Definite(true, true),
        "preceq" | "preccurlyeq" => L::Definite(false, true),
        "sim" | "propto" | "thicksim" | "varpropto" | "subset" | "subseteq" => {
            L::Relation(Relation::Similar)
        }
        // Logic.
        "implies" | "Rightarrow" | "Longrightarrow" | "to" | "rightarrow" | "longrightarrow"
        | "therefore" | "mapsto" => L::Arrow(Arrow::Implies),
        "iff" | "Leftrightarrow" | "Longleftrightarrow" | "leftrightarrow" => L::Arrow(Arrow::Iff),
        "impliedby" | "Leftarrow" | "Longleftarrow" => L::Arrow(Arrow::ImpliedBy),
        "land" | "wedge" => L::Join(Connective::And),
        "lor" | "vee" => L::Join(Connective::Or),
        "lnot" | "neg" => L::Not,
        "cup" => L::Set(SetSign::Union),
        "cap" => L::Set(SetSign::Intersection),
        "setminus" | "smallsetminus" => L::Set(SetSign::Difference),
        "forall" => L::ForAll,
        // Brackets.
        "lbrace" => L::Open(Delimiter::Curly, false),
        "rbrace" => L::Close(Delimiter::Curly, false),
        "lbrack" => L::Open(Delimiter::Square, false),
        "rbrack" => L::Close(Delimiter::Square, false),
        "langle" => L::Open(Delimiter::Angle, false),
        "rangle" => L::Close(Delimiter::Angle, false),
        "lfloor" => L::Open(Delimiter::Floor, false),
        "rfloor" => L::Close(Delimiter::Floor, false),
        "lceil" => L::Open(Delimiter::Ceiling, false),
        "rceil" => L::Close(Delimiter::Ceiling, false),
        "lvert" => L::Open(Delimiter::Bar, false),
        "rvert" => L::Close(Delimiter::Bar, false),
        "lVert" => L::Open(Delimiter::DoubleBar, false),
        "rVert" => L::Close(Delimiter::DoubleBar, false),
        "vert" | "mid" => L::Bar,
        "Vert" | "parallel" => L::DoubleBar,
        // Layout that separates.
        "quad" | "qquad" => L::Quad,
        "newline" | "cr" | "tabularnewline" => L::Row,
        "bullet" => L::Bullet,
        "downarrow" | "uparrow" | "Downarrow" | "Uparrow" | "blacksquare" | "square" | "Box"
        | "qed" | "checkmark" => L::Bullet,
        "star" => L::Times,
        "ell" => L::Name(letter("ℓ")),
        "hbar" => L::Name(letter("ℏ")),
        "imath" => L::Name(letter("i")),
        "jmath" => L::Name(letter("j")),
        "top" | "intercal" | "transp" => L::Name(letter("T")),
        "dagger" | "dag" => L::Name(letter("†")),
        "complement" => L::Name(letter("∁")),
        "perp" | "bot" => L::Name(letter("⊥")),
        "R" | "Reals" | "reals" => L::Name(blackboard("R")),
        "N" | "natnums" => L::Name(blackboard("N")),
        "Z" => L::Name(blackboard("Z")),
        "Q" => L::Name(blackboard("Q")),
        "C" | "Complex" => L::Name(blackboard("C")),
        "E" => L::Name(blackboard("E")),
        "dd" | "diff" | "mathd" => L::Name(letter("d")),
        // What says nothing.
        "displaystyle" | "textstyle" | "scriptstyle" | "scriptscriptstyle" | "big" | "Big"
        | "bigg" | "Bigg" | "bigl" | "bigr" | "Bigl" | "Bigr" | "biggl" | "biggr" | "Biggl"
        | "Biggr" | "bigm" | "Bigm" | "biggm" | "middle" | "nonumber" | "non" | "notag"
        | "hfill" | "hline" | "allowbreak" | "nobreak" | "smallskip" | "medskip" | "bigskip"
        | "noindent" | "centering" | "small" | "normalsize" | "large" | "Large" | "tiny"
        | "footnotesize" | "thinspace" | "medspace" | "thickspace" | "negthinspace" | "enspace"
        | "enskip" | "hfil" | "displaylimits" | "boldmath" | "left" | "right" | "strut"
        | "null" | "relax" | "protect" | "nolinebreak" | "linebreak" | "pagebreak" | "qedhere"
        | "space" => return None,
        _ => L::Unknown,
    })
}

/// Function names that have a command and no other spelling.
const FUNCTION_COMMANDS: [&str; 10] = [
    "arg", "dim", "gcd", "hom", "ker", "Pr", "sup", "inf", "liminf", "limsup",
];

fn letter(base: &str) -> Name {
    Name {
        base: base.into(),
        ..Name::default()
    }
}

fn blackboard(base: &str) -> Name {
    Name {
        style: Style::Blackboard,
        ..letter(base)
    }
}

/// The Greek letter that a name spells: `alpha`, `eps`, `varphi`, `Gamma`.
pub(super) fn greek(name: &str) -> Option<&'static str> {
    Some(match name {
        "alpha" => "α",
        "beta" => "β",
        "gamma" => "γ",
        "delta" => "δ",
        "epsilon" | "varepsilon" | "eps" => "ε",
        "zeta" => "ζ",
        "eta" => "η",
        "theta" | "vartheta" => "θ",
        "iota" => "ι",
        "kappa" | "varkappa" => "κ",
        "lambda" | "lam" => "λ",
        "mu" => "μ",
        "nu" => "ν",
        "xi" => "ξ",
        "omicron" => "ο",
        "pi" | "varpi" => "π",
        "rho" | "varrho" => "ρ",
        "sigma" | "varsigma" => "σ",
        "tau" => "τ",
        "upsilon" => "υ",
        "phi" | "varphi" => "φ",
        "chi" => "χ",
        "psi" => "ψ",
        "omega" => "ω",
        "Gamma" | "varGamma" => "Γ",
        "Delta" | "varDelta" => "Δ",
        "Theta" | "varTheta" => "Θ",
        "Lambda" | "varLambda" => "Λ",
        "Xi" => "Ξ",
        "Pi" | "varPi" => "Π",
        "Sigma" | "varSigma" => "Σ",
        "Upsilon" => "Υ",
        "Phi" | "varPhi" => "Φ",
        "Psi" => "Ψ",
        "Omega" | "varOmega" => "Ω",
        _ => return None,
    })
}

/// One letter for the variant shapes of Greek letters.
pub(super) fn unite(letter: char) -> char {
    match letter {
        'ϑ' => 'θ',
        'ϕ' => 'φ',
        'ϖ' => 'π',
        'ϱ' => 'ρ',
        'ϵ' => 'ε',
        'ϰ' => 'κ',
        'ς' => 'σ',
        'µ' => 'μ',
        'ı' => 'i',
        'ȷ' => 'j',
        other => other,
    }
}
