//! The bundle for the registry.

use std::io::{Cursor, Read as _};

use gradshot_testkit::{JPEG, Scene};
use gradshot_wire::campaign::Campaigns;
use gradshot_wire::collection::{Collection, NextStep};
use gradshot_wire::hand_over::{
    AnswersReport, Bundle, BundlesPage, DeliverBundle, HandOver, RemadeBundle, SetFileNaming,
};
use gradshot_wire::review::{Decide, ReviewDesk};
use sha2::{Digest as _, Sha256};

#[tokio::test]
async fn approved_portraits_go_into_one_bundle_once() {
    let scene = Scene::set().await;
    let path = format!("/api/admin/campaigns/{}/hand-over", scene.campaign.id);
    let nothing = scene.admin.post(&path).await;
    assert_eq!(nothing.status, 200);
    assert_eq!(nothing.ok::<HandOver>().bundle, None);

    let station = scene.station("1号机位").await;
    let mut students = Vec::new();
    for index in 0..3 {
        let student = scene.student_in_line(index).await;
        let receipt = station.photograph_next().await;
        let _: Collection = student.confirm(receipt.portrait).await.ok();
        students.push(student);
        // Whoever confirmed first is reviewed first.
        scene.server.clock.advance(std::time::Duration::from_secs(1));
    }
    let mut desk: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
    for _ in 0..2 {
        let path = format!("/api/review/portraits/{}", desk.item.expect("one waits").portrait);
        desk = scene.reviewer.post_json(&path, &Decide::Approve).await.ok();
    }

    let made = scene.admin.post(&path).await;
    assert_eq!(made.status, 201);
    let bundle = made.ok::<HandOver>().bundle.expect("a bundle");
    assert_eq!(bundle.portraits, 2, "the third is still in review");
    assert_eq!(scene.admin.post(&path).await.ok::<HandOver>().bundle, None, "nothing goes twice");
    assert_eq!(students[0].look().await.next_step, NextStep::WaitForRegistry);
    assert_eq!(students[2].look().await.next_step, NextStep::WaitForReview);

    assert_eq!(scene.reviewer.get(&bundle.file_url).await.problem(), "role.forbidden");
    let file = scene.admin.get(&bundle.file_url).await;
    assert_eq!(file.headers["content-type"], "application/zip");
    assert_eq!(hex::encode(Sha256::digest(&file.body)), bundle.sha256);
    let mut zip = zip::ZipArchive::new(Cursor::new(file.body)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    for name in [
        "portraits/000001.jpg",
        "portraits/000002.jpg",
        "manifest.csv",
        "manifest.xlsx",
        "SHA256SUMS",
        "manifest.sig",
    ] {
        assert!(names.iter().any(|there| there == name), "{name} of {names:?}");
    }
    let mut jpeg = Vec::new();
    zip.by_name("portraits/000001.jpg").unwrap().read_to_end(&mut jpeg).unwrap();
    assert_eq!(jpeg, JPEG);
    let mut csv = String::new();
    zip.by_name("manifest.csv").unwrap().read_to_string(&mut csv).unwrap();
    assert_eq!(csv.lines().count(), 3);
    assert!(csv.contains("DEMO27") && csv.contains("chsi") && csv.contains("pass"));
    for person in &scene.people {
        assert!(!csv.contains(&person.name) && !csv.contains(&person.id_last4), "a bundle needs no names");
    }
}

#[tokio::test]
async fn b_4_the_registrys_answers_come_back_whole_or_not_at_all() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let mut students = Vec::new();
    for index in 0..2 {
        let student = scene.student_in_line(index).await;
        let receipt = station.photograph_next().await;
        let _: Collection = student.confirm(receipt.portrait).await.ok();
        let _: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
        let path = format!("/api/review/portraits/{}", receipt.portrait);
        let _: ReviewDesk = scene.reviewer.post_json(&path, &Decide::Approve).await.ok();
        students.push(student);
        scene.server.clock.advance(std::time::Duration::from_secs(1));
    }
    let path = format!("/api/admin/campaigns/{}/hand-over", scene.campaign.id);
    let bundle = scene.admin.post(&path).await.ok::<HandOver>().bundle.expect("a bundle");
    let path = format!("/api/admin/bundles/{}/answers", bundle.id);
    let import = async |csv: &str| scene.admin.post_as(&path, "text/csv", csv.as_bytes().to_vec()).await;
    let wrong = import("文件,结果\nportraits/000001.jpg,接收\nportraits/000009.jpg,接收\n").await;
    assert_eq!(wrong.status, 422);
    let report: AnswersReport = serde_json::from_slice(&wrong.body).unwrap();
    assert_eq!((report.registered, report.errors[0].row), (0, 3));
    assert_eq!(students[0].look().await.next_step, NextStep::WaitForRegistry, "nothing was imported");

    let list = "文件,结果,原因\nportraits/000001.jpg,接收,\nportraits/000002.jpg,退回,与录取照片不符\n";
    let report: AnswersReport = import(list).await.ok();
    assert_eq!((report.registered, report.refused), (1, 1));
    let again: AnswersReport = import(list).await.ok();
    assert_eq!((again.registered, again.refused), (0, 0), "the same list again changes nothing");
    assert_eq!(students[0].look().await.next_step, NextStep::Done);
    assert_eq!(students[1].look().await.next_step, NextStep::CheckIn, "shoot again, free of charge");
    assert_eq!(import("a,b\n").await.problem(), "answers.unreadable");
}

#[tokio::test]
async fn b_4_a_bundle_is_named_by_the_operators_rule_made_anew_and_marked_as_handed_over() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let receipt = station.photograph_next().await;
    let _: Collection = student.confirm(receipt.portrait).await.ok();
    let _: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
    let path = format!("/api/review/portraits/{}", receipt.portrait);
    let _: ReviewDesk = scene.reviewer.post_json(&path, &Decide::Approve).await.ok();
    let path = format!("/api/admin/campaigns/{}", scene.campaign.id);
    let naming = async |template: &str| {
        let naming = SetFileNaming { template: template.to_owned() };
        scene.admin.post_json(&format!("{path}/file-naming"), &naming).await
    };
    assert_eq!(naming("../{place}").await.problem(), "file_naming.invalid");
    assert_eq!(naming("{code}").await.problem(), "file_naming.invalid");
    assert_eq!(naming("{code}_{student_number}").await.status, 204);
    let told: Campaigns = scene.server.anyone().get("/api/campaigns?q=DEMO27").await.ok();
    assert_eq!(
        told.campaigns[0].file_naming.to_string(),
        "{code}_{student_number}",
        "pages show what counts"
    );
    let made = scene.admin.post(&format!("{path}/hand-over")).await;
    let bundle = made.ok::<HandOver>().bundle.expect("a bundle");
    let file = scene.admin.get(&bundle.file_url).await.body;
    let zip = zip::ZipArchive::new(Cursor::new(file.clone())).unwrap();
    let name = format!("portraits/DEMO27_{}.jpg", student.person.number);
    assert!(zip.file_names().any(|there| there.unwrap() == name.as_str()));

    // The kept file is lost, the clock and the rule have moved on: what comes is the same, byte by byte.
    let kept = scene.server.folder().join(format!("blobs/bundles/{}.sealed", bundle.id));
    std::fs::remove_file(kept).unwrap();
    scene.server.clock.advance(std::time::Duration::from_hours(5));
    assert_eq!(naming("{place}").await.status, 204);
    let remake = format!("/api/admin/bundles/{}/remake", bundle.id);
    let remade: RemadeBundle = scene.admin.post(&remake).await.ok();
    assert!(remade.unchanged && remade.bundle.sha256 == bundle.sha256);
    assert_eq!(scene.admin.get(&bundle.file_url).await.body, file);

    let deliver = format!("/api/admin/bundles/{}/deliver", bundle.id);
    let note = DeliverBundle { note: "光盘 3 号，当面交付".to_owned() };
    let handed: Bundle = scene.admin.post_json(&deliver, &note).await.ok();
    assert!(handed.handed_over_at.is_some() && handed.handed_over_by.is_some());
    assert_eq!(scene.admin.post_json(&deliver, &note).await.problem(), "bundle.handed_over");
    let page: BundlesPage = scene.admin.get(&format!("{path}/bundles")).await.ok();
    assert_eq!((page.bundles, page.next), (vec![handed], None));
    let fetch = format!("/api/admin/bundles/{}/fetch-answers", bundle.id);
    assert_eq!(scene.admin.post(&fetch).await.problem(), "answers.not_yet", "a person imports them");
    let list = format!("文件,结果\n{name},接收\n");
    let path = format!("/api/admin/bundles/{}/answers", bundle.id);
    let report: AnswersReport = scene.admin.post_as(&path, "text/csv", list.into_bytes()).await.ok();
    assert_eq!(report.registered, 1);
}
