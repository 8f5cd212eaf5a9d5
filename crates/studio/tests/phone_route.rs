//! The phone route with the real engine: a photo becomes a portrait that meets the standard.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use gradshot_domain::Policy;
use gradshot_studio::{PhoneDarkroom, Root};
use gradshot_testkit::{Scene, TestServer};
use gradshot_wire::collection::{Collection, NextStep};
use gradshot_wire::phone::{PhotoRules, ReadPhotoRules};

/// What one request takes at most.
const PIECE_BYTES: usize = 4 * 1024 * 1024;

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_from_a_phone_becomes_a_portrait_that_is_given_in() {
    let root = Root::find().unwrap();
    let shot = fs::read(root.sample_photos().join("hopper_plain_wall.jpg")).unwrap();
    let darkroom = Arc::new(PhoneDarkroom::new(root));
    let server = TestServer::start_with(|options| options.standardizer = Some(darkroom)).await;
    let scene = Scene::set_with(server, Policy::pay_first()).await;
    let mut student = scene.student(0).await;
    student.register(&scene).await;
    student.consent().await;
    let collection = student.collection();
    let _: Collection = student.caller.post(&format!("/api/collections/{collection}/phone")).await.ok();
    let _: Collection = student.pay().await.ok();
    let rules: PhotoRules = student.caller.get("/api/photo-rules").await.ok();
    let read = ReadPhotoRules { version: rules.version };
    let path = format!("/api/collections/{collection}/photo-rules");
    let _: Collection = student.caller.post_json(&path, &read).await.ok();

    let phone = student.caller.with_header("tus-resumable", "1.0.0");
    let metadata = format!("filetype {},source {}", STANDARD.encode("image/jpeg"), STANDARD.encode("camera"));
    let announced = phone
        .with_header("upload-length", shot.len().to_string())
        .with_header("upload-metadata", metadata)
        .post(&format!("/api/collections/{collection}/shots"))
        .await;
    let path = announced.headers["location"].to_str().unwrap().to_owned();
    for (number, piece) in shot.chunks(PIECE_BYTES).enumerate() {
        let phone = phone.with_header("upload-offset", (number * PIECE_BYTES).to_string());
        let kind = Some("application/offset+octet-stream");
        let sent = phone.send(Method::PATCH, &path, kind, Body::from(piece.to_vec())).await;
        assert_eq!(sent.status, 204, "{}", sent.text());
    }
    scene.server.clock.advance(Duration::from_secs(1));
    scene.server.server.run_due_jobs().await.unwrap();

    let shown = student.look().await;
    assert_eq!(shown.next_step, NextStep::Decide);
    let portrait = shown.portrait.expect("a portrait");
    assert!(!portrait.verdict.findings.is_empty(), "every check is told");
    let jpeg = student.caller.get(&portrait.picture_url).await.body;
    let kilobytes = jpeg.len() as f64 / 1024.0;
    assert!((20.0..=40.0).contains(&kilobytes), "{kilobytes} KB");
    let given: Collection = student.confirm(portrait.id).await.ok();
    assert_eq!(given.next_step, NextStep::WaitForReview);
}
