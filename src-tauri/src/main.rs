//! The desk and board windows: a composition root that decides nothing.
//!
//! The desk window has the station's commands over the window's own channel; the board window is the page that a TV on
//! the network shows as well, and may call nothing.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod door;
mod windows;

use std::path::PathBuf;

use anyhow::Context as _;
use gradshot_studio::demo::CrowdPace;
use gradshot_studio::{DemoOptions, Root, StudioOptions, Threshold, start_problem};

use crate::door::Door;
use tracing_subscriber::EnvFilter;

/// What the program was asked for on its command line.
#[derive(Debug, Default)]
struct Arguments {
    demo: bool,
    pairing_code: Option<String>,
    server: Option<String>,
    watched_folder: Option<PathBuf>,
    photos: Option<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info")))
        .with_writer(std::io::stderr)
        .init();
    let arguments = Arguments::parse(std::env::args().skip(1))?;
    tauri::Builder::default()
        .setup(move |app| {
            let opened =
                tauri::async_runtime::block_on(async { Door::at(cross(app, arguments).await?).await });
            // Whoever opened the program by a click sees no terminal: the window says what is wrong.
            let door = opened.unwrap_or_else(|error| {
                tracing::error!("{error:#}");
                Door::shut(start_problem(&error))
            });
            tauri::Manager::manage(app, door);
            windows::open(app.handle())?;
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![
            commands::desk_command,
            commands::desk_day,
            commands::desk_move_board,
            commands::desk_pair,
            commands::desk_save,
            commands::desk_picture,
            commands::desk_print,
            commands::desk_screens,
            commands::desk_subscribe
        ])
        .run(tauri::generate_context!())
        .context("the window system refused to open a window")
}

/// Opens everything but the desk. The demonstration keeps nothing; otherwise data lies where the system wants it.
async fn cross(app: &tauri::App, arguments: Arguments) -> anyhow::Result<Threshold> {
    let root = Root::find()?;
    let demo = arguments.demo.then(|| DemoOptions {
        students: 200,
        photos: root.sample_photos(),
        crowd: Some(CrowdPace::PEOPLE),
    });
    let folder = match &demo {
        Some(_) => None,
        None => {
            Some(tauri::Manager::path(app).app_local_data_dir().context("the system names no data folder")?)
        }
    };
    Threshold::cross(StudioOptions {
        root,
        folder,
        listen: ([127, 0, 0, 1], 0).into(),
        demo,
        watched_folder: arguments.watched_folder,
        photos: arguments.photos,
        pairing: arguments.pairing_code.map(|code| (code, arguments.server)),
    })
    .await
}

impl Arguments {
    fn parse(mut arguments: impl Iterator<Item = String>) -> anyhow::Result<Self> {
        let mut parsed = Self::default();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().with_context(|| format!("{argument} needs a value"));
            match argument.as_str() {
                "--demo" => parsed.demo = true,
                "--pair" => parsed.pairing_code = Some(value()?),
                "--server" => parsed.server = Some(value()?),
                "--watch" => parsed.watched_folder = Some(value()?.into()),
                "--photos" => parsed.photos = Some(value()?.into()),
                _ => anyhow::bail!(
                    "unknown argument {argument}; known are --demo, --pair CODE, --server URL, --watch FOLDER, --photos FOLDER"
                ),
            }
        }
        Ok(parsed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> anyhow::Result<Arguments> {
        Arguments::parse(arguments.iter().map(ToString::to_string))
    }

    #[test]
    fn a_wrong_argument_says_which_are_right() {
        assert!(parse(&["--demo"]).unwrap().demo);
        assert_eq!(parse(&["--pair", "12345678"]).unwrap().pairing_code.as_deref(), Some("12345678"));
        assert!(parse(&["--pair"]).unwrap_err().to_string().contains("--pair"));
        assert!(parse(&["--dmeo"]).unwrap_err().to_string().contains("--demo"));
    }
}
