//! The lists of a campaign with very many students: what one look at them takes, one after another.

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

use gradshot_domain::{
    AccountId, BusinessDay, Category, Clock as _, CollectionId, Grant, Money, Order, OrderId, Portrait,
    PortraitId, PortraitSource, Priority, RosterEntryId, Severity, Ticket, TicketId, Verdict,
};
use gradshot_storage::{
    Account, BlobKey, Collection, PlacedOrder, QueuedTicket, RosterEntry, StoredPortrait, UnitOfWork,
};
use gradshot_testkit::{rng, vault_key};
use rand::Rng as _;
use rand::rngs::StdRng;

use crate::client::Connection;
use crate::figures::Line;
use crate::stage::Stage;

/// Rows of one transaction.
const AT_ONCE: u32 = 1000;
/// One of so many students waits for review; the others are approved.
const OF_ONE_IN_REVIEW: u32 = 10;
/// Numbers that a studio gives on one day.
const A_DAY: u32 = 20_000;
const LOOKS: usize = 200;

/// Adds students who were photographed in the days before: all on the roster, all with a paid order, a tenth waiting for
/// review.
pub async fn add_students(stage: &Arc<Stage>, count: u32) -> Result<(), Box<dyn Error>> {
    let mut rng = rng(200_000);
    let at = stage.scene.server.clock.now();
    let mut number = 0;
    while number < count {
        let mut work = stage.scene.server.storage.begin().await?;
        for _ in 0..AT_ONCE.min(count - number) {
            let day = at - Duration::from_hours(24) * (1 + number / A_DAY);
            add(stage, &mut work, number, day, &mut rng).await?;
            number += 1;
        }
        work.commit().await?;
    }
    Ok(())
}

async fn add(
    stage: &Stage,
    work: &mut UnitOfWork,
    number: u32,
    at: jiff::Timestamp,
    rng: &mut StdRng,
) -> Result<(), Box<dyn Error>> {
    let (scene, mut index) = (&stage.scene, [0; 32]);
    rng.fill_bytes(&mut index);
    let account = AccountId::new(at, rng);
    let grants = vec![Grant::Student];
    work.accounts().add(&Account { id: account, password_hash: None, grants, created_at: at }).await?;
    let entry = RosterEntry {
        id: RosterEntryId::new(at, rng),
        campaign: scene.campaign.id,
        category: Category::Bachelor,
        match_index: index,
        number_index: index,
        sealed_name: index.to_vec(),
        sealed_student_number: index.to_vec(),
        sealed_id_last4: index.to_vec(),
        forgotten_at: None,
    };
    work.roster().add(&entry).await?;
    let id = CollectionId::new(at, rng);
    let collection = Collection {
        id,
        account,
        campaign: scene.campaign.id,
        category: Category::Bachelor,
        roster_entry: entry.id,
        sealed_name: entry.sealed_name,
        image_code_index: index,
        sealed_image_code: index.to_vec(),
        booked: None,
        route: None,
        rules_read: None,
        created_at: at,
    };
    work.collections().add(&collection).await?;
    let order = Order::place(Money::from_fen(3500), at + Duration::from_mins(30)).pay(at)?;
    let package = scene.studio.packages[0].id;
    work.orders().add(&PlacedOrder::new(OrderId::new(at, rng), id, package, at, order)).await?;
    let day = BusinessDay::of(at);
    let next = work.tickets().next_number(scene.studio.id, day, at).await?;
    let (of_day, place) = next.ok_or("a day has no more numbers")?;
    let ticket = Ticket::join(of_day, place, Priority::Normal, at);
    let ticket =
        ticket.call(stage.station.id, at)?.arrive(stage.station.id, at)?.serve(stage.station.id, at)?;
    let mut queued = QueuedTicket::new(TicketId::new(at, rng), scene.studio.id, id, ticket);
    work.tickets().add(&queued).await?;
    work.tickets().save(&mut queued).await?;
    let portrait = Portrait::seal(at).store(at)?.confirm(at)?;
    let portrait = if number.is_multiple_of(OF_ONE_IN_REVIEW) {
        portrait
    } else {
        portrait.claim(account, at + Duration::from_mins(10), at)?.approve(account, at)?
    };
    let portrait_id = PortraitId::new(at, rng);
    let verdict = serde_json::to_vec(&Verdict::of(Vec::new()))?;
    let place = format!("portraits.verdict.{portrait_id}");
    let sealed_verdict = vault_key().field_keys().seal(&verdict, &place, rng);
    let stored = StoredPortrait {
        id: portrait_id,
        collection: id,
        campaign: scene.campaign.id,
        source: PortraitSource::Station { ticket: queued.id, station: stage.station.id },
        spec: "chsi".to_owned(),
        outcome: Severity::Pass,
        sealed_at: at,
        stored_at: at,
        confirmed_at: Some(at),
        blob: BlobKey::portrait(scene.campaign.id, portrait_id, &index),
        blob_sha256: hex::encode(index),
        blob_bytes: 60_000,
        sealed_verdict,
        portrait,
        forgotten_at: None,
        version: 0,
    };
    Ok(work.portraits().add(&stored).await?)
}

/// Asks for each list again and again.
pub async fn measure(stage: &Arc<Stage>) -> Result<Vec<Line>, Box<dyn Error>> {
    let scene = &stage.scene;
    let token = |caller: &gradshot_testkit::Caller| caller.token().unwrap_or_default().to_owned();
    let board = format!("/api/boards/{}", scene.studio.code);
    let asks = [
        ("a school is searched for by its initials", "GET", "/api/schools?q=sfdx", token(&scene.admin)),
        ("a station's queue", "GET", "/api/station/queue", token(&stage.station.caller)),
        ("a board", "GET", board.as_str(), String::new()),
        ("the next one for review, and how many wait", "POST", "/api/review/next", token(&scene.reviewer)),
        ("the newest messages", "GET", "/api/office/messages", token(&scene.admin)),
        ("a student's own collections", "GET", "/api/collections", stage.students[0].token.clone()),
    ];
    let mut lines = Vec::new();
    for (what, method, path, token) in asks {
        let mut connection = Connection::open(stage.address(0)).await?;
        let (mut times, mut errors) = (Vec::with_capacity(LOOKS), 0);
        for _ in 0..LOOKS {
            // Nobody is told that so many questions are too many.
            scene.server.clock.advance(Duration::from_millis(100));
            let began = Instant::now();
            let status = connection.ask(method, path, &token, &[]).await?;
            times.push(began.elapsed());
            errors += usize::from(!(200..300).contains(&status));
        }
        lines.push(Line::of(what, times, None, errors));
    }
    Ok(lines)
}
