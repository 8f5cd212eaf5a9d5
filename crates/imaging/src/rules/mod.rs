//! The table of checks: every photo rule of the standard and of the collecting units' instructions, with what is
//! measured, what is in order, what a person has to look at, what is a retake, and what to tell people.
//!
//! Limits that belong to a standard come from the spec; the others were calibrated on photos, as the comments beside
//! them say. The same table makes `docs/verdict.md`.

mod appearance;
mod background;
mod face;
mod file;
mod geometry;
mod light;
mod questions;
mod row;
mod table;

use gradshot_domain::{Finding, FindingId, Limit, Severity, Unit};

use crate::spec::Spec;

pub(crate) use questions::questions;
pub(crate) use row::Row;
pub use table::{Check, checks, markdown};

/// Every row, in the order in which people should hear of them.
pub(crate) fn rows(spec: &Spec) -> Vec<Row> {
    [
        face::rows(spec),
        geometry::rows(spec),
        light::rows(),
        background::rows(),
        appearance::rows(),
        file::rows(spec),
    ]
    .concat()
}

/// Holds a measured value against its rule.
pub(crate) fn judge(id: FindingId, measured: Option<f64>, spec: &Spec) -> Finding {
    let rows = rows(spec);
    match rows.iter().find(|row| row.id == id) {
        Some(row) => row.judge(measured),
        None => unruled(id),
    }
}

/// A finished file that does not have the spec's size in pixels.
pub(crate) fn wrong_size((width_px, height_px): (u32, u32), spec: &Spec) -> Finding {
    let (wanted_width, wanted_height) = (spec.picture.width_px, spec.picture.height_px);
    Finding {
        id: FindingId::Resolution,
        severity: Severity::Retake,
        measured: Some(row::rounded(f64::from(wanted_width) / f64::from(width_px), Unit::Times)),
        limit: Some(Limit::between(1.0, 1.0)),
        unit: Unit::Times,
        zh: format!(
            "图片为 {width_px}×{height_px} 像素，应为 {wanted_width}×{wanted_height}，请重新制作标准照"
        ),
        en: format!(
            "the picture has {width_px}×{height_px} pixels instead of {wanted_width}×{wanted_height}; make the portrait anew"
        ),
        student_zh: String::new(),
        student_en: String::new(),
    }
}

/// What the table does not know is for a person to decide.
fn unruled(id: FindingId) -> Finding {
    Finding {
        id,
        severity: Severity::Review,
        measured: None,
        limit: None,
        unit: Unit::Ratio,
        zh: "没有自动检查标准，请审核人员确认".to_owned(),
        en: "there is no automatic check; the reviewer decides".to_owned(),
        student_zh: String::new(),
        student_en: String::new(),
    }
}

#[cfg(test)]
mod tests;
