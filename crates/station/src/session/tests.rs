//! The machine's promises, told as short scenes.

use gradshot_domain::{
    BusinessDay, CampaignId, Category, Finding, FindingId, Limit, MaskedName, PortraitId, Priority, Severity,
    ShotId, StationId, TicketId, TicketNumber, Unit, Verdict,
};
use gradshot_wire::desk::{ArrivalProof, DeskCommand, ShotProgress, StudentPhase, WaitingForYes};
use gradshot_wire::portrait::PortraitStateName;
use gradshot_wire::queue::{Queue, QueueEntry};
use gradshot_wire::ticket::TicketStateName;
use jiff::Timestamp;
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::{Binding, Effect, Event, Scanned, Session};

struct Scene {
    rng: StdRng,
    session: Session,
}

fn now() -> Timestamp {
    Timestamp::from_second(1_779_000_000).unwrap()
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
        self.session.handle(Event::Scanned(Scanned::Ticket(entry.ticket, entry.number)))
    }

    fn shot(&mut self, ticket: TicketId) -> (ShotId, Vec<Effect>) {
        let shot = ShotId::new(now(), &mut self.rng);
        (shot, self.session.handle(Event::ShotTaken(Binding { ticket, shot, taken_at: now() })))
    }

    fn developed(&mut self, ticket: TicketId, shot: ShotId, severity: Severity) {
        let finding = Finding {
            id: FindingId::PoseRoll,
            severity,
            measured: Some(1.0),
            limit: Some(Limit::between(-5.0, 5.0)),
            unit: Unit::Deg,
            zh: String::new(),
            en: String::new(),
            student_zh: String::new(),
            student_en: String::new(),
        };
        let verdict = Verdict::of(vec![finding]);
        let progress = ShotProgress::Ready { verdict, has_portrait: true, millis: 300 };
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
    assert_eq!(scene.scan(&entry), [Effect::ReportArrival(entry.ticket, entry.number)]);
    assert_eq!(scene.command(DeskCommand::Shoot), [Effect::Shoot(entry.ticket)]);
    assert_eq!(scene.command(DeskCommand::Shoot), [], "one shutter release at a time");
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
    assert_eq!(scene.command(DeskCommand::NotThisPerson), [Effect::Forget(vec![shot])]);
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
    assert_eq!(effects, [Effect::Forget(vec![shot]), Effect::SendOutbox]);
    assert!(scene.session.state().current.is_none());
    assert_eq!(scene.command(DeskCommand::CallNext), [Effect::CallNext]);
}

#[test]
fn a_scan_without_a_call_calls_and_arrives_in_one() {
    let mut scene = Scene::new();
    let ticket = TicketId::new(now(), &mut scene.rng);
    let number = TicketNumber::nth(11).unwrap();
    let effects = scene.session.handle(Event::Scanned(Scanned::Ticket(ticket, number)));
    assert_eq!(effects, [Effect::Call(ticket)]);
    let mut entry = Scene::new().called(11);
    entry.ticket = ticket;
    let effects = scene.session.handle(Event::Called(entry));
    assert_eq!(effects, [Effect::ReportArrival(ticket, number)]);
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
