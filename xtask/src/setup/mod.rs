//! Everything that running and testing need, fetched in order. Each step is quick when there is nothing to do.

mod debian;
mod guest;
mod models;
mod node;
mod onnxruntime;
mod pages;
mod schemathesis;
mod tools;
mod vcam;

use anyhow::Result;

pub use self::node::Node;
use crate::step::step;
use crate::workspace::Workspace;

/// What the set-up is for. Each purpose needs all that the ones before it need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// The server and its pages, seen in a browser.
    Browser,
    /// The desk's and the board's own windows.
    Window,
    /// Every check.
    Test,
}

/// Sets up for `purpose` and returns the Node.js that was found or fetched.
pub fn prepare(workspace: &Workspace, purpose: Purpose) -> Result<Node> {
    let node = prepare_node(workspace, purpose)?;
    step("pages", || pages::build(workspace, &node))?;
    step("ONNX Runtime", || onnxruntime::fetch(workspace))?;
    step("models", || models::verify(workspace))?;
    if purpose == Purpose::Test {
        step("virtual camera", || vcam::build(workspace))?;
        step("webcam's guest", || guest::prepare(workspace))?;
        step("Schemathesis", || schemathesis::fetch(workspace))?;
        step("typos", || tools::fetch_typos(workspace))?;
        step("cargo-machete", || tools::build(workspace, "cargo-machete", "0.9.2"))?;
        step("cargo-deny", || tools::build(workspace, "cargo-deny", "0.20.2"))?;
    }
    Ok(node)
}

/// The part of the set-up that does not need the pages' sources to be complete: generating some of them comes after.
pub fn prepare_node(workspace: &Workspace, purpose: Purpose) -> Result<Node> {
    step("Debian packages", || debian::install(purpose))?;
    let node = node::prepare(workspace)?;
    step("page packages", || node.install_packages(&workspace.path("ui")))?;
    Ok(node)
}
