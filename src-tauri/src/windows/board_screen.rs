//! Which screen the board stands on: the one it was moved to last, else the second one, where there is one.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tauri::{AppHandle, Manager as _, Monitor, WebviewWindow, WindowEvent};

/// The screen's name in this file, below the program's data.
const FILE_NAME: &str = "board-screen.txt";

/// Puts the board onto its screen, in full unless that is the only one, and remembers where it is moved.
///
/// Whatever fails here leaves a window that can be moved by hand.
pub fn place(app: &AppHandle, board: &WebviewWindow) {
    let Ok(monitors) = app.available_monitors() else { return };
    let file = app.path().app_local_data_dir().ok().map(|folder| folder.join(FILE_NAME));
    let remembered = file.as_deref().and_then(|file| fs::read_to_string(file).ok());
    let names: Vec<_> = monitors.iter().map(name).collect();
    let first = app.primary_monitor().ok().flatten().map(|monitor| name(&monitor));
    if let Some(index) = choose(&names, first.as_deref(), remembered.as_deref().map(str::trim)) {
        let placed =
            board.set_position(*monitors[index].position()).and_then(|()| board.set_fullscreen(true));
        if let Err(error) = placed {
            eprintln!("the board cannot be put onto the screen {}: {error}", names[index]);
        }
    }
    if let Some(file) = file {
        remember_moves(board, file);
    }
}

fn name(monitor: &Monitor) -> String {
    monitor.name().cloned().unwrap_or_default()
}

/// The screen that was chosen before if it is there, else the first that is not the desk's; `None` for a plain window.
fn choose(names: &[String], first: Option<&str>, remembered: Option<&str>) -> Option<usize> {
    if names.len() < 2 {
        return None;
    }
    let known = names.iter().position(|name| Some(name.as_str()) == remembered && !name.is_empty());
    known.or_else(|| names.iter().position(|name| Some(name.as_str()) != first))
}

fn remember_moves(board: &WebviewWindow, file: PathBuf) {
    let window = board.clone();
    let last = Mutex::new(None::<String>);
    board.on_window_event(move |event| {
        if !matches!(event, WindowEvent::Moved(_)) {
            return;
        }
        let Some(monitor) = window.current_monitor().ok().flatten().map(|monitor| name(&monitor)) else {
            return;
        };
        let Ok(mut last) = last.lock() else { return };
        if last.as_deref() != Some(monitor.as_str()) {
            keep(&file, &monitor);
            *last = Some(monitor);
        }
    });
}

fn keep(file: &Path, monitor: &str) {
    let kept = file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(file, monitor));
    if let Err(error) = kept {
        eprintln!("the board's screen cannot be remembered in {}: {error}", file.display());
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
        assert_eq!(choose(&screens(&["HDMI-1"]), Some("HDMI-1"), Some("HDMI-1")), None);
        assert_eq!(choose(&[], None, None), None);
    }
}
