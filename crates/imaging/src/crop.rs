//! Where to cut: one small solve for scale and place.
//!
//! A portrait line at source row `y` lands on portrait row `s·y + t`. Hairline, eye line and face width are each
//! linear in `(s, t)`, so "inside every band" is a convex region of the plane and "near the middles" a sum of
//! squares. The best point is the free optimum, or lies on one border, or on the crossing of two: all are tried.
//!
//! What the photo does not show must not appear: its lower edge, and sides or a top that cut the body, have to
//! stay outside the portrait. Where bands and photo contradict, the photo wins, the bands are widened by the
//! least factor that admits a crop, and the portrait's findings say which of them is missed and by how much.

mod plane;

use serde::Serialize;

use crate::geometry::{Point, Window};
use crate::spec::{Geometry, Spec};
use plane::{HalfPlane, Square, minimise};

/// How far bands are widened at most, as a factor, before the photo's edges are given up.
const WIDEN_MAX: f64 = 64.0;
/// Portrait pixels by which two ends may miss each other through rounding alone.
const ROUNDING_PX: f64 = 1e-3;
/// How far bands are widened to keep the face centred. Beyond that it is better off centre than huge.
const WIDEN_CENTRED: f64 = 1.5;
/// Hair is expected to end this many face widths above the eyes where the photo cuts the crown off.
const CROWN_OVER_EYES: f64 = 0.95;

/// A head measured in the shot.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Head {
    /// Row where the hair ends above; `None` when the photo cuts it off.
    pub hairline_y: Option<f64>,
    /// Row of the pupils.
    pub eye_line_y: f64,
    /// Cheek to cheek, pixels.
    pub face_width: f64,
    /// Column of the face's middle.
    pub centre_x: f64,
}

/// What the photo has to offer around the head.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Room {
    /// The photo's width, pixels.
    pub width: f64,
    /// The photo's height, pixels.
    pub height: f64,
    /// First row from above where the body is cut by the photo's left edge.
    pub cut_left_y: Option<f64>,
    /// First row from above where the body is cut by the photo's right edge.
    pub cut_right_y: Option<f64>,
}

/// The chosen window and where it puts the face.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Crop {
    /// The part of the shot that becomes the portrait; it may reach beyond the shot where nothing is cut.
    pub window: Window,
    /// Portrait pixels per shot pixel; above 1 the shot is enlarged.
    pub scale: f64,
    /// Top of the hair in the portrait; `None` when the shot cuts it off.
    pub hairline_px: Option<f64>,
    /// Eye line in the portrait.
    pub eye_line_px: f64,
    /// Face width in the portrait.
    pub face_width_px: f64,
    /// The face's middle against the portrait's middle, positive to the right.
    pub centre_offset_px: f64,
}

/// How far a person moves a crop away from where it was solved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Nudge {
    /// The face moves this far to the right in the portrait, pixels.
    pub right_px: f64,
    /// The eyes move this far down in the portrait, pixels.
    pub down_px: f64,
    /// The face gets larger by this share, the eyes staying where they are.
    pub larger: f64,
}

impl Crop {
    /// How far this crop lies from another one of the same shot.
    pub(crate) fn nudge_from(&self, solved: &Self) -> Nudge {
        Nudge {
            right_px: self.centre_offset_px - solved.centre_offset_px,
            down_px: self.eye_line_px - solved.eye_line_px,
            larger: self.scale / solved.scale - 1.0,
        }
    }
}

/// Chooses the crop. Always gives one; whether it meets every band is for the findings to say.
pub fn solve(head: &Head, room: &Room, spec: &Spec) -> Crop {
    let problem = Problem { head, room, spec, rules: &spec.geometry };
    bind_sides(room, |sides| problem.solve(sides))
}

/// The crop nearest to the solved one moved by a nudge that is still inside every band and shows nothing that the photo
/// does not; the solved one itself where that is in no band, since then there is nothing to choose.
pub fn adjust(head: &Head, room: &Room, spec: &Spec, solved: &Crop, nudge: &Nudge) -> Crop {
    let problem = Problem { head, room, spec, rules: &spec.geometry };
    bind_sides(room, |sides| problem.adjust(solved, nudge, sides).unwrap_or(*solved))
}

/// Sides bind only when the crop shows a row in which the body is cut, which only the crop itself can tell.
fn bind_sides(room: &Room, attempt: impl Fn((bool, bool)) -> Crop) -> Crop {
    let mut sides = (false, false);
    loop {
        let crop = attempt(sides);
        let lacks_left = crop.window.left < -0.5 && room.cut_left_y.is_some_and(|y| y < crop.window.bottom());
        let lacks_right = crop.window.right() > room.width + 0.5
            && room.cut_right_y.is_some_and(|y| y < crop.window.bottom());
        let binding = (sides.0 || lacks_left, sides.1 || lacks_right);
        if binding == sides {
            return crop;
        }
        sides = binding;
    }
}

struct Problem<'a> {
    head: &'a Head,
    room: &'a Room,
    spec: &'a Spec,
    rules: &'a Geometry,
}

impl Problem<'_> {
    fn solve(&self, sides: (bool, bool)) -> Crop {
        let edges = self.edges(sides);
        let all = [edges.as_slice(), self.centring(sides).as_slice()].concat();
        let no_enlarging = HalfPlane::at_most(1.0, 0.0, 1.0);
        let attempt = |widen: f64, limits: &[HalfPlane]| {
            let planes: Vec<HalfPlane> =
                self.bands(widen).into_iter().chain(limits.iter().copied()).collect();
            minimise(&self.aims(), &planes)
        };
        let best = attempt(1.0, &[all.as_slice(), &[no_enlarging]].concat())
            .or_else(|| attempt(1.0, &all))
            .or_else(|| least_widened(WIDEN_CENTRED, |widen| attempt(widen, &all)))
            .or_else(|| least_widened(WIDEN_MAX, |widen| attempt(widen, &edges)))
            .or_else(|| least_widened(WIDEN_MAX, |widen| attempt(widen, &[])));
        // Without any constraint there always is an optimum; the middle of the face band is a last resort.
        let fallback = self.rules.face_width_px.middle() / self.head.face_width;
        let (scale, shift) =
            best.unwrap_or((fallback, self.rules.eye_line_px.middle() - fallback * self.head.eye_line_y));
        self.crop(scale, shift, sides)
    }

    fn adjust(&self, solved: &Crop, nudge: &Nudge, sides: (bool, bool)) -> Option<Crop> {
        let Geometry { hairline_px, eye_line_px, face_width_px, .. } = self.rules;
        let eyes = self.head.eye_line_y;
        let scale = solved.scale * (1.0 + nudge.larger);
        let shift = solved.eye_line_px + nudge.down_px - scale * eyes;
        let near = |y: f64, one: f64, half: f64| Square::new(y, one, scale * y + one * shift, half);
        let aims = [
            near(self.hairline_y(), 1.0, hairline_px.half_width()),
            near(eyes, 1.0, eye_line_px.half_width()),
            near(self.head.face_width, 0.0, face_width_px.half_width()),
        ];
        let edges = [self.edges(sides), self.centring(sides)].concat();
        let no_enlarging = HalfPlane::at_most(1.0, 0.0, solved.scale.max(1.0));
        let limits: Vec<HalfPlane> = self.bands(1.0).into_iter().chain(edges).chain([no_enlarging]).collect();
        let (scale, shift) = minimise(&aims, &limits)?;
        let most = self.rules.centre_offset_max_px;
        let offset = (solved.centre_offset_px + nudge.right_px).clamp(-most, most);
        Some(self.placed(scale, shift, offset, sides))
    }

    /// What should be near the middle of its band.
    fn aims(&self) -> [Square; 3] {
        let Geometry { hairline_px, eye_line_px, face_width_px, .. } = self.rules;
        [
            Square::new(self.hairline_y(), 1.0, hairline_px.middle(), hairline_px.half_width()),
            Square::new(self.head.eye_line_y, 1.0, eye_line_px.middle(), eye_line_px.half_width()),
            Square::new(self.head.face_width, 0.0, face_width_px.middle(), face_width_px.half_width()),
        ]
    }

    /// The bands, their half widths multiplied. The face never gets narrower than its band, however far the
    /// others are widened: there is nothing to gain by showing more of the room.
    fn bands(&self, widen: f64) -> Vec<HalfPlane> {
        let mut planes: Vec<HalfPlane> = self.aims().iter().flat_map(|aim| aim.within(widen)).collect();
        planes.push(HalfPlane::at_least(self.head.face_width, 0.0, self.rules.face_width_px.min));
        planes
    }

    /// The photo's edges that must stay outside the portrait.
    fn edges(&self, (left, right): (bool, bool)) -> Vec<HalfPlane> {
        let height = f64::from(self.spec.picture.height_px);
        let mut planes = vec![HalfPlane::at_least(self.room.height, 1.0, height)];
        if self.head.hairline_y.is_none() {
            planes.push(HalfPlane::at_most(0.0, 1.0, 0.0));
        }
        if left && right {
            planes.push(HalfPlane::at_least(self.room.width, 0.0, f64::from(self.spec.picture.width_px)));
        }
        planes
    }

    /// A scale at which the face is centred although a side of the photo must stay outside.
    fn centring(&self, (left, right): (bool, bool)) -> Vec<HalfPlane> {
        let half = f64::from(self.spec.picture.width_px) / 2.0 - self.rules.centre_offset_max_px;
        let beside = [(left, self.head.centre_x), (right, self.room.width - self.head.centre_x)];
        let planes = beside.into_iter().filter(|(binds, _)| *binds);
        planes.map(|(_, room)| HalfPlane::at_least(room, 0.0, half)).collect()
    }

    fn hairline_y(&self) -> f64 {
        self.head
            .hairline_y
            .unwrap_or(self.head.eye_line_y - CROWN_OVER_EYES * self.head.face_width)
            .min(self.head.eye_line_y)
    }

    /// Centres the face, or moves it as little as the cut sides demand.
    fn crop(&self, scale: f64, shift: f64, sides: (bool, bool)) -> Crop {
        self.placed(scale, shift, 0.0, sides)
    }

    /// Puts the face's middle this far from the portrait's, or as near to that as the cut sides allow.
    fn placed(&self, scale: f64, shift: f64, offset_px: f64, (left, right): (bool, bool)) -> Crop {
        let width = f64::from(self.spec.picture.width_px);
        let centred = width / 2.0 + offset_px - scale * self.head.centre_x;
        let lowest = if right { width - scale * self.room.width } else { f64::NEG_INFINITY };
        let highest = if left { 0.0 } else { f64::INFINITY };
        // With both sides bound at the smallest scale the two ends meet, up to rounding.
        let across = if lowest <= highest + ROUNDING_PX { centred.max(lowest).min(highest) } else { centred };
        let corner = Point { x: -across / scale, y: -shift / scale };
        Crop {
            window: Window {
                left: corner.x,
                top: corner.y,
                width: width / scale,
                height: f64::from(self.spec.picture.height_px) / scale,
            },
            scale,
            hairline_px: self.head.hairline_y.map(|y| scale * y + shift),
            eye_line_px: scale * self.head.eye_line_y + shift,
            face_width_px: scale * self.head.face_width,
            centre_offset_px: scale * self.head.centre_x + across - width / 2.0,
        }
    }
}

/// The crop at the smallest widening that admits one, found by halving.
fn least_widened(most: f64, attempt: impl Fn(f64) -> Option<(f64, f64)>) -> Option<(f64, f64)> {
    let (mut low, mut high) = (1.0, most);
    let mut best = attempt(high)?;
    for _ in 0..24 {
        let middle = f64::midpoint(low, high);
        match attempt(middle) {
            Some(found) => (best, high) = (found, middle),
            None => low = middle,
        }
    }
    Some(best)
}

#[cfg(test)]
mod tests;
