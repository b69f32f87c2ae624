//! How long it takes: a document, a step, a batch, an expansion.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use hence::meaning::{self, GivenText, Role};
use hence::prove::prove;
use hence::refute::Budget;
use hence::source::{self, Container, Source};
use hence::term::Store;
use hence::{Options, certify, check};

fn document(criterion: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("derivations/documents");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
    let source = Source::new("homework.md", read("homework.md"));
    let given = [GivenText {
        source: Source::new("homework.given", read("homework.given")),
    }];
    criterion.bench_function("homework", |bench| {
        bench.iter(|| {
            let options = Options::default();
            black_box(check(&source, Container::Markdown, &given, &options))
        });
    });
}

/// A row of the labelled steps.
struct Row {
    source: Source,
    given: Vec<GivenText>,
}

/// The steps one after another, each alone: the medians and sums of the right and wrong ones.
fn steps(criterion: &mut Criterion) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/steps.jsonl");
    let Ok(text) = fs::read_to_string(&file) else {
        println!("{}: not here, skipped", file.display());
        return;
    };
    let rows: Vec<Row> = text
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter_map(|row| {
            let given = row.get("given").and_then(|given| given.as_str());
            Some(Row {
                source: Source::new("row", row.get("text")?.as_str()?),
                given: given
                    .filter(|given| !given.trim().is_empty())
                    .map(|given| GivenText {
                        source: Source::new("given", given),
                    })
                    .into_iter()
                    .collect(),
            })
        })
        .collect();
    medians("steps", &rows);
    if let Some(first) = rows.first() {
        criterion.bench_function("one step", |bench| {
            bench.iter(|| black_box(with(&first.source, &first.given)));
        });
    }
}

/// Times each row alone, the least of five runs, and prints the medians of all, the proved and the
/// refuted.
fn medians(name: &str, rows: &[Row]) {
    let mut all = Vec::new();
    let (mut proved, mut refuted) = (Vec::new(), Vec::new());
    for row in rows {
        let (mut least, mut counts) = (Duration::MAX, None);
        for _ in 0..5 {
            let start = Instant::now();
            let report = black_box(with(&row.source, &row.given));
            least = least.min(start.elapsed());
            counts = Some((report.counts.proved, report.counts.refuted));
        }
        all.push(least);
        match counts {
            Some((_, refutations)) if refutations > 0 => refuted.push(least),
            Some((proofs, _)) if proofs > 0 => proved.push(least),
            _ => {}
        }
    }
    for (what, mut times) in [("all", all), ("proved", proved), ("refuted", refuted)] {
        times.sort();
        let (Some(median), Some(worst)) = (times.get(times.len() / 2), times.last()) else {
            continue;
        };
        let total: Duration = times.iter().sum();
        println!(
            "{name}, {what}: median {median:?}, worst {worst:?}, total {total:?} of {}",
            times.len()
        );
    }
}

/// The rows of a field's table in `tests/`: `given | steps | verdict`, or for matrices a line each
/// for what is given, what is true and what is false.
fn table(name: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name);
    let text = fs::read_to_string(path).unwrap_or_default();
    let mut given = String::new();
    let mut rows = Vec::new();
    for line in text.lines() {
        if let Some(context) = line.strip_prefix("given ") {
            context.clone_into(&mut given);
        } else if let Some(claim) = line
            .strip_prefix("true ")
            .or_else(|| line.strip_prefix("false "))
        {
            rows.push(row(&given, claim.trim()));
        } else if let [given, steps, _] = line.split(" | ").collect::<Vec<_>>().as_slice() {
            rows.push(row(given, &steps.replace(" ;; ", "\n")));
        }
    }
    rows
}

fn row(given: &str, text: &str) -> Row {
    Row {
        source: Source::new("row", text),
        given: vec![GivenText {
            source: Source::new("given", given),
        }],
    }
}

/// Sums, probability and matrices: the medians of their tables, and the largest of their kind.
fn fields(criterion: &mut Criterion) {
    for name in ["sums.txt", "probability.txt", "matrices.txt"] {
        medians(name, &table(name));
    }
    let triple = row(
        "n, m, p ∈ ℕ",
        "sum_(i=1)^n sum_(j=1)^m sum_(k=1)^p a_i b_j c_k d_i e_j f_k = (sum_(i=1)^n a_i d_i) (sum_(j=1)^m b_j e_j) (sum_(k=1)^p c_k f_k)",
    );
    let factors = row(
        "H, Q, L, S ∈ ℝ^{n×n}; QᵀQ = I; QQᵀ = I; H = Q L Qᵀ; S L = L S",
        "Q S Qᵀ H Q Qᵀ H Q L Qᵀ Q S Qᵀ = Q L L L S S Qᵀ",
    );
    for (name, row) in [
        ("triple sum of six factors", triple),
        ("twelve factors and four equations", factors),
    ] {
        let report = with(&row.source, &row.given);
        println!("{name}: {} proved", report.counts.proved);
        criterion.bench_function(name, |bench| {
            bench.iter(|| black_box(with(&row.source, &row.given)));
        });
    }
}

/// The proofs of the labelled steps, written down and gone through by the independent checker.
fn replay(criterion: &mut Criterion) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/steps.jsonl");
    let Ok(text) = fs::read_to_string(&file) else {
        println!("{}: not here, skipped", file.display());
        return;
    };
    let rows = text
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|row| row["expect"] == "valid");
    let (mut times, mut rejected, mut first) = (Vec::new(), 0, None);
    let mut shares = Vec::new();
    let without = Options {
        replay: false,
        ..Options::default()
    };
    for row in rows {
        let source = Source::new("row", row["text"].as_str().unwrap_or_default());
        let mut store = Store::new();
        let items = source::items(&source, Container::guess(source.text()));
        let document = meaning::read(&mut store, &source, &items, &[]);
        for step in document.derivations.iter().flat_map(|d| &d.steps) {
            let Role::Claim(goal) = &step.role else {
                continue;
            };
            let context = &document.contexts[step.context];
            let Some(proved) = prove(&mut store, context, goal, &Budget::NORMAL) else {
                continue;
            };
            let mut least = Duration::MAX;
            let mut accepted = false;
            for _ in 0..5 {
                let start = Instant::now();
                let proof = certify::proof(&store, context, goal, &proved);
                accepted = black_box(certify::replay(&proof)).is_ok();
                least = least.min(start.elapsed());
                first.get_or_insert(proof);
            }
            times.push(least);
            let mut whole = Duration::MAX;
            for _ in 0..5 {
                let start = Instant::now();
                black_box(check(
                    &source,
                    Container::guess(source.text()),
                    &[],
                    &without,
                ));
                whole = whole.min(start.elapsed());
            }
            shares.push(100 * least.as_nanos() / whole.as_nanos().max(1));
            rejected += usize::from(!accepted);
        }
    }
    times.sort();
    if let (Some(median), Some(worst)) = (times.get(times.len() / 2), times.last()) {
        let total: Duration = times.iter().sum();
        println!(
            "replays: median {median:?}, worst {worst:?}, total {total:?} of {}, {rejected} rejected",
            times.len()
        );
    }
    shares.sort_unstable();
    if let Some(median) = shares.get(shares.len() / 2) {
        let below = shares.iter().filter(|share| **share < 50).count();
        println!(
            "a replay takes {median} % of its step's other time (median), less than half at {below} of {}",
            shares.len()
        );
    }
    if let Some(proof) = first {
        criterion.bench_function("one replay", |bench| {
            bench.iter(|| black_box(certify::replay(&proof)));
        });
    }
}

fn with(source: &Source, given: &[GivenText]) -> hence::report::Report {
    check(
        source,
        Container::guess(source.text()),
        given,
        &Options::default(),
    )
}

fn one(source: &Source) -> hence::report::Report {
    with(source, &[])
}

/// A thousand steps between polynomials, half of them wrong, on one core, reading included.
fn batch(criterion: &mut Criterion) {
    let rows: Vec<Source> = (0..1_000)
        .map(|number| {
            let (a, b) = (number % 37 + 1, number % 23 + 2);
            let slip = number % 2;
            let text = format!(
                "({a} x + {b} y)^2 = {} x^2 + {} x y + {} y^2",
                a * a,
                2 * a * b + slip,
                b * b
            );
            Source::new("row", text)
        })
        .collect();
    let mut group = criterion.benchmark_group("batch");
    group.sample_size(10);
    group.throughput(Throughput::Elements(1_000));
    group.bench_function("1000 polynomial steps", |bench| {
        bench.iter(|| {
            rows.iter()
                .map(one)
                .filter(|report| report.counts.proved > 0)
                .count()
        });
    });
    group.finish();
}

/// (x + y + z)^n against its expansion.
fn expansion(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("(x+y+z)^n");
    group.sample_size(10);
    for power in [5u32, 10, 20, 30] {
        let source = Source::new("row", format!("(x+y+z)^{power} = {}", trinomial(power)));
        group.bench_function(power.to_string(), |bench| {
            bench.iter(|| black_box(one(&source)));
        });
    }
    group.finish();
}

fn trinomial(power: u32) -> String {
    let mut terms = Vec::new();
    for i in 0..=power {
        for j in 0..=power - i {
            let k = power - i - j;
            let coefficient = binomial(power, i) * binomial(power - i, j);
            terms.push(format!("{coefficient} x^{i} y^{j} z^{k}"));
        }
    }
    terms.join(" + ")
}

fn binomial(n: u32, k: u32) -> u128 {
    (0..u128::from(k)).fold(1, |product, i| product * (u128::from(n) - i) / (i + 1))
}

/// The program from its start to its end, without work.
fn start(criterion: &mut Criterion) {
    criterion.bench_function("process start", |bench| {
        bench.iter(|| {
            let done = Command::new(env!("CARGO_BIN_EXE_hence"))
                .arg("--version")
                .output();
            black_box(done.is_ok())
        });
    });
}

criterion_group!(
    benches, document, steps, fields, replay, batch, expansion, start
);
criterion_main!(benches);
