//! The command as it is used from a shell.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// A folder of this test, empty at its start.
fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn hence(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_hence"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that fails early does not read its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn wrong_usage_ends_with_2_and_help_with_0() {
    assert_eq!(code(&hence(&["chekc"], b"")), 2);
    assert_eq!(code(&hence(&["check", "--colour"], b"")), 2);
    assert_eq!(code(&hence(&[], b"")), 2);
    assert_eq!(code(&hence(&["--help"], b"")), 0);
    assert_eq!(code(&hence(&["--version"], b"")), 0);
}

#[test]
fn what_is_no_text_is_named_with_its_place() {
    let folder = folder("no-text");
    let cases: [(&str, &[u8], &str); 4] = [
        (
            "byte.md",
            b"a\n\xD8\xA7x\xFF",
            "byte.md:2:3: this byte is not UTF-8",
        ),
        ("nul.md", b"a\n\xD8\xA7\0x", "nul.md:2:2: a NUL byte"),
        ("wide.md", b"\xFF\xFEa\0", "wide.md: this text is UTF-16"),
        ("book.ipynb", b"{}", "this is not a Jupyter notebook"),
    ];
    for (name, bytes, message) in cases {
        let path = folder.join(name);
        fs::write(&path, bytes).unwrap();
        let output = hence(&["check", path.to_str().unwrap()], b"");
        assert_eq!(code(&output), 2, "{name}");
        let said = err(&output) + &out(&output);
        assert!(said.contains(message), "{name}: {said}");
    }
}

#[test]
fn a_missing_file_or_a_folder_does_not_stop_the_others() {
    let folder = folder("missing");
    let good = folder.join("good.md");
    fs::write(&good, "only words\n").unwrap();
    let missing = folder.join("missing.md");
    let arguments = [
        "check",
        missing.to_str().unwrap(),
        folder.to_str().unwrap(),
        good.to_str().unwrap(),
    ];
    let output = hence(&arguments, b"");
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).contains("missing.md: there is no such file"),
        "{}",
        err(&output)
    );
    assert!(
        err(&output).contains("this is a folder"),
        "{}",
        err(&output)
    );
    assert!(out(&output).contains("good.md: empty"), "{}", out(&output));
}

#[test]
fn standard_input_is_read_where_no_file_is_named() {
    for arguments in [&["check"][..], &["check", "-"]] {
        let output = hence(arguments, "فقط متن\n".as_bytes());
        assert_eq!(code(&output), 0);
        assert!(out(&output).starts_with("-: empty"), "{}", out(&output));
        assert_eq!(err(&output), "");
    }
}

#[test]
fn json_is_one_object_a_file_on_a_line() {
    let folder = folder("json");
    let (one, two) = (folder.join("one.md"), folder.join("two.md"));
    fs::write(&one, "words").unwrap();
    fs::write(&two, "words").unwrap();
    let paths = [one.to_str().unwrap(), two.to_str().unwrap()];
    let output = hence(&["check", "--format", "json", paths[0], paths[1]], b"");
    let text = out(&output);
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1]["file"], paths[1]);
}

#[test]
fn a_batch_goes_on_behind_rows_that_cannot_be_read() {
    let rows = "{\"id\": 1, \"text\": \"only words here\"}\n\
                not json\n\
                \n\
                {\"id\": \"two\"}\n\
                {\"id\": 3, \"text\": \"a\\u0000b\"}\n\
                {\"id\": 4, \"text\": \"x\", \"format\": \"word\"}\n\
                {\"id\": 5, \"text\": 7}\n\
                [1]\n\
                {\"id\": 6, \"text\": \"\", \"given\": null, \"strict\": true}";
    let output = hence(&["batch"], rows.as_bytes());
    assert_eq!(code(&output), 1);
    let text = out(&output);
    let rows: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let said: Vec<(String, &str)> = rows
        .iter()
        .map(|row| (row["id"].to_string(), row["verdict"].as_str().unwrap()))
        .collect();
    let expected = [
        ("1", "empty"),
        ("null", "unreadable"),
        ("\"two\"", "unreadable"),
        ("3", "unreadable"),
        ("4", "unreadable"),
        ("5", "unreadable"),
        ("null", "unreadable"),
        ("6", "empty"),
    ];
    let expected: Vec<_> = expected
        .map(|(id, verdict)| (id.to_owned(), verdict))
        .into();
    assert_eq!(said, expected);
    for row in rows.iter().filter(|row| row["verdict"] == "unreadable") {
        assert!(row["error"].is_string(), "{row}");
    }
}

#[test]
fn context_is_a_file_or_text_but_not_a_name_of_nothing() {
    let folder = folder("given");
    let file = folder.join("page.given");
    fs::write(&file, "x > 0\n").unwrap();
    let prove = |given: &str| hence(&["prove", "sqrt(x^2) = x", "--given", given], b"");
    assert_eq!(code(&prove("x > 0")), 0);
    assert_eq!(code(&prove("x>0")), 0);
    assert_eq!(code(&prove(file.to_str().unwrap())), 0);
    assert_eq!(code(&prove("y > 0")), 1);
    let missing = prove("missing.given");
    assert_eq!(code(&missing), 2);
    assert!(err(&missing).contains("missing.given: there is no such file"));
}

#[test]
fn exit_codes_tell_valid_from_invalid_and_undecided() {
    assert_eq!(code(&hence(&["check"], b"(x+1)^2 = x^2 + 2x + 1\n")), 0);
    assert_eq!(code(&hence(&["check"], b"(x+1)^2 = x^2 + 1\n")), 1);
    assert_eq!(code(&hence(&["check"], b"x + = 1\n")), 1);
    assert_eq!(
        code(&hence(&["check"], b"given x > 0; x < 0\n\nx + 1 = x + 1\n")),
        3
    );
}

/// Rows of several kinds, more than one chunk of them.
fn rows() -> String {
    let texts = [
        "(x + 1)^2 = x^2 + 2 x + 1",
        "(x + 1)^2 = x^2 + 1",
        "x^2 = 4\\nso x = 2 or x = -2",
        "$$\\\\frac{1}{2} + \\\\frac{1}{3} = \\\\frac{5}{6}$$",
        "only words",
        "1/0 = 2",
        "sqrt(x^2) = x",
        "x = (",
    ];
    let mut rows = String::new();
    for number in 0..300 {
        let text = texts[number % texts.len()];
        rows += &format!("{{\"id\": {number}, \"text\": \"{text}\"}}\n");
    }
    rows
}

#[test]
fn a_batch_says_the_same_with_any_number_of_threads_and_in_any_order() {
    let rows = rows();
    let one = out(&hence(&["batch", "-j", "1"], rows.as_bytes()));
    let two = out(&hence(&["batch", "-j", "2"], rows.as_bytes()));
    assert_eq!(one.lines().count(), 300);
    assert!(one == two, "two threads say something else than one");
    let backwards: String = rows.lines().rev().map(|row| format!("{row}\n")).collect();
    let three = out(&hence(&["batch", "-j", "3"], backwards.as_bytes()));
    let turned: String = three.lines().rev().map(|row| format!("{row}\n")).collect();
    assert!(one == turned, "the order of the rows changes what is said");
}

#[test]
fn a_batch_reads_and_writes_files() {
    let folder = folder("batch");
    let (from, to) = (folder.join("in.jsonl"), folder.join("out.jsonl"));
    fs::write(&from, "{\"id\": 1, \"text\": \"words\"}\n").unwrap();
    let arguments = ["batch", from.to_str().unwrap(), "-o", to.to_str().unwrap()];
    assert_eq!(code(&hence(&arguments, b"")), 0);
    assert!(fs::read_to_string(&to).unwrap().contains("\"id\":1"));
    let missing = folder.join("none.jsonl");
    assert_eq!(code(&hence(&["batch", missing.to_str().unwrap()], b"")), 2);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_hence"))
        .args(["batch", "-j", "1"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let _ = child.stdin.take().unwrap().write_all(rows().as_bytes());
    let output = child.wait_with_output().unwrap();
    assert_eq!(err(&output), "");
    assert_eq!(code(&output), 0);
}

#[test]
fn colors_are_printed_only_where_they_are_asked_for() {
    let text = b"2 + 2 = 5\n";
    assert!(!out(&hence(&["check"], text)).contains('\u{1b}'));
    assert!(!out(&hence(&["check", "--color", "never"], text)).contains('\u{1b}'));
}

#[test]
fn a_line_is_explained_by_its_proof_or_by_its_counterexample_worked_out() {
    let folder = folder("explain");
    let page = folder.join("page.md");
    fs::write(
        &page,
        "$$\\frac{d}{dx} x^2 = 2x$$\n\n$$(x + 1)^2 = x^2 + 1$$\n",
    )
    .unwrap();
    let place = |line: u32| format!("{}:{line}", page.display());
    let proof = hence(&["explain", &place(1)], b"");
    assert_eq!(code(&proof), 0, "{}", err(&proof));
    assert!(
        out(&proof).contains("calculus.natural-power"),
        "{}",
        out(&proof)
    );
    let counterexample = hence(&["explain", &place(3)], b"");
    assert!(
        out(&counterexample).contains("refuted"),
        "{}",
        out(&counterexample)
    );
    assert!(
        out(&counterexample).contains("take x = "),
        "{}",
        out(&counterexample)
    );
    assert_eq!(code(&hence(&["explain", &place(2)], b"")), 2);
    assert_eq!(code(&hence(&["explain", "page.md"], b"")), 2);
}

#[test]
fn rules_are_printed_by_name() {
    let found = hence(&["rules", "root-of-square"], b"");
    assert!(
        out(&found).contains("sqrt(a^2) -> abs(a)"),
        "{}",
        out(&found)
    );
    assert_eq!(code(&hence(&["rules", "no-such-rule"], b"")), 2);
}

#[test]
fn evidence_is_written_for_each_derivation_and_verified() {
    let folder = folder("evidence");
    let page = folder.join("page.md");
    fs::write(
        &page,
        "$$(x+1)^2 = x^2 + 2x + 1$$\n\n# Another\n\n$$y \\ge y - 1 = 2$$\n",
    )
    .unwrap();
    let certificates = folder.join("made/certificates");
    let written = certificates.to_str().unwrap();
    let said = hence(
        &[
            "check",
            page.to_str().unwrap(),
            "--format",
            "json",
            "--certificates",
            written,
        ],
        b"",
    );
    assert_eq!(code(&said), 1);
    let report: serde_json::Value = serde_json::from_str(&out(&said)).unwrap();
    let mut named = std::collections::BTreeSet::new();
    for derivation in report["derivations"].as_array().unwrap() {
        let steps = derivation["steps"].as_array().unwrap();
        let judged =
            |step: &&serde_json::Value| step["verdict"] == "proved" || step["verdict"] == "refuted";
        for step in steps.iter().filter(judged) {
            named.insert(step["certificate"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(named.len(), 2, "one certificate a derivation");
    for digest in named {
        let file = certificates
            .join(digest.trim_start_matches("sha256:"))
            .with_extension("json");
        let verified = hence(&["verify", file.to_str().unwrap()], b"");
        assert_eq!(code(&verified), 0, "{}", out(&verified));
        let text = fs::read_to_string(&file).unwrap();
        fs::write(
            &file,
            text.replacen("\"2\"", "\"3\"", 1)
                .replacen("\"-1\"", "\"-2\"", 1),
        )
        .unwrap();
        let changed = hence(&["verify", file.to_str().unwrap()], b"");
        assert_eq!(code(&changed), 1, "{}", out(&changed));
        assert!(out(&changed).contains("changed since it was made"));
    }
    let without: serde_json::Value =
        serde_json::from_str(&out(&hence(&["prove", "x = x", "--format", "json"], b""))).unwrap();
    assert!(without["derivations"][0]["steps"][0]["certificate"].is_null());
    // A folder that cannot be made.
    let blocked = hence(
        &["prove", "x = x", "--certificates", page.to_str().unwrap()],
        b"",
    );
    assert_eq!(code(&blocked), 2);
    assert!(err(&blocked).contains("the folder cannot be made"));
}
