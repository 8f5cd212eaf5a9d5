//! Following one face from frame to frame. The landmark model finds its face again where it was a moment ago, so
//! the detector has to look only now and then: for a face when there is none, and for others who step in.

use std::time::Duration;

use super::Nets;
use crate::detect::{Face, detect};
use crate::engine::PRESENCE_MIN;
use crate::geometry::Window;
use crate::mesh::{Mesh, follow, locate};
use crate::picture::Picture;
use crate::session::InferenceError;
use crate::verdict::faces_that_count;

/// How long the detector rests while a face is followed.
const LOOK_AROUND: Duration = Duration::from_millis(500);
/// How long it rests while nobody is there: searching the whole frame for small faces takes many windows.
const LOOK_AGAIN: Duration = Duration::from_millis(150);
/// Candidates that are looked at closely, at most.
const MAX_LOOKS: usize = 6;
/// Share of the smaller face that two outlines of one face have in common, at least.
const SAME_FACE: f64 = 0.4;

/// The face that is followed, and what else was seen.
#[derive(Debug, Default)]
pub(super) struct Track {
    face: Option<Mesh>,
    /// Faces at the last look around, the followed one included.
    faces: usize,
    looked_at: Option<Duration>,
    size: (u32, u32),
}

impl Track {
    /// Finds the face in the next frame; `None` when nobody is there.
    pub(super) fn see(
        &mut self,
        nets: &Nets,
        frame: &Picture,
        at: Duration,
    ) -> Result<Option<&Mesh>, InferenceError> {
        let size = (frame.width_px(), frame.height_px());
        if self.size != size {
            *self = Self { size, ..Self::default() };
        }
        let lost = match self.face.take() {
            Some(before) => {
                self.face = Some(follow(&nets.landmarks, frame, &before)?).filter(is_face);
                self.face.is_none()
            }
            None => false,
        };
        let rest = if self.face.is_some() { LOOK_AROUND } else { LOOK_AGAIN };
        let rested = self.looked_at.is_none_or(|before| at.saturating_sub(before) >= rest);
        if lost || rested {
            self.look_around(nets, frame)?;
            self.looked_at = Some(at);
        }
        Ok(self.face.as_ref())
    }

    /// People in the frame, as far as they were looked for.
    pub(super) fn faces(&self) -> usize {
        if self.face.is_some() { self.faces.max(1) } else { 0 }
    }

    fn look_around(&mut self, nets: &Nets, frame: &Picture) -> Result<(), InferenceError> {
        let mut seen: Vec<Face> = Vec::new();
        let mut followed = false;
        for candidate in detect(&nets.detector, frame)?.into_iter().take(MAX_LOOKS) {
            if let Some(mesh) = &self.face
                && is_same(&mesh.bounds(), &candidate.bounds)
            {
                // One face may be found twice, with and without its chin.
                if !std::mem::replace(&mut followed, true) {
                    seen.push(candidate);
                }
                continue;
            }
            let mesh = if self.face.is_none() || !candidate.is_certain() {
                Some(locate(&nets.landmarks, frame, &candidate, false)?)
            } else {
                None
            };
            if mesh.as_ref().is_some_and(|mesh| !is_face(mesh)) {
                continue;
            }
            seen.push(candidate);
            if self.face.is_none() {
                (self.face, followed) = (mesh, true);
            }
        }
        // The landmark model may hold on to a face that the detector misses, in profile for one.
        let missed = usize::from(self.face.is_some() && !followed);
        self.faces = faces_that_count(seen).len() + missed;
        Ok(())
    }
}

fn is_face(mesh: &Mesh) -> bool {
    mesh.presence >= PRESENCE_MIN
}

fn is_same(a: &Window, b: &Window) -> bool {
    let shared = a.intersection(b).map_or(0.0, |window| window.area());
    shared > SAME_FACE * a.area().min(b.area())
}
