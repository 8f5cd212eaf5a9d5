//! `gradshot standardize` and `gradshot check`, driven as a person at a shell would.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn photo(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/photos").join(name)
}

fn gradshot(arguments: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gradshot"))
        .args(arguments)
        .env_remove("GRADSHOT_ROOT")
        .output()
        .unwrap_or_else(|error| panic!("the command does not start: {error}"))
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

#[test]
fn portraits_are_written_and_judged_line_by_line() {
    let out = tempfile::tempdir().unwrap();
    let good = photo("hopper_plain_wall.jpg");
    let output =
        gradshot(&["standardize".as_ref(), &good, &good, "--json".as_ref(), "-o".as_ref(), out.path()]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = lines(&output);
    let written: Vec<&str> = lines.iter().map(|line| line["output"].as_str().unwrap()).collect();
    assert_ne!(written[0], written[1], "one portrait must not replace another");
    for line in &lines {
        assert_eq!(line["spec"], "chsi");
        assert_eq!(line["verdict"], "pass");
        assert!(line["timings_ms"]["total"].as_f64().unwrap() > 0.0);
        let ids: Vec<&str> =
            line["findings"].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), 33);
        assert!(ids.contains(&"geometry.eye_line") && ids.contains(&"file.size"));
        assert!(line["findings"][0]["zh"].is_string() && line["findings"][0]["limit"].is_object());
    }
    let checked = gradshot(&["check".as_ref(), Path::new(written[0]), "--json".as_ref()]);
    assert_eq!(checked.status.code(), Some(0), "{}", String::from_utf8_lossy(&checked.stdout));
}

#[test]
fn the_exit_code_tells_a_retake_from_an_unreadable_file() {
    let out = tempfile::tempdir().unwrap();
    let no_face = photo("refused/coffee.jpg");
    let output = gradshot(&["standardize".as_ref(), &no_face, "-o".as_ref(), out.path()]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("没有找到人脸") && text.contains("no face was found"), "{text}");
    assert_eq!(std::fs::read_dir(out.path()).unwrap().count(), 0);

    let broken = out.path().join("broken.jpg");
    std::fs::write(&broken, b"\xFF\xD8\xFF nonsense").unwrap();
    let output =
        gradshot(&["standardize".as_ref(), &broken, &no_face, "--json".as_ref(), "-o".as_ref(), out.path()]);
    assert_eq!(output.status.code(), Some(2));
    let lines = lines(&output);
    assert_eq!(lines.len(), 2, "one bad file does not stop the others");
    assert!(lines[0]["verdict"].is_null() && lines[0]["error"].is_string());
    assert_eq!(lines[1]["verdict"], "retake");
}

#[test]
fn usage_errors_name_what_exists() {
    let output =
        gradshot(&["check".as_ref(), &photo("grace_hopper.jpg"), "--spec".as_ref(), "nope".as_ref()]);
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("no spec named nope") && text.contains("chsi"), "{text}");
    assert_eq!(gradshot(&["standardize".as_ref()]).status.code(), Some(2));
}
