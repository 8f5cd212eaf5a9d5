//! The phone route 手机拍照: choosing, uploading piece by piece, the portrait that the server makes, deciding.

use std::time::Duration;

use axum::body::Body;
use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use gradshot_domain::{Policy, RejectReason, Route};
use gradshot_testkit::{
    Answer, BAD_SHOT, CROWDED_SHOT, Caller, GOOD_SHOT, JPEG, Scene, TestServer, TestStudent,
};
use gradshot_wire::collection::{Collection, NextStep, OrderStateName};
use gradshot_wire::phone::{PhotoRules, ReadPhotoRules, ShotStateName};
use gradshot_wire::portrait::PortraitStateName;
use gradshot_wire::review::{Decide, ReviewDesk};
use sha2::{Digest as _, Sha256};

fn tus(student: &TestStudent) -> Caller {
    student.caller.with_header("tus-resumable", "1.0.0")
}

async fn announce(student: &TestStudent, bytes: usize, source: &str) -> Answer {
    let metadata = format!("filetype {},source {}", STANDARD.encode("image/jpeg"), STANDARD.encode(source));
    tus(student)
        .with_header("upload-length", bytes.to_string())
        .with_header("upload-metadata", metadata)
        .post(&format!("/api/collections/{}/shots", student.collection()))
        .await
}

fn location(announced: &Answer) -> String {
    assert_eq!(announced.status, 201, "{}", announced.text());
    announced.headers["location"].to_str().unwrap().to_owned()
}

async fn send(student: &TestStudent, path: &str, offset: usize, piece: &[u8]) -> Answer {
    let caller = tus(student).with_header("upload-offset", offset.to_string());
    let body = Body::from(piece.to_vec());
    caller.send(Method::PATCH, path, Some("application/offset+octet-stream"), body).await
}

async fn offset(student: &TestStudent, path: &str) -> String {
    let answer = tus(student).send(Method::HEAD, path, None, Body::empty()).await;
    assert_eq!(answer.status, 200);
    answer.headers["upload-offset"].to_str().unwrap().to_owned()
}

async fn upload(scene: &Scene, student: &TestStudent, shot: &[u8]) -> Collection {
    scene.server.clock.advance(Duration::from_secs(1));
    let path = location(&announce(student, shot.len(), "camera").await);
    assert_eq!(send(student, &path, 0, shot).await.status, 204);
    scene.server.server.run_due_jobs().await.unwrap();
    student.look().await
}

async fn choose(student: &TestStudent) -> Answer {
    student.caller.post(&format!("/api/collections/{}/phone", student.collection())).await
}

async fn read_rules(student: &TestStudent) -> Collection {
    let rules: PhotoRules = student.caller.get("/api/photo-rules").await.ok();
    let path = format!("/api/collections/{}/photo-rules", student.collection());
    student.caller.post_json(&path, &ReadPhotoRules { version: rules.version }).await.ok()
}

/// A student who may take a photo now.
async fn ready(scene: &Scene, index: usize) -> TestStudent {
    let mut student = scene.student(index).await;
    student.register(scene).await;
    student.consent().await;
    let chosen: Collection = choose(&student).await.ok();
    if chosen.next_step == NextStep::Pay {
        let _: Collection = student.pay().await.ok();
    }
    assert_eq!(read_rules(&student).await.next_step, NextStep::TakePhoto);
    student
}

async fn pay_later() -> Scene {
    Scene::set_with(TestServer::start().await, Policy::pay_after_preview()).await
}

#[tokio::test]
async fn m1_5_1_one_payment_at_the_price_shown_and_any_number_of_shots() {
    let scene = Scene::set().await;
    let mut student = scene.student(0).await;
    student.register(&scene).await;
    student.consent().await;
    let price = student.look().await.phone.expect("the phone route").price;
    let chosen: Collection = choose(&student).await.ok();
    assert_eq!((chosen.next_step, chosen.route), (NextStep::Pay, Some(Route::Phone)));
    assert_eq!(chosen.order.map(|order| order.total), Some(price));
    let _: Collection = student.pay().await.ok();
    read_rules(&student).await;
    for _ in 0..3 {
        let made = upload(&scene, &student, GOOD_SHOT).await;
        assert_eq!(made.next_step, NextStep::Decide);
        let again: Collection = student.object(made.portrait.expect("a portrait").id).await.ok();
        assert_eq!(again.next_step, NextStep::TakePhoto, "nobody pays again");
    }
}

#[tokio::test]
async fn m1_5_2_the_rules_are_read_before_a_photo_is_taken_or_chosen() {
    let scene = Scene::set().await;
    let mut student = scene.student(0).await;
    student.register(&scene).await;
    student.consent().await;
    assert_eq!(announce(&student, 10, "camera").await.problem(), "shot.other_route");
    let _: Collection = choose(&student).await.ok();
    assert_eq!(announce(&student, 10, "camera").await.problem(), "order.unpaid");
    let paid: Collection = student.pay().await.ok();
    assert_eq!(paid.next_step, NextStep::ReadRules);
    assert_eq!(announce(&student, 10, "camera").await.problem(), "photo_rules.unread");
    let path = format!("/api/collections/{}/photo-rules", student.collection());
    let old = ReadPhotoRules { version: "2001-01-1".to_owned() };
    assert_eq!(student.caller.post_json(&path, &old).await.problem(), "photo_rules.version");
    read_rules(&student).await;
    location(&announce(&student, 10, "album").await);
}

#[tokio::test]
async fn m1_5_3_a_shot_comes_in_pieces_and_goes_on_where_it_was_cut() {
    let scene = Scene::set().await;
    let student = ready(&scene, 0).await;
    let path = location(&announce(&student, GOOD_SHOT.len(), "camera").await);
    let (first, rest) = GOOD_SHOT.split_at(7);
    assert_eq!(send(&student, &path, 0, first).await.status, 204);
    assert_eq!(send(&student, &path, 0, first).await.problem(), "shot.offset", "sent twice, kept once");
    assert_eq!(send(&student, &path, 9, rest).await.problem(), "shot.offset");
    assert_eq!(offset(&student, &path).await, "7");
    assert_eq!(send(&student, &path, 7, &[rest, b"more"].concat()).await.problem(), "shot.too_large");
    let wrong = tus(&student)
        .with_header("upload-offset", "7")
        .with_header("upload-checksum", format!("sha256 {}", STANDARD.encode(Sha256::digest(b"other"))));
    let kind = Some("application/offset+octet-stream");
    let damaged = wrong.send(Method::PATCH, &path, kind, Body::from(rest.to_vec())).await;
    assert_eq!((damaged.status.as_u16(), damaged.problem().as_str()), (460, "shot.checksum"));
    let right = tus(&student)
        .with_header("upload-offset", "7")
        .with_header("upload-checksum", format!("sha256 {}", STANDARD.encode(Sha256::digest(rest))));
    assert_eq!(right.send(Method::PATCH, &path, kind, Body::from(rest.to_vec())).await.status, 204);
    let waiting = student.look().await;
    assert_eq!(waiting.next_step, NextStep::WaitForPortrait);
    let shot = waiting.phone.and_then(|phone| phone.shot).expect("a shot");
    assert_eq!((shot.state, shot.ahead), (ShotStateName::Waiting, 0));
    assert_eq!(announce(&student, 10, "camera").await.problem(), "shot.in_line");
}

#[tokio::test]
async fn m1_5_4_the_portrait_is_shown_before_anything_is_final_and_the_pixels_are_gone() {
    let scene = Scene::set().await;
    let student = ready(&scene, 0).await;
    let other = ready(&scene, 1).await;
    let path = location(&announce(&student, GOOD_SHOT.len(), "camera").await);
    send(&student, &path, 0, GOOD_SHOT).await;
    let resting = files_below(&scene.server.folder().join("blobs/shots"));
    assert_eq!(resting.len(), 1);
    assert!(!resting[0].windows(6).any(|window| window == b"a shot"), "no pixels in clear");
    upload(&scene, &other, GOOD_SHOT).await;
    assert!(files_below(&scene.server.folder().join("blobs/shots")).is_empty());
    let shown = student.look().await;
    assert_eq!(shown.next_step, NextStep::Decide);
    let url = shown.portrait.expect("a portrait").picture_url;
    assert_eq!(student.caller.get(&url).await.body, JPEG);
    assert_eq!(other.caller.get(&url).await.problem(), "portrait.not_found");
}

#[tokio::test]
async fn m1_5_5_to_7_given_in_reviewed_and_not_changed_any_more() {
    let scene = Scene::set().await;
    let student = ready(&scene, 0).await;
    let portrait = upload(&scene, &student, GOOD_SHOT).await.portrait.expect("a portrait").id;
    let given: Collection = student.confirm(portrait).await.ok();
    assert_eq!(given.next_step, NextStep::WaitForReview);
    assert!(given.portrait.and_then(|portrait| portrait.review_due).is_some());
    assert_eq!(announce(&student, 10, "camera").await.problem(), "portrait.already_submitted");
    let _: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
    let withdrawn: Collection =
        student.caller.post(&format!("/api/portraits/{portrait}/withdraw")).await.ok();
    assert_eq!(withdrawn.next_step, NextStep::TakePhoto);
    let portrait = upload(&scene, &student, GOOD_SHOT).await.portrait.expect("a portrait").id;
    let _: Collection = student.confirm(portrait).await.ok();
    let _: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
    let path = format!("/api/review/portraits/{portrait}");
    let _: ReviewDesk = scene.reviewer.post_json(&path, &Decide::Approve).await.ok();
    assert_eq!(student.look().await.next_step, NextStep::WaitForRegistry);
    assert_eq!(announce(&student, 10, "camera").await.problem(), "portrait.already_submitted");
}

#[tokio::test]
async fn m2_4_1_what_violates_the_standard_is_shown_and_not_given_in() {
    let scene = Scene::set().await;
    let student = ready(&scene, 0).await;
    let bad = upload(&scene, &student, BAD_SHOT).await.portrait.expect("a portrait").id;
    assert_eq!(student.confirm(bad).await.problem(), "portrait.violates");
    let again: Collection = student.object(bad).await.ok();
    assert_eq!(again.next_step, NextStep::TakePhoto);
    let crowded = upload(&scene, &student, CROWDED_SHOT).await;
    assert_eq!(crowded.next_step, NextStep::TakePhoto);
    let shot = crowded.phone.and_then(|phone| phone.shot).expect("a shot");
    assert_eq!((shot.state, shot.verdict.is_some()), (ShotStateName::Unfit, true));
    let noise = upload(&scene, &student, b"no picture").await;
    let shot = noise.phone.and_then(|phone| phone.shot).expect("a shot");
    assert_eq!(shot.state, ShotStateName::Unreadable);
}

#[tokio::test]
async fn m2_4_2_where_the_policy_says_camera_nothing_comes_from_the_album() {
    let scene = pay_later().await;
    let student = ready(&scene, 0).await;
    assert!(!student.look().await.phone.expect("the phone route").album_allowed);
    assert_eq!(announce(&student, 10, "album").await.problem(), "shot.album_off");
    location(&announce(&student, 10, "camera").await);
}

#[tokio::test]
async fn m2_4_4_to_6_seen_at_once_paid_afterwards_and_then_no_retake() {
    let scene = pay_later().await;
    let student = ready(&scene, 0).await;
    assert!(student.look().await.phone.expect("the phone route").no_retake_once_paid, "said before");
    let first = upload(&scene, &student, GOOD_SHOT).await.portrait.expect("a portrait").id;
    let again: Collection = student.object(first).await.ok();
    assert_eq!(again.next_step, NextStep::TakePhoto);
    let second = upload(&scene, &student, GOOD_SHOT).await.portrait.expect("a portrait").id;
    let given: Collection = student.confirm(second).await.ok();
    assert_eq!(given.next_step, NextStep::Pay);
    let withdraw = format!("/api/portraits/{second}/withdraw");
    assert_eq!(student.caller.post(&withdraw).await.problem(), "portrait.withdraw_off");
    scene.server.clock.advance(Duration::from_mins(31));
    scene.server.server.run_due_jobs().await.unwrap();
    let closed: Collection = student.caller.post(&withdraw).await.ok();
    assert_eq!(closed.next_step, NextStep::TakePhoto, "the order closed itself: retake at once");
    let third = upload(&scene, &student, GOOD_SHOT).await.portrait.expect("a portrait").id;
    let _: Collection = student.confirm(third).await.ok();
    let paid: Collection = student.pay().await.ok();
    assert_eq!(paid.order.map(|order| order.state), Some(OrderStateName::Paid));
    assert_eq!(student.object(third).await.problem(), "portrait.retake_off");
    assert_eq!(
        student.caller.post(&withdraw.replace(&second.to_string(), &third.to_string())).await.problem(),
        "portrait.withdraw_off"
    );
}

#[tokio::test]
async fn m1_7_2_a_rejected_portrait_of_a_phone_is_taken_again_without_paying_again() {
    let scene = Scene::set().await;
    let student = ready(&scene, 0).await;
    let portrait = upload(&scene, &student, GOOD_SHOT).await.portrait.expect("a portrait").id;
    let _: Collection = student.confirm(portrait).await.ok();
    let _: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
    let reject = Decide::Reject { reasons: vec![RejectReason::Light], note: String::new() };
    let _: ReviewDesk =
        scene.reviewer.post_json(&format!("/api/review/portraits/{portrait}"), &reject).await.ok();
    let rejected = student.look().await;
    assert_eq!(rejected.next_step, NextStep::TakePhoto);
    assert_eq!(rejected.portrait.map(|portrait| portrait.state), Some(PortraitStateName::Rejected));
    assert_eq!(upload(&scene, &student, GOOD_SHOT).await.next_step, NextStep::Decide);
}

#[tokio::test]
async fn a_newer_shot_takes_the_place_of_one_that_is_still_being_sent() {
    let scene = Scene::set().await;
    let student = ready(&scene, 0).await;
    let old = location(&announce(&student, GOOD_SHOT.len(), "camera").await);
    send(&student, &old, 0, &GOOD_SHOT[..3]).await;
    scene.server.clock.advance(Duration::from_secs(1));
    let new = location(&announce(&student, GOOD_SHOT.len(), "camera").await);
    assert_eq!(send(&student, &old, 3, &GOOD_SHOT[3..]).await.problem(), "shot.gone");
    assert_eq!(send(&student, &new, 0, GOOD_SHOT).await.status, 204);
}

#[tokio::test]
async fn somebody_elses_shot_is_not_there() {
    let scene = Scene::set().await;
    let (one, two) = (ready(&scene, 0).await, ready(&scene, 1).await);
    let path = location(&announce(&one, GOOD_SHOT.len(), "camera").await);
    assert_eq!(send(&two, &path, 0, GOOD_SHOT).await.problem(), "shot.not_found");
    assert_eq!(tus(&two).send(Method::HEAD, &path, None, Body::empty()).await.status, 404);
    assert_eq!(tus(&two).delete(&path).await.problem(), "shot.not_found");
    assert_eq!(offset(&one, &path).await, "0");
}

#[tokio::test]
async fn an_upload_that_does_not_end_is_given_up_after_a_day() {
    let scene = Scene::set().await;
    let student = ready(&scene, 0).await;
    let path = location(&announce(&student, GOOD_SHOT.len(), "camera").await);
    send(&student, &path, 0, &GOOD_SHOT[..3]).await;
    scene.server.clock.advance(Duration::from_hours(24));
    assert_eq!(send(&student, &path, 3, &GOOD_SHOT[3..]).await.problem(), "shot.gone");
    scene.server.server.run_due_jobs().await.unwrap();
    assert!(files_below(&scene.server.folder().join("blobs/shots")).is_empty());
    assert_eq!(student.look().await.next_step, NextStep::TakePhoto);
}

#[tokio::test]
async fn what_is_no_shot_is_refused_before_its_first_byte() {
    let scene = Scene::set().await;
    let student = ready(&scene, 0).await;
    assert_eq!(announce(&student, 21 * 1024 * 1024, "camera").await.problem(), "shot.too_large");
    assert_eq!(announce(&student, 0, "camera").await.problem(), "shot.announcement");
    assert_eq!(announce(&student, 10, "screen").await.problem(), "shot.announcement");
    let path = format!("/api/collections/{}/shots", student.collection());
    let without = student.caller.post(&path).await;
    assert_eq!(without.headers["tus-version"], "1.0.0");
    assert_eq!(without.problem(), "tus.version");
}

#[tokio::test]
async fn the_route_can_be_changed_until_money_was_paid_or_owed() {
    let scene = pay_later().await;
    let mut student = scene.student(0).await;
    student.register(&scene).await;
    student.consent().await;
    assert_eq!(student.book(&scene).await.route, Some(Route::Studio));
    student.check_in(&scene).await;
    assert_eq!(choose(&student).await.problem(), "phone_route.ticket_open");
    let cancel = format!("/api/collections/{}/cancel-ticket", student.collection());
    let _: Collection = student.caller.post(&cancel).await.ok();
    let phone: Collection = choose(&student).await.ok();
    assert_eq!((phone.route, phone.studio), (Some(Route::Phone), None));
    assert_eq!(student.try_check_in(&scene.studio.code).await.problem(), "check_in.not_booked_here");
    assert_eq!(student.book(&scene).await.route, Some(Route::Studio));
}

fn files_below(folder: &std::path::Path) -> Vec<Vec<u8>> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path));
        } else {
            found.push(std::fs::read(path).unwrap());
        }
    }
    found
}
