//! `gradshot demo`: the whole way without a screen, nothing faked but the shutter.

use std::path::PathBuf;

use anyhow::Context as _;
use gradshot_studio::Root;
use gradshot_studio::demo::{Report, Step, WalkOptions, walk};

use crate::Outcome;

/// 全流程演示 · the whole way of one student, or of many, over the real HTTP API.
///
/// Leaves portraits, verdicts and the registry's bundle in the folder given with --out.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Photos for the simulated camera, one person each (JPEG or PNG); the sample photos when absent.
    #[arg(long, value_name = "DIR")]
    photos: Option<PathBuf>,
    /// Where portraits, verdicts and bundle are left.
    #[arg(long, value_name = "DIR", default_value = "demo-out")]
    out: PathBuf,
    /// How many students come.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=2000))]
    students: u16,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let root = Root::find()?;
    let options = WalkOptions {
        photos: arguments.photos.clone().unwrap_or_else(|| root.sample_photos()),
        root,
        out: arguments.out.clone(),
        students: usize::from(arguments.students),
        data: None,
    };
    let runtime = tokio::runtime::Runtime::new().context("no threads to run on")?;
    let report = runtime.block_on(walk(&options))?;
    print(&report, arguments);
    Ok(if report.portraits == report.students { Outcome::Fine } else { Outcome::Retake })
}

fn print(report: &Report, arguments: &Arguments) {
    let many = report.students > 1;
    let (middle, longest) = if many { ("中位 median", "最长 longest") } else { ("毫秒 ms", "") };
    println!(
        "{:>4}  {:<10}{}{}{:>14}{:>16}",
        "",
        "谁 who",
        pad("步骤", 30),
        pad("step", 40),
        middle,
        longest
    );
    for (index, step) in report.steps.iter().enumerate() {
        let longest = if many { format!("{:.1}", step.longest_ms()) } else { String::new() };
        println!(
            "{:>4}  {:<10}{}{}{:>14.1}{:>16}",
            index + 1,
            step.who,
            pad(step.zh, 30),
            pad(step.en, 40),
            Step::median_ms(step),
            longest
        );
    }
    for refusal in &report.refusals {
        let id = serde_json::to_value(refusal.finding).ok();
        let id = id.as_ref().and_then(|id| id.as_str()).unwrap_or_default();
        println!("  ↺   {}  {id}  {} · {}", refusal.photo, refusal.zh, refusal.en);
    }
    let desk_seconds = report.at_the_desk.as_secs_f64();
    println!(
        "{} 位学生，{} 张标准照已确认，共 {:.1} 秒 · {} students, {} portraits confirmed, {:.1} s",
        report.students,
        report.portraits,
        report.elapsed.as_secs_f64(),
        report.students,
        report.portraits,
        report.elapsed.as_secs_f64(),
    );
    if many && desk_seconds > 0.0 {
        let per_hour = report.portraits as f64 / desk_seconds * 3600.0;
        println!(
            "一台机位每小时 {per_hour:.0} 人（不计人的动作）· {per_hour:.0} people an hour through one desk, people's own time not counted"
        );
    }
    match &report.bundle {
        Some(bundle) => println!("上网包 bundle: {}", bundle.display()),
        None => println!("没有可上网的标准照 · no portrait to hand over"),
    }
    println!("输出 output: {}", arguments.out.display());
}

/// Pads by columns of a terminal, in which a Chinese character takes two.
fn pad(text: &str, columns: usize) -> String {
    let width: usize = text.chars().map(|c| if c > '\u{2E80}' { 2 } else { 1 }).sum();
    format!("{text}{}", " ".repeat(columns.saturating_sub(width)))
}
