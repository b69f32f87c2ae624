//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::judge::Options;
use crate::refute::Budget;

/// Checks derivations line by line and points at the first invalid one.
///
/// Exit codes: 0 all valid; 1 something invalid; 2 usage, or input that cannot be read;
/// 3 nothing invalid but something undecided.
#[derive(Debug, Parser)]
#[command(name = "hence", version, max_term_width = 100)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check the derivations of files and print each one's first invalid line
    Check(Check),
    /// Check one statement
    Prove(Prove),
    /// Show the proof of a line's steps, rule by rule, or the counterexample worked out
    Explain(Explain),
    /// Show how a file is read: statements, definitions, readings that were guesses
    Read(Read),
    /// Have certificates gone through by the independent checker
    Verify(Verify),
    /// Print the rules that proofs may use
    Rules(Rules),
    /// Check rows of JSON, one a line, and print a report for each
    Batch(Batch),
}

/// What every command that judges takes.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// Context for the whole document: a file, or text such as `x > 0; n in N`
    #[arg(long, value_name = "FILE|TEXT")]
    pub(super) given: Vec<String>,
    /// How much to spend on a step
    #[arg(long, value_enum, default_value_t = Spending::Normal)]
    budget: Spending,
    /// Refute a step that narrows the domain
    #[arg(long)]
    strict: bool,
}

impl Common {
    pub(super) fn options(&self) -> Options {
        Options {
            budget: match self.budget {
                Spending::Small => Budget::SMALL,
                Spending::Normal => Budget::NORMAL,
                Spending::Large => Budget::LARGE,
            },
            strict: self.strict,
            replay: true,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Spending {
    Small,
    Normal,
    Large,
}

/// Where evidence is written.
#[derive(Debug, Args)]
pub(super) struct Evidence {
    /// Write the proofs and counterexamples of each derivation to this folder, a file each
    #[arg(long, value_name = "DIR")]
    pub(super) certificates: Option<PathBuf>,
}

/// How reports are printed.
#[derive(Debug, Args)]
pub(super) struct Printing {
    /// The form of the report
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
    /// Whether to color the report
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub(super) color: Color,
    /// Print the summary alone
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Print every step
    #[arg(short, long)]
    pub(super) verbose: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Human,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Files: Markdown, TeX, notebooks, plain lines; `-` or nothing is standard input
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) common: Common,
    #[command(flatten)]
    pub(super) evidence: Evidence,
    #[command(flatten)]
    pub(super) printing: Printing,
}

#[derive(Debug, Args)]
pub(super) struct Prove {
    /// The statement, in Unicode, ASCII or LaTeX
    pub(super) statement: String,
    #[command(flatten)]
    pub(super) common: Common,
    #[command(flatten)]
    pub(super) evidence: Evidence,
    #[command(flatten)]
    pub(super) printing: Printing,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The file and the line, as in `page.md:12`
    #[arg(value_name = "FILE:LINE")]
    pub(super) place: String,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Args)]
pub(super) struct Rules {
    /// A text that the rule's name holds, as in `calculus.` or `root`
    pub(super) name: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Read {
    /// The file; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    pub(super) file: PathBuf,
    /// Context for the whole document: a file, or text such as `x > 0; n in N`
    #[arg(long, value_name = "FILE|TEXT")]
    pub(super) given: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// Certificates (JSON)
    #[arg(value_name = "CERTIFICATE", required = true)]
    pub(super) certificates: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Batch {
    /// Rows `{"id", "text", "given"?, "format"?, "strict"?}`; `-` or nothing is standard input
    #[arg(value_name = "IN.jsonl", default_value = "-")]
    pub(super) input: PathBuf,
    /// Where to write; `-` or nothing is standard output
    #[arg(short, long, value_name = "OUT.jsonl", default_value = "-")]
    pub(super) output: PathBuf,
    /// How many rows to check at a time; 0 is one for each processor
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub(super) jobs: usize,
    #[command(flatten)]
    pub(super) common: Common,
    #[command(flatten)]
    pub(super) evidence: Evidence,
}
