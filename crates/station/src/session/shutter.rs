//! The shutter, and when it fires by itself.
//!
//! The automatic shutter fires once for a student: armed by the arrival, again by 重拍 or by a shot that violates the
//! standard, disarmed by whoever stops the countdown. A countdown lasts only as long as the coach finds everything in
//! order.

use gradshot_wire::desk::{Countdown, CurrentStudent, NoticeLevel, StudentPhase};

use super::Session;
use super::effect::Effect;

/// What the automatic shutter knows.
#[derive(Debug, Default)]
pub(super) struct Automatic {
    armed: bool,
    /// What the coach said last.
    in_order: bool,
    /// Countdowns begun.
    begun: u32,
}

impl Automatic {
    /// Nobody is before the camera, or something went wrong: wait for the next arrival.
    pub(super) fn rest(&mut self) {
        self.armed = false;
        self.in_order = false;
    }
}

impl Session {
    pub(super) fn shoot(&mut self, effects: &mut Vec<Effect>) {
        let Some(current) = &mut self.state.current else {
            return self.tell(NoticeLevel::Info, "请先叫号", "Call a number first");
        };
        match current.phase {
            StudentPhase::Called => self.tell(
                NoticeLevel::Warning,
                "请先扫描学生的排号码，确认本人到场",
                "Scan the student's ticket first, to be sure who is here",
            ),
            StudentPhase::Arrived if !self.pending_shot => {
                current.countdown = None;
                let ticket = current.ticket;
                self.pending_shot = true;
                self.shutter.armed = false;
                self.state.notice = None;
                effects.push(Effect::Shoot(ticket));
            }
            StudentPhase::Arrived | StudentPhase::Sealing => {}
        }
    }

    /// The automatic shutter may fire again.
    pub(super) fn arm(&mut self, effects: &mut Vec<Effect>) {
        self.shutter.armed = true;
        self.consider_countdown(effects);
    }

    /// The coach found everything in order, or no longer.
    pub(super) fn coached(&mut self, in_order: bool, effects: &mut Vec<Effect>) {
        self.shutter.in_order = in_order;
        self.consider_countdown(effects);
    }

    pub(super) fn stop_countdown(&mut self) {
        self.shutter.armed = false;
        if let Some(current) = &mut self.state.current {
            current.countdown = None;
        }
    }

    pub(super) fn countdown_over(&mut self, serial: u32, effects: &mut Vec<Effect>) {
        let countdown = self.state.current.as_ref().and_then(|current| current.countdown);
        if countdown.is_some_and(|countdown| countdown.serial == serial) {
            self.shoot(effects);
        }
    }

    /// Begins a countdown when everything allows it, ends one when something no longer does.
    pub(super) fn consider_countdown(&mut self, effects: &mut Vec<Effect>) {
        let camera = &self.state.camera;
        let may = self.state.settings.auto_shutter
            && self.shutter.armed
            && self.shutter.in_order
            && !self.pending_shot
            && camera.ready
            && camera.shoots_on_request;
        let millis = self.state.settings.countdown_ms;
        let arrived = |current: &&mut CurrentStudent| current.phase == StudentPhase::Arrived;
        let Some(current) = self.state.current.as_mut().filter(arrived) else { return };
        if !may {
            current.countdown = None;
        } else if current.countdown.is_none() {
            self.shutter.begun = self.shutter.begun.wrapping_add(1);
            let countdown = Countdown { serial: self.shutter.begun, millis };
            current.countdown = Some(countdown);
            effects.push(Effect::CountDown(countdown));
        }
    }
}
