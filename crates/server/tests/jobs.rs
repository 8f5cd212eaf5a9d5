//! What the server does later, by a clock that the test moves.

use std::time::Duration;

use gradshot_domain::{BusinessDay, Clock as _, JobId, OrderState, TicketState};
use gradshot_storage::{BlobKey, Job};
use gradshot_testkit::{Scene, TestServer, rng};
use gradshot_wire::collection::{NextStep, OrderStateName};
use gradshot_wire::operations::{DeadJobs, Readiness};

#[tokio::test]
async fn an_unpaid_order_closes_by_itself() {
    let scene = Scene::set().await;
    let mut student = scene.student(0).await;
    student.register(&scene).await;
    student.consent().await;
    let order = student.book(&scene).await.order.expect("an order");
    let mut events =
        student.caller.events(&format!("/api/collections/{}/events", student.collection())).await;
    let _ = events.next().await;

    scene.server.clock.advance(Duration::from_mins(29));
    scene.server.server.run_due_jobs().await.unwrap();
    assert_eq!(student.look().await.next_step, NextStep::Pay, "there is a minute left");

    scene.server.clock.advance(Duration::from_mins(1));
    scene.server.server.run_due_jobs().await.unwrap();
    let told: gradshot_wire::collection::Collection = events.until("collection", |_| true).await;
    assert_eq!(told.order.map(|order| order.state), Some(OrderStateName::Closed), "the phone is told");
    assert_eq!(student.pay().await.problem(), "order.closed");
    let placed = scene.server.storage.read().await.unwrap().orders().find(order.id).await.unwrap();
    assert!(matches!(placed.unwrap().order.state, OrderState::Closed { .. }), "in the table too");
}

#[tokio::test]
async fn a_paid_order_stays_paid() {
    let scene = Scene::set().await;
    let mut student = scene.student(0).await;
    student.prepare(&scene).await;
    scene.server.clock.advance(Duration::from_hours(1));
    scene.server.server.run_due_jobs().await.unwrap();
    assert_eq!(student.look().await.next_step, NextStep::CheckIn);
}

#[tokio::test]
async fn a_days_open_tickets_end_with_it() {
    let scene = Scene::set().await;
    let student = scene.student_in_line(0).await;
    let ticket = student.ticket().await;
    scene.server.server.run_due_jobs().await.unwrap();
    scene.server.clock.advance(Duration::from_hours(24));
    scene.server.server.run_due_jobs().await.unwrap();
    let mut work = scene.server.storage.read().await.unwrap();
    let queued = work.tickets().find(ticket).await.unwrap().unwrap();
    assert!(matches!(queued.ticket.state, TicketState::Expired { .. }));
    let today = BusinessDay::of(scene.server.clock.now());
    assert_eq!(work.tickets().left_open_before(today, 10).await.unwrap(), []);
}

#[tokio::test]
async fn bytes_that_no_row_knows_go_and_the_others_stay() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let receipt = station.photograph_next().await;
    let orphan = BlobKey::portrait(scene.campaign.id, receipt.portrait, &[7; 32]);
    scene.server.blobs.keep(&orphan, vec![1, 2, 3]).await.unwrap();
    scene.server.server.run_due_jobs().await.unwrap();
    assert!(scene.server.blobs.fetch(&orphan).await.is_ok(), "young bytes may be of an upload under way");

    // The folder's own clock dates the bytes; in a few hundred years they are old by any clock.
    scene.server.clock.advance(Duration::from_hours(24 * 365 * 100));
    scene.server.server.run_due_jobs().await.unwrap();
    assert!(scene.server.blobs.fetch(&orphan).await.is_err());
    let mut work = scene.server.storage.read().await.unwrap();
    let stored = work.portraits().find(receipt.portrait).await.unwrap().unwrap();
    assert!(scene.server.blobs.fetch(&stored.blob).await.is_ok());
    drop(student);
}

#[tokio::test]
async fn a_job_that_fails_is_tried_less_and_less_and_then_shown_to_staff() {
    let scene = Scene::set().await;
    let (storage, clock) = (&scene.server.storage, &scene.server.clock);
    let id = JobId::new(clock.now(), &mut rng(4));
    let mut work = storage.begin().await.unwrap();
    work.jobs().put(&Job::new(id, "of_another_version", "x", clock.now(), clock.now())).await.unwrap();
    work.commit().await.unwrap();

    scene.server.server.run_due_jobs().await.unwrap();
    assert_eq!(scene.server.server.run_due_jobs().await.unwrap(), 0, "not again at once");
    assert_eq!(dead(&scene).await.jobs, []);
    for _ in 0..7 {
        clock.advance(Duration::from_hours(1));
        scene.server.server.run_due_jobs().await.unwrap();
    }
    let jobs = dead(&scene).await.jobs;
    assert_eq!((jobs.len(), jobs[0].id, jobs[0].attempts), (1, id, 8));
    assert!(jobs[0].failure.as_deref().is_some_and(|failure| failure.contains("kind")));
    assert_eq!(scene.reviewer.get("/api/admin/jobs/dead").await.problem(), "role.forbidden");

    let retry = format!("/api/admin/jobs/{id}/retry");
    assert_eq!(scene.admin.post(&retry).await.status, 204);
    assert_eq!(dead(&scene).await.jobs, []);
    assert_eq!(scene.admin.post(&retry).await.problem(), "job.not_found");
}

#[tokio::test]
async fn a_server_is_ready_unless_its_work_waits() {
    let server = TestServer::start().await;
    server.server.run_due_jobs().await.unwrap();
    let ready: Readiness = server.anyone().get("/readyz").await.ok();
    assert!(ready.ready && ready.database && ready.blobs, "{ready:?}");
    server.clock.advance(Duration::from_hours(2));
    let late = server.anyone().get("/readyz").await;
    assert_eq!(late.status, 503, "{}", late.text());
    server.server.run_due_jobs().await.unwrap();
    let ready: Readiness = server.anyone().get("/readyz").await.ok();
    assert!(ready.ready);
}

#[tokio::test]
async fn figures_are_for_programs_on_the_same_machine() {
    let server = TestServer::start().await;
    let here = server.anyone().from_address("127.0.0.1:4000");
    let _ = here.get("/api/studios").await;
    let figures = here.get("/metrics").await.text();
    assert!(figures.contains("route=\"/api/studios\",status=\"200\""), "{figures}");
    assert!(figures.contains("gradshot_jobs_due"));
    let elsewhere = server.anyone().from_address("203.0.113.7:4000");
    assert_eq!(elsewhere.get("/metrics").await.problem(), "role.forbidden");
    let proxied = here.with_header("x-forwarded-for", "203.0.113.7");
    assert_eq!(proxied.get("/metrics").await.problem(), "role.forbidden");
}

#[tokio::test]
async fn the_runner_stops_when_told() {
    let server = TestServer::start().await;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let house = server.server.clone();
    let running = tokio::spawn(async move { house.run_background(async { drop(stopped.await) }).await });
    drop(stop);
    running.await.expect("it ends without complaint");
}

async fn dead(scene: &Scene) -> DeadJobs {
    scene.admin.get("/api/admin/jobs/dead").await.ok()
}
