//! Sealed bytes in a bucket of a real S3 server instead of a folder.

use futures::TryStreamExt as _;
use gradshot_domain::{BundleId, Policy, Severity};
use gradshot_storage::{BlobError, BlobKey, Blobs, KeptBlob};
use gradshot_testkit::{Bucket, JPEG, Scene, TestServer};
use gradshot_wire::collection::Collection;
use gradshot_wire::hand_over::HandOver;
use gradshot_wire::portrait::PortraitStateName;
use gradshot_wire::review::{Decide, ReviewDesk};
use gradshot_wire::station::PortraitReceipt;

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_and_a_bucket_keep_the_same_promises() {
    let (bucket, folder) = (Bucket::start().await, tempfile::tempdir().unwrap());
    for blobs in [Blobs::open_folder(folder.path()).unwrap(), bucket.open()] {
        let (one, two) = (key(1), key(2));
        blobs.answer().await.unwrap();
        assert!(matches!(blobs.fetch(&one).await, Err(BlobError::Missing(missing)) if missing == one));
        blobs.keep(&one, b"sealed".to_vec()).await.unwrap();
        blobs.keep(&one, b"sealed again".to_vec()).await.unwrap();
        blobs.keep(&two, vec![0x5a; 3_000_000]).await.unwrap();
        assert_eq!(blobs.fetch(&one).await.unwrap(), b"sealed again");
        assert_eq!(blobs.fetch(&two).await.unwrap().len(), 3_000_000);
        let mut listed: Vec<KeptBlob> = blobs.list().try_collect().await.unwrap();
        listed.sort_by(|one, two| one.key.as_str().cmp(two.key.as_str()));
        assert_eq!(listed.into_iter().map(|blob| blob.key).collect::<Vec<_>>(), [one.clone(), two.clone()]);
        blobs.delete(&one).await.unwrap();
        blobs.delete(&one).await.unwrap();
        assert!(blobs.fetch(&one).await.is_err());
        assert_eq!(blobs.list().try_collect::<Vec<_>>().await.unwrap().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portrait_goes_its_whole_way_through_a_bucket() {
    let bucket = Bucket::start().await;
    let server = TestServer::start_with(|options| options.blobs = bucket.open()).await;
    let scene = Scene::set_with(server, Policy::pay_first()).await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let receipt: PortraitReceipt = station.photograph_next().await;
    let picture = student.look().await.portrait.expect("a portrait").picture_url;
    assert_eq!(student.caller.get(&picture).await.body, JPEG);
    let _: Collection = student.confirm(receipt.portrait).await.ok();
    let desk: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
    let review = format!("/api/review/portraits/{}", desk.item.expect("one waits").portrait);
    let _: ReviewDesk = scene.reviewer.post_json(&review, &Decide::Approve).await.ok();
    let path = format!("/api/admin/campaigns/{}/hand-over", scene.campaign.id);
    let handed: HandOver = scene.admin.post(&path).await.ok();
    let file = scene.admin.get(&handed.bundle.expect("one was approved").file_url).await;
    assert!(file.status.is_success() && file.body.starts_with(b"PK"));
    let state = student.look().await.portrait.map(|portrait| portrait.state);
    assert_eq!(state, Some(PortraitStateName::HandedOver));
    assert!(!bucket.holds(JPEG), "the bucket has only sealed bytes");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_that_refuses_makes_the_server_unready_and_loses_nothing() {
    let bucket = Bucket::start().await;
    let refusing = bucket.open_with("another-secret");
    let server = TestServer::start_with(|options| options.blobs = refusing).await;
    assert_eq!(server.anyone().get("/readyz").await.status, 503);
    let scene = Scene::set_with(server, Policy::pay_first()).await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let ticket = station.call_next().await.expect("somebody waits").ticket;
    let sealed = station.seal_contents(ticket, JPEG, Severity::Pass, |_| {}).await;
    assert_eq!(station.send(&sealed).await.problem(), "server.broken");
    assert_eq!(student.look().await.portrait, None, "no row without its bytes: the station sends again");
}

fn key(number: u8) -> BlobKey {
    BlobKey::bundle(BundleId::from_bytes([number; 16]))
}
