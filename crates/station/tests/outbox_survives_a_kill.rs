//! A process that is killed while it puts portraits away loses none that it had called safe.
//!
//! The test starts itself once more as the process to be killed.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use gradshot_domain::{MaskedName, PortraitId, Severity, TicketId, TicketNumber};
use gradshot_station::outbox::{Item, Outbox, SealedPortrait};
use jiff::Timestamp;
use rand::SeedableRng;

const VICTIM_FOLDER: &str = "GRADSHOT_TEST_VICTIM_FOLDER";

fn portrait(index: u32, rng: &mut rand::rngs::StdRng) -> SealedPortrait {
    let at = Timestamp::from_second(1_779_000_000 + i64::from(index)).unwrap();
    SealedPortrait {
        portrait: PortraitId::new(at, rng),
        ticket: TicketId::new(at, rng),
        number: TicketNumber::nth(index).unwrap(),
        masked_name: MaskedName::of(&"林小雨".parse().unwrap()),
        outcome: Severity::Pass,
        sealed_at: at,
        envelope: vec![index as u8; 40_000],
    }
}

/// Not a test of its own: what the killed process does.
#[test]
fn victim() {
    let Ok(folder) = std::env::var(VICTIM_FOLDER) else { return };
    let mut outbox = Outbox::open(&Path::new(&folder).join("outbox.sqlite")).unwrap();
    let mut rng = rand::rngs::StdRng::seed_from_u64(8);
    for index in 0..10_000 {
        let sealed = portrait(index, &mut rng);
        outbox.put(&Item::Portrait(sealed.clone())).unwrap();
        println!("\nsafe {}", sealed.portrait);
    }
}

#[test]
fn nothing_called_safe_is_lost_and_nothing_is_doubled() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "victim", "--nocapture"])
        .env(VICTIM_FOLDER, folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut safe: Vec<PortraitId> = Vec::new();
    for line in lines.map_while(Result::ok) {
        if let Some(id) = line.strip_prefix("safe ") {
            safe.push(id.parse().unwrap());
        }
        if safe.len() == 25 {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    assert!(safe.len() >= 25, "the process was killed while it worked");

    let mut outbox = Outbox::open(&folder.path().join("outbox.sqlite")).unwrap();
    let mut kept = Vec::new();
    while let Some(queued) = outbox.next().unwrap() {
        let Item::Portrait(sealed) = queued.item else { panic!("only portraits were put in") };
        assert_eq!(sealed.envelope.len(), 40_000);
        kept.push(sealed.portrait);
        outbox.done(queued.seq).unwrap();
    }
    assert!(safe.iter().all(|id| kept.contains(id)), "every portrait called safe is there");
    assert!(kept.len() <= safe.len() + 1, "at most the one in the making is there besides");
    let mut once = kept.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), kept.len());
}

#[test]
fn a_refused_item_holds_back_its_own_ticket_only() {
    let folder = tempfile::tempdir().unwrap();
    let mut outbox = Outbox::open(&folder.path().join("outbox.sqlite")).unwrap();
    let mut rng = rand::rngs::StdRng::seed_from_u64(8);
    let (first, second) = (portrait(0, &mut rng), portrait(1, &mut rng));
    let arrival = Item::Arrival { ticket: first.ticket, number: first.number, at: first.sealed_at };
    outbox.put(&arrival).unwrap();
    outbox.put(&Item::Portrait(first.clone())).unwrap();
    outbox.put(&Item::Portrait(second.clone())).unwrap();
    outbox.put(&Item::Portrait(second.clone())).unwrap();

    let queued = outbox.next().unwrap().unwrap();
    assert_eq!(queued.item, arrival);
    outbox.refused(queued.seq, "号码已取消", "cancelled").unwrap();
    let queued = outbox.next().unwrap().unwrap();
    assert_eq!(queued.item, Item::Portrait(second), "the same portrait twice is one item");
    outbox.done(queued.seq).unwrap();
    assert_eq!(outbox.next().unwrap(), None);
    assert_eq!(outbox.entries().unwrap().len(), 1, "the desk still shows the one held back");
    outbox.retry_refused().unwrap();
    assert_eq!(outbox.next().unwrap().unwrap().item, arrival);
}
