//! The machine's promises, told as short scenes.

use gradshot_domain::{
    BusinessDay, CampaignId, Category, Finding, FindingId, Limit, MaskedName, PortraitId, PrintId, Priority,
    Severity, ShotId, StationId, StudioId, TicketId, TicketNumber, Unit, Verdict,
};
use gradshot_wire::desk::{
    ArrivalProof, CameraLink, CropNudge, DeskCommand, DeskSettings, PrintSettings, PrintStage, PrintWay,
    ServerLink, ShotProgress, StudentPhase, WaitingForYes,
};
use gradshot_wire::portrait::PortraitStateName;
use gradshot_wire::queue::{OtherStudio, Queue, QueueEntry, TransferredTicket};
use gradshot_wire::ticket::TicketStateName;
use jiff::Timestamp;
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::{Binding, Effect, Event, Failure, Note, Pass, PrintNews, Scanned, Session};

struct Scene {
    rng: StdRng,
    session: Session,
}

fn now() -> Timestamp {
    Timestamp::from_second(1_779_000_000).unwrap()
}

fn finding(id: FindingId, severity: Severity) -> Finding {
    Finding {
        id,
        severity,
        measured: Some(1.0),
        limit: Some(Limit::between(-5.0, 5.0)),
        unit: Unit::Deg,
        zh: String::new(),
        en: String::new(),
        student_zh: String::new(),
        student_en: String::new(),
    }
}

impl Scene {
    fn new() -> Self {
        let mut rng = StdRng::seed_from_u64(4);
        let station = StationId::new(now(), &mut rng);
        Self { rng, session: Session::new(station, "1号机位".into(), "示范照相馆".into(), false) }
    }

    fn called(&mut self, index: u32) -> QueueEntry {
        let entry = QueueEntry {
            ticket: TicketId::new(now(), &mut self.rng),
            number: TicketNumber::nth(index).unwrap(),
            masked_name: MaskedName::of(&"林小雨".parse().unwrap()),
            campaign: CampaignId::new(now(), &mut self.rng),
            category: Category::Bachelor,
            priority: Priority::Normal,
            state: TicketStateName::Called,
            since: now(),
            times_called: 1,
            station: Some(StationId::new(now(), &mut self.rng)),
            station_name: Some("1号机位".into()),
        };
        self.session.handle(Event::Called(entry.clone()));
        entry
    }

    fn command(&mut self, command: DeskCommand) -> Vec<Effect> {
        self.session.handle(Event::Command(command))
    }

    fn scan(&mut self, entry: &QueueEntry) -> Vec<Effect> {
        self.session.handle(Event::Scanned(Scanned::Ticket(Pass::from(entry))))
    }

    /// The coach finds everything in order, with a camera that the desk releases and the automatic shutter on.
    fn automatic(&mut self) {
        let settings = DeskSettings { auto_shutter: true, ..DeskSettings::default() };
        self.command(DeskCommand::ChangeSettings { settings });
        let link = CameraLink { ready: true, shoots_on_request: true, ..CameraLink::default() };
        self.session.handle(Event::CameraLink(link));
    }

    fn shot(&mut self, ticket: TicketId) -> (ShotId, Vec<Effect>) {
        let shot = ShotId::new(now(), &mut self.rng);
        (shot, self.session.handle(Event::ShotTaken(Binding { ticket, shot, taken_at: now() })))
    }

    fn developed(&mut self, ticket: TicketId, shot: ShotId, severity: Severity) {
        let verdict = Verdict::of(vec![finding(FindingId::PoseRoll, severity)]);
        let progress = ShotProgress::Ready { verdict, has_portrait: true, millis: 300, crop: None };
        self.session.handle(Event::Developed { ticket, shot, progress });
    }

    fn notice_zh(&self) -> &str {
        self.session.state().notice.as_ref().map_or("", |notice| &notice.zh)
    }
}

#[test]
fn nothing_is_shot_before_the_arrival_was_proved() {
    let mut scene = Scene::new();
    assert_eq!(scene.command(DeskCommand::Shoot), []);
    let entry = scene.called(11);
    assert_eq!(scene.command(DeskCommand::Shoot), []);
    assert!(scene.notice_zh().contains("扫描"), "the operator is told what to do");
    assert_eq!(
        scene.scan(&entry),
        [
            Effect::ReportArrival(entry.ticket, entry.number),
            Effect::Note(entry.ticket, entry.number, Note::Arrived)
        ]
    );
    assert_eq!(scene.command(DeskCommand::Shoot), [Effect::Shoot(entry.ticket)]);
    assert_eq!(scene.command(DeskCommand::Shoot), [], "one shutter release at a time");
    let failure = Failure::new("人脸比对不可用", "Faces cannot be compared");
    assert_eq!(scene.session.handle(Event::NotCompared(failure)), []);
    assert!(scene.notice_zh().contains("人脸比对不可用"));
    assert_eq!(scene.command(DeskCommand::Shoot), [], "the shot that was asked for is still awaited");
}

#[test]
fn the_ticket_of_somebody_else_does_not_count_as_arrival() {
    let mut scene = Scene::new();
    let other = scene.called(12);
    scene.session.handle(Event::Skipped(other.ticket));
    scene.called(11);
    assert_eq!(scene.scan(&other), []);
    assert!(scene.notice_zh().contains("A013") && scene.notice_zh().contains("A012"));
    assert_eq!(scene.session.state().current.as_ref().unwrap().arrival, None);
}

#[test]
fn a_late_shot_of_the_last_student_never_reaches_the_next_one() {
    let mut scene = Scene::new();
    let first = scene.called(11);
    scene.scan(&first);
    scene.command(DeskCommand::Shoot);
    scene.session.handle(Event::Skipped(first.ticket));
    let second = scene.called(12);
    scene.scan(&second);
    let (late, effects) = scene.shot(first.ticket);
    assert_eq!(effects, [Effect::Forget(vec![late])]);
    assert!(scene.session.state().current.as_ref().unwrap().shots.is_empty());
}

#[test]
fn not_this_person_forgets_every_shot_and_asks_for_the_scan_again() {
    let mut scene = Scene::new();
    let entry = scene.called(11);
    scene.scan(&entry);
    let (shot, _) = scene.shot(entry.ticket);
    assert_eq!(
        scene.command(DeskCommand::NotThisPerson),
        [
            Effect::Note(entry.ticket, entry.number, Note::NotThisPerson),
            Effect::Forget(vec![shot]),
            Effect::ForgetFace(entry.ticket)
        ],
        "nor may the face stay that later shots are compared with"
    );
    let current = scene.session.state().current.clone().unwrap();
    assert_eq!((current.phase, current.arrival, current.shots.len()), (StudentPhase::Called, None, 0));
    assert_eq!(scene.command(DeskCommand::Shoot), []);
}

#[test]
fn a_portrait_that_violates_the_standard_is_not_sealed() {
    let mut scene = Scene::new();
    let entry = scene.called(11);
    scene.scan(&entry);
    let (bad, _) = scene.shot(entry.ticket);
    assert_eq!(scene.command(DeskCommand::Accept), [], "still being made");
    scene.developed(entry.ticket, bad, Severity::Retake);
    assert_eq!(scene.command(DeskCommand::Accept), []);
    assert!(scene.notice_zh().contains("重拍"));
    let (good, _) = scene.shot(entry.ticket);
    scene.developed(entry.ticket, good, Severity::Review);
    let effects = scene.command(DeskCommand::Accept);
    assert!(
        matches!(&effects[..], [Effect::Seal(order)] if order.shot == good && order.ticket == entry.ticket)
    );
    assert_eq!(scene.command(DeskCommand::Accept), [], "sealed once");
}

#[test]
fn the_desk_is_free_for_the_next_one_as_soon_as_the_seal_is_on() {
    let mut scene = Scene::new();
    let entry = scene.called(11);
    scene.scan(&entry);
    let (shot, _) = scene.shot(entry.ticket);
    let waiting = WaitingForYes {
        portrait: PortraitId::new(now(), &mut scene.rng),
        number: entry.number,
        masked_name: entry.masked_name.clone(),
        state: PortraitStateName::Sealed,
        since: now(),
    };
    let effects = scene.session.handle(Event::Sealed { ticket: entry.ticket, waiting });
    let sealed = Effect::Note(entry.ticket, entry.number, Note::Sealed);
    assert_eq!(effects, [sealed, Effect::Forget(vec![shot]), Effect::SendOutbox]);
    assert!(scene.session.state().current.is_none());
    assert_eq!(scene.command(DeskCommand::CallNext), [Effect::CallNext]);
}

#[test]
fn a_scan_without_a_call_calls_and_arrives_in_one() {
    let mut scene = Scene::new();
    let entry = Scene::new().called(11);
    assert_eq!(scene.scan(&entry), [Effect::Call(entry.ticket)]);
    let effects = scene.session.handle(Event::Called(entry.clone()));
    assert!(effects.contains(&Effect::ReportArrival(entry.ticket, entry.number)));
    assert_eq!(scene.session.state().current.as_ref().unwrap().arrival, Some(ArrivalProof::Scanned));
}

#[test]
fn a_queue_from_before_the_call_takes_nobody_away() {
    let mut scene = Scene::new();
    let entry = scene.called(11);
    let stale =
        QueueEntry { times_called: 0, station: None, state: TicketStateName::Waiting, ..entry.clone() };
    let queue = Queue {
        business_day: BusinessDay::of(now()),
        entries: vec![stale],
        waiting: 1,
        served: 0,
        expected_wait_minutes: 1,
    };
    assert_eq!(scene.session.handle(Event::QueueChanged(queue)), []);
    assert_eq!(scene.session.state().current.as_ref().map(|current| current.ticket), Some(entry.ticket));
}

#[test]
fn without_a_server_a_genuine_ticket_is_enough_and_a_used_one_is_told_apart() {
    let mut scene = Scene::new();
    let entry = Scene::new().called(11);
    scene.session.handle(Event::ServerLink(ServerLink::Lost));
    let effects = scene.scan(&entry);
    assert!(effects.contains(&Effect::ReportArrival(entry.ticket, entry.number)), "the outbox tells later");
    assert_eq!(scene.session.state().current.as_ref().unwrap().phase, StudentPhase::Arrived);
    let waiting = WaitingForYes {
        portrait: PortraitId::new(now(), &mut scene.rng),
        number: entry.number,
        masked_name: entry.masked_name.clone(),
        state: PortraitStateName::Sealed,
        since: now(),
    };
    scene.session.handle(Event::Sealed { ticket: entry.ticket, waiting });
    assert_eq!(scene.scan(&entry), [], "nobody is photographed twice by one ticket");
    assert!(scene.notice_zh().contains("已用过"), "{}", scene.notice_zh());
}

#[test]
fn a_server_that_falls_silent_during_the_call_holds_nobody_up() {
    let mut scene = Scene::new();
    let entry = Scene::new().called(11);
    assert_eq!(scene.scan(&entry), [Effect::Call(entry.ticket)]);
    scene.session.handle(Event::CallUnanswered(entry.ticket));
    assert_eq!(scene.session.state().current.as_ref().unwrap().phase, StudentPhase::Arrived);
}

#[test]
fn somebody_handed_over_by_another_station_appears_and_nobody_returns_who_left() {
    let mut scene = Scene::new();
    let mut entry = Scene::new().called(11);
    entry.station = Some(scene.session.station);
    let queue = Queue {
        business_day: BusinessDay::of(now()),
        entries: vec![entry.clone()],
        waiting: 0,
        served: 0,
        expected_wait_minutes: 1,
    };
    scene.session.handle(Event::QueueChanged(queue.clone()));
    let current = scene.session.state().current.as_ref().unwrap();
    assert_eq!((current.ticket, current.phase), (entry.ticket, StudentPhase::Called));
    scene.session.handle(Event::Skipped(entry.ticket));
    scene.session.handle(Event::QueueChanged(queue));
    assert!(scene.session.state().current.is_none(), "the queue was older than the skip");
}

#[test]
fn whoever_is_sent_to_another_studio_leaves_the_desk_with_the_number_there() {
    let mut scene = Scene::new();
    let (entry, other) = (scene.called(11), StudioId::new(now(), &mut scene.rng));
    assert_eq!(scene.command(DeskCommand::FindStudios), [Effect::FindStudios(entry.ticket)]);
    let studio = OtherStudio {
        id: other,
        name: "第二照相馆".into(),
        address: "校门对面".into(),
        distance_m: Some(300),
    };
    scene.session.handle(Event::StudiosFound(entry.ticket, vec![studio.clone()]));
    assert_eq!(scene.session.state().current.as_ref().unwrap().studios, Some(vec![studio.clone()]));
    assert_eq!(
        scene.command(DeskCommand::TransferToStudio { studio: other }),
        [Effect::TransferToStudio(entry.ticket, other)]
    );
    let number = TicketNumber::nth(2).unwrap();
    let ticket = TicketId::new(now(), &mut scene.rng);
    let there = TransferredTicket { ticket, number, studio: other, studio_name: studio.name };
    scene.session.handle(Event::SentAway(entry.ticket, there));
    let state = scene.session.state();
    assert!(state.current.is_none());
    let said = &state.notice.as_ref().unwrap().zh;
    assert!(said.contains("第二照相馆") && said.contains("A003"), "{said}");
}

#[test]
fn the_automatic_shutter_counts_down_once_and_only_while_everything_is_in_order() {
    let mut scene = Scene::new();
    scene.automatic();
    let entry = scene.called(11);
    assert_eq!(scene.session.handle(Event::Coached(true)), [], "not before the arrival");
    scene.scan(&entry);
    let countdown = scene.session.state().current.as_ref().unwrap().countdown.unwrap();
    scene.session.handle(Event::Coached(false));
    assert_eq!(scene.session.handle(Event::CountdownOver(countdown.serial)), [], "the student moved");
    let effects = scene.session.handle(Event::Coached(true));
    let [Effect::CountDown(again)] = effects[..] else { panic!("{effects:?}") };
    let effects = scene.session.handle(Event::CountdownOver(again.serial));
    assert_eq!(effects, [Effect::Shoot(entry.ticket)]);
    let (shot, _) = scene.shot(entry.ticket);
    scene.developed(entry.ticket, shot, Severity::Pass);
    assert_eq!(scene.session.handle(Event::Coached(true)), [], "one good shot is enough");
    assert!(matches!(scene.command(DeskCommand::Retake)[..], [Effect::CountDown(_)]));
    scene.command(DeskCommand::StopCountdown);
    assert_eq!(scene.session.state().current.as_ref().unwrap().countdown, None);
    assert_eq!(scene.session.handle(Event::Coached(true)), [], "stopped is stopped");
}

#[test]
fn another_face_among_the_shots_of_one_ticket_is_shown() {
    let mut scene = Scene::new();
    let entry = scene.called(11);
    scene.scan(&entry);
    let (shot, _) = scene.shot(entry.ticket);
    let mut verdict = Verdict::of(vec![finding(FindingId::SamePerson, Severity::Review)]);
    verdict.outcome = Severity::Review;
    let progress = ShotProgress::Ready { verdict, has_portrait: true, millis: 300, crop: None };
    scene.session.handle(Event::Developed { ticket: entry.ticket, shot, progress });
    assert!(scene.session.state().current.as_ref().unwrap().other_face);
    assert!(scene.notice_zh().contains("A012") && scene.notice_zh().contains('X'));
    scene.command(DeskCommand::NotThisPerson);
    assert!(!scene.session.state().current.as_ref().unwrap().other_face);
}

#[test]
fn a_portrait_is_not_accepted_while_its_crop_moves_and_the_last_wish_counts() {
    let mut scene = Scene::new();
    let entry = scene.called(11);
    scene.scan(&entry);
    let (shot, _) = scene.shot(entry.ticket);
    scene.developed(entry.ticket, shot, Severity::Pass);
    let to = |right_px| CropNudge { right_px, ..CropNudge::default() };
    let ticket = entry.ticket;
    let effects = scene.command(DeskCommand::NudgeCrop { shot, nudge: to(1) });
    assert_eq!(effects, [Effect::Recompose { ticket, shot, nudge: to(1) }]);
    assert_eq!(scene.command(DeskCommand::NudgeCrop { shot, nudge: to(9) }), [], "one at a time");
    assert_eq!(scene.command(DeskCommand::Accept), []);
    let progress = scene.session.state().current.as_ref().unwrap().shots[0].progress.clone();
    let came =
        |asked, nudge| Event::Recomposed { ticket, shot, asked, outcome: Some((nudge, progress.clone())) };
    assert_eq!(scene.session.handle(came(to(1), to(1))), [Effect::Recompose { ticket, shot, nudge: to(9) }]);
    scene.session.handle(came(to(9), to(5)));
    let held = &scene.session.state().current.as_ref().unwrap().shots[0];
    assert_eq!((held.nudge, held.composing), (to(5), false), "as far as the limits allow");
    assert!(matches!(scene.command(DeskCommand::Accept)[..], [Effect::Seal(_)]));
}

#[test]
fn a_test_shot_belongs_to_nobody_and_waits_for_whoever_is_at_the_station() {
    let mut scene = Scene::new();
    assert_eq!(scene.command(DeskCommand::TestShot), [Effect::ShootTest]);
    let shot = ShotId::new(now(), &mut scene.rng);
    assert_eq!(scene.session.handle(Event::TestTaken(shot)), [Effect::DevelopTest(shot)]);
    let entry = scene.called(11);
    scene.scan(&entry);
    assert!(scene.session.state().current.as_ref().unwrap().shots.is_empty());
    assert_eq!(scene.command(DeskCommand::TestShot), []);
    assert!(scene.notice_zh().contains("试拍"));
    assert_eq!(scene.command(DeskCommand::CloseTest), [Effect::Forget(vec![shot])]);
}

/// Accepts the first shot of a student who has arrived, with prints by a printer; gives ticket and shot.
fn accepted(scene: &mut Scene, way: PrintWay) -> (TicketId, ShotId, Vec<Effect>) {
    let printing = PrintSettings { way, copies: 2, ..PrintSettings::default() };
    let settings = DeskSettings { printing, ..DeskSettings::default() };
    scene.command(DeskCommand::ChangeSettings { settings });
    let entry = scene.called(11);
    scene.scan(&entry);
    let (unused, _) = scene.shot(entry.ticket);
    scene.developed(entry.ticket, unused, Severity::Retake);
    let (shot, _) = scene.shot(entry.ticket);
    scene.developed(entry.ticket, shot, Severity::Pass);
    scene.command(DeskCommand::Accept);
    let waiting = WaitingForYes {
        portrait: PortraitId::new(now(), &mut scene.rng),
        number: entry.number,
        masked_name: entry.masked_name,
        state: PortraitStateName::Sealed,
        since: now(),
    };
    let effects = scene.session.handle(Event::Sealed { ticket: entry.ticket, waiting });
    assert!(effects.contains(&Effect::Forget(if way == PrintWay::Off {
        vec![unused, shot]
    } else {
        vec![unused]
    })));
    (entry.ticket, shot, effects)
}

#[test]
fn only_the_accepted_portrait_stays_to_be_printed_and_only_where_prints_are_made() {
    let mut scene = Scene::new();
    accepted(&mut scene, PrintWay::Off);
    assert!(scene.session.state().last_portrait.is_none());

    let mut scene = Scene::new();
    let (ticket, shot, effects) = accepted(&mut scene, PrintWay::Printer);
    assert!(effects.contains(&Effect::KeepPortrait(ticket, shot)));
    assert!(effects.contains(&Effect::LetGoLater(shot)));
    let gone = Effect::Forget(vec![shot]);
    // Called is not here yet; here is.
    let next = scene.called(12);
    assert!(scene.session.state().last_portrait.is_some());
    assert!(scene.scan(&next).contains(&gone));
    assert!(scene.command(DeskCommand::Print { shot, copies: None, printed: 0 }).is_empty());
    assert!(scene.notice_zh().contains("已从内存清除"));

    let mut scene = Scene::new();
    let (_, shot, _) = accepted(&mut scene, PrintWay::Printer);
    assert_eq!(scene.session.handle(Event::LetGo(shot)), [Effect::Forget(vec![shot])], "ten minutes later");
}

#[test]
fn a_wish_said_twice_is_one_print_and_one_that_does_not_know_the_count_is_asked() {
    let mut scene = Scene::new();
    let (ticket, shot, _) = accepted(&mut scene, PrintWay::Printer);
    let print = DeskCommand::Print { shot, copies: None, printed: 0 };
    assert!(matches!(scene.command(print.clone()).as_slice(), [Effect::Print(wish)] if wish.copies == 2));
    assert!(scene.command(print.clone()).is_empty(), "a key hit twice");

    let id = PrintId::new(now(), &mut scene.rng);
    let stale = PrintId::new(now(), &mut scene.rng);
    let done = PrintStage::Done { copies: 2 };
    for news in [PrintNews::TakenUp(id), PrintNews::Printed(2), PrintNews::Now(id, done.clone())] {
        scene.session.handle(Event::Print { ticket, news });
    }
    scene.session.handle(Event::Print { ticket, news: PrintNews::Now(stale, PrintStage::Idle) });
    assert_eq!(
        scene.session.state().last_portrait.as_ref().unwrap().stage,
        done,
        "an older print says nothing of this one"
    );

    assert!(scene.command(print).is_empty());
    let asking = PrintStage::Asking { copies: 2 };
    assert_eq!(scene.session.state().last_portrait.as_ref().unwrap().stage, asking);
    let yes = DeskCommand::Print { shot, copies: None, printed: 2 };
    assert!(matches!(scene.command(yes.clone()).as_slice(), [Effect::Print(_)]));
    assert!(scene.command(yes).is_empty(), "a yes given twice");
}
