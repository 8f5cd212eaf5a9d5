//! Programs that only the checks use: the spelling checker out of its wheel, cargo's helpers built from source.

use std::fs;

use anyhow::Result;

use crate::command;
use crate::stamp::Stamp;
use crate::step::Outcome;
use crate::wheel::{self, Wheel};
use crate::workspace::Workspace;

const TYPOS: Wheel = Wheel {
    package: "typos",
    version: "1.52.0",
    platform: None,
    digests: &[
        ("manylinux2014_x86_64.whl", "418fd85f7fc11dec14e5482e747f6e916af56da96207cde0cdd69540a4b389f6"),
        ("manylinux2014_aarch64.whl", "5e870133c7e9cace94183e4d638697004a1473e79abcd01b8f75e362049a9b5c"),
        ("win_amd64.whl", "b7ef28f4503bd5d25ba987d33af0c6acf5a7e63d5c2ff1c025ae7fa6ae56c07c"),
        ("macosx_11_0_arm64.whl", "257324274303a459fef79978cae942568419d2e8b18519e5f66b93a7e2df2ba1"),
    ],
};

/// Fetches the spelling checker.
pub fn fetch_typos(workspace: &Workspace) -> Result<Outcome> {
    let name = format!("typos{}", std::env::consts::EXE_SUFFIX);
    let program = workspace.tool("bin").join(&name);
    let stamp = Stamp::of_words(workspace.tool("bin/.typos"), TYPOS.version);
    if program.is_file() && stamp.is_fresh() {
        return Ok(Outcome::AlreadyThere);
    }
    let in_wheel = format!("typos-{}.data/scripts/{name}", TYPOS.version);
    wheel::unpack_file(&mut TYPOS.fetch()?, &in_wheel, &program)?;
    stamp.keep()?;
    Ok(Outcome::Done(format!("fetched {}", TYPOS.version)))
}

/// Builds one of cargo's helpers, without optimisation: building is what takes the time here, not running.
/// No current binary of them is in any package index.
pub fn build(workspace: &Workspace, package: &str, version: &str) -> Result<Outcome> {
    let program = workspace.tool("bin").join(format!("{package}{}", std::env::consts::EXE_SUFFIX));
    let stamp = Stamp::of_words(workspace.tool("bin").join(format!(".{package}")), version);
    if program.is_file() && stamp.is_fresh() {
        return Ok(Outcome::AlreadyThere);
    }
    let rubble = workspace.tool("build");
    command::silent(
        workspace
            .cargo()
            .args(["install", "--quiet", "--locked", "--debug", "--force", "--root"])
            .arg(workspace.tool(""))
            .arg(format!("{package}@{version}"))
            .env("CARGO_TARGET_DIR", &rubble)
            .env("CARGO_PROFILE_DEV_DEBUG", "0"),
    )?;
    fs::remove_dir_all(rubble)?;
    stamp.keep()?;
    Ok(Outcome::Done(format!("built {version}")))
}
