//! The desk's commands over the window's own channel: the same as the bridge's, word for word.

use std::str::FromStr as _;

use gradshot_studio::Studio;
use gradshot_studio::bridge::picture;
use gradshot_wire::Problem;
use gradshot_wire::desk::{DeskCommand, DeskEvent, DeskState};
use tauri::State;
use tauri::ipc::{Channel, InvokeResponseBody, Response};

/// Does what the operator wants and answers with the state after it.
#[tauri::command]
pub async fn desk_command(studio: State<'_, Studio>, command: DeskCommand) -> Result<DeskState, Problem> {
    studio.desk.command(command).await.map(|state| (*state).clone())
}

/// A picture of the student at the station, as raw bytes. `kind` is `shot` or `portrait`.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "the window system hands its arguments over by value")]
pub fn desk_picture(studio: State<'_, Studio>, shot: &str, kind: &str) -> Result<Response, Problem> {
    let kind = gradshot_studio::PictureKind::from_str(kind).map_err(|()| {
        Problem::new(400, "picture.kind", "没有这种照片", "There is no such kind of picture")
    })?;
    picture(&studio.desk, shot, kind).map(|bytes| Response::new(bytes.to_vec()))
}

/// Sends every state (JSON) and every live view frame (raw bytes) into the channel, until the window is gone.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "the window system hands its arguments over by value")]
pub fn desk_subscribe(studio: State<'_, Studio>, events: Channel<InvokeResponseBody>) {
    let (mut states, mut frames) = (studio.desk.states(), studio.desk.frames());
    states.mark_changed();
    let state_events = events.clone();
    tauri::async_runtime::spawn(async move {
        while states.changed().await.is_ok() {
            let event = DeskEvent::State(Box::new((**states.borrow_and_update()).clone()));
            let Ok(text) = serde_json::to_string(&event) else { return };
            if state_events.send(InvokeResponseBody::Json(text)).is_err() {
                return;
            }
        }
    });
    tauri::async_runtime::spawn(async move {
        while frames.changed().await.is_ok() {
            let frame = frames.borrow_and_update().clone();
            if let Some(frame) = frame
                && events.send(InvokeResponseBody::Raw(frame.to_vec())).is_err()
            {
                return;
            }
        }
    });
}
