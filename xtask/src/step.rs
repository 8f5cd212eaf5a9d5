//! One line for each step of the set-up: what, how it ended, seconds.

use std::io::Write;
use std::time::Instant;

use anyhow::{Context, Result};

/// How a step ended well.
pub enum Outcome {
    /// Nothing had to be done.
    AlreadyThere,
    /// Something was done; the words say what.
    Done(String),
    /// Nothing could be done here and nothing depends on it; the words say why.
    LeftOut(String),
}

/// Does `work` and prints its line. The name appears at once, so that a slow step says what it is.
pub fn step(name: &str, work: impl FnOnce() -> Result<Outcome>) -> Result<()> {
    let began = Instant::now();
    print!("{name:<16} ");
    std::io::stdout().flush()?;
    let outcome = work().inspect_err(|_| println!("failed")).with_context(|| format!("set-up: {name}"))?;
    let words = match outcome {
        Outcome::AlreadyThere => "already there".into(),
        Outcome::Done(words) => words,
        Outcome::LeftOut(words) => format!("left out: {words}"),
    };
    println!("{words} ({:.1} s)", began.elapsed().as_secs_f64());
    Ok(())
}
