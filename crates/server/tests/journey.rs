//! One student's whole way over HTTP, heard on phone, board and station.

use gradshot_domain::{BundleId, Policy};
use gradshot_storage::{OpeningReason, OpeningSubject};
use gradshot_testkit::{JPEG, Scene, TestServer};
use gradshot_wire::board::Board;
use gradshot_wire::collection::{Collection, NextStep, OrderStateName};
use gradshot_wire::event::PortraitNews;
use gradshot_wire::hand_over::HandOver;
use gradshot_wire::portrait::PortraitStateName;
use gradshot_wire::queue::{Queue, QueueEntry};
use gradshot_wire::review::{Decide, ReviewDesk};
use gradshot_wire::ticket::TicketStateName;

#[tokio::test]
async fn from_sign_up_to_the_registrys_bundle() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let mut student = scene.student(0).await;

    assert_eq!(student.register(&scene).await.next_step, NextStep::Consent);
    student.consent().await;
    assert_eq!(student.look().await.next_step, NextStep::ChooseRoute);
    let booked = student.book(&scene).await;
    assert_eq!(
        (booked.next_step, booked.order.map(|order| order.state)),
        (NextStep::Pay, Some(OrderStateName::Unpaid))
    );
    let paid: Collection = student.pay().await.ok();
    assert_eq!(paid.next_step, NextStep::CheckIn);
    assert_eq!((paid.masked_name.as_str(), paid.school_name.as_str()), ("林**", "示范大学"));

    let mut phone = student.caller.events(&format!("/api/collections/{}/events", student.collection())).await;
    let mut board = scene.server.anyone().events("/api/boards/SFZX/events").await;
    let mut desk = station.caller.events("/api/station/events").await;
    phone.until("collection", |now: &Collection| now.next_step == NextStep::CheckIn).await;
    board.until("board", |now: &Board| now.waiting == 0).await;
    desk.until("queue", |now: &Queue| now.entries.is_empty()).await;

    let ticket = student.check_in(&scene).await.ticket.expect("a ticket");
    assert_eq!((ticket.number.to_string(), ticket.ahead), ("A001".to_owned(), 0));
    phone.until("collection", |now: &Collection| now.next_step == NextStep::Wait).await;
    board.until("board", |now: &Board| now.next == [ticket.number]).await;
    let queue = desk.until("queue", |now: &Queue| now.waiting == 1).await;
    assert_eq!(queue.entries[0].masked_name.as_str(), "林**");

    let called = station.call_next().await.expect("somebody waits");
    assert_eq!((called.ticket, called.state, called.times_called), (ticket.id, TicketStateName::Called, 1));
    let come = phone.until("collection", |now: &Collection| now.next_step == NextStep::Come).await;
    assert_eq!(come.ticket.and_then(|ticket| ticket.station_name).as_deref(), Some("1号机位"));
    let shown = board.until("board", |now: &Board| !now.called.is_empty()).await;
    assert_eq!((shown.called[0].number, shown.called[0].arrived), (ticket.number, false));
    let _: QueueEntry = station.ticket(ticket.id, "arrive").await.ok();
    board.until("board", |now: &Board| now.called.iter().any(|call| call.arrived)).await;

    let sealed = station.seal(ticket.id, |_| {}).await;
    assert!(station.send(&sealed).await.status.is_success());
    let stored = phone.until("collection", |now: &Collection| now.next_step == NextStep::Decide).await;
    let portrait = stored.portrait.expect("a portrait");
    assert_eq!((portrait.id, portrait.state), (sealed.portrait, PortraitStateName::Stored));
    let picture = student.caller.get(&portrait.picture_url).await;
    assert_eq!(
        (
            picture.headers["content-type"].to_str().unwrap(),
            picture.headers["cache-control"].to_str().unwrap()
        ),
        ("image/jpeg", "no-store, private")
    );
    assert_eq!(picture.body, JPEG);
    board.until("board", |now: &Board| now.called.is_empty() && now.last_called == [ticket.number]).await;

    let confirmed: Collection = student.confirm(portrait.id).await.ok();
    assert_eq!(confirmed.next_step, NextStep::WaitForReview);
    let told = desk.until("portrait", |news: &PortraitNews| news.state == PortraitStateName::Confirmed).await;
    assert_eq!((told.portrait, told.ticket), (portrait.id, ticket.id));

    let review: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
    let item = review.item.expect("something waits");
    assert_eq!((item.portrait, review.waiting), (portrait.id, 0));
    assert_eq!(scene.reviewer.get(&item.picture_url).await.body, JPEG);
    let path = format!("/api/review/portraits/{}", item.portrait);
    let next: ReviewDesk = scene.reviewer.post_json(&path, &Decide::Approve).await.ok();
    assert!(next.item.is_none() && next.decided_today == 1);
    phone.until("collection", |now: &Collection| now.next_step == NextStep::WaitForRegistry).await;

    let handed_over: HandOver =
        scene.admin.post(&format!("/api/admin/campaigns/{}/hand-over", scene.campaign.id)).await.ok();
    let bundle = handed_over.bundle.expect("a bundle");
    let file = scene.admin.get(&bundle.file_url).await;
    assert!(bundle.portraits == 1 && file.body.starts_with(b"PK"));

    // The clock stands still, so that the rows have no order of their own.
    let mut why: Vec<OpeningReason> = openings(&scene, OpeningSubject::Portrait(portrait.id)).await;
    let way =
        [OpeningReason::Arrival, OpeningReason::ShownToOwner, OpeningReason::Review, OpeningReason::HandOver];
    why.sort_by_key(|reason| way.iter().position(|other| other == reason));
    assert_eq!(why, way, "each opening is written down");
    let bundle: BundleId = bundle.id;
    assert_eq!(openings(&scene, OpeningSubject::Bundle(bundle)).await, [OpeningReason::Download]);
}

async fn openings(scene: &Scene, subject: OpeningSubject) -> Vec<OpeningReason> {
    let mut work = scene.server.storage.read().await.unwrap();
    work.openings().of(subject, 100).await.unwrap().into_iter().map(|opening| opening.reason).collect()
}

#[tokio::test]
async fn a_campaign_that_shows_the_portrait_first_asks_for_money_afterwards() {
    let scene = Scene::set_with(TestServer::start().await, Policy::pay_after_preview()).await;
    let station = scene.station("1号机位").await;
    let mut student = scene.student(0).await;
    student.register(&scene).await;
    student.consent().await;
    assert_eq!(student.book(&scene).await.order, None, "nothing is owed before the portrait was seen");
    student.check_in(&scene).await;
    let receipt = station.photograph_next().await;

    let confirmed: Collection = student.confirm(receipt.portrait).await.ok();
    assert_eq!(confirmed.next_step, NextStep::Pay);
    let waiting: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
    assert!(waiting.item.is_none(), "a reviewer gets nothing that is not paid for");

    scene.server.clock.advance(std::time::Duration::from_mins(31));
    assert_eq!(student.look().await.next_step, NextStep::ChooseRoute, "an unpaid order closes");
    assert_eq!(student.pay().await.problem(), "order.closed");
    assert_eq!(
        student.book(&scene).await.next_step,
        NextStep::Pay,
        "the same package again makes a new order"
    );
    let paid: Collection = student.pay().await.ok();
    assert_eq!(paid.next_step, NextStep::WaitForReview);
    let review: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
    assert_eq!(review.item.map(|item| item.portrait), Some(receipt.portrait));
}

#[tokio::test]
async fn an_objection_puts_the_same_ticket_ahead_of_the_others() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let first = scene.student_in_line(0).await;
    let second = scene.student_in_line(1).await;
    let ticket = first.ticket().await;
    let receipt = station.photograph_next().await;

    let objected: Collection = first.object(receipt.portrait).await.ok();
    assert_eq!(objected.next_step, NextStep::Wait);
    let again: Collection = first.object(receipt.portrait).await.ok();
    assert_eq!(again.ticket, objected.ticket, "pressing twice changes nothing");
    assert_eq!(first.confirm(receipt.portrait).await.problem(), "portrait.not_now");
    assert_eq!(second.look().await.ticket.map(|ticket| ticket.ahead), Some(1));

    let next = station.call_next().await.expect("somebody waits");
    assert_eq!(next.ticket, ticket);
    let _: QueueEntry = station.ticket(ticket, "arrive").await.ok();
    scene.server.clock.advance(std::time::Duration::from_secs(90));
    let retake = station.seal(ticket, |_| {}).await;
    assert!(station.send(&retake).await.status.is_success());
    let shown = first.look().await;
    assert_eq!(
        (shown.next_step, shown.portrait.map(|portrait| portrait.id)),
        (NextStep::Decide, Some(retake.portrait))
    );
}

#[tokio::test]
async fn streams_end_when_the_server_closes() {
    let scene = Scene::set().await;
    let mut board = scene.server.anyone().events("/api/boards/sfzx/events").await;
    board.until("board", |now: &Board| now.studio_name == "示范照相馆").await;
    scene.server.server.close_streams();
    assert!(board.ends().await);
}
