//! The key that seals personal data is changed while people go on.

use gradshot_seal::KeyRing;
use gradshot_server::count_seals;
use gradshot_testkit::{Scene, TestServer, rng, vault_key};
use gradshot_wire::collection::{Collection, Collections};
use gradshot_wire::review::{Decide, ReviewDesk};

#[tokio::test]
async fn everything_is_sealed_anew_and_the_old_key_opens_nothing_any_more() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let receipt = station.photograph_next().await;
    let _: Collection = student.confirm(receipt.portrait).await.ok();
    let desk: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
    let review = format!("/api/review/portraits/{}", desk.item.expect("one waits").portrait);
    let _: ReviewDesk = scene.reviewer.post_json(&review, &Decide::Approve).await.ok();
    let hand_over = format!("/api/admin/campaigns/{}/hand-over", scene.campaign.id);
    assert_eq!(scene.admin.post(&hand_over).await.status, 201);

    let masked_name = student.look().await.masked_name;
    let mut ring = vault_key();
    let old = ring.root_name();
    let new = ring.add(&mut rng(31)).unwrap();
    ring.use_key(new).unwrap();
    let text = ring.to_text();
    let server = scene.server.again_with(ring);
    server.server.run_due_jobs().await.unwrap();

    let ring = KeyRing::from_text(&text).unwrap();
    let count = count_seals(&server.storage, &server.blobs, &ring).await.unwrap();
    assert_eq!((count.closed, count.by_key.get(&old)), (0, None), "nothing is left for the old key");
    assert!(count.by_key[&new] > 60, "names, numbers, last fours, codes, verdicts and the bundle: {count:?}");

    let phone = student.caller.on(server.router());
    let shown: Collection = phone.get(&format!("/api/collections/{}", student.collection())).await.ok();
    assert_eq!(shown.masked_name, masked_name);
    let again = server.sign_in(&student.person.phone, "student-password").await;
    let again: Collections = again.get("/api/collections").await.ok();
    assert_eq!(again.collections.len(), 1, "fingerprints are what they were");
}

#[tokio::test]
async fn no_column_of_bytes_is_forgotten() {
    let server = TestServer::start().await;
    let columns = server.storage.read().await.unwrap().seals().columns_of_bytes().await.unwrap();
    let renewed = gradshot_server::sealed_columns();
    // Fingerprints and hashes are not sealed, kept answers are forgotten within a day, and pieces are sealed by stations.
    let others = ["portrait_pieces.", "_index", "_hash", "fingerprint", "kept_answers.", "sms_codes.number"];
    for column in columns {
        let known = renewed.contains(&column) || others.iter().any(|other| column.contains(other));
        assert!(known, "{column}: is it sealed by the vault, and then renewed when its key changes?");
    }
}
