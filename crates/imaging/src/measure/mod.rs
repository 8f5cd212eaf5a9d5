//! What is measured in a picture for the verdict: one file per kind of fault, each a few numbers without a limit.
//! The limits stand in `rules`.

mod clothes;
mod glasses;
mod hair;
mod light;
mod recapture;
mod scene;
mod sharpness;
mod wall;

pub(crate) use clothes::like_the_backdrop;
pub(crate) use glasses::{glare, tint};
pub(crate) use hair::{cover, ears, over_brows, over_eyes};
pub(crate) use light::{brightness, burnt_out, cast, deepest_shadow, evenness};
pub(crate) use recapture::stripes;
pub(crate) use scene::Scene;
pub(crate) use sharpness::sharpness;
pub(crate) use wall::{inseparable, unevenness};
