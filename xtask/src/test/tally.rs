//! How many tests a runner says have passed, failed and been skipped, read from its own closing lines.

use std::fmt;
use std::ops::AddAssign;

/// A count of tests.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    passed: u32,
    failed: u32,
    skipped: u32,
}

impl Tally {
    /// Listens to one line of a runner's output: cargo's `test result: ok. 5 passed; 0 failed; …`, Vitest's
    /// `Tests  5 passed (5)`, Playwright's `5 passed (2.1s)`, and `ℹ pass 5` of Node's own.
    pub fn hear(&mut self, line: &str) {
        let line = line.trim();
        if let Some(counts) = line.strip_prefix("test result: ") {
            self.count(counts.split([';', '.']));
        } else if let Some(counts) = line.strip_prefix("Tests  ") {
            self.count(counts.split('|'));
        } else if let Some(count) = line.strip_prefix("ℹ ") {
            let mut words = count.split(' ').rev();
            self.count_words(words.next(), words.next());
        } else if line.split(' ').count() <= 3 {
            self.count([line].into_iter());
        }
    }

    /// Whether anything was counted at all.
    pub fn counted(self) -> bool {
        self != Self::default()
    }

    fn count<'a>(&mut self, parts: impl Iterator<Item = &'a str>) {
        for part in parts {
            let mut words = part.split_whitespace();
            self.count_words(words.next(), words.next());
        }
    }

    fn count_words(&mut self, number: Option<&str>, word: Option<&str>) {
        let Some(number) = number.and_then(|number| number.parse::<u32>().ok()) else { return };
        match word {
            Some("passed" | "pass") => self.passed += number,
            Some("failed" | "fail") => self.failed += number,
            Some("skipped" | "ignored") => self.skipped += number,
            _ => {}
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.counted() {
            return Ok(());
        }
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    fn heard(lines: &[&str]) -> String {
        let mut tally = Tally::default();
        for line in lines {
            tally.hear(line);
        }
        tally.to_string()
    }

    #[test]
    fn each_runner_is_understood() {
        assert_eq!(
            heard(&[
                "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s"
            ]),
            "5 passed, 0 failed, 1 skipped"
        );
        assert_eq!(
            heard(&[" Test Files  2 passed (2)", "      Tests  1 failed | 4 passed (5)"]),
            "4 passed, 1 failed"
        );
        assert_eq!(
            heard(&["  1 failed", "    desk.spec.ts:3:5 › opens", "  4 passed (2.1s)"]),
            "4 passed, 1 failed"
        );
        assert_eq!(heard(&["ℹ tests 3", "ℹ pass 3", "ℹ fail 0"]), "3 passed, 0 failed");
        assert_eq!(heard(&["running 5 tests", "test tests::passes ... ok"]), "");
    }
}
