//! The whole chain with the real models on the sample photos that ship with the product.

mod shared;

use gradshot_domain::{FindingId, Severity, Verdict};
use gradshot_imaging::decode::{DecodeError, DecodeLimits, decode};
use gradshot_imaging::{Nudge, Picture, StandardizeError};

use shared::{chsi, engine, photo};

fn severity(verdict: &Verdict, id: FindingId) -> Severity {
    verdict.finding(id).unwrap_or_else(|| panic!("{id:?} was not measured")).severity
}

fn jpeg(picture: &Picture) -> Vec<u8> {
    let mut bytes = Vec::new();
    let image = image::RgbImage::from_raw(picture.width_px(), picture.height_px(), picture.rgb().to_vec())
        .expect("sizes agree");
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 95);
    image.write_with_encoder(encoder).expect("a picture can be written");
    bytes
}

#[test]
fn a_studio_portrait_passes_and_meets_the_standard() {
    let spec = chsi();
    let made = engine().standardize(&photo("hopper_plain_wall.jpg"), &spec).unwrap();
    assert_eq!(made.verdict.outcome, Severity::Pass, "{:?}", made.verdict.complaints().collect::<Vec<_>>());
    let file = made.portrait.unwrap();
    assert!((30 * 1024..=40_000).contains(&file.len()), "{} bytes", file.len());
    let portrait = decode(&file, &DecodeLimits::default()).unwrap();
    assert_eq!((portrait.width_px(), portrait.height_px()), (480, 640));
    for (x, y) in [(3, 3), (476, 3), (3, 200), (476, 200)] {
        let near = portrait.pixel(x, y).iter().zip([100, 197, 255]).all(|(a, b)| a.abs_diff(b) <= 4);
        assert!(near, "background at {x},{y}: {:?}", portrait.pixel(x, y));
    }
    let crop = made.crop.unwrap();
    assert!((50.0..=110.0).contains(&crop.hairline_px.unwrap()), "{crop:?}");
    assert!((200.0..=300.0).contains(&crop.eye_line_px) && (180.0..=300.0).contains(&crop.face_width_px));
    assert_eq!(made.timings.stages().last().unwrap().0, "encode and check");
}

#[test]
fn a_busy_wall_is_for_the_reviewer_to_look_at() {
    let made = engine().standardize(&photo("grace_hopper.jpg"), &chsi()).unwrap();
    let complaints: Vec<FindingId> = made.verdict.complaints().map(|finding| finding.id).collect();
    assert_eq!(complaints, [FindingId::BackgroundUniform]);
    assert_eq!(made.verdict.outcome, Severity::Review);
    assert!(made.verdict.questions.iter().any(|question| question.id == FindingId::Jewellery));
}

#[test]
fn a_small_shot_needs_a_reviewer_and_says_why() {
    let made = engine().standardize(&photo("giunchedi.jpg"), &chsi()).unwrap();
    assert_eq!(made.verdict.outcome, Severity::Review);
    assert_eq!(severity(&made.verdict, FindingId::Resolution), Severity::Review);
    assert!(made.portrait.is_some());
}

/// What the standard forbids: a portrait has to show left as left, and a tilted head tilted.
#[test]
fn nothing_is_mirrored_or_levelled() {
    let spec = chsi();
    let shot = photo("giunchedi.jpg");
    let made = engine().standardize(&shot, &spec).unwrap();
    let crop = made.crop.unwrap();
    let before = engine().look(&decode(&shot, &DecodeLimits::default()).unwrap()).unwrap().subject.unwrap();
    let portrait = decode(&made.portrait.unwrap(), &DecodeLimits::default()).unwrap();
    let after = engine().look(&portrait).unwrap().subject.unwrap();
    assert!((before.pose.roll_deg - after.pose.roll_deg).abs() < 1.5);
    for (before, after) in before.mesh.pupils().into_iter().zip(after.mesh.pupils()) {
        assert!(((before.x - crop.window.left) * crop.scale - after.x).abs() < 5.0);
        assert!(((before.y - crop.window.top) * crop.scale - after.y).abs() < 5.0);
    }
}

#[test]
fn a_finished_portrait_is_checked_as_it_is() {
    let spec = chsi();
    let made = engine().standardize(&photo("hopper_plain_wall.jpg"), &spec).unwrap().portrait.unwrap();
    let checked = engine().check(&made, &spec).unwrap().verdict;
    assert_eq!(checked.outcome, Severity::Pass, "{:?}", checked.complaints().collect::<Vec<_>>());
    let shot = engine().check(&photo("grace_hopper.jpg"), &spec).unwrap().verdict;
    assert_eq!(severity(&shot, FindingId::Resolution), Severity::Retake, "wrong size");
}

#[test]
fn no_face_and_two_faces_are_refused_without_a_portrait() {
    for (name, faces) in
        [("refused/coffee.jpg", 0.0), ("refused/cat.jpg", 0.0), ("refused/two_people.jpg", 2.0)]
    {
        let made = engine().standardize(&photo(name), &chsi()).unwrap();
        assert_eq!(made.portrait, None, "{name}");
        let finding = made.verdict.finding(FindingId::FaceCount).unwrap();
        assert_eq!((finding.measured, finding.severity), (Some(faces), Severity::Retake), "{name}");
    }
}

#[test]
fn a_far_face_is_found_and_refused_for_its_size() {
    let made = engine().standardize(&photo("refused/astronaut.jpg"), &chsi()).unwrap();
    assert_eq!(severity(&made.verdict, FindingId::FaceCount), Severity::Pass);
    assert_eq!(severity(&made.verdict, FindingId::FaceSize), Severity::Retake);
    assert!(severity(&made.verdict, FindingId::MouthClosed) > Severity::Pass);
}

#[test]
fn a_tilted_and_a_dark_shot_are_retakes() {
    let upright = decode(&photo("grace_hopper.jpg"), &DecodeLimits::default()).unwrap();
    let tilted = engine().standardize(&jpeg(&turned(&upright, 14.0)), &chsi()).unwrap().verdict;
    assert_eq!(severity(&tilted, FindingId::PoseRoll), Severity::Retake);
    let dark: Vec<u8> = upright.rgb().iter().map(|v| v / 5).collect();
    let dark = Picture::new(upright.width_px(), upright.height_px(), dark).unwrap();
    let dark = engine().standardize(&jpeg(&dark), &chsi()).unwrap().verdict;
    assert_eq!(severity(&dark, FindingId::Exposure), Severity::Retake);
}

#[test]
fn a_photo_that_ends_at_the_chin_never_floats_over_the_background() {
    let whole = decode(&photo("grace_hopper.jpg"), &DecodeLimits::default()).unwrap();
    let rows = 375;
    let cut = whole.rgb()[..rows * whole.width_px() as usize * 3].to_vec();
    let cut = Picture::new(whole.width_px(), rows as u32, cut).unwrap();
    let made = engine().standardize(&jpeg(&cut), &chsi()).unwrap();
    assert!(made.crop.unwrap().window.bottom() <= rows as f64 + 0.01);
    assert_eq!(made.verdict.outcome, Severity::Retake);
}

#[test]
fn bytes_that_are_no_picture_are_an_error() {
    let refused = engine().standardize(b"not a picture", &chsi());
    assert!(matches!(refused, Err(StandardizeError::Decode(DecodeError::Unsupported { .. }))));
    let shot = photo("giunchedi.jpg");
    let refused = engine().standardize(&shot[..shot.len() / 2], &chsi());
    assert_eq!(refused, Err(StandardizeError::Decode(DecodeError::Truncated)));
}

/// The picture turned by some degrees about its middle, the corners filled with the nearest pixels.
fn turned(picture: &Picture, degrees: f64) -> Picture {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (width, height) = (picture.width_px(), picture.height_px());
    let (cx, cy) = (f64::from(width) / 2.0, f64::from(height) / 2.0);
    let rgb = (0..height)
        .flat_map(|y| (0..width).map(move |x| (f64::from(x) - cx, f64::from(y) - cy)))
        .flat_map(|(dx, dy)| {
            picture
                .pixel((dx * cos + dy * sin + cx).max(0.0) as u32, (dy * cos - dx * sin + cy).max(0.0) as u32)
        })
        .collect();
    Picture::new(width, height, rgb).expect("sizes agree")
}

#[test]
fn a_portrait_is_cut_anew_without_the_network_and_only_where_the_standard_allows() {
    let developed = engine().develop(&photo("hopper_plain_wall.jpg"), &chsi()).unwrap();
    let negative = developed.negative.expect("one person");
    let (same, rest) = engine().recompose(&negative, &Nudge::default()).unwrap();
    assert_eq!(same.portrait, developed.made.portrait, "unmoved it is the same file");
    assert!(rest.right_px.abs() < 1e-6 && rest.down_px.abs() < 1e-6 && rest.larger.abs() < 1e-6);

    let wanted = Nudge { right_px: 5.0, down_px: -4.0, larger: 0.0 };
    let (moved, nudge) = engine().recompose(&negative, &wanted).unwrap();
    assert!((nudge.right_px - 5.0).abs() < 0.01 && (nudge.down_px + 4.0).abs() < 0.01, "{nudge:?}");
    assert_eq!(moved.verdict.outcome, Severity::Pass);

    for far in [-1.0, 1.0] {
        let wanted = Nudge { right_px: 400.0 * far, down_px: 400.0 * far, larger: 0.9 * far };
        let (held, _) = engine().recompose(&negative, &wanted).unwrap();
        for id in [
            FindingId::GeometryHairline,
            FindingId::GeometryEyeLine,
            FindingId::GeometryFaceWidth,
            FindingId::GeometryCentred,
        ] {
            assert_eq!(severity(&held.verdict, id), Severity::Pass, "{id:?}");
        }
    }
}
