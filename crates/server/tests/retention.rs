//! What goes by itself once it is not needed any more, and the proof of it.

use std::time::Duration;

use gradshot_domain::KeptKind;
use gradshot_testkit::{JPEG, Scene};
use gradshot_wire::collection::{Collection, NextStep};
use gradshot_wire::retention::{RetentionProofsPage, RetentionTable, SetRetention};

const DAY: Duration = Duration::from_hours(24);

async fn pass(scene: &Scene, days: u32) {
    scene.server.clock.advance(DAY * days);
    scene.server.server.run_due_jobs().await.unwrap();
}

async fn proved(scene: &Scene) -> Vec<(KeptKind, u64)> {
    let admin = scene.server.sign_in("admin", "staff-password").await;
    let page: RetentionProofsPage = admin.get("/api/admin/retention/proofs").await.ok();
    page.proofs.iter().map(|proof| (proof.kind, proof.count)).collect()
}

#[tokio::test]
async fn a_portrait_that_was_objected_to_goes_and_the_one_that_is_waited_for_stays() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let first = station.photograph_next().await;
    let _: Collection = student.object(first.portrait).await.ok();
    scene.server.clock.advance(Duration::from_secs(1));
    let second = station.photograph_next().await;
    let _: Collection = student.confirm(second.portrait).await.ok();
    let picture = |portrait| format!("/api/portraits/{portrait}/picture.jpg");
    pass(&scene, 29).await;
    assert_eq!(student.caller.get(&picture(first.portrait)).await.body, JPEG, "there is a day left");
    // A session ends after thirty days: the student signs in again.
    pass(&scene, 2).await;
    let student = scene.server.sign_in(&student.person.phone, "student-password").await;
    assert_eq!(student.get(&picture(first.portrait)).await.problem(), "portrait.not_found");
    assert_eq!(student.get(&picture(second.portrait)).await.body, JPEG, "it waits for its reviewer");
    assert_eq!(student.get("/api/account/export.zip").await.status, 200);
    assert!(proved(&scene).await.contains(&(KeptKind::UnusedPortraits, 1)));
}

#[tokio::test]
async fn a_closed_campaigns_roster_goes_but_for_those_who_registered() {
    let scene = Scene::set().await;
    let mut student = scene.student(0).await;
    student.prepare(&scene).await;
    let late = scene.student(1).await;
    let path = format!("/api/admin/campaigns/{}/close", scene.campaign.id);
    pass(&scene, 20).await;
    let admin = scene.server.sign_in("admin", "staff-password").await;
    assert_eq!(admin.post(&path).await.status, 204);
    assert_eq!(admin.post(&path).await.problem(), "campaign.closed");
    let request = late.registration(&scene, &late.person.id_last4);
    assert_eq!(late.caller.post_json("/api/collections", &request).await.problem(), "campaign.closed");
    pass(&scene, 29).await;
    assert!(!proved(&scene).await.iter().any(|(kind, _)| *kind == KeptKind::RosterEntries));
    pass(&scene, 2).await;
    assert!(proved(&scene).await.contains(&(KeptKind::RosterEntries, 19)));
    let again = scene.server.sign_in(&student.person.phone, "student-password").await;
    let seen: Collection = again.get(&format!("/api/collections/{}", student.collection())).await.ok();
    assert_eq!((seen.masked_name.as_str(), seen.next_step), ("林**", NextStep::CheckIn));
}

#[tokio::test]
async fn days_are_set_within_the_limits_of_their_kind() {
    let scene = Scene::set().await;
    let path = "/api/admin/retention";
    let set = async |days| {
        scene.admin.post_json(path, &SetRetention { kind: KeptKind::UnusedPortraits, days }).await
    };
    assert_eq!(set(1).await.problem(), "retention.days");
    assert_eq!(set(10).await.status, 204);
    let table: RetentionTable = scene.admin.get(path).await.ok();
    assert_eq!(table.kinds[0].days, 10);
    assert!(table.kinds.iter().all(|kind| !kind.zh_why.is_empty() && !kind.en_why.is_empty()));
}
