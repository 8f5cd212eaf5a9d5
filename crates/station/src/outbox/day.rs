//! The day's report: what is noted as it happens, and what it adds up to. Numbers of tickets, counts and durations only.

use std::collections::BTreeMap;

use gradshot_domain::{BusinessDay, FindingId, TicketId, TicketNumber};
use gradshot_wire::desk::{DayHour, DayReport, DayStudent, RetakeReason};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::params;

use super::{Outbox, OutboxError};
use crate::session::Note;

/// Notes that are kept; a studio's busiest month has fewer.
const MAX_NOTES: u32 = 200_000;

impl Outbox {
    /// Notes something down.
    pub fn note(
        &mut self,
        day: BusinessDay,
        at: Timestamp,
        ticket: TicketId,
        number: TicketNumber,
        note: &Note,
    ) -> Result<(), OutboxError> {
        let (kind, detail) = match note {
            Note::Called { joined_at } => ("called", joined_at.map(|at| at.as_millisecond().to_string())),
            Note::Arrived => ("arrived", None),
            Note::Shot => ("shot", None),
            Note::Refused(findings) => ("refused", Some(serde_json::to_string(findings).unwrap_or_default())),
            Note::Sealed => ("sealed", None),
            Note::Skipped => ("skipped", None),
            Note::NotThisPerson => ("not_this_person", None),
        };
        self.connection.execute(
            "INSERT INTO day_notes (day, at_ms, ticket, number, kind, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![day.to_string(), at.as_millisecond(), ticket.to_string(), number.to_string(), kind, detail],
        )?;
        self.connection.execute(
            "DELETE FROM day_notes WHERE seq <= (SELECT MAX(seq) FROM day_notes) - ?1",
            [MAX_NOTES],
        )?;
        Ok(())
    }

    /// Days of which something is noted, the latest first.
    pub fn days(&self) -> Result<Vec<BusinessDay>, OutboxError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT DISTINCT day FROM day_notes ORDER BY day DESC LIMIT ?1")?;
        let rows = statement.query_map([DayReport::MOST_DAYS as u32], |row| row.get::<_, String>(0))?;
        rows.map(|day| day?.parse().map_err(|_| OutboxError::Row { seq: 0, column: "day" })).collect()
    }

    /// What the day's notes add up to; `today` can be chosen although nothing may have happened yet.
    pub fn day_report(
        &mut self,
        day: BusinessDay,
        today: BusinessDay,
        station_name: String,
        studio_name: String,
    ) -> Result<DayReport, OutboxError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT seq, at_ms, ticket, number, kind, detail FROM day_notes WHERE day = ?1 ORDER BY at_ms, seq",
        )?;
        let rows = statement.query_map([day.to_string()], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, String>(3)?,
                row.get::<_, String>(4)?,
                row.get::<_, Option<String>>(5)?,
            ))
        })?;
        let mut sums = Sums::default();
        for row in rows {
            let (seq, at_ms, ticket, number, kind, detail) = row?;
            let wrong = |column| OutboxError::Row { seq, column };
            let number = number.parse().map_err(|_| wrong("number"))?;
            let at = Timestamp::from_millisecond(at_ms).map_err(|_| wrong("at_ms"))?;
            sums.add(ticket, number, at, &kind, detail.as_deref());
        }
        let mut statement = self.connection.prepare_cached(
            "SELECT MIN(rowid), ticket, number, SUM(copies) FROM prints
             WHERE day = ?1 AND state <> 'failed' GROUP BY ticket, number ORDER BY 1",
        )?;
        let rows = statement.query_map([day.to_string()], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, u32>(3)?,
            ))
        })?;
        for row in rows {
            let (seq, ticket, number, copies) = row?;
            let number = number.parse().map_err(|_| OutboxError::Row { seq, column: "number" })?;
            sums.student(ticket, number).prints += copies;
        }
        let mut days = self.days()?;
        if !days.contains(&today) {
            days.insert(0, today);
            days.truncate(DayReport::MOST_DAYS);
        }
        Ok(sums.report(day, days, station_name, studio_name))
    }
}

#[derive(Default)]
struct Sums {
    /// By ticket, in the order in which they were first heard of.
    students: Vec<(String, DayStudent)>,
    reasons: BTreeMap<FindingId, u32>,
    hours: BTreeMap<u8, u32>,
    not_this_person: u32,
    sealed: u32,
}

impl Sums {
    fn student(&mut self, ticket: String, number: TicketNumber) -> &mut DayStudent {
        let position = self.students.iter().position(|(other, _)| *other == ticket);
        let position = position.unwrap_or_else(|| {
            self.students.push((ticket, DayStudent::new(number)));
            self.students.len() - 1
        });
        &mut self.students[position].1
    }

    fn add(&mut self, ticket: String, number: TicketNumber, at: Timestamp, kind: &str, detail: Option<&str>) {
        let student = self.student(ticket, number);
        match kind {
            "called" => {
                student.called_at.get_or_insert(at);
                let joined_ms = detail.and_then(|text| text.parse().ok());
                let joined_at = joined_ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
                student.joined_at = student.joined_at.or(joined_at);
            }
            "arrived" => {
                student.arrived_at.get_or_insert(at);
            }
            "shot" => student.shots += 1,
            "refused" => {
                student.refused_shots += 1;
                let findings: Vec<FindingId> =
                    detail.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
                for finding in findings {
                    *self.reasons.entry(finding).or_default() += 1;
                }
            }
            "sealed" => {
                student.sealed_at = Some(at);
                student.skipped_at = None;
                self.sealed += 1;
                let china = at.to_zoned(TimeZone::fixed(jiff::tz::offset(8)));
                *self.hours.entry(china.hour().unsigned_abs()).or_default() += 1;
            }
            "skipped" => student.skipped_at = Some(at),
            "not_this_person" => self.not_this_person += 1,
            _ => {}
        }
    }

    fn report(
        self,
        day: BusinessDay,
        days: Vec<BusinessDay>,
        station_name: String,
        studio_name: String,
    ) -> DayReport {
        let students: Vec<DayStudent> = self.students.into_iter().map(|(_, student)| student).collect();
        let count = |is: fn(&DayStudent) -> bool| students.iter().filter(|s| is(s)).count() as u32;
        let between = |from: Option<Timestamp>, to: Option<Timestamp>| {
            from.zip(to).map(|(from, to)| to.duration_since(from).as_secs_f64().max(0.0))
        };
        let waits: Vec<f64> =
            students.iter().filter_map(|s| between(s.joined_at, s.called_at)).map(|s| s / 60.0).collect();
        let stays: Vec<f64> = students.iter().filter_map(|s| between(s.arrived_at, s.sealed_at)).collect();
        let mut reasons: Vec<RetakeReason> =
            self.reasons.iter().map(|(&finding, &count)| RetakeReason { finding, count }).collect();
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.count));
        DayReport {
            day,
            days,
            station_name,
            studio_name,
            called: count(|s| s.called_at.is_some()),
            arrived: count(|s| s.arrived_at.is_some()),
            sealed: self.sealed,
            skipped: count(|s| s.skipped_at.is_some()),
            not_this_person: self.not_this_person,
            shots: students.iter().map(|s| s.shots).sum(),
            refused_shots: students.iter().map(|s| s.refused_shots).sum(),
            prints: students.iter().map(|s| s.prints).sum(),
            wait_minutes_mean: mean(&waits),
            wait_minutes_max: waits.iter().copied().reduce(f64::max),
            at_station_seconds_mean: mean(&stays),
            reasons,
            hours: self.hours.into_iter().map(|(hour, sealed)| DayHour { hour, sealed }).collect(),
            students,
        }
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;

    use super::*;

    #[test]
    fn a_day_adds_up_and_another_day_is_not_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut outbox = Outbox::open(&folder.path().join("outbox.sqlite")).unwrap();
        let mut rng = rand::rngs::StdRng::seed_from_u64(1);
        let at = |second: i64| Timestamp::from_second(1_779_000_000 + second).unwrap();
        let day = BusinessDay::of(at(0));
        let (one, two) = (TicketId::new(at(0), &mut rng), TicketId::new(at(0), &mut rng));
        let number = |index| TicketNumber::nth(index).unwrap();
        let notes = [
            (one, 0, 600, Note::Called { joined_at: Some(at(0)) }),
            (one, 0, 620, Note::Arrived),
            (one, 0, 625, Note::Shot),
            (one, 0, 626, Note::Refused(vec![FindingId::PoseRoll, FindingId::EyesOpen])),
            (one, 0, 630, Note::Shot),
            (one, 0, 640, Note::Sealed),
            (two, 1, 650, Note::Called { joined_at: None }),
            (two, 1, 700, Note::Skipped),
        ];
        for (ticket, index, second, note) in notes {
            outbox.note(day, at(second), ticket, number(index), &note).unwrap();
        }
        let tomorrow = BusinessDay::of(at(86_400));
        outbox.note(tomorrow, at(86_400), two, number(1), &Note::Shot).unwrap();

        let day_after = BusinessDay::of(at(2 * 86_400));
        let report = outbox.day_report(day, day_after, "1号机位".into(), "示范照相馆".into()).unwrap();
        assert_eq!(
            report.days,
            [day_after, tomorrow, day],
            "each day of which there is something to read, and today"
        );
        assert_eq!((report.called, report.arrived, report.sealed, report.skipped), (2, 1, 1, 1));
        assert_eq!((report.shots, report.refused_shots), (2, 1));
        assert_eq!((report.wait_minutes_mean, report.at_station_seconds_mean), (Some(10.0), Some(20.0)));
        assert_eq!(report.reasons.len(), 2);
        assert_eq!(report.hours.iter().map(|hour| hour.sealed).sum::<u32>(), 1);
        assert_eq!(report.students[0].number.to_string(), "A001");
    }
}
