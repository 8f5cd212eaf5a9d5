//! The two windows.

mod board_screen;
#[cfg(target_os = "linux")]
mod print_dialog;

use anyhow::Context as _;
use gradshot_studio::Addresses;
use serde::Serialize;
use tauri::{AppHandle, Manager as _, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

pub use board_screen::{Screen, screens};

use crate::door::Door;

/// What came of the system's print dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PrintAnswer {
    /// The sheet is in the print queue.
    Sent,
    /// A person closed the dialog.
    Cancelled,
    /// This system's dialog is the page's.
    #[cfg_attr(target_os = "linux", expect(dead_code, reason = "here the window has a dialog of its own"))]
    Page,
}

#[cfg(target_os = "linux")]
pub use print_dialog::{Sheet, print};

const DESK: &str = "desk";
const BOARD: &str = "board";

/// Opens the desk with the pages built in, and the board once there is a studio.
pub fn open(app: &AppHandle) -> anyhow::Result<()> {
    if let Ok(studio) = app.state::<Door>().studio() {
        open_board(app, &studio.addresses)?;
    }
    WebviewWindowBuilder::new(app, DESK, WebviewUrl::App("desk.html".into()))
        .title("Gradshot 操作台")
        .inner_size(1280.0, 760.0)
        .min_inner_size(1024.0, 640.0)
        .build()
        .context("the desk window cannot be opened")?;
    Ok(())
}

/// Opens the board where it was last.
pub fn open_board(app: &AppHandle, addresses: &Addresses) -> anyhow::Result<()> {
    let board = new_board(app, addresses)?;
    board_screen::place(app, &board);
    Ok(())
}

/// Puts the board onto a screen, in full, or makes it a plain window where none is named. One that was closed opens again.
pub fn move_board(app: &AppHandle, addresses: &Addresses, screen: Option<&str>) -> anyhow::Result<()> {
    let board = match app.get_webview_window(BOARD) {
        Some(board) => board,
        None => new_board(app, addresses)?,
    };
    board_screen::put(app, &board, screen)
}

/// The board's page comes from the server's own address. It keeps silent, since this program speaks.
fn new_board(app: &AppHandle, addresses: &Addresses) -> anyhow::Result<WebviewWindow> {
    let silent_board = format!("{}&voice=desk", addresses.board).parse()?;
    let board = WebviewWindowBuilder::new(app, BOARD, WebviewUrl::External(silent_board))
        .title("Gradshot 大屏")
        .inner_size(1280.0, 720.0)
        .build()
        .context("the board window cannot be opened")?;
    board_screen::remember_moves(app, &board);
    Ok(board)
}
