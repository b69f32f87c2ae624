//! Words with which a sentence says something of random variables and events.

/// Words and what they are here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clue {
    /// They say nothing more.
    Filler,
    /// A property that the context knows by this word.
    Property(&'static str),
    /// What stands behind is the value of that.
    Value(What),
    /// That value is this number.
    Fixed(What, &'static str),
    /// A distribution by name.
    Law(&'static str),
    Uncorrelated,
    Disjoint,
    Partition,
    /// Together they are all there is.
    Exhaustive,
    /// The law stands behind.
    From,
    /// What they have the law of stands behind.
    Copies,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Mean,
    Variance,
    Deviation,
    Second,
    Parameter,
    Rate,
    Interval,
}

/// Longer phrases stand before those that they begin with.
const PHRASES: &[(&str, Clue)] = &[
    ("independent copies of", Clue::Copies),
    ("iid copies of", Clue::Copies),
    ("i.i.d. copies of", Clue::Copies),
    (
        "independent and identically distributed",
        Clue::Property("iid"),
    ),
    (
        "identically and independently distributed",
        Clue::Property("iid"),
    ),
    (
        "independent, identically distributed",
        Clue::Property("iid"),
    ),
    ("independent identically distributed", Clue::Property("iid")),
    (
        "identically distributed",
        Clue::Property("identically distributed"),
    ),
    ("mutually independent", Clue::Property("independent")),
    ("jointly independent", Clue::Property("independent")),
    ("statistically independent", Clue::Property("independent")),
    ("independent", Clue::Property("independent")),
    ("independently", Clue::Property("independent")),
    ("i.i.d.", Clue::Property("iid")),
    ("i.i.d", Clue::Property("iid")),
    ("iid", Clue::Property("iid")),
    ("pairwise uncorrelated", Clue::Uncorrelated),
    ("mutually uncorrelated", Clue::Uncorrelated),
    ("uncorrelated", Clue::Uncorrelated),
    ("mutually exclusive", Clue::Disjoint),
    ("pairwise disjoint", Clue::Disjoint),
    ("disjoint", Clue::Disjoint),
    ("partition of the sample space", Clue::Partition),
    ("partition of the probability space", Clue::Partition),
    ("partition of \\Omega", Clue::Partition),
    ("partition of Ω", Clue::Partition),
    ("partition of S", Clue::Partition),
    ("collectively exhaustive", Clue::Exhaustive),
    ("jointly exhaustive", Clue::Exhaustive),
    ("exhaustive", Clue::Exhaustive),
    ("whose union is the sample space", Clue::Exhaustive),
    ("whose union is \\Omega", Clue::Exhaustive),
    ("whose union is Ω", Clue::Exhaustive),
    ("drawn from a distribution", Clue::Filler),
    ("from a distribution", Clue::Filler),
    ("from the distribution", Clue::Filler),
    ("from a population", Clue::Filler),
    ("drawn from", Clue::From),
    ("sampled from", Clue::From),
    ("samples from", Clue::From),
    ("sample from", Clue::From),
    ("from", Clue::From),
    ("partition", Clue::Partition),
    ("real-valued random variables", Clue::Property("random")),
    ("real-valued random variable", Clue::Property("random")),
    ("real random variables", Clue::Property("random")),
    ("real random variable", Clue::Property("random")),
    ("random variables", Clue::Property("random")),
    ("random variable", Clue::Property("random")),
    ("random noise", Clue::Property("random")),
    ("random samples", Clue::Property("iid")),
    ("random sample", Clue::Property("iid")),
    ("samples", Clue::Filler),
    ("sample", Clue::Filler),
    ("draws", Clue::Filler),
    ("random", Clue::Property("random")),
    ("noise", Clue::Property("random")),
    ("events", Clue::Property("events")),
    ("event", Clue::Property("events")),
    ("zero mean", Clue::Fixed(What::Mean, "0")),
    ("zero-mean", Clue::Fixed(What::Mean, "0")),
    ("mean zero", Clue::Fixed(What::Mean, "0")),
    ("mean-zero", Clue::Fixed(What::Mean, "0")),
    ("zero expectation", Clue::Fixed(What::Mean, "0")),
    ("centered", Clue::Fixed(What::Mean, "0")),
    ("centred", Clue::Fixed(What::Mean, "0")),
    ("unit variance", Clue::Fixed(What::Variance, "1")),
    ("variance one", Clue::Fixed(What::Variance, "1")),
    ("unit mean", Clue::Fixed(What::Mean, "1")),
    ("standard normally distributed", Clue::Law("standard")),
    ("standard normal", Clue::Law("standard")),
    ("standard Gaussian", Clue::Law("standard")),
    ("normally distributed", Clue::Law("N")),
    ("normal", Clue::Law("N")),
    ("Gaussian", Clue::Law("N")),
    ("Poisson distributed", Clue::Law("Poisson")),
    ("Poisson", Clue::Law("Poisson")),
    ("exponentially distributed", Clue::Law("Exponential")),
    ("exponential", Clue::Law("Exponential")),
    ("Exponential", Clue::Law("Exponential")),
    ("Bernoulli", Clue::Law("Bernoulli")),
    ("binomial", Clue::Law("Binomial")),
    ("Binomial", Clue::Law("Binomial")),
    ("geometric", Clue::Law("Geometric")),
    ("Geometric", Clue::Law("Geometric")),
    ("uniformly distributed", Clue::Law("Uniform")),
    ("uniform", Clue::Law("Uniform")),
    ("Uniform", Clue::Law("Uniform")),
    ("standard deviation", Clue::Value(What::Deviation)),
    ("second moment", Clue::Value(What::Second)),
    ("expected value", Clue::Value(What::Mean)),
    ("expectation", Clue::Value(What::Mean)),
    ("means", Clue::Value(What::Mean)),
    ("mean", Clue::Value(What::Mean)),
    ("variances", Clue::Value(What::Variance)),
    ("variance", Clue::Value(What::Variance)),
    ("success probability", Clue::Value(What::Parameter)),
    ("probability of success", Clue::Value(What::Parameter)),
    ("parameters", Clue::Value(What::Parameter)),
    ("parameter", Clue::Value(What::Parameter)),
    ("probability", Clue::Value(What::Parameter)),
    ("rate", Clue::Value(What::Rate)),
    ("intensity", Clue::Value(What::Rate)),
    ("on", Clue::Value(What::Interval)),
    ("over", Clue::Value(What::Interval)),
    ("distribution", Clue::Filler),
    ("distributed", Clue::Filler),
    ("variables", Clue::Filler),
    ("variable", Clue::Filler),
    ("common", Clue::Filler),
    ("finite", Clue::Filler),
    ("known", Clue::Filler),
    ("same", Clue::Filler),
    ("equal", Clue::Filler),
    ("form", Clue::Filler),
    ("forms", Clue::Filler),
    ("follow", Clue::Filler),
    ("follows", Clue::Filler),
    ("have", Clue::Filler),
    ("has", Clue::Filler),
    ("having", Clue::Filler),
    ("with", Clue::Filler),
    ("and", Clue::Filler),
    ("each", Clue::Filler),
    ("both", Clue::Filler),
    ("all", Clue::Filler),
    ("are", Clue::Filler),
    ("is", Clue::Filler),
    ("be", Clue::Filler),
    ("two", Clue::Filler),
    ("three", Clue::Filler),
    ("some", Clue::Filler),
    ("such that", Clue::Filler),
    ("respectively", Clue::Filler),
    ("satisfying", Clue::Filler),
    ("the", Clue::Filler),
    ("an", Clue::Filler),
    ("a", Clue::Filler),
];

/// Phrases that end a value.
pub(super) const STOPS: [&str; 6] = ["and", "with", "where", "such that", "for", "respectively"];

/// The phrase with which the text begins.
pub(super) fn phrase(text: &str) -> Option<(&'static str, Clue)> {
    PHRASES
        .iter()
        .find(|(words, _)| begins(text, words))
        .copied()
}

pub(super) fn begins(text: &str, words: &str) -> bool {
    text.get(..words.len()) == Some(words)
        && text
            .get(words.len()..)
            .and_then(|rest| rest.chars().next())
            .is_none_or(|c| !(c.is_alphanumeric() || matches!(c, '_' | '^' | '-' | '(' | '[')))
}
