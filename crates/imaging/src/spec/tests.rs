//! What a spec promises, and that every shipped one keeps it.

use super::*;
use crate::crop::{Head, Room, solve};

const CHSI: &str = include_str!("../../../../assets/specs/chsi.toml");

fn parse(toml: &str) -> Result<Spec, SpecError> {
    Spec::parse(toml, Path::new("test.toml"))
}

fn shipped() -> Specs {
    Specs::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/specs")).unwrap()
}

#[test]
fn the_shipped_specs_are_all_sound() {
    let specs = shipped();
    let chsi = specs.get("chsi").unwrap();
    assert_eq!((chsi.picture.width_px, chsi.picture.height_px, chsi.picture.dpi), (480, 640, 300));
    assert_eq!(chsi.background.colour(None).unwrap().rgb, [100, 197, 255]);
    assert_eq!(chsi.background.colour(Some("white")).unwrap().rgb, [255, 255, 255]);
    let missing = specs.get("passport-of-the-moon").unwrap_err().to_string();
    assert!(missing.contains("chsi"), "{missing}");
    for group in Group::ALL {
        assert!(specs.iter().filter(|spec| spec.group == group).count() >= 5, "{group:?}");
    }
}

#[test]
fn a_source_is_a_paper_or_a_page_without_its_scheme() {
    for spec in shipped().iter() {
        let Spec { source, picture, file, geometry, background, pose, forbidden, .. } = spec;
        let parts = [&picture.source, &file.source, &geometry.source, &background.source, &pose.source];
        for text in parts.into_iter().chain([source, &forbidden.source]) {
            assert!(!text.contains("://"), "{}: {text}", spec.id);
        }
    }
}

/// What operators and provinces may narrow is the file and the colours; Xinhua also says how large the head is.
#[test]
fn operators_narrow_the_registry_and_never_widen_it() {
    let specs = shipped();
    let chsi = specs.get("chsi").unwrap();
    let within = |inner: Band, outer: Band| inner.min >= outer.min && inner.max <= outer.max;
    for spec in specs.iter().filter(|spec| spec.group == Group::Chsi) {
        let (id, here, there) = (&spec.id, &spec.geometry, &chsi.geometry);
        assert_eq!(spec.picture.width_px, chsi.picture.width_px, "{id}");
        assert_eq!(spec.picture.height_px, chsi.picture.height_px, "{id}");
        assert!(within(here.hairline_px, there.hairline_px), "{id}");
        assert!(within(here.eye_line_px, there.eye_line_px), "{id}");
        assert!(within(here.face_width_px, there.face_width_px), "{id}");
        assert!(spec.file.quality_min >= chsi.file.quality_min, "{id}");
        assert_eq!((&spec.pose, &spec.forbidden), (&chsi.pose, &chsi.forbidden), "{id}");
        for colour in &spec.background.colours {
            assert!(chsi.background.colours.contains(colour), "{id}: {}", colour.id);
        }
    }
}

/// Bands that exclude each other would send everyone back to the camera. Heads differ in how high the hair stands
/// over the eyes: 0.7 to 1.0 face widths is short hair to full hair.
#[test]
fn every_shipped_spec_has_room_for_ordinary_heads() {
    for spec in shipped().iter() {
        for hair in [0.7, 0.8, 0.9, 1.0] {
            let (face_width, eye_line_y) = (1200.0, 4000.0);
            let hairline_y = Some(eye_line_y - hair * face_width);
            let head = Head { hairline_y, eye_line_y, face_width, centre_x: 5000.0 };
            let room = Room { width: 10_000.0, height: 14_000.0, cut_left_y: None, cut_right_y: None };
            let crop = solve(&head, &room, spec);
            let rules = &spec.geometry;
            let inside = |value: f64, band: Band| band.min - 1e-6 <= value && value <= band.max + 1e-6;
            assert!(crop.hairline_px.is_some_and(|y| inside(y, rules.hairline_px)), "{} {crop:?}", spec.id);
            assert!(inside(crop.eye_line_px, rules.eye_line_px), "{} at hair {hair}: {crop:?}", spec.id);
            assert!(inside(crop.face_width_px, rules.face_width_px), "{} {crop:?}", spec.id);
        }
    }
}

#[test]
fn a_background_is_chosen_by_its_name() {
    let specs = shipped();
    let red = specs.get("one-inch").unwrap().clone().with_background("red").unwrap();
    assert_eq!(red.background.colour(None).unwrap().id, "red");
    let refused = specs.get("chsi").unwrap().clone().with_background("pink").unwrap_err().to_string();
    assert_eq!(refused, "the spec chsi has no background named pink; it has: light-blue, white, light-grey");
}

#[test]
fn paper_knows_a_size_without_millimetres_too() {
    let specs = shipped();
    let size = |id: &str| specs.get(id).unwrap().print_size();
    assert_eq!(size("one-inch"), PrintSize { width_mm: 25.0, height_mm: 35.0 });
    let chsi = size("chsi");
    assert!((chsi.width_mm - 40.64).abs() < 0.01 && (chsi.height_mm - 54.19).abs() < 0.01, "{chsi:?}");
}

#[test]
fn without_a_size_to_aim_at_no_size_is_wrong() {
    let specs = shipped();
    let open = specs.get("one-inch").unwrap().file.size_limit();
    assert!(open.holds(0.1) && open.holds(1e9));
    let chsi = specs.get("chsi").unwrap().file.size_limit();
    assert!(chsi.holds(30.0) && chsi.holds(40.0) && !chsi.holds(29.9) && !chsi.holds(40.1));
}

#[test]
fn a_spec_that_contradicts_itself_is_refused() {
    for (from, to) in [
        ("eye_line_px = [200, 300]", "eye_line_px = [300, 200]"),
        ("eye_line_px = [200, 300]", "eye_line_px = [200, 3000]"),
        ("face_width_px = [180, 300]", "face_width_px = [180, 481]"),
        ("target_kb = [30, 40]", "target_kb = [10, 40]"),
        ("target_kb = [30, 40]", "target_kb = [30, 41]"),
        ("target_kb = [30, 40]\n", ""),
        ("quality_min = 60", "quality_min = 0"),
        ("quality_min = 60", "quality_min = 60\nquality_aim = 59"),
        ("width_px = 480", "width_px = 0"),
        ("dpi = 300", "dpi = 300\nprint_mm = [25, 35]"),
        ("default = \"light-blue\"", "default = \"pink\""),
        ("id = \"light-grey\"", "id = \"white\""),
        ("zh = \"白色\"", "zh = \"\""),
        ("roll = { pass_deg = 5, retake_deg = 8 }", "roll = { pass_deg = 9, retake_deg = 8 }"),
        ("id = \"chsi\"", "id = \"../chsi\""),
        ("id = \"chsi\"", "id = \"CHSI\""),
    ] {
        assert!(CHSI.contains(from), "{from}");
        let refused = parse(&CHSI.replacen(from, to, 1));
        assert!(matches!(refused, Err(SpecError::Contradiction { .. })), "{to}: {refused:?}");
    }
}

#[test]
fn a_misspelt_key_is_refused_with_its_name_and_line() {
    let refused = parse(&CHSI.replacen("dpi = 300", "dpi = 300\nflip = true", 1)).unwrap_err().to_string();
    let line = 1 + CHSI.lines().position(|line| line == "dpi = 300").unwrap() + 1;
    assert!(refused.contains("flip") && refused.contains(&format!("line {line}:")), "{refused}");
    let no_group = parse(&CHSI.replacen("group = \"chsi\"", "group = \"school\"", 1)).unwrap_err();
    assert!(no_group.to_string().contains("document"), "{no_group}");
}

#[test]
fn a_file_has_to_be_named_after_its_spec() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("other.toml"), CHSI).unwrap();
    let refused = Specs::load(dir.path()).unwrap_err();
    assert!(matches!(refused, SpecError::Contradiction { .. }), "{refused}");
    assert!(matches!(Specs::load(&dir.path().join("nowhere")), Err(SpecError::Unreadable { .. })));
}
