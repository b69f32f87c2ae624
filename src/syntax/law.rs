//! `X ~ N(μ, σ²)`, `X_i ∼ Poisson(λ) i.i.d.`, `X \sim \mathcal{N}(0, 1)`: names, a distribution's
//! name, and its parameters.

use super::fragment;
use super::tree::Tree;

/// The pieces of what was written: the names, the distribution's name, its parameters with where
/// they begin, and whether the words say that all are independent.
pub(super) struct Written<'t> {
    pub(super) names: &'t str,
    pub(super) distribution: String,
    pub(super) parameters: Vec<(usize, &'t str)>,
    pub(super) independent: bool,
}

/// How the sign is written, with words over it or not.
const SIGNS: [&str; 18] = [
    "\\stackrel{\\text{iid}}{\\sim}",
    "\\stackrel{\\text{i.i.d.}}{\\sim}",
    "\\stackrel{\\mathrm{iid}}{\\sim}",
    "\\stackrel{\\mathrm{i.i.d.}}{\\sim}",
    "\\overset{\\mathrm{i.i.d.}}{\\sim}",
    "\\overset{\\rm iid}{\\sim}",
    "\\stackrel{iid}{\\sim}",
    "\\stackrel{i.i.d.}{\\sim}",
    "\\overset{iid}{\\sim}",
    "\\overset{i.i.d.}{\\sim}",
    "\\overset{\\text{iid}}{\\sim}",
    "\\overset{\\mathrm{iid}}{\\sim}",
    "\\overset{\\text{i.i.d.}}{\\sim}",
    "\\sim_{iid}",
    "\\sim",
    "∼",
    "~iid",
    "~",
];

/// Takes `X ~ N(μ, σ²)` apart; `None` where the piece is not of that form.
pub(super) fn written(piece: &str) -> Option<Written<'_>> {
    let (at, sign) = SIGNS
        .iter()
        .filter_map(|sign| Some((piece.find(sign)?, *sign)))
        .min_by_key(|(at, sign)| (*at, std::cmp::Reverse(sign.len())))?;
    let names = piece.get(..at)?;
    let behind = piece.get(at + sign.len()..)?;
    let open = behind.find(['(', '['])?;
    let close = behind.rfind([')', ']'])?;
    let head = behind.get(..open)?;
    let inside = behind.get(open + 1..close)?;
    let mut tail = behind.get(close + 1..)?.to_lowercase();
    tail.retain(|c| c.is_ascii_alphabetic());
    let tail = tail.strip_prefix("text").unwrap_or(&tail).to_owned();
    let independent = sign.contains("iid")
        || sign.contains("i.i.d")
        || matches!(
            tail.as_str(),
            "iid" | "independent" | "independently" | "areiid" | "areindependent"
        );
    if !independent && !tail.is_empty() {
        return None;
    }
    let mut parameters = Vec::new();
    let (mut depth, mut start) = (0_i32, 0);
    let base = at + sign.len() + open + 1;
    for (i, c) in inside.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parameters.push((base + start, inside.get(start..i)?));
                start = i + 1;
            }
            _ => {}
        }
    }
    parameters.push((base + start, inside.get(start..)?));
    Some(Written {
        names,
        distribution: plain(head),
        parameters,
        independent,
    })
}

/// The distribution's name without commands: `\mathcal{N}` and `𝒩` are N.
fn plain(head: &str) -> String {
    let mut name = head.to_owned();
    for command in [
        "\\mathcal",
        "\\mathrm",
        "\\text",
        "\\operatorname",
        "\\mathit",
        "\\left",
        "\\mathscr",
    ] {
        name = name.replace(command, "");
    }
    name.retain(|c| c.is_alphanumeric());
    name.replace('𝒩', "N")
}

/// A parameter as a tree.
pub(super) fn parameter(text: &str, whole: &str, start: usize, latex: bool) -> Option<Tree> {
    let text = text.strip_suffix("\\right").unwrap_or(text);
    let lead = text.len() - text.trim_start().len();
    fragment::with_parser(text.trim(), whole, start + lead, latex, |p| {
        let tree = p.statement().ok()?;
        (p.at >= p.end).then_some(tree)
    })
}
