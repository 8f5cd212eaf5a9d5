//! What the operator may do when.

use gradshot_domain::TicketId;
use gradshot_wire::desk::{DeskCommand, DeskSettings, NoticeLevel, PrintWay, StudentPhase};

use super::Session;
use super::effect::{Effect, Note};

/// Letters that a scanner may type around a code.
const AFFIX_MAX: usize = 16;
/// Letters of a camera's id.
const CAMERA_ID_MAX: usize = 200;
/// Numbers that may go first before somebody who was passed over.
const BACK_AFTER_MAX: u16 = 50;

impl Session {
    pub(super) fn obey(&mut self, command: DeskCommand, effects: &mut Vec<Effect>) {
        match command {
            DeskCommand::Look | DeskCommand::Scan { .. } => {}
            DeskCommand::CallNext => self.call_next(effects),
            DeskCommand::CallTicket { ticket } if self.at_work() => self.ask_to_finish(ticket),
            DeskCommand::CallTicket { ticket } => effects.push(Effect::Call(ticket)),
            DeskCommand::Recall => self.recall(effects),
            DeskCommand::Skip => self.skip(effects),
            DeskCommand::ComeBack { ticket, rule } => effects.push(Effect::ComeBack(ticket, rule)),
            DeskCommand::Transfer { station } => {
                effects.extend(self.movable().map(|ticket| Effect::Transfer(ticket, station)));
            }
            DeskCommand::FindStudios => effects.extend(self.movable().map(Effect::FindStudios)),
            DeskCommand::TransferToStudio { studio } => {
                effects.extend(self.movable().map(|ticket| Effect::TransferToStudio(ticket, studio)));
            }
            DeskCommand::Pause => effects.push(Effect::Pause(true)),
            DeskCommand::Resume => effects.push(Effect::Pause(false)),
            DeskCommand::Shoot => self.shoot(effects),
            DeskCommand::Retake => self.arm(effects),
            DeskCommand::StopCountdown => self.stop_countdown(),
            DeskCommand::SelectShot { shot } => self.select(shot),
            DeskCommand::NudgeCrop { shot, nudge } => self.nudge(shot, nudge, effects),
            DeskCommand::Accept => self.accept(effects),
            DeskCommand::NotThisPerson => self.not_this_person(effects),
            DeskCommand::RetryOutbox => effects.push(Effect::RetryRefused),
            DeskCommand::ReopenCamera => effects.push(Effect::ReopenCamera),
            DeskCommand::FindCameras => effects.push(Effect::FindCameras),
            DeskCommand::ChooseCamera { id } => self.choose_camera(id, effects),
            DeskCommand::SetCamera { key, value } => effects.push(Effect::SetCamera(key, value)),
            DeskCommand::ApplyPreset { name } => effects.push(Effect::ApplyPreset(name)),
            DeskCommand::KeepPreset { name } => effects.push(Effect::KeepPreset(name)),
            DeskCommand::DeletePreset { name } => effects.push(Effect::DeletePreset(name)),
            DeskCommand::TestShot => self.shoot_test(effects),
            DeskCommand::CloseTest => self.close_test(effects),
            DeskCommand::TestCall => effects.push(Effect::TestCall),
            DeskCommand::Print { shot, copies, printed } => self.print(shot, copies, printed, effects),
            DeskCommand::DismissPrint => self.dismiss_print(),
            DeskCommand::SettlePrint { print, printed } => self.settle_print(print, printed, effects),
            DeskCommand::TestPrint => self.test_print(effects),
            DeskCommand::FindPrinters => effects.push(Effect::FindPrinters),
            DeskCommand::ChangeSettings { settings } => self.change(settings, effects),
            DeskCommand::DismissNotice => self.state.notice = None,
        }
    }

    /// A student stands before the camera, or the portrait is being sealed.
    pub(super) fn at_work(&self) -> bool {
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
            effects.push(Effect::Skip(current.ticket, current.number));
        }
    }

    /// The student here, who may go elsewhere as long as no portrait is being sealed.
    fn movable(&self) -> Option<TicketId> {
        let current = self.state.current.as_ref();
        current.filter(|current| current.phase != StudentPhase::Sealing).map(|current| current.ticket)
    }

    /// Somebody else stood before the camera: nothing of what was shot may stay.
    fn not_this_person(&mut self, effects: &mut Vec<Effect>) {
        let Some(current) = &mut self.state.current else { return };
        if current.phase == StudentPhase::Sealing {
            return;
        }
        effects.push(Effect::Note(current.ticket, current.number, Note::NotThisPerson));
        effects.push(Effect::Forget(current.shots.drain(..).map(|shot| shot.id).collect()));
        effects.push(Effect::ForgetFace(current.ticket));
        current.selected = None;
        current.arrival = None;
        current.countdown = None;
        current.other_face = false;
        current.phase = StudentPhase::Called;
        self.pending_shot = false;
        self.shutter.rest();
        self.tell(
            NoticeLevel::Info,
            "已清除照片，请重新扫描排号码",
            "The shots are gone: scan the ticket again",
        );
    }

    fn change(&mut self, settings: DeskSettings, effects: &mut Vec<Effect>) {
        let affix = |text: String| text.chars().filter(|c| !c.is_control()).take(AFFIX_MAX).collect();
        let settings = DeskSettings {
            countdown_ms: settings.countdown_ms.clamp(500, 5000),
            back_after: settings.back_after.min(BACK_AFTER_MAX),
            scanner_prefix: affix(settings.scanner_prefix),
            scanner_suffix: affix(settings.scanner_suffix),
            scanner_webcam: settings.scanner_webcam.chars().take(CAMERA_ID_MAX).collect(),
            voice: settings.voice.within_limits(),
            printing: settings.printing.within_limits(),
            ..settings
        };
        effects.push(Effect::KeepSettings(settings.clone()));
        if settings.printing.way == PrintWay::Off {
            self.let_go(effects);
        }
        self.state.settings = settings;
        self.consider_countdown(effects);
    }
}
