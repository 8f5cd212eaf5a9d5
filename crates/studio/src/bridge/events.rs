//! `GET /desk/events`

use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use gradshot_station::desk::{Desk, Frame};
use gradshot_wire::desk::DeskEvent;

use super::Bridge;

/// A browser needs no more frames than this to look live; the newest one wins.
const FRAME_PERIOD: Duration = Duration::from_millis(40);

/// A WebSocket: each text message is a [`DeskEvent`], each binary message a live view frame, a JPEG file.
#[utoipa::path(
    get,
    path = "/desk/events",
    operation_id = "deskEvents",
    params(("token" = String, Query, description = "The token")),
    responses(
        (status = 101, description = "Text messages are DeskEvent, binary messages are JPEG frames"),
        (status = 401, description = "Without the token"),
    )
)]
pub(super) async fn events(State(bridge): State<Bridge>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.max_message_size(4096).on_upgrade(move |socket| push(bridge.desk, socket))
}

/// Pushes until the page or the desk is gone.
async fn push(desk: Desk, mut socket: WebSocket) {
    let (mut states, mut frames, mut coachings) = (desk.states(), desk.frames(), desk.coachings());
    states.mark_changed();
    frames.mark_changed();
    // This task must not keep the station alive.
    drop(desk);
    loop {
        let message = tokio::select! {
            changed = states.changed() => match changed {
                Ok(()) => text(&DeskEvent::State(Box::new((**states.borrow_and_update()).clone()))),
                Err(_) => return,
            },
            changed = coachings.changed() => match changed {
                Ok(()) => text(&DeskEvent::Coaching(
                    coachings.borrow_and_update().as_deref().cloned().map(Box::new),
                )),
                Err(_) => return,
            },
            frame = next_frame(&mut frames) => match frame {
                Some(frame) => Message::Binary(frame.to_vec().into()),
                None => return,
            },
            received = socket.recv() => match received {
                Some(Ok(_)) => continue,
                _ => return,
            },
        };
        if socket.send(message).await.is_err() {
            return;
        }
    }
}

/// The next frame, not sooner than the eye needs it.
async fn next_frame(frames: &mut tokio::sync::watch::Receiver<Option<Frame>>) -> Option<Frame> {
    loop {
        frames.changed().await.ok()?;
        tokio::time::sleep(FRAME_PERIOD).await;
        if let Some(frame) = frames.borrow_and_update().clone() {
            return Some(frame);
        }
    }
}

fn text(event: &DeskEvent) -> Message {
    Message::Text(serde_json::to_string(event).unwrap_or_default().into())
}
