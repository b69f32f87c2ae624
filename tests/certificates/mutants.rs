//! Certificates in which something was changed.

use hence::certify::verify;
use hence::source::Container;
use hence_checker::wire;

use super::documents::DOCUMENTS;
use super::{all, alone, proofs, read};

/// The certificate with something changed in its proof, its digest made anew.
fn changed(json: &str, change: impl FnOnce(&mut wire::Proof)) -> String {
    let mut proof = read(json);
    change(&mut proof);
    alone(proof).json
}

pub fn rejected(json: &str) -> bool {
    verify(json).is_err()
}

/// Adds a term.
fn added(certificate: &mut wire::Proof, op: &str, name: &str, args: Vec<u32>) -> u32 {
    certificate.terms.push(wire::Term {
        op: op.to_owned(),
        name: name.to_owned(),
        data: Vec::new(),
        args,
    });
    u32::try_from(certificate.terms.len() - 1).unwrap()
}

/// Whether no symbol stands in the claim (which then needs no hypothesis).
fn closed(certificate: &wire::Proof) -> bool {
    let wire::Claim::Statement { statement } = certificate.claim else {
        return false;
    };
    let mut open = vec![statement];
    while let Some(next) = open.pop() {
        let term = &certificate.terms[next as usize];
        if matches!(term.op.as_str(), "symbol" | "member" | "call" | "truth") {
            return false;
        }
        open.extend(&term.args);
    }
    true
}

/// The places of nodes of a certificate for which something holds.
fn nodes(json: &str, which: impl Fn(&wire::Node) -> bool) -> Vec<usize> {
    let certificate = read(json);
    let all = certificate.nodes.iter().enumerate();
    all.filter(|(_, node)| which(node))
        .map(|(place, _)| place)
        .collect()
}

#[test]
fn what_was_changed_after_signing_is_noticed_at_once() {
    for (given, text) in DOCUMENTS.iter().take(12) {
        for (_, certificate) in proofs(text, text, Container::Text, given) {
            let json = certificate.unwrap().json;
            for (from, to) in [
                ("\"=\"", "\"<\""),
                ("\"args\":[0", "\"args\":[1"),
                ("\"forward\":true", "\"forward\":false"),
                ("\"name\":\"2\"", "\"name\":\"3\""),
            ] {
                let other = json.replacen(from, to, 1);
                assert!(other == json || rejected(&other), "{text}");
            }
        }
    }
}

#[test]
fn every_mutant_is_rejected() {
    let (mut mutants, mut survivors) = (0, Vec::new());
    for (title, certificate) in all().into_iter().step_by(3) {
        let Some(json) = certificate.map(|c| c.json).filter(|json| !rejected(json)) else {
            continue;
        };
        let mut judge = |kind: &str, json: String| {
            mutants += 1;
            if !rejected(&json) {
                survivors.push(format!("{kind}: {title}"));
            }
        };
        for place in nodes(&json, |n| matches!(n, wire::Node::Rule { .. })) {
            judge(
                "another rule",
                changed(&json, |c| {
                    if let wire::Node::Rule { name, .. } = &mut c.nodes[place] {
                        *name = if name == "powers.abs-square" {
                            "powers.relu"
                        } else {
                            "powers.abs-square"
                        }
                        .to_owned();
                    }
                }),
            );
            judge(
                "another substitution",
                changed(&json, |c| {
                    let extra = added(c, "number", "17", Vec::new());
                    if let wire::Node::Rule {
                        substitution, name, ..
                    } = &mut c.nodes[place]
                    {
                        match substitution.first_mut() {
                            Some(first) => first.1 = extra,
                            None => name.push('x'),
                        }
                    }
                }),
            );
        }
        for place in nodes(
            &json,
            |n| matches!(n, wire::Node::Rule { evidence, .. } if evidence.iter().any(Option::is_some)),
        ) {
            judge(
                "no evidence",
                changed(&json, |c| {
                    if let wire::Node::Rule { evidence, .. } = &mut c.nodes[place] {
                        evidence.iter_mut().for_each(|e| *e = None);
                    }
                }),
            );
        }
        for place in nodes(
            &json,
            |n| matches!(n, wire::Node::Line { links, .. } if !links.is_empty()),
        ) {
            judge(
                "a link left out",
                changed(&json, |c| {
                    if let wire::Node::Line { links, .. } = &mut c.nodes[place] {
                        links.pop();
                    }
                }),
            );
        }
        for place in nodes(&json, |n| matches!(n, wire::Node::Congruence { .. })) {
            judge(
                "a part left out",
                changed(&json, |c| {
                    if let wire::Node::Congruence { parts, .. } = &mut c.nodes[place] {
                        parts.pop();
                    }
                }),
            );
            judge(
                "another place",
                changed(&json, |c| {
                    if let wire::Node::Congruence { parts, .. } = &mut c.nodes[place] {
                        parts.iter_mut().for_each(|part| part.0 += 1);
                    }
                }),
            );
        }
        for place in nodes(&json, |n| matches!(n, wire::Node::Ring { .. })) {
            judge(
                "another number",
                changed(&json, |c| {
                    let one = added(c, "number", "1", Vec::new());
                    let after = match &c.nodes[place] {
                        wire::Node::Ring { after, .. } => *after,
                        _ => 0,
                    };
                    let more = added(c, "pow", "", vec![after, one]);
                    if let wire::Node::Ring { after, .. } = &mut c.nodes[place] {
                        *after = more;
                    }
                }),
            );
        }
        // The claim itself.
        judge(
            "another claim",
            changed(&json, |c| {
                let claim = c.claim.clone();
                match claim {
                    wire::Claim::Step { statement } => {
                        let term = c.terms[statement as usize].clone();
                        let one = added(c, "number", "-1", Vec::new());
                        let [a, b] = [term.args[0], term.args[1]];
                        // b + 1 for b, or a and b changed for each other and apart.
                        let (x, y) = if term.op == "=" { (a, b) } else { (b, a) };
                        let parts = match c.terms[y as usize].op.as_str() {
                            "add" => {
                                let mut parts = c.terms[y as usize].args.clone();
                                parts.push(one);
                                parts
                            }
                            _ => vec![y, one],
                        };
                        let other = added(c, "add", "", parts);
                        let op = term.op;
                        let statement = added(c, &op, "", vec![x, other]);
                        c.claim = wire::Claim::Step { statement };
                        let root = c.root as usize;
                        match &mut c.nodes[root] {
                            wire::Node::Line { to, links, .. } => {
                                *to = other;
                                let last = links.last().map(|l| *l as usize);
                                if let Some(
                                    wire::Node::Ring { after, .. }
                                    | wire::Node::Rule { after, .. }
                                    | wire::Node::Congruence { after, .. },
                                ) = last.map(|l| &mut c.nodes[l])
                                {
                                    *after = other;
                                }
                            }
                            wire::Node::Decision {
                                statement: told, ..
                            } => *told = statement,
                            _ => {}
                        }
                    }
                    wire::Claim::Statement { statement } => {
                        let not = added(c, "not", "", vec![statement]);
                        c.claim = wire::Claim::Statement { statement: not };
                        let root = c.root as usize;
                        if let wire::Node::Decision {
                            statement: told, ..
                        } = &mut c.nodes[root]
                            && c.terms[statement as usize].op != "truth"
                        {
                            *told = not;
                        }
                    }
                    wire::Claim::Equivalence { left, right } => {
                        let right = added(c, "not", "", vec![right]);
                        c.claim = wire::Claim::Equivalence { left, right };
                        let root = c.root as usize;
                        let uses = match &c.nodes[root] {
                            wire::Node::Decision { uses, .. } => uses.clone(),
                            _ => Vec::new(),
                        };
                        if let Some(wire::Node::Decision { statement, .. }) =
                            uses.first().map(|u| &mut c.nodes[*u as usize])
                        {
                            *statement = right;
                        }
                    }
                    wire::Claim::UpToConstant { left, right, .. } => {
                        if let wire::Claim::UpToConstant { right: r, .. } = &mut c.claim {
                            *r = left.max(right) - 1;
                        }
                    }
                    wire::Claim::Rounded { decimal, .. } => {
                        let other = format!("{}7", decimal.split('/').next().unwrap());
                        if let wire::Claim::Rounded { decimal, .. } = &mut c.claim {
                            *decimal = other;
                        }
                    }
                }
            }),
        );
        let certificate = read(&json);
        let implication = matches!(certificate.claim, wire::Claim::Statement { .. });
        if implication && !certificate.hypotheses.is_empty() && !closed(&certificate) {
            judge(
                "without hypotheses",
                changed(&json, |c| c.hypotheses.clear()),
            );
        }
    }
    println!(
        "{mutants} mutants, {} accepted: {survivors:#?}",
        survivors.len()
    );
    assert!(mutants > 300 && survivors.is_empty(), "{survivors:#?}");
}

#[test]
fn a_root_squared_is_no_way_from_x_to_its_absolute_value() {
    // x = √x·√x = |x|, each link a ring identity or a rule, written by hand.
    let mut json: wire::Proof = {
        let (_, certificate) = proofs("t", "sqrt(x^2) = |x|", Container::Text, "").remove(0);
        read(&certificate.unwrap().json)
    };
    json.terms.clear();
    json.nodes.clear();
    json.conditions.clear();
    json.symbols = vec!["x".to_owned()];
    let c = &mut json;
    c.terms.push(wire::Term {
        op: "symbol".to_owned(),
        data: vec![0],
        ..wire::Term::default()
    });
    let two = added(c, "number", "2", Vec::new());
    let root = added(c, "function", "root", vec![two, 0]);
    let product = added(c, "mul", "", vec![root, root]);
    let square = added(c, "pow", "", vec![0, two]);
    let middle = added(c, "function", "root", vec![two, square]);
    let size = added(c, "function", "abs", vec![0]);
    let claim = added(c, "=", "", vec![0, size]);
    c.claim = wire::Claim::Step { statement: claim };
    c.nodes = vec![
        wire::Node::Ring {
            before: 0,
            after: product,
        },
        wire::Node::Ring {
            before: product,
            after: middle,
        },
        wire::Node::Rule {
            before: middle,
            after: size,
            name: "powers.root-of-square".to_owned(),
            forward: true,
            substitution: vec![("a".to_owned(), 0)],
            evidence: Vec::new(),
        },
        wire::Node::Line {
            from: 0,
            to: size,
            links: vec![0, 1, 2],
        },
    ];
    c.root = 3;
    assert!(rejected(&alone(c.clone()).json));
    // Nor is √x·√x = |x| believed because of √x·√x = √(x²) by the ring.
    c.nodes[0] = wire::Node::Ring {
        before: 0,
        after: middle,
    };
    c.nodes[3] = wire::Node::Line {
        from: 0,
        to: size,
        links: vec![0, 2],
    };
    let rejection = verify(&alone(c.clone()).json).unwrap_err();
    assert!(rejection.reason.contains("differ"), "{}", rejection.reason);
}

/// What is proved entry by entry: product, inverse, a letter of known size, a premise.
const BY_ENTRIES: &[(&str, &str)] = &[
    (
        "",
        "\\begin{pmatrix} 1 & 2 \\\\ 0 & 1 \\end{pmatrix} \\begin{pmatrix} 1 & 3 \\\\ 0 & 1 \\end{pmatrix} = \\begin{pmatrix} 1 & 5 \\\\ 0 & 1 \\end{pmatrix}",
    ),
    (
        "a, b, c, d in R",
        "\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}^{-1} = \\frac{1}{a d - b c} \\begin{pmatrix} d & -b \\\\ -c & a \\end{pmatrix}",
    ),
    ("A in R^(2 x 2)", "A^2 - tr(A) A + det(A) I = 0"),
];

#[test]
fn entries_of_matrices_are_worked_out_by_the_checker() {
    for (given, text) in BY_ENTRIES {
        let (_, certificate) = proofs(text, text, Container::guess(text), given).remove(0);
        let json = certificate.unwrap().json;
        assert!(!rejected(&json), "{text}");
        let by_entries = |n: &wire::Node| matches!(n, wire::Node::Decision { theory, .. } if theory == "coordinates");
        let place = nodes(&json, by_entries)[0];
        let mut mutants = Vec::new();
        // A proof of one entry in the place of another, and one too few.
        for change in [0, 1] {
            mutants.push(changed(&json, |c| {
                if let wire::Node::Decision { uses, .. } = &mut c.nodes[place] {
                    match change {
                        0 => uses[1] = uses[0],
                        _ => {
                            uses.pop();
                        }
                    }
                }
            }));
        }
        // A letter whose entries are not all symbols of their own.
        mutants.push(changed(&json, |c| {
            if let wire::Node::Decision { witness, .. } = &mut c.nodes[place] {
                match witness.as_slice() {
                    [_, matrix, ..] => {
                        let matrix = *matrix as usize;
                        c.terms[matrix].args[1] = c.terms[matrix].args[0];
                    }
                    _ => witness.push(0),
                }
            }
        }));
        for mutant in mutants {
            assert!(rejected(&mutant), "{text}");
        }
    }
}
