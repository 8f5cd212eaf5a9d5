//! A tethered camera as a studio lives with it, through the real libgphoto2 and its real PTP driver.
#![cfg(all(feature = "gphoto2", target_os = "linux"))]

#[path = "vcam/studio.rs"]
mod studio;

use gradshot_camera::{Activity, Event, Fault, Setting, SettingKey};
use studio::{Studio, stored_photo, with_camera};

fn value(settings: &[Setting], key: SettingKey) -> &str {
    &settings.iter().find(|setting| setting.key == key).unwrap().value
}

#[test]
fn a_student_is_seen_and_photographed() {
    with_camera("a_student_is_seen_and_photographed", |studio| {
        let device = studio.until_connected();
        assert_eq!(device.name, "Nikon DSC D750");
        assert!(device.serial.is_some());
        let viewer = studio.camera.watch();
        assert_eq!(studio.until_frame(), (640, 300));
        let shot = studio.shoot(1).unwrap();
        assert_eq!(shot.bytes, stored_photo(), "byte for byte");
        studio.until_frame();
        drop(viewer);
        assert_eq!(studio.shoot(2).unwrap().bytes, stored_photo(), "without live view");
    });
}

#[test]
fn the_shutter_on_the_body_brings_one_shot() {
    with_camera("the_shutter_on_the_body_brings_one_shot", |studio| {
        studio.until_connected();
        studio.switch_on("body-shutter");
        let (request, shot) = studio.until_shot();
        assert_eq!((request, shot.bytes), (None, stored_photo()));
        let asked = studio.shoot(1).unwrap();
        assert_ne!(asked.file_name, shot.file_name, "the body's shot came once");
    });
}

#[test]
fn settings_are_shown_set_and_refused() {
    with_camera("settings_are_shown_set_and_refused", |studio| {
        studio.until_connected();
        studio.camera.read_settings();
        let settings = studio.until_settings();
        for (key, shown) in [
            (SettingKey::Iso, "200"),
            (SettingKey::Aperture, "f/2.8"),
            (SettingKey::WhiteBalance, "Automatic"),
            (SettingKey::FocusMode, "Automatic"),
            (SettingKey::ImageFormat, "JPEG Fine"),
        ] {
            assert_eq!(value(&settings, key), shown);
        }
        let size = settings.iter().find(|setting| setting.key == SettingKey::Resolution).unwrap();
        assert!(!size.writable && !size.choices.is_empty());

        studio.camera.set(SettingKey::Iso, "400");
        assert_eq!(value(&studio.until_settings(), SettingKey::Iso), "400");
        studio.camera.set(SettingKey::Iso, "401");
        assert_eq!(studio.until_failed(), (Activity::Setting, Fault::SettingRefused));
        studio.camera.set(SettingKey::Resolution, "1024x768");
        assert_eq!(studio.until_failed(), (Activity::Setting, Fault::SettingRefused));

        let preset =
            [(SettingKey::Iso, "100"), (SettingKey::Aperture, "f/1.2"), (SettingKey::Shutter, "0.0050s")];
        studio.camera.apply(preset.map(|(key, value)| (key, value.to_owned())).to_vec());
        let settings = studio.until_settings();
        assert_eq!(value(&settings, SettingKey::Iso), "100");
        assert_eq!(value(&settings, SettingKey::Aperture), "f/2.8", "this lens does not open so wide");
        assert_eq!(value(&settings, SettingKey::Shutter), "0.0050s");
    });
}

#[test]
fn battery_and_card_are_told() {
    with_camera("battery_and_card_are_told", |studio| {
        let told = |event| if let Event::Status(status) = event { Some(status) } else { None };
        let status = studio.until(told);
        assert_eq!((status.battery_percent, status.shots_left), (Some(50), Some(150)));
        studio.switch_on("card-full");
        assert_eq!(studio.until(told).shots_left, Some(0));
    });
}

#[test]
fn of_raw_and_jpeg_the_jpeg_is_the_shot() {
    with_camera("of_raw_and_jpeg_the_jpeg_is_the_shot", |studio| {
        studio.until_connected();
        studio.camera.set(SettingKey::ImageFormat, "NEF+Fine");
        studio.until_settings();
        for number in 1..4 {
            let shot = studio.shoot(number).unwrap();
            assert!(shot.file_name.to_ascii_lowercase().ends_with("jpg") && shot.bytes == stored_photo());
        }
        studio.camera.set(SettingKey::ImageFormat, "NEF (Raw)");
        studio.until_settings();
        assert_eq!(studio.shoot(4), Err(Fault::RawOnly));
        studio.camera.set(SettingKey::ImageFormat, "JPEG Fine");
        studio.until_settings();
        assert!(studio.shoot(5).is_ok());
    });
}

#[test]
fn a_shot_leaves_the_card_when_it_is_told_to() {
    with_camera("a_shot_leaves_the_card_when_it_is_told_to", |studio| {
        studio.until_connected();
        let shot = studio.shoot(1).unwrap();
        let file = shot.on_card.clone().expect("this camera shoots to its card");
        studio.camera.delete_from_card(file.clone());
        studio.camera.delete_from_card(file);
        // Behind the deletions in the queue: when this is answered, both are done.
        studio.camera.read_settings();
        let failed = studio.until(|event| match event {
            Event::Settings(_) => Some(None),
            Event::Failed { fault, .. } => Some(Some(fault)),
            _ => None,
        });
        assert_eq!(failed, None, "deleting what is gone is no fault");
    });
}

#[test]
fn a_lost_focus_takes_no_picture_and_keeps_the_camera() {
    with_camera("a_lost_focus_takes_no_picture_and_keeps_the_camera", |studio| {
        studio.until_connected();
        let viewer = studio.camera.watch();
        studio.until_frame();
        studio.switch_on("out-of-focus");
        assert_eq!(studio.shoot(1), Err(Fault::OutOfFocus), "with live view");
        studio.until_frame();
        drop(viewer);
        assert_eq!(studio.shoot(2), Err(Fault::OutOfFocus), "without");
        studio.switch_off("out-of-focus");
        assert!(studio.shoot(3).is_ok());
        studio.switch_on("out-of-focus");
        studio.camera.set(SettingKey::FocusMode, "Manual");
        studio.until_settings();
        assert!(studio.shoot(4).is_ok(), "manual focus is the operator's own business");
    });
}

#[test]
fn a_full_or_missing_card_is_told_and_forgotten() {
    with_camera("a_full_or_missing_card_is_told_and_forgotten", |studio| {
        studio.until_connected();
        for (switch, fault) in [("card-full", Fault::CardFull), ("card-missing", Fault::CardMissing)] {
            studio.switch_on(switch);
            assert_eq!(studio.shoot(1), Err(fault));
            studio.switch_off(switch);
            assert!(studio.shoot(2).is_ok());
        }
    });
}

#[test]
fn a_card_runs_full_by_itself() {
    with_camera("a_card_runs_full_by_itself", |studio| {
        studio.until_connected();
        let taken = (0..40).take_while(|number| match studio.shoot(*number) {
            Ok(_) => true,
            Err(fault) => {
                assert_eq!(fault, Fault::CardFull);
                false
            }
        });
        assert!(taken.count() < 40);
    });
}

/// The camera is lost for this reason and comes back when the reason goes.
fn lost_and_found(studio: &mut Studio, switch: &str, fault: Fault) {
    studio.switch_on(switch);
    assert_eq!(studio.until_lost(), fault);
    assert_eq!(studio.shoot(7), Err(fault), "no shutter fires later for somebody else");
    studio.switch_off(switch);
    studio.until_connected();
    assert_eq!(studio.shoot(8).unwrap().bytes, stored_photo());
}

#[test]
fn a_pulled_cable_is_survived() {
    with_camera("a_pulled_cable_is_survived", |studio| {
        studio.until_connected();
        let _viewer = studio.camera.watch();
        for _ in 0..3 {
            studio.until_frame();
            studio.switch_on("unplugged");
            assert!(matches!(studio.until_lost(), Fault::Unplugged | Fault::NotFound));
            studio.switch_off("unplugged");
            studio.until_connected();
            assert!(studio.shoot(1).is_ok());
        }
    });
}

#[test]
fn a_sleeping_camera_is_waited_for() {
    with_camera("a_sleeping_camera_is_waited_for", |studio| {
        studio.until_connected();
        lost_and_found(studio, "asleep", Fault::Asleep);
    });
}

#[test]
fn a_camera_that_another_program_holds_is_taken_when_it_lets_go() {
    with_camera("a_camera_that_another_program_holds_is_taken_when_it_lets_go", |studio| {
        studio.until_connected();
        studio.switch_on("held");
        studio.camera.reopen();
        // First that it is being opened anew, then why it is not.
        studio.until(|event| {
            matches!(event, Event::Disconnected { fault: Fault::HeldByAnotherProgram }).then_some(())
        });
        studio.switch_off("held");
        studio.until_connected();
        assert!(studio.shoot(1).is_ok());
    });
}

#[test]
fn live_view_may_die_and_stills_go_on() {
    with_camera("live_view_may_die_and_stills_go_on", |studio| {
        studio.until_connected();
        let _viewer = studio.camera.watch();
        studio.until_frame();
        studio.switch_on("no-live");
        assert_eq!(studio.until_failed(), (Activity::Live, Fault::Refused));
        assert_eq!(studio.shoot(1).map(drop), Ok(()));
        studio.switch_off("no-live");
        studio.until_frame();
        assert!(studio.shoot(2).is_ok());
    });
}
