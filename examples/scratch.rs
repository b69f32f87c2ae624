use hence::syntax::*;
fn show(text: &str, latex: bool) {
    for e in parse(text, latex) {
        let s = text
            .get(e.span.start as usize..e.span.end as usize)
            .unwrap_or("??");
        match e.kind {
            ElementKind::Formula(t) => println!("  F {t}"),
            ElementKind::Error(m) => println!("  ERROR {m}   [{s}]"),
            ElementKind::Arrow(a, f, w) => println!(
                "  A {a:?} {} {w:?}",
                f.iter()
                    .map(|t| t.to_string())
                    .collect::<Vec<_>>()
                    .join(" ; ")
            ),
            k => println!("  {k:?}"),
        }
    }
}
fn main() {
    let args: Vec<String> = std::env::args().collect();
    match args[1].as_str() {
        "t" => show(&args[2], false),
        "l" => show(&args[2], true),
        "c" => {
            for e in parse_context(
                &std::fs::read_to_string(&args[2]).unwrap_or(args[2].clone()),
                false,
            ) {
                match e.kind {
                    EntryKind::Member(n, s) => println!(
                        "  member {} in {s}",
                        n.iter()
                            .map(|t| t.to_string())
                            .collect::<Vec<_>>()
                            .join(" ; ")
                    ),
                    EntryKind::Function(n, s, t) => println!("  function {n:?} {s:?} {t}"),
                    EntryKind::Property(n, s) => println!(
                        "  property {} {s:?}",
                        n.iter()
                            .map(|t| t.to_string())
                            .collect::<Vec<_>>()
                            .join(" ; ")
                    ),
                    EntryKind::Statement(t, b) => println!(
                        "  statement {t} for {}",
                        b.map(|b| b.to_string()).unwrap_or_default()
                    ),
                    k => println!("  {k:?}"),
                }
            }
        }
        "j" => {
            let (mut n, mut bad) = (0, 0);
            let text = std::fs::read_to_string(&args[2]).unwrap();
            let all = args.get(3).is_some();
            for line in text.lines() {
                let row: serde_json::Value = serde_json::from_str(line).unwrap();
                let t = row["text"].as_str().unwrap();
                let latex = row["format"].as_str() != Some("text");
                let body = if latex {
                    t.replace("$$", "")
                } else {
                    t.to_string()
                };
                n += 1;
                let es = parse(&body, latex);
                let errs: Vec<String> = es
                    .iter()
                    .filter_map(|e| match &e.kind {
                        ElementKind::Error(m) => Some(format!(
                            "{m} @ {}",
                            body.get(
                                e.span.start.saturating_sub(30) as usize
                                    ..(e.span.end as usize + 20).min(body.len())
                            )
                            .unwrap_or("?")
                        )),
                        _ => None,
                    })
                    .collect();
                if !errs.is_empty() {
                    bad += 1;
                    println!("{}: {}", row["id"], errs.join(" | ").replace('\n', " "));
                }
                if all {
                    println!("{body}");
                    show(&body, latex);
                }
            }
            println!("{n} rows, {bad} with errors");
        }
        "h" => {
            let text = std::fs::read_to_string(&args[2]).unwrap();
            let mut rest = text.as_str();
            while let Some(i) = rest.find('$') {
                let double = rest[i..].starts_with("$$");
                let d = if double { "$$" } else { "$" };
                let from = i + d.len();
                let Some(len) = rest[from..].find(d) else {
                    break;
                };
                let body = &rest[from..from + len];
                println!("{}", body.replace('\n', " "));
                show(body, true);
                rest = &rest[from + len + d.len()..];
            }
        }
        _ => {}
    }
}
