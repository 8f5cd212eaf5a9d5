//! The live coach with the real models: sample photos are set into 640×480 frames, moved, scaled, turned, mirrored and
//! lit from the side, and what the coach says is what such a person should hear.

mod shared;

use std::sync::OnceLock;
use std::time::Duration;

use gradshot_imaging::decode::{DecodeLimits, decode};
use gradshot_imaging::{Coach, Coaching, Hint, Mesh, Picture};

use shared::{chsi, engine, photo};

const WIDTH: u32 = 640;
const HEIGHT: u32 = 480;
/// Thirty frames a second.
const FRAME: Duration = Duration::from_millis(33);
/// Frames that let every hint come that is to come.
const A_WHILE: usize = 26;

/// How a photo is set into a frame.
#[derive(Clone, Copy)]
struct Scene {
    /// Face width in the frame.
    face_px: f64,
    /// Where the point between the eyes lies.
    eyes: (f64, f64),
    /// Turned clockwise as seen.
    tilt_deg: f64,
    /// Features shifted within the face's outline, right and down, in face widths: a head that turns and nods.
    shift: (f64, f64),
    /// Lids drawn together, 0 to 1.
    squint: f64,
    /// Irises shifted to the frame's right, in face widths.
    gaze: f64,
    mirrored: bool,
    /// Factors on the light at the frame's left and right sides of the face.
    light: (f64, f64),
    /// Strength of the noise, levels.
    noise: f64,
    seed: u32,
}

const GOOD: Scene = Scene {
    face_px: 130.0,
    eyes: (320.0, 195.0),
    tilt_deg: 0.0,
    shift: (0.0, 0.0),
    squint: 0.0,
    gaze: 0.0,
    mirrored: false,
    light: (1.0, 1.0),
    noise: 0.0,
    seed: 0,
};

impl Scene {
    /// The place whose pixel a turned or nodding head shows here: the middle of the face moves, its outline stays.
    fn undo_shift(&self, u: f64, v: f64) -> (f64, f64) {
        let reach =
            |distance: f64, radius: f64| (1.0 - (distance / (radius * self.face_px)).powi(2)).max(0.0);
        let moved = reach(u, 0.5) * reach(v - 0.25 * self.face_px, 0.75) * self.face_px;
        (u - self.shift.0 * moved, v - self.shift.1 * moved)
    }

    /// The place whose pixel a narrow eye, or one that looks aside, shows here; (x, y) from the eye's middle.
    fn undo_look(&self, x: f64, y: f64) -> (f64, f64) {
        let (wide, high) = (0.20 * self.face_px, 0.11 * self.face_px);
        let inside = (1.0 - (x / wide).powi(2)).max(0.0) * (1.0 - (y / high).powi(2)).max(0.0);
        let stretched = y.signum() * high * (y.abs() / high).powf(1.0 - self.squint);
        (x - self.gaze * self.face_px * inside, if inside > 0.0 { stretched } else { y })
    }
}

struct Photo {
    picture: Picture,
    mesh: Mesh,
}

impl Photo {
    fn open(name: &str) -> Self {
        let bytes = photo(name);
        let picture = decode(&bytes, &DecodeLimits::default()).expect("the photos are sound");
        let mesh = engine().look(&picture).expect("the models run").subject.expect("there is a face").mesh;
        Self { picture, mesh }
    }

    /// The frame that a camera would see; beyond the photo its edge goes on.
    fn frame(&self, scene: Scene) -> Picture {
        let scale = self.mesh.bounds().width / scene.face_px;
        let (sin, cos) = scene.tilt_deg.to_radians().sin_cos();
        let eyes = self.mesh.eye_centre();
        let [left, right] = self.mesh.pupils();
        let half_gap = left.distance(right) / 2.0 / scale;
        let mut random = scene.seed.wrapping_mul(2_654_435_761).wrapping_add(1);
        let mut rgb = Vec::with_capacity((WIDTH * HEIGHT * 3) as usize);
        for y in 0..HEIGHT {
            for x in 0..WIDTH {
                let (dx, dy) = (f64::from(x) - scene.eyes.0, f64::from(y) - scene.eyes.1);
                let (u, v) = (dx * cos + dy * sin, dy * cos - dx * sin);
                let (u, v) = scene.undo_shift(u, v);
                let eye = if u < 0.0 { -half_gap } else { half_gap };
                let (u, v) = scene.undo_look(u - eye, v);
                let u = if scene.mirrored { -u - eye } else { u + eye };
                let across = (dx / (0.35 * scene.face_px)).clamp(-1.0, 1.0) / 2.0 + 0.5;
                let light = scene.light.0 * (1.0 - across) + scene.light.1 * across;
                for value in bilinear(&self.picture, eyes.x + u * scale, eyes.y + v * scale) {
                    random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let noise = (f64::from(random) / f64::from(u32::MAX) * 2.0 - 1.0) * scene.noise;
                    rgb.push((value * light + noise).round().clamp(0.0, 255.0) as u8);
                }
            }
        }
        Picture::new(WIDTH, HEIGHT, rgb).expect("sizes agree")
    }
}

fn bilinear(picture: &Picture, x: f64, y: f64) -> [f64; 3] {
    let (x, y) = (x.max(0.0), y.max(0.0));
    let row = |down: u32| {
        let [left, right] =
            [0, 1].map(|aside| picture.pixel(x as u32 + aside, y as u32 + down).map(f64::from));
        std::array::from_fn::<f64, 3, _>(|i| left[i] + (right[i] - left[i]) * x.fract())
    };
    let (upper, lower) = (row(0), row(1));
    std::array::from_fn(|i| upper[i] + (lower[i] - upper[i]) * y.fract())
}

fn hopper() -> &'static Photo {
    static PHOTO: OnceLock<Photo> = OnceLock::new();
    PHOTO.get_or_init(|| Photo::open("grace_hopper.jpg"))
}

/// A coach and its clock.
struct Studio {
    coach: Coach,
    at: Duration,
}

impl Studio {
    fn open() -> Self {
        let coach = engine().coach(&chsi()).unwrap_or_else(|error| panic!("{error}"));
        Self { coach, at: Duration::ZERO }
    }

    fn see(&mut self, frame: &Picture) -> Coaching {
        self.at += FRAME;
        self.coach.see(frame, self.at).expect("the models run")
    }

    fn since(&self, moment: Duration) -> Duration {
        self.at.saturating_sub(moment)
    }

    fn see_a_while(&mut self, frame: &Picture) -> Coaching {
        (0..A_WHILE).map(|_| self.see(frame)).last().expect("a while has frames")
    }
}

fn said(scene: Scene) -> Vec<Hint> {
    let coaching = Studio::open().see_a_while(&hopper().frame(scene));
    assert_eq!(coaching.ready, coaching.hints.is_empty(), "{:?}", coaching.hints);
    coaching.hints
}

/// What the person hears on the other side, when the picture is a mirror image.
fn other_side(hint: Hint) -> Hint {
    match hint {
        Hint::MoveLeft => Hint::MoveRight,
        Hint::LightFromLeft => Hint::LightFromRight,
        Hint::TiltLeft => Hint::TiltRight,
        Hint::RaiseLeftShoulder => Hint::RaiseRightShoulder,
        Hint::TurnLeft => Hint::TurnRight,
        Hint::MoveRight => Hint::MoveLeft,
        Hint::LightFromRight => Hint::LightFromLeft,
        Hint::TiltRight => Hint::TiltLeft,
        Hint::RaiseRightShoulder => Hint::RaiseLeftShoulder,
        Hint::TurnRight => Hint::TurnLeft,
        neither => neither,
    }
}

#[test]
fn a_good_frame_gets_no_hint_and_is_ready_after_half_a_second() {
    let frame = hopper().frame(GOOD);
    let mut studio = Studio::open();
    let first = studio.see(&frame);
    assert_eq!((first.hints.as_slice(), first.ready, first.faces), ([].as_slice(), false, 1));
    let began = studio.at;
    while studio.since(began) < Duration::from_millis(1500) {
        let coaching = studio.see(&frame);
        assert_eq!(coaching.hints, []);
        assert_eq!(coaching.ready, studio.since(began) >= Duration::from_millis(500), "{:?}", studio.at);
    }
}

#[test]
fn who_stands_wrong_hears_where_to_go() {
    for (scene, hint) in [
        (Scene { face_px: 48.0, ..GOOD }, Hint::ComeCloser),
        (Scene { face_px: 270.0, eyes: (320.0, 250.0), ..GOOD }, Hint::StepBack),
        // The picture's left is the person's right.
        (Scene { eyes: (70.0, 195.0), ..GOOD }, Hint::MoveLeft),
        (Scene { eyes: (570.0, 195.0), ..GOOD }, Hint::MoveRight),
        (Scene { eyes: (320.0, 90.0), ..GOOD }, Hint::Lower),
        (Scene { eyes: (320.0, 370.0), ..GOOD }, Hint::Taller),
    ] {
        assert_eq!(said(scene).first(), Some(&hint));
    }
}

#[test]
fn a_tilted_person_hears_which_way_is_upright() {
    // Clockwise as seen is towards the person's own left.
    let clockwise = said(Scene { tilt_deg: 12.0, ..GOOD });
    assert!(
        clockwise.contains(&Hint::TiltRight) && clockwise.contains(&Hint::RaiseLeftShoulder),
        "{clockwise:?}"
    );
    let back = said(Scene { tilt_deg: -12.0, ..GOOD });
    assert!(back.contains(&Hint::TiltLeft) && back.contains(&Hint::RaiseRightShoulder), "{back:?}");
}

#[test]
fn the_shoulders_line_turns_with_the_picture() {
    let slope = |scene| {
        let frame = hopper().frame(scene);
        let mesh = engine().look(&frame).expect("the models run").subject.expect("there is a face").mesh;
        let shoulders = engine().shoulders(&frame, &mesh).expect("the models run");
        shoulders.expect("the shoulders are seen").angle_deg
    };
    let level = slope(GOOD);
    assert!(level.abs() < 5.0, "{level}");
    for tilt_deg in [-12.0, 12.0] {
        let turned = slope(Scene { tilt_deg, ..GOOD }) - level;
        assert!((turned - tilt_deg).abs() < 4.0, "{turned} for {tilt_deg}");
    }
    let mirrored = slope(Scene { mirrored: true, ..GOOD });
    assert!((mirrored + level).abs() < 1.0, "{mirrored} for {level}");
}

#[test]
fn a_head_that_turns_or_nods_is_brought_back() {
    assert_eq!(said(Scene { shift: (0.17, 0.0), ..GOOD }), [Hint::TurnRight]);
    assert_eq!(said(Scene { shift: (-0.17, 0.0), ..GOOD }), [Hint::TurnLeft]);
    assert_eq!(said(Scene { shift: (0.0, 0.17), ..GOOD }), [Hint::ChinUp]);
    assert_eq!(said(Scene { shift: (0.0, -0.17), ..GOOD }), [Hint::ChinDown]);
}

#[test]
fn eyes_have_to_be_open_and_look_into_the_lens() {
    let photo = Photo::open("giunchedi.jpg");
    let said = |scene| Studio::open().see_a_while(&photo.frame(scene)).hints;
    assert_eq!(said(GOOD), []);
    assert_eq!(said(Scene { squint: 0.8, ..GOOD }), [Hint::OpenEyes]);
    assert_eq!(said(Scene { gaze: 0.08, ..GOOD }), [Hint::LookIntoLens]);
}

#[test]
fn a_blink_is_not_talked_about_but_holds_the_shutter() {
    let photo = Photo::open("giunchedi.jpg");
    let (open, shut) = (photo.frame(GOOD), photo.frame(Scene { squint: 0.8, ..GOOD }));
    let mut studio = Studio::open();
    assert!(studio.see_a_while(&open).ready);
    let blink: Vec<Coaching> = (0..7).map(|_| studio.see(&shut)).collect();
    assert!(blink.iter().all(|coaching| coaching.hints.is_empty()));
    assert!(!blink.last().expect("seven frames").ready);
    let after: Vec<Coaching> = (0..A_WHILE).map(|_| studio.see(&open)).collect();
    assert!(after.iter().all(|coaching| coaching.hints.is_empty()));
    assert!(!after[0].ready && after.last().expect("a while has frames").ready);
}

#[test]
fn wrong_light_is_named() {
    assert_eq!(said(Scene { light: (0.25, 0.25), ..GOOD }), [Hint::TooDark]);
    assert!(said(Scene { light: (1.8, 1.8), ..GOOD }).contains(&Hint::TooBright));
    assert!(said(Scene { light: (0.35, 1.0), ..GOOD }).contains(&Hint::LightFromLeft));
    assert!(said(Scene { light: (1.0, 0.35), ..GOOD }).contains(&Hint::LightFromRight));
}

#[test]
fn a_mirrored_picture_swaps_left_and_right_and_nothing_else() {
    for scene in [
        GOOD,
        Scene { eyes: (70.0, 195.0), ..GOOD },
        Scene { tilt_deg: 12.0, ..GOOD },
        Scene { light: (0.35, 1.0), ..GOOD },
        Scene { shift: (0.17, 0.0), ..GOOD },
        Scene { face_px: 48.0, ..GOOD },
    ] {
        let mirror = Scene {
            mirrored: true,
            eyes: (f64::from(WIDTH) - scene.eyes.0, scene.eyes.1),
            tilt_deg: -scene.tilt_deg,
            shift: (-scene.shift.0, scene.shift.1),
            light: (scene.light.1, scene.light.0),
            ..scene
        };
        let mut swapped: Vec<Hint> = said(scene).into_iter().map(other_side).collect();
        swapped.sort_unstable();
        assert_eq!(said(mirror), swapped);
    }
}

#[test]
fn nobody_and_several_people_are_told_so() {
    let open = |name: &str| {
        let bytes = photo(&format!("refused/{name}"));
        decode(&bytes, &DecodeLimits::default()).expect("they are sound")
    };
    let nobody = Studio::open().see_a_while(&open("coffee.jpg"));
    assert_eq!((nobody.hints.as_slice(), nobody.faces), ([Hint::FaceTheCamera].as_slice(), 0));
    assert!(nobody.overlay.face.is_none() && !nobody.ready);
    let two = Studio::open().see_a_while(&open("two_people.jpg"));
    assert_eq!((two.hints.as_slice(), two.faces), ([Hint::OnePersonOnly].as_slice(), 2));
    assert!(!two.ready);
}

#[test]
fn parted_lips_are_asked_to_close() {
    let photo = Photo::open("refused/astronaut.jpg");
    let coaching = Studio::open().see_a_while(&photo.frame(GOOD));
    assert!(coaching.hints.contains(&Hint::CloseMouth), "{:?}", coaching.hints);
}

#[test]
fn trembling_and_noise_change_a_hint_at_most_once() {
    // In order, at the very limit of the tilt, beyond it, and at the limits of where to stand.
    let scenes = [
        GOOD,
        Scene { tilt_deg: 7.6, ..GOOD },
        Scene { tilt_deg: 8.6, ..GOOD },
        Scene { face_px: 62.0, ..GOOD },
        Scene { eyes: (150.0, 195.0), ..GOOD },
        Scene { light: (0.47, 0.47), ..GOOD },
    ];
    for scene in scenes {
        let mut studio = Studio::open();
        let (mut before, mut changes) = (Vec::new(), 0);
        for i in 0..45u32 {
            let jump = |salt: u32| f64::from((i.wrapping_mul(7919) ^ salt) % 3) - 1.0;
            let eyes = (scene.eyes.0 + jump(5), scene.eyes.1 + jump(11));
            let hints = studio.see(&hopper().frame(Scene { eyes, noise: 8.0, seed: i, ..scene })).hints;
            // Several hints of one fault may come in two frames; none may go again.
            changes += usize::from(before.iter().any(|hint| !hints.contains(hint)));
            before = hints;
        }
        assert_eq!(changes, 0, "at {:?}, {}°", scene.eyes, scene.tilt_deg);
    }
}

#[test]
fn ready_is_lost_on_a_fault_and_comes_back_half_a_second_after_its_cure() {
    let (good, tilted) = (hopper().frame(GOOD), hopper().frame(Scene { tilt_deg: 14.0, ..GOOD }));
    let mut studio = Studio::open();
    assert!(studio.see_a_while(&good).ready);
    let fault_at = studio.at;
    while studio.see(&tilted).ready {
        assert!(studio.since(fault_at) < Duration::from_millis(200), "a fault has to be noticed");
    }
    assert!(studio.see_a_while(&tilted).hints.contains(&Hint::TiltRight));
    let cured_at = studio.at;
    while !studio.see(&good).ready {
        assert!(studio.since(cured_at) < Duration::from_secs(3), "the cure has to be noticed");
    }
    assert!(studio.since(cured_at) >= Duration::from_millis(500));
}

#[test]
fn frames_that_stop_coming_hold_nothing() {
    let frame = hopper().frame(GOOD);
    let mut studio = Studio::open();
    assert!(studio.see_a_while(&frame).ready);
    studio.at += Duration::from_secs(2);
    assert!(!studio.see(&frame).ready);
}

#[test]
fn strange_frames_and_a_clock_that_jumps_back_are_survived() {
    let frame = hopper().frame(GOOD);
    let mut studio = Studio::open();
    for (width, height) in [(1, 1), (2000, 3), (3, 2000), (64, 64)] {
        let empty = studio.see(&Picture::filled(width, height, [128; 3]));
        assert_eq!((empty.faces, empty.ready), (0, false));
        assert_eq!(studio.see(&frame).faces, 1);
        studio.at = studio.at.saturating_sub(Duration::from_secs(1));
    }
}

#[test]
fn somebody_who_walks_through_is_not_still() {
    let mut studio = Studio::open();
    let mut last = None;
    for i in 0..14u32 {
        let frame = hopper().frame(Scene { eyes: (200.0 + 14.0 * f64::from(i), 195.0), ..GOOD });
        last = Some(studio.see(&frame));
    }
    let last = last.expect("frames were seen");
    assert_eq!((last.hints.as_slice(), last.ready), ([Hint::HoldStill].as_slice(), false));
}

#[test]
fn the_overlay_lies_over_the_face() {
    let coaching = Studio::open().see_a_while(&hopper().frame(GOOD));
    let overlay = coaching.overlay;
    let face = overlay.face.expect("there is a face");
    let eyes = face.eyes[0].midway(face.eyes[1]);
    assert!((eyes.x - GOOD.eyes.0).abs() < 4.0 && (eyes.y - GOOD.eyes.1).abs() < 4.0, "{eyes:?}");
    assert!((face.bounds.width - GOOD.face_px).abs() < 8.0, "{face:?}");
    assert!((overlay.eye_line.from..overlay.eye_line.to).contains(&eyes.y), "{overlay:?}");
    assert!((overlay.hairline.from..overlay.hairline.to).contains(&face.crown_y), "{overlay:?}");
    let side = |span: gradshot_imaging::Span| span.to - span.from;
    assert!(side(overlay.narrowest) < face.bounds.width && face.bounds.width < side(overlay.widest));
    assert!((overlay.crop.width / overlay.crop.height - 0.75).abs() < 1e-6);
    let [left, right] = face.shoulders.expect("the shoulders are seen");
    assert!(left.x < face.bounds.left && right.x > face.bounds.right() && left.y > face.bounds.bottom());
}

#[test]
fn pages_read_hints_with_their_words() {
    let frame = hopper().frame(Scene { light: (0.25, 0.25), ..GOOD });
    let json = serde_json::to_value(Studio::open().see_a_while(&frame)).expect("it can be written");
    let said = serde_json::json!([{ "id": "too_dark", "zh": "光线太暗", "en": "Too dark" }]);
    assert_eq!((&json["hints"], &json["ready"], &json["faces"]), (&said, &false.into(), &1.into()));
    assert!(json["overlay"]["eye_line"]["from"].is_number(), "{json}");
}

#[test]
fn a_jpeg_frame_is_seen_like_its_pixels() {
    let frame = hopper().frame(GOOD);
    let mut jpeg = Vec::new();
    let image = image::RgbImage::from_raw(WIDTH, HEIGHT, frame.rgb().to_vec()).expect("sizes agree");
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 90);
    image.write_with_encoder(encoder).expect("a frame can be written");
    let mut studio = Studio::open();
    let seen = studio.coach.see_jpeg(&jpeg, FRAME).expect("it is a picture");
    assert_eq!((seen.hints.as_slice(), seen.faces), ([].as_slice(), 1));
    assert!(studio.coach.see_jpeg(b"not a picture", FRAME * 2).is_err());
}
