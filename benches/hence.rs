//! How long it takes: a document, a step, a batch, an expansion.

use std::fs;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use hence::meaning::GivenText;
use hence::source::{Container, Source};
use hence::{Options, check};
use rayon::prelude::*;

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

/// The steps one after another; the time is that of all of them.
fn steps(criterion: &mut Criterion) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/steps.jsonl");
    let Ok(text) = fs::read_to_string(&file) else {
        println!("{}: not here, skipped", file.display());
        return;
    };
    let sources: Vec<Source> = text
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter_map(|row| Some(Source::new("row", row.get("text")?.as_str()?)))
        .collect();
    let mut times: Vec<_> = sources
        .iter()
        .map(|source| {
            let start = std::time::Instant::now();
            black_box(one(source));
            start.elapsed()
        })
        .collect();
    times.sort();
    if let (Some(median), Some(worst)) = (times.get(times.len() / 2), times.last()) {
        println!(
            "steps: median {median:?}, worst {worst:?} of {}",
            times.len()
        );
    }
    if let Some(first) = sources.first() {
        criterion.bench_function("one step", |bench| bench.iter(|| black_box(one(first))));
    }
}

fn one(source: &Source) -> hence::report::Report {
    check(
        source,
        Container::guess(source.text()),
        &[],
        &Options::default(),
    )
}

/// A thousand steps between polynomials, half of them wrong.
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
    group.bench_function("1000 polynomial steps", |bench| {
        bench.iter(|| {
            rows.par_iter()
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

criterion_group!(benches, document, steps, batch, expansion);
criterion_main!(benches);
