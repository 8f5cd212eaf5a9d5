//! One good shot, spoilt in one way at a time: the finding that names the fault is there, and the good shot has none.

mod shared;

use std::sync::OnceLock;

use gradshot_domain::{FindingId, Severity, Verdict};
use gradshot_imaging::decode::{DecodeLimits, decode};
use gradshot_imaging::{Mesh, Picture};

use shared::{chsi, engine, photo};

/// The good shot, and where its face is.
fn good() -> &'static (Picture, Mesh) {
    static GOOD: OnceLock<(Picture, Mesh)> = OnceLock::new();
    GOOD.get_or_init(|| {
        let picture =
            decode(&photo("hopper_plain_wall.jpg"), &DecodeLimits::default()).expect("a sound file");
        let mesh = engine().look(&picture).expect("a look").subject.expect("a face").mesh;
        (picture, mesh)
    })
}

/// The verdict on the good shot with every pixel changed by its colour and place.
fn spoilt(change: impl Fn([u8; 3], f64, f64) -> [u8; 3]) -> Verdict {
    let (picture, _) = good();
    let image = image::RgbImage::from_fn(picture.width_px(), picture.height_px(), |x, y| {
        image::Rgb(change(picture.pixel(x, y), f64::from(x), f64::from(y)))
    });
    let mut jpeg = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 92);
    image.write_with_encoder(encoder).expect("a picture can be written");
    engine().standardize(&jpeg, &chsi()).expect("a picture can be judged").verdict
}

fn severity(verdict: &Verdict, id: FindingId) -> Severity {
    verdict.finding(id).unwrap_or_else(|| panic!("{id:?} was not measured")).severity
}

fn times(colour: [u8; 3], factors: [f64; 3]) -> [u8; 3] {
    std::array::from_fn(|c| (f64::from(colour[c]) * factors[c]).clamp(0.0, 255.0) as u8)
}

#[test]
fn unspoilt_nothing_is_said() {
    let verdict = spoilt(|colour, _, _| colour);
    assert_eq!(verdict.outcome, Severity::Pass, "{:?}", verdict.complaints().collect::<Vec<_>>());
}

#[test]
fn a_half_lit_face() {
    let middle = good().1.bounds().centre().x;
    let verdict = spoilt(|colour, x, _| times(colour, if x < middle { [1.1; 3] } else { [0.3; 3] }));
    assert!(severity(&verdict, FindingId::LightEven) > Severity::Pass);
}

#[test]
fn a_burnt_out_face() {
    let verdict = spoilt(|colour, _, _| times(colour, [3.5; 3]));
    assert_eq!(severity(&verdict, FindingId::LightHighlights), Severity::Retake);
}

#[test]
fn a_coloured_lamp_and_a_black_and_white_photo() {
    let tungsten = spoilt(|colour, _, _| times(colour, [1.25, 1.0, 0.35]));
    assert_eq!(severity(&tungsten, FindingId::ColourCast), Severity::Retake);
    let grey = spoilt(|colour, _, _| [colour[1]; 3]);
    assert_eq!(severity(&grey, FindingId::ColourCast), Severity::Retake);
}

#[test]
fn clothes_of_the_backdrops_colour() {
    let neck = good().1.chin().y + 0.1 * good().1.bounds().height;
    let verdict = spoilt(|colour, _, y| {
        let dark = colour.iter().all(|&channel| channel < 90);
        if y > neck && dark { [104, 190, 250] } else { colour }
    });
    assert_eq!(severity(&verdict, FindingId::ClothesContrast), Severity::Retake);
}

#[test]
fn a_lamp_in_the_glasses() {
    let mesh = &good().1;
    let (outer, inner) = (mesh.landmark(33).at, mesh.landmark(133).at);
    let (eye, width) = (outer.midway(inner), outer.distance(inner));
    let verdict = spoilt(|colour, x, y| {
        let (u, v) = ((x - eye.x) / width, (y - eye.y - 0.25 * width) / (0.3 * width));
        if u * u + v * v < 0.5 { [255; 3] } else { colour }
    });
    assert!(severity(&verdict, FindingId::GlassesGlare) > Severity::Pass);
}

#[test]
fn sunglasses() {
    let mesh = &good().1;
    let eyes = [(33, 133), (263, 362)].map(|(a, b)| (mesh.landmark(a).at, mesh.landmark(b).at));
    let verdict = spoilt(|colour, x, y| {
        let behind = eyes.iter().any(|(a, b)| {
            let (middle, width) = (a.midway(*b), a.distance(*b));
            let (u, v) = ((x - middle.x) / width, (y - middle.y) / (0.9 * width));
            u * u + v * v < 1.0
        });
        if behind { times(colour, [0.12; 3]) } else { colour }
    });
    assert!(severity(&verdict, FindingId::GlassesTint) > Severity::Pass);
}

#[test]
fn a_photo_of_a_screen() {
    let width = f64::from(good().0.width_px());
    let verdict = spoilt(|colour, x, y| {
        let (u, v) = (x * 480.0 / width, y * 480.0 / width);
        times(colour, [1.0 + 0.16 * (u * 1.9 + v * 0.9).sin() + 0.16 * (v * 1.7 - u * 0.7).sin(); 3])
    });
    assert!(severity(&verdict, FindingId::Recapture) > Severity::Pass);
}

#[test]
fn a_shaken_camera() {
    let (picture, _) = good();
    let verdict = spoilt(|_, x, y| {
        let sums = (-16..=16).fold([0u32; 3], |sums, step| {
            let near = picture.pixel((x + f64::from(step)).max(0.0) as u32, y as u32);
            std::array::from_fn(|c| sums[c] + u32::from(near[c]))
        });
        sums.map(|sum| (sum / 33) as u8)
    });
    assert!(severity(&verdict, FindingId::Sharpness) > Severity::Pass);
}

#[test]
fn a_busy_wall() {
    let (picture, mesh) = good();
    let head = mesh.bounds();
    let verdict = spoilt(|colour, x, y| {
        let wall = colour.iter().all(|&channel| channel > 195) && (x - head.centre().x).abs() > head.width;
        let stripe = ((x / f64::from(picture.width_px()) * 24.0 + y / 40.0) as u32).is_multiple_of(2);
        if wall && stripe { [60, 70, 60] } else { colour }
    });
    assert!(severity(&verdict, FindingId::BackgroundUniform) > Severity::Pass);
}

#[test]
fn the_same_person_and_another_one() {
    let spec = chsi();
    let (_, first) = engine().standardize_comparing(&photo("grace_hopper.jpg"), &spec, None).unwrap();
    let compared = |name: &str| {
        let (made, _) = engine().standardize_comparing(&photo(name), &spec, first.as_ref()).unwrap();
        severity(&made.verdict, FindingId::SamePerson)
    };
    assert_eq!(compared("hopper_plain_wall.jpg"), Severity::Pass);
    assert_eq!(compared("giunchedi.jpg"), Severity::Retake);
    let (alone, _) = engine().standardize_comparing(&photo("giunchedi.jpg"), &spec, None).unwrap();
    assert_eq!(severity(&alone.verdict, FindingId::SamePerson), Severity::Pass, "nothing to compare with");
}
