//! One desk at full speed: simulated students before a simulated camera, everything else real, server and phones in the same
//! process and on the same cores: `cargo xtask bench station [--students N] [--photos DIR] [--seconds N]`.
//!
//! Without `--photos` the camera writes a photo of 24 megapixels and a sample photo in turn.

#[path = "../../../server/benches/server/figures.rs"]
mod figures;
mod memory;
mod operator;
#[path = "../../../imaging/benches/imaging/photos.rs"]
mod photos;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use gradshot_studio::demo::CrowdPace;
use gradshot_studio::{DemoOptions, Root, Studio, StudioOptions};
use serde_json::json;
use tempfile::TempDir;

use self::figures::Line;
use self::operator::{Day, Operator};

/// Of ten seconds for a student, what people need: to come, to sit down, to look.
const PEOPLE: Duration = Duration::from_secs(8);
/// Students who take their time, in a day of their own, so that server and phones are done with the one before.
const CALM_STUDENTS: usize = 20;
/// What each of them takes before the shot.
const CALM: Duration = Duration::from_millis(1500);
/// Who stands in line at full speed.
const PACE: CrowdPace = CrowdPace { in_line: 12, look_every: Duration::from_millis(100) };

struct Arguments {
    students: usize,
    seconds: u64,
    photos: Option<PathBuf>,
    json: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::read()?;
    let folder = match &arguments.photos {
        Some(folder) => before_the_lens(&pictures_of(folder)?)?,
        None => before_the_lens(&usual_photos()?)?,
    };
    let studio = open(&folder, arguments.students, PACE).await?;
    let operator = Operator::at(&studio).context("the demonstration has a simulated camera")?;
    operator.open_camera().await?;
    let live = operator.watch_live(Duration::from_secs(arguments.seconds)).await?;
    println!("coach, a student before the camera and nothing else: {live:.0} frames a second");

    let began = Instant::now();
    let day = operator.photograph(arguments.students, Duration::ZERO).await?;
    let elapsed = began.elapsed();
    operator.outbox_is_empty().await?;
    drop((operator, studio));
    let studio = open(&folder, CALM_STUDENTS, CrowdPace::PEOPLE).await?;
    let operator = Operator::at(&studio).context("the demonstration has a simulated camera")?;
    operator.open_camera().await?;
    operator.watch_live(CALM).await?;
    let calm = operator.photograph(CALM_STUDENTS, CALM).await?;
    report(&arguments, &day, elapsed, &calm, live)
}

/// A studio with so many students to photograph, who look at their phones as often as this.
async fn open(folder: &TempDir, students: usize, pace: CrowdPace) -> anyhow::Result<Studio> {
    Studio::open(StudioOptions {
        root: Root::find()?,
        folder: None,
        listen: ([127, 0, 0, 1], 0).into(),
        // The first of the roster is the visitor's; another one sits while the coach is watched.
        demo: Some(DemoOptions {
            students: students + 2,
            photos: folder.path().to_owned(),
            crowd: Some(pace),
        }),
        watched_folder: None,
        photos: None,
        pairing: None,
    })
    .await
}

fn report(arguments: &Arguments, day: &Day, elapsed: Duration, calm: &Day, live: f64) -> anyhow::Result<()> {
    let at_full_speed = day.students() as f64 / elapsed.as_secs_f64() * 3600.0;
    let machine = calm.machine_share();
    let with_people = 3600.0 / (PEOPLE + machine).as_secs_f64();
    let lines: Vec<_> = [day.lines("full speed"), calm.lines("calm")].into_iter().flatten().collect();
    Line::print_head();
    lines.iter().for_each(Line::print);
    println!(
        "\n{} students, {at_full_speed:.0} an hour at full speed; {with_people:.0} an hour with {} s of each left to the people \
         (the machine's share is {:.2} s)",
        day.students(),
        PEOPLE.as_secs(),
        machine.as_secs_f64(),
    );
    println!("coach while a portrait is made, calm: {:.0} frames a second", calm.coached_a_second());
    for (students, megabytes) in &day.memory {
        println!("memory after {students:>5} students: {megabytes:.0} MB");
    }
    if let Some(file) = &arguments.json {
        let lines: Vec<_> = lines.iter().map(Line::json).collect();
        let figures = json!({
            "students": day.students(), "an_hour": at_full_speed, "an_hour_with_people": with_people,
            "machine_seconds": machine.as_secs_f64(), "coached_a_second": live,
            "coached_a_second_beside_a_portrait": calm.coached_a_second(), "memory_mb": day.memory, "lines": lines,
        });
        std::fs::write(file, figures.to_string())?;
    }
    Ok(())
}

/// A folder with only these photos, by whose order the camera presents them.
fn before_the_lens(photos: &[PathBuf]) -> anyhow::Result<TempDir> {
    let folder = TempDir::with_prefix("gradshot-bench-")?;
    for (index, photo) in photos.iter().enumerate() {
        std::fs::copy(photo, folder.path().join(format!("{index:04}.jpg")))
            .with_context(|| format!("{} cannot be read", photo.display()))?;
    }
    Ok(folder)
}

fn usual_photos() -> anyhow::Result<Vec<PathBuf>> {
    let all = photos::usual().map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(all.into_iter().rev().take(2).collect())
}

fn pictures_of(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("jpg")) {
            paths.push(path);
        }
    }
    anyhow::ensure!(!paths.is_empty(), "there is no .jpg file in {}", folder.display());
    paths.sort();
    Ok(paths)
}

/// The repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

impl Arguments {
    fn read() -> anyhow::Result<Self> {
        let mut arguments = Self { students: 1000, seconds: 5, photos: None, json: None };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut value = || words.next().with_context(|| format!("{word} needs a value"));
            match word.as_str() {
                // What `cargo bench` adds.
                "--bench" => {}
                "--students" => arguments.students = value()?.parse()?,
                "--seconds" => arguments.seconds = value()?.parse()?,
                "--photos" => arguments.photos = Some(value()?.into()),
                "--json" => arguments.json = Some(value()?.into()),
                _ => anyhow::bail!("{word} is not known"),
            }
        }
        Ok(arguments)
    }
}
