//! The directory of studios, and a queue that many hands work on at once.

use std::time::Duration;

use gradshot_domain::{Money, Priority, Role};
use gradshot_testkit::{Scene, TestStation};
use gradshot_wire::board::Board;
use gradshot_wire::campaign::{NewPackage, OpenStudio, PlaceStudio, Studio, Studios};
use gradshot_wire::collection::{Collection, NextStep};
use gradshot_wire::identity::{Account, NewStaff};
use gradshot_wire::queue::{OtherStudios, Queue, QueueEntry, SetPriority, TransferTicket};
use gradshot_wire::ticket::TicketStateName;

async fn listed(scene: &Scene, query: &str) -> Vec<Studio> {
    let studios: Studios = scene.server.anyone().get(&format!("/api/studios{query}")).await.ok();
    studios.studios
}

#[tokio::test]
async fn m1_6_1_studios_are_listed_with_hours_phone_map_and_distance() {
    let scene = Scene::set().await;
    let far = scene.another_studio("FAR").await;
    let staff = NewStaff {
        login: "operator".to_owned(),
        password: "staff-password".to_owned(),
        role: Role::Operator,
    };
    let path = format!("/api/admin/studios/{}/staff", scene.studio.id);
    let _: Account = scene.admin.post_json(&path, &staff).await.ok();
    let operator = scene.server.sign_in("operator", "staff-password").await;
    let place = |latitude: f64| PlaceStudio {
        hours: "周一至周六 9:00–17:30".to_owned(),
        latitude,
        longitude: 118.0894,
    };
    let own = format!("/api/office/studios/{}/place", scene.studio.id);
    let others = format!("/api/office/studios/{}/place", far.id);
    assert_eq!(operator.post_json(&others, &place(24.0)).await.problem(), "studio.not_found");
    assert_eq!(operator.post_json(&own, &place(91.0)).await.problem(), "studio.place");
    let _: Studio = operator.post_json(&own, &place(24.4798)).await.ok();
    let _: Studio = scene.admin.post_json(&others, &place(24.5698)).await.ok();

    let near = listed(&scene, "?latitude=24.4798&longitude=118.0894").await;
    assert_eq!(near.iter().map(|studio| studio.code.as_str()).collect::<Vec<_>>(), ["SFZX", "FAR"]);
    assert_eq!(near[0].distance_m, Some(0));
    assert!(near[1].distance_m.is_some_and(|metres| (9_900..10_100).contains(&metres)));
    assert!(near[0].map_url.as_deref().is_some_and(|url| url.contains("118.089400,24.479800")));
    assert_eq!((near[0].hours.as_str(), near[0].phone.as_str()), ("周一至周六 9:00–17:30", "4000000000"));
    assert_eq!(listed(&scene, "?q=%E7%A4%BA%E8%8C%83%E8%B7%AF").await.len(), 2);
    assert!(listed(&scene, "?q=nowhere").await.is_empty());
    let half = scene.server.anyone().get("/api/studios?latitude=24.4").await;
    assert_eq!(half.problem(), "query.malformed");
}

#[tokio::test]
async fn a_package_has_an_english_name_where_it_was_given_one() {
    let scene = Scene::set().await;
    let named = |name: Option<&str>| OpenStudio {
        name: "第二照相馆".to_owned(),
        code: "SECOND".to_owned(),
        address: "示范路 2 号".to_owned(),
        phone: "4000000001".to_owned(),
        packages: vec![NewPackage {
            name: "毕业证照".to_owned(),
            en_name: name.map(str::to_owned),
            price: Money::from_fen(3000),
        }],
    };
    let path = "/api/admin/studios";
    for wrong in ["x".repeat(41), "one\ntwo".to_owned()] {
        assert_eq!(scene.admin.post_json(path, &named(Some(&wrong))).await.problem(), "studio.invalid");
    }
    let studio: Studio = scene.admin.post_json(path, &named(Some("  "))).await.ok();
    assert_eq!(studio.packages[0].en_name, None, "spaces are no name");
    assert_eq!(scene.studio.packages[0].en_name.as_deref(), Some("Graduation ID photo"));
    let mut student = scene.student(0).await;
    student.prepare(&scene).await;
    let booked = student.look().await.studio.expect("a studio is booked");
    assert_eq!(booked.package_name, "毕业证照采集");
    assert_eq!(booked.en_package_name.as_deref(), Some("Graduation ID photo"));
}

#[tokio::test]
async fn b_2_a_resting_station_calls_nobody_and_is_not_counted_on() {
    let scene = Scene::set().await;
    let (one, two) = (scene.station("1号机位").await, scene.station("2号机位").await);
    for index in 0..4 {
        scene.student_in_line(index).await;
    }
    for station in [&one, &two] {
        let entry = station.call_next().await.expect("somebody waits");
        scene.server.clock.advance(Duration::from_mins(2));
        let _: QueueEntry = station.ticket(entry.ticket, "arrive").await.ok();
        let _: QueueEntry = station.ticket(entry.ticket, "serve").await.ok();
    }
    let wait = async || -> u32 {
        let board: Board = scene.server.anyone().get("/api/boards/SFZX").await.ok();
        board.expected_wait_minutes
    };
    assert_eq!(wait().await, 2, "two people, two stations, two minutes each");
    assert_eq!(two.caller.post("/api/station/pause").await.status, 204);
    assert_eq!(two.caller.post("/api/station/queue/next").await.problem(), "station.paused");
    assert_eq!(wait().await, 4);
    assert_eq!(two.caller.post("/api/station/resume").await.status, 204);
    assert!(two.call_next().await.is_some());
}

#[tokio::test]
async fn b_2_a_called_student_is_handed_to_another_station_of_the_studio() {
    let scene = Scene::set().await;
    let (one, two) = (scene.station("1号机位").await, scene.station("2号机位").await);
    let elsewhere = scene.another_studio("OTHER").await;
    let foreign = scene.station_of(&elsewhere, "1号机位").await;
    scene.student_in_line(0).await;
    let ticket = one.call_next().await.expect("somebody waits").ticket;
    let path = format!("/api/station/tickets/{ticket}/transfer");
    let to = |station: &TestStation| TransferTicket { station: station.id };
    assert_eq!(one.caller.post_json(&path, &to(&foreign)).await.problem(), "station.not_found");
    assert_eq!(two.caller.post_json(&path, &to(&one)).await.problem(), "ticket.not_now");
    let handed: QueueEntry = one.caller.post_json(&path, &to(&two)).await.ok();
    assert_eq!((handed.station, handed.state), (Some(two.id), TicketStateName::Called));
    assert_eq!(one.ticket(ticket, "arrive").await.problem(), "ticket.not_now");
    let _: QueueEntry = two.ticket(ticket, "arrive").await.ok();
}

#[tokio::test]
async fn m1_6_4_who_cannot_stand_long_goes_first_and_who_gives_up_is_out() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let mut students = Vec::new();
    for index in 0..3 {
        students.push(scene.student_in_line(index).await);
        scene.server.clock.advance(Duration::from_secs(1));
    }
    let last = students[2].ticket().await;
    let path = format!("/api/station/tickets/{last}/priority");
    let ahead = SetPriority { priority: Priority::Ahead };
    let _: QueueEntry = station.caller.post_json(&path, &ahead).await.ok();
    let give_up = format!("/api/collections/{}/cancel-ticket", students[0].collection());
    assert_eq!(students[1].caller.post(&give_up).await.problem(), "collection.not_found");
    let out: Collection = students[0].caller.post(&give_up).await.ok();
    assert_eq!(out.next_step, NextStep::CheckIn);
    assert_eq!(students[0].caller.post(&give_up).await.problem(), "ticket.not_now");
    let queue: Queue = station.caller.get("/api/station/queue").await.ok();
    let numbers: Vec<String> = queue.entries.iter().map(|entry| entry.number.to_string()).collect();
    assert_eq!(numbers, ["A003", "A002"]);
    assert_eq!(station.caller.post_json(&path, &ahead).await.status, 200);
    assert_eq!(station.call_next().await.map(|entry| entry.ticket), Some(last));
    assert_eq!(station.caller.post_json(&path, &ahead).await.problem(), "ticket.not_now");
}

#[tokio::test]
async fn b_2_a_student_is_sent_only_where_the_student_could_have_gone_and_somebody_calls() {
    let scene = Scene::set().await;
    let here = scene.station("1号机位").await;
    let empty = scene.another_studio("EMPTY").await;
    let other = scene.another_studio("OTHER").await;
    let there = scene.station_of(&other, "1号机位").await;
    scene.student_in_line(0).await;
    let ticket = here.call_next().await.expect("somebody waits").ticket;
    let offered = async || -> Vec<String> {
        let studios: OtherStudios =
            here.caller.get(&format!("/api/station/tickets/{ticket}/studios")).await.ok();
        studios.studios.into_iter().map(|studio| studio.id.to_string()).collect()
    };
    let path = format!("/api/station/tickets/{ticket}/studio-transfer");
    let to = |studio: &Studio| serde_json::json!({ "studio": studio.id });
    assert_eq!(offered().await, [other.id.to_string()], "neither this one nor one without a station");
    assert_eq!(here.caller.post_json(&path, &to(&empty)).await.problem(), "studio.not_taking");
    assert_eq!(there.caller.post("/api/station/pause").await.status, 204);
    assert!(offered().await.is_empty());
    assert_eq!(here.caller.post_json(&path, &to(&other)).await.problem(), "studio.not_taking");
    assert_eq!(there.caller.post("/api/station/resume").await.status, 204);
    assert_eq!(offered().await, [other.id.to_string()]);
    assert_eq!(here.caller.post_json(&path, &to(&other)).await.status, 200);
}

#[tokio::test]
async fn b_2_a_student_is_sent_to_another_studio_and_only_one_station_gets_the_student() {
    let scene = Scene::set().await;
    let here = scene.station("1号机位").await;
    let beside = scene.station("2号机位").await;
    let other = scene.another_studio("OTHER").await;
    let there = scene.station_of(&other, "1号机位").await;
    let student = scene.student_in_line(0).await;
    let ticket = here.call_next().await.expect("somebody waits").ticket;
    let path = format!("/api/station/tickets/{ticket}/studio-transfer");
    let to = serde_json::json!({ "studio": other.id });
    assert_eq!(beside.caller.post_json(&path, &to).await.problem(), "ticket.not_now", "it is not there");
    let itself = serde_json::json!({ "studio": scene.studio.id });
    assert_eq!(here.caller.post_json(&path, &itself).await.problem(), "studio.not_found");
    scene.server.clock.advance(Duration::from_secs(1));
    let sent: gradshot_wire::queue::TransferredTicket = here.caller.post_json(&path, &to).await.ok();
    assert_eq!(sent.number.to_string(), "A001");
    assert_eq!(here.caller.post_json(&path, &to).await.problem(), "ticket.not_now", "once only");
    assert_eq!(here.ticket(ticket, "call").await.problem(), "ticket.not_now");
    let shown = student.look().await.ticket.expect("a ticket");
    assert_eq!((shown.id, shown.number), (sent.ticket, sent.number), "the phone shows the new one");
    assert!(here.call_next().await.is_none());
    let receipt = there.photograph_next().await;
    let _: Collection = student.confirm(receipt.portrait).await.ok();
}
