//! The two windows.

use anyhow::Context as _;
use gradshot_studio::Addresses;
use tauri::{App, WebviewUrl, WebviewWindowBuilder};

/// Opens the desk with the pages built in, and the board from the server's own address.
pub fn open(app: &App, addresses: &Addresses) -> anyhow::Result<()> {
    WebviewWindowBuilder::new(app, "board", WebviewUrl::External(addresses.board.parse()?))
        .title("Gradshot 大屏")
        .inner_size(1280.0, 720.0)
        .build()
        .context("the board window cannot be opened")?;
    WebviewWindowBuilder::new(app, "desk", WebviewUrl::App("desk.html".into()))
        .title("Gradshot 操作台")
        .inner_size(1280.0, 760.0)
        .min_inner_size(1024.0, 640.0)
        .build()
        .context("the desk window cannot be opened")?;
    Ok(())
}
