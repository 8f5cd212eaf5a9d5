//! What one server does, with a load generator of its own on the loopback, in the same process and on the same cores:
//! `cargo xtask bench server [--postgres] [--servers N] [--phones N] [--calls N] [--uploads N] [--seconds N] [--rate N] [--students N]`.
//!
//! Rests on SQLite, or on the PostgreSQL that `GRADSHOT_TEST_POSTGRES` names (`--postgres` starts one), which several servers
//! may share. With `--students`, a campaign of so many stands behind the crowd, and its lists are asked for.

mod client;
mod figures;
mod lists;
mod mixed;
mod stage;
mod streams;
mod uploads;

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;

use self::figures::Line;
use self::mixed::Pace;
use self::stage::Stage;

/// What the command line asks for.
struct Arguments {
    phones: u32,
    students: u32,
    servers: usize,
    calls: usize,
    uploads: usize,
    seconds: u64,
    rate: u32,
    json: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::read()?;
    let began = Instant::now();
    let stage = Arc::new(Stage::set(arguments.phones, arguments.servers).await?);
    let database = if stage.scene.server.storage.is_shared() { "PostgreSQL" } else { "SQLite" };
    let servers = stage.addresses.len();
    println!(
        "{database}, {servers} server(s); {} in line after {:.0} s",
        arguments.phones,
        began.elapsed().as_secs_f64()
    );
    if arguments.students > 0 {
        lists::add_students(&stage, arguments.students).await?;
        println!("{} students after {:.0} s", arguments.students, began.elapsed().as_secs_f64());
    }

    let seconds = Duration::from_secs(arguments.seconds);
    let mut lines = vec![mixed::measure(&stage, Pace::AllThatGoes, seconds).await?];
    lines.push(mixed::measure(&stage, Pace::ASecond(arguments.rate), seconds).await?);
    lines.extend(streams::measure(&stage, arguments.calls).await?);
    stage.close_streams();
    lines.extend(lists::measure(&stage).await?);
    lines.push(uploads::measure(&stage, arguments.uploads).await?);
    Line::print_head();
    lines.iter().for_each(Line::print);
    if let Some(file) = arguments.json {
        let lines: Vec<_> = lines.iter().map(Line::json).collect();
        std::fs::write(
            file,
            json!({ "database": database, "servers": servers, "lines": lines }).to_string(),
        )?;
    }
    Ok(())
}

impl Arguments {
    fn read() -> Result<Self, Box<dyn Error>> {
        let mut arguments = Self {
            phones: 2000,
            students: 0,
            servers: 1,
            calls: 20,
            uploads: 2000,
            seconds: 10,
            rate: 1000,
            json: None,
        };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or(format!("{word} needs a value"));
            match word.as_str() {
                // What `cargo bench` adds.
                "--bench" => {}
                "--phones" => arguments.phones = value()?.parse()?,
                "--students" => arguments.students = value()?.parse()?,
                "--servers" => arguments.servers = value()?.parse()?,
                "--calls" => arguments.calls = value()?.parse()?,
                "--uploads" => arguments.uploads = value()?.parse()?,
                "--seconds" => arguments.seconds = value()?.parse()?,
                "--rate" => arguments.rate = value()?.parse()?,
                "--json" => arguments.json = Some(value()?.into()),
                _ => return Err(format!("{word} is not known").into()),
            }
        }
        Ok(arguments)
    }
}
