//! Whom to call next. Boards go in, utterances come out; no clock, no thread.
//!
//! Every call is said once before any is repeated, the earlier first. Who has come, or whose call was taken back, is not
//! called any more, so that the queue is never longer than the board. The page has the same machine in TypeScript;
//! `assets/voice/cases.json` holds both to the same days.

use std::collections::HashSet;

use gradshot_domain::TicketNumber;
use gradshot_wire::board::{Board, BoardCall};
use gradshot_wire::desk::VoiceSettings;
use jiff::Timestamp;

use super::plan::Utterance;

/// The queue of calls to be said.
#[derive(Debug, Default)]
pub struct Announcer {
    /// What was on the board last; absent before the first look.
    known: Option<HashSet<(TicketNumber, Timestamp)>>,
    /// What is to be said, the earliest first.
    pending: Vec<Pending>,
}

#[derive(Debug)]
struct Pending {
    number: TicketNumber,
    station_name: String,
    said: u8,
}

impl Announcer {
    /// The board as it is now. On the first look nothing is new.
    pub fn see(&mut self, board: &Board, settings: &VoiceSettings) {
        self.pending.retain(|pending| {
            let now = board.called.iter().find(|call| call.number == pending.number);
            now.is_some_and(|call| !call.arrived)
        });
        let calls = board.called.iter().filter(|call| !call.arrived);
        if let Some(known) = &self.known {
            for call in calls.clone().rev() {
                if !known.contains(&(call.number, call.at)) && settings.is_for(&call.station_name) {
                    queue(&mut self.pending, call);
                }
            }
        }
        self.known = Some(calls.map(|call| (call.number, call.at)).collect());
        if settings.is_silent() {
            self.pending.clear();
        }
    }

    /// Whether nothing is left to say.
    pub const fn is_empty(&self) -> bool {
        self.pending.is_empty()
    }

    /// What to say now; `None` when there is nothing to say.
    pub fn next(&mut self, settings: &VoiceSettings) -> Option<Utterance> {
        if settings.is_silent() {
            return None;
        }
        let fewest = self.pending.iter().map(|pending| pending.said).min()?;
        let index = self.pending.iter().position(|pending| pending.said == fewest)?;
        let pending = &mut self.pending[index];
        pending.said += 1;
        let with_chime = settings.chime && pending.said == 1;
        let said = Utterance::call(pending.number, &pending.station_name, &settings.languages, with_chime);
        if pending.said >= settings.times.clamp(1, VoiceSettings::MOST_TIMES) {
            self.pending.remove(index);
        }
        Some(said)
    }
}

/// A call that was not said yet keeps its place; one that was said before goes to the end.
fn queue(pending: &mut Vec<Pending>, call: &BoardCall) {
    let unsaid = pending.iter_mut().find(|other| other.number == call.number && other.said == 0);
    if let Some(unsaid) = unsaid {
        unsaid.station_name.clone_from(&call.station_name);
        return;
    }
    pending.retain(|other| other.number != call.number);
    pending.push(Pending { number: call.number, station_name: call.station_name.clone(), said: 0 });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::cases::{Cases, Step};

    #[test]
    fn each_day_of_the_cases_is_said_as_they_want() {
        for day in Cases::read().days {
            let mut announcer = Announcer::default();
            let mut at = std::collections::HashMap::new();
            for step in day.steps {
                match step {
                    Step::Called(called) => {
                        for call in &called {
                            at.insert(call.number, call.station_name.clone());
                        }
                        announcer.see(&Cases::board(called), &day.settings);
                    }
                    Step::Says(wanted) => {
                        let wanted = wanted.map(|words| {
                            let with_chime = words.iter().any(|word| word == "chime");
                            let number = words[words.len() - 1].parse().unwrap();
                            Utterance::call(number, &at[&number], &day.settings.languages, with_chime)
                        });
                        assert_eq!(announcer.next(&day.settings), wanted, "{}", day.name);
                    }
                }
            }
        }
    }
}
