//! What is known about the person in front of the camera, from one frame to the next.

use std::time::Duration;

use gradshot_domain::FindingId;

use super::Nets;
use super::framing::{Framing, Stand};
use super::gauge::Gauge;
use super::hint::Hint;
use super::light::Light;
use super::steady::{Latch, Patience, Reading, Smooth, Smoothing};
use crate::body::{Shoulders, shoulders};
use crate::expression::{self, Expression};
use crate::geometry::{Point, Window};
use crate::mesh::Mesh;
use crate::picture::Picture;
use crate::pose::Pose;
use crate::session::InferenceError;
use crate::spec::Spec;

/// Pause between two looks at the shoulders, which take as long as the rest of a frame.
const SHOULDERS_EVERY: Duration = Duration::from_millis(200);
/// Pause between two measurements of the light, which changes slowly.
const LIGHT_EVERY: Duration = Duration::from_millis(100);
/// Distance from where the face was on average over the last half second, in face widths: people who stand still
/// sway by 0.03.
const STILL: f64 = 0.05;
const MOVING: f64 = 0.10;

const PLACES: Smoothing = Smoothing { rest_hz: 1.5, hz_per_speed: 0.02 };
const SLOW: Smoothing = Smoothing { rest_hz: 0.4, hz_per_speed: 0.0 };
const ANGLES: Smoothing = Smoothing { rest_hz: 1.2, hz_per_speed: 0.02 };
const FEATURES: Smoothing = Smoothing { rest_hz: 3.0, hz_per_speed: 2.0 };
const LIGHTS: Smoothing = Smoothing { rest_hz: 0.8, hz_per_speed: 0.0 };

/// Short enough to follow, long enough not to flicker.
pub(super) const CALM: Patience =
    Patience { enter: Duration::from_millis(200), leave: Duration::from_millis(300) };
/// A blink takes up to 0.4 s.
const BLINKS: Patience = Patience { enter: Duration::from_millis(450), leave: Duration::from_millis(200) };

/// One person, smoothed and latched. Another person begins anew.
#[derive(Debug)]
pub(super) struct Person {
    place: Place,
    placing: Latch<Hint>,
    still: Latch<Hint>,
    gauges: Gauges,
    light: Paced<Light>,
    shoulders: Paced<Option<Shoulders>>,
}

/// What one look at the person gave.
pub(super) struct Impression {
    pub stand: Stand,
    pub shoulders: Option<Shoulders>,
    /// What to put right, in no order.
    pub hints: Vec<Hint>,
}

#[derive(Debug)]
struct Gauges {
    exposure: Gauge,
    evenness: Gauge,
    yaw: Gauge,
    roll: Gauge,
    pitch: Gauge,
    shoulders: Gauge,
    eyes: Gauge,
    gaze: Gauge,
    lips: Gauge,
}

/// Something that is not measured in every frame.
#[derive(Debug)]
struct Paced<T> {
    every: Duration,
    last: Option<(Duration, T)>,
}

/// The face's place, smoothed.
#[derive(Debug)]
struct Place {
    values: [Smooth; 8],
    slow: [Smooth; 2],
}

impl Person {
    pub(super) fn new() -> Self {
        Self {
            place: Place::new(),
            placing: Latch::new(CALM),
            still: Latch::new(CALM),
            gauges: Gauges::new(),
            light: Paced { every: LIGHT_EVERY, last: None },
            shoulders: Paced { every: SHOULDERS_EVERY, last: None },
        }
    }

    /// Takes in the face in the next frame.
    pub(super) fn see(
        &mut self,
        nets: &Nets,
        frame: &Picture,
        mesh: &Mesh,
        framing: &Framing<'_>,
        at: Duration,
    ) -> Result<Impression, InferenceError> {
        let (stand, sway) = self.place.see(mesh, at);
        let placing = self.placing.see(framing.read(&stand), at);
        let motion = match sway {
            sway if sway > MOVING => Reading::Off(Hint::HoldStill),
            sway if sway > STILL => Reading::Near,
            _ => Reading::Fine,
        };
        let still = self.still.see(motion, at);
        let light = *self.light.see(at, || Ok(Light::on(frame, mesh)))?;
        let shoulders = *self.shoulders.see(at, || shoulders(&nets.movenet, frame, mesh))?;
        let expression = expression::read(&nets.blendshapes, mesh)?;
        let said = self.gauges.see(mesh, &expression, light, shoulders, framing.spec, at);
        let hints = [placing, still].into_iter().flatten().chain(said).collect();
        Ok(Impression { stand, shoulders, hints })
    }

    /// Whether nothing is to be put right, and nothing suspected.
    pub(super) fn is_in_order(&self) -> bool {
        self.placing.is_quiet() && self.still.is_quiet() && self.gauges.are_quiet()
    }
}

impl Gauges {
    fn new() -> Self {
        Self {
            exposure: Gauge::new(FindingId::Exposure, 4.0, LIGHTS, CALM),
            evenness: Gauge::new(FindingId::LightEven, 0.05, LIGHTS, CALM),
            yaw: Gauge::new(FindingId::PoseYaw, 1.5, ANGLES, CALM),
            roll: Gauge::new(FindingId::PoseRoll, 0.8, ANGLES, CALM),
            pitch: Gauge::new(FindingId::PosePitch, 1.5, ANGLES, CALM),
            shoulders: Gauge::new(FindingId::ShouldersLevel, 1.0, ANGLES, CALM),
            eyes: Gauge::new(FindingId::EyesOpen, 0.04, FEATURES, BLINKS),
            gaze: Gauge::new(FindingId::EyesGaze, 0.04, FEATURES, CALM),
            lips: Gauge::new(FindingId::MouthClosed, 0.015, FEATURES, CALM),
        }
    }

    /// Takes in one look at a face, gives what to say about it. Positive angles point to the picture's right, which
    /// is the person's left, so the way back is to their right.
    fn see(
        &mut self,
        mesh: &Mesh,
        expression: &Expression,
        light: Light,
        shoulders: Option<Shoulders>,
        spec: &Spec,
        at: Duration,
    ) -> Vec<Hint> {
        let pose = Pose::of(mesh);
        let lamp = if light.from_left { Hint::LightFromRight } else { Hint::LightFromLeft };
        let slope = shoulders.map(|shoulders| shoulders.angle_deg);
        let dark_or_bright = [Hint::TooDark, Hint::TooBright];
        let said = [
            self.exposure.see(Some(light.brightness), dark_or_bright, spec, at),
            self.evenness.see(Some(light.evenness), [lamp; 2], spec, at),
            self.yaw.see(Some(pose.yaw_deg), [Hint::TurnLeft, Hint::TurnRight], spec, at),
            self.roll.see(Some(pose.roll_deg), [Hint::TiltLeft, Hint::TiltRight], spec, at),
            self.pitch.see(Some(pose.pitch_deg), [Hint::ChinDown, Hint::ChinUp], spec, at),
            self.shoulders.see(slope, [Hint::RaiseRightShoulder, Hint::RaiseLeftShoulder], spec, at),
            self.eyes.see(Some(expression.eyes_closed()), [Hint::OpenEyes; 2], spec, at),
            self.gaze.see(Some(expression.gaze_aside()), [Hint::LookIntoLens; 2], spec, at),
            self.lips.see(Some(mesh.lip_gap()), [Hint::CloseMouth; 2], spec, at),
        ];
        said.into_iter().flatten().collect()
    }

    fn are_quiet(&self) -> bool {
        self.all().into_iter().all(Gauge::is_quiet)
    }

    fn all(&self) -> [&Gauge; 9] {
        let Self { exposure, evenness, yaw, roll, pitch, shoulders, eyes, gaze, lips } = self;
        [exposure, evenness, yaw, roll, pitch, shoulders, eyes, gaze, lips]
    }
}

impl<T> Paced<T> {
    /// Measures when it is time to, and otherwise gives the last value again.
    fn see(
        &mut self,
        at: Duration,
        measure: impl FnOnce() -> Result<T, InferenceError>,
    ) -> Result<&T, InferenceError> {
        let last = match self.last.take() {
            Some((before, value)) if at.saturating_sub(before) < self.every => (before, value),
            _ => (at, measure()?),
        };
        Ok(&self.last.insert(last).1)
    }
}

impl Place {
    fn new() -> Self {
        Self {
            values: std::array::from_fn(|_| Smooth::new(PLACES)),
            slow: std::array::from_fn(|_| Smooth::new(SLOW)),
        }
    }

    /// Where the face is, and how far from where it was lately, in face widths.
    fn see(&mut self, mesh: &Mesh, at: Duration) -> (Stand, f64) {
        let (face, eyes) = (mesh.bounds(), mesh.pupils());
        let raw = [face.left, face.top, face.width, face.height, eyes[0].x, eyes[0].y, eyes[1].x, eyes[1].y];
        let mut values = self.values.iter_mut().zip(raw).map(|(smooth, raw)| smooth.see(raw, at));
        let mut next = || values.next().unwrap_or_default();
        let face = Window { left: next(), top: next(), width: next().max(1.0), height: next().max(1.0) };
        let eyes = [Point { x: next(), y: next() }, Point { x: next(), y: next() }];
        let centre = face.centre();
        let [x, y] = &mut self.slow;
        let lately = Point { x: x.see(centre.x, at), y: y.see(centre.y, at) };
        (Stand { face, eyes }, centre.distance(lately) / face.width)
    }
}
