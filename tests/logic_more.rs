//! What follows from what, by kinds of statement: true and false cases side by side.

mod statement;

use hence::term::Store;
use hence::theory::facts::Facts;
use hence::theory::logic::{entails, equivalent};
use statement::statement;

/// Rows: facts, premise, arrow, claim, whether it holds.
fn table(rows: &[(&str, &str, &str, &str, bool)]) {
    let mut wrong = Vec::new();
    for (given, a, arrow, b, expected) in rows {
        let mut store = Store::new();
        let facts = Facts {
            statements: given
                .split(';')
                .filter(|g| !g.trim().is_empty())
                .map(|g| statement(&mut store, g))
                .collect(),
            ..Facts::default()
        };
        let (left, right) = (statement(&mut store, a), statement(&mut store, b));
        let start = std::time::Instant::now();
        let holds = if *arrow == "⇒" {
            entails(&mut store, &facts.with(&[left]), right).is_some()
        } else {
            equivalent(&mut store, &facts, left, right).is_some()
        };
        if std::env::var("SLOW").is_ok() && start.elapsed().as_millis() > 40 {
            println!("{a} {arrow} {b}: {} ms", start.elapsed().as_millis());
        }
        if holds != *expected {
            wrong.push(format!(
                "{} {given} | {a} {arrow} {b}",
                if holds { "PROVED WRONGLY" } else { "open" }
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn equations_in_one_unknown() {
    table(&[
        ("", "x^2 = 4", "⇒", "x = 2", false),
        ("", "x^2 = 4", "⇔", "abs(x) = 2", true),
        (
            "",
            "x^3 - 6*x^2 + 11*x - 6 = 0",
            "⇔",
            "x = 1 or x = 2 or x = 3",
            true,
        ),
        (
            "",
            "x^3 - 6*x^2 + 11*x - 6 = 0",
            "⇔",
            "x = 1 or x = 2",
            false,
        ),
        ("", "x^3 = 5", "⇔", "x = 5^(1/3)", true),
        ("", "x^3 = -8", "⇔", "x = -2", true),
        ("", "x^4 - 5*x^2 + 4 = 0", "⇔", "x = ±1 or x = ±2", true),
        (
            "",
            "x^4 - 5*x^2 + 6 = 0",
            "⇔",
            "x = ±sqrt(2) or x = ±sqrt(3)",
            true,
        ),
        ("", "x^2 + 1 = 0", "⇔", "false", true),
        ("", "x^2 - x - 1 = 0", "⇔", "x = (1 ± sqrt(5))/2", true),
        ("", "x^2 - x - 1 = 0", "⇔", "x = (1 + sqrt(5))/2", false),
        ("x > 0", "x^2 - x - 1 = 0", "⇔", "x = (1 + sqrt(5))/2", true),
        ("", "x^2 - 10*x + 7 = 0", "⇔", "x = 5 ± 3*sqrt(2)", true),
        ("", "x^2 - 10*x + 7 = 0", "⇔", "x = 5 ± 2*sqrt(2)", false),
        ("", "(x^2-1)/(x-1) = 0", "⇔", "x = -1", true),
        ("", "(x^2-1)/(x-1) = 0", "⇔", "x^2 = 1", false),
        ("", "x^2/x = 0", "⇔", "x = 0", false),
        ("", "x^2/x = 0", "⇔", "false", true),
        ("", "1/x = 2", "⇔", "x = 1/2", true),
        ("", "1/x = 1/y", "⇒", "x = y", true),
        ("", "x = y", "⇒", "1/x = 1/y", false),
        ("", "2*x = 3*x", "⇔", "2 = 3", false),
        ("", "2*x = 3*x", "⇔", "x = 0", true),
        ("", "x = 5 or x = 5", "⇔", "x = 5", true),
        ("", "x^2 = x", "⇔", "x = 1", false),
        ("", "x^2 = x", "⇔", "x = 0 or x = 1", true),
        ("", "0.5*x = 1.5", "⇔", "x = 3", true),
        ("", "(x-1)/(x+2) = 3/(x+2)", "⇔", "x = 4", true),
        ("", "(x+1)/(x+2) = 3/(x+2)", "⇔", "x = 2", true),
        ("", "x/(x-2) = 2/(x-2)", "⇔", "x = 2", false),
        ("", "x/(x-2) = 2/(x-2)", "⇔", "false", true),
    ]);
}

#[test]
fn radicals_and_absolute_values() {
    table(&[
        ("", "sqrt(x) = 3", "⇔", "x = 9", true),
        ("", "sqrt(x) = -3", "⇔", "false", true),
        ("", "sqrt(x) = -3", "⇔", "x = 9", false),
        ("", "sqrt(x+6) = x", "⇔", "x = 3", true),
        ("", "sqrt(x+6) = x", "⇔", "x = 3 or x = -2", false),
        ("", "sqrt(x+6) = x", "⇒", "x^2 - x - 6 = 0", true),
        ("", "sqrt(x+6) = x", "⇔", "x^2 - x - 6 = 0", false),
        ("", "sqrt(x^2) = x", "⇔", "x >= 0", true),
        ("", "sqrt(x)^2 = x", "⇔", "true", false),
        ("", "sqrt(x)^2 = x", "⇔", "x >= 0", true),
        ("", "abs(x - 2) = 3", "⇔", "x = 5 or x = -1", true),
        ("", "abs(x) < 2", "⇔", "-2 < x and x < 2", true),
        ("", "abs(x) > 2", "⇔", "x < -2 or x > 2", true),
        ("", "abs(x) > 2", "⇔", "x > 2", false),
        ("", "abs(x + 1) = abs(x - 3)", "⇔", "x = 1", true),
        ("", "sqrt(x - 1) = sqrt(2*x - 5)", "⇔", "x = 4", true),
        ("", "sqrt(x - 5) = sqrt(2*x - 2)", "⇔", "x = -3", false),
        ("", "sqrt(x - 5) = sqrt(2*x - 2)", "⇔", "false", true),
        ("", "sqrt(x^2 + 1) > x", "⇔", "true", true),
        ("", "sqrt(x + 1) + sqrt(x - 2) = 3", "⇔", "x = 3", true),
        (
            "",
            "sqrt(2*x + 3) - sqrt(x + 1) = 1",
            "⇔",
            "x = 3 or x = -1",
            true,
        ),
        ("", "sqrt(2*x + 3) - sqrt(x + 1) = 1", "⇔", "x = 3", false),
        ("", "a = b", "⇒", "sqrt(a) = sqrt(b)", false),
        ("a >= 0", "a = b", "⇒", "sqrt(a) = sqrt(b)", true),
        ("", "sqrt(a) = sqrt(b)", "⇒", "a = b", true),
        ("", "x^(1/3) = 2", "⇔", "x = 8", true),
        ("", "x^2 < 2", "⇔", "-sqrt(2) < x and x < sqrt(2)", true),
        ("", "x^2 < 2", "⇔", "x < sqrt(2)", false),
        ("", "abs(a*b) = abs(a)*abs(b)", "⇔", "true", true),
        ("", "abs(a + b) = abs(a) + abs(b)", "⇔", "true", false),
        ("", "abs(a + b) <= abs(a) + abs(b)", "⇔", "true", true),
        ("", "sqrt(x^2 - 4*x + 4) = x - 2", "⇔", "x >= 2", true),
        ("", "sqrt(x^2 - 4*x + 4) = x - 2", "⇔", "true", false),
        ("", "x + sqrt(x) = 6", "⇔", "x = 4", true),
        ("", "x + sqrt(x) = 6", "⇔", "x = 4 or x = 9", false),
    ]);
}

#[test]
fn exponentials_and_logarithms() {
    table(&[
        ("", "log(x) = 0", "⇔", "x = 1", true),
        ("", "log(x) = 2", "⇔", "x = exp(2)", true),
        ("", "log(x) = 2", "⇔", "x = 2", false),
        ("", "exp(x) = 5", "⇔", "x = log(5)", true),
        ("", "exp(x) = -5", "⇔", "false", true),
        ("", "exp(2*x) = exp(x + 3)", "⇔", "x = 3", true),
        ("", "exp(x) = exp(y)", "⇔", "x = y", true),
        ("", "exp(x) = exp(y)", "⇔", "x = 2*y", false),
        ("", "log(x^2) = 4", "⇔", "2*log(x) = 4", false),
        ("x > 0", "log(x^2) = 4", "⇔", "2*log(x) = 4", true),
        ("", "log(x) + log(x - 3) = log(10)", "⇔", "x = 5", true),
        ("", "log(x*(x - 3)) = log(10)", "⇔", "x = 5", false),
        ("", "log(x*(x - 3)) = log(10)", "⇔", "x = 5 or x = -2", true),
        ("", "2^x = 8", "⇔", "x = 3", true),
        ("", "2^x = 8", "⇔", "x = 4", false),
        ("", "2^(x+1) = 16", "⇔", "x = 3", true),
        ("", "4^x = 8", "⇔", "x = 3/2", true),
        ("", "2^x = 3", "⇔", "x = log(3)/log(2)", true),
        ("", "log_2(x) = 5", "⇔", "x = 32", true),
        ("", "log_3(x) = -2", "⇔", "x = 1/9", true),
        (
            "",
            "exp(2*x) - 3*exp(x) + 2 = 0",
            "⇔",
            "x = 0 or x = log(2)",
            true,
        ),
        ("", "exp(2*x) - 3*exp(x) + 2 = 0", "⇔", "x = 0", false),
        ("", "log(x) > 0", "⇔", "x > 1", true),
        ("", "log(x) < 0", "⇔", "x < 1", false),
        ("", "log(x) < 0", "⇔", "0 < x and x < 1", true),
        ("", "exp(x) > 1", "⇔", "x > 0", true),
        ("", "log(a) = log(b)", "⇒", "a = b", true),
        ("", "a = b", "⇒", "log(a) = log(b)", false),
        ("a > 0", "a = b", "⇒", "log(a) = log(b)", true),
        ("", "log(x)^2 = 1", "⇔", "x = exp(1) or x = exp(-1)", true),
        (
            "x > 0; y > 0",
            "true",
            "⇒",
            "log(x*y) = log(x) + log(y)",
            true,
        ),
        ("", "true", "⇒", "log(x*y) = log(x) + log(y)", false),
        (
            "",
            "log(x*y) = log(x) + log(y)",
            "⇔",
            "x > 0 and y > 0",
            true,
        ),
    ]);
}

#[test]
fn parameters_and_degenerate_cases() {
    table(&[
        ("", "a*x = b", "⇔", "x = b/a", false),
        ("a != 0", "a*x = b", "⇔", "x = b/a", true),
        ("", "a*x = a*y", "⇒", "x = y", false),
        ("a != 0", "a*x = a*y", "⇔", "x = y", true),
        ("", "a*x = a*y", "⇔", "a = 0 or x = y", true),
        ("", "x*y = 0", "⇔", "x = 0 or y = 0", true),
        ("", "x*y = 0", "⇔", "x = 0", false),
        ("", "x*y = 1", "⇒", "y = 1/x", true),
        ("", "x*y = 1", "⇒", "x != 0 and y != 0", true),
        ("", "x^2 + y^2 = 0", "⇔", "x = 0 and y = 0", true),
        ("", "x^2 + y^2 + 1 = 0", "⇔", "false", true),
        ("", "x^2 - 2*x*y + y^2 = 0", "⇔", "x = y", true),
        (
            "a != 0",
            "a*x^2 + b*x + c = 0",
            "⇔",
            "x = (-b ± sqrt(b^2-4*a*c))/(2*a)",
            true,
        ),
        (
            "",
            "a*x^2 + b*x + c = 0",
            "⇔",
            "x = (-b ± sqrt(b^2-4*a*c))/(2*a)",
            false,
        ),
        (
            "",
            "x^2 + p*x + q = 0",
            "⇔",
            "x = -p/2 ± sqrt(p^2/4 - q)",
            true,
        ),
        (
            "",
            "x^2 + p*x + q = 0",
            "⇔",
            "x = p/2 ± sqrt(p^2/4 - q)",
            false,
        ),
        ("", "P*V = n*R*T", "⇒", "T = P*V/(n*R)", false),
        ("n != 0; R != 0", "P*V = n*R*T", "⇔", "T = P*V/(n*R)", true),
        (
            "r > 0; V > 0",
            "V = 4/3*pi*r^3",
            "⇔",
            "r = (3*V/(4*pi))^(1/3)",
            true,
        ),
        (
            "m > 0; v > 0",
            "E1 = 1/2*m*v^2",
            "⇔",
            "v = sqrt(2*E1/m)",
            true,
        ),
        ("m > 0", "E1 = 1/2*m*v^2", "⇔", "v = sqrt(2*E1/m)", false),
        ("", "1/a + 1/b = 1/c", "⇒", "c = a*b/(a+b)", true),
        ("", "1/a + 1/b = 1/c", "⇒", "c = a + b", false),
        ("", "a/b = c/d", "⇒", "a*d = b*c", true),
        ("", "a*d = b*c", "⇒", "a/b = c/d", false),
        ("b != 0; d != 0", "a*d = b*c", "⇔", "a/b = c/d", true),
        ("", "a^4 = b^4", "⇔", "a = b or a = -b", true),
        ("", "a^4 = b^4", "⇔", "a = b", false),
        ("", "a^5 = b^5", "⇔", "a = b", true),
        ("", "(x-a)*(x-b) = 0", "⇔", "x = a or x = b", true),
        ("", "x = y", "⇒", "x^2 + 3*x = y^2 + 3*y", true),
        ("", "A1 = B1", "⇒", "A1 - B1 = 0", true),
        ("", "x + y = 3 and x - y = 1", "⇔", "x = 2 and y = 1", true),
        ("", "x + y = 3 and x - y = 1", "⇔", "x = 2 and y = 2", false),
        (
            "",
            "x + y + z = 6 and x - y = 0 and y - z = 0",
            "⇔",
            "x = 2 and y = 2 and z = 2",
            true,
        ),
        (
            "a != b",
            "a*x + y = 1 and b*x + y = 1",
            "⇔",
            "x = 0 and y = 1",
            true,
        ),
        (
            "",
            "a*x + y = 1 and b*x + y = 1",
            "⇔",
            "x = 0 and y = 1",
            false,
        ),
        (
            "",
            "x^2 + y^2 = 25 and x + y = 7",
            "⇔",
            "(x = 3 and y = 4) or (x = 4 and y = 3)",
            true,
        ),
        (
            "",
            "x^2 + y^2 = 25 and x + y = 7",
            "⇔",
            "x = 3 and y = 4",
            false,
        ),
        (
            "",
            "y = x^2 and y = 4",
            "⇔",
            "(x = 2 or x = -2) and y = 4",
            true,
        ),
        (
            "",
            "x*y = 6 and x + y = 5",
            "⇔",
            "(x = 2 and y = 3) or (x = 3 and y = 2)",
            true,
        ),
        (
            "",
            "x^2 = y and y^2 = x",
            "⇔",
            "(x = 0 and y = 0) or (x = 1 and y = 1)",
            true,
        ),
    ]);
}

#[test]
fn inequalities() {
    table(&[
        ("", "-2*x < 4", "⇔", "x > -2", true),
        ("", "-2*x < 4", "⇔", "x < -2", false),
        ("", "x^2 > 4", "⇔", "x > 2", false),
        ("", "x^2 > 4", "⇔", "x > 2 or x < -2", true),
        ("", "1/x > 1", "⇔", "x < 1", false),
        ("", "1/x > 1", "⇔", "0 < x and x < 1", true),
        ("", "(x-1)/(x+2) <= 0", "⇔", "-2 < x and x <= 1", true),
        ("", "(x-1)/(x+2) <= 0", "⇔", "-2 <= x and x <= 1", false),
        ("", "x^2 + x + 1 > 0", "⇔", "true", true),
        ("", "x^3 > x", "⇔", "x > 1 or (-1 < x and x < 0)", true),
        ("", "x < y", "⇒", "x^2 < y^2", false),
        ("x > 0", "x < y", "⇒", "x^2 < y^2", true),
        ("", "x < y and a > 0", "⇒", "a*x < a*y", true),
        ("", "x < y", "⇒", "a*x < a*y", false),
        ("", "x < y and y < z", "⇒", "x < z", true),
        ("", "a >= b and b >= a", "⇔", "a = b", true),
        ("", "a^2 + b^2 >= 2*a*b", "⇔", "true", true),
        (
            "a >= 0; b >= 0",
            "true",
            "⇒",
            "(a + b)/2 >= sqrt(a*b)",
            true,
        ),
        ("", "true", "⇒", "(a + b)/2 >= sqrt(a*b)", false),
        ("x > 0", "true", "⇒", "x + 1/x >= 2", true),
        ("", "true", "⇒", "x + 1/x >= 2", false),
        (
            "a > 0; b > 0; c > 0",
            "true",
            "⇒",
            "a^2 + b^2 + c^2 >= a*b + b*c + c*a",
            true,
        ),
        ("", "not x = 1", "⇔", "x < 1 or x > 1", true),
        ("", "not x > 1", "⇔", "x <= 1", true),
        ("", "not 1/x > 1", "⇔", "x <= 0 or x >= 1", false),
        ("", "not 1/x > 1", "⇔", "x < 0 or x >= 1", true),
        ("", "0 < x and x < 1", "⇒", "x^2 < x", true),
        ("", "x^2 < x", "⇔", "0 < x and x < 1", true),
        ("", "abs(x - 3) < 1", "⇒", "x^2 < 16", true),
        ("", "abs(x - 3) < 2", "⇒", "x^2 < 16", false),
        ("a > b; b > 0", "true", "⇒", "1/a < 1/b", true),
        ("a > b", "true", "⇒", "1/a < 1/b", false),
        ("l > 0", "abs(1 - t*l) < 1", "⇔", "0 < t and t < 2/l", true),
        ("l > 0", "abs(1 - t*l) < 1", "⇔", "0 < t and t < 1/l", false),
    ]);
}

#[test]
fn functions_and_substitution() {
    table(&[
        ("", "a = b", "⇒", "sin(a) = sin(b)", true),
        ("", "sin(a) = sin(b)", "⇒", "a = b", false),
        ("", "sin(x)^2 + cos(x)^2 = 1", "⇔", "true", true),
        ("", "tan(x) = 1", "⇒", "sin(x) = cos(x)", true),
        ("", "x = sin(y)/cos(y)", "⇔", "x = tan(y)", true),
        ("", "f(x) = x^2 and x = 3", "⇒", "f(3) = 9", true),
        ("", "f(x) = x^2", "⇒", "f(3) = 9", false),
        ("", "x = y and y = z", "⇒", "x = z", true),
        ("", "x = 1 and y = 2", "⇒", "x + y = 3", true),
        ("", "x = 1 and x = 2", "⇔", "false", true),
        ("", "y = sigma(z) and z = 0", "⇒", "y = 1/2", true),
        (
            "",
            "p = exp(a)/(exp(a)+exp(b)) and a = b",
            "⇒",
            "p = 1/2",
            true,
        ),
        ("", "sigma(x) = 1/2", "⇔", "x = 0", true),
        ("", "sin(x) = 2", "⇔", "false", true),
        ("", "2*sin(x) = 1", "⇔", "sin(x) = 1/2", true),
        (
            "",
            "sin(x)*cos(x) = 0",
            "⇔",
            "sin(x) = 0 or cos(x) = 0",
            true,
        ),
        ("", "sin(x) = 1", "⇒", "cos(x) = 0", true),
        ("", "cos(x) = 0", "⇒", "sin(x) = 1", false),
    ]);
}

#[test]
fn points_of_a_premise_lie_at_its_roots_and_edges() {
    use hence::number::Quadratic;
    use hence::theory::logic::samples;
    let mut store = Store::new();
    let facts = Facts::default();
    let x = store.variable("x");
    let at = |store: &mut Store, text: &str| {
        let premise = statement(store, text);
        samples(store, &facts, &[premise])
            .iter()
            .filter_map(|point| point.get(&x).map(Quadratic::to_string))
            .collect::<Vec<_>>()
    };
    let found = at(&mut store, "x^2 = 4");
    assert!(
        found.contains(&"2".to_owned()) && found.contains(&"-2".to_owned()),
        "{found:?}"
    );
    let found = at(&mut store, "x^2 = 2");
    assert_eq!(found.len(), 2, "{found:?}");
    let found = at(&mut store, "x - 1 = 2*sqrt(x + 2)");
    assert_eq!(found, ["7"]);
    let found = at(&mut store, "x^2 < 4 and x > 0");
    assert!(
        !found.is_empty() && !found.contains(&"2".to_owned()),
        "{found:?}"
    );
    assert_eq!(at(&mut store, "x^2 + 1 = 0"), Vec::<String>::new());
    // a² = b² holds at points with a ≠ b.
    let premise = statement(&mut store, "a^2 = b^2");
    let (a, b) = (store.variable("a"), store.variable("b"));
    let found = samples(&mut store, &facts, &[premise]);
    assert!(found.iter().any(|point| point.get(&a) != point.get(&b)));
}
