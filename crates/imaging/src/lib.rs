//! From a shot to a portrait that meets the standard, and a verdict that says whether it does.
//!
//! [`Engine::standardize`] is the whole chain: decode → detect → landmarks → matte → crop → resize →
//! foreground colour → compose → encode → check. [`Engine::check`] judges a finished file,
//! [`Engine::look`] a single frame; [`Coach`] steers people through a live view. [`qr`] reads codes. [`sheet`] lays finished portraits out on paper.
//!
//! What is absent: nothing here rotates, mirrors, stretches or retouches a person (a print may lie sideways on its
//! sheet, to be cut out), reads or writes files other than models and specs, or knows whose face it sees. Only
//! `session` knows ONNX Runtime.

pub mod decode;
pub mod qr;
pub mod sheet;
pub mod spec;

mod body;
mod closed_form;
mod coach;
mod compose;
mod crop;
mod detect;
mod encode;
mod engine;
mod expression;
mod foreground;
mod geometry;
mod lab;
mod likeness;
mod matte;
mod measure;
mod mesh;
mod models;
mod negative;
mod picture;
mod pose;
mod refine;
mod resample;
mod rules;
mod session;
mod timings;
mod verdict;
mod yardstick;

pub use body::{Joint, Shoulders};
pub use coach::{Coach, Coaching, FrameError, Hint, Outline, Overlay, Span};
pub use crop::{Crop, Nudge};
pub use decode::DecodeError;
pub use detect::Face;
pub use encode::EncodeError;
pub use engine::{
    Checked, CutOut, Developed, Engine, EngineOptions, Look, OpenEngineError, StandardizeError, Standardized,
    Subject,
};
pub use expression::{Expression, Shape};
pub use geometry::{Point, Window};
pub use likeness::Descriptor;
pub use mesh::{LANDMARKS, Landmark, Mesh};
pub use models::{MANIFEST, Manifest, Model, ModelError};
pub use negative::Negative;
pub use picture::{Picture, Plane};
pub use pose::Pose;
pub use rules::{Check, checks, markdown};
pub use session::{InferenceError, PROVIDER_VARIABLE, Provider, RUNTIME_VARIABLE, RuntimeError};
pub use spec::{Group, PrintSize, Spec, SpecError, Specs};
pub use timings::Timings;
pub use yardstick::Yardstick;
