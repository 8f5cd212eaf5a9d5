//! `gradshot cameras`, driven as a person at a shell would.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn cameras(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gradshot"))
        .arg("cameras")
        .args(arguments)
        .env_remove("GRADSHOT_ROOT")
        .output()
        .unwrap_or_else(|error| panic!("the command does not start: {error}"))
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

fn photos() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/photos").display().to_string()
}

#[test]
fn a_camera_is_listed_takes_a_test_shot_and_judges_the_light() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("test.jpg").display().to_string();
    let output = cameras(&["--simulated", &photos(), "--shot", &file, "--light", "--json"]);
    let report = json(&output);
    assert_eq!(report["cameras"][0]["id"], "simulated:0");
    assert_eq!(report["look"]["abilities"]["still"], true);
    assert!(std::fs::metadata(&file).unwrap().len() > 0);
    let points = report["light"]["points"].as_array().unwrap();
    assert!(points.iter().any(|point| point["id"] == "light.even" && point["measured"].is_f64()), "{report}");
    let passed = report["light"]["passed"].as_bool().unwrap();
    assert_eq!(output.status.code(), Some(i32::from(!passed)));

    let again = cameras(&["--simulated", &photos(), "--shot", &file]);
    assert_eq!(again.status.code(), Some(2), "a photo is not written over");
}

#[test]
fn a_folder_that_is_away_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap().path().join("gone").display().to_string();
    let output = cameras(&["--watch", &folder, "--json"]);
    assert_eq!(output.status.code(), Some(2));
    let unusable = &json(&output)["cameras"][0]["unusable"];
    assert_eq!(unusable["code"], "camera.folder_unreachable");
    assert!(unusable["remedy_zh"].as_str().unwrap().contains("网络"));
    let words = cameras(&["--watch", &folder]);
    assert!(String::from_utf8_lossy(&words.stdout).contains("网络"));
}
