//! What the operator may do when.

use gradshot_domain::{Severity, ShotId, TicketId};
use gradshot_wire::desk::{ArrivalProof, DeskCommand, NoticeLevel, Shot, ShotProgress, StudentPhase};

use super::effect::{Binding, Effect, SealOrder};
use super::event::Scanned;
use super::{MAX_SHOTS, Session};

impl Session {
    pub(super) fn obey(&mut self, command: &DeskCommand, effects: &mut Vec<Effect>) {
        match *command {
            DeskCommand::Look | DeskCommand::Scan { .. } => {}
            DeskCommand::CallNext => self.call_next(effects),
            DeskCommand::CallTicket { ticket } if self.at_work() => self.ask_to_finish(ticket),
            DeskCommand::CallTicket { ticket } => effects.push(Effect::Call(ticket)),
            DeskCommand::Recall => self.recall(effects),
            DeskCommand::Skip => self.skip(effects),
            DeskCommand::ComeBack { ticket, rule } => effects.push(Effect::ComeBack(ticket, rule)),
            DeskCommand::Shoot => self.shoot(effects),
            DeskCommand::SelectShot { shot } => self.select(shot),
            DeskCommand::Accept => self.accept(effects),
            DeskCommand::NotThisPerson => self.not_this_person(effects),
            DeskCommand::RetryOutbox => effects.push(Effect::RetryRefused),
            DeskCommand::ReopenCamera => effects.push(Effect::ReopenCamera),
            DeskCommand::DismissNotice => self.state.notice = None,
        }
    }

    /// A student stands before the camera, or the portrait is being sealed.
    fn at_work(&self) -> bool {
        self.state.current.as_ref().is_some_and(|current| current.phase != StudentPhase::Called)
    }

    fn ask_to_finish(&mut self, ticket: TicketId) {
        if self.state.current.as_ref().is_some_and(|current| current.ticket != ticket) {
            self.tell(NoticeLevel::Warning, "请先完成当前学生", "Finish with the present student first");
        }
    }

    fn call_next(&mut self, effects: &mut Vec<Effect>) {
        match &self.state.current {
            None => effects.push(Effect::CallNext),
            Some(current) if current.phase == StudentPhase::Called => {
                self.tell(
                    NoticeLevel::Warning,
                    "上一位还未到场：复呼或过号",
                    "The last one has not come: call again or pass over",
                );
            }
            Some(current) => {
                let ticket = current.ticket;
                self.tell(NoticeLevel::Warning, "请先完成当前学生", "Finish with the present student first");
                tracing::debug!(%ticket, "call refused while a student is at the station");
            }
        }
    }

    fn recall(&mut self, effects: &mut Vec<Effect>) {
        if let Some(current) = &self.state.current
            && current.phase == StudentPhase::Called
        {
            effects.push(Effect::Call(current.ticket));
        }
    }

    fn skip(&mut self, effects: &mut Vec<Effect>) {
        if let Some(current) = &self.state.current
            && current.phase != StudentPhase::Sealing
        {
            effects.push(Effect::Skip(current.ticket));
        }
    }

    pub(super) fn scan(&mut self, scanned: Scanned, effects: &mut Vec<Effect>) {
        let (ticket, number, proof) = match scanned {
            Scanned::Wrong(failure) => {
                return self.tell(NoticeLevel::Warning, &failure.zh, &failure.en);
            }
            Scanned::Ticket(ticket, number) => (Some(ticket), number, ArrivalProof::Scanned),
            Scanned::Number(number) => (self.ticket_of(number), number, ArrivalProof::Typed),
        };
        let Some(ticket) = ticket else {
            let (zh, en) =
                (format!("今天的队列里没有 {number}"), format!("{number} is not in today's queue"));
            return self.tell(NoticeLevel::Warning, &zh, &en);
        };
        match &mut self.state.current {
            None => {
                self.arrived_ahead = Some((ticket, proof));
                effects.push(Effect::Call(ticket));
            }
            Some(current) if current.ticket == ticket => {
                if current.arrival.is_none() {
                    current.arrival = Some(proof);
                    current.phase = StudentPhase::Arrived;
                    self.state.notice = None;
                    effects.push(Effect::ReportArrival(ticket, number));
                }
            }
            Some(current) => {
                let called = current.number;
                let zh = format!("这是 {number} 的排号，现在叫的是 {called}，请核对");
                let en = format!("This is ticket {number}, but {called} was called: please check");
                self.tell(NoticeLevel::Warning, &zh, &en);
            }
        }
    }

    fn ticket_of(&self, number: gradshot_domain::TicketNumber) -> Option<TicketId> {
        let here = self.state.current.as_ref().filter(|current| current.number == number).map(|c| c.ticket);
        here.or_else(|| {
            let entries = self.state.queue.as_ref()?.entries.iter();
            entries.clone().find(|entry| entry.number == number).map(|entry| entry.ticket)
        })
    }

    fn shoot(&mut self, effects: &mut Vec<Effect>) {
        let Some(current) = &self.state.current else {
            return self.tell(NoticeLevel::Info, "请先叫号", "Call a number first");
        };
        match current.phase {
            StudentPhase::Called => self.tell(
                NoticeLevel::Warning,
                "请先扫描学生的排号码，确认本人到场",
                "Scan the student's ticket first, to be sure who is here",
            ),
            StudentPhase::Arrived if !self.pending_shot => {
                let ticket = current.ticket;
                self.pending_shot = true;
                self.state.notice = None;
                effects.push(Effect::Shoot(ticket));
            }
            StudentPhase::Arrived | StudentPhase::Sealing => {}
        }
    }

    /// A picture came. It belongs to the ticket for which the shutter was released, or to nobody.
    pub(super) fn bind(&mut self, binding: Binding, effects: &mut Vec<Effect>) {
        self.pending_shot = false;
        let campaign = self.campaign;
        let bound = self.state.current.as_mut().zip(campaign).filter(|(current, _)| {
            current.ticket == binding.ticket && current.phase == StudentPhase::Arrived
        });
        let Some((current, campaign)) = bound else {
            effects.push(Effect::Forget(vec![binding.shot]));
            return;
        };
        effects.push(Effect::LogBinding(binding));
        current.shots.push(Shot {
            id: binding.shot,
            taken_at: binding.taken_at,
            progress: ShotProgress::Developing,
        });
        current.selected = Some(binding.shot);
        if current.shots.len() > MAX_SHOTS {
            effects.push(Effect::Forget(vec![current.shots.remove(0).id]));
        }
        effects.push(Effect::Develop { ticket: binding.ticket, shot: binding.shot, campaign });
    }

    pub(super) fn show(&mut self, ticket: TicketId, shot: ShotId, progress: ShotProgress) {
        let shots = self.state.current.as_mut().filter(|current| current.ticket == ticket);
        if let Some(shot) = shots.and_then(|current| current.shots.iter_mut().find(|other| other.id == shot))
        {
            shot.progress = progress;
        }
    }

    fn select(&mut self, shot: ShotId) {
        if let Some(current) = &mut self.state.current
            && current.shots.iter().any(|other| other.id == shot)
        {
            current.selected = Some(shot);
        }
    }

    fn accept(&mut self, effects: &mut Vec<Effect>) {
        let Some((current, campaign)) = self.state.current.as_mut().zip(self.campaign) else {
            return;
        };
        if current.phase != StudentPhase::Arrived {
            return;
        }
        let selected = current.shots.iter().find(|shot| Some(shot.id) == current.selected);
        let refusal = match selected.map(|shot| &shot.progress) {
            None => Some(("请先拍摄", "Take a shot first")),
            Some(ShotProgress::Developing) => {
                Some(("标准照还在制作，请稍等", "The portrait is still being made"))
            }
            Some(ShotProgress::Unreadable { .. } | ShotProgress::Ready { has_portrait: false, .. }) => {
                Some(("这张照片做不出标准照，请重拍", "No portrait came of this shot: shoot again"))
            }
            Some(ShotProgress::Ready { verdict, .. }) if verdict.outcome == Severity::Retake => {
                Some(("这张照片不符合标准，请重拍", "This portrait violates the standard: shoot again"))
            }
            Some(ShotProgress::Ready { .. }) => None,
        };
        if let Some((zh, en)) = refusal {
            return self.tell(NoticeLevel::Warning, zh, en);
        }
        if let Some(shot) = current.selected {
            current.phase = StudentPhase::Sealing;
            effects.push(Effect::Seal(SealOrder {
                ticket: current.ticket,
                number: current.number,
                masked_name: current.masked_name.clone(),
                campaign,
                shot,
            }));
            self.state.notice = None;
        }
    }

    /// Somebody else stood before the camera: nothing of what was shot may stay.
    fn not_this_person(&mut self, effects: &mut Vec<Effect>) {
        let Some(current) = &mut self.state.current else { return };
        if current.phase == StudentPhase::Sealing {
            return;
        }
        effects.push(Effect::Forget(current.shots.drain(..).map(|shot| shot.id).collect()));
        current.selected = None;
        current.arrival = None;
        current.phase = StudentPhase::Called;
        self.pending_shot = false;
        self.tell(
            NoticeLevel::Info,
            "已清除照片，请重新扫描排号码",
            "The shots are gone: scan the ticket again",
        );
    }
}
