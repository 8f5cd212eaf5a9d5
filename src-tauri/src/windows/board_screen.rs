//! Which screen the board stands on: the one that was chosen or that it was moved to last, else the second one, where
//! there is one.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::Context as _;
use serde::Serialize;
use tauri::{AppHandle, Manager as _, Monitor, WebviewWindow, WindowEvent};

use super::{BOARD, DESK};

/// The screen's name in this file, below the program's data; [`PLAIN_WINDOW`] where none is to be filled.
const FILE_NAME: &str = "board-screen.txt";
const PLAIN_WINDOW: &str = "window";

/// A screen that the board can fill.
#[derive(Debug, Serialize)]
pub struct Screen {
    name: String,
    width_px: u32,
    height_px: u32,
    has_desk: bool,
    has_board: bool,
}

/// The screens that are plugged in now.
pub fn screens(app: &AppHandle) -> tauri::Result<Vec<Screen>> {
    let of_desk = app.get_webview_window(DESK).and_then(|desk| screen_of(&desk));
    let board = app.get_webview_window(BOARD);
    let of_board = board.filter(|board| board.is_fullscreen().unwrap_or(false)).and_then(|it| screen_of(&it));
    let screens = app.available_monitors()?.into_iter().map(|monitor| {
        let name = name(&monitor);
        Screen {
            width_px: monitor.size().width,
            height_px: monitor.size().height,
            has_desk: of_desk.as_ref() == Some(&name),
            has_board: of_board.as_ref() == Some(&name),
            name,
        }
    });
    Ok(screens.collect())
}

/// Puts a new board onto its screen, in full unless that is the only one.
///
/// Whatever fails here leaves a window that can be moved by hand.
pub fn place(app: &AppHandle, board: &WebviewWindow) {
    let Ok(monitors) = app.available_monitors() else { return };
    let remembered = file(app).and_then(|file| fs::read_to_string(file).ok());
    let names: Vec<_> = monitors.iter().map(name).collect();
    let first = app.primary_monitor().ok().flatten().map(|monitor| name(&monitor));
    if let Some(index) = choose(&names, first.as_deref(), remembered.as_deref().map(str::trim))
        && let Err(error) = fill(board, &monitors[index])
    {
        tracing::warn!(%error, screen = names[index], "the board cannot be put onto its screen");
    }
}

/// Puts the board onto the screen of this name, or makes it a plain window, and remembers it.
pub fn put(app: &AppHandle, board: &WebviewWindow, screen: Option<&str>) -> anyhow::Result<()> {
    match screen {
        Some(wanted) => {
            let monitors = app.available_monitors()?;
            let monitor = monitors.iter().find(|monitor| name(monitor) == wanted);
            fill(board, monitor.context("this screen is not plugged in")?)?;
        }
        None => board.set_fullscreen(false)?,
    }
    if let Some(file) = file(app) {
        keep(&file, screen.unwrap_or(PLAIN_WINDOW));
    }
    Ok(())
}

/// Remembers where a person moves the board.
pub fn remember_moves(app: &AppHandle, board: &WebviewWindow) {
    let Some(file) = file(app) else { return };
    let window = board.clone();
    let last = Mutex::new(None::<String>);
    board.on_window_event(move |event| {
        if !matches!(event, WindowEvent::Moved(_)) || !window.is_fullscreen().unwrap_or(false) {
            return;
        }
        let Some(screen) = screen_of(&window) else { return };
        let Ok(mut last) = last.lock() else { return };
        if last.as_ref() != Some(&screen) {
            keep(&file, &screen);
            *last = Some(screen);
        }
    });
}

/// A window that fills another screen has to let go of that one first; a new one that is told to let go fills none.
fn fill(board: &WebviewWindow, monitor: &Monitor) -> tauri::Result<()> {
    if board.is_fullscreen()? {
        board.set_fullscreen(false)?;
    }
    board.set_position(*monitor.position())?;
    board.set_fullscreen(true)
}

fn file(app: &AppHandle) -> Option<PathBuf> {
    app.path().app_local_data_dir().ok().map(|folder| folder.join(FILE_NAME))
}

fn screen_of(window: &WebviewWindow) -> Option<String> {
    window.current_monitor().ok().flatten().map(|monitor| name(&monitor))
}

fn name(monitor: &Monitor) -> String {
    monitor.name().cloned().unwrap_or_default()
}

/// The screen that was chosen before if it is there, else the first that is not the desk's; `None` for a plain window.
fn choose(names: &[String], first: Option<&str>, remembered: Option<&str>) -> Option<usize> {
    if names.len() < 2 || remembered == Some(PLAIN_WINDOW) {
        return None;
    }
    let known = names.iter().position(|name| Some(name.as_str()) == remembered && !name.is_empty());
    known.or_else(|| names.iter().position(|name| Some(name.as_str()) != first))
}

fn keep(file: &Path, monitor: &str) {
    let kept = file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(file, monitor));
    if let Err(error) = kept {
        tracing::warn!(%error, file = %file.display(), "the board's screen cannot be remembered");
    }
}

#[cfg(test)]
mod tests {
    use super::choose;

    #[test]
    fn the_board_stands_where_it_was_moved_to_else_on_the_second_screen() {
        let screens = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let two = screens(&["HDMI-1", "eDP-1"]);
        assert_eq!(choose(&two, Some("eDP-1"), None), Some(0));
        assert_eq!(choose(&two, Some("HDMI-1"), None), Some(1));
        assert_eq!(choose(&two, Some("HDMI-1"), Some("HDMI-1")), Some(0), "it was moved to the desk's own");
        assert_eq!(choose(&two, Some("HDMI-1"), Some("DP-7")), Some(1), "that screen is not there today");
        assert_eq!(choose(&two, Some("HDMI-1"), Some("window")), None, "a window was wanted");
        assert_eq!(choose(&screens(&["HDMI-1"]), Some("HDMI-1"), Some("HDMI-1")), None);
        assert_eq!(choose(&[], None, None), None);
    }
}
