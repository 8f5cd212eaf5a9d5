//! The finished file.

use gradshot_domain::{FindingId, Limit, Unit};

use super::row::{Row, graded, reviewed};
use crate::spec::Spec;

/// Share of fine detail (see `measure::sharpness`): sharp portraits give 0.49 to 0.77, blurred, shaken and enlarged
/// ones 0.28 to 0.39.
const SHARPNESS_PASS: f64 = 0.46;
const SHARPNESS_RETAKE: f64 = 0.40;
/// Enlargement: up to 1 nothing is invented, beyond 1.6 the portrait is visibly soft.
const ENLARGEMENT_PASS: f64 = 1.0;
pub(super) const ENLARGEMENT_RETAKE: f64 = 1.6;

pub(super) fn rows(spec: &Spec) -> Vec<Row> {
    vec![
        graded(
            FindingId::Sharpness,
            Unit::Ratio,
            Limit::at_least(SHARPNESS_PASS),
            Limit::at_least(SHARPNESS_RETAKE),
        )
        .rule("图像清晰，对焦准确", "sharp, in focus")
        .how("标准照脸部经平滑后损失的细节占比", "share of the face's detail that smoothing takes away")
        .ok("脸部清晰", "the face is sharp")
        .low(
            [
                "脸部不清晰（{}），请对焦、站稳重拍",
                "the face is not sharp ({}); focus, hold still and shoot again",
            ],
            ["照片不清晰，请站稳再拍", "The photo is not sharp; hold still and shoot again"],
        ),
        graded(
            FindingId::Resolution,
            Unit::Times,
            Limit::at_most(ENLARGEMENT_PASS),
            Limit::at_most(ENLARGEMENT_RETAKE),
        )
        .rule("不得由小图放大", "never enlarged")
        .how("裁切时的缩放倍数", "scale of the crop")
        .ok("原片像素足够（缩放 {} 倍）", "the shot has pixels enough (scaled {} times)")
        .high(
            [
                "原片放大了 {} 倍，清晰度不足，请靠近或提高分辨率重拍",
                "the shot was enlarged {} times; come closer or use a higher resolution",
            ],
            ["照片像素不够，请靠近一些再拍", "The photo has too few pixels; come closer and shoot again"],
        ),
        reviewed(FindingId::FileSize, Unit::Kb, spec.file.size_limit())
            .rule("文件大小在要求范围内，品质系数不低于下限", "file size and quality within the standard")
            .how("写出的 JPEG 字节数（1 KB = 1024 字节）", "bytes of the written JPEG, 1 KB = 1024 bytes")
            .ok("文件 {} KB", "the file has {} KB")
            .low(
                [
                    "文件只有 {} KB，低于要求，请审核人员确认",
                    "the file has only {} KB, less than asked for; the reviewer decides",
                ],
                ["", ""],
            )
            .high(
                [
                    "文件有 {} KB，超出要求，请审核人员确认",
                    "the file has {} KB, more than asked for; the reviewer decides",
                ],
                ["", ""],
            ),
    ]
}
