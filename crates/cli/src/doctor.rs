//! `gradshot doctor`: is everything here that the program needs?

use gradshot_imaging::{Engine, Specs};
use gradshot_studio::Root;

use crate::Outcome;

/// 自检 · looks whether models, runtime, specs and pages are here and whole.
#[derive(Debug, clap::Args)]
pub struct Arguments {}

/// Runs the command. Every check is made, also after one has failed.
pub fn run(_: &Arguments) -> anyhow::Result<Outcome> {
    let root = Root::find()?;
    let engine = Engine::open(&root.engine_options());
    let provider = engine.as_ref().map_or_else(|_| String::new(), |it| format!(" ({})", it.provider()));
    let engine_check = format!("模型与运行库 models, runtime{provider}");
    let checks = [
        (engine_check.as_str(), engine.map(drop).map_err(anyhow::Error::from)),
        ("照片规格 specs", Specs::load(&root.specs()).map(drop).map_err(anyhow::Error::from)),
        (
            "页面 pages",
            root.pages().map(drop).ok_or_else(|| anyhow::anyhow!("not built: run `cargo xtask setup`")),
        ),
        (
            "示例照片 sample photos",
            root.sample_photos()
                .is_dir()
                .then_some(())
                .ok_or_else(|| anyhow::anyhow!("assets/photos is missing")),
        ),
    ];
    let mut outcome = Outcome::Fine;
    for (what, found) in checks {
        match found {
            Ok(()) => println!("✓ {what}"),
            Err(error) => {
                outcome = Outcome::Failed;
                println!("✕ {what}: {error:#}");
            }
        }
    }
    Ok(outcome)
}
