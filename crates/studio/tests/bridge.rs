//! The desk over its bridge: who may use it, and what a shot looks like from there.

mod demo;

use std::time::Duration;

use gradshot_domain::Severity;
use gradshot_studio::Studio;
use gradshot_wire::desk::{DeskCommand, DeskState, ShotProgress};
use serde_json::json;

struct Bridge {
    http: reqwest::Client,
    url: String,
    token: String,
}

impl Bridge {
    fn of(studio: &Studio) -> Self {
        let (_, fragment) = studio.addresses.desk.split_once("#bridge=").unwrap();
        let (url, token) = fragment.split_once("&token=").unwrap();
        let http = gradshot_station::client::http_client().unwrap();
        Self { http, url: url.to_owned(), token: token.to_owned() }
    }

    async fn send(&self, command: &DeskCommand) -> DeskState {
        let request = self.http.post(format!("{}/desk/command", self.url)).bearer_auth(&self.token);
        request.json(command).send().await.unwrap().json().await.unwrap()
    }

    /// Looks until the state shows what is wanted; the test's own time limit ends it otherwise.
    async fn until<T>(&self, seen: impl Fn(&DeskState) -> Option<T>) -> T {
        loop {
            if let Some(value) = seen(&self.send(&DeskCommand::Look).await) {
                return value;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_photographs_a_student_from_a_browser() {
    let studio = demo::open(8).await;
    let bridge = Bridge::of(&studio);

    let without_token =
        bridge.http.post(format!("{}/desk/command", bridge.url)).json(&json!({ "command": "shoot" }));
    assert_eq!(without_token.send().await.unwrap().status(), 401);
    let wrong_token = bridge.http.get(format!("{}/desk/events?token=guess", bridge.url));
    assert_eq!(wrong_token.send().await.unwrap().status(), 401);

    bridge.until(|state| (state.camera.ready && state.queue.is_some()).then_some(())).await;
    bridge.send(&DeskCommand::CallNext).await;
    let number = bridge.until(|state| state.current.as_ref().map(|current| current.number)).await;
    bridge.send(&DeskCommand::Scan { text: number.to_string() }).await;

    // Some sample photos violate the standard; shoot until one does not, as an operator would.
    for photo in 0.. {
        studio.simulated.as_ref().unwrap().present(photo);
        bridge.send(&DeskCommand::Shoot).await;
        let (shot, progress) = bridge
            .until(|state| {
                let shots = &state.current.as_ref()?.shots;
                let shot = shots.get(photo).filter(|shot| shot.progress != ShotProgress::Developing)?;
                Some((shot.id, shot.progress.clone()))
            })
            .await;
        let picture = format!("{}/desk/shots/{shot}/shot.jpg", bridge.url);
        assert_eq!(
            bridge.http.get(&picture).send().await.unwrap().status(),
            401,
            "pictures want the token too"
        );
        assert_eq!(bridge.http.get(&picture).bearer_auth(&bridge.token).send().await.unwrap().status(), 200);
        if let ShotProgress::Ready { verdict, has_portrait: true, .. } = progress
            && verdict.outcome != Severity::Retake
        {
            break;
        }
    }
    bridge.send(&DeskCommand::Accept).await;
    bridge.until(|state| state.current.is_none().then_some(())).await;
    bridge.until(|state| state.outbox.is_empty().then_some(())).await;
    // The invented student looks at the phone and says yes.
    bridge.until(|state| state.waiting_for_yes.is_empty().then_some(())).await;
}
