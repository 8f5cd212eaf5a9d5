//! A webcam as a studio lives with it, through the real kernel: in a guest whose webcam is the kernel's own test driver.
//!
//! Outside the guest these tests return at once: nobody's own webcam is switched on by them. `cargo xtask test webcam`
//! starts the guest.
#![cfg(all(feature = "webcam", target_os = "linux"))]

#[path = "guest/film.rs"]
mod film;
#[path = "guest/studio.rs"]
mod studio;

use std::process::Command;

use gradshot_camera::{Choice, Event, Fault, SettingKey, ShotFormat};
use studio::{GUEST, Studio, is_guest, plug_in, runs_again, unplug};

#[test]
fn a_webcam_is_listed_and_tells_its_sizes_and_formats() {
    Studio::visit(|studio| {
        let devices = studio.list();
        assert_eq!(devices.len(), 1, "{devices:?}");
        assert!(devices[0].only_when_chosen && devices[0].unusable.is_none());
        assert_eq!(Choice::First.pick(&devices), Err(Fault::OnlyWebcams));
        studio.open();
        let size = studio.setting(SettingKey::Resolution);
        assert_eq!(size.value, size.choices[0], "the largest");
        assert!(
            ["1920x1080", "1280x720", "640x480"].iter().all(|one| size.choices.iter().any(|it| it == one))
        );
        let format = studio.setting(SettingKey::ImageFormat);
        assert!(["YUYV", "NV12"].iter().all(|one| format.choices.iter().any(|it| it == one)), "{format:?}");
        println!("sizes {:?}, formats {:?}", size.choices, format.choices);
    });
}

#[test]
fn people_see_themselves_and_a_shot_has_the_full_size_unmirrored() {
    Studio::visit(|studio| {
        studio.open();
        let wanted = studio.setting(SettingKey::Resolution).value;
        let viewer = studio.camera().watch();
        for _ in 0..10 {
            let frame = studio.until_frame();
            assert!(frame.width() >= 320);
            assert_unmirrored(&frame);
        }
        let shot = studio.shoot(1).unwrap();
        assert_eq!(shot.format, ShotFormat::Png);
        let picture = image::load_from_memory(&shot.bytes).unwrap().into_rgb8();
        assert_eq!(format!("{}x{}", picture.width(), picture.height()), wanted);
        assert_unmirrored(&picture);
        // Live view goes on.
        assert_unmirrored(&studio.until_frame());
        drop(viewer);
        studio.camera().set(SettingKey::Resolution, "1280x720");
        studio.until_settings();
        let picture = image::load_from_memory(&studio.shoot(2).unwrap().bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (1280, 720), "without live view");
    });
}

#[test]
fn controls_are_shown_set_and_refused() {
    Studio::visit(|studio| {
        studio.open();
        let before = studio.setting(SettingKey::Brightness);
        assert!(before.writable && before.choices.len() > 10, "{before:?}");
        studio.camera().set(SettingKey::Brightness, "77");
        studio.until_settings();
        assert_eq!(studio.setting(SettingKey::Brightness).value, "77");
        studio.camera().set(SettingKey::Brightness, "9999");
        assert_eq!(studio.until_failed(), Fault::SettingRefused);
        studio.camera().set(SettingKey::Brightness, before.value.clone());
        studio.until_settings();
        let automatic = studio.setting(SettingKey::Gain);
        studio.camera().set(SettingKey::Gain, "50");
        studio.until_settings();
        assert_eq!(studio.setting(SettingKey::Gain).value, "50");
        studio.camera().set(SettingKey::Gain, automatic.choices[0].clone());
        studio.until_settings();
        assert_eq!(studio.setting(SettingKey::Gain).value, automatic.choices[0], "the automatic");
        studio.camera().set(SettingKey::Shutter, "1/100 s");
        assert_eq!(studio.until_failed(), Fault::SettingRefused, "this webcam has no exposure to set");
    });
}

#[test]
fn a_pulled_cable_is_noticed_and_the_webcam_comes_back_as_it_was_set() {
    Studio::visit(|studio| {
        studio.open();
        studio.camera().set(SettingKey::Contrast, "90");
        studio.until_settings();
        let viewer = studio.camera().watch();
        studio.until_frame();
        unplug();
        assert!(matches!(studio.until_lost(), Fault::Unplugged | Fault::NotFound));
        assert!(studio.shoot(7).is_err(), "no shutter fires later for somebody else");
        assert_eq!(studio.list(), [], "it is not there");
        plug_in();
        studio.until_connected();
        studio.until_frame();
        assert_eq!(studio.setting(SettingKey::Contrast).value, "90");
        drop(viewer);
        studio.until_status_rests();
        unplug();
        assert!(matches!(studio.until_lost(), Fault::Unplugged | Fault::NotFound), "also while nobody looks");
        plug_in();
        studio.until_connected();
        studio.camera().set(SettingKey::Resolution, "640x480");
        studio.until_settings();
        assert!(studio.shoot(8).is_ok());
    });
}

#[test]
fn a_webcam_that_another_program_holds_is_taken_when_it_lets_go() {
    if runs_again() {
        return Studio::visit(|studio| {
            studio.open();
            let _viewer = studio.camera().watch();
            studio.until_frame();
            println!("held");
            // Until the other one has seen it.
            let _ = std::io::stdin().read_line(&mut String::new());
        });
    }
    Studio::visit(|studio| {
        let mut other = Studio::other("a_webcam_that_another_program_holds_is_taken_when_it_lets_go");
        studio.start();
        assert_eq!(studio.until_lost(), Fault::HeldByAnotherProgram);
        other.let_go();
        studio.until_connected();
        studio.camera().set(SettingKey::Resolution, "640x480");
        studio.until_settings();
        assert!(studio.shoot(1).is_ok());
    });
}

#[test]
fn a_webcam_that_this_person_may_not_use_says_so() {
    use std::os::unix::process::CommandExt as _;
    if runs_again() {
        return Studio::visit(|studio| assert_eq!(studio.list()[0].unusable, Some(Fault::NotPermitted)));
    }
    if !is_guest() {
        return;
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["a_webcam_that_this_person_may_not_use_says_so", "--exact", "--nocapture"])
        .env(GUEST, "again")
        .uid(65534)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

/// The test picture's eight bars run from white on the left to black on the right.
fn assert_unmirrored(picture: &image::RgbImage) {
    // Below the text that the test picture bears.
    let (width, row) = (picture.width(), picture.height() * 3 / 4);
    let light = |x| picture.get_pixel(x, row).0.iter().map(|channel| u32::from(*channel)).sum::<u32>();
    let (left, right) = (light(width / 16), light(width - width / 16));
    assert!(left > right + 250, "{left} on the left, {right} on the right, {width} px wide");
}

#[test]
fn a_motion_jpeg_frame_stays_the_file_that_it_was() {
    Studio::visit(|studio| {
        let files = [1, 12].map(film::frame);
        assert!(
            files[0].len() < files[1].len(),
            "what a longer frame leaves in the buffer comes after the shorter"
        );
        let film = film::Film::begin(files.to_vec());
        studio.open_named(film::NAME);
        assert_eq!(studio.setting(SettingKey::ImageFormat).value, "MJPEG");
        let viewer = studio.camera().watch();
        for number in 0..10 {
            let shot = studio.shoot(number).unwrap();
            assert_eq!(shot.format, ShotFormat::Jpeg);
            assert!(files.contains(&shot.bytes), "{} bytes", shot.bytes.len());
            let frame = studio.until_frame();
            assert_eq!((frame.width(), frame.height()), film::SIZE);
        }
        drop(viewer);
        studio.close();
        film.end();
    });
}

#[test]
fn one_webcam_photographs_while_another_one_reads_the_tickets() {
    Studio::visit(|studio| {
        studio.open();
        let film = film::Film::begin(vec![film::frame(4)]);
        let mut scanner = studio.beside();
        scanner.open_named(film::NAME);
        studio.camera().set(SettingKey::Resolution, "640x480");
        studio.until_settings();
        let viewers = [studio.camera().watch(), scanner.camera().watch()];
        for number in 0..3 {
            assert_unmirrored(&studio.until_frame());
            let frame = scanner.until_frame();
            assert_eq!((frame.width(), frame.height()), film::SIZE);
            let shot = studio.shoot(number).unwrap();
            assert_eq!(shot.format, ShotFormat::Png, "the camera's, not the scanner's");
        }
        unplug();
        assert!(matches!(studio.until_lost(), Fault::Unplugged | Fault::NotFound));
        scanner.until_frame();
        plug_in();
        studio.until_connected();
        drop(viewers);
        scanner.close();
        film.end();
    });
}

#[test]
fn the_events_of_a_webcam_say_what_it_can_do() {
    Studio::visit(|studio| {
        studio.start();
        let abilities = studio.until(|event| match event {
            Event::Connected { abilities, .. } => Some(abilities),
            _ => None,
        });
        assert!(abilities.still && abilities.live && abilities.settings && !abilities.outside);
    });
}
