//! A studio's queue with several stations.

use std::collections::HashSet;

use gradshot_domain::BackInLine;
use gradshot_testkit::Scene;
use gradshot_wire::board::Board;
use gradshot_wire::queue::{ComeBack, Queue, QueueEntry};
use gradshot_wire::station::Pair;
use gradshot_wire::ticket::TicketStateName;

#[tokio::test(flavor = "multi_thread")]
async fn two_stations_pressing_next_at_once_never_get_the_same() {
    let scene = Scene::set().await;
    let stations = [scene.station("1号机位").await, scene.station("2号机位").await];
    for student in 0..8 {
        scene.student_in_line(student).await;
    }
    let mut called = HashSet::new();
    for _ in 0..4 {
        let (one, two) = tokio::join!(stations[0].call_next(), stations[1].call_next());
        for entry in [one, two] {
            assert!(called.insert(entry.expect("somebody waits").ticket), "called twice");
        }
    }
    assert_eq!(called.len(), 8, "nobody is left out");
    assert!(stations[0].call_next().await.is_none());
}

#[tokio::test]
async fn only_the_station_that_called_goes_on_with_a_ticket() {
    let scene = Scene::set().await;
    let (one, two) = (scene.station("1号机位").await, scene.station("2号机位").await);
    let student = scene.student_in_line(0).await;
    let ticket = one.call_next().await.expect("somebody waits").ticket;
    assert_eq!(two.ticket(ticket, "call").await.problem(), "ticket.not_now");
    assert_eq!(two.ticket(ticket, "arrive").await.problem(), "ticket.not_now");
    let recalled: QueueEntry = one.ticket(ticket, "call").await.ok();
    assert_eq!(recalled.times_called, 2);
    let _: QueueEntry = one.ticket(ticket, "arrive").await.ok();
    let _: QueueEntry = one.ticket(ticket, "arrive").await.ok();
    let served: QueueEntry = one.ticket(ticket, "serve").await.ok();
    assert_eq!(served.state, TicketStateName::Served);
    let _: QueueEntry = one.ticket(ticket, "serve").await.ok();
    assert_eq!(one.ticket(ticket, "arrive").await.problem(), "ticket.already_arrived");
    assert_eq!(student.try_check_in("SFZX").await.problem(), "portrait.on_its_way");

    let elsewhere = scene.another_studio("OTHER").await;
    let stranger = scene.station_of(&elsewhere, "1号机位").await;
    assert_eq!(stranger.ticket(ticket, "call").await.problem(), "ticket.not_found");
    let queue: Queue = stranger.caller.get("/api/station/queue").await.ok();
    assert!(queue.entries.is_empty());
}

#[tokio::test]
async fn who_was_passed_over_comes_back_where_the_rule_says() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    for student in 0..4 {
        scene.student_in_line(student).await;
        scene.server.clock.advance(std::time::Duration::from_mins(1));
    }
    let first = station.call_next().await.expect("somebody waits");
    let skipped: QueueEntry = station.ticket(first.ticket, "skip").await.ok();
    assert_eq!(skipped.state, TicketStateName::Skipped);
    let path = format!("/api/station/tickets/{}/come-back", first.ticket);
    let back = ComeBack { rule: BackInLine::After(2) };
    let _: QueueEntry = station.caller.post_json(&path, &back).await.ok();
    let queue: Queue = station.caller.get("/api/station/queue").await.ok();
    let numbers: Vec<String> = queue.entries.iter().map(|entry| entry.number.to_string()).collect();
    assert_eq!(numbers, ["A002", "A003", "A001", "A004"]);
    assert_eq!(station.caller.post_json(&path, &back).await.problem(), "ticket.not_now");

    scene.server.clock.advance(std::time::Duration::from_hours(24));
    assert_eq!(station.ticket(first.ticket, "call").await.problem(), "ticket.other_day");
    let tomorrow: Queue = station.caller.get("/api/station/queue").await.ok();
    assert!(tomorrow.entries.is_empty(), "a new day begins with an empty queue");
}

#[tokio::test]
async fn a_new_day_begins_with_the_first_number() {
    let scene = Scene::set().await;
    let student = scene.student_in_line(0).await;
    scene.student_in_line(1).await;
    scene.server.clock.advance(std::time::Duration::from_hours(24));
    assert_eq!(student.look().await.ticket, None);
    let ticket = student.check_in(&scene).await.ticket.expect("a ticket");
    assert_eq!(ticket.number.to_string(), "A001");
}

#[tokio::test]
async fn the_wait_is_told_from_how_long_others_took() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    for student in 0..3 {
        scene.student_in_line(student).await;
    }
    for _ in 0..2 {
        let entry = station.call_next().await.expect("somebody waits");
        scene.server.clock.advance(std::time::Duration::from_mins(2));
        let _: QueueEntry = station.ticket(entry.ticket, "arrive").await.ok();
        let _: QueueEntry = station.ticket(entry.ticket, "serve").await.ok();
    }
    let board: Board = scene.server.anyone().get("/api/boards/SFZX").await.ok();
    assert_eq!((board.waiting, board.expected_wait_minutes), (1, 2));
    assert_eq!(board.last_called.iter().map(ToString::to_string).collect::<Vec<_>>(), ["A002", "A001"]);
    assert_eq!(scene.server.anyone().get("/api/boards/NOWHERE").await.problem(), "studio.not_found");
}

#[tokio::test]
async fn a_pairing_code_is_good_once_and_cannot_be_guessed() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let key = station.key.verifying_key().to_text();
    let anyone = scene.server.anyone();
    let guess = |code: &str| Pair { code: code.to_owned(), verifying_key: key.clone() };
    let no_key = Pair { code: "00000000".to_owned(), verifying_key: "x".to_owned() };
    assert_eq!(anyone.post_json("/api/stations/pair", &no_key).await.problem(), "pairing.verifying_key");
    for _ in 0..20 {
        assert_eq!(
            anyone.post_json("/api/stations/pair", &guess("00000000")).await.problem(),
            "pairing.code"
        );
    }
    assert_eq!(anyone.post_json("/api/stations/pair", &guess("00000000")).await.problem(), "pairing.locked");
}
