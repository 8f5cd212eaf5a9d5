//! The checks in their order.

use std::process::Command;

use anyhow::Result;

use super::postgres::Postgres;
use super::tally::Tally;
use crate::setup::Node;
use crate::workspace::Workspace;
use crate::{codegen, command, tidy};

/// What a check works with.
pub struct Scene<'a> {
    /// The repository.
    pub workspace: &'a Workspace,
    /// The Node.js that the set-up found.
    pub node: &'a Node,
}

/// One check.
pub struct Check {
    /// Its name on the screen and on the command line.
    pub name: &'static str,
    /// Whether it is part of `--fast`.
    pub is_fast: bool,
    /// Does it; a runner's counts go to the tally.
    pub perform: fn(&Scene, &mut Tally) -> Result<()>,
}

/// Every check: first what answers in seconds, then what has to compile, then what opens browsers and windows.
pub const CHECKS: &[Check] = &[
    Check { name: "format", is_fast: true, perform: format },
    Check { name: "tidy", is_fast: true, perform: tidy },
    Check { name: "typos", is_fast: true, perform: typos },
    Check { name: "machete", is_fast: true, perform: machete },
    Check { name: "deny", is_fast: true, perform: deny },
    Check { name: "advisories", is_fast: false, perform: advisories },
    Check { name: "page-types", is_fast: true, perform: page_types },
    Check { name: "page-lint", is_fast: true, perform: page_lint },
    Check { name: "page-units", is_fast: true, perform: page_units },
    Check { name: "clippy", is_fast: true, perform: clippy },
    Check { name: "rustdoc", is_fast: false, perform: rustdoc },
    Check { name: "build", is_fast: true, perform: build },
    Check { name: "codegen", is_fast: true, perform: codegen },
    Check { name: "rust", is_fast: true, perform: rust },
    Check { name: "postgresql", is_fast: false, perform: postgresql },
    Check { name: "webcam", is_fast: false, perform: webcam },
    Check { name: "api", is_fast: false, perform: api },
    Check { name: "demo", is_fast: false, perform: demo },
    Check { name: "pages", is_fast: false, perform: pages },
    Check { name: "window", is_fast: false, perform: window },
];

fn format(scene: &Scene, _: &mut Tally) -> Result<()> {
    command::visible(scene.workspace.cargo().args(["fmt", "--all", "--check"]))
}

fn tidy(scene: &Scene, _: &mut Tally) -> Result<()> {
    tidy::run(scene.workspace)
}

fn typos(scene: &Scene, _: &mut Tally) -> Result<()> {
    command::visible(&mut tool(scene, "typos"))
}

fn machete(scene: &Scene, _: &mut Tally) -> Result<()> {
    command::visible(tool(scene, "cargo-machete").args(["crates", "src-tauri", "xtask"]))
}

/// Two versions of one crate are allowed; they are listed when `cargo-deny` is run by hand.
fn deny(scene: &Scene, _: &mut Tally) -> Result<()> {
    let options = ["--locked", "--all-features", "--log-level", "error"];
    let checks = ["bans", "licenses", "sources"];
    command::visible(tool(scene, "cargo-deny").args(options).arg("check").args(checks))
}

/// The database of advisories lies outside the package registries. Where it cannot be had, nothing is known, and
/// that is no failure of the code's.
fn advisories(scene: &Scene, _: &mut Tally) -> Result<()> {
    let database = command::silent(
        tool(scene, "cargo-deny")
            .args(["--locked", "fetch", "db"])
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_HTTP_LOW_SPEED_LIMIT", "1000")
            .env("GIT_HTTP_LOW_SPEED_TIME", "20"),
    );
    if database.is_err() {
        println!("left out: the database of advisories cannot be reached from here");
        return Ok(());
    }
    command::visible(tool(scene, "cargo-deny").args([
        "--locked",
        "--all-features",
        "check",
        "--disable-fetch",
        "advisories",
    ]))
}

fn page_types(scene: &Scene, _: &mut Tally) -> Result<()> {
    command::visible(ui(scene).args(["run", "--silent", "check"]))
}

fn page_lint(scene: &Scene, _: &mut Tally) -> Result<()> {
    command::visible(ui(scene).args(["run", "--silent", "lint"]))
}

fn page_units(scene: &Scene, tally: &mut Tally) -> Result<()> {
    command::heard(ui(scene).args(["run", "--silent", "test"]), |line| tally.hear(line))
}

fn clippy(scene: &Scene, _: &mut Tally) -> Result<()> {
    command::visible(scene.workspace.cargo().args([
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))
}

fn rustdoc(scene: &Scene, _: &mut Tally) -> Result<()> {
    command::visible(
        scene
            .workspace
            .cargo()
            .args(["doc", "--workspace", "--no-deps", "--document-private-items"])
            .env("RUSTDOCFLAGS", "-D warnings"),
    )
}

/// All targets in one go: the tests and the programs that the later checks start share every compiled crate.
fn build(scene: &Scene, _: &mut Tally) -> Result<()> {
    command::visible(scene.workspace.cargo().args(["build", "--workspace", "--all-targets"]))
}

fn codegen(scene: &Scene, _: &mut Tally) -> Result<()> {
    codegen::check(scene.workspace, scene.node)
}

fn rust(scene: &Scene, tally: &mut Tally) -> Result<()> {
    command::heard(
        scene.workspace.cargo().args(["test", "--quiet", "--workspace", "--no-fail-fast"]),
        |line| {
            tally.hear(line);
        },
    )
}

/// The storage's story and the whole HTTP suite once more, on a PostgreSQL of their own. Everything is built with the
/// same features as in the other checks.
fn postgresql(scene: &Scene, tally: &mut Tally) -> Result<()> {
    if !cfg!(target_os = "linux") {
        println!("left out: the throwaway server is started the way Debian has it");
        return Ok(());
    }
    let postgres = Postgres::start()?;
    let mut suites = Vec::new();
    for folder in ["crates/storage/tests", "crates/server/tests"] {
        for entry in std::fs::read_dir(scene.workspace.path(folder))? {
            let path = entry?.path();
            if path.is_dir() || path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                suites.extend(["--test".to_owned(), name]);
            }
        }
    }
    let mut tests = scene.workspace.cargo();
    tests.args(["test", "--quiet", "--workspace", "--no-fail-fast"]).args(suites);
    command::heard(tests.env("GRADSHOT_TEST_POSTGRES", postgres.url()), |line| tally.hear(line))
}

/// The webcam driver in a guest that has a webcam.
#[cfg(target_os = "linux")]
fn webcam(scene: &Scene, tally: &mut Tally) -> Result<()> {
    super::webcam::perform(scene.workspace, tally)
}

#[cfg(not(target_os = "linux"))]
fn webcam(_: &Scene, _: &mut Tally) -> Result<()> {
    println!("left out: the guest is a Debian");
    Ok(())
}

/// Every operation of the API, tried by its description alone.
fn api(scene: &Scene, _: &mut Tally) -> Result<()> {
    super::api::perform(scene.workspace)
}

/// The whole way of a few students over the real API, with the files it leaves kept for a look.
fn demo(scene: &Scene, _: &mut Tally) -> Result<()> {
    let out = scene.workspace.path("target/demo");
    let mut gradshot = Command::new(scene.workspace.built("gradshot"));
    command::visible(gradshot.args(["demo", "--students", "3", "--out"]).arg(out))
}

/// Each page with a played server, two at a time; then, alone, what is measured at a real studio.
fn pages(scene: &Scene, tally: &mut Tally) -> Result<()> {
    let ends = ["e2e:pages", "e2e:alone"]
        .map(|name| command::heard(ui(scene).args(["run", "--silent", name]), |line| tally.hear(line)));
    ends.into_iter().collect()
}

fn window(scene: &Scene, tally: &mut Tally) -> Result<()> {
    // One window at a time: each has a display and a studio of its own.
    let mut node = scene.node.node();
    node.args(["--test", "--test-reporter=spec", "--test-concurrency=1"]);
    node.args(
        ["window", "trouble", "dslr", "screens"]
            .map(|name| scene.workspace.path(format!("tests/window/{name}.test.mjs"))),
    );
    command::heard(&mut node, |line| tally.hear(line))
}

fn tool(scene: &Scene, name: &str) -> Command {
    let mut tool =
        Command::new(scene.workspace.tool("bin").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)));
    tool.current_dir(scene.workspace.path(""));
    tool
}

fn ui(scene: &Scene) -> Command {
    scene.node.npm(&scene.workspace.path("ui"))
}
