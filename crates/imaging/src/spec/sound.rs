//! What has to hold in a spec for the rest of the house to rely on it.

use super::{Band, MM_PER_INCH, PictureSize, Spec};

/// Largest side of a portrait, pixels.
const MAX_SIDE_PX: u32 = 4096;
/// Longest id of a spec or a colour, bytes.
const MAX_ID_BYTES: usize = 40;
/// Sizes on paper are stated in whole millimetres, so that pixels may say up to this much more or less.
const ROUNDING_MM: f64 = 0.5;

/// Why the text is not a spec, in one line that says where.
pub(super) fn malformed(toml: &str, error: &toml::de::Error) -> String {
    let before = error.span().map(|span| toml.bytes().take(span.start));
    match before {
        Some(before) => {
            format!("line {}: {}", before.filter(|byte| *byte == b'\n').count() + 1, error.message())
        }
        None => error.message().to_owned(),
    }
}

/// What does not hold in this spec, if anything.
pub(super) fn contradiction(spec: &Spec) -> Option<&'static str> {
    naming(spec).or_else(|| paper(&spec.picture)).or_else(|| file(spec)).or_else(|| geometry(spec)).or_else(
        || {
            let tolerances = [spec.pose.yaw, spec.pose.pitch, spec.pose.roll];
            let in_order = tolerances
                .iter()
                .all(|t| 0.0 < t.pass_deg && t.pass_deg <= t.retake_deg && t.retake_deg < 90.0);
            first_broken([(in_order, "a pose's pass_deg and retake_deg are not in order")])
        },
    )
}

/// Ids, names and sources.
fn naming(spec: &Spec) -> Option<&'static str> {
    let Spec { picture, file, geometry, background, pose, forbidden, .. } = spec;
    let sources = [
        &spec.source,
        &picture.source,
        &file.source,
        &geometry.source,
        &background.source,
        &pose.source,
        &forbidden.source,
    ];
    let colours = &background.colours;
    let doubled = |index: usize| colours[..index].iter().any(|before| before.id == colours[index].id);
    first_broken([
        (!spec.id.is_empty(), "id is empty"),
        (is_id(&spec.id), "id has other signs than a-z, 0-9, - or is too long"),
        (named(&spec.zh) && named(&spec.en), "zh or en is empty"),
        (sources.iter().all(|source| named(source)), "a source is empty: every figure needs one"),
        (geometry.derived.as_deref().is_none_or(named), "derived is empty: say how, or leave it out"),
        (colours.iter().all(|colour| is_id(&colour.id)), "a colour's id has other signs than a-z, 0-9, -"),
        (colours.iter().all(|colour| named(&colour.zh) && named(&colour.en)), "a colour has no name"),
        (!(0..colours.len()).any(doubled), "two colours have the same id"),
        (background.colour(None).is_some(), "the default background is not among the colours"),
    ])
}

/// Pixels, density and millimetres.
fn paper(picture: &PictureSize) -> Option<&'static str> {
    let sides = [picture.width_px, picture.height_px];
    let agrees = |pixels: u32, mm: f64| {
        (f64::from(pixels) / f64::from(picture.dpi) * MM_PER_INCH - mm).abs() <= ROUNDING_MM
    };
    first_broken([
        (sides.iter().all(|side| (16..=MAX_SIDE_PX).contains(side)), "a side is not 16 to 4096 pixels"),
        (picture.dpi > 0, "dpi is zero"),
        (
            picture.print_mm.is_none_or(|size| {
                agrees(picture.width_px, size.width_mm) && agrees(picture.height_px, size.height_mm)
            }),
            "print_mm is not what the pixels and dpi say",
        ),
    ])
}

/// Kilobytes and quality.
fn file(spec: &Spec) -> Option<&'static str> {
    let rule = &spec.file;
    let both = rule.target_kb.zip(rule.allowed_kb);
    let none = rule.target_kb.is_none() && rule.allowed_kb.is_none();
    let quality = 1..=100;
    first_broken([
        (none || both.is_some(), "target_kb and allowed_kb go together: give both or none"),
        (both.is_none_or(|(target, allowed)| sensible(&target) && sensible(&allowed)), EMPTY_BAND),
        (both.is_none_or(|(target, allowed)| target.min >= allowed.min), "target_kb begins below allowed_kb"),
        (both.is_none_or(|(target, allowed)| target.max <= allowed.max), "target_kb ends above allowed_kb"),
        (quality.contains(&rule.quality_min), "quality_min is not 1 to 100"),
        (
            quality.contains(&rule.quality_aim) && rule.quality_aim >= rule.quality_min,
            "quality_aim is below quality_min or above 100",
        ),
    ])
}

/// Lines and widths against the picture's sides.
fn geometry(spec: &Spec) -> Option<&'static str> {
    let (width, height) = (f64::from(spec.picture.width_px), f64::from(spec.picture.height_px));
    let rules = &spec.geometry;
    let bands = [rules.hairline_px, rules.eye_line_px, rules.face_width_px];
    first_broken([
        (bands.iter().all(sensible), EMPTY_BAND),
        (rules.hairline_px.max <= height && rules.eye_line_px.max <= height, "a line lies below the picture"),
        (rules.hairline_px.min < rules.eye_line_px.max, "the hairline lies below the eyes"),
        (rules.face_width_px.max <= width, "the face is wider than the picture"),
        ((0.0..width / 2.0).contains(&rules.centre_offset_max_px), "centre_offset_max_px leaves the picture"),
    ])
}

const EMPTY_BAND: &str = "a band is empty, negative or not a number";

fn sensible(band: &Band) -> bool {
    band.min.is_finite() && band.max.is_finite() && band.min >= 0.0 && band.min < band.max
}

fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= MAX_ID_BYTES
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn named(text: &str) -> bool {
    !text.trim().is_empty()
}

fn first_broken<const N: usize>(rules: [(bool, &'static str); N]) -> Option<&'static str> {
    rules.into_iter().find_map(|(holds, reason)| (!holds).then_some(reason))
}
