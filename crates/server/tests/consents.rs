//! What students agree to, and taking it back.

use gradshot_testkit::Scene;
use gradshot_wire::collection::{Collection, ConsentPurpose, GiveConsent, NextStep};
use gradshot_wire::consent::{ConsentRecords, ConsentTexts, WithdrawConsent};
use gradshot_wire::hand_over::HandOver;
use gradshot_wire::review::{Decide, ReviewDesk};

#[tokio::test]
async fn a_consent_keeps_which_text_was_read() {
    let scene = Scene::set().await;
    let texts: ConsentTexts = scene.server.anyone().get("/api/consent-texts").await.ok();
    let mut student = scene.student(0).await;
    student.register(&scene).await;
    let path = format!("/api/collections/{}/consents", student.collection());
    let old = GiveConsent { purpose: ConsentPurpose::Capture, text_version: "2020-1".to_owned() };
    assert_eq!(student.caller.post_json(&path, &old).await.problem(), "consent.text");
    student.consent().await;
    let kept: ConsentRecords = student.caller.get(&path).await.ok();
    assert_eq!(kept.records.len(), 2);
    for record in &kept.records {
        let text = texts.texts.iter().find(|text| text.purpose == record.purpose).expect("a text");
        assert!(text.needed && record.text_sha256 == text.sha256 && record.withdrawn_at.is_none());
    }
    let other = scene.student(1).await;
    assert_eq!(other.caller.get(&path).await.problem(), "collection.not_found");
}

#[tokio::test]
async fn who_takes_a_consent_back_is_not_photographed_until_it_is_given_again() {
    let scene = Scene::set().await;
    let mut student = scene.student(0).await;
    student.prepare(&scene).await;
    let withdraw = WithdrawConsent { purpose: ConsentPurpose::Capture };
    let path = format!("/api/collections/{}/consents", student.collection());
    let left: Collection = student.caller.post_json(&format!("{path}/withdraw"), &withdraw).await.ok();
    assert_eq!(left.next_step, NextStep::Consent);
    assert_eq!(student.try_check_in("SFZX").await.problem(), "consent.missing");
    scene.server.clock.advance(std::time::Duration::from_secs(1));
    student.consent().await;
    assert_eq!(student.look().await.next_step, NextStep::CheckIn);
    let kept: ConsentRecords = student.caller.get(&path).await.ok();
    assert_eq!(kept.records.iter().filter(|record| record.withdrawn_at.is_some()).count(), 1);
}

#[tokio::test]
async fn nothing_is_handed_over_without_consent() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let receipt = station.photograph_next().await;
    let _: Collection = student.confirm(receipt.portrait).await.ok();
    let _: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
    let path = format!("/api/review/portraits/{}", receipt.portrait);
    let _: ReviewDesk = scene.reviewer.post_json(&path, &Decide::Approve).await.ok();
    let withdraw = WithdrawConsent { purpose: ConsentPurpose::ProvideToRegistry };
    let path = format!("/api/collections/{}/consents/withdraw", student.collection());
    let _: Collection = student.caller.post_json(&path, &withdraw).await.ok();
    let hand_over = format!("/api/admin/campaigns/{}/hand-over", scene.campaign.id);
    assert_eq!(scene.admin.post(&hand_over).await.ok::<HandOver>().bundle, None);
    scene.server.clock.advance(std::time::Duration::from_secs(1));
    student.consent().await;
    assert!(scene.admin.post(&hand_over).await.ok::<HandOver>().bundle.is_some());
}
