//! The rule table on trial: every rule holds at boundary points and elsewhere, wrong rules are
//! caught, and every rule is used.
#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

#[path = "../files/mod.rs"]
mod files;

mod chance;
mod lines;
mod planted;
mod trial;
mod used;

use hence::prove::table;
use trial::trial;

/// Rules of which no instance has a value: an antiderivative is one of many functions, and not every
/// series is evaluated.
const WITHOUT_VALUE: [&str; 4] = [
    "calculus.antiderivative",
    "sums.logarithm-series",
    "sums.alternating-logarithm-series",
    "sums.arctangent-series",
];

#[test]
fn every_rule_holds_at_the_boundary() {
    let (mut wrong, mut untried, mut instances) = (Vec::new(), Vec::new(), 0);
    let chance = |name: &str| name.starts_with("probability.");
    for rule in table().rules.iter().filter(|rule| !chance(&rule.name)) {
        let found = trial(rule);
        wrong.extend(found.fault);
        instances += found.seen;
        if found.seen == 0 {
            untried.push(rule.name.as_str());
        }
        if found.seen < 20 {
            println!(
                "{}: {} seen, {} right unknown",
                rule.name, found.seen, found.unknown
            );
        }
    }
    println!("{} rules, {instances} instances", table().rules.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(untried, WITHOUT_VALUE, "without an instance");
}
