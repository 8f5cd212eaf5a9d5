//! Tries at something that could be guessed: a password, the last four of an ID number.

use std::time::Duration;

use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::StorageError;
use crate::fields::Fields;

/// How many tries are allowed before a lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptRule {
    /// Wrong tries in a row; the last of them locks.
    pub tries: u32,
    /// How long the lock holds, and how long a wrong try is remembered.
    pub lock: Duration,
}

/// Whether a try may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// It may, and is counted as wrong until it is forgiven.
    Allowed,
    /// It may not, until then.
    Locked {
        /// When the lock ends.
        until: Timestamp,
    },
}

/// Tries of which nobody heard for so long are forgotten, so that the table does not grow with every guess.
const FORGOTTEN_AFTER: Duration = Duration::from_hours(24);

/// The table `attempts`.
pub struct Attempts<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Attempts<'_> {
    /// Counts a try before it is made, so that many at once do not slip through. `name` says what is being tried and
    /// holds nothing personal in clear.
    pub async fn spend(
        &mut self,
        name: &str,
        rule: AttemptRule,
        at: Timestamp,
    ) -> Result<Attempt, StorageError> {
        sqlx::query("DELETE FROM attempts WHERE last_at < $1")
            .bind((at - FORGOTTEN_AFTER).as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        // The upsert locks the row: others who try the same wait for this unit of work.
        let row = sqlx::query(
            "INSERT INTO attempts (name, tries, last_at) VALUES ($1, 0, $2) \
             ON CONFLICT (name) DO UPDATE SET tries = attempts.tries RETURNING tries, last_at, locked_until, name",
        )
        .bind(name)
        .bind(at.as_millisecond())
        .fetch_one(&mut *self.connection)
        .await?;
        let fields = Fields::named(&row, "attempts", "name");
        let before = Tries {
            made: fields.number("tries")?,
            last_at: fields.moment("last_at")?,
            locked_until: fields.moment_option("locked_until")?,
        };
        let (attempt, after) = before.spend(rule, at);
        sqlx::query("UPDATE attempts SET tries = $1, last_at = $2, locked_until = $3 WHERE name = $4")
            .bind(i64::from(after.made))
            .bind(after.last_at.as_millisecond())
            .bind(after.locked_until.map(Timestamp::as_millisecond))
            .bind(name)
            .execute(&mut *self.connection)
            .await?;
        Ok(attempt)
    }

    /// How many tries are left at `at`, and until when a lock holds. Counts nothing.
    pub async fn left(
        &mut self,
        name: &str,
        rule: AttemptRule,
        at: Timestamp,
    ) -> Result<(u32, Option<Timestamp>), StorageError> {
        let row = sqlx::query("SELECT * FROM attempts WHERE name = $1")
            .bind(name)
            .fetch_optional(&mut *self.connection)
            .await?;
        let Some(row) = row else { return Ok((rule.tries, None)) };
        let fields = Fields::named(&row, "attempts", "name");
        if let Some(until) = fields.moment_option("locked_until")? {
            return Ok(if until > at { (0, Some(until)) } else { (rule.tries, None) });
        }
        let is_forgotten = fields.moment("last_at")? + rule.lock <= at;
        let made = if is_forgotten { 0 } else { fields.number("tries")? };
        Ok((rule.tries.saturating_sub(made), None))
    }

    /// The try was right: all wrong ones before it are forgotten.
    pub async fn forgive(&mut self, name: &str) -> Result<(), StorageError> {
        sqlx::query("DELETE FROM attempts WHERE name = $1").bind(name).execute(&mut *self.connection).await?;
        Ok(())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Tries {
    made: u32,
    last_at: Timestamp,
    locked_until: Option<Timestamp>,
}

impl Tries {
    fn spend(self, rule: AttemptRule, at: Timestamp) -> (Attempt, Self) {
        if let Some(until) = self.locked_until.filter(|until| *until > at) {
            return (Attempt::Locked { until }, self);
        }
        let forgotten = self.locked_until.is_some() || self.last_at + rule.lock <= at;
        let made = if forgotten { 1 } else { self.made.saturating_add(1) };
        let locked_until = (made >= rule.tries).then(|| at + rule.lock);
        (Attempt::Allowed, Self { made, last_at: at, locked_until })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: AttemptRule = AttemptRule { tries: 3, lock: Duration::from_mins(1) };

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_779_000_000 + second).unwrap()
    }

    #[test]
    fn the_last_allowed_try_locks_and_the_lock_ends() {
        let mut tries = Tries { made: 0, last_at: at(0), locked_until: None };
        let mut spend = |second| {
            let (attempt, after) = tries.spend(RULE, at(second));
            tries = after;
            attempt
        };
        assert_eq!([spend(0), spend(1), spend(2)], [Attempt::Allowed; 3]);
        assert_eq!(spend(3), Attempt::Locked { until: at(62) });
        assert_eq!(spend(61), Attempt::Locked { until: at(62) });
        assert_eq!(spend(62), Attempt::Allowed);
        assert_eq!(spend(122), Attempt::Allowed, "a wrong try is forgotten after the same time");
        assert_eq!(spend(123), Attempt::Allowed);
    }
}
