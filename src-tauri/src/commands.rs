//! The desk's commands over the window's own channel: the same as the bridge's, word for word.

use std::str::FromStr as _;

use gradshot_studio::bridge::{day_report, picture, sheet};
use gradshot_wire::Problem;
use gradshot_wire::desk::{DayReport, DeskCommand, DeskEvent, DeskState};
use tauri::State;
use tauri::ipc::{Channel, InvokeResponseBody, Response};

use crate::door::Door;
use crate::windows::{self, PrintAnswer};

/// The longest side of a paper that sheets are printed on, millimetres: A3's.
const MOST_PAPER_MM: f64 = 420.0;
/// Most pages of one print.
const MOST_PAGES: u16 = 100;

/// Does what the operator wants and answers with the state after it.
#[tauri::command]
pub async fn desk_command(door: State<'_, Door>, command: DeskCommand) -> Result<DeskState, Problem> {
    door.studio()?.desk.command(command).await.map(|state| (*state).clone())
}

/// A picture of the student at the station, as raw bytes. `kind` is `shot`, `portrait` or `sheet`.
#[tauri::command]
pub async fn desk_picture(door: State<'_, Door>, shot: String, kind: String) -> Result<Response, Problem> {
    let desk = &door.studio()?.desk;
    if kind == "sheet" {
        return sheet(desk, &shot).await.map(|bytes| Response::new(bytes.to_vec()));
    }
    let kind = gradshot_studio::PictureKind::from_str(&kind).map_err(|()| {
        Problem::new(400, "picture.kind", "没有这种照片", "There is no such kind of picture")
    })?;
    picture(desk, &shot, kind).map(|bytes| Response::new(bytes.to_vec()))
}

/// Sends every state (JSON) and every live view frame (raw bytes) into the channel, until the window is gone.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "the window system hands its arguments over by value")]
pub fn desk_subscribe(door: State<'_, Door>, events: Channel<InvokeResponseBody>) -> Result<(), Problem> {
    let studio = door.studio()?;
    let (mut states, mut frames) = (studio.desk.states(), studio.desk.frames());
    let mut coachings = studio.desk.coachings();
    states.mark_changed();
    let coach_events = events.clone();
    tauri::async_runtime::spawn(async move {
        while coachings.changed().await.is_ok() {
            let coaching = coachings.borrow_and_update().as_deref().cloned().map(Box::new);
            let Ok(text) = serde_json::to_string(&DeskEvent::Coaching(coaching)) else { return };
            if coach_events.send(InvokeResponseBody::Json(text)).is_err() {
                return;
            }
        }
    });
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
    Ok(())
}

/// Pairs this PC by a code from the office, with this server or with the one beside it, and opens the board.
#[tauri::command]
pub async fn desk_pair(
    app: tauri::AppHandle,
    door: State<'_, Door>,
    code: String,
    server: Option<String>,
) -> Result<(), Problem> {
    let server = server.as_deref().map(str::trim).filter(|server| !server.is_empty());
    let studio = door.pair(code.trim(), server).await?;
    if let Err(error) = windows::open_board(&app, &studio.addresses) {
        tracing::warn!(%error, "the board's window is not open");
    }
    Ok(())
}

/// What this station did on a day, or does today.
#[tauri::command]
pub async fn desk_day(door: State<'_, Door>, day: Option<String>) -> Result<DayReport, Problem> {
    day_report(&door.studio()?.desk, day.as_deref()).await
}

/// The screens that the board can fill.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "the window system hands its arguments over by value")]
pub fn desk_screens(app: tauri::AppHandle) -> Result<Vec<windows::Screen>, Problem> {
    windows::screens(&app).map_err(|error| no_screen(&error))
}

/// Puts the board onto a screen, or makes it a plain window; opens one that was closed.
#[tauri::command]
pub async fn desk_move_board(
    app: tauri::AppHandle,
    door: State<'_, Door>,
    screen: Option<String>,
) -> Result<(), Problem> {
    let addresses = &door.studio()?.addresses;
    windows::move_board(&app, addresses, screen.as_deref()).map_err(|error| no_screen(&error))
}

fn no_screen(error: &dyn std::fmt::Display) -> Problem {
    Problem::new(
        500,
        "desk.screen",
        "大屏没有放过去：请检查屏幕的连线，再选一次",
        format!("The board was not moved ({error}): check the screen's cable and choose once more"),
    )
}

/// Prints a sheet by the system's dialog, on paper of this size.
#[tauri::command]
pub async fn desk_print(
    app: tauri::AppHandle,
    door: State<'_, Door>,
    shot: String,
    width_mm: f64,
    height_mm: f64,
    copies: u16,
) -> Result<PrintAnswer, Problem> {
    let jpeg = sheet(&door.studio()?.desk, &shot).await?.to_vec();
    let [width_mm, height_mm] = [width_mm, height_mm].map(|side| side.clamp(1.0, MOST_PAPER_MM));
    let copies = copies.clamp(1, MOST_PAGES);
    #[cfg(target_os = "linux")]
    return windows::print(&app, windows::Sheet { jpeg, width_mm, height_mm, copies }).await.map_err(
        |error| {
            Problem::new(
                500,
                "desk.print",
                "打印对话框打不开：请检查系统的打印设置",
                format!("The print dialog did not work ({error}): look at the system's printers"),
            )
        },
    );
    #[cfg(not(target_os = "linux"))]
    {
        let _ = (app, jpeg, width_mm, height_mm, copies);
        Ok(PrintAnswer::Page)
    }
}

/// Puts a report into the person's downloads, under a name of its own. Gives the path.
#[tauri::command]
pub async fn desk_save(app: tauri::AppHandle, name: String, text: String) -> Result<String, Problem> {
    let failed = |error: &dyn std::fmt::Display| {
        Problem::new(
            500,
            "desk.save",
            "文件没有保存：请检查磁盘空间和下载文件夹的权限",
            format!("The file is not saved ({error}): check the disk's space and the downloads folder"),
        )
    };
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if !plain || name.starts_with('.') || name.len() > 80 || text.len() > 4 << 20 {
        return Err(failed(&"an unusual name or size"));
    }
    let paths = tauri::Manager::path(&app);
    let folder =
        paths.download_dir().or_else(|_| paths.app_local_data_dir()).map_err(|error| failed(&error))?;
    let path = folder.join(name);
    std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(&path, text))
        .map_err(|error| failed(&error))?;
    Ok(path.display().to_string())
}
