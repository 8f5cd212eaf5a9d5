//! Reviewers at work.

use std::time::Duration;

use gradshot_domain::{Policy, PortraitId, RejectReason, Role};
use gradshot_testkit::{Caller, JPEG, Scene, TestServer, TestStudent};
use gradshot_wire::collection::{Collection, NextStep, OrderStateName};
use gradshot_wire::identity::{MessagesPage, MyMessages};
use gradshot_wire::portrait::PortraitStateName;
use gradshot_wire::review::{Decide, ReviewDesk, ReviewStats};

async fn confirmed_by(scene: &Scene, count: usize) -> Vec<TestStudent> {
    let station = scene.station("1号机位").await;
    let mut students = Vec::new();
    for index in 0..count {
        let student = scene.student_in_line(index).await;
        let receipt = station.photograph_next().await;
        let _: Collection = student.confirm(receipt.portrait).await.ok();
        students.push(student);
    }
    students
}

async fn confirmed(scene: &Scene, count: usize) -> Vec<PortraitId> {
    let mut portraits = Vec::new();
    for student in confirmed_by(scene, count).await {
        portraits.push(student.look().await.portrait.expect("a portrait").id);
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
async fn a_reviewer_holds_several_side_by_side() {
    let scene = Scene::set().await;
    let mut portraits = confirmed(&scene, 3).await;
    portraits.sort();
    let beside = |ids: &[PortraitId]| {
        let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
        format!("/api/review/next?beside={}", ids.join(","))
    };
    let mut held = Vec::new();
    for portrait in &portraits {
        let desk: ReviewDesk = scene.reviewer.post(&beside(&held)).await.ok();
        assert_eq!(desk.item.map(|item| item.portrait), Some(*portrait), "the next one, in order");
        held.push(*portrait);
    }
    let desk: ReviewDesk = scene.reviewer.post(&beside(&held)).await.ok();
    assert_eq!((desk.item, desk.waiting), (None, 0), "nothing waits beside those");
    let desk: ReviewDesk = scene.reviewer.post(&beside(&held[1..])).await.ok();
    assert_eq!(desk.item.map(|item| item.portrait), Some(held[0]), "a claim that the page forgot comes back");

    // Decided in any order.
    for portrait in held.iter().rev() {
        let path = format!("/api/review/portraits/{portrait}");
        let _: ReviewDesk = scene.reviewer.post_json(&path, &Decide::Approve).await.ok();
    }
    let too_many = vec![portraits[0]; 13];
    assert_eq!(scene.reviewer.post(&beside(&too_many)).await.problem(), "query.malformed");
    assert_eq!(scene.reviewer.post("/api/review/next?beside=none").await.problem(), "query.malformed");
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
    let without_reason = Decide::Reject { reasons: vec![], note: String::new() };
    assert_eq!(scene.reviewer.post_json(&path, &without_reason).await.problem(), "review.reasons");
    let reject = Decide::Reject {
        reasons: vec![RejectReason::Glasses, RejectReason::Pose],
        note: "请摘下眼镜".to_owned(),
    };
    let desk: ReviewDesk = scene.reviewer.post_json(&path, &reject).await.ok();
    assert!(desk.item.is_none() && desk.decided_today == 1);

    let rejected = student.look().await;
    let portrait = rejected.portrait.expect("a portrait");
    assert_eq!((rejected.next_step, portrait.state), (NextStep::CheckIn, PortraitStateName::Rejected));
    assert_eq!(portrait.reject_reasons, [RejectReason::Glasses, RejectReason::Pose]);
    assert_eq!(portrait.reject_note.as_deref(), Some("请摘下眼镜"));

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

    let picture = |portrait| format!("/api/portraits/{portrait}/picture.jpg");
    let rejected = picture(receipt.portrait);
    assert_eq!(
        scene.reviewer.get(&rejected).await.problem(),
        "portrait.not_found",
        "it is nobody's work now"
    );
    let item = next(&scene.reviewer).await.item.expect("the retake waits");
    let earlier = item.earlier.expect("the rejected one to compare with");
    assert_eq!((earlier.portrait, earlier.state), (receipt.portrait, PortraitStateName::Rejected));
    assert_eq!(earlier.reject_reasons, [RejectReason::Glasses, RejectReason::Pose]);
    assert_eq!(earlier.picture_url, rejected);
    assert_eq!(scene.reviewer.get(&rejected).await.body, JPEG);
    let colleague = scene.server.staff("another-reviewer", Role::Reviewer).await;
    assert_eq!(colleague.get(&rejected).await.problem(), "portrait.not_found");
}

async fn newest_message(scene: &Scene) -> String {
    let page: MessagesPage = scene.admin.get("/api/office/messages").await.ok();
    page.messages[0].template.clone()
}

#[tokio::test]
async fn b_3_a_second_reviewer_looks_and_the_first_does_not_get_it_again() {
    let scene = Scene::set().await;
    let portraits = confirmed(&scene, 1).await;
    let other = scene.server.staff("other", Role::Reviewer).await;
    assert!(next(&scene.reviewer).await.item.is_some());
    let path = format!("/api/review/portraits/{}", portraits[0]);
    let long = Decide::SecondLook { note: "长".repeat(201) };
    assert_eq!(scene.reviewer.post_json(&path, &long).await.problem(), "review.note");
    let pass_on = Decide::SecondLook { note: "眼镜反光".to_owned() };
    let desk: ReviewDesk = scene.reviewer.post_json(&path, &pass_on).await.ok();
    assert!(desk.item.is_none(), "who was not sure does not decide alone");
    assert_eq!(next(&other).await.item.map(|item| item.portrait), Some(portraits[0]));
    let _: ReviewDesk = other.post_json(&path, &Decide::Approve).await.ok();
    assert_eq!(newest_message(&scene).await, "review.approved");
}

#[tokio::test]
async fn m1_5_5_a_review_is_promised_in_working_days() {
    let mut scene = Scene::set().await;
    // From 18 May to 30 September; meanwhile everybody was signed out.
    scene.server.clock.advance(Duration::from_hours(24 * (13 + 30 + 31 + 31 + 30)));
    scene.admin = scene.server.sign_in("admin", "staff-password").await;
    scene.reviewer = scene.server.sign_in("reviewer", "staff-password").await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let receipt = station.photograph_next().await;
    let given_in: Collection = student.confirm(receipt.portrait).await.ok();
    let due = given_in.portrait.and_then(|portrait| portrait.review_due).expect("a promise");
    assert_eq!(due.to_string(), "2026-10-09", "given in on 30 September, with seven days off between");
    let item = next(&scene.reviewer).await.item.expect("one waits");
    assert_eq!(item.due, due, "a claim does not move it");
}

#[tokio::test]
async fn m1_5_6_what_is_in_review_can_be_taken_back_by_policy_or_by_support() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let receipt = station.photograph_next().await;
    let withdraw = format!("/api/portraits/{}/withdraw", receipt.portrait);
    assert_eq!(student.caller.post(&withdraw).await.problem(), "portrait.not_now", "nothing was given in");
    let _: Collection = student.confirm(receipt.portrait).await.ok();
    assert_eq!(scene.student(1).await.caller.post(&withdraw).await.problem(), "portrait.not_found");
    let back: Collection = student.caller.post(&withdraw).await.ok();
    assert_eq!(back.next_step, NextStep::CheckIn);
    assert!(next(&scene.reviewer).await.item.is_none());

    let strict = Scene::set_with(
        TestServer::start().await,
        Policy { withdraw_in_review: false, ..Policy::pay_first() },
    )
    .await;
    let portrait = confirmed(&strict, 1).await[0];
    let support = strict.server.staff("support", Role::Support).await;
    let path = format!("/api/office/portraits/{portrait}/withdraw");
    assert_eq!(strict.reviewer.post(&path).await.problem(), "role.forbidden");
    assert_eq!(support.post(&path).await.status, 204);
    assert_eq!(support.post(&path).await.problem(), "portrait.not_now");
}

#[tokio::test]
async fn m2_4_3_a_rejection_gives_the_money_back_where_the_policy_says_so() {
    let scene = Scene::set_with(TestServer::start().await, Policy::pay_after_preview()).await;
    let station = scene.station("1号机位").await;
    let mut student = scene.student(0).await;
    student.register(&scene).await;
    student.consent().await;
    student.book(&scene).await;
    student.check_in(&scene).await;
    let receipt = station.photograph_next().await;
    let _: Collection = student.confirm(receipt.portrait).await.ok();
    let _: Collection = student.pay().await.ok();
    assert!(next(&scene.reviewer).await.item.is_some());
    let path = format!("/api/review/portraits/{}", receipt.portrait);
    let reject = Decide::Reject { reasons: vec![RejectReason::Background], note: String::new() };
    let _: ReviewDesk = scene.reviewer.post_json(&path, &reject).await.ok();
    let now = student.look().await;
    assert_eq!(now.order.map(|order| order.state), Some(OrderStateName::Refunded));
    assert_eq!(now.next_step, NextStep::CheckIn, "collect again");
    assert_eq!(newest_message(&scene).await, "review.rejected_and_refunded");
}

#[tokio::test]
async fn m1_7_2_a_rejected_student_is_told_and_reviewers_are_counted() {
    let scene = Scene::set().await;
    let students = confirmed_by(&scene, 2).await;
    for decision in
        [Decide::Approve, Decide::Reject { reasons: vec![RejectReason::Hair], note: String::new() }]
    {
        let item = next(&scene.reviewer).await.item.expect("one waits");
        let path = format!("/api/review/portraits/{}", item.portrait);
        let _: ReviewDesk = scene.reviewer.post_json(&path, &decision).await.ok();
        scene.server.clock.advance(Duration::from_secs(1));
    }
    assert_eq!(newest_message(&scene).await, "review.rejected");
    let mut told = Vec::new();
    for student in &students {
        let own: MyMessages = student.caller.get("/api/account/messages").await.ok();
        assert_eq!(own.messages.len(), 1, "one's own and no other");
        told.push(own.messages[0].text.contains("未通过"));
    }
    told.sort_unstable();
    assert_eq!(told, [false, true]);
    let path = "/api/office/review-stats?from=2026-05-18&to=2026-05-18";
    let stats: ReviewStats = scene.admin.get(path).await.ok();
    assert_eq!((stats.reviewers[0].approved, stats.reviewers[0].rejected, stats.waiting), (1, 1, 0));
    let none: ReviewStats =
        scene.admin.get("/api/office/review-stats?from=2026-05-19&to=2026-05-20").await.ok();
    assert!(none.reviewers.is_empty());
    let backwards = "/api/office/review-stats?from=2026-05-19&to=2026-05-18";
    assert_eq!(scene.admin.get(backwards).await.problem(), "query.malformed");
}
