//! Two studios on a busy morning: many stations press keys at random while people arrive, are moved and give up. Whatever
//! happens at once, nobody stands before two cameras, nobody is lost, and the order holds.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use gradshot_domain::{BackInLine, Priority, StudioId, TicketId};
use gradshot_testkit::{Answer, Scene, StandingClock, TestStation, TestStudent, rng};
use gradshot_wire::collection::Collection;
use gradshot_wire::queue::{ComeBack, Queue, QueueEntry, SetPriority, TransferTicket, TransferredTicket};
use gradshot_wire::ticket::TicketStateName;
use rand::RngExt as _;
use rand::rngs::StdRng;
use tokio::sync::Notify;

/// Each seed is another morning.
const MORNINGS: u64 = 4;
const STUDENTS: usize = 18;

/// What the bystander sees, who knows nothing of the server.
#[derive(Default)]
struct Seen {
    /// Which station has a ticket before its camera.
    holds: HashMap<TicketId, usize>,
    /// Whose ticket it is, and its number.
    ticket_of: HashMap<TicketId, (usize, u16)>,
    served: Vec<TicketId>,
    /// Tickets whose place in line was changed by somebody.
    moved: HashSet<TicketId>,
}

/// Who may still come to a station.
#[derive(Default)]
struct Door {
    /// People who will still come, go or be moved.
    on_the_way: usize,
    changes: u64,
    /// Hands that went home.
    gone: HashSet<usize>,
}

struct Morning {
    hands: Vec<Hand>,
    clock: Arc<StandingClock>,
    seen: Mutex<Seen>,
    door: Mutex<Door>,
    changed: Notify,
}

struct Hand {
    station: TestStation,
    studio: StudioId,
    /// Tickets that colleagues handed over.
    handed: Mutex<VecDeque<TicketId>>,
    /// Tickets passed over here.
    skipped: Mutex<Vec<TicketId>>,
    /// Numbers called here out of the line, in order.
    called: Mutex<Vec<TicketId>>,
}

fn fine_or_late(answer: &Answer) -> bool {
    assert!(answer.status.is_success() || answer.status == 409, "{}: {}", answer.what, answer.text());
    answer.status.is_success()
}

impl Morning {
    fn take(&self, ticket: TicketId, hand: usize) {
        let before = self.seen.lock().unwrap().holds.insert(ticket, hand);
        assert!(before.is_none_or(|before| before == hand), "one ticket before two cameras");
    }

    fn let_go(&self, ticket: TicketId) {
        self.seen.lock().unwrap().holds.remove(&ticket);
    }

    fn change(&self, change: impl FnOnce(&mut Door)) {
        let mut door = self.door.lock().unwrap();
        change(&mut door);
        door.changes += 1;
        self.changed.notify_waiters();
    }

    /// Announces that somebody is moved to one of these hands, unless all of them went home.
    fn announce(&self, mut hands: impl Iterator<Item = usize>) -> bool {
        let mut door = self.door.lock().unwrap();
        let is_there = hands.any(|hand| !door.gone.contains(&hand));
        door.on_the_way += usize::from(is_there);
        is_there
    }

    /// Presses keys at one station until nobody is left who could come to it.
    async fn work(self: Arc<Self>, place: usize, mut rng: StdRng) {
        let hand = &self.hands[place];
        loop {
            let mut changed = std::pin::pin!(self.changed.notified());
            changed.as_mut().enable();
            let seen = self.door.lock().unwrap().changes;
            let handed = hand.handed.lock().unwrap().pop_front();
            let next = if handed.is_some() { handed } else { self.call(place).await };
            if let Some(ticket) = next {
                self.see_to(place, ticket, &mut rng).await;
                continue;
            }
            let back = hand.skipped.lock().unwrap().pop();
            if let Some(back) = back {
                self.call_back(hand, back, &mut rng).await;
                continue;
            }
            {
                let mut door = self.door.lock().unwrap();
                if door.changes != seen {
                    continue;
                }
                if door.on_the_way == 0 {
                    door.gone.insert(place);
                    return;
                }
            }
            changed.await;
        }
    }

    async fn call(&self, place: usize) -> Option<TicketId> {
        let hand = &self.hands[place];
        let ticket = hand.station.call_next().await?.ticket;
        self.take(ticket, place);
        hand.called.lock().unwrap().push(ticket);
        Some(ticket)
    }

    async fn call_back(&self, hand: &Hand, ticket: TicketId, rng: &mut StdRng) {
        self.seen.lock().unwrap().moved.insert(ticket);
        let rule = ComeBack { rule: BackInLine::After(rng.random_range(0..3)) };
        let path = format!("/api/station/tickets/{ticket}/come-back");
        fine_or_late(&hand.station.caller.post_json(&path, &rule).await);
    }

    async fn see_to(&self, place: usize, ticket: TicketId, rng: &mut StdRng) {
        let hand = &self.hands[place];
        let others = || (0..self.hands.len()).rev().filter(|other| *other != place);
        match rng.random_range(0..8) {
            0 => {
                self.let_go(ticket);
                hand.skipped.lock().unwrap().push(ticket);
                fine_or_late(&hand.station.ticket(ticket, "skip").await);
            }
            1 => {
                let colleague = others().find(|other| self.hands[*other].studio == hand.studio);
                let colleague = colleague.expect("each studio has two stations");
                if self.announce(std::iter::once(colleague)) {
                    self.hand_over(place, ticket, colleague).await;
                } else {
                    self.serve(place, ticket).await;
                }
            }
            2 if self.announce(others().filter(|other| self.hands[*other].studio != hand.studio)) => {
                self.send_away(place, ticket).await;
            }
            key => {
                if key == 3 {
                    fine_or_late(&hand.station.ticket(ticket, "call").await);
                }
                self.serve(place, ticket).await;
            }
        }
    }

    async fn serve(&self, place: usize, ticket: TicketId) {
        let station = &self.hands[place].station;
        if fine_or_late(&station.ticket(ticket, "arrive").await) {
            let served: QueueEntry = station.ticket(ticket, "serve").await.ok();
            assert_eq!(served.state, TicketStateName::Served);
            self.seen.lock().unwrap().served.push(ticket);
        }
        self.let_go(ticket);
    }

    async fn hand_over(&self, place: usize, ticket: TicketId, colleague: usize) {
        let (station, other) = (&self.hands[place].station, &self.hands[colleague]);
        self.let_go(ticket);
        self.take(ticket, colleague);
        let to = TransferTicket { station: other.station.id };
        let path = format!("/api/station/tickets/{ticket}/transfer");
        if fine_or_late(&station.caller.post_json(&path, &to).await) {
            other.handed.lock().unwrap().push_back(ticket);
        } else {
            self.let_go(ticket);
        }
        self.change(|door| door.on_the_way -= 1);
    }

    /// Sends somebody to the other studio, with a key that sticks: it is pressed twice at once.
    async fn send_away(&self, place: usize, ticket: TicketId) {
        let hand = &self.hands[place];
        let other = self.hands.iter().find(|other| other.studio != hand.studio).expect("two studios");
        let path = format!("/api/station/tickets/{ticket}/studio-transfer");
        let to = serde_json::json!({ "studio": other.studio });
        self.clock.advance(Duration::from_millis(1));
        let (one, two) = tokio::join!(
            hand.station.caller.post_json(&path, &to),
            hand.station.caller.post_json(&path, &to)
        );
        let sent: Vec<Answer> = [one, two].into_iter().filter(fine_or_late).collect();
        assert!(sent.len() <= 1, "one ticket became two");
        for answer in sent {
            let sent: TransferredTicket = answer.ok();
            let mut seen = self.seen.lock().unwrap();
            let (student, _) = seen.ticket_of[&ticket];
            seen.ticket_of.insert(sent.ticket, (student, sent.number.index()));
            seen.moved.insert(sent.ticket);
        }
        self.let_go(ticket);
        self.change(|door| door.on_the_way -= 1);
    }

    /// One person: comes, perhaps is put first, perhaps goes again, and perhaps comes back after that. Says whether the
    /// person stayed.
    async fn come(
        self: Arc<Self>,
        place: usize,
        student: TestStudent,
        codes: [String; 2],
        mut rng: StdRng,
    ) -> bool {
        let mut stays = true;
        for code in codes {
            for _ in 0..rng.random_range(0..20) {
                tokio::task::yield_now().await;
            }
            // No two tickets of one person are of the same moment.
            self.clock.advance(Duration::from_millis(1));
            let checked_in: Collection = student.try_check_in(&code).await.ok();
            let ticket = checked_in.ticket.expect("a ticket");
            self.seen.lock().unwrap().ticket_of.insert(ticket.id, (place, ticket.number.index()));
            stays = true;
            self.change(|_| {});
            if rng.random_range(0..4) == 0 {
                self.seen.lock().unwrap().moved.insert(ticket.id);
                let hand = self
                    .hands
                    .iter()
                    .find(|hand| Some(hand.studio) == checked_in.studio.as_ref().map(|it| it.id));
                let hand = hand.expect("the studio has stations");
                let path = format!("/api/station/tickets/{}/priority", ticket.id);
                let ahead = SetPriority { priority: Priority::Ahead };
                fine_or_late(&hand.station.caller.post_json(&path, &ahead).await);
            }
            if rng.random_range(0..3) != 0 {
                break;
            }
            let give_up = format!("/api/collections/{}/cancel-ticket", student.collection());
            if !fine_or_late(&student.caller.post(&give_up).await) {
                break;
            }
            stays = false;
        }
        self.change(|door| door.on_the_way -= 1);
        stays
    }

    /// Compares what was seen with who stayed; gives how many were served.
    fn assert_nobody_doubled_or_lost(&self, stayed: &HashSet<usize>) -> usize {
        let seen = self.seen.lock().unwrap();
        let served: Vec<usize> = seen.served.iter().map(|ticket| seen.ticket_of[ticket].0).collect();
        assert_eq!(served.iter().copied().collect::<HashSet<_>>(), *stayed, "nobody is lost");
        assert_eq!(served.len(), stayed.len(), "nobody was served twice");
        for hand in &self.hands {
            let called = hand.called.lock().unwrap();
            let untouched = called.iter().filter(|ticket| !seen.moved.contains(ticket));
            let numbers: Vec<u16> = untouched.map(|ticket| seen.ticket_of[ticket].1).collect();
            assert!(
                numbers.is_sorted(),
                "who was never moved is called in the order of the numbers: {numbers:?}"
            );
        }
        served.len()
    }
}

async fn morning(seed: u64) {
    let scene = Scene::set().await;
    let other = scene.another_studio("OTHER").await;
    let mut hands = Vec::new();
    for (studio, name) in [(0, "1号机位"), (0, "2号机位"), (0, "3号机位"), (1, "1号机位"), (1, "2号机位")]
    {
        let studio = if studio == 0 { &scene.studio } else { &other };
        hands.push(Hand {
            station: scene.station_of(studio, name).await,
            studio: studio.id,
            handed: Mutex::default(),
            skipped: Mutex::default(),
            called: Mutex::default(),
        });
    }
    let mut students = Vec::new();
    for index in 0..STUDENTS {
        let mut student = scene.student(index).await;
        student.prepare(&scene).await;
        students.push(student);
    }
    let morning = Arc::new(Morning {
        hands,
        clock: Arc::clone(&scene.server.clock),
        seen: Mutex::default(),
        door: Mutex::new(Door { on_the_way: STUDENTS, ..Door::default() }),
        changed: Notify::new(),
    });
    let rng_of = |number: usize| rng(seed * 1000 + number as u64);
    let people: Vec<_> = students
        .into_iter()
        .enumerate()
        .map(|(place, student)| {
            let codes = [scene.studio.code.clone(), scene.studio.code.clone()];
            tokio::spawn(Arc::clone(&morning).come(place, student, codes, rng_of(place)))
        })
        .collect();
    let hands: Vec<_> = (0..morning.hands.len())
        .map(|place| tokio::spawn(Arc::clone(&morning).work(place, rng_of(100 + place))))
        .collect();
    let mut stayed = HashSet::new();
    for (place, person) in people.into_iter().enumerate() {
        if person.await.unwrap() {
            stayed.insert(place);
        }
    }
    for hand in hands {
        hand.await.unwrap();
    }

    let served = morning.assert_nobody_doubled_or_lost(&stayed);
    let mut counted = 0;
    for hand in [&morning.hands[0], &morning.hands[3]] {
        let queue: Queue = hand.station.caller.get("/api/station/queue").await.ok();
        assert_eq!((queue.waiting, queue.entries.len()), (0, 0));
        counted += queue.served as usize;
    }
    assert_eq!(counted, served);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_doubled_or_lost_on_a_busy_morning() {
    for seed in 0..MORNINGS {
        morning(seed).await;
    }
}
