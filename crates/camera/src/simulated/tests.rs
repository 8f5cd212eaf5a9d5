//! What somebody sees who trains with the simulated camera.

use std::{fs, path::Path, time::Duration};

use image::{ImageFormat, Rgb, RgbImage};
use tempfile::TempDir;

use super::*;
use crate::{FramePixels, LiveFrame, LiveSession, Shot, ShotFormat};

/// A folder with a wide red JPEG, a tall green PNG and something that is no photo.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    let save = |name: &str, width_px, height_px, colour, format| {
        let picture = RgbImage::from_fn(width_px, height_px, |x, y| {
            if x * 8 / width_px % 2 == y * 8 / height_px % 2 { Rgb(colour) } else { Rgb([250, 250, 250]) }
        });
        picture.save_with_format(folder.path().join(name), format).unwrap();
    };
    save("2.png", 600, 1200, [20, 200, 20], ImageFormat::Png);
    save("1.JPG", 1500, 1000, [200, 20, 20], ImageFormat::Jpeg);
    fs::write(folder.path().join("readme.txt"), "no photo").unwrap();
    folder
}

fn open(driver: &SimulatedDriver) -> Box<dyn Camera> {
    driver.open(&driver.list().unwrap()[0].id, &Limits::default()).unwrap()
}

fn shoot(camera: &mut dyn Camera) -> Result<Shot, Fault> {
    camera.still().unwrap().shoot()
}

fn picture(frame: &LiveFrame) -> RgbImage {
    let FramePixels::Jpeg(jpeg) = &frame.pixels else { panic!("not a JPEG") };
    let picture = image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).unwrap().into_rgb8();
    assert_eq!((picture.width(), picture.height()), (frame.width_px, frame.height_px));
    picture
}

#[test]
fn shots_are_the_files_themselves_and_go_round_the_folder() {
    let folder = folder();
    let driver = SimulatedDriver::new(folder.path());
    let (control, mut camera) = (driver.control(), open(&driver));
    let file = |name: &str| fs::read(folder.path().join(name)).unwrap();
    for (name, format) in
        [("1.JPG", ShotFormat::Jpeg), ("2.png", ShotFormat::Png), ("1.JPG", ShotFormat::Jpeg)]
    {
        let shot = shoot(&mut *camera).unwrap();
        assert_eq!((shot.file_name.as_str(), shot.format), (name, format));
        assert!(shot.bytes == file(name) && format.is_complete(&shot.bytes));
        assert_eq!(shoot(&mut *camera), Ok(shot), "the same person stays until the next is called");
        control.next_subject();
    }
    control.present(1);
    assert_eq!(shoot(&mut *camera).unwrap().file_name, "2.png");
}

#[test]
fn live_view_shows_the_person_who_is_there_small_and_moving() {
    let folder = folder();
    let driver = SimulatedDriver::new(folder.path());
    let (control, mut camera) = (driver.control(), open(&driver));
    let mut session = LiveSession::start(&mut *camera).unwrap();
    let frames: Vec<LiveFrame> = (0..60).map(|_| session.next_frame().unwrap()).collect();
    assert_eq!((frames[0].width_px, frames[0].height_px), (960, 639));
    assert!(frames.windows(2).any(|pair| pair[0] != pair[1]), "nothing moves");
    let red = picture(&frames[0]).get_pixel(10, 10).0;
    assert!(red[0] > 150 && red[1] < 80, "{red:?}");
    control.next_subject();
    let frame = session.next_frame().unwrap();
    assert_eq!((frame.width_px, frame.height_px), (478, 960));
    let green = picture(&frame).get_pixel(10, 10).0;
    assert!(green[1] > 150 && green[0] < 80, "{green:?}");
    assert_eq!(shoot(session.camera()).unwrap().file_name, "2.png", "a shot between two frames");
}

#[test]
fn one_breath_is_encoded_once() {
    let folder = folder();
    let driver = SimulatedDriver::new(folder.path());
    let mut camera = open(&driver);
    let mut session = LiveSession::start(&mut *camera).unwrap();
    let mut breath = || -> Vec<*const u8> {
        (0..60)
            .map(|_| match session.next_frame().unwrap().pixels {
                FramePixels::Jpeg(bytes) | FramePixels::Rgb(bytes) => bytes.as_ptr(),
            })
            .collect()
    };
    assert_eq!(breath(), breath(), "the second breath reuses the first one's files");
}

#[test]
fn faults_come_on_request_and_go_away() {
    let folder = folder();
    let driver = SimulatedDriver::new(folder.path());
    let (control, mut camera) = (driver.control(), open(&driver));
    let good = shoot(&mut *camera).unwrap();

    control.fail_next_shot(SimulatedFault::OutOfFocus);
    control.fail_next_shot(SimulatedFault::TruncatedFile);
    control.fail_next_shot(SimulatedFault::CorruptFile);
    assert_eq!(shoot(&mut *camera), Err(Fault::OutOfFocus));
    let truncated = shoot(&mut *camera).unwrap();
    assert!(good.bytes.starts_with(&truncated.bytes) && !truncated.format.is_complete(&truncated.bytes));
    let corrupt = shoot(&mut *camera).unwrap();
    assert_eq!(corrupt.bytes.len(), good.bytes.len());
    assert!(image::load_from_memory(&corrupt.bytes).is_err());
    assert_eq!(shoot(&mut *camera), Ok(good.clone()));

    control.fail_every_shot(SimulatedFault::CardFull);
    assert_eq!(camera.status().unwrap().shots_left, Some(0));
    assert_eq!([shoot(&mut *camera), shoot(&mut *camera)], [Err(Fault::CardFull), Err(Fault::CardFull)]);
    control.heal();
    assert_eq!(shoot(&mut *camera), Ok(good));
}

#[test]
fn live_view_breaks_on_request_and_stills_go_on() {
    let folder = folder();
    let driver = SimulatedDriver::new(folder.path());
    let (control, mut camera) = (driver.control(), open(&driver));
    control.break_live_view();
    assert_eq!(LiveSession::start(&mut *camera).err(), Some(Fault::Refused));
    assert!(shoot(&mut *camera).is_ok());
    control.heal();
    assert!(LiveSession::start(&mut *camera).is_ok());
}

#[test]
fn an_absent_camera_says_why_in_the_list_and_in_each_call() {
    let folder = folder();
    let driver = SimulatedDriver::new(folder.path());
    let (control, mut camera) = (driver.control(), open(&driver));
    for (leave, fault) in [
        (SimulatedControl::unplug as fn(&SimulatedControl), Fault::Unplugged),
        (SimulatedControl::fall_asleep, Fault::Asleep),
        (SimulatedControl::hold_elsewhere, Fault::HeldByAnotherProgram),
        (SimulatedControl::forbid, Fault::NotPermitted),
        (SimulatedControl::run_down, Fault::BatteryEmpty),
    ] {
        leave(&control);
        assert_eq!(driver.list().unwrap()[0].unusable, Some(fault));
        assert_eq!(camera.status(), Err(fault));
        assert_eq!(shoot(&mut *camera), Err(fault));
        assert_eq!(LiveSession::start(&mut *camera).err(), Some(fault));
        control.heal();
        assert!(shoot(&mut *camera).is_ok());
    }
}

#[test]
fn a_folder_without_photos_says_what_to_do() {
    let empty = TempDir::new().unwrap();
    let unusable = |folder: &Path| SimulatedDriver::new(folder).list().unwrap()[0].unusable;
    assert_eq!(unusable(empty.path()), Some(Fault::NoPhotos));
    assert_eq!(unusable(&empty.path().join("missing")), Some(Fault::FolderUnreachable));
}

#[test]
fn a_photo_beyond_the_limit_is_refused() {
    let folder = folder();
    let driver = SimulatedDriver::new(folder.path());
    let limits = Limits { shot_max_bytes: 1000, ..Limits::default() };
    let mut camera = driver.open(&SimulatedDriver::id(0), &limits).unwrap();
    assert_eq!(shoot(&mut *camera), Err(Fault::FileTooLarge));
}

#[test]
fn the_body_shutter_brings_one_shot_each_time() {
    let folder = folder();
    let driver = SimulatedDriver::new(folder.path());
    let (control, mut camera) = (driver.control(), open(&driver));
    let outside = camera.outside().unwrap();
    assert_eq!(outside.poll(), Ok(None));
    control.press_body_shutter();
    control.press_body_shutter();
    assert!(outside.poll().unwrap().is_some() && outside.has_more());
    assert!(outside.poll().unwrap().is_some() && !outside.has_more());
    assert_eq!(outside.poll(), Ok(None));
}

#[test]
fn a_slow_shutter_shows_who_stood_there_when_it_opened() {
    let folder = folder();
    let driver = SimulatedDriver::new(folder.path());
    let control = driver.control();
    control.fail_next_shot(SimulatedFault::SlowShutter(Duration::from_millis(1)));
    assert_eq!(shoot(&mut *open(&driver)).unwrap().file_name, "1.JPG");
}
