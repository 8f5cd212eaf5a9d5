//! Who stands before the simulated lens, and what goes wrong.

use std::{
    collections::VecDeque,
    sync::{Arc, Condvar, Mutex},
    time::{Duration, Instant},
};

use crate::{Fault, sync::lock};

/// Something to go wrong with one shot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SimulatedFault {
    /// The camera does not find focus and takes no picture.
    OutOfFocus,
    /// The card has no room.
    CardFull,
    /// There is no card.
    CardMissing,
    /// Only the RAW file arrives.
    RawOnly,
    /// The camera refuses for a reason of its own.
    Refused,
    /// The shot takes so long; [`SimulatedControl::heal`] ends the wait early.
    SlowShutter(Duration),
    /// The file arrives with scrambled contents.
    CorruptFile,
    /// Only the first half of the file arrives.
    TruncatedFile,
}

/// The strings of a simulated camera; clones pull the same ones.
#[derive(Debug, Clone, Default)]
pub struct SimulatedControl {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    healed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    subject: usize,
    next_faults: VecDeque<SimulatedFault>,
    every_fault: Option<SimulatedFault>,
    absence: Option<Fault>,
    live_broken: bool,
    live_period: Option<Duration>,
    body_releases: u32,
    heals: u64,
}

impl SimulatedControl {
    /// Lets the person on this photo stand before the lens: the index in the order of file names, counted round the
    /// folder when there are more students than photos.
    pub fn present(&self, index: usize) {
        lock(&self.shared.state).subject = index;
    }

    /// The next person, please. Returns the index.
    pub fn next_subject(&self) -> usize {
        let mut state = lock(&self.shared.state);
        state.subject = state.subject.wrapping_add(1);
        state.subject
    }

    /// The index last asked for.
    pub fn subject(&self) -> usize {
        lock(&self.shared.state).subject
    }

    /// Spoils one coming shot; several calls spoil several, in order.
    pub fn fail_next_shot(&self, fault: SimulatedFault) {
        lock(&self.shared.state).next_faults.push_back(fault);
    }

    /// Spoils each shot until [`Self::heal`].
    pub fn fail_every_shot(&self, fault: SimulatedFault) {
        lock(&self.shared.state).every_fault = Some(fault);
    }

    /// Pulls the cable.
    pub fn unplug(&self) {
        lock(&self.shared.state).absence = Some(Fault::Unplugged);
    }

    /// Lets the camera go to sleep.
    pub fn fall_asleep(&self) {
        lock(&self.shared.state).absence = Some(Fault::Asleep);
    }

    /// Lets another program take the camera.
    pub fn hold_elsewhere(&self) {
        lock(&self.shared.state).absence = Some(Fault::HeldByAnotherProgram);
    }

    /// Lets the system forbid the camera to this program.
    pub fn forbid(&self) {
        lock(&self.shared.state).absence = Some(Fault::NotPermitted);
    }

    /// Drains the battery.
    pub fn run_down(&self) {
        lock(&self.shared.state).absence = Some(Fault::BatteryEmpty);
    }

    /// Ends live view, while stills go on.
    pub fn break_live_view(&self) {
        lock(&self.shared.state).live_broken = true;
    }

    /// Shows a live frame this often, instead of about 15 times a second, from the next time that the camera is opened.
    pub fn show_every(&self, period: Duration) {
        lock(&self.shared.state).live_period = Some(period);
    }

    /// Presses the shutter on the camera's body.
    pub fn press_body_shutter(&self) {
        let mut state = lock(&self.shared.state);
        state.body_releases = state.body_releases.saturating_add(1);
    }

    /// Takes every fault back: plugged in, awake, free, with room on the card.
    pub fn heal(&self) {
        let mut state = lock(&self.shared.state);
        state.next_faults.clear();
        state.every_fault = None;
        state.absence = None;
        state.live_broken = false;
        state.heals = state.heals.wrapping_add(1);
        self.shared.healed.notify_all();
    }

    pub(super) fn absence(&self) -> Option<Fault> {
        lock(&self.shared.state).absence
    }

    pub(super) fn present_or_fault(&self) -> Result<(), Fault> {
        self.absence().map_or(Ok(()), Err)
    }

    pub(super) fn live_or_fault(&self) -> Result<(), Fault> {
        self.present_or_fault()?;
        if lock(&self.shared.state).live_broken { Err(Fault::Refused) } else { Ok(()) }
    }

    pub(super) fn live_period(&self) -> Option<Duration> {
        lock(&self.shared.state).live_period
    }

    pub(super) fn take_shot_fault(&self) -> Option<SimulatedFault> {
        let mut state = lock(&self.shared.state);
        state.next_faults.pop_front().or(state.every_fault)
    }

    pub(super) fn card_is_full(&self) -> bool {
        lock(&self.shared.state).every_fault == Some(SimulatedFault::CardFull)
    }

    /// Takes one release of the body's shutter; true when there was one.
    pub(super) fn take_body_release(&self) -> bool {
        let mut state = lock(&self.shared.state);
        let pressed = state.body_releases > 0;
        state.body_releases = state.body_releases.saturating_sub(1);
        pressed
    }

    pub(super) fn body_released(&self) -> bool {
        lock(&self.shared.state).body_releases > 0
    }

    /// Waits so long, or until somebody heals the camera.
    pub(super) fn linger(&self, wait: Duration) {
        let until = Instant::now().checked_add(wait);
        let mut state = lock(&self.shared.state);
        let heals = state.heals;
        while state.heals == heals {
            let left = until.map_or(Duration::MAX, |until| until.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                return;
            }
            state = match self.shared.healed.wait_timeout(state, left) {
                Ok((state, _)) => state,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
    }
}
