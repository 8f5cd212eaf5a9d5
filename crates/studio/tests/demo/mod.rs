//! The demonstration's studio, for tests that use it.

use gradshot_studio::demo::CrowdPace;
use gradshot_studio::{DemoOptions, Root, Studio, StudioOptions};

/// A studio with this many invented students, who come to its door in a row, and the repository's sample photos before the
/// lens.
pub async fn open(students: usize) -> Studio {
    let root = Root::find().unwrap();
    let demo = DemoOptions { students, photos: root.sample_photos(), crowd: Some(CrowdPace::PEOPLE) };
    Studio::open(StudioOptions {
        root,
        folder: None,
        listen: ([127, 0, 0, 1], 0).into(),
        demo: Some(demo),
        watched_folder: None,
        photos: None,
        pairing: None,
    })
    .await
    .unwrap()
}
