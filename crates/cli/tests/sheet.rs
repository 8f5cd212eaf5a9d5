//! `gradshot sheet`, `gradshot specs` and `--background`, driven as a person at a shell would.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn gradshot(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gradshot"))
        .args(arguments)
        .env_remove("GRADSHOT_ROOT")
        .output()
        .unwrap_or_else(|error| panic!("the command does not start: {error}"))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The one JSON object that a command that went well has printed.
fn json(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", text(&output.stdout)))
}

fn refused(arguments: &[&str]) -> String {
    let output = gradshot(arguments);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
    text(&output.stderr)
}

/// The sample photo as a portrait of this spec and background.
fn portrait(dir: &Path, spec: &str, background: &str) -> String {
    let photo = root().join("assets/photos/grace_hopper.jpg");
    let out = dir.join(format!("{spec}-{background}"));
    let arguments = ["standardize", "--json", "--spec", spec, "--background", background, "-o"];
    let output = gradshot(&[&arguments[..], &[out.to_str().unwrap(), photo.to_str().unwrap()]].concat());
    let line = json(&output);
    assert_ne!(line["verdict"], "retake", "{line}");
    line["output"].as_str().unwrap().to_owned()
}

/// A JPEG's size in pixels, from its frame.
fn size_px(jpeg: &[u8]) -> (u16, u16) {
    let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    let side = |at: usize| u16::from_be_bytes([jpeg[frame + at], jpeg[frame + at + 1]]);
    (side(7), side(5))
}

#[test]
fn portraits_of_two_sizes_share_a_sheet() {
    let dir = tempfile::tempdir().unwrap();
    let small = portrait(dir.path(), "one-inch", "red");
    let large = portrait(dir.path(), "passport", "white");
    let file = dir.path().join("sheet.jpg");
    let out = file.to_str().unwrap();
    let specs = ["--spec", "one-inch:6", "--spec", "passport:2"];
    let said = json(&gradshot(&[&["sheet", &small, &large, "--json", "--out", out], &specs[..]].concat()));
    assert_eq!(
        (&said["paper"], &said["orders"][0]["prints"], &said["orders"][1]["prints"]),
        (&"6in".into(), &6.into(), &2.into())
    );
    assert_eq!(said["files"].as_array().unwrap().len(), 1);
    let jpeg = std::fs::read(&file).unwrap();
    let (width, height) = size_px(&jpeg);
    assert_eq!((width.min(height), width.max(height)), (1205, 1795));
    assert_eq!(&jpeg[13..18], &[1, 0x01, 0x2C, 0x01, 0x2C], "300 dpi");

    let again = refused(&["sheet", &small, "--out", out]);
    assert!(again.contains("is there already"), "nothing is overwritten: {again}");
}

#[test]
fn a_pdf_carries_the_portraits_own_file() {
    let dir = tempfile::tempdir().unwrap();
    let small = portrait(dir.path(), "one-inch", "blue");
    let file = dir.path().join("sheet.pdf");
    let said =
        json(&gradshot(&["sheet", &small, "--paper", "a4", "--json", "--out", file.to_str().unwrap()]));
    assert_eq!(said["pages"].as_array().unwrap().len(), 1, "without a count, one page is filled");
    assert!(said["orders"][0]["prints"].as_u64().unwrap() >= 49, "{}", said["orders"]);
    let pdf = std::fs::read(&file).unwrap();
    let own = std::fs::read(&small).unwrap();
    assert!(pdf.starts_with(b"%PDF-") && pdf.windows(own.len()).any(|window| window == own));
}

#[test]
fn many_prints_take_several_numbered_pages() {
    let dir = tempfile::tempdir().unwrap();
    let small = portrait(dir.path(), "one-inch", "white");
    let file = dir.path().join("class.jpg");
    let arguments =
        ["sheet", &small, "--spec", "one-inch:20", "--paper", "5in", "--out", file.to_str().unwrap()];
    let output = gradshot(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for page in 1..=3 {
        assert!(dir.path().join(format!("class-{page}.jpg")).is_file(), "page {page}");
    }
    assert!(text(&output.stdout).contains("20 × one-inch"), "{}", text(&output.stdout));
}

#[test]
fn a_photo_is_made_into_portraits_over_the_asked_background_first() {
    let dir = tempfile::tempdir().unwrap();
    let photo = root().join("assets/photos/grace_hopper.jpg");
    let file = dir.path().join("red.pdf");
    let specs = ["--spec", "one-inch:4", "--spec", "two-inch:2", "--background", "red"];
    let arguments = ["sheet", photo.to_str().unwrap(), "--json", "--out", file.to_str().unwrap()];
    let said = json(&gradshot(&[&arguments, &specs[..]].concat()));
    assert_eq!(said["orders"][1]["prints"], 2);
}

#[test]
fn what_does_not_fit_together_is_refused_and_says_why() {
    let dir = tempfile::tempdir().unwrap();
    let chsi = portrait(dir.path(), "chsi", "white");
    let out = dir.path().join("x.jpg");
    let out = out.to_str().unwrap();
    let stretched = refused(&["sheet", &chsi, "--spec", "one-inch", "--out", out]);
    assert!(stretched.contains("480×640") && stretched.contains("without stretching"), "{stretched}");
    let unknown = refused(&["sheet", &chsi, "--spec", "two-feet", "--out", out]);
    assert!(unknown.contains("no spec named two-feet") && unknown.contains("two-inch"), "{unknown}");
    let paper = refused(&["sheet", &chsi, "--paper", "a3", "--out", out]);
    assert!(paper.contains("no paper named a3") && paper.contains("a4"), "{paper}");
    let ending = refused(&["sheet", &chsi, "--out", "x.png"]);
    assert!(ending.contains(".pdf"), "{ending}");
    let photo = root().join("assets/photos/grace_hopper.jpg");
    let raw = refused(&["sheet", photo.to_str().unwrap(), "--out", out]);
    assert!(raw.contains("no spec has"), "{raw}");
    let pink = refused(&[
        "standardize",
        photo.to_str().unwrap(),
        "--background",
        "pink",
        "-o",
        dir.path().to_str().unwrap(),
    ]);
    assert!(pink.contains("no background named pink") && pink.contains("light-blue"), "{pink}");
    assert!(!dir.path().join("x.jpg").exists());
}

#[test]
fn the_page_about_specs_is_what_the_command_writes() {
    let output = gradshot(&["specs", "--markdown"]);
    let written = std::fs::read_to_string(root().join("docs/specs.md")).unwrap();
    assert!(text(&output.stdout) == written, "write it anew: gradshot specs --markdown > docs/specs.md");
}

#[test]
fn specs_are_listed_by_group() {
    let output = gradshot(&["specs", "--group", "visa", "--json"]);
    let lines: Vec<Value> =
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.iter().all(|line| line["group"] == "visa"), "{lines:?}");
    assert!(lines.iter().any(|line| line["id"] == "us-visa" && line["picture"]["print_mm"][0] == 51.0));
    let unknown = refused(&["specs", "--group", "pets"]);
    assert!(unknown.contains("document"), "{unknown}");
}
