//! The rules of the house, read from the sources.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the lowest to the highest; each knows only those before it.
const ROOMS: &[&[&str]] = &[
    &["source"],
    &["syntax"],
    &["number"],
    &["term"],
    &["theory"],
    &["meaning"],
    &["refute"],
    &["prove"],
    &["certify"],
    &["judge"],
    &["diagnose"],
    &["report"],
    &["front"],
    &["grade"],
    &["cli"],
];

/// Words that may stand in some rooms only.
const RESERVED: &[(&str, &[&str])] = &[
    ("f64", &["number"]),
    ("egg::", &["prove"]),
    ("pest::", &["syntax"]),
    ("pest_derive", &["syntax"]),
    ("std::fs", &["cli"]),
    ("std::env", &["cli"]),
    ("std::net", &[]),
    ("std::process", &["cli", "main"]),
    ("std::time", &[]),
    // A verdict knows no clock.
    ("Instant", &[]),
    ("SystemTime", &[]),
    ("Duration", &[]),
    ("thread_local", &[]),
    ("anyhow", &["cli"]),
];

fn level(room: &str) -> Option<usize> {
    ROOMS.iter().position(|rooms| rooms.contains(&room))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A numbered line of code.
type Line = (usize, String);

/// Each file of `src`, the room it is in, and its lines that are neither comment nor test.
fn rooms() -> Vec<(PathBuf, String, Vec<Line>)> {
    let src = root().join("src");
    sources(&src)
        .into_iter()
        .map(|path| {
            let inner = path.strip_prefix(&src).unwrap();
            let room = inner.iter().next().unwrap().to_string_lossy();
            let room = room.trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(&path).unwrap();
            let lines = text
                .lines()
                .enumerate()
                .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
                .map(|(number, line)| {
                    (number + 1, line.split("//").next().unwrap_or("").to_owned())
                })
                .collect();
            (path, room, lines)
        })
        .collect()
}

/// The rooms that a line names: `crate::a`, and `crate::{a, b}`.
fn named(line: &str) -> Vec<String> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut names = Vec::new();
    for behind in line.split("crate::").skip(1) {
        let group = behind.strip_prefix('{').map_or(behind, |rest| rest);
        let parts: Vec<&str> = if behind.starts_with('{') {
            group.split([',', '}']).collect()
        } else {
            vec![group]
        };
        for part in parts {
            let name: String = part.trim().chars().take_while(|c| is_name(*c)).collect();
            names.push(name);
        }
    }
    names
}

#[test]
fn imports_point_downwards() {
    let mut wrong = Vec::new();
    for (path, room, lines) in rooms() {
        let Some(own) = level(&room) else { continue };
        for (number, line) in lines {
            for name in named(&line) {
                let sideways = level(&name) == Some(own) && name != room;
                if level(&name).is_some_and(|other| other > own) || sideways {
                    wrong.push(format!("{}:{number}: {room} names {name}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_word_stands_in_its_room() {
    let mut wrong = Vec::new();
    for (path, room, lines) in rooms() {
        if room == "bin" || path.file_name().is_some_and(|name| name == "tests.rs") {
            continue;
        }
        for (number, line) in lines {
            for (word, allowed) in RESERVED {
                if line.contains(word) && !allowed.contains(&room.as_str()) {
                    wrong.push(format!("{}:{number}: {word} in {room}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_is_longer_than_800_lines() {
    let mut wrong = Vec::new();
    for folder in [
        "src",
        "tests",
        "checker",
        "benches",
        "fuzz/src",
        "fuzz/fuzz_targets",
    ] {
        for path in sources(&root().join(folder)) {
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            if lines > 800 {
                wrong.push(format!("{}: {lines} lines", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let main = fs::read_to_string(root().join("src/main.rs")).unwrap();
    assert!(main.lines().count() < 40, "main.rs is to stay small");
}

#[test]
fn every_room_says_what_it_takes_and_gives() {
    let mut wrong = Vec::new();
    for path in sources(&root().join("src")) {
        if path.file_name().is_none_or(|name| name != "mod.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let header: Vec<&str> = text
            .lines()
            .take_while(|line| line.starts_with("//!"))
            .collect();
        let header = header.join(" ");
        for word in ["Takes:", "Gives:", "Never:", "Start reading at:"] {
            if !header.contains(word) {
                wrong.push(format!("{}: {word} is missing", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_checker_knows_nothing_of_the_searcher() {
    let manifest = fs::read_to_string(root().join("checker/Cargo.toml")).unwrap();
    for word in ["egg", "hence =", "path ="] {
        assert!(!manifest.contains(word), "checker/Cargo.toml names {word}");
    }
    for path in sources(&root().join("checker/src")) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(!text.contains("use hence::"), "{}", path.display());
    }
}
