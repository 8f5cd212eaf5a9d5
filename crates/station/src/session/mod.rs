//! The session machine: what happens at one desk, one student after the other.
//!
//! It guards the wrong-face rule. Every shot is bound to the ticket that was at the station when the shutter was
//! released; nothing is shot before the arrival was proved; a late result of an earlier student is dropped.

mod command;
mod effect;
mod event;
#[cfg(test)]
mod tests;

use gradshot_domain::{CampaignId, StationId, TicketId};
use gradshot_wire::desk::{
    ArrivalProof, CameraLink, CurrentStudent, DeskState, Notice, NoticeLevel, OutboxEntry, ServerLink,
    StudentPhase, WaitingForYes,
};
use gradshot_wire::queue::{Queue, QueueEntry};
use gradshot_wire::ticket::TicketStateName;

pub use effect::{Binding, Effect, SealOrder};
pub use event::{Event, Failure, Scanned};

/// Shots that one student can have at a time; the oldest makes room.
pub const MAX_SHOTS: usize = 12;

/// The machine.
#[derive(Debug)]
pub struct Session {
    station: StationId,
    /// The server's queue was heard once: until then a student whom this station had before a restart may come back.
    heard_queue: bool,
    state: DeskState,
    campaign: Option<CampaignId>,
    pending_shot: bool,
    /// Somebody proved the arrival before the number was called: the call that follows counts as both.
    arrived_ahead: Option<(TicketId, ArrivalProof)>,
}

impl Session {
    /// An empty desk.
    pub fn new(station: StationId, station_name: String, studio_name: String, demo: bool) -> Self {
        let camera = CameraLink { model: String::new(), ready: false, trouble_zh: None, trouble_en: None };
        Self {
            station,
            heard_queue: false,
            state: DeskState {
                revision: 0,
                station_name,
                studio_name,
                demo,
                queue: None,
                current: None,
                waiting_for_yes: Vec::new(),
                outbox: Vec::new(),
                server: ServerLink::Connecting,
                camera,
                notice: None,
            },
            campaign: None,
            pending_shot: false,
            arrived_ahead: None,
        }
    }

    /// What the desk shows now.
    pub const fn state(&self) -> &DeskState {
        &self.state
    }

    /// Takes an event in and says what has to be done about it.
    pub fn handle(&mut self, event: Event) -> Vec<Effect> {
        self.state.revision += 1;
        let mut effects = Vec::new();
        match event {
            Event::Command(command) => self.obey(&command, &mut effects),
            Event::Scanned(scanned) => self.scan(scanned, &mut effects),
            Event::Called(entry) => self.receive(entry, &mut effects),
            Event::NobodyWaits => self.tell(NoticeLevel::Info, "现在没有人排队", "Nobody is waiting"),
            Event::Skipped(ticket) => self.leave(ticket, &mut effects),
            Event::Failed(failure) => self.report(&failure),
            Event::ShotTaken(shot) => self.bind(shot, &mut effects),
            Event::Developed { ticket, shot, progress } => self.show(ticket, shot, progress),
            Event::Sealed { ticket, waiting } => self.finish(ticket, waiting, &mut effects),
            Event::QueueChanged(queue) => self.follow(queue, &mut effects),
            Event::PortraitNews(news) => self.hear(&news),
            Event::OutboxChanged(outbox) => self.state.outbox = outbox,
            Event::ServerLink(link) => self.state.server = link,
            Event::CameraLink(link) => self.camera(link),
        }
        effects
    }

    fn camera(&mut self, link: CameraLink) {
        if !link.ready {
            self.pending_shot = false;
        }
        self.state.camera = link;
    }

    /// A student was called here.
    fn receive(&mut self, entry: QueueEntry, effects: &mut Vec<Effect>) {
        if let Some(current) = &mut self.state.current {
            if current.ticket == entry.ticket {
                current.times_called = entry.times_called;
                return;
            }
            effects.push(Effect::Forget(current.shots.iter().map(|shot| shot.id).collect()));
        }
        self.pending_shot = false;
        self.campaign = Some(entry.campaign);
        self.state.notice = None;
        self.state.current = Some(CurrentStudent {
            ticket: entry.ticket,
            number: entry.number,
            masked_name: entry.masked_name,
            category: entry.category,
            phase: StudentPhase::Called,
            times_called: entry.times_called,
            arrival: None,
            shots: Vec::new(),
            selected: None,
        });
        if let Some((_, proof)) = self.arrived_ahead.take_if(|(ticket, _)| *ticket == entry.ticket) {
            let scanned = match proof {
                ArrivalProof::Scanned => Scanned::Ticket(entry.ticket, entry.number),
                ArrivalProof::Typed => Scanned::Number(entry.number),
            };
            self.scan(scanned, effects);
        }
        self.arrived_ahead = None;
    }

    /// A student left without a portrait.
    fn leave(&mut self, ticket: TicketId, effects: &mut Vec<Effect>) {
        if let Some(current) = self.state.current.take_if(|current| current.ticket == ticket) {
            self.pending_shot = false;
            effects.push(Effect::Forget(current.shots.iter().map(|shot| shot.id).collect()));
        }
    }

    /// The portrait is sealed and in the outbox.
    fn finish(&mut self, ticket: TicketId, waiting: WaitingForYes, effects: &mut Vec<Effect>) {
        self.state.waiting_for_yes.retain(|other| other.number != waiting.number);
        self.state.waiting_for_yes.insert(0, waiting);
        self.state.waiting_for_yes.truncate(50);
        self.leave(ticket, effects);
        effects.push(Effect::SendOutbox);
    }

    /// The server's queue replaces ours. A student who was here before a restart comes back, and has to prove the
    /// arrival again. Nobody leaves the desk because of it: it may have been made before the number was called.
    fn follow(&mut self, queue: Queue, effects: &mut Vec<Effect>) {
        let before_restart = queue.entries.iter().find(|entry| {
            entry.station == Some(self.station)
                && matches!(entry.state, TicketStateName::Called | TicketStateName::Arrived)
                && self.state.waiting_for_yes.iter().all(|waiting| waiting.number != entry.number)
        });
        if let Some(entry) = before_restart.filter(|_| !self.heard_queue && self.state.current.is_none()) {
            self.receive(entry.clone(), effects);
        }
        self.heard_queue = true;
        self.state.queue = Some(queue);
    }

    fn hear(&mut self, news: &gradshot_wire::event::PortraitNews) {
        use gradshot_wire::portrait::PortraitStateName as State;
        let waiting = &mut self.state.waiting_for_yes;
        match news.state {
            State::Sealed | State::Stored | State::Objected => {
                for entry in waiting.iter_mut().filter(|entry| entry.portrait == news.portrait) {
                    entry.state = news.state;
                }
            }
            _ => waiting.retain(|entry| entry.portrait != news.portrait),
        }
        if news.state == State::Objected
            && let Some(entry) = waiting.iter().find(|entry| entry.portrait == news.portrait)
        {
            let (zh, en) = (
                format!("{} 申请重拍，已排到最前", entry.number),
                format!("{} wants another shot and is next", entry.number),
            );
            self.tell(NoticeLevel::Warning, &zh, &en);
        }
    }

    fn report(&mut self, failure: &Failure) {
        self.arrived_ahead = None;
        self.pending_shot = false;
        if let Some(current) = &mut self.state.current
            && current.phase == StudentPhase::Sealing
        {
            current.phase = StudentPhase::Arrived;
        }
        self.tell(NoticeLevel::Warning, &failure.zh, &failure.en);
    }

    fn tell(&mut self, level: NoticeLevel, zh: &str, en: &str) {
        self.state.notice = Some(Notice { level, zh: zh.to_owned(), en: en.to_owned() });
    }

    /// The outbox as it was found at start.
    pub fn restore(&mut self, outbox: Vec<OutboxEntry>, waiting_for_yes: Vec<WaitingForYes>) {
        self.state.outbox = outbox;
        self.state.waiting_for_yes = waiting_for_yes;
    }
}
