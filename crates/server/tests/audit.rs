//! The audit log: complete, without a person in it, and proof against changes.

use gradshot_testkit::{Scene, TestServer};
use gradshot_wire::operations::{AuditLog, AuditVerification};
use sqlx::AssertSqlSafe;

#[tokio::test]
async fn what_staff_and_stations_change_is_written_down_once() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let ticket = student.ticket().await;
    let before = log(&scene).await.entries.len();
    station.photograph_next().await;
    let entries = log(&scene).await.entries;
    let actor = format!("station:{}", station.id);
    let mut actions: Vec<_> = entries[..entries.len() - before]
        .iter()
        .map(|entry| {
            assert_eq!(entry.actor, actor);
            entry.action.as_str()
        })
        .collect();
    actions.reverse();
    assert_eq!(
        actions,
        [
            "POST /api/station/queue/next",
            "POST /api/station/tickets/{id}/arrive",
            "PUT /api/station/portraits/{id}"
        ]
    );
    assert!(entries.iter().any(|entry| entry.subject == ticket.to_string()));
    assert!(entries.iter().any(|entry| entry.action == "POST /api/admin/campaigns"));
    let text = serde_json::to_string(&entries).unwrap();
    for person in &scene.people {
        assert!(!text.contains(&person.name) && !text.contains(&person.phone));
    }
    assert_eq!(scene.reviewer.get("/api/admin/audit").await.problem(), "role.forbidden");
    let whole = verify(&scene).await;
    assert_eq!((whole.whole, whole.entries), (true, entries.len() as u64));
}

#[tokio::test]
async fn what_was_refused_leaves_nothing() {
    let scene = Scene::set().await;
    let before = log(&scene).await.entries;
    assert_eq!(
        scene.admin.post("/api/admin/jobs/0196e1a2-7c00-7000-8000-000000000001/retry").await.status,
        404
    );
    assert_eq!(log(&scene).await.entries, before);
}

#[tokio::test]
async fn every_meddling_is_found() {
    for (meddling, flaw) in [
        ("UPDATE audit_entries SET actor = 'account:nobody' WHERE number = 2", "entry 2 was changed"),
        ("UPDATE audit_entries SET at = at + 1 WHERE number = 1", "entry 1 was changed"),
        ("DELETE FROM audit_entries WHERE number = 2", "entry 2 is missing"),
        ("DELETE FROM audit_entries WHERE number = 1", "entry 1 is missing"),
        ("UPDATE audit_entries SET number = -number WHERE number = 1", "entry 1 is missing"),
        (
            "DELETE FROM audit_entries WHERE number = (SELECT MAX(number) FROM audit_entries)",
            "the end of the log was cut off or added to",
        ),
    ] {
        let scene = Scene::set().await;
        assert!(verify(&scene).await.whole);
        let pool = sqlx::AnyPool::connect(&address(&scene.server)).await.unwrap();
        assert_eq!(sqlx::query(AssertSqlSafe(meddling)).execute(&pool).await.unwrap().rows_affected(), 1);
        let found = verify(&scene).await;
        assert!(!found.whole, "{meddling}");
        let said = found.flaw.unwrap();
        assert!(said.starts_with(flaw), "{meddling}: {said}");
    }
}

#[tokio::test]
async fn entries_that_changed_places_are_found() {
    let scene = Scene::set().await;
    let pool = sqlx::AnyPool::connect(&address(&scene.server)).await.unwrap();
    for step in [
        "UPDATE audit_entries SET number = -1 WHERE number = 1",
        "UPDATE audit_entries SET number = 1 WHERE number = 2",
        "UPDATE audit_entries SET number = 2 WHERE number = -1",
    ] {
        sqlx::query(AssertSqlSafe(step)).execute(&pool).await.unwrap();
    }
    assert_eq!(verify(&scene).await.flaw.as_deref(), Some("entry 1 was changed"));
}

fn address(server: &TestServer) -> String {
    let url = &server.database_url;
    if url.starts_with("postgres") { url.clone() } else { format!("sqlite:{url}") }
}

async fn log(scene: &Scene) -> AuditLog {
    scene.admin.get("/api/admin/audit").await.ok()
}

async fn verify(scene: &Scene) -> AuditVerification {
    scene.admin.get("/api/admin/audit/verification").await.ok()
}
