//! What is heard as it happens, by many and on many servers.

use gradshot_testkit::{Scene, TestServer};
use gradshot_wire::board::Board;
use gradshot_wire::collection::{Collection, NextStep};

#[tokio::test]
async fn everybody_comes_nearer_when_one_is_called() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let mut phones = Vec::new();
    for index in 0..6 {
        let student = scene.student_in_line(index).await;
        let path = format!("/api/collections/{}/events", student.collection());
        let mut events = student.caller.events(&path).await;
        let ahead = move |collection: &Collection| collection.ticket.as_ref().map(|ticket| ticket.ahead);
        let wanted = u32::try_from(index).unwrap();
        let _: Collection = events.until("collection", |now| ahead(now) == Some(wanted)).await;
        phones.push((student, events));
    }
    for called in 0..3 {
        station.call_next().await.expect("somebody waits");
        for (index, (student, events)) in phones.iter_mut().enumerate().skip(called) {
            let told: Collection = if index == called {
                events.until("collection", |now: &Collection| now.next_step == NextStep::Come).await
            } else {
                let ahead = u32::try_from(index - called - 1).unwrap();
                let nearer =
                    |now: &Collection| now.ticket.as_ref().is_some_and(|ticket| ticket.ahead == ahead);
                events.until("collection", nearer).await
            };
            assert_eq!(told, student.look().await, "the phone is told what it would see");
        }
    }
}

#[tokio::test]
async fn a_board_on_another_server_hears_of_a_call() {
    let scene = Scene::set().await;
    let Some(other) = scene.server.beside().await else { return };
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let mut running = tokio::task::JoinSet::new();
    for server in [&scene.server, &other] {
        let (server, mut stopped) = (server.server.clone(), stopped.clone());
        running.spawn(async move {
            server.run_background(async { drop(stopped.wait_for(|stop| *stop).await) }).await;
        });
    }
    let mut board = other.anyone().events(&format!("/api/boards/{}/events", scene.studio.code)).await;
    let empty: Board = board.until("board", |_| true).await;
    assert_eq!((empty.waiting, empty.called.len()), (0, 0));

    let student = scene.student_in_line(0).await;
    let _: Board = board.until("board", |board: &Board| board.waiting == 1).await;
    let station = scene.station("1号机位").await;
    station.call_next().await.expect("somebody waits");
    let _: Board = board.until("board", |board: &Board| board.called.len() == 1).await;
    drop(student);
    stop.send_replace(true);
    running.join_all().await;
}

#[tokio::test]
async fn a_board_hears_which_stations_rest() {
    let scene = Scene::set().await;
    let (_one, two) = (scene.station("1号机位").await, scene.station("2号机位").await);
    let mut board = scene.server.anyone().events(&format!("/api/boards/{}/events", scene.studio.code)).await;
    let resting = |board: &Board| {
        let stations = board.stations.iter().map(|station| (station.name.clone(), station.paused));
        stations.collect::<Vec<_>>()
    };
    let both = |second| vec![("1号机位".to_owned(), false), ("2号机位".to_owned(), second)];
    let _: Board = board.until("board", |board: &Board| resting(board) == both(false)).await;
    assert_eq!(two.caller.post("/api/station/pause").await.status, 204);
    let _: Board = board.until("board", |board: &Board| resting(board) == both(true)).await;
    assert_eq!(two.caller.post("/api/station/resume").await.status, 204);
    let _: Board = board.until("board", |board: &Board| resting(board) == both(false)).await;
}

#[tokio::test]
async fn two_servers_on_one_database_share_their_sessions_and_rows() {
    let server = TestServer::start().await;
    let Some(other) = server.beside().await else { return };
    let admin = server.staff("admin", gradshot_domain::Role::Admin).await;
    assert!(admin.on(other.router()).get("/api/account").await.status.is_success());
}
