//! A studio's line as its stations and its board see it.

use std::collections::HashMap;

use gradshot_domain::{BusinessDay, StationId, StudioId, Ticket, TicketId, TicketState};
use gradshot_storage::{InLine, QueuedTicket, StorageError, UnitOfWork};
use gradshot_wire::board::{Board, BoardCall, BoardStation};
use gradshot_wire::queue::{Queue, QueueEntry};
use gradshot_wire::ticket::TicketStateName;
use jiff::Timestamp;

use crate::limits;
use crate::problem::Broken;
use crate::vault::Vault;
use crate::wait::{self, Pace};

/// Numbers on a board.
const BOARD_CALLED: usize = 24;
const BOARD_NEXT: usize = 8;
const BOARD_BEFORE: usize = 6;

/// A studio's line on one day.
pub(crate) struct Line {
    day: BusinessDay,
    standing: Vec<InLine>,
    before: Vec<QueuedTicket>,
    /// How many stand before each one who waits.
    ahead: HashMap<TicketId, u32>,
    waiting: u32,
    served: u32,
    pace: Pace,
    stations: Vec<BoardStation>,
}

impl Line {
    /// The line at `at`.
    pub(crate) async fn load(
        work: &mut UnitOfWork,
        studio: StudioId,
        at: Timestamp,
    ) -> Result<Self, StorageError> {
        let day = BusinessDay::of(at);
        let standing = work.tickets().in_line(studio, day, limits::QUEUE_ENTRIES).await?;
        let before = work.tickets().called_before(studio, day, wait::SAMPLES).await?;
        let waiting = work.tickets().count(studio, day, "waiting").await?;
        let in_order = work.tickets().waiting_in_order(studio, day, limits::WAITING_TICKETS).await?;
        let served = work.tickets().count(studio, day, "served").await?;
        let stations = work.stations().paired_of(studio).await?;
        let resting = stations.iter().filter(|station| station.paused_at.is_some());
        let paused: Vec<_> = resting.map(|station| station.id).collect();
        let busy = standing.iter().filter_map(|entry| entry.ticket.ticket.state.station());
        let pace = Pace::of(&before, busy, &paused, at);
        Ok(Self {
            day,
            standing,
            before,
            ahead: in_order.into_iter().zip(0..).collect(),
            waiting,
            served,
            pace,
            stations: stations
                .into_iter()
                .map(|station| BoardStation { name: station.name, paused: station.paused_at.is_some() })
                .collect(),
        })
    }

    /// How many stand before somebody who waits, and for how many minutes that is; `None` for everybody else.
    pub(crate) fn place_of(&self, ticket: TicketId) -> Option<(u32, u32)> {
        let ahead = *self.ahead.get(&ticket)?;
        Some((ahead, self.pace.wait_minutes(ahead)))
    }

    /// As stations see it.
    pub(crate) fn queue(&self, vault: &Vault) -> Result<Queue, Broken> {
        Ok(Queue {
            business_day: self.day,
            entries: self.standing.iter().map(|standing| entry(vault, standing)).collect::<Result<_, _>>()?,
            waiting: self.waiting,
            served: self.served,
            expected_wait_minutes: self.pace.wait_minutes(self.waiting),
        })
    }

    /// As the board shows it.
    pub(crate) fn board(&self, vault: &Vault, studio_name: String) -> Result<Board, Broken> {
        let called = self
            .standing
            .iter()
            .filter_map(|standing| {
                let station_name = standing.station_name.clone()?;
                let (times, at, arrived) = match standing.ticket.ticket.state {
                    TicketState::Called { times, at, .. } => (times, at, false),
                    TicketState::Arrived { at, .. } => (1, at, true),
                    _ => return None,
                };
                let masked_name = vault.masked_name(standing.roster_entry, &standing.sealed_name);
                let number = standing.ticket.ticket.number;
                Some(masked_name.map(|masked_name| BoardCall {
                    number,
                    masked_name,
                    station_name,
                    times,
                    at,
                    arrived,
                }))
            })
            .collect::<Result<Vec<_>, _>>();
        let mut called = called?;
        called.sort_by_key(|call| std::cmp::Reverse(call.at));
        called.truncate(BOARD_CALLED);
        let waits = |standing: &&InLine| matches!(standing.ticket.ticket.state, TicketState::Waiting { .. });
        Ok(Board {
            studio_name,
            called,
            next: self.standing.iter().filter(waits).map(number).take(BOARD_NEXT).collect(),
            last_called: self.before.iter().map(|before| before.ticket.number).take(BOARD_BEFORE).collect(),
            waiting: self.waiting,
            expected_wait_minutes: self.pace.wait_minutes(self.waiting),
            stations: self.stations.clone(),
        })
    }
}

/// One place in line.
pub(crate) fn entry(vault: &Vault, standing: &InLine) -> Result<QueueEntry, Broken> {
    let ticket = &standing.ticket.ticket;
    let (since, times_called) = since(ticket);
    Ok(QueueEntry {
        ticket: standing.ticket.id,
        number: ticket.number,
        masked_name: vault.masked_name(standing.roster_entry, &standing.sealed_name)?,
        campaign: standing.campaign,
        category: standing.category,
        priority: ticket.priority,
        state: ticket_state(&ticket.state),
        since,
        times_called,
        station: station(ticket),
        station_name: standing.station_name.clone(),
    })
}

/// The state's name on the wire.
pub(crate) const fn ticket_state(state: &TicketState) -> TicketStateName {
    match state {
        TicketState::Waiting { .. } => TicketStateName::Waiting,
        TicketState::Called { .. } => TicketStateName::Called,
        TicketState::Arrived { .. } => TicketStateName::Arrived,
        TicketState::Served { .. } => TicketStateName::Served,
        TicketState::Skipped { .. } => TicketStateName::Skipped,
        TicketState::Transferred { .. } => TicketStateName::Transferred,
        TicketState::Cancelled { .. } => TicketStateName::Cancelled,
        TicketState::Expired { .. } => TicketStateName::Expired,
    }
}

const fn number(standing: &InLine) -> gradshot_domain::TicketNumber {
    standing.ticket.ticket.number
}

const fn station(ticket: &Ticket) -> Option<StationId> {
    ticket.state.station()
}

const fn since(ticket: &Ticket) -> (Timestamp, u8) {
    match ticket.state {
        TicketState::Waiting { since } => (since, 0),
        TicketState::Called { times, at, .. } => (at, times),
        TicketState::Arrived { at, .. } | TicketState::Served { at, .. } => (at, 1),
        TicketState::Skipped { at }
        | TicketState::Transferred { at }
        | TicketState::Cancelled { at }
        | TicketState::Expired { at } => (at, 0),
    }
}
