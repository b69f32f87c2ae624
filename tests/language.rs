//! Every example of `docs/language.md` is read, and those marked as errors are refused.

use hence::syntax::{ElementKind, EntryKind, parse, parse_context};

#[test]
fn every_example_of_the_language_is_read() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/language.md");
    let text = std::fs::read_to_string(path).expect("docs/language.md");
    let mut fence: Option<(String, String)> = None;
    let mut examples = 0;
    for line in text.lines() {
        match (&mut fence, line.strip_prefix("```")) {
            (None, Some(info)) => fence = Some((info.trim().to_owned(), String::new())),
            (Some((info, body)), Some(_)) => {
                examples += check(info, body);
                fence = None;
            }
            (Some((_, body)), None) => {
                body.push_str(line);
                body.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(examples > 100, "{examples} examples");
}

/// Each line of a block is an example of its own.
fn check(info: &str, body: &str) -> usize {
    let lines: Vec<&str> = body
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    for line in &lines {
        let message = if info.contains("context") {
            parse_context(line, false)
                .into_iter()
                .find_map(|entry| match entry.kind {
                    EntryKind::Error(message) => Some(message),
                    _ => None,
                })
        } else {
            parse(line, info.starts_with("math"))
                .into_iter()
                .find_map(|element| match element.kind {
                    ElementKind::Error(message) => Some(message),
                    _ => None,
                })
        };
        assert_eq!(
            message.is_some(),
            info.contains("error"),
            "{line}: {message:?}"
        );
    }
    lines.len()
}
