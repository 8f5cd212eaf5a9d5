//! The arrival scan, with and without a network.

use gradshot_domain::{TicketId, TicketNumber};
use gradshot_wire::desk::{ArrivalProof, NoticeLevel, ServerLink, StudentPhase};
use gradshot_wire::portrait::PortraitStateName;
use gradshot_wire::queue::QueueEntry;
use gradshot_wire::ticket::TicketStateName;

use super::Session;
use super::effect::{Effect, Note};
use super::event::{Failure, Pass, Scanned};

impl Session {
    pub(super) fn scan(&mut self, scanned: Scanned, effects: &mut Vec<Effect>) {
        let (pass, proof) = match scanned {
            Scanned::Wrong(failure) => return self.warn(&failure),
            Scanned::Ticket(pass) => (pass, ArrivalProof::Scanned),
            Scanned::Number(number) => match self.pass_of(number) {
                Some(pass) => (pass, ArrivalProof::Typed),
                None => return self.warn(&unknown(number)),
            },
        };
        match &self.state.current {
            Some(current) if current.ticket == pass.ticket => self.prove_arrival(proof, effects),
            Some(current) => {
                let (number, called) = (pass.number, current.number);
                let zh = format!("这是 {number} 的排号，现在叫的是 {called}，请核对");
                let en = format!("This is ticket {number}, but {called} was called: please check");
                self.tell(NoticeLevel::Warning, &zh, &en);
            }
            None => self.arrive_uncalled(pass, proof, effects),
        }
    }

    /// The student of the ticket at this station stands before the camera.
    pub(super) fn prove_arrival(&mut self, proof: ArrivalProof, effects: &mut Vec<Effect>) {
        let Some(current) = self.state.current.as_mut().filter(|current| current.arrival.is_none()) else {
            return;
        };
        current.arrival = Some(proof);
        current.phase = StudentPhase::Arrived;
        effects.push(Effect::ReportArrival(current.ticket, current.number));
        effects.push(Effect::Note(current.ticket, current.number, Note::Arrived));
        self.let_go(effects);
        self.state.notice = None;
        self.arm(effects);
    }

    /// Somebody came whose number was not called: calling and arriving are one then. Without a server the ticket's own
    /// signature is enough, and the outbox tells the server later.
    fn arrive_uncalled(&mut self, pass: Pass, proof: ArrivalProof, effects: &mut Vec<Effect>) {
        if let Some(failure) = self.used_up(&pass) {
            return self.warn(&failure);
        }
        let ticket = pass.ticket;
        self.arrived_ahead = Some((pass, proof));
        if self.state.server == ServerLink::Lost {
            self.go_on_alone(ticket, effects);
        } else {
            effects.push(Effect::Call(ticket));
        }
    }

    /// The server does not answer: whoever proved the arrival is photographed all the same.
    pub(super) fn go_on_alone(&mut self, ticket: TicketId, effects: &mut Vec<Effect>) {
        let Some((pass, _)) = self.arrived_ahead.clone().filter(|(pass, _)| pass.ticket == ticket) else {
            return self.warn(&Failure::new(
                "连不上服务器，叫不了号：请直接扫描学生的排号码，照常拍摄，恢复后自动补报",
                "The server cannot be reached, so nobody can be called: scan the student's ticket and go on, the server is told later",
            ));
        };
        let known = self.state.queue.as_ref().and_then(|queue| {
            queue
                .entries
                .iter()
                .find(|entry| entry.ticket == ticket)
                .map(|entry| (entry.priority, entry.since))
        });
        let (priority, since) = known.unwrap_or_default();
        self.receive(
            QueueEntry {
                ticket,
                number: pass.number,
                masked_name: pass.masked_name,
                campaign: pass.campaign,
                category: pass.category,
                priority,
                state: TicketStateName::Called,
                since,
                times_called: 1,
                station: Some(self.station),
                station_name: Some(self.state.station_name.clone()),
            },
            effects,
        );
        let number = pass.number;
        self.tell(
            NoticeLevel::Info,
            &format!("离线受理 {number}：排号码已验证，恢复连接后自动补报"),
            &format!("{number} is taken in offline: the ticket is genuine, the server is told later"),
        );
    }

    /// Why a genuine ticket is of no use any more, as far as this desk knows.
    fn used_up(&self, pass: &Pass) -> Option<Failure> {
        let number = pass.number;
        let mut waiting = self.state.waiting_for_yes.iter();
        if waiting.any(|other| other.number == number && other.state != PortraitStateName::Objected) {
            return Some(Failure::new(
                format!(
                    "{number} 的排号码已用过：照片拍好了，正等学生在手机上确认；要重拍请学生点“申请重拍”"
                ),
                format!(
                    "Ticket {number} was used: the portrait waits for the student's yes. For another shot the student objects on the phone"
                ),
            ));
        }
        let entry = self.state.queue.as_ref()?.entries.iter().find(|entry| entry.ticket == pass.ticket)?;
        let elsewhere = entry.station.is_some_and(|station| station != self.station);
        let name = entry.station_name.as_deref().filter(|_| elsewhere)?;
        Some(Failure::new(
            format!("{number} 已由 {name} 叫号，请学生去那里；要在这里拍，请那边转机位"),
            format!(
                "{number} was called to {name}: send the student there, or have that station hand them over"
            ),
        ))
    }

    fn pass_of(&self, number: TicketNumber) -> Option<Pass> {
        let here = self.state.current.as_ref().filter(|current| current.number == number);
        let here = here.zip(self.campaign).map(|(current, campaign)| Pass {
            ticket: current.ticket,
            number,
            masked_name: current.masked_name.clone(),
            campaign,
            category: current.category,
        });
        here.or_else(|| {
            let mut entries = self.state.queue.as_ref()?.entries.iter();
            entries.find(|entry| entry.number == number).map(Pass::from)
        })
    }

    fn warn(&mut self, failure: &Failure) {
        self.tell(NoticeLevel::Warning, &failure.zh, &failure.en);
    }
}

fn unknown(number: TicketNumber) -> Failure {
    Failure::new(
        format!("今天的队列里没有 {number}：可能已拍完、已取消，或号码输错"),
        format!("{number} is not in today's queue: done, cancelled, or mistyped"),
    )
}
