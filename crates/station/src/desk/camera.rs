//! The camera's thread and the desk's task.

use gradshot_camera::{Events, FramePixels, LiveFrame};
use gradshot_wire::desk::CameraLink;
use tokio::sync::{mpsc, watch};

use super::{Frame, Input};

/// Hands the camera's events over: frames to whoever looks, the rest to the desk's task. Ends with either side.
pub(super) async fn forward(
    mut events: Events,
    inbox: mpsc::Sender<Input>,
    frames: watch::Sender<Option<Frame>>,
) {
    while let Some(event) = std::future::poll_fn(|context| events.poll_next(context)).await {
        match event {
            gradshot_camera::Event::LiveFrame(frame) => {
                frames.send_replace(jpeg(frame));
            }
            event => {
                if matches!(event, gradshot_camera::Event::Disconnected { .. }) {
                    frames.send_replace(None);
                }
                if inbox.send(Input::Camera(Box::new(event))).await.is_err() {
                    return;
                }
            }
        }
    }
}

/// Pages show JPEG files; cameras that give bare pixels are not among the drivers that ship yet.
fn jpeg(frame: LiveFrame) -> Option<Frame> {
    match frame.pixels {
        FramePixels::Jpeg(bytes) => Some(bytes),
        FramePixels::Rgb(_) => None,
    }
}

/// A camera that can shoot.
pub(super) fn ready(model: String) -> CameraLink {
    CameraLink { model, ready: true, trouble_zh: None, trouble_en: None }
}

/// A camera that cannot, and what to do.
pub(super) fn in_trouble(model: String, fault: gradshot_camera::Fault) -> CameraLink {
    let advice = fault.advice();
    CameraLink {
        model,
        ready: false,
        trouble_zh: Some(format!("{}，{}", advice.zh, advice.remedy_zh)),
        trouble_en: Some(format!("{}: {}", advice.en, advice.remedy_en)),
    }
}
