//! The table of checks: what is measured, what is in order, what a person has to look at, what is a retake, and
//! what to tell people. Limits that belong to a standard come from the spec; the others were calibrated on photos.

use gradshot_domain::{Finding, FindingId, Limit, Severity, Unit};

use crate::spec::{Spec, Tolerance};

/// Open eyes stay below 0.36, also narrow ones; a wink begins at 0.53, closed eyes at 0.7.
const EYES_CLOSED_PASS: f64 = 0.45;
const EYES_CLOSED_RETAKE: f64 = 0.60;
/// A look into the lens stays below 0.69, also under lowered lids; a look aside begins at 0.79.
const GAZE_PASS: f64 = 0.70;
const GAZE_RETAKE: f64 = 0.85;
/// Gap between the lips over the mouth's width: closed lips stay below 0.04, a smile with teeth gives 0.15 to 0.23
/// (operators differ on it, so a person decides), an open mouth 0.27 and more.
const LIP_GAP_PASS: f64 = 0.07;
const LIP_GAP_RETAKE: f64 = 0.25;
/// Share of fine detail (see `measure::sharpness`): sharp portraits give 0.51 to 0.82, blurred ones 0.32 to 0.49.
const SHARPNESS_PASS: f64 = 0.50;
const SHARPNESS_RETAKE: f64 = 0.42;
/// Mean brightness of the face's middle tones. Well lit dark skin gives 80 and more, pale skin up to 214;
/// under-exposed faces 23 to 40, burnt-out ones 225 to 255.
const EXPOSURE_PASS: Limit = Limit::between(62.0, 216.0);
const EXPOSURE_REVIEW: Limit = Limit::between(45.0, 235.0);
/// Enlargement: up to 1 nothing is invented, beyond 1.6 the portrait is visibly soft.
const ENLARGEMENT_PASS: f64 = 1.0;
const ENLARGEMENT_RETAKE: f64 = 1.6;

/// One row of the table.
struct Rule {
    unit: Unit,
    /// In order within.
    pass: Limit,
    /// For a person to decide within; a retake beyond.
    review: Limit,
    ok: Text,
    low: Text,
    high: Text,
    /// What to say, and how grave it is, when nothing could be measured.
    unmeasured: (Severity, Text),
}

/// A message; `{}` stands for the measured value.
#[derive(Debug, Clone, Copy)]
struct Text {
    zh: &'static str,
    en: &'static str,
}

/// Holds a measured value against its rule.
pub(crate) fn judge(id: FindingId, measured: Option<f64>, spec: &Spec) -> Finding {
    let rule = rule(id, spec);
    // Judged as it is recorded, so that a record never shows a value inside its limit that was refused.
    let measured = measured.filter(|value| value.is_finite()).map(|value| rounded(value, rule.unit));
    let (severity, text) = match measured {
        None => rule.unmeasured,
        Some(value) => {
            let text = match () {
                () if rule.pass.holds(value) => rule.ok,
                () if rule.pass.min.is_some_and(|min| value < min) => rule.low,
                () => rule.high,
            };
            (rule.severity(value), text)
        }
    };
    let number = measured.map_or_else(String::new, |value| written(value, rule.unit));
    Finding {
        id,
        severity,
        measured,
        limit: Some(rule.pass),
        unit: rule.unit,
        zh: text.zh.replace("{}", &number),
        en: text.en.replace("{}", &number),
    }
}

/// A finished file that does not have the spec's size in pixels.
pub(crate) fn wrong_size((width_px, height_px): (u32, u32), spec: &Spec) -> Finding {
    let (wanted_width, wanted_height) = (spec.picture.width_px, spec.picture.height_px);
    Finding {
        id: FindingId::Resolution,
        severity: Severity::Retake,
        measured: Some(rounded(f64::from(wanted_width) / f64::from(width_px), Unit::Times)),
        limit: Some(Limit::between(1.0, 1.0)),
        unit: Unit::Times,
        zh: format!(
            "图片为 {width_px}×{height_px} 像素，应为 {wanted_width}×{wanted_height}，请重新制作标准照"
        ),
        en: format!(
            "the picture has {width_px}×{height_px} pixels instead of {wanted_width}×{wanted_height}; make the portrait anew"
        ),
    }
}

/// Every check, in the order in which people should hear of them.
pub(crate) const ORDER: [FindingId; 16] = [
    FindingId::FaceCount,
    FindingId::FaceSize,
    FindingId::GeometryHairline,
    FindingId::GeometryEyeLine,
    FindingId::GeometryFaceWidth,
    FindingId::GeometryCentred,
    FindingId::PoseRoll,
    FindingId::PoseYaw,
    FindingId::PosePitch,
    FindingId::EyesOpen,
    FindingId::EyesGaze,
    FindingId::MouthClosed,
    FindingId::Exposure,
    FindingId::Sharpness,
    FindingId::Resolution,
    FindingId::FileSize,
];

impl Rule {
    fn severity(&self, value: f64) -> Severity {
        if self.pass.holds(value) {
            Severity::Pass
        } else if self.review.holds(value) {
            Severity::Review
        } else {
            Severity::Retake
        }
    }
}

#[expect(clippy::too_many_lines, reason = "a table: one row for each check")]
fn rule(id: FindingId, spec: &Spec) -> Rule {
    match id {
        FindingId::FaceCount => strict(Unit::Count, Limit::between(1.0, 1.0))
            .saying("只有一人", "one person")
            .low("没有找到人脸，请面对镜头重拍", "no face was found; face the camera and shoot again")
            .high(
                "画面中有 {} 张脸，请只留一人重拍",
                "{} faces are in the picture; leave one person and shoot again",
            ),
        FindingId::FaceSize => graded(
            Unit::Px,
            Limit::at_least(spec.geometry.face_width_px.min),
            Limit::at_least(spec.geometry.face_width_px.min / ENLARGEMENT_RETAKE),
        )
        .saying("脸部宽 {} 像素，足够", "the face is {} pixels wide, enough")
        .low(
            "脸部只有 {} 像素宽，请靠近一些重拍",
            "the face is only {} pixels wide; come closer and shoot again",
        ),
        FindingId::PoseYaw => tilted(spec.pose.yaw)
            .saying("脸正对镜头（{}°）", "facing the camera ({}°)")
            .low("脸向画面左侧转了 {}°，请正对镜头", "turned {}° to the picture's left; face the camera")
            .high("脸向画面右侧转了 {}°，请正对镜头", "turned {}° to the picture's right; face the camera"),
        FindingId::PosePitch => tilted(spec.pose.pitch)
            .saying("头部俯仰合适（{}°）", "not nodding ({}°)")
            .low("抬头 {}°，请收下巴", "looking up by {}°; lower the chin")
            .high("低头 {}°，请稍抬下巴", "looking down by {}°; raise the chin a little"),
        FindingId::PoseRoll => tilted(spec.pose.roll)
            .saying("头部端正（{}°）", "head upright ({}°)")
            .low(
                "头向画面左侧歪了 {}°，请摆正重拍",
                "tilted {}° to the picture's left; straighten and shoot again",
            )
            .high(
                "头向画面右侧歪了 {}°，请摆正重拍",
                "tilted {}° to the picture's right; straighten and shoot again",
            ),
        FindingId::EyesOpen => {
            graded(Unit::Ratio, Limit::at_most(EYES_CLOSED_PASS), Limit::at_most(EYES_CLOSED_RETAKE))
                .saying("双眼睁开", "both eyes are open")
                .high(
                    "眼睛没有完全睁开（闭合 {}），请睁眼重拍",
                    "eyes not fully open (closed {}); open them and shoot again",
                )
        }
        FindingId::EyesGaze => graded(Unit::Ratio, Limit::at_most(GAZE_PASS), Limit::at_most(GAZE_RETAKE))
            .saying("目视镜头", "looking into the lens")
            .high(
                "没有看镜头（偏离 {}），请看镜头重拍",
                "not looking into the lens (off by {}); look at it and shoot again",
            ),
        FindingId::MouthClosed => {
            graded(Unit::Ratio, Limit::at_most(LIP_GAP_PASS), Limit::at_most(LIP_GAP_RETAKE))
                .saying("嘴唇自然闭合", "lips are naturally closed")
                .high(
                    "嘴唇没有闭合（张开 {}），请自然闭合重拍",
                    "lips are apart (by {}); close them naturally and shoot again",
                )
        }
        FindingId::GeometryHairline => strict(Unit::Px, spec.geometry.hairline_px.limit())
            .saying("头顶发际距上边 {} 像素", "the hair ends {} pixels from the upper edge")
            .low(
                "头顶发际距上边只有 {} 像素，请后退或把相机抬高一些",
                "the hair ends only {} pixels from the upper edge; step back or aim higher",
            )
            .high(
                "头顶发际距上边有 {} 像素，请在画面下方多留一些身体",
                "the hair ends {} pixels from the upper edge; leave more of the body below",
            )
            .unmeasured(
                "头顶被画面切掉，请在上方留出空间重拍",
                "the crown is cut off; leave room above and shoot again",
            ),
        FindingId::GeometryEyeLine => strict(Unit::Px, spec.geometry.eye_line_px.limit())
            .saying("眼睛距上边 {} 像素", "the eyes are {} pixels from the upper edge")
            .low(
                "眼睛距上边只有 {} 像素，请在上方多留空间",
                "the eyes are only {} pixels from the upper edge; leave more room above",
            )
            .high(
                "眼睛距上边有 {} 像素，请后退并拍到肩部以下",
                "the eyes are {} pixels from the upper edge; step back and show more below the shoulders",
            ),
        FindingId::GeometryFaceWidth => strict(Unit::Px, spec.geometry.face_width_px.limit())
            .saying("脸宽 {} 像素", "the face is {} pixels wide")
            .low("脸宽只有 {} 像素，请靠近一些", "the face is only {} pixels wide; come closer")
            .high(
                "脸宽达 {} 像素，请后退，四周多留空间",
                "the face is {} pixels wide; step back and leave room around",
            ),
        FindingId::GeometryCentred => strict(
            Unit::Px,
            Limit::between(-spec.geometry.centre_offset_max_px, spec.geometry.centre_offset_max_px),
        )
        .saying("左右居中（偏 {} 像素）", "centred (off by {} pixels)")
        .low(
            "脸偏左 {} 像素，请站到画面中间",
            "the face is {} pixels left of the middle; stand in the middle",
        )
        .high(
            "脸偏右 {} 像素，请站到画面中间",
            "the face is {} pixels right of the middle; stand in the middle",
        ),
        FindingId::Sharpness => {
            graded(Unit::Ratio, Limit::at_least(SHARPNESS_PASS), Limit::at_least(SHARPNESS_RETAKE))
                .saying("脸部清晰", "the face is sharp")
                .low(
                    "脸部不清晰（{}），请对焦、站稳重拍",
                    "the face is not sharp ({}); focus, hold still and shoot again",
                )
        }
        FindingId::Exposure => graded(Unit::Level, EXPOSURE_PASS, EXPOSURE_REVIEW)
            .saying("亮度合适（{}）", "well exposed ({})")
            .low(
                "脸部太暗（{}），请加强正面光重拍",
                "the face is too dark ({}); add light from the front and shoot again",
            )
            .high(
                "脸部过亮（{}），请减弱光线重拍",
                "the face is too bright ({}); reduce the light and shoot again",
            ),
        FindingId::Resolution => {
            graded(Unit::Times, Limit::at_most(ENLARGEMENT_PASS), Limit::at_most(ENLARGEMENT_RETAKE))
                .saying("原片像素足够（缩放 {} 倍）", "the shot has pixels enough (scaled {} times)")
                .high(
                    "原片放大了 {} 倍，清晰度不足，请靠近或提高分辨率重拍",
                    "the shot was enlarged {} times; come closer or use a higher resolution",
                )
        }
        FindingId::FileSize => graded(Unit::Kb, spec.file.target_kb.limit(), Limit { min: None, max: None })
            .saying("文件 {} KB", "the file has {} KB")
            .low(
                "文件只有 {} KB，低于要求，请审核人员确认",
                "the file has only {} KB, less than asked for; the reviewer decides",
            )
            .high(
                "文件有 {} KB，超出要求，请审核人员确认",
                "the file has {} KB, more than asked for; the reviewer decides",
            ),
    }
}

/// A row without a range for the reviewer.
fn strict(unit: Unit, pass: Limit) -> Rule {
    graded(unit, pass, pass)
}

/// An angle to either side.
fn tilted(tolerance: Tolerance) -> Rule {
    let either_side = |deg: f64| Limit::between(-deg, deg);
    graded(Unit::Deg, either_side(tolerance.pass_deg), either_side(tolerance.retake_deg))
}

fn graded(unit: Unit, pass: Limit, review: Limit) -> Rule {
    const SILENT: Text = Text { zh: "", en: "" };
    const UNMEASURED: Text = Text {
        zh: "未能自动测量，请审核人员确认",
        en: "could not be measured; the reviewer decides",
    };
    let unmeasured = (Severity::Review, UNMEASURED);
    Rule { unit, pass, review, ok: SILENT, low: SILENT, high: SILENT, unmeasured }
}

impl Rule {
    fn saying(self, zh: &'static str, en: &'static str) -> Self {
        Self { ok: Text { zh, en }, ..self }
    }

    fn low(self, zh: &'static str, en: &'static str) -> Self {
        Self { low: Text { zh, en }, ..self }
    }

    fn high(self, zh: &'static str, en: &'static str) -> Self {
        Self { high: Text { zh, en }, ..self }
    }

    fn unmeasured(self, zh: &'static str, en: &'static str) -> Self {
        Self { unmeasured: (Severity::Retake, Text { zh, en }), ..self }
    }
}

/// Decimals that a value of this unit is honestly known to.
fn decimals(unit: Unit) -> usize {
    match unit {
        Unit::Count | Unit::Px | Unit::Level => 0,
        Unit::Deg | Unit::Kb => 1,
        Unit::Ratio | Unit::Times => 2,
    }
}

/// The value for a message, without its sign: the words say the direction.
fn written(value: f64, unit: Unit) -> String {
    format!("{:.*}", decimals(unit), value.abs())
}

/// The value for a record: one decimal more than people read.
fn rounded(value: f64, unit: Unit) -> f64 {
    let factor = 10f64.powi(i32::try_from(decimals(unit)).unwrap_or(0) + 1);
    (value * factor).round() / factor
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chsi() -> Spec {
        let toml = include_str!("../../../assets/specs/chsi.toml");
        Spec::parse(toml, std::path::Path::new("chsi.toml")).unwrap()
    }

    #[test]
    fn every_row_has_words_for_every_outcome() {
        let spec = chsi();
        for id in ORDER {
            for value in [Some(-1e6), Some(0.3), Some(1e6), None] {
                let finding = judge(id, value, &spec);
                assert!(!finding.zh.is_empty() && !finding.en.is_empty(), "{id:?} at {value:?}: {finding:?}");
                assert!(!finding.zh.contains('{') && !finding.zh.contains('！') && !finding.en.contains('!'));
            }
        }
    }

    #[test]
    fn a_value_on_the_limit_passes_and_one_beyond_does_not() {
        let spec = chsi();
        let severity = |id, value| judge(id, Some(value), &spec).severity;
        assert_eq!(severity(FindingId::GeometryHairline, 50.0), Severity::Pass);
        assert_eq!(severity(FindingId::GeometryHairline, 49.9), Severity::Retake);
        assert_eq!(severity(FindingId::PoseRoll, -5.0), Severity::Pass);
        assert_eq!(severity(FindingId::PoseRoll, -6.0), Severity::Review);
        assert_eq!(severity(FindingId::PoseRoll, 8.1), Severity::Retake);
        assert_eq!(severity(FindingId::FaceCount, 0.0), Severity::Retake);
        assert_eq!(severity(FindingId::FileSize, 12.0), Severity::Review);
    }

    #[test]
    fn what_could_not_be_measured_is_never_a_silent_pass() {
        for id in ORDER {
            assert!(judge(id, None, &chsi()).severity > Severity::Pass, "{id:?}");
            assert!(judge(id, Some(f64::NAN), &chsi()).severity > Severity::Pass, "{id:?}");
        }
    }
}
