//! ONNX Runtime: the library that runs the models, out of its own Python wheel.

use anyhow::{Result, bail};

use crate::stamp::Stamp;
use crate::step::Outcome;
use crate::wheel::{self, Wheel};
use crate::workspace::Workspace;

const VERSION: &str = "1.31.1";

const DIGESTS: &[(&str, &str)] = &[
    ("manylinux_2_28_x86_64.whl", "1f3dea47f2f0e5117c2404cea7d21fd253ae7836a3bf167a501cdfbb2600d536"),
    ("manylinux_2_28_aarch64.whl", "0b9a492176886992e0e875f06bc0367e333f5fff11711a2d642e18b02f3009cc"),
    ("win_amd64.whl", "ae8a9a351efda685cc59a66226cdefaa37a126c1d66872ca23a2de9425326130"),
    ("macosx_14_0_arm64.whl", "96dd2564b10ea7153ad9c207e7cd8e5917cb3ba521e0e0a62ac03486fdc8d56c"),
];

/// Puts the library for this machine where the imaging looks for it.
pub fn fetch(workspace: &Workspace) -> Result<Outcome> {
    let (platform, in_wheel, here) = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => ("manylinux_2_28_x86_64", "libonnxruntime.so.1.31.1", "libonnxruntime.so"),
        ("linux", "aarch64") => ("manylinux_2_28_aarch64", "libonnxruntime.so.1.31.1", "libonnxruntime.so"),
        ("windows", "x86_64") => ("win_amd64", "onnxruntime.dll", "onnxruntime.dll"),
        ("macos", "aarch64") => ("macosx_14_0_arm64", "libonnxruntime.1.31.1.dylib", "libonnxruntime.dylib"),
        (system, processor) => bail!(
            "there is no ONNX Runtime {VERSION} wheel for {system} on {processor}; build the library yourself \
             and name it in ORT_DYLIB_PATH"
        ),
    };
    let library = workspace.tool("onnxruntime").join(here);
    let stamp = Stamp::of_words(workspace.tool("onnxruntime/.version"), VERSION);
    if library.is_file() && stamp.is_fresh() {
        return Ok(Outcome::AlreadyThere);
    }
    let wheel =
        Wheel { package: "onnxruntime", version: VERSION, platform: Some(platform), digests: DIGESTS };
    wheel::unpack_file(&mut wheel.fetch()?, &format!("onnxruntime/capi/{in_wheel}"), &library)?;
    stamp.keep()?;
    Ok(Outcome::Done(format!("fetched {VERSION}")))
}
