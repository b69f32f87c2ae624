//! The command `hence`.

fn main() {}
