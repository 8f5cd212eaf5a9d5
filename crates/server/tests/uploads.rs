//! Sealed portraits at the door: what is kept, and what is sent back.

use axum::body::Body;
use axum::http::Method;
use gradshot_domain::{PortraitId, PortraitSource, Severity, TicketId};
use gradshot_testkit::{Answer, Caller, JPEG, Scene, Sealed, TestStation, TestStudent};
use gradshot_wire::collection::Collection;
use gradshot_wire::portrait::PortraitStateName;
use gradshot_wire::queue::QueueEntry;
use gradshot_wire::review::{Decide, ReviewDesk};
use gradshot_wire::station::PortraitReceipt;

struct Studio {
    scene: Scene,
    station: TestStation,
    student: TestStudent,
}

async fn student_before_the_camera() -> Studio {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let entry = station.call_next().await.expect("somebody waits");
    let _: QueueEntry = station.ticket(entry.ticket, "arrive").await.ok();
    Studio { scene, station, student }
}

#[tokio::test]
async fn sending_twice_is_harmless() {
    let Studio { scene: _scene, station, student } = student_before_the_camera().await;
    let sealed = station.seal(student.ticket().await, |_| {}).await;
    for _ in 0..2 {
        let receipt: PortraitReceipt = station.send(&sealed).await.ok();
        assert_eq!((receipt.portrait, receipt.state), (sealed.portrait, PortraitStateName::Stored));
    }
    let _: Collection = student.confirm(sealed.portrait).await.ok();
    let receipt: PortraitReceipt = station.send(&sealed).await.ok();
    assert_eq!(receipt.state, PortraitStateName::Confirmed, "a late repetition learns how it stands");
}

#[tokio::test(flavor = "multi_thread")]
async fn sending_twice_at_once_keeps_one() {
    let Studio { scene: _scene, station, student } = student_before_the_camera().await;
    let sealed = station.seal(student.ticket().await, |_| {}).await;
    let (one, two) = tokio::join!(station.send(&sealed), station.send(&sealed));
    assert_eq!(one.ok::<PortraitReceipt>(), two.ok::<PortraitReceipt>());
}

#[tokio::test]
async fn changed_forged_and_foreign_bytes_are_refused() {
    let Studio { scene, station, student } = student_before_the_camera().await;
    let ticket = student.ticket().await;
    let good = station.seal(ticket, |_| {}).await;

    let mut changed = station.seal(ticket, |_| {}).await;
    let last = changed.envelope.len() - 100;
    changed.envelope[last] ^= 1;
    assert_eq!(station.send(&changed).await.problem(), "envelope.forged");
    let garbage =
        station.caller.put(&format!("/api/station/portraits/{}", good.portrait), b"JFIF".to_vec()).await;
    assert_eq!(garbage.problem(), "envelope.malformed");
    let huge = vec![0; 5 * 1024 * 1024];
    let huge = station.caller.put(&format!("/api/station/portraits/{}", good.portrait), huge).await;
    assert_eq!(huge.problem(), "body.too_large");

    let stranger = scene.station("2号机位").await;
    assert_eq!(stranger.send(&good).await.problem(), "envelope.forged", "another station's signature");
    let in_ones_own_name = stranger.seal(ticket, |_| {}).await;
    assert_eq!(stranger.send(&in_ones_own_name).await.problem(), "ticket.not_now", "not before this camera");
    let elsewhere = scene.another_studio("OTHER").await;
    let foreign = scene.station_of(&elsewhere, "1号机位").await;
    assert_eq!(foreign.send(&foreign.seal(ticket, |_| {}).await).await.problem(), "ticket.not_found");

    let other_id = PortraitId::from_bytes([9; 16]);
    let wrong_path =
        station.caller.put(&format!("/api/station/portraits/{other_id}"), good.envelope.clone()).await;
    assert_eq!(wrong_path.problem(), "envelope.mismatch");
    let spec = station.seal(ticket, |header| header.spec = "passport".to_owned()).await;
    assert_eq!(station.send(&spec).await.problem(), "envelope.mismatch");
    let station_id = stranger.id;
    let posing = station
        .seal(ticket, |header| {
            header.source = PortraitSource::Station { ticket, station: station_id };
        })
        .await;
    assert_eq!(station.send(&posing).await.problem(), "envelope.mismatch");
    let lying = station.seal_contents(ticket, JPEG, Severity::Retake, |_| {}).await;
    assert_eq!(station.send(&lying).await.problem(), "envelope.does_not_open");
    let no_picture = station.seal_contents(ticket, b"GIF89a", Severity::Pass, |_| {}).await;
    assert_eq!(station.send(&no_picture).await.problem(), "envelope.does_not_open");

    assert_eq!(student.look().await.portrait, None, "none of them was kept");
    let same_id = station.seal(ticket, |header| header.portrait = good.portrait).await;
    assert!(station.send(&good).await.status.is_success());
    assert_eq!(station.send(&same_id).await.problem(), "envelope.other");
}

#[tokio::test]
async fn a_portrait_of_a_student_who_was_never_called_is_refused() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let sealed = station.seal(student.ticket().await, |_| {}).await;
    assert_eq!(station.send(&sealed).await.problem(), "ticket.not_now");
}

#[tokio::test]
async fn a_station_without_a_network_need_not_tell_of_the_arrival_first() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let entry = station.call_next().await.expect("somebody waits");
    let sealed = station.seal(entry.ticket, |_| {}).await;
    assert!(station.send(&sealed).await.status.is_success());
    assert_eq!(student.look().await.portrait.map(|portrait| portrait.id), Some(sealed.portrait));
}

#[tokio::test]
async fn a_collection_takes_no_second_portrait_once_one_was_given_in() {
    let Studio { scene, station, student } = student_before_the_camera().await;
    let ticket = student.ticket().await;
    let first = station.seal(ticket, |_| {}).await;
    let second = station.seal(ticket, |_| {}).await;
    assert!(station.send(&first).await.status.is_success());
    let _: Collection = student.confirm(first.portrait).await.ok();
    assert_eq!(station.send(&second).await.problem(), "portrait.already_submitted");
    assert_eq!(student.try_check_in("SFZX").await.problem(), "portrait.already_submitted");

    let _: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
    let path = format!("/api/review/portraits/{}", first.portrait);
    let _: ReviewDesk = scene.reviewer.post_json(&path, &Decide::Approve).await.ok();
    assert_eq!(station.send(&second).await.problem(), "portrait.already_submitted");
}

#[tokio::test]
async fn a_picture_is_for_its_owner_only() {
    let Studio { scene, station, student } = student_before_the_camera().await;
    let sealed = station.seal(student.ticket().await, |_| {}).await;
    assert!(station.send(&sealed).await.status.is_success());
    let other = scene.student(1).await;
    let path = format!("/api/portraits/{}/picture.jpg", sealed.portrait);
    for caller in [&other.caller, &scene.reviewer, &scene.admin] {
        assert_eq!(caller.get(&path).await.problem(), "portrait.not_found");
    }
    assert_eq!(station.caller.get(&path).await.problem(), "session.missing");
    assert_eq!(other.confirm(sealed.portrait).await.problem(), "portrait.not_found");
    assert_eq!(other.object(sealed.portrait).await.problem(), "portrait.not_found");
    assert_eq!(student.caller.get(&path).await.body, JPEG);
}

async fn seal(studio: &Studio) -> Sealed {
    let ticket: TicketId = studio.student.ticket().await;
    studio.station.seal(ticket, |_| {}).await
}

fn piece_of(station: &TestStation, offset: usize, total: usize) -> Caller {
    station
        .caller
        .with_header("tus-resumable", "1.0.0")
        .with_header("upload-offset", offset.to_string())
        .with_header("upload-length", total.to_string())
}

async fn send_piece(station: &TestStation, sealed: &Sealed, from: usize, until: usize) -> Answer {
    let path = format!("/api/station/portraits/{}", sealed.portrait);
    let body = Body::from(sealed.envelope[from..until].to_vec());
    let caller = piece_of(station, from, sealed.envelope.len());
    caller.send(Method::PATCH, &path, Some("application/offset+octet-stream"), body).await
}

async fn offset(station: &TestStation, sealed: &Sealed) -> Answer {
    let path = format!("/api/station/portraits/{}", sealed.portrait);
    station.caller.with_header("tus-resumable", "1.0.0").send(Method::HEAD, &path, None, Body::empty()).await
}

#[tokio::test]
async fn an_upload_goes_on_where_it_was_cut() {
    let studio = student_before_the_camera().await;
    let (station, sealed) = (&studio.station, seal(&studio).await);
    let (half, whole) = (sealed.envelope.len() / 2, sealed.envelope.len());
    assert_eq!(offset(station, &sealed).await.status, 404, "nothing has come");
    assert_eq!(send_piece(station, &sealed, 0, half).await.status, 204);
    let known = offset(station, &sealed).await;
    assert_eq!(
        (known.status.as_u16(), known.headers["upload-offset"].to_str().unwrap()),
        (200, half.to_string().as_str())
    );
    assert_eq!(send_piece(station, &sealed, 0, half).await.problem(), "piece.offset", "not twice");
    assert_eq!(send_piece(station, &sealed, half + 1, whole).await.problem(), "piece.offset", "no gap");

    let elsewhere = studio.scene.station("2号机位").await;
    assert_eq!(offset(&elsewhere, &sealed).await.status, 404, "another station has its own");
    assert_eq!(send_piece(&elsewhere, &sealed, half, whole).await.problem(), "piece.offset");

    let receipt: PortraitReceipt = send_piece(station, &sealed, half, whole).await.ok();
    assert_eq!(receipt.portrait, sealed.portrait);
    let known = offset(station, &sealed).await;
    assert_eq!(known.headers["upload-offset"], known.headers["upload-length"], "all of it is kept");
    assert_eq!(station.send(&sealed).await.ok::<PortraitReceipt>(), receipt, "at once is the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_piece_twice_at_once_is_kept_once() {
    let studio = student_before_the_camera().await;
    let (station, sealed) = (&studio.station, seal(&studio).await);
    let (half, whole) = (sealed.envelope.len() / 2, sealed.envelope.len());
    for (from, until, done) in [(0, half, 204), (half, whole, 200)] {
        let (one, two) = tokio::join!(
            send_piece(station, &sealed, from, until),
            send_piece(station, &sealed, from, until)
        );
        let statuses = [one.status.as_u16(), two.status.as_u16()];
        assert!(statuses.contains(&done), "{statuses:?}");
        assert!(statuses.iter().all(|status| [done, 409].contains(status)), "{statuses:?}");
    }
    assert_eq!(station.send(&sealed).await.ok::<PortraitReceipt>().portrait, sealed.portrait);
}

#[tokio::test]
async fn an_offset_at_the_end_means_that_the_portrait_is_kept() {
    let studio = student_before_the_camera().await;
    let (station, sealed) = (&studio.station, seal(&studio).await);
    let whole = sealed.envelope.len();
    assert_eq!(send_piece(station, &sealed, 0, whole - 1).await.status, 204);
    // The network breaks while the last piece is on its way, and the server cannot keep it.
    std::fs::remove_dir_all(studio.scene.server.folder().join("blobs")).unwrap();
    std::fs::write(studio.scene.server.folder().join("blobs"), "no folder any more").unwrap();
    assert_eq!(send_piece(station, &sealed, whole - 1, whole).await.status, 500);
    let known = offset(station, &sealed).await;
    assert_eq!(known.headers["upload-offset"], (whole - 1).to_string(), "the last piece is asked for again");
    std::fs::remove_file(studio.scene.server.folder().join("blobs")).unwrap();
    std::fs::create_dir(studio.scene.server.folder().join("blobs")).unwrap();
    assert_eq!(send_piece(station, &sealed, whole - 1, whole).await.status, 200);
}

#[tokio::test]
async fn pieces_are_looked_at_as_the_whole_would_be() {
    let studio = student_before_the_camera().await;
    let (station, mut sealed) = (&studio.station, seal(&studio).await);
    let whole = sealed.envelope.len();
    assert_eq!(send_piece(station, &sealed, 0, whole - 10).await.status, 204);
    sealed.envelope[whole - 1] ^= 1;
    assert_eq!(send_piece(station, &sealed, whole - 10, whole).await.problem(), "envelope.forged");
    assert_eq!(offset(station, &sealed).await.status, 404, "it begins anew");
    sealed.envelope[whole - 1] ^= 1;

    let path = format!("/api/station/portraits/{}", sealed.portrait);
    let huge = piece_of(station, 0, 1 << 40);
    let kind = Some("application/offset+octet-stream");
    assert_eq!(huge.send(Method::PATCH, &path, kind, Body::from("x")).await.problem(), "envelope.too_large");
    let plain =
        piece_of(station, 0, whole).send(Method::PATCH, &path, Some("text/plain"), Body::from("x")).await;
    assert_eq!(plain.problem(), "piece.malformed");
    let spoken = station.caller.send(Method::PATCH, &path, kind, Body::from("x")).await;
    assert_eq!(spoken.problem(), "tus.version");

    // What never comes to its end is forgotten.
    assert_eq!(send_piece(station, &sealed, 0, 9).await.status, 204);
    studio.scene.server.clock.advance(std::time::Duration::from_hours(49));
    studio.scene.server.server.run_due_jobs().await.unwrap();
    assert_eq!(offset(station, &sealed).await.status, 404);
}
