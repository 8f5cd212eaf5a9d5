//! What goes by itself once it is not needed any more, and the proof of it.

use std::io::{Cursor, Read as _};
use std::time::Duration;

use gradshot_domain::{Category, Clock as _, KeptKind};
use gradshot_testkit::{JPEG, Scene, people, roster_csv};
use gradshot_wire::campaign::Campaigns;
use gradshot_wire::collection::{Collection, NextStep, RegisterImageCode};
use gradshot_wire::hand_over::{AnswersReport, HandOver};
use gradshot_wire::retention::{RetentionProofsPage, RetentionTable, SetRetention};
use gradshot_wire::review::{Decide, ReviewDesk};
use gradshot_wire::roster_request::AskForRoster;
use serde_json::{Value, json};

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
    let told: Campaigns = admin.get("/api/campaigns").await.ok();
    assert_eq!(told.campaigns[0].closed_at, Some(scene.server.clock.now()), "pages say so");
    let roster = roster_csv(&people(30)).into_bytes();
    let roster_path = format!("/api/admin/campaigns/{}/roster", scene.campaign.id);
    assert_eq!(admin.post_as(&roster_path, "text/csv", roster).await.problem(), "campaign.closed");
    let ask = AskForRoster {
        campaign: scene.campaign.id,
        category: Category::Bachelor,
        name: "林新生".to_owned(),
        student_number: "S9001".to_owned(),
        id_last4: "4321".to_owned(),
        note: String::new(),
    };
    assert_eq!(late.caller.post_json("/api/roster-requests", &ask).await.problem(), "campaign.closed");
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
async fn of_a_student_who_is_registered_only_the_masked_name_stays() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let receipt = station.photograph_next().await;
    let _: Collection = student.confirm(receipt.portrait).await.ok();
    let _: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
    let path = format!("/api/review/portraits/{}", receipt.portrait);
    let _: ReviewDesk = scene.reviewer.post_json(&path, &Decide::Approve).await.ok();
    let path = format!("/api/admin/campaigns/{}/hand-over", scene.campaign.id);
    let bundle = scene.admin.post(&path).await.ok::<HandOver>().bundle.expect("a bundle");
    let answers = "文件,结果\nportraits/000001.jpg,接收\n".as_bytes().to_vec();
    let path = format!("/api/admin/bundles/{}/answers", bundle.id);
    let report: AnswersReport = scene.admin.post_as(&path, "text/csv", answers).await.ok();
    assert_eq!(report.registered, 1);

    let account = async || {
        let again = scene.server.sign_in(&student.person.phone, "student-password").await;
        let zip = again.get("/api/account/export.zip").await.body;
        let mut zip = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
        let mut text = String::new();
        zip.by_name("account.json").unwrap().read_to_string(&mut text).unwrap();
        serde_json::from_str::<Value>(&text).unwrap()["collections"][0].clone()
    };
    pass(&scene, 179).await;
    assert_eq!(account().await["student_number"], student.person.number, "there is a day left");
    pass(&scene, 2).await;
    assert!(proved(&scene).await.contains(&(KeptKind::FinishedStudents, 1)));
    let kept = account().await;
    for gone in ["name", "student_number", "id_last4", "image_code"] {
        assert_eq!(kept[gone], Value::Null, "{gone}");
    }
    assert_eq!(
        (&kept["collection"]["masked_name"], &kept["collection"]["next_step"]),
        (&json!("林**"), &json!("done"))
    );
    pass(&scene, 1).await;
    let proofs = proved(&scene).await;
    assert_eq!(proofs.iter().filter(|(kind, _)| *kind == KeptKind::FinishedStudents).count(), 1, "once");

    // The image code is still known as used.
    let other = scene.student(1).await;
    let taken = RegisterImageCode {
        image_code: student.registration(&scene, &student.person.id_last4).image_code,
        ..other.registration(&scene, &other.person.id_last4)
    };
    assert_eq!(other.caller.post_json("/api/collections", &taken).await.problem(), "image_code.taken");
}

#[tokio::test]
async fn a_portrait_that_its_student_never_answered_to_goes_with_its_campaign() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let receipt = station.photograph_next().await;
    pass(&scene, 40).await;
    let again = scene.server.sign_in(&student.person.phone, "student-password").await;
    let picture = format!("/api/portraits/{}/picture.jpg", receipt.portrait);
    assert_eq!(again.get(&picture).await.body, JPEG, "the campaign is open");
    let admin = scene.server.sign_in("admin", "staff-password").await;
    assert_eq!(admin.post(&format!("/api/admin/campaigns/{}/close", scene.campaign.id)).await.status, 204);
    pass(&scene, 31).await;
    let again = scene.server.sign_in(&student.person.phone, "student-password").await;
    assert_eq!(again.get(&picture).await.problem(), "portrait.not_found");
    let confirm = format!("/api/portraits/{}/confirm", receipt.portrait);
    assert_eq!(again.post(&confirm).await.problem(), "portrait.not_found");
    pass(&scene, 150).await;
    assert!(proved(&scene).await.contains(&(KeptKind::FinishedStudents, 1)));
}

#[tokio::test]
async fn days_are_set_within_the_limits_of_their_kind() {
    let scene = Scene::set().await;
    let path = "/api/admin/retention";
    let asked = async || scene.server.anyone().get("/api/retention").await.ok::<RetentionTable>();
    let set = async |days| {
        scene.admin.post_json(path, &SetRetention { kind: KeptKind::UnusedPortraits, days }).await
    };
    assert_eq!(set(1).await.problem(), "retention.days");
    assert_eq!(set(10).await.status, 204);
    let table = asked().await;
    assert_eq!(table.kinds[0].days, 10);
    assert!(table.kinds.iter().all(|kind| !kind.zh_why.is_empty() && !kind.en_why.is_empty()));
}
