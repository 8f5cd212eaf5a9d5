//! Running other programs: silently, visibly, or visibly with an ear on what they say.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// How much of a silent program's output its failure shows.
const SHOWN_LINES: usize = 40;

/// Runs without showing anything and returns what the program printed; a failure shows the last lines.
pub fn silent(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| cannot_start(command))?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(printed);
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    let mut last = VecDeque::with_capacity(SHOWN_LINES);
    for line in printed.lines().chain(complaint.lines()) {
        if last.len() == SHOWN_LINES {
            last.pop_front();
        }
        last.push_back(line);
    }
    bail!("{} ended with {}:\n{}", in_words(command), output.status, Vec::from(last).join("\n"));
}

/// Runs with its output where xtask's own goes.
pub fn visible(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    if !status.success() {
        bail!("{} ended with {status}", in_words(command));
    }
    Ok(())
}

/// Runs visibly and hands each line of standard output, uncoloured, to `hear` as well. Tests are run so, and speak no calls.
pub fn heard(command: &mut Command, mut hear: impl FnMut(&str)) -> Result<()> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).env("NO_COLOR", "1").env("GRADSHOT_SILENT", "1");
    let mut child = command.spawn().with_context(|| cannot_start(command))?;
    if let Some(output) = child.stdout.take() {
        let mut own = std::io::stdout().lock();
        for line in BufReader::new(output).split(b'\n') {
            let line = line?;
            own.write_all(&line)?;
            own.write_all(b"\n")?;
            hear(&String::from_utf8_lossy(&line));
        }
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("{} ended with {status}", in_words(command));
    }
    Ok(())
}

/// Whether a program of this name can be found.
pub fn is_on_path(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

fn cannot_start(command: &Command) -> String {
    format!("cannot start {}", command.get_program().display())
}

fn in_words(command: &Command) -> String {
    let arguments = command.get_args().map(|argument| argument.to_string_lossy());
    let program = command.get_program().to_string_lossy();
    let words: Vec<_> = std::iter::once(program).chain(arguments).collect();
    words.join(" ")
}
