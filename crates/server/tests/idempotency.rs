//! A request that is sent twice is done once.

use std::time::Duration;

use gradshot_domain::Money;
use gradshot_domain::Role;
use gradshot_testkit::{Answer, Caller, Scene, TestServer};
use gradshot_wire::campaign::{NewPackage, OpenStudio};

fn studio(code: &str) -> OpenStudio {
    OpenStudio {
        name: "第二照相馆".to_owned(),
        code: code.to_owned(),
        address: "示范路 2 号".to_owned(),
        phone: "4000000001".to_owned(),
        packages: vec![NewPackage {
            name: "毕业证照采集".to_owned(),
            en_name: Some("Graduation ID photo".to_owned()),
            price: Money::from_fen(3500),
        }],
    }
}

async fn open(caller: &Caller, key: &str, code: &str) -> Answer {
    caller.with_header("idempotency-key", key).post_json("/api/admin/studios", &studio(code)).await
}

#[tokio::test]
async fn the_same_key_gives_the_same_answer_and_does_nothing_again() {
    let scene = Scene::set().await;
    let first = open(&scene.admin, "key-1", "TWO").await;
    assert_eq!(first.status, 201, "{}", first.text());
    assert!(!first.headers.contains_key("idempotency-replayed"));
    let again = open(&scene.admin, "key-1", "TWO").await;
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    assert_eq!(again.headers["content-type"], first.headers["content-type"]);
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_eq!(
        open(&scene.admin, "key-2", "TWO").await.problem(),
        "studio.code_taken",
        "another key asks anew"
    );
}

#[tokio::test]
async fn a_key_is_for_one_request_of_one_caller() {
    let scene = Scene::set().await;
    assert_eq!(open(&scene.admin, "key-1", "TWO").await.status, 201);
    assert_eq!(open(&scene.admin, "key-1", "THREE").await.problem(), "idempotency.other_request");
    let other = scene.server.staff("other", Role::Admin).await;
    assert_eq!(open(&other, "key-1", "THREE").await.status, 201);
    assert_eq!(open(&scene.admin, "with space", "FOUR").await.problem(), "idempotency.key");
    assert_eq!(open(&scene.admin, &"x".repeat(201), "FOUR").await.problem(), "idempotency.key");
}

#[tokio::test]
async fn a_refusal_is_not_kept_and_an_answer_for_a_day() {
    let scene = Scene::set().await;
    assert_eq!(open(&scene.reviewer, "key-1", "TWO").await.problem(), "role.forbidden");
    assert_eq!(open(&scene.admin, "key-1", "SFZX").await.problem(), "studio.code_taken");
    assert_eq!(open(&scene.admin, "key-1", "TWO").await.status, 201, "the key is still free");
    scene.server.clock.advance(Duration::from_hours(24));
    let admin = scene.server.sign_in("admin", "staff-password").await;
    scene.server.server.run_due_jobs().await.unwrap();
    assert_eq!(open(&admin, "key-1", "THREE").await.status, 201);
}

#[tokio::test]
async fn many_at_once_are_done_once() {
    let server = TestServer::start().await;
    let admin = server.staff("admin", Role::Admin).await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let admin = admin.clone();
        tasks.spawn(async move { open(&admin, "key-1", "TWO").await.status.as_u16() });
    }
    let answers = tasks.join_all().await;
    assert!(answers.iter().all(|status| [201, 409].contains(status)), "{answers:?}");
    assert!(answers.contains(&201));
    assert_eq!(open(&admin, "key-1", "TWO").await.status, 201);
}
