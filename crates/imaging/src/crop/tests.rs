//! Properties of the crop.

use proptest::prelude::*;

use super::*;

fn chsi() -> Spec {
    let toml = include_str!("../../../../assets/specs/chsi.toml");
    Spec::parse(toml, std::path::Path::new("chsi.toml")).unwrap()
}

/// A head and shoulders with plenty of room around: 24 megapixels upright.
fn roomy() -> (Head, Room) {
    let head = Head { hairline_y: Some(1500.0), eye_line_y: 2100.0, face_width: 700.0, centre_x: 2000.0 };
    let room = Room { width: 4000.0, height: 6000.0, cut_left_y: None, cut_right_y: None };
    (head, room)
}

fn meets(crop: &Crop, rules: &Geometry) -> bool {
    const ROUNDING: f64 = 1e-6;
    let inside =
        |value: f64, band: crate::spec::Band| (band.min - ROUNDING..=band.max + ROUNDING).contains(&value);
    crop.hairline_px.is_some_and(|y| inside(y, rules.hairline_px))
        && inside(crop.eye_line_px, rules.eye_line_px)
        && inside(crop.face_width_px, rules.face_width_px)
        && crop.centre_offset_px.abs() <= rules.centre_offset_max_px + ROUNDING
}

#[test]
fn an_ordinary_head_lands_near_the_middles() {
    let (head, room) = roomy();
    let crop = solve(&head, &room, &chsi());
    assert!(meets(&crop, &chsi().geometry), "{crop:?}");
    assert!((60.0..=100.0).contains(&crop.hairline_px.unwrap()), "{crop:?}");
    assert!(crop.centre_offset_px.abs() < 1e-9);
    assert!(crop.scale < 1.0);
}

#[test]
fn a_photo_that_ends_under_the_chin_never_floats() {
    let (head, mut room) = roomy();
    room.height = 2900.0;
    let crop = solve(&head, &room, &chsi());
    assert!(crop.window.bottom() <= room.height + 1e-3, "{crop:?}");
    assert!(!meets(&crop, &chsi().geometry));
}

#[test]
fn a_shoulder_cut_by_the_side_stays_outside() {
    let (head, mut room) = roomy();
    let free = solve(&Head { centre_x: 700.0, ..head }, &room, &chsi());
    assert!(free.window.left < 0.0);
    room.cut_left_y = Some(3000.0);
    let bound = solve(&Head { centre_x: 700.0, ..head }, &room, &chsi());
    assert!(bound.window.left >= -1e-6 && meets(&bound, &chsi().geometry), "{bound:?}");
}

#[test]
fn half_a_face_at_the_edge_is_off_centre_and_not_half_a_portrait() {
    let (head, mut room) = roomy();
    room.cut_left_y = Some(1000.0);
    let crop = solve(&Head { centre_x: 100.0, ..head }, &room, &chsi());
    assert!(crop.window.left >= -1e-6, "{crop:?}");
    assert!(crop.centre_offset_px < -24.0 && crop.face_width_px <= 300.0, "{crop:?}");
}

#[test]
fn a_cut_crown_never_shows_the_cut() {
    let (head, room) = roomy();
    let head = Head { hairline_y: None, eye_line_y: 500.0, ..head };
    let crop = solve(&head, &room, &chsi());
    assert!(crop.window.top >= -1e-6 && crop.hairline_px.is_none(), "{crop:?}");
}

proptest! {
    /// With room enough, every human head fits all bands at once.
    #[test]
    fn heads_with_room_always_meet_every_band(
        face_width in 60.0..1500.0f64, hair in 0.65..1.3f64, x in 0.0..1.0f64,
    ) {
        let room = Room { width: face_width * 8.0, height: face_width * 12.0, cut_left_y: None, cut_right_y: None };
        let eye_line_y = face_width * 4.0;
        let head = Head {
            hairline_y: Some(eye_line_y - hair * face_width),
            eye_line_y,
            face_width,
            centre_x: room.width * x,
        };
        let crop = solve(&head, &room, &chsi());
        prop_assert!(meets(&crop, &chsi().geometry), "{crop:?}");
        prop_assert!((crop.window.width * crop.scale - 480.0).abs() < 1e-6);
        prop_assert!((crop.window.height * crop.scale - 640.0).abs() < 1e-6);
    }

    /// Whatever the shot, the crop never shows a row below the photo or a side that cuts the body.
    #[test]
    fn what_the_photo_lacks_is_never_shown(
        face_width in 40.0..900.0f64, hair in 0.5..2.0f64, eyes in 0.3..3.0f64, below in 0.6..6.0f64,
        left in 0.55..4.0f64, right in 0.55..4.0f64, cut_left in any::<bool>(), cut_right in any::<bool>(),
    ) {
        let eye_line_y = face_width * eyes;
        let room = Room {
            width: face_width * (left + right),
            height: eye_line_y + face_width * below,
            cut_left_y: cut_left.then_some(eye_line_y),
            cut_right_y: cut_right.then_some(eye_line_y),
        };
        let head = Head {
            hairline_y: (hair < eyes).then_some(eye_line_y - hair * face_width),
            eye_line_y,
            face_width,
            centre_x: face_width * left,
        };
        let crop = solve(&head, &room, &chsi());
        prop_assert!(crop.window.bottom() <= room.height * (1.0 + 1e-6), "{crop:?}");
        let shows_cuts = crop.window.bottom() > eye_line_y;
        prop_assert!(!cut_left || !shows_cuts || crop.window.left >= -1.0, "{crop:?}");
        prop_assert!(!cut_right || !shows_cuts || crop.window.right() <= room.width + 1.0, "{crop:?}");
        prop_assert!(crop.scale > 0.0 && crop.scale.is_finite());
    }
}

#[test]
fn a_nudge_moves_the_face_and_stops_at_the_bands() {
    let (head, room) = roomy();
    let solved = solve(&head, &room, &chsi());
    let little = Nudge { right_px: 4.0, down_px: -3.0, larger: 0.01 };
    let moved = adjust(&head, &room, &chsi(), &solved, &little).nudge_from(&solved);
    assert!((moved.right_px - 4.0).abs() < 1e-6 && (moved.down_px + 3.0).abs() < 1e-6, "{moved:?}");
    assert!((moved.larger - 0.01).abs() < 1e-6);
    for far in [500.0, -500.0] {
        let nudge = Nudge { right_px: far, down_px: far, larger: far / 1000.0 };
        let held = adjust(&head, &room, &chsi(), &solved, &nudge);
        assert!(meets(&held, &chsi().geometry), "{held:?}");
        assert!(held != solved);
    }
}

proptest! {
    /// Whatever somebody asks for, a crop that was inside stays inside and shows nothing that is not there.
    #[test]
    fn no_nudge_leaves_the_bands(
        right_px in -300.0..300.0f64, down_px in -300.0..300.0f64, larger in -0.5..0.5f64,
        centre_x in 700.0..3300.0f64, height in 3600.0..6000.0f64,
    ) {
        let (head, room) = roomy();
        let (head, room) = (Head { centre_x, ..head }, Room { height, ..room });
        let solved = solve(&head, &room, &chsi());
        prop_assume!(meets(&solved, &chsi().geometry));
        let crop = adjust(&head, &room, &chsi(), &solved, &Nudge { right_px, down_px, larger });
        prop_assert!(meets(&crop, &chsi().geometry), "{crop:?}");
        prop_assert!(crop.window.bottom() <= room.height + 1e-3);
    }
}
