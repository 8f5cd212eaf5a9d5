//! The two windows.

mod board_screen;

use anyhow::Context as _;
use gradshot_studio::Addresses;
use tauri::{AppHandle, Manager as _, WebviewUrl, WebviewWindowBuilder};

use crate::door::Door;

/// Opens the desk with the pages built in, and the board once there is a studio.
pub fn open(app: &AppHandle) -> anyhow::Result<()> {
    if let Ok(studio) = app.state::<Door>().studio() {
        open_board(app, &studio.addresses)?;
    }
    WebviewWindowBuilder::new(app, "desk", WebviewUrl::App("desk.html".into()))
        .title("Gradshot 操作台")
        .inner_size(1280.0, 760.0)
        .min_inner_size(1024.0, 640.0)
        .build()
        .context("the desk window cannot be opened")?;
    Ok(())
}

/// Opens the board from the server's own address. Its page keeps silent, since this program speaks.
pub fn open_board(app: &AppHandle, addresses: &Addresses) -> anyhow::Result<()> {
    let silent_board = format!("{}&voice=desk", addresses.board).parse()?;
    let board = WebviewWindowBuilder::new(app, "board", WebviewUrl::External(silent_board))
        .title("Gradshot 大屏")
        .inner_size(1280.0, 720.0)
        .build()
        .context("the board window cannot be opened")?;
    board_screen::place(app.app_handle(), &board);
    Ok(())
}
