//! What lies on the disk: nothing that anybody could read without the vault key.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use gradshot_domain::SystemClock;
use gradshot_seal::{KeyRing, VaultKey};
use gradshot_server::{PasswordCost, ReadImageCode, Server, ServerOptions};
use gradshot_storage::{Blobs, Storage};
use gradshot_testkit::{JPEG, Scene, TestStudent, rng};
use gradshot_wire::collection::Collection;
use gradshot_wire::hand_over::HandOver;
use gradshot_wire::review::{Decide, ReviewDesk};

#[tokio::test]
async fn neither_database_nor_blobs_show_a_person() {
    let scene = Scene::set().await;
    let student = walk_the_whole_way(&scene).await;
    // A wrong name and a wrong last four were tried as well.
    let request = scene.student(1).await.registration(&scene, "7999");
    let _ = student.caller.post_json("/api/collections", &request).await;
    scene.server.storage.close().await;

    let files = files_below(&scene.server.folder());
    assert!(["gse", "sealed"].iter().all(|ending| {
        files.iter().any(|(name, _)| Path::new(name).extension().is_some_and(|e| e == *ending))
    }));
    let values = values_of_every_row(&scene.server.database_url).await;
    let mut secrets: Vec<Vec<u8>> = vec![JPEG.to_vec(), JPEG[4..20].to_vec(), b"student-password".to_vec()];
    for person in &scene.people {
        for text in [&person.name, &person.number, &person.phone, &person.image_code] {
            secrets.push(text.as_bytes().to_vec());
        }
    }
    let rows = values.iter().map(|value| ("a row".to_owned(), value.clone()));
    for (name, bytes) in files.into_iter().chain(rows) {
        for secret in &secrets {
            let found = bytes.windows(secret.len()).any(|window| window == secret);
            assert!(!found, "{name} shows {:?}", String::from_utf8_lossy(secret));
        }
    }
    // Four characters come up by chance in so many random bytes: they are looked for where text rests.
    let texts: Vec<&str> = values.iter().filter_map(|value| std::str::from_utf8(value).ok()).collect();
    for person in &scene.people {
        assert!(!texts.iter().any(|text| *text == person.id_last4 || text.contains(&person.name)));
    }
}

#[tokio::test]
async fn a_stolen_database_opens_nothing() {
    let scene = Scene::set().await;
    let student = walk_the_whole_way(&scene).await;
    let portrait = student.look().await.portrait.expect("a portrait");
    let folder = scene.server.folder();
    // The thief has database and blobs, brings another vault key, and even speaks for the student.
    let thief = Server::new(ServerOptions {
        storage: Storage::open(&scene.server.database_url, &SystemClock).await.unwrap(),
        blobs: Blobs::open_folder(&folder.join("blobs")).unwrap(),
        vault: KeyRing::of(VaultKey::generate(&mut rng(666))),
        clock: Arc::clone(&scene.server.clock) as _,
        pages_dir: None,
        public_url: String::new(),
        sandbox_payments: false,
        wechat: None,
        password_cost: PasswordCost::Demonstration,
        image_code_reader: Arc::new(Blind),
        standardizer: None,
    });
    let student = student.caller.on(thief.router());
    assert_eq!(student.get("/api/collections").await.problem(), "server.broken");
    assert_eq!(student.get(&portrait.picture_url).await.problem(), "server.broken");
    let admin = scene.admin.on(thief.router());
    let path = format!("/api/admin/campaigns/{}/hand-over", scene.campaign.id);
    assert_eq!(admin.post(&path).await.ok::<HandOver>().bundle, None);
}

async fn walk_the_whole_way(scene: &Scene) -> TestStudent {
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let receipt = station.photograph_next().await;
    let _: Collection = student.confirm(receipt.portrait).await.ok();
    let _: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
    let path = format!("/api/review/portraits/{}", receipt.portrait);
    let _: ReviewDesk = scene.reviewer.post_json(&path, &Decide::Approve).await.ok();
    let path = format!("/api/admin/campaigns/{}/hand-over", scene.campaign.id);
    assert!(scene.admin.post(&path).await.ok::<HandOver>().bundle.is_some());
    student
}

fn files_below(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    files
}

/// Every text and every run of bytes in the database, whatever table it is in.
async fn values_of_every_row(url: &str) -> Vec<Vec<u8>> {
    use sqlx::{Column as _, Row as _};
    let (address, tables) = if url.starts_with("postgres") {
        let tables =
            "SELECT CAST(tablename AS TEXT) AS name FROM pg_tables WHERE schemaname = current_schema()";
        (url.to_owned(), tables)
    } else {
        (format!("sqlite:{url}"), "SELECT name FROM sqlite_master WHERE type = 'table'")
    };
    let pool = sqlx::AnyPool::connect(&address).await.unwrap();
    let mut values = Vec::new();
    for table in sqlx::query(tables).fetch_all(&pool).await.unwrap() {
        let table: String = table.get("name");
        let all = sqlx::AssertSqlSafe(format!("SELECT * FROM {table}"));
        for row in sqlx::query(all).fetch_all(&pool).await.unwrap() {
            values.extend(row.columns().iter().filter_map(|column| {
                let text = row.try_get::<String, _>(column.ordinal()).map(String::into_bytes);
                text.or_else(|_| row.try_get::<Vec<u8>, _>(column.ordinal())).ok()
            }));
        }
    }
    assert!(values.len() > 100, "the tables are full");
    values
}

struct Blind;

impl ReadImageCode for Blind {
    fn read(&self, _: &[u8]) -> Option<String> {
        None
    }
}
