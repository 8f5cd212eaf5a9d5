//! A listening server with invented people in every state, for programs that try the API out: prints one line of JSON with
//! its address and a token for each role, and goes on until its input ends.
//!
//! `cargo run --package gradshot-server --example stage`

use std::error::Error;
use std::io::Read as _;
use std::net::SocketAddr;
use std::time::Duration;

use gradshot_domain::{Policy, RejectReason, Role};
use gradshot_testkit::{Caller, Scene, TestServer, TestStudent};
use gradshot_wire::collection::Collection;
use gradshot_wire::hand_over::HandOver;
use gradshot_wire::identity::{Account, NewStaff};
use gradshot_wire::review::{Decide, ReviewDesk};
use gradshot_wire::roster_request::Schools;
use serde_json::json;
use tokio::net::TcpListener;

/// The clock stands still but for this; so nobody is told for long that the limit of questions is reached.
const TICK: Duration = Duration::from_millis(20);
const A_TICK: Duration = Duration::from_millis(500);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let scene = Scene::set_with(TestServer::start().await, Policy::pay_first()).await;
    let station = scene.station("1号机位").await;
    let students = people_in_every_state(&scene).await;
    let support = scene.server.staff("support", Role::Support).await;
    let schools: Schools = scene.server.anyone().get("/api/schools?q=sfdx").await.ok();
    let school = schools.schools.first().ok_or("there is a school")?.id;
    let clerk = staff(&scene, &format!("/api/admin/schools/{school}/staff"), "clerk", Role::School).await;
    let studio = scene.studio.id;
    let operator =
        staff(&scene, &format!("/api/admin/studios/{studio}/staff"), "operator", Role::Operator).await;

    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let token = |caller: &Caller| caller.token().unwrap_or_default().to_owned();
    let student = &students[0];
    println!(
        "{}",
        json!({
            "address": format!("http://{address}"),
            "tokens": {
                "student": token(&student.caller),
                "station": token(&station.caller),
                "reviewer": token(&scene.reviewer),
                "support": token(&support),
                "school": token(&clerk),
                "operator": token(&operator),
                "admin": token(&scene.admin),
            },
        })
    );
    let service = scene.server.router().into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    let background = scene.server.server.clone();
    tokio::spawn(async move { background.run_background(std::future::pending()).await });
    let clock = std::sync::Arc::clone(&scene.server.clock);
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(TICK).await;
            clock.advance(A_TICK);
        }
    });
    // Whoever started this holds the other end.
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
    Ok(())
}

/// The first one has an approved portrait; others stand before it in every state.
async fn people_in_every_state(scene: &Scene) -> Vec<TestStudent> {
    let station = scene.station("2号机位").await;
    let mut students = Vec::new();
    for index in 0..6 {
        let student = scene.student_in_line(index).await;
        scene.server.clock.advance(Duration::from_secs(1));
        let receipt = station.photograph_next().await;
        if index < 5 {
            let _: Collection = student.confirm(receipt.portrait).await.ok();
        }
        students.push(student);
    }
    let reject = Decide::Reject { reasons: vec![RejectReason::Pose], note: "请坐正".to_owned() };
    for decision in [Decide::Approve, Decide::Approve, reject] {
        let desk: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
        let path = format!("/api/review/portraits/{}", desk.item.expect("one waits").portrait);
        let _: ReviewDesk = scene.reviewer.post_json(&path, &decision).await.ok();
    }
    let path = format!("/api/admin/campaigns/{}/hand-over", scene.campaign.id);
    let _: HandOver = scene.admin.post(&path).await.ok();
    for index in 6..9 {
        students.push(scene.student_in_line(index).await);
    }
    students
}

async fn staff(scene: &Scene, path: &str, login: &str, role: Role) -> Caller {
    let staff = NewStaff { login: login.to_owned(), password: "staff-password".to_owned(), role };
    let _: Account = scene.admin.post_json(path, &staff).await.ok();
    scene.server.sign_in(login, "staff-password").await
}
