//! Rules on source files, one function for each.

use std::path::Path;

use anyhow::Result;

use super::Complaint;
use crate::workspace::Workspace;
use crate::{codegen, files};

/// What is read: written by people, in lines.
const WRITTEN: &[&str] =
    &["css", "html", "js", "json", "md", "mjs", "mts", "rs", "sh", "toml", "ts", "vue", "yaml"];

/// Scripts whose names have no ending.
const SCRIPTS: &[&str] = &[".ci/run", ".cargo/cc"];

/// Written by other programs than the house's own, so that the rules on writing do not hold.
const GENERATED: &[&str] = &["src-tauri/gen/", "package-lock.json"];

/// No file is longer, in lines.
const LONGEST: usize = 600;

/// What one rule has to say about one file.
type Rule = fn(&Source) -> Vec<Complaint>;

const RULES: &[Rule] = &[
    begins_with_its_purpose,
    is_not_too_long,
    names_no_machine,
    runs_every_test,
    leaves_the_window_to_its_host,
    leaves_tensors_to_their_file,
];

/// A file's path from the root, with forward slashes, and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn has_extension(&self, extensions: &[&str]) -> bool {
        let extension = Path::new(&self.path).extension().unwrap_or_default();
        extensions.iter().any(|one| extension == *one)
    }

    fn is_written(&self) -> bool {
        let is_generated = GENERATED.iter().chain(&codegen::GENERATED).any(|part| self.path.contains(part));
        !is_generated && (self.has_extension(WRITTEN) || SCRIPTS.contains(&self.path.as_str()))
    }

    fn is_script(&self) -> bool {
        self.has_extension(&["ts", "mts", "js", "mjs", "vue"])
    }

    /// A complaint for every line that holds one of `words`.
    fn lines_with(&self, words: &[&str], rule: &str) -> Vec<Complaint> {
        let lines = self.text.lines().enumerate();
        lines
            .filter(|(_, line)| words.iter().any(|word| line.contains(word)))
            .map(|(index, _)| Complaint::at(Path::new(&self.path), index + 1, rule))
            .collect()
    }
}

/// Reads every source file and applies every rule.
pub fn check(workspace: &Workspace) -> Result<Vec<Complaint>> {
    let mut complaints = Vec::new();
    for path in files::sources(&workspace.path(""))? {
        let relative = path.strip_prefix(workspace.path(""))?.to_string_lossy().replace('\\', "/");
        let mut source = Source { path: relative, text: String::new() };
        if source.is_written() {
            source.text = files::read_text(&path)?;
            complaints.extend(RULES.iter().flat_map(|rule| rule(&source)));
        }
    }
    Ok(complaints)
}

fn begins_with_its_purpose(source: &Source) -> Vec<Complaint> {
    if source.has_extension(&["rs"]) && !source.text.starts_with("//!") {
        return vec![Complaint::at(
            Path::new(&source.path),
            1,
            "begin with `//!` and say what the module is for",
        )];
    }
    Vec::new()
}

fn is_not_too_long(source: &Source) -> Vec<Complaint> {
    let length = source.text.lines().count();
    if (source.has_extension(&["rs"]) || source.is_script()) && length > LONGEST {
        return vec![Complaint::at(
            Path::new(&source.path),
            length,
            format!("more than {LONGEST} lines; part it"),
        )];
    }
    Vec::new()
}

fn names_no_machine(source: &Source) -> Vec<Complaint> {
    if is_about_rules(source) {
        return Vec::new();
    }
    source.lines_with(
        &["/home/", "/root/", "/Users/", "/work/", "C:\\Users"],
        "names a path of somebody's machine",
    )
}

fn runs_every_test(source: &Source) -> Vec<Complaint> {
    if is_about_rules(source) || source.has_extension(&["md"]) {
        return Vec::new();
    }
    source.lines_with(
        &["#[ignore", ".only(", "it.skip(", "test.skip("],
        "a test is left out; run it or remove it",
    )
}

fn leaves_the_window_to_its_host(source: &Source) -> Vec<Complaint> {
    if !source.path.starts_with("ui/src/") || source.path.starts_with("ui/src/host/") {
        return Vec::new();
    }
    source.lines_with(&["@tauri-apps/"], "only ui/src/host knows Tauri; go through it")
}

fn leaves_tensors_to_their_file(source: &Source) -> Vec<Complaint> {
    if is_about_rules(source)
        || !source.has_extension(&["rs"])
        || source.path == "crates/imaging/src/session.rs"
        || source.path.starts_with("crates/imaging/src/session/")
    {
        return Vec::new();
    }
    source.lines_with(
        &["use ort::", " ort::", "(ort::", "<ort::"],
        "only crates/imaging/src/session.rs knows ort",
    )
}

/// The rules' own files have to name what they forbid.
fn is_about_rules(source: &Source) -> bool {
    source.path.starts_with("xtask/src/tidy/")
}

#[cfg(test)]
mod tests {
    use super::{RULES, Source};

    fn complaints(path: &str, text: &str) -> usize {
        let source = Source { path: path.into(), text: text.into() };
        RULES.iter().map(|rule| rule(&source).len()).sum()
    }

    #[test]
    fn each_rule_finds_what_it_forbids() {
        assert_eq!(complaints("crates/x/src/a.rs", "fn a() {}\n"), 1, "no purpose");
        assert_eq!(complaints("crates/x/src/a.rs", &format!("//! x\n{}", "\n".repeat(600))), 1, "too long");
        assert_eq!(complaints("ui/vite.config.ts", "const a = '/home/a'\n"), 1, "a machine's path");
        assert_eq!(complaints("tests/a.spec.ts", "test.only('x', () => {})\n"), 1, "other tests left out");
        assert_eq!(complaints("ui/src/desk/a.ts", "import x from '@tauri-apps/api'\n"), 1, "a second door");
        assert_eq!(
            complaints("crates/imaging/src/a.rs", "//! x\nuse ort::session::Session;\n"),
            1,
            "tensors"
        );
    }

    #[test]
    fn what_is_allowed_is_left_alone() {
        assert_eq!(complaints("ui/src/host/tauri.ts", "import x from '@tauri-apps/api'\n"), 0);
        assert_eq!(complaints("crates/x/src/a.rs", "//! x\nfn a() {}\n"), 0);
    }
}
