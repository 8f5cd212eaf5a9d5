//! The whole way, with real parts: server over HTTP, station, simulated camera, imaging, seal, review, hand-over.

use std::fs;
use std::path::{Path, PathBuf};

use gradshot_domain::FindingId;
use gradshot_studio::Root;
use gradshot_studio::demo::{WalkOptions, walk};

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files_below(&path, found) } else { found.push(path) }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_students_leave_with_portraits_and_the_studio_keeps_nothing_about_them() {
    let folder = tempfile::tempdir().unwrap();
    let root = Root::find().unwrap();
    let options = WalkOptions {
        photos: root.sample_photos(),
        root,
        out: folder.path().join("out"),
        students: 2,
        data: Some(folder.path().join("data")),
    };
    let report = walk(&options).await.unwrap();

    assert_eq!((report.students, report.portraits), (2, 2));
    let refused: Vec<FindingId> = report.refusals.iter().map(|refusal| refusal.finding).collect();
    assert!(
        refused.contains(&FindingId::FaceCount),
        "no face and two faces are refused on the way: {refused:?}"
    );
    for number in ["A001", "A002"] {
        let portrait = fs::read(options.out.join("portraits").join(format!("{number}.jpg"))).unwrap();
        assert!(portrait.starts_with(&[0xFF, 0xD8]), "{number} is a JPEG file");
        let kilobytes = portrait.len() as f64 / 1024.0;
        assert!((20.0..=40.0).contains(&kilobytes), "{number} has {kilobytes} KB");
        assert!(options.out.join("verdicts").join(format!("{number}.json")).is_file());
    }
    let bundle = fs::read(report.bundle.unwrap()).unwrap();
    assert!(bundle.starts_with(b"PK"));

    let data = options.data.unwrap();
    let mut files = Vec::new();
    files_below(&data, &mut files);
    assert!(files.iter().any(|file| file.ends_with("station/outbox.sqlite")));
    let secrets = ["林小雨", "20230000", "INVENTED-IMAGE-CODE", "15400000000", "15400000001"];
    for file in files {
        let bytes = fs::read(&file).unwrap();
        for secret in secrets {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{} holds {secret} in clear", file.display());
        }
        let jpeg = bytes
            .windows(10)
            .any(|window| window.starts_with(&[0xFF, 0xD8, 0xFF]) && &window[6..] == b"JFIF");
        assert!(!jpeg, "{} holds a picture in clear", file.display());
    }
}
