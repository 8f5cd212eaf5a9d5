//! Rows of the two manuals that no other file of tests walks: each test carries its row's name.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use gradshot_domain::{PaymentTime, Policy, RetakeRule, Route};
use gradshot_testkit::{JPEG, Scene, TestServer, picture_of};
use gradshot_wire::collection::{Collection, ImageCode, NextStep, OrderStateName, RegisterImageCode};
use gradshot_wire::portrait::PortraitStateName;
use gradshot_wire::review::{Decide, ReviewDesk};

#[tokio::test]
async fn m1_3_1_an_image_code_comes_from_a_scan_or_from_a_picture_of_the_album() {
    let scene = Scene::set().await;
    let mut scanned = scene.student(0).await;
    assert_eq!(scanned.register(&scene).await.next_step, NextStep::Consent);
    let from_album = scene.student(1).await;
    let picture = STANDARD.encode(picture_of(&from_album.person.image_code));
    let request = RegisterImageCode {
        image_code: ImageCode::ImageCodePicture(picture),
        ..from_album.registration(&scene, &from_album.person.id_last4)
    };
    let made: Collection = from_album.caller.post_json("/api/collections", &request).await.ok();
    assert_eq!(made.next_step, NextStep::Consent);
}

#[tokio::test]
async fn m1_4_3_both_routes_are_offered_where_the_campaign_has_them() {
    let scene = Scene::set().await;
    let mut student = scene.student(0).await;
    student.register(&scene).await;
    student.consent().await;
    let now = student.look().await;
    assert_eq!((now.next_step, now.routes), (NextStep::ChooseRoute, vec![Route::Phone, Route::Studio]));
}

#[tokio::test]
async fn m1_6_3_the_studios_own_code_is_scanned_and_then_one_waits() {
    let scene = Scene::set().await;
    let mut student = scene.student(0).await;
    student.prepare(&scene).await;
    let other = scene.another_studio("OTHER").await;
    assert_eq!(student.try_check_in(&other.code).await.problem(), "check_in.not_booked_here");
    let waiting = student.check_in(&scene).await;
    assert_eq!(waiting.next_step, NextStep::Wait);
    assert_eq!(waiting.ticket.map(|ticket| ticket.number.to_string()).as_deref(), Some("A001"));
}

#[tokio::test]
async fn m1_6_5_the_studio_learns_a_number_and_a_masked_name_and_nothing_else() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    for path in ["/api/station", "/api/station/queue"] {
        let seen = station.caller.get(path).await.text();
        let person = &student.person;
        for secret in [&person.name, &person.number, &person.phone, &person.image_code] {
            assert!(!seen.contains(secret.as_str()), "{path} tells {secret}");
        }
    }
    let called = station.call_next().await.expect("somebody waits");
    assert_eq!(called.masked_name.as_str(), "林**");
}

#[tokio::test]
async fn m1_6_6_the_student_sees_data_and_photo_and_says_yes_or_has_it_taken_again() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let first = station.photograph_next().await;
    let shown = student.look().await;
    assert_eq!((shown.next_step, shown.masked_name.as_str()), (NextStep::Decide, "林**"));
    let url = shown.portrait.expect("a portrait").picture_url;
    assert_eq!(student.caller.get(&url).await.body, JPEG);
    let again: Collection = student.object(first.portrait).await.ok();
    assert_eq!(again.next_step, NextStep::Wait, "the same studio shoots again");
    scene.server.clock.advance(std::time::Duration::from_secs(30));
    let second = station.photograph_next().await;
    let yes: Collection = student.confirm(second.portrait).await.ok();
    assert_eq!(yes.next_step, NextStep::WaitForReview, "the student may leave");
}

#[tokio::test]
async fn m1_5_7_what_is_approved_is_not_changed_any_more() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let receipt = station.photograph_next().await;
    let _: Collection = student.confirm(receipt.portrait).await.ok();
    let _: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
    let path = format!("/api/review/portraits/{}", receipt.portrait);
    let _: ReviewDesk = scene.reviewer.post_json(&path, &Decide::Approve).await.ok();
    let withdraw = format!("/api/portraits/{}/withdraw", receipt.portrait);
    assert_eq!(student.caller.post(&withdraw).await.problem(), "portrait.not_now");
    assert_eq!(student.object(receipt.portrait).await.problem(), "portrait.not_now");
    assert_eq!(student.try_check_in("SFZX").await.problem(), "portrait.already_submitted");
    let other = RegisterImageCode {
        image_code: ImageCode::ImageCodeText("ANOTHER".to_owned()),
        ..student.registration(&scene, &student.person.id_last4)
    };
    assert_eq!(student.caller.post_json("/api/collections", &other).await.problem(), "image_code.other");
}

#[tokio::test]
async fn m2_4_4_the_portrait_is_seen_first_and_paid_for_afterwards() {
    let scene = Scene::set_with(TestServer::start().await, Policy::pay_after_preview()).await;
    let station = scene.station("1号机位").await;
    let mut student = scene.student(0).await;
    student.register(&scene).await;
    student.consent().await;
    assert_eq!(student.book(&scene).await.order, None);
    student.check_in(&scene).await;
    let receipt = station.photograph_next().await;
    assert_eq!(student.look().await.next_step, NextStep::Decide);
    let given_in: Collection = student.confirm(receipt.portrait).await.ok();
    assert_eq!(given_in.next_step, NextStep::Pay);
}

#[tokio::test]
async fn m2_4_6_once_paid_there_is_no_retake_and_the_policy_says_so_before() {
    let scene = Scene::set_with(TestServer::start().await, Policy::pay_after_preview()).await;
    assert_eq!(scene.campaign.policy.retakes, RetakeRule::UntilPaid, "shown before anybody pays");
    assert_eq!(scene.campaign.policy.payment, PaymentTime::AfterPreview);
    let station = scene.station("1号机位").await;
    let mut student = scene.student(0).await;
    student.register(&scene).await;
    student.consent().await;
    student.book(&scene).await;
    student.check_in(&scene).await;
    let receipt = station.photograph_next().await;
    let _: Collection = student.confirm(receipt.portrait).await.ok();
    let _: Collection = student.pay().await.ok();
    assert_eq!(student.object(receipt.portrait).await.problem(), "portrait.not_now");
    let withdraw = format!("/api/portraits/{}/withdraw", receipt.portrait);
    assert_eq!(student.caller.post(&withdraw).await.problem(), "portrait.withdraw_off");
}

#[tokio::test]
async fn m2_5_2_only_paid_means_done() {
    let scene = Scene::set_with(TestServer::start().await, Policy::pay_after_preview()).await;
    let station = scene.station("1号机位").await;
    let mut student = scene.student(0).await;
    student.register(&scene).await;
    student.consent().await;
    student.book(&scene).await;
    student.check_in(&scene).await;
    let receipt = station.photograph_next().await;
    let unpaid: Collection = student.confirm(receipt.portrait).await.ok();
    assert_eq!(unpaid.order.map(|order| order.state), Some(OrderStateName::Unpaid));
    let none: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
    assert!(none.item.is_none(), "nobody reviews what is not paid for");
    let paid: Collection = student.pay().await.ok();
    assert_eq!(paid.order.map(|order| order.state), Some(OrderStateName::Paid));
    assert_eq!(paid.portrait.map(|portrait| portrait.state), Some(PortraitStateName::Confirmed));
    let one: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
    assert!(one.item.is_some());
}
