//! The machine's decisions, with time as an argument.

use std::time::Duration;

use super::{link::STUCK_MAX, *};
use crate::{Abilities, Device, DeviceId, FramePixels, LiveFrame, Shot, ShotFormat};

const MS: Duration = Duration::from_millis(1);
const ONE: ShotRequest = ShotRequest(1);
const TWO: ShotRequest = ShotRequest(2);

/// A machine with a clock of its own.
struct Bench {
    machine: Machine,
    now: Instant,
}

impl Bench {
    fn new() -> Self {
        let now = Instant::now();
        Self { machine: Machine::new(Limits::default(), now), now }
    }

    /// Connected, with the first status and the first poll behind it.
    fn connected() -> Self {
        let mut bench = Self::new();
        bench.tick();
        bench.answer(Answer::Opened(Ok(opened())));
        bench.done(Ok(Outcome::Status(Status::default())));
        bench.done(Ok(Outcome::Polled { shot: None, more: false }));
        bench
    }

    fn input(&mut self, input: Input) -> Vec<Effect> {
        self.machine.step(input, self.now)
    }

    fn tick(&mut self) -> Vec<Effect> {
        self.input(Input::Tick)
    }

    fn command(&mut self, command: Command) -> Vec<Effect> {
        self.input(Input::Command(command))
    }

    fn answer(&mut self, answer: Answer) -> Vec<Effect> {
        let epoch = self.machine.epoch;
        self.input(Input::Answer { epoch, answer })
    }

    fn done(&mut self, result: Result<Outcome, Fault>) -> Vec<Effect> {
        self.answer(Answer::Done(result))
    }

    /// Lets time pass up to the next thing to do, and does it.
    fn sleep(&mut self) -> Vec<Effect> {
        self.now = self.now.max(self.machine.wake_at());
        self.tick()
    }
}

fn opened() -> Opened {
    Opened {
        device: Device::usable(DeviceId::new("scripted", 0), "Camera"),
        abilities: Abilities { still: true, live: true, outside: true, settings: false },
        frame_period: 60 * MS,
        poll_period: 100 * MS,
    }
}

fn shot() -> Shot {
    Shot {
        file_name: "a.jpg".into(),
        format: ShotFormat::Jpeg,
        bytes: vec![1],
        modified_at: None,
        on_card: None,
    }
}

fn frame() -> LiveFrame {
    LiveFrame { width_px: 1, height_px: 1, pixels: FramePixels::Rgb([0, 0, 0].into()) }
}

fn failed(request: ShotRequest, fault: Fault) -> Effect {
    Effect::Emit(Event::Failed { activity: Activity::Shot(request), fault })
}

fn lost(fault: Fault) -> Effect {
    Effect::Emit(Event::Disconnected { fault })
}

#[test]
fn a_shot_overtakes_frames_and_live_view_goes_on_after_it() {
    let mut bench = Bench::connected();
    assert_eq!(bench.command(Command::Watch), [Effect::Give(Job::StartLive)]);
    assert_eq!(bench.done(Ok(Outcome::LiveStarted)), [Effect::Give(Job::Frame)]);
    assert_eq!(bench.command(Command::Shoot(ONE)), [], "one call at a time");
    assert_eq!(
        bench.done(Ok(Outcome::Frame(frame()))),
        [Effect::Emit(Event::LiveFrame(frame())), Effect::Give(Job::Shoot(ONE))]
    );
    assert_eq!(
        bench.done(Ok(Outcome::Shot(shot()))),
        [Effect::Emit(Event::Shot { request: Some(ONE), shot: shot() })]
    );
    assert_eq!(bench.sleep(), [Effect::Give(Job::Frame)]);
    assert_eq!(bench.command(Command::Unwatch), []);
    assert_eq!(bench.done(Ok(Outcome::Frame(frame()))), [Effect::Give(Job::StopLive)]);
    assert_eq!(bench.done(Ok(Outcome::LiveStopped)), []);
}

#[test]
fn frames_keep_the_cameras_pace_and_leave_room_for_polls() {
    let mut bench = Bench::connected();
    bench.command(Command::Watch);
    bench.done(Ok(Outcome::LiveStarted));
    let mut given = Vec::new();
    let end = bench.now + Duration::from_secs(1);
    while bench.now < end {
        bench.done(Ok(Outcome::Frame(frame())));
        for effect in bench.sleep() {
            if effect == Effect::Give(Job::Poll) {
                bench.done(Ok(Outcome::Polled { shot: None, more: false }));
            }
            given.push(effect);
        }
    }
    let count = |job: Job| given.iter().filter(|effect| **effect == Effect::Give(job.clone())).count();
    assert!((8..=17).contains(&count(Job::Frame)), "{}", count(Job::Frame));
    assert!(count(Job::Poll) >= 5, "{}", count(Job::Poll));
}

#[test]
fn a_live_view_that_dies_starts_again_and_stills_go_on() {
    let mut bench = Bench::connected();
    bench.command(Command::Watch);
    bench.done(Ok(Outcome::LiveStarted));
    assert_eq!(
        bench.done(Err(Fault::Refused)),
        [
            Effect::Give(Job::StopLive),
            Effect::Emit(Event::Failed { activity: Activity::Live, fault: Fault::Refused })
        ]
    );
    assert_eq!(bench.done(Ok(Outcome::LiveStopped)), []);
    assert_eq!(bench.command(Command::Shoot(ONE)), [Effect::Give(Job::Shoot(ONE))]);
    bench.done(Ok(Outcome::Shot(shot())));
    let mut starts = 0;
    let mut effects = Vec::new();
    for _ in 0..60 {
        if effects.is_empty() {
            effects = bench.sleep();
        }
        effects = match effects.as_slice() {
            [Effect::Give(Job::StartLive)] => {
                starts += 1;
                let told = bench.done(Err(Fault::Refused));
                assert!(told.iter().all(|effect| matches!(effect, Effect::Give(_))), "told once: {told:?}");
                told
            }
            [Effect::Give(Job::Poll)] => bench.done(Ok(Outcome::Polled { shot: None, more: false })),
            [Effect::Give(Job::Status)] => bench.done(Ok(Outcome::Status(Status::default()))),
            other => panic!("{other:?}"),
        };
    }
    assert!(starts >= 2, "{starts}");
}

#[test]
fn losing_focus_keeps_the_camera_and_losing_the_cable_does_not() {
    let mut bench = Bench::connected();
    bench.command(Command::Shoot(ONE));
    assert_eq!(bench.done(Err(Fault::OutOfFocus)), [failed(ONE, Fault::OutOfFocus)]);
    bench.command(Command::Shoot(ONE));
    bench.command(Command::Shoot(TWO));
    assert_eq!(
        bench.done(Err(Fault::Unplugged)),
        [failed(ONE, Fault::Unplugged), failed(TWO, Fault::Unplugged), lost(Fault::Unplugged), Effect::LetGo]
    );
    assert_eq!(bench.answer(Answer::Ended(None)), []);
    assert_eq!(bench.command(Command::Shoot(ONE)), [failed(ONE, Fault::Unplugged)], "no late shutter");
    for _ in 0..3 {
        assert!(matches!(bench.sleep()[..], [Effect::Open { .. }]));
        assert_eq!(bench.answer(Answer::Opened(Err(Fault::Unplugged))), [Effect::LetGo], "told once");
        bench.answer(Answer::Ended(None));
    }
    bench.sleep();
    assert_eq!(
        bench.answer(Answer::Opened(Err(Fault::HeldByAnotherProgram))),
        [lost(Fault::HeldByAnotherProgram), Effect::LetGo]
    );
    bench.answer(Answer::Ended(None));
    bench.sleep();
    assert!(matches!(
        bench.answer(Answer::Opened(Ok(opened())))[..],
        [Effect::Emit(Event::Connected { .. }), Effect::Give(Job::Status)]
    ));
}

#[test]
fn live_view_comes_back_with_the_camera() {
    let mut bench = Bench::connected();
    bench.command(Command::Watch);
    bench.done(Ok(Outcome::LiveStarted));
    bench.done(Err(Fault::Unplugged));
    bench.answer(Answer::Ended(None));
    bench.sleep();
    bench.answer(Answer::Opened(Ok(opened())));
    bench.done(Ok(Outcome::Status(Status::default())));
    assert_eq!(bench.done(Ok(Outcome::Polled { shot: None, more: false })), [Effect::Give(Job::StartLive)]);
}

#[test]
fn a_call_that_does_not_return_is_given_up_and_its_late_file_thrown_away() {
    let mut bench = Bench::connected();
    bench.command(Command::Shoot(ONE));
    let late = bench.machine.epoch;
    assert_eq!(bench.sleep(), [failed(ONE, Fault::NotAnswering), lost(Fault::NotAnswering), Effect::LetGo]);
    assert!(matches!(bench.sleep()[..], [Effect::Open { .. }]));
    bench.answer(Answer::Opened(Ok(opened())));
    let answer = Answer::Done(Ok(Outcome::Shot(shot())));
    assert_eq!(bench.input(Input::Answer { epoch: late, answer }), [], "it may show somebody else");
}

#[test]
fn threads_that_never_come_back_are_few() {
    let mut bench = Bench::new();
    let mut opens = Vec::new();
    for _ in 0..50 {
        for effect in bench.sleep() {
            if let Effect::Open { epoch } = effect {
                opens.push(epoch);
            }
        }
    }
    assert_eq!(opens.len(), STUCK_MAX);
    bench.input(Input::Answer { epoch: opens[0], answer: Answer::Ended(None) });
    assert!((0..3).any(|_| matches!(bench.sleep()[..], [Effect::Open { .. }])));
}

#[test]
fn a_panic_fails_the_shot_that_was_being_taken() {
    let mut bench = Bench::connected();
    bench.command(Command::Shoot(ONE));
    assert_eq!(
        bench.answer(Answer::Ended(Some(Fault::DriverFailed))),
        [failed(ONE, Fault::DriverFailed), lost(Fault::DriverFailed), Effect::LetGo]
    );
    assert!(matches!(bench.sleep()[..], [Effect::Open { .. }]));
}

#[test]
fn impatience_is_limited() {
    let mut bench = Bench::connected();
    bench.command(Command::Shoot(ONE));
    for _ in 0..Limits::default().shots_pending {
        assert_eq!(bench.command(Command::Shoot(TWO)), []);
    }
    assert_eq!(bench.command(Command::Shoot(ShotRequest(9))), [failed(ShotRequest(9), Fault::Busy)]);
}

#[test]
fn reopening_by_hand_tries_at_once_and_tells_again() {
    let mut bench = Bench::connected();
    assert_eq!(bench.command(Command::Reopen), [lost(Fault::Starting), Effect::LetGo]);
    assert!(matches!(bench.answer(Answer::Ended(None))[..], [Effect::Open { .. }]));
    assert_eq!(bench.answer(Answer::Opened(Err(Fault::Asleep))), [lost(Fault::Asleep), Effect::LetGo]);
    bench.answer(Answer::Ended(None));
    assert!(matches!(bench.command(Command::Reopen)[..], [Effect::Open { .. }]));
    assert_eq!(bench.answer(Answer::Opened(Err(Fault::Asleep))), [lost(Fault::Asleep), Effect::LetGo]);
}

#[test]
fn closing_waits_for_the_camera_but_not_for_ever() {
    let mut bench = Bench::connected();
    assert_eq!(bench.command(Command::Close), [Effect::LetGo]);
    assert_eq!(bench.answer(Answer::Ended(None)), [Effect::Finish]);
    let mut bench = Bench::connected();
    bench.command(Command::Close);
    assert_eq!(bench.sleep(), [Effect::Finish]);
    assert_eq!(Bench::new().command(Command::Close), [Effect::Finish]);
}

#[test]
fn a_camera_without_live_view_says_so_once() {
    let mut bench = Bench::new();
    bench.tick();
    bench.command(Command::Watch);
    let mut opened = opened();
    opened.abilities.live = false;
    let fault = Fault::NotAvailable(Ability::Live);
    let told = Effect::Emit(Event::Failed { activity: Activity::Live, fault });
    assert!(bench.answer(Answer::Opened(Ok(opened))).contains(&told));
    assert_eq!(bench.command(Command::Watch), []);
}
