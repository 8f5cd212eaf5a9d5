//! A backup taken while the server runs, and the server that comes of it.

use std::fs;
use std::path::Path;
use std::time::Duration;

use gradshot_server::PasswordCost;
use gradshot_studio::{ServerRoom, ServerRoomOptions, backup};
use gradshot_wire::identity::Role;
use serde_json::json;

#[tokio::test]
async fn a_backup_of_a_running_server_becomes_a_server() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let scratch = tempfile::tempdir().unwrap();
    let (first, kept, second) =
        (scratch.path().join("first"), scratch.path().join("kept"), scratch.path().join("second"));
    let room = ServerRoom::open(options(&first)).await.unwrap();
    room.server.create_staff("admin", "staff-password", Role::Admin).await.unwrap();
    fs::create_dir_all(first.join("blobs/portraits/x")).unwrap();
    fs::write(first.join("blobs/portraits/x/1.gse"), b"sealed").unwrap();

    let made = backup::back_up(&first, None, None, &kept).await.unwrap();
    assert_eq!((made.blobs, made.copied), (1, 1));
    assert!(!kept.join("vault.key").exists(), "the key is kept apart");
    // What came after the backup is not in it; a second one takes only what is new.
    fs::write(first.join("blobs/portraits/x/2.gse"), b"sealed").unwrap();
    let again = backup::back_up(&first, None, None, &kept).await.unwrap();
    assert_eq!((again.blobs, again.copied), (2, 1));
    room.server.create_staff("later", "staff-password", Role::Admin).await.unwrap();
    room.stop().await.unwrap();

    backup::restore(&kept, &second).await.unwrap();
    fs::copy(first.join("vault.key"), second.join("vault.key")).unwrap();
    let room = ServerRoom::open(options(&second)).await.unwrap();
    assert_eq!(sign_in(&room.url, "admin").await, 200);
    assert_eq!(sign_in(&room.url, "later").await, 401);
    assert_eq!(fs::read(second.join("blobs/portraits/x/2.gse")).unwrap(), b"sealed");
    room.stop().await.unwrap();

    let refused = backup::restore(&kept, &second).await.unwrap_err();
    assert!(refused.to_string().contains("empty folder"), "{refused}");
    assert!(backup::restore(&scratch.path().join("nothing"), &second).await.is_err());
    assert!(backup::back_up(&scratch.path().join("nothing"), None, None, &kept).await.is_err());
}

fn options(folder: &Path) -> ServerRoomOptions {
    ServerRoomOptions {
        folder: folder.to_owned(),
        database: None,
        root: None,
        blobs: None,
        listen: ([127, 0, 0, 1], 0).into(),
        public_url: None,
        pages: None,
        sandbox_payments: false,
        password_cost: PasswordCost::Demonstration,
    }
}

async fn sign_in(url: &str, login: &str) -> u16 {
    let credentials = json!({ "login": login, "password": "staff-password" });
    let client = reqwest::Client::builder().timeout(Duration::from_mins(1)).build().unwrap();
    let answer = client.post(format!("{url}/api/sign-in")).json(&credentials).send().await;
    answer.unwrap().status().as_u16()
}
