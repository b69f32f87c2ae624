//! What kind of file a text is.

use super::delimiter::{self, Delimiter, Finder};

/// The kinds of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// Plain lines (`.hence`, `.txt`, standard input without maths delimiters).
    Text,
    /// Markdown (`.md`), also what holds `$$` or `\[` without another hint.
    Markdown,
    /// TeX (`.tex`).
    Tex,
    /// A Jupyter notebook (`.ipynb`).
    Notebook,
    /// One formula in LaTeX without delimiters (`"format": "latex"`).
    Latex,
}

impl Container {
    /// The container of a file: by its name's ending, else by what its text holds.
    #[must_use]
    pub fn of(name: &str, text: &str) -> Container {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        match ending.to_ascii_lowercase().as_str() {
            "md" | "markdown" | "qmd" | "rmd" => Container::Markdown,
            "tex" | "ltx" | "latex" => Container::Tex,
            "ipynb" => Container::Notebook,
            _ => Container::guess(text),
        }
    }

    /// The container of a text of which nothing else is known.
    #[must_use]
    pub fn guess(text: &str) -> Container {
        if text.contains("\\documentclass") || text.contains("\\begin{document}") {
            return Container::Tex;
        }
        let mut finder = Finder::new(text);
        let mut at = 0;
        let mut environment = false;
        while let Some(step) = text.get(at..).and_then(|rest| rest.find(['$', '\\'])) {
            at += step;
            match finder.at(at) {
                Some(found) if found.delimiter != Delimiter::Environment => {
                    return Container::Markdown;
                }
                Some(found) => {
                    environment |= text
                        .get(found.outer.0..found.outer.1)
                        .is_some_and(|maths| maths.contains('\n'));
                    at = found.outer.1;
                }
                None => at += delimiter::escape(text, at),
            }
        }
        let fenced = text.lines().any(|line| {
            let line = line.trim_start();
            line.starts_with("```") || line.starts_with("~~~") || line.starts_with("<!-- hence:")
        });
        if fenced {
            Container::Markdown
        } else if environment {
            Container::Latex
        } else {
            Container::Text
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_decide_and_else_delimiters_do() {
        assert_eq!(Container::of("a.md", "x = 1"), Container::Markdown);
        assert_eq!(Container::of("a.tex", "x = 1"), Container::Tex);
        assert_eq!(Container::of("a.hence", "x = 1"), Container::Text);
        assert_eq!(Container::of("-", "Let $x = 1$."), Container::Markdown);
        assert_eq!(Container::of("-", "\\[x = 1\\]"), Container::Markdown);
        assert_eq!(Container::guess("\\frac{1}{2} = 0.5"), Container::Text);
        assert_eq!(Container::guess("it costs $5"), Container::Text);
        assert_eq!(
            Container::guess("\\begin{align}\na &= b\n\\end{align}"),
            Container::Latex
        );
    }
}
