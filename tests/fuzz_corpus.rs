//! Every body of `fuzz/` goes through its corpus, and through pseudo-random changes of it that are
//! the same each time. `HENCE_LONG=1` tries a hundred times as many.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../fuzz/src/lib.rs"]
mod bodies;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use bodies::{Body, TARGETS};

fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    let mut found: Vec<(String, Vec<u8>)> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), fs::read(&path).unwrap()))
        .collect();
    found.sort();
    assert!(!found.is_empty(), "{} is empty", folder.display());
    found
}

/// Numbers that look random and are the same each time (Steele, Lea, Flood, 2014: SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap()
    }
}

/// Pieces that mean something to one parser or another.
const WORDS: [&str; 40] = [
    "=",
    "⇒",
    "⇔",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "\\frac{",
    "\\sqrt{",
    "\\begin{align}",
    "\\end{align}",
    "\\left(",
    "\\right)",
    "$",
    "$$",
    "\\\\",
    "&",
    "^",
    "_",
    "sum_(k=1)^n ",
    "∫ ",
    " dx",
    "d/dx ",
    "lim_(x→0) ",
    "|",
    "!",
    "'",
    "±",
    "given ",
    "let ",
    "for all ",
    "x",
    "a_k",
    "0",
    "999999999",
    "1/0",
    "\n\n",
    ",",
];

/// The input with a few pieces removed, doubled, put elsewhere or changed.
fn changed(seed: &[u8], other: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut data = seed.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(data.len() + 1);
        let end = (at + 1 + numbers.below(12)).min(data.len());
        match numbers.below(6) {
            0 => drop(data.drain(at..end)),
            1 => {
                let piece = data[at..end].to_vec();
                let to = numbers.below(data.len() + 1);
                data.splice(to..to, piece);
            }
            2 => {
                let word = WORDS[numbers.below(WORDS.len())];
                data.splice(at..at, word.bytes());
            }
            3 if at < data.len() => data[at] ^= 1 << numbers.below(8),
            4 => {
                let from = numbers.below(other.len() + 1);
                let to = (from + 1 + numbers.below(40)).min(other.len());
                data.splice(at..at, other[from..to].iter().copied());
            }
            _ => data.truncate(at.max(1)),
        }
    }
    data
}

fn count(target: &str) -> usize {
    let usual = match target {
        "row" => 150,
        "certificate" | "mutant" => 300,
        _ => 400,
    };
    if std::env::var_os("HENCE_LONG").is_some() {
        usual * 100
    } else {
        usual
    }
}

/// Runs the body; what it stumbles over is printed before it falls.
fn run(target: &str, name: &str, body: Body, data: &[u8]) {
    let done = std::panic::catch_unwind(|| body(data));
    assert!(
        done.is_ok(),
        "{target}, from {name}: {:?}",
        String::from_utf8_lossy(data)
    );
}

fn fuzz(target: &str) {
    let body = TARGETS.iter().find(|(name, _)| *name == target).unwrap().1;
    let seeds = corpus(target);
    for (name, data) in &seeds {
        run(target, name, body, data);
    }
    let mut numbers = Numbers(7);
    for _ in 0..count(target) {
        let (name, seed) = &seeds[numbers.below(seeds.len())];
        let (_, other) = &seeds[numbers.below(seeds.len())];
        let data = changed(seed, other, &mut numbers);
        run(target, name, body, &data);
    }
}

#[test]
fn every_target_has_a_file_and_a_corpus() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let names: BTreeSet<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
    for name in &names {
        assert!(root.join(format!("fuzz_targets/{name}.rs")).exists());
    }
    for entry in fs::read_dir(root.join("corpus")).unwrap() {
        let name = entry.unwrap().file_name();
        assert!(names.contains(name.to_str().unwrap()), "{name:?}");
    }
}

#[test]
fn a_file_of_plain_lines_is_gone_through() {
    fuzz("text");
}

#[test]
fn a_markdown_file_is_gone_through() {
    fuzz("markdown");
}

#[test]
fn a_tex_file_is_gone_through() {
    fuzz("tex");
}

#[test]
fn a_notebook_is_gone_through() {
    fuzz("notebook");
}

#[test]
fn a_formula_is_gone_through() {
    fuzz("formula");
}

#[test]
fn a_context_is_gone_through() {
    fuzz("context");
}

#[test]
fn a_file_of_rules_is_gone_through() {
    fuzz("rules");
}

#[test]
fn a_row_of_a_batch_is_gone_through() {
    fuzz("row");
}

#[test]
fn a_certificate_is_gone_through() {
    fuzz("certificate");
}

#[test]
fn a_changed_certificate_is_gone_through() {
    fuzz("mutant");
}
