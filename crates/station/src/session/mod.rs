//! The session machine: what happens at one desk, one student after the other.
//!
//! It guards the wrong-face rule. Every shot is bound to the ticket that was at the station when the shutter was
//! released; nothing is shot before the arrival was proved; a late result of an earlier student is dropped.

mod arrival;
mod command;
mod effect;
mod event;
mod panel;
mod printing;
mod shots;
mod shutter;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use gradshot_domain::{CampaignId, StationId, TicketId};
use gradshot_wire::desk::{
    ArrivalProof, CameraLink, CameraPanel, CurrentStudent, DeskSettings, DeskState, Notice, NoticeLevel,
    OutboxEntry, PrinterPanel, ServerLink, StudentPhase, WaitingForYes,
};
use gradshot_wire::queue::{Queue, QueueEntry, TransferredTicket};
use gradshot_wire::ticket::TicketStateName;

pub use effect::{Binding, Effect, Note, PrintWish, SealOrder};
pub use event::{Event, Failure, Pass, Scanned};
pub use printing::PrintNews;

/// Shots that one student can have at a time; the oldest makes room.
pub const MAX_SHOTS: usize = 12;
/// Students who left this desk and are not taken for newcomers when an older queue still names them.
const MAX_GONE: usize = 16;

/// The machine.
#[derive(Debug)]
pub struct Session {
    station: StationId,
    state: DeskState,
    campaign: Option<CampaignId>,
    /// The campaign of the portrait that was accepted last.
    last_campaign: Option<CampaignId>,
    pending_shot: bool,
    /// Somebody proved the arrival before the number was called: the call that follows counts as both.
    arrived_ahead: Option<(Pass, ArrivalProof)>,
    /// Who left this desk last.
    gone: VecDeque<TicketId>,
    shutter: shutter::Automatic,
}

impl Session {
    /// An empty desk.
    pub fn new(station: StationId, station_name: String, studio_name: String, demo: bool) -> Self {
        Self {
            station,
            state: DeskState {
                revision: 0,
                station_name,
                studio_name,
                demo,
                queue: None,
                paused: false,
                colleagues: Vec::new(),
                current: None,
                waiting_for_yes: Vec::new(),
                outbox: Vec::new(),
                server: ServerLink::Connecting,
                camera: CameraLink::default(),
                panel: CameraPanel::default(),
                printer: PrinterPanel::default(),
                last_portrait: None,
                disk: None,
                settings: DeskSettings::default(),
                notice: None,
            },
            campaign: None,
            last_campaign: None,
            pending_shot: false,
            arrived_ahead: None,
            gone: VecDeque::new(),
            shutter: shutter::Automatic::default(),
        }
    }

    /// What the desk shows now.
    pub const fn state(&self) -> &DeskState {
        &self.state
    }

    /// The campaign of the student before the camera, whom the coach may watch.
    pub fn coached_campaign(&self) -> Option<CampaignId> {
        let arrived =
            self.state.current.as_ref().is_some_and(|current| current.phase == StudentPhase::Arrived);
        self.campaign.filter(|_| arrived && self.state.settings.coach)
    }

    /// The campaign of the portrait that can be printed.
    pub fn printable_campaign(&self) -> Option<CampaignId> {
        self.last_campaign.filter(|_| self.state.last_portrait.is_some())
    }

    /// Takes an event in and says what has to be done about it.
    pub fn handle(&mut self, event: Event) -> Vec<Effect> {
        self.state.revision += 1;
        let mut effects = Vec::new();
        match event {
            Event::Command(command) => self.obey(command, &mut effects),
            Event::Scanned(scanned) => self.scan(scanned, &mut effects),
            Event::Called(entry) => self.receive(entry, &mut effects),
            Event::CallUnanswered(ticket) => self.go_on_alone(ticket, &mut effects),
            Event::NobodyWaits => self.tell(NoticeLevel::Info, "现在没有人排队", "Nobody is waiting"),
            Event::Skipped(ticket) => {
                self.note(ticket, Note::Skipped, &mut effects);
                self.leave(ticket, &mut effects);
            }
            Event::HandedOver(ticket) => self.leave(ticket, &mut effects),
            Event::StudiosFound(ticket, studios) => {
                let current = self.state.current.as_mut().filter(|current| current.ticket == ticket);
                if let Some(current) = current {
                    current.studios = Some(studios);
                }
            }
            Event::SentAway(ticket, there) => self.send_away(ticket, &there, &mut effects),
            Event::Paused(paused) => self.state.paused = paused,
            Event::Colleagues(colleagues) => self.state.colleagues = colleagues,
            Event::Failed(failure) => self.report(&failure),
            Event::NotCompared(failure) => self.tell(NoticeLevel::Warning, &failure.zh, &failure.en),
            Event::ShotTaken(shot) => self.bind(shot, &mut effects),
            Event::Developed { ticket, shot, progress } => self.show(ticket, shot, progress, &mut effects),
            Event::Recomposed { ticket, shot, asked, outcome } => {
                self.show_anew(ticket, shot, asked, outcome, &mut effects);
            }
            Event::Coached(ready) => self.coached(ready, &mut effects),
            Event::CountdownOver(serial) => self.countdown_over(serial, &mut effects),
            Event::Sealed { ticket, waiting } => self.finish(ticket, waiting, &mut effects),
            Event::QueueChanged(queue) => self.follow(queue, &mut effects),
            Event::PortraitNews(news) => self.hear(&news, &mut effects),
            Event::OutboxChanged(outbox) => self.state.outbox = outbox,
            Event::ServerLink(link) => self.state.server = link,
            Event::CameraLink(link) => self.camera(link),
            Event::Panel(panel) => self.panel(*panel),
            Event::TestTaken(shot) => self.test_taken(shot, &mut effects),
            Event::TestDeveloped { shot, progress, light } => self.test_developed(shot, progress, light),
            Event::Print { ticket, news } => self.hear_of_print(ticket, news),
            Event::LetGo(shot) => self.let_go_of(shot, &mut effects),
            Event::TestPrint(stage) => self.state.printer.test = Some(stage),
            Event::Printer(link) => self.printer(link),
            Event::PrintersFound(found) => self.printers_found(found),
            Event::Disk(disk) => self.state.disk = disk,
        }
        effects
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
        self.shutter.rest();
        self.campaign = Some(entry.campaign);
        self.state.notice = None;
        let joined_at = self.joined_at(entry.ticket);
        effects.push(Effect::Note(entry.ticket, entry.number, Note::Called { joined_at }));
        self.gone.retain(|gone| *gone != entry.ticket);
        let ticket = entry.ticket;
        self.state.current = Some(CurrentStudent {
            ticket,
            number: entry.number,
            masked_name: entry.masked_name,
            category: entry.category,
            phase: StudentPhase::Called,
            times_called: entry.times_called,
            arrival: None,
            shots: Vec::new(),
            selected: None,
            countdown: None,
            other_face: false,
            studios: None,
        });
        if let Some((_, proof)) = self.arrived_ahead.take_if(|(pass, _)| pass.ticket == ticket) {
            self.prove_arrival(proof, effects);
        }
        self.arrived_ahead = None;
    }

    /// Since when a ticket has waited, by the queue as it was before the call.
    fn joined_at(&self, ticket: TicketId) -> Option<jiff::Timestamp> {
        let mut entries = self.state.queue.as_ref()?.entries.iter();
        entries
            .find(|entry| entry.ticket == ticket && entry.state == TicketStateName::Waiting)
            .map(|e| e.since)
    }

    /// A student left without a portrait, or with one.
    fn leave(&mut self, ticket: TicketId, effects: &mut Vec<Effect>) {
        if let Some(current) = self.state.current.take_if(|current| current.ticket == ticket) {
            self.pending_shot = false;
            self.shutter.rest();
            self.gone.push_front(ticket);
            self.gone.truncate(MAX_GONE);
            effects.push(Effect::Forget(current.shots.iter().map(|shot| shot.id).collect()));
        }
    }

    /// A student has a number at another studio now.
    fn send_away(&mut self, ticket: TicketId, there: &TransferredTicket, effects: &mut Vec<Effect>) {
        let number = self.state.current.as_ref().filter(|it| it.ticket == ticket).map(|it| it.number);
        self.leave(ticket, effects);
        if let Some(number) = number {
            let (studio, there) = (&there.studio_name, there.number);
            self.tell(
                NoticeLevel::Info,
                &format!("{number} 已转到{studio}，在那边的号码是 {there}，学生手机上已更新"),
                &format!("{number} goes to {studio} and is {there} there; the student's phone shows it"),
            );
        }
    }

    /// The portrait is sealed and in the outbox.
    fn finish(&mut self, ticket: TicketId, waiting: WaitingForYes, effects: &mut Vec<Effect>) {
        effects.push(Effect::Note(ticket, waiting.number, Note::Sealed));
        self.state.waiting_for_yes.retain(|other| other.number != waiting.number);
        self.state.waiting_for_yes.insert(0, waiting);
        self.state.waiting_for_yes.truncate(50);
        self.keep_for_print(ticket, effects);
        self.leave(ticket, effects);
        effects.push(Effect::SendOutbox);
    }

    /// The server's queue replaces ours. Whom it names as called here and whom this desk does not have was here before a
    /// restart, or was handed over by another station: they have to prove the arrival. Nobody leaves the desk because of
    /// it: it may have been made before the number was called.
    fn follow(&mut self, queue: Queue, effects: &mut Vec<Effect>) {
        let is_here = |entry: &&QueueEntry| {
            entry.station == Some(self.station)
                && matches!(entry.state, TicketStateName::Called | TicketStateName::Arrived)
        };
        let newcomer = queue.entries.iter().filter(is_here).find(|entry| {
            let is_done = |other: &WaitingForYes| {
                other.number == entry.number
                    && other.state != gradshot_wire::portrait::PortraitStateName::Objected
            };
            !self.gone.contains(&entry.ticket) && !self.state.waiting_for_yes.iter().any(is_done)
        });
        if let Some(entry) = newcomer.filter(|_| self.state.current.is_none()) {
            self.receive(entry.clone(), effects);
        }
        self.state.queue = Some(queue);
    }

    fn hear(&mut self, news: &gradshot_wire::event::PortraitNews, effects: &mut Vec<Effect>) {
        use gradshot_wire::portrait::PortraitStateName as State;
        let waiting = &mut self.state.waiting_for_yes;
        match news.state {
            State::Sealed | State::Stored | State::Objected => {
                for entry in waiting.iter_mut().filter(|entry| entry.portrait == news.portrait) {
                    entry.state = news.state;
                }
            }
            _ => {
                waiting.retain(|entry| entry.portrait != news.portrait);
                effects.push(Effect::ForgetFace(news.ticket));
            }
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
        self.shutter.rest();
        if let Some(current) = &mut self.state.current {
            current.countdown = None;
            if current.phase == StudentPhase::Sealing {
                current.phase = StudentPhase::Arrived;
            }
        }
        self.tell(NoticeLevel::Warning, &failure.zh, &failure.en);
    }

    fn note(&self, ticket: TicketId, note: Note, effects: &mut Vec<Effect>) {
        if let Some(current) = self.state.current.as_ref().filter(|current| current.ticket == ticket) {
            effects.push(Effect::Note(ticket, current.number, note));
        }
    }

    fn tell(&mut self, level: NoticeLevel, zh: &str, en: &str) {
        self.state.notice = Some(Notice { level, zh: zh.to_owned(), en: en.to_owned() });
    }

    /// The outbox as it was found at start.
    pub fn restore(&mut self, outbox: Vec<OutboxEntry>, waiting_for_yes: Vec<WaitingForYes>) {
        self.state.outbox = outbox;
        self.state.waiting_for_yes = waiting_for_yes;
    }

    /// The settings as they were found at start.
    pub fn restore_settings(&mut self, settings: DeskSettings) {
        self.state.settings = settings;
    }
}
