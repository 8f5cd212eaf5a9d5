//! Whole journeys before a server that is killed after every answer: nothing that matters is in its memory only.

use std::time::Duration;

use axum::body::Body;
use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use gradshot_domain::{Policy, RejectReason};
use gradshot_testkit::{GOOD_SHOT, Scene, TestServer, TestStation, TestStudent};
use gradshot_wire::collection::{Collection, NextStep};
use gradshot_wire::hand_over::{Bundle, BundlesPage, DeliverBundle, HandOver};
use gradshot_wire::phone::{PhotoRules, ReadPhotoRules};
use gradshot_wire::queue::QueueEntry;
use gradshot_wire::review::{Decide, ReviewDesk};

async fn scene(policy: Policy) -> Scene {
    Scene::set_with(TestServer::start_forgetful().await, policy).await
}

/// Calls, recalls, photographs and sends; what was cut off is done again.
async fn photograph(scene: &Scene, station: &TestStation, student: &TestStudent) -> Collection {
    let called = station.call_next().await.expect("somebody waits");
    let _: QueueEntry = station.ticket(called.ticket, "call").await.ok();
    let _: QueueEntry = station.ticket(called.ticket, "arrive").await.ok();
    scene.server.clock.advance(Duration::from_mins(1));
    let sealed = station.seal(called.ticket, |_| {}).await;
    for _ in 0..2 {
        assert!(station.send(&sealed).await.status.is_success(), "the answer was lost: it is sent again");
    }
    let shown = student.look().await;
    let portrait = shown.portrait.as_ref().expect("a portrait");
    assert_eq!((shown.next_step, portrait.id), (NextStep::Decide, sealed.portrait));
    assert_eq!(student.caller.get(&portrait.picture_url).await.status, 200);
    shown
}

async fn review(scene: &Scene, decision: &Decide) {
    let desk: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
    let item = desk.item.expect("one waits");
    assert_eq!(scene.reviewer.get(&item.picture_url).await.status, 200);
    let path = format!("/api/review/portraits/{}", item.portrait);
    let _: ReviewDesk = scene.reviewer.post_json(&path, decision).await.ok();
}

async fn hand_over(scene: &Scene, student: &TestStudent) {
    let path = format!("/api/admin/campaigns/{}/hand-over", scene.campaign.id);
    let bundle = scene.admin.post(&path).await.ok::<HandOver>().bundle.expect("a bundle");
    assert!(scene.admin.get(&bundle.file_url).await.body.starts_with(b"PK"));
    let path = format!("/api/admin/bundles/{}/deliver", bundle.id);
    let deliver = DeliverBundle { note: "回执 001".to_owned() };
    let _: Bundle = scene.admin.post_json(&path, &deliver).await.ok();
    let path = format!("/api/admin/campaigns/{}/bundles", scene.campaign.id);
    let page: BundlesPage = scene.admin.get(&path).await.ok();
    assert_eq!(page.bundles.len(), 1);
    assert_eq!(student.look().await.next_step, NextStep::WaitForRegistry);
}

#[tokio::test]
async fn manual_1_by_the_studio_with_a_retake_and_a_rejection() {
    let scene = scene(Policy::pay_first()).await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let shown = photograph(&scene, &station, &student).await;
    let objected: Collection = student.object(shown.portrait.expect("one").id).await.ok();
    assert_eq!(objected.next_step, NextStep::Wait);
    let shown = photograph(&scene, &station, &student).await;
    let confirmed: Collection = student.confirm(shown.portrait.expect("one").id).await.ok();
    assert_eq!(confirmed.next_step, NextStep::WaitForReview);
    review(&scene, &Decide::Reject { reasons: vec![RejectReason::Pose], note: String::new() }).await;
    assert_eq!(student.check_in(&scene).await.next_step, NextStep::Wait, "again, without paying");
    let shown = photograph(&scene, &station, &student).await;
    let _: Collection = student.confirm(shown.portrait.expect("one").id).await.ok();
    review(&scene, &Decide::Approve).await;
    hand_over(&scene, &student).await;
}

#[tokio::test]
async fn manual_2_by_the_studio_seen_first_and_paid_afterwards() {
    let scene = scene(Policy::pay_after_preview()).await;
    let station = scene.station("1号机位").await;
    let mut student = scene.student(0).await;
    student.register(&scene).await;
    student.consent().await;
    student.book(&scene).await;
    student.check_in(&scene).await;
    let shown = photograph(&scene, &station, &student).await;
    let confirmed: Collection = student.confirm(shown.portrait.expect("one").id).await.ok();
    assert_eq!(confirmed.next_step, NextStep::Pay);
    scene.server.clock.advance(Duration::from_mins(31));
    scene.server.server.run_due_jobs().await.unwrap();
    assert_eq!(student.look().await.next_step, NextStep::ChooseRoute, "the order closed itself");
    student.book(&scene).await;
    let paid: Collection = student.pay().await.ok();
    assert_eq!(paid.next_step, NextStep::WaitForReview);
    review(&scene, &Decide::Approve).await;
    hand_over(&scene, &student).await;
}

#[tokio::test]
async fn the_phone_route_with_an_upload_in_pieces() {
    let scene = scene(Policy::pay_after_preview()).await;
    let mut student = scene.student(0).await;
    student.register(&scene).await;
    student.consent().await;
    let own = format!("/api/collections/{}", student.collection());
    let _: Collection = student.caller.post(&format!("{own}/phone")).await.ok();
    let rules: PhotoRules = student.caller.get("/api/photo-rules").await.ok();
    let read = ReadPhotoRules { version: rules.version };
    let _: Collection = student.caller.post_json(&format!("{own}/photo-rules"), &read).await.ok();

    let tus = student.caller.with_header("tus-resumable", "1.0.0");
    let metadata = format!("filetype {},source {}", STANDARD.encode("image/jpeg"), STANDARD.encode("camera"));
    let announced = tus
        .with_header("upload-length", GOOD_SHOT.len().to_string())
        .with_header("upload-metadata", metadata)
        .post(&format!("{own}/shots"))
        .await;
    assert_eq!(announced.status, 201, "{}", announced.text());
    let shot = announced.headers["location"].to_str().unwrap().to_owned();
    for (number, piece) in GOOD_SHOT.chunks(7).enumerate() {
        let asked = tus.send(Method::HEAD, &shot, None, Body::empty()).await;
        assert_eq!(asked.headers["upload-offset"], (number * 7).to_string(), "goes on where it was cut");
        let sent = tus
            .with_header("upload-offset", (number * 7).to_string())
            .send(Method::PATCH, &shot, Some("application/offset+octet-stream"), piece.to_vec().into())
            .await;
        assert_eq!(sent.status, 204, "{}", sent.text());
    }
    scene.server.server.run_due_jobs().await.unwrap();
    let shown = student.look().await;
    assert_eq!(shown.next_step, NextStep::Decide);
    let confirmed: Collection = student.confirm(shown.portrait.expect("a portrait").id).await.ok();
    assert_eq!(confirmed.next_step, NextStep::Pay);
    let paid: Collection = student.pay().await.ok();
    assert_eq!(paid.next_step, NextStep::WaitForReview);
    review(&scene, &Decide::Approve).await;
    hand_over(&scene, &student).await;
}
