//! Rows of the outbox as values.

use gradshot_domain::{MaskedName, Outcome};
use gradshot_wire::desk::{OutboxEntry, OutboxState, WaitingForYes};
use gradshot_wire::portrait::PortraitStateName;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Item, OutboxError, Queued, SealedPortrait};

/// Kinds of items, as the table names them.
pub(super) const ARRIVAL: &str = "arrival";
pub(super) const SKIP: &str = "skip";

pub(super) struct Row {
    seq: i64,
    kind: String,
    ticket: String,
    number: String,
    at_ms: i64,
    portrait: Option<String>,
    masked_name: Option<String>,
    outcome: Option<String>,
    envelope: Option<Vec<u8>>,
    attempts: u32,
}

impl Row {
    pub(super) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get(0)?,
            kind: row.get(1)?,
            ticket: row.get(2)?,
            number: row.get(3)?,
            at_ms: row.get(4)?,
            portrait: row.get(5)?,
            masked_name: row.get(6)?,
            outcome: row.get(7)?,
            envelope: row.get(8)?,
            attempts: row.get(9)?,
        })
    }

    pub(super) fn into_queued(self) -> Result<Queued, OutboxError> {
        let seq = self.seq;
        let wrong = |column| OutboxError::Row { seq, column };
        let ticket = self.ticket.parse().map_err(|_| wrong("ticket"))?;
        let number = self.number.parse().map_err(|_| wrong("number"))?;
        let at = Timestamp::from_millisecond(self.at_ms).map_err(|_| wrong("at_ms"))?;
        let item = match self.kind.as_str() {
            ARRIVAL => Item::Arrival { ticket, number, at },
            SKIP => Item::Skip { ticket, number, at },
            _ => Item::Portrait(SealedPortrait {
                portrait: self.portrait.and_then(|id| id.parse().ok()).ok_or(wrong("portrait"))?,
                ticket,
                number,
                masked_name: self.masked_name.and_then(|name| word(&name)).ok_or(wrong("masked_name"))?,
                outcome: self.outcome.and_then(|outcome| word(&outcome)).ok_or(wrong("outcome"))?,
                sealed_at: at,
                envelope: self.envelope.ok_or(wrong("envelope"))?,
            }),
        };
        Ok(Queued { seq, attempts: self.attempts, item })
    }
}

pub(super) fn outbox_entry(row: &rusqlite::Row<'_>) -> rusqlite::Result<Result<OutboxEntry, OutboxError>> {
    let seq: i64 = row.get(0)?;
    let wrong = |column| OutboxError::Row { seq, column };
    let (portrait, number, outcome): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
    let (bytes, at_ms, refused): (i64, i64, bool) = (row.get(4)?, row.get(5)?, row.get(9)?);
    let (attempts, waits_because_zh, waits_because_en) = (row.get(6)?, row.get(7)?, row.get(8)?);
    let entry = || {
        Ok(OutboxEntry {
            portrait: portrait.parse().map_err(|_| wrong("portrait"))?,
            number: number.parse().map_err(|_| wrong("number"))?,
            outcome: word(&outcome).ok_or(wrong("outcome"))?,
            bytes: bytes.try_into().map_err(|_| wrong("envelope"))?,
            sealed_at: Timestamp::from_millisecond(at_ms).map_err(|_| wrong("at_ms"))?,
            state: if refused { OutboxState::Refused } else { OutboxState::Queued },
            attempts,
            waits_because_zh,
            waits_because_en,
        })
    };
    Ok(entry())
}

pub(super) fn waiting_for_yes(
    row: &rusqlite::Row<'_>,
) -> rusqlite::Result<Result<WaitingForYes, OutboxError>> {
    let wrong = |column| OutboxError::Row { seq: 0, column };
    let (portrait, number): (String, String) = (row.get(0)?, row.get(1)?);
    let (masked_name, state): (String, String) = (row.get(2)?, row.get(3)?);
    let since_ms: i64 = row.get(4)?;
    let entry = || {
        Ok(WaitingForYes {
            portrait: portrait.parse().map_err(|_| wrong("portrait"))?,
            number: number.parse().map_err(|_| wrong("number"))?,
            masked_name: word::<MaskedName>(&masked_name).ok_or(wrong("masked_name"))?,
            state: word(&state).ok_or(wrong("state"))?,
            since: Timestamp::from_millisecond(since_ms).map_err(|_| wrong("since_ms"))?,
        })
    };
    Ok(entry())
}

pub(super) fn state_to_text(state: PortraitStateName) -> String {
    to_word(&state)
}

pub(super) fn outcome_to_text(outcome: Outcome) -> String {
    to_word(&outcome)
}

/// A value that serializes to one JSON string, read from the bare text in a column.
fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

fn to_word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        _ => String::new(),
    }
}
