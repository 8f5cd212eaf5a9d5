//! Two desks of one studio on one queue, each in a program of its own as far as the server can tell.

mod demo;

use std::time::Duration;

use gradshot_domain::{Money, StudioId};
use gradshot_studio::{Root, Studio, StudioOptions};
use gradshot_testkit::Line;
use gradshot_wire::campaign::{NewPackage, NewStation, OpenStudio, PairingCode, Studio as OpenedStudio};
use gradshot_wire::desk::{CurrentStudent, DeskCommand, DeskState, StudentPhase};
use gradshot_wire::identity::SignIn;
use gradshot_wire::ticket::TicketStateName;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tempfile::TempDir;

/// The demonstration's administrator.
struct Office {
    http: reqwest::Client,
    server: String,
    token: String,
}

impl Office {
    async fn enter(first: &Studio) -> Self {
        let campaign = first.demo.as_ref().unwrap();
        let http = gradshot_station::client::http_client().unwrap();
        let server = campaign.server.clone();
        let admin = SignIn { login: campaign.admin.login.clone(), password: campaign.admin.password.clone() };
        let session = http.post(format!("{server}/api/sign-in")).json(&admin).send().await.unwrap();
        let session: Value = session.json().await.unwrap();
        Self { http, server, token: session["token"].as_str().unwrap().to_owned() }
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, request: &impl Serialize) -> T {
        let asked = self.http.post(format!("{}{path}", self.server)).bearer_auth(&self.token).json(request);
        asked.send().await.unwrap().json().await.unwrap()
    }

    /// A studio across the street.
    async fn open_studio(&self) -> StudioId {
        let wanted = OpenStudio {
            name: "第二照相馆".to_owned(),
            code: "SECOND".to_owned(),
            address: "学院路 2 号".to_owned(),
            phone: "010-00000000".to_owned(),
            packages: vec![NewPackage {
                name: "毕业证件照".to_owned(),
                en_name: None,
                price: Money::from_fen(3000),
            }],
        };
        let studio: OpenedStudio = self.post("/api/admin/studios", &wanted).await;
        studio.id
    }

    /// A desk that is paired as a new station of this studio, over this cable, with its folder.
    async fn desk(&self, studio: StudioId, name: &str, line: &Line) -> (Studio, TempDir) {
        let stations = format!("/api/admin/studios/{studio}/stations");
        let code: PairingCode = self.post(&stations, &NewStation { name: name.to_owned() }).await;
        let folder = TempDir::new().unwrap();
        let root = Root::find().unwrap();
        let desk = Studio::open(StudioOptions {
            photos: Some(root.sample_photos()),
            root,
            folder: Some(folder.path().to_owned()),
            listen: ([127, 0, 0, 1], 0).into(),
            demo: None,
            watched_folder: None,
            pairing: Some((code.code, Some(line.url.clone()))),
        })
        .await
        .unwrap();
        (desk, folder)
    }
}

/// A desk that is paired with the demonstration's server as its second station, over this cable, with its folder.
async fn second_desk(first: &Studio, line: &Line) -> (Studio, TempDir) {
    let studio = first.demo.as_ref().unwrap().studio;
    Office::enter(first).await.desk(studio, "2号机位", line).await
}

async fn until<T>(studio: &Studio, what: &str, seen: impl Fn(&DeskState) -> Option<T>) -> T {
    let mut states = studio.desk.states();
    let looked = async {
        loop {
            if let Some(value) = seen(&states.borrow_and_update()) {
                return value;
            }
            states.changed().await.unwrap();
        }
    };
    let seen = tokio::time::timeout(Duration::from_mins(1), looked).await;
    seen.unwrap_or_else(|_| panic!("{what}: {:?}", studio.desk.states().borrow().notice))
}

async fn line_to(studio: &Studio) -> Line {
    let server = &studio.demo.as_ref().unwrap().server;
    Line::to(server.trim_start_matches("http://").parse().unwrap()).await
}

async fn current(studio: &Studio, what: &str) -> CurrentStudent {
    until(studio, what, |state| state.current.clone()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_desks_never_call_the_same_student_and_hand_one_over() {
    let first = demo::open(8).await;
    let line = line_to(&first).await;
    let (second, _folder) = second_desk(&first, &line).await;
    for desk in [&first, &second] {
        until(desk, "a queue", |state| state.queue.as_ref().filter(|queue| queue.waiting > 1).map(|_| ()))
            .await;
    }
    let call = async |desk: &Studio| desk.desk.command(DeskCommand::CallNext).await.unwrap();
    tokio::join!(call(&first), call(&second));
    let (here, there) = (current(&first, "a number here").await, current(&second, "a number there").await);
    assert_ne!(here.ticket, there.ticket);
    // Each sees whom the other one called, and where.
    for (desk, other, station) in [(&first, &there, "2号机位"), (&second, &here, "1号机位")] {
        until(desk, "the other's call", |state| {
            let entry = state.queue.as_ref()?.entries.iter().find(|entry| entry.ticket == other.ticket)?;
            (entry.station_name.as_deref() == Some(station)).then_some(())
        })
        .await;
    }

    second.desk.command(DeskCommand::Skip).await.unwrap();
    until(&second, "a free desk", |state| state.current.is_none().then_some(())).await;
    let colleague = until(&first, "a colleague", |state| {
        state
            .colleagues
            .iter()
            .find(|colleague| colleague.name == "2号机位")
            .map(|colleague| colleague.station)
    })
    .await;
    first.desk.command(DeskCommand::Transfer { station: colleague }).await.unwrap();
    until(&first, "the student has gone on", |state| state.current.is_none().then_some(())).await;
    let taken = current(&second, "the student has come over").await;
    assert_eq!((taken.ticket, taken.number, taken.phase), (here.ticket, here.number, StudentPhase::Called));
    second.desk.command(DeskCommand::Scan { text: taken.number.to_string() }).await.unwrap();
    until(&second, "the arrival there", |state| {
        state.current.as_ref().filter(|current| current.phase == StudentPhase::Arrived).map(|_| ())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_passed_over_without_a_network_is_passed_over_everywhere_once_it_is_back() {
    let first = demo::open(4).await;
    let line = line_to(&first).await;
    let (second, _folder) = second_desk(&first, &line).await;
    until(&second, "a queue", |state| state.queue.as_ref().filter(|queue| queue.waiting > 0).map(|_| ()))
        .await;
    second.desk.command(DeskCommand::CallNext).await.unwrap();
    let student = current(&second, "a number").await;
    let seen_as = |state: &DeskState| {
        let entry = state.queue.as_ref()?.entries.iter().find(|entry| entry.ticket == student.ticket)?;
        Some(entry.state)
    };
    let called = |state: &DeskState| (seen_as(state)? == TicketStateName::Called).then_some(());
    until(&first, "the call", called).await;

    line.breaks_after(0);
    second.desk.command(DeskCommand::Skip).await.unwrap();
    until(&second, "a free desk, though nobody could be told", |state| state.current.is_none().then_some(()))
        .await;
    assert_eq!(seen_as(&first.desk.states().borrow()), Some(TicketStateName::Called), "nobody was told");

    line.mend();
    let skipped = |state: &DeskState| (seen_as(state)? == TicketStateName::Skipped).then_some(());
    until(&first, "the number passed over", skipped).await;
    assert_eq!(second.desk.states().borrow().current, None, "and it did not come back to the desk");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_student_is_sent_to_another_studio_where_somebody_calls() {
    let first = demo::open(4).await;
    let line = line_to(&first).await;
    let office = Office::enter(&first).await;
    let across = office.open_studio().await;
    until(&first, "a queue", |state| state.queue.as_ref().filter(|queue| queue.waiting > 0).map(|_| ()))
        .await;
    first.desk.command(DeskCommand::CallNext).await.unwrap();
    let student = current(&first, "a number").await;
    let offered = |state: &DeskState| state.current.as_ref()?.studios.clone();
    first.desk.command(DeskCommand::FindStudios).await.unwrap();
    assert_eq!(until(&first, "an answer", offered).await, [], "nobody calls there yet");
    first.desk.command(DeskCommand::TransferToStudio { studio: across }).await.unwrap();
    until(&first, "why not", |state| state.notice.as_ref().map(|_| ())).await;
    assert!(first.desk.states().borrow().current.is_some(), "the student is still here");

    let (there, _folder) = office.desk(across, "1号机位", &line).await;
    // Found once its station calls.
    let studios = loop {
        first.desk.command(DeskCommand::FindStudios).await.unwrap();
        let studios = until(&first, "an answer", offered).await;
        if !studios.is_empty() {
            break studios;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!((studios[0].id, studios[0].name.as_str()), (across, "第二照相馆"));
    first.desk.command(DeskCommand::TransferToStudio { studio: across }).await.unwrap();
    until(&first, "a free desk", |state| state.current.is_none().then_some(())).await;
    let said = first.desk.states().borrow().notice.clone().unwrap().zh;
    assert!(said.contains("第二照相馆") && said.contains("A001"), "{said}");
    until(&there, "the student in line there", |state| {
        state.queue.as_ref().filter(|queue| queue.waiting == 1).map(|_| ())
    })
    .await;
    there.desk.command(DeskCommand::CallNext).await.unwrap();
    let came = current(&there, "the student there").await;
    assert_eq!((came.masked_name, came.number.to_string()), (student.masked_name, "A001".to_owned()));
}
