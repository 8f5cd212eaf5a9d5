//! Working days of mainland China, with holidays and the weekend days that are worked for them.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Weekday;

use crate::BusinessDay;

/// Whether a day that the calendar names is worked.
static NAMED: LazyLock<HashMap<BusinessDay, bool>> = LazyLock::new(|| {
    let lines = include_str!("../data/holidays.txt").lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).filter_map(named).collect()
});

/// Further than this nobody promises anything.
const MOST_DAYS: u16 = 250;

fn named(line: &str) -> Option<(BusinessDay, bool)> {
    let mut words = line.split_whitespace();
    let day = words.next()?.parse().ok()?;
    match words.next()? {
        "work" => Some((day, true)),
        "off" => Some((day, false)),
        _ => None,
    }
}

/// Whether people work on a day.
pub fn is_working_day(day: BusinessDay) -> bool {
    NAMED.get(&day).copied().unwrap_or_else(|| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))
}

/// The last day of a promise of so many working days; the day on which it was given does not count.
pub fn after_working_days(from: BusinessDay, days: u8) -> BusinessDay {
    let (mut day, mut left) = (from, days);
    for _ in 0..MOST_DAYS {
        if left == 0 {
            break;
        }
        day = day.next();
        left -= u8::from(is_working_day(day));
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> BusinessDay {
        text.parse().unwrap()
    }

    #[test]
    fn every_line_of_the_calendar_is_understood() {
        let lines = include_str!("../data/holidays.txt").lines();
        let wanted = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).count();
        assert_eq!(NAMED.len(), wanted);
        for (day, works) in NAMED.iter() {
            let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            assert_eq!(*works, weekend, "{day} is what the week says: it need not be named");
        }
    }

    #[test]
    fn a_promise_passes_over_weekends_and_holidays_and_counts_days_worked_instead() {
        assert_eq!(after_working_days(day("2026-05-18"), 2), day("2026-05-20"));
        assert_eq!(after_working_days(day("2026-05-22"), 2), day("2026-05-26"));
        assert_eq!(after_working_days(day("2026-04-30"), 2), day("2026-05-07"), "1 to 5 May are off");
        assert_eq!(after_working_days(day("2026-05-08"), 2), day("2026-05-11"), "Saturday 9 May is worked");
        assert_eq!(after_working_days(day("2026-09-30"), 2), day("2026-10-09"));
        assert_eq!(after_working_days(day("2026-05-18"), 0), day("2026-05-18"));
    }
}
