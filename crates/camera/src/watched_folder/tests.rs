//! What a studio sees when its tethering software writes into the folder.

use std::{fs, io::Cursor, path::Path, time::Duration};

use image::{ImageFormat, Rgb, RgbImage};
use tempfile::TempDir;

use super::*;

fn jpeg(shade: u8) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::from_pixel(32, 32, Rgb([shade, 90, 120])).write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
    fs::write(folder.join(name), bytes).unwrap();
}

fn open(driver: &WatchedFolderDriver) -> Box<dyn Camera> {
    driver.open(&driver.id(), &Limits::default()).unwrap()
}

/// Polls so often; what came of it, without the polls that brought nothing.
fn polls(camera: &mut dyn Camera, count: usize) -> Vec<Result<Shot, Fault>> {
    let outside = camera.outside().unwrap();
    (0..count).filter_map(|_| outside.poll().transpose()).collect()
}

fn names(news: &[Result<Shot, Fault>]) -> Vec<&str> {
    news.iter().map(|shot| shot.as_ref().unwrap().file_name.as_str()).collect()
}

#[test]
fn new_files_become_shots_once_and_old_ones_never() {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "old.jpg", &jpeg(1));
    let driver = WatchedFolderDriver::new(folder.path());
    let mut camera = open(&driver);
    write(folder.path(), "IMG_1.JPG", &jpeg(2));
    write(folder.path(), "2026_06_01/IMG_2.JPG", &jpeg(3));
    write(folder.path(), "notes.txt", b"not a photo");
    write(folder.path(), ".IMG_3.JPG", &jpeg(4));
    assert!(polls(&mut *camera, 1).is_empty(), "one look cannot tell whether a file stands still");
    let news = polls(&mut *camera, 30);
    let mut found = names(&news);
    found.sort_unstable();
    assert_eq!(found, ["IMG_1.JPG", "IMG_2.JPG"]);
    let first = news.iter().flatten().find(|shot| shot.file_name == "IMG_1.JPG").unwrap();
    assert_eq!(first.bytes, jpeg(2));
    assert!(first.modified_at.is_some());
}

#[test]
fn a_growing_file_is_waited_for() {
    let folder = TempDir::new().unwrap();
    let driver = WatchedFolderDriver::new(folder.path());
    let mut camera = open(&driver);
    let whole = jpeg(7);
    for length in [0, 200, 400, whole.len() - 1] {
        write(folder.path(), "a.jpg", &whole[..length]);
        assert!(polls(&mut *camera, 3).is_empty(), "{length} of {} bytes", whole.len());
    }
    write(folder.path(), "a.jpg", &whole);
    let news = polls(&mut *camera, 3);
    assert_eq!(news.len(), 1);
    assert_eq!(news[0].as_ref().unwrap().bytes, whole);
}

#[test]
fn a_file_that_never_ends_is_told_once_and_still_welcome_later() {
    let folder = TempDir::new().unwrap();
    let driver = WatchedFolderDriver::new(folder.path());
    let mut camera = open(&driver);
    let whole = jpeg(7);
    write(folder.path(), "a.jpg", &whole[..whole.len() / 2]);
    assert_eq!(polls(&mut *camera, 60), [Err(Fault::BrokenFile)]);
    write(folder.path(), "a.jpg", &whole);
    assert_eq!(names(&polls(&mut *camera, 3)), ["a.jpg"]);
}

#[test]
fn a_raw_beside_a_jpeg_is_left_alone_and_a_lonely_one_is_told() {
    let folder = TempDir::new().unwrap();
    let driver = WatchedFolderDriver::new(folder.path());
    let mut camera = open(&driver);
    write(folder.path(), "IMG_1.CR3", b"raw");
    assert!(polls(&mut *camera, 5).is_empty());
    write(folder.path(), "IMG_1.JPG", &jpeg(9));
    assert_eq!(names(&polls(&mut *camera, 40)), ["IMG_1.JPG"]);
    write(folder.path(), "IMG_2.NEF", b"raw");
    assert_eq!(polls(&mut *camera, 40), [Err(Fault::RawOnly)]);
}

#[test]
fn a_rewritten_photo_is_no_new_shot_but_a_reused_name_is() {
    let folder = TempDir::new().unwrap();
    let driver = WatchedFolderDriver::new(folder.path());
    let mut camera = open(&driver);
    write(folder.path(), "IMG_1.JPG", &jpeg(1));
    assert_eq!(polls(&mut *camera, 3).len(), 1);
    let mut rated = jpeg(1);
    rated.extend(b"five stars");
    write(folder.path(), "IMG_1.JPG", &rated);
    assert!(polls(&mut *camera, 5).is_empty());
    fs::remove_file(folder.path().join("IMG_1.JPG")).unwrap();
    assert!(polls(&mut *camera, 1).is_empty());
    write(folder.path(), "IMG_1.JPG", &jpeg(200));
    let news = polls(&mut *camera, 3);
    assert_eq!(news[0].as_ref().unwrap().bytes, jpeg(200));
}

#[test]
fn a_file_renamed_into_place_is_one_shot_and_renaming_it_again_makes_no_second() {
    let folder = TempDir::new().unwrap();
    let driver = WatchedFolderDriver::new(folder.path());
    let mut camera = open(&driver);
    write(folder.path(), "IMG_1.JPG.part", &jpeg(3));
    assert!(polls(&mut *camera, 3).is_empty());
    let rename = |from: &str, to: &str| fs::rename(folder.path().join(from), folder.path().join(to)).unwrap();
    rename("IMG_1.JPG.part", "IMG_1.JPG");
    assert_eq!(names(&polls(&mut *camera, 5)), ["IMG_1.JPG"]);
    rename("IMG_1.JPG", "Graduates 0001.jpg");
    assert!(polls(&mut *camera, 5).is_empty(), "the same photo under its new name");
    fs::create_dir(folder.path().join("sorted")).unwrap();
    rename("Graduates 0001.jpg", "sorted/1.jpg");
    assert!(polls(&mut *camera, 5).is_empty(), "nor in its new folder");
    write(folder.path(), "Graduates 0002.jpg", &jpeg(4));
    assert_eq!(names(&polls(&mut *camera, 5)), ["Graduates 0002.jpg"]);
}

#[test]
fn a_network_cut_loses_nothing_and_doubles_nothing() {
    let parent = TempDir::new().unwrap();
    let (folder, away) = (parent.path().join("photos"), parent.path().join("away"));
    fs::create_dir(&folder).unwrap();
    let driver = WatchedFolderDriver::new(&folder);
    let mut camera = open(&driver);
    write(&folder, "1.jpg", &jpeg(1));
    assert_eq!(names(&polls(&mut *camera, 3)), ["1.jpg"]);
    fs::rename(&folder, &away).unwrap();
    assert_eq!(polls(&mut *camera, 1), [Err(Fault::FolderUnreachable)]);
    assert!(Fault::FolderUnreachable.loses_camera());
    assert_eq!(driver.list().unwrap()[0].unusable, Some(Fault::FolderUnreachable));
    drop(camera);
    write(&away, "2.jpg", &jpeg(2));
    fs::rename(&away, &folder).unwrap();
    assert_eq!(names(&polls(&mut *open(&driver), 5)), ["2.jpg"]);
}

#[test]
fn a_burst_is_delivered_in_the_order_of_time_without_waiting() {
    let folder = TempDir::new().unwrap();
    let driver = WatchedFolderDriver::new(folder.path());
    let mut camera = open(&driver);
    let now = fs::metadata(folder.path()).unwrap().modified().unwrap();
    for (age_s, name) in ["c.jpg", "a.jpg", "b.jpg"].into_iter().enumerate() {
        write(folder.path(), name, &jpeg(5));
        let file = fs::File::options().write(true).open(folder.path().join(name)).unwrap();
        file.set_modified(now + Duration::from_secs(age_s as u64)).unwrap();
    }
    assert!(polls(&mut *camera, 1).is_empty());
    let outside = camera.outside().unwrap();
    assert_eq!(outside.poll().unwrap().unwrap().file_name, "c.jpg");
    assert!(outside.has_more());
    assert_eq!(outside.poll().unwrap().unwrap().file_name, "a.jpg");
    assert_eq!(outside.poll().unwrap().unwrap().file_name, "b.jpg");
    assert!(!outside.has_more());
}

#[test]
fn a_file_beyond_the_limit_is_refused_once() {
    let folder = TempDir::new().unwrap();
    let driver = WatchedFolderDriver::new(folder.path());
    let limits = Limits { shot_max_bytes: 100, ..Limits::default() };
    let mut camera = driver.open(&driver.id(), &limits).unwrap();
    write(folder.path(), "a.jpg", &jpeg(1));
    assert_eq!(polls(&mut *camera, 30), [Err(Fault::FileTooLarge)]);
}
