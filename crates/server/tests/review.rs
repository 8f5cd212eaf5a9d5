//! Reviewers at work.

use std::time::Duration;

use gradshot_domain::{PortraitId, RejectReason, Role};
use gradshot_testkit::{Caller, Scene};
use gradshot_wire::collection::{Collection, NextStep};
use gradshot_wire::portrait::PortraitStateName;
use gradshot_wire::review::{Decide, ReviewDesk};

async fn confirmed(scene: &Scene, students: usize) -> Vec<PortraitId> {
    let station = scene.station("1号机位").await;
    let mut portraits = Vec::new();
    for index in 0..students {
        let student = scene.student_in_line(index).await;
        let receipt = station.photograph_next().await;
        let _: Collection = student.confirm(receipt.portrait).await.ok();
        portraits.push(receipt.portrait);
    }
    portraits
}

async fn next(reviewer: &Caller) -> ReviewDesk {
    reviewer.post("/api/review/next").await.ok()
}

#[tokio::test]
async fn two_reviewers_never_have_the_same_portrait() {
    let scene = Scene::set().await;
    let portraits = confirmed(&scene, 3).await;
    let other = scene.server.staff("other", Role::Reviewer).await;
    let (mine, others) = tokio::join!(next(&scene.reviewer), next(&other));
    let (mine, others) = (mine.item.expect("one"), others.item.expect("another"));
    assert_ne!(mine.portrait, others.portrait);
    assert!(portraits.contains(&mine.portrait) && portraits.contains(&others.portrait));
    let again = next(&scene.reviewer).await;
    assert_eq!(again.item.map(|item| item.portrait), Some(mine.portrait), "the open claim comes first");

    let path = format!("/api/review/portraits/{}", others.portrait);
    assert_eq!(scene.reviewer.post_json(&path, &Decide::Approve).await.problem(), "review.not_yours");
    assert_eq!(scene.reviewer.get(&others.picture_url).await.problem(), "portrait.not_found");
}

#[tokio::test]
async fn a_claim_left_lying_goes_to_another() {
    let scene = Scene::set().await;
    let portraits = confirmed(&scene, 1).await;
    let other = scene.server.staff("other", Role::Reviewer).await;
    assert!(next(&scene.reviewer).await.item.is_some());
    assert!(next(&other).await.item.is_none());
    scene.server.clock.advance(Duration::from_mins(10));
    assert_eq!(next(&other).await.item.map(|item| item.portrait), Some(portraits[0]));
    let path = format!("/api/review/portraits/{}", portraits[0]);
    assert_eq!(scene.reviewer.post_json(&path, &Decide::Approve).await.problem(), "review.not_yours");
    let _: ReviewDesk = other.post_json(&path, &Decide::Approve).await.ok();
}

#[tokio::test]
async fn a_rejected_student_comes_again_for_free_and_first() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let receipt = station.photograph_next().await;
    let _: Collection = student.confirm(receipt.portrait).await.ok();
    assert!(next(&scene.reviewer).await.item.is_some());
    let path = format!("/api/review/portraits/{}", receipt.portrait);
    let without_reason = Decide::Reject { reasons: vec![] };
    assert_eq!(scene.reviewer.post_json(&path, &without_reason).await.problem(), "review.reasons");
    let reject = Decide::Reject { reasons: vec![RejectReason::Glasses, RejectReason::Pose] };
    let desk: ReviewDesk = scene.reviewer.post_json(&path, &reject).await.ok();
    assert!(desk.item.is_none() && desk.decided_today == 1);

    let rejected = student.look().await;
    let portrait = rejected.portrait.expect("a portrait");
    assert_eq!((rejected.next_step, portrait.state), (NextStep::CheckIn, PortraitStateName::Rejected));
    assert_eq!(portrait.reject_reasons, [RejectReason::Glasses, RejectReason::Pose]);

    scene.server.clock.advance(Duration::from_mins(5));
    scene.student_in_line(1).await;
    let again = student.check_in(&scene).await;
    assert_eq!(
        again.ticket.map(|ticket| (ticket.number.to_string(), ticket.ahead)),
        Some(("A003".to_owned(), 0))
    );
    let retake = station.photograph_next().await;
    let confirmed: Collection = student.confirm(retake.portrait).await.ok();
    assert_eq!(confirmed.next_step, NextStep::WaitForReview);
}
