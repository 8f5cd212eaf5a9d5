//! `gradshot cameras`: what is connected, why something is not usable, a test shot and a light test.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use gradshot_domain::Severity;
use gradshot_studio::cameras::{self, Choice, Device, Fault, Look, Places, SettingKey};
use gradshot_studio::light_test;
use gradshot_wire::desk::LightTest;
use serde::Serialize;

use crate::Outcome;
use crate::imaging::Studio;

/// 相机 · what is connected, why something is not usable, a test shot, a light test.
///
/// Exit code: 0 all is well, 1 the light is not as the standard wants it, 2 there is no camera to use.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Looks at a folder that other software writes shots to, instead of at cables.
    #[arg(long, value_name = "DIR", conflicts_with = "simulated")]
    watch: Option<PathBuf>,
    /// Photos that a simulated camera shows.
    #[arg(long, value_name = "DIR")]
    simulated: Option<PathBuf>,
    /// Which camera, by its address in the list; the first usable one when absent.
    #[arg(long, value_name = "ADDRESS")]
    camera: Option<String>,
    /// Opens the camera and shows battery, card and settings.
    #[arg(long)]
    look: bool,
    /// Takes a test shot into this file, which must not be there yet.
    #[arg(long, value_name = "FILE")]
    shot: Option<PathBuf>,
    /// Takes a test shot of a person and judges the light by the standard.
    #[arg(long)]
    light: bool,
    /// Which standard, by the name of its file in assets/specs.
    #[arg(long, default_value = "chsi")]
    spec: String,
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

/// Everything that was found out.
#[derive(Debug, Serialize)]
struct Report {
    cameras: Vec<Device>,
    #[serde(skip_serializing_if = "Option::is_none")]
    look: Option<Look>,
    #[serde(skip_serializing_if = "Option::is_none")]
    light: Option<LightTest>,
    /// Why the camera did not do what was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<Fault>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    if let Some(file) = arguments.shot.as_ref().filter(|file| file.exists()) {
        anyhow::bail!("{} is there already and is not written over", file.display());
    }
    let driver = cameras::drivers(&Places {
        watched_folder: arguments.watch.clone(),
        simulated: arguments.simulated.clone(),
    });
    let mut report = Report { cameras: Vec::new(), look: None, light: None, fault: None };
    match driver.list() {
        Ok(found) => report.cameras = found,
        Err(fault) => report.fault = Some(fault),
    }
    let shoots = arguments.shot.is_some() || arguments.light;
    if report.fault.is_none() && (arguments.look || shoots) {
        match choose(&report.cameras, arguments.camera.as_deref())
            .and_then(|choice| cameras::look(driver, choice, shoots))
        {
            Ok(look) => report.look = Some(look),
            Err(fault) => report.fault = Some(fault),
        }
    }
    if let Some(shot) = report.look.as_ref().and_then(|look| look.shot.as_ref()) {
        if let Some(file) = &arguments.shot {
            std::fs::write(file, &shot.bytes)
                .with_context(|| format!("{} cannot be written", file.display()))?;
        }
        if arguments.light {
            let studio = Studio::open(&arguments.spec, None)?;
            report.light =
                Some(light_test::of(&studio.engine.standardize(&shot.bytes, &studio.spec)?.verdict));
        }
    }
    if arguments.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        print!("{}", in_words(&report, arguments));
    }
    Ok(report.outcome())
}

fn choose(cameras: &[Device], address: Option<&str>) -> Result<Choice, Fault> {
    let Some(address) = address else { return Ok(Choice::First) };
    cameras.iter().find(|camera| camera.id.to_string() == address).map(Choice::this).ok_or(Fault::NotFound)
}

impl Report {
    fn outcome(&self) -> Outcome {
        let has_camera = self.cameras.iter().any(|camera| camera.unusable.is_none());
        if self.fault.is_some() || !has_camera {
            Outcome::Failed
        } else if self.light.as_ref().is_some_and(|light| !light.passed) {
            Outcome::Retake
        } else {
            Outcome::Fine
        }
    }
}

/// The report for people. Writing into a text cannot fail.
fn in_words(report: &Report, arguments: &Arguments) -> String {
    let mut text = String::new();
    for camera in &report.cameras {
        let sign = if camera.unusable.is_none() { '✓' } else { '✕' };
        let _ = writeln!(text, "{sign} {}  {}", camera.name, camera.id);
        if let Some(fault) = camera.unusable {
            add_fault(&mut text, fault);
        }
    }
    if report.cameras.is_empty() && report.fault.is_none() {
        let _ = writeln!(text, "✕ 没有相机 no camera");
        add_fault(&mut text, Fault::NotFound);
    }
    if let Some(look) = &report.look {
        add_look(&mut text, look);
    }
    if let (Some(shot), Some(file)) =
        (report.look.as_ref().and_then(|look| look.shot.as_ref()), &arguments.shot)
    {
        let _ = writeln!(text, "试拍 test shot: {} ({} KB)", file.display(), shot.bytes.len() / 1024);
    }
    if let Some(fault) = report.fault {
        text.push_str("✕\n");
        add_fault(&mut text, fault);
    }
    if let Some(light) = &report.light {
        add_light(&mut text, light);
    }
    text
}

fn add_fault(text: &mut String, fault: Fault) {
    let advice = fault.advice();
    let _ = writeln!(text, "  {}，{}", advice.zh, advice.remedy_zh);
    let _ = writeln!(text, "  {}. {}", advice.en, advice.remedy_en);
}

fn add_look(text: &mut String, look: &Look) {
    if let Some(serial) = &look.device.serial {
        let _ = writeln!(text, "  序列号 serial number: {serial}");
    }
    if let Some(percent) = look.status.battery_percent {
        let _ = writeln!(text, "  电量 battery: {percent}%");
    }
    if let Some(shots) = look.status.shots_left {
        let _ = writeln!(text, "  卡上还能拍 room for {shots} shots");
    }
    for setting in &look.settings {
        let lock = if setting.writable { "" } else { "（相机上调整 on the camera only）" };
        // What sizes and formats there are decides what a webcam is good for.
        let tells_choices = matches!(setting.key, SettingKey::Resolution | SettingKey::ImageFormat);
        let choices =
            if tells_choices { format!("  [{}]", setting.choices.join(", ")) } else { String::new() };
        let _ = writeln!(text, "  {:?}: {}{choices}{lock}", setting.key, setting.value);
    }
}

fn add_light(text: &mut String, light: &LightTest) {
    if !light.measured {
        let _ = writeln!(
            text,
            "✕ 测光要有一个人坐在镜头前 for the light test one person has to sit before the lens"
        );
        return;
    }
    for point in &light.points {
        let sign = if point.finding.severity == Severity::Pass { '✓' } else { '✕' };
        let _ = writeln!(text, "{sign} {}  {}", point.finding.zh, point.finding.en);
        if !point.advice_zh.is_empty() {
            let _ = writeln!(text, "  {}\n  {}", point.advice_zh, point.advice_en);
        }
    }
}
