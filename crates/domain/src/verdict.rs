//! Verdict 检查结果: a list of findings, each a measured value against a limit.

use serde::{Deserialize, Serialize};

/// What was measured. The names are a promise: files, databases and pages keep them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum FindingId {
    /// Number of faces in the shot; exactly one is wanted.
    #[serde(rename = "face.count")]
    FaceCount,
    /// Face width in the shot's own pixels: enough of them to make the portrait.
    #[serde(rename = "face.size")]
    FaceSize,
    /// Head turned left or right, degrees.
    #[serde(rename = "pose.yaw")]
    PoseYaw,
    /// Head nodded down or up, degrees.
    #[serde(rename = "pose.pitch")]
    PosePitch,
    /// Head tilted to a shoulder, degrees.
    #[serde(rename = "pose.roll")]
    PoseRoll,
    /// Both eyes open.
    #[serde(rename = "eyes.open")]
    EyesOpen,
    /// Looking into the lens.
    #[serde(rename = "eyes.gaze")]
    EyesGaze,
    /// Lips naturally closed.
    #[serde(rename = "mouth.closed")]
    MouthClosed,
    /// Top of the hairline (头顶发际), pixels from the portrait's top edge.
    #[serde(rename = "geometry.hairline")]
    GeometryHairline,
    /// Eye line, pixels from the portrait's top edge.
    #[serde(rename = "geometry.eye_line")]
    GeometryEyeLine,
    /// Face width, cheek to cheek, pixels in the portrait.
    #[serde(rename = "geometry.face_width")]
    GeometryFaceWidth,
    /// Distance of the face's middle from the portrait's middle, pixels.
    #[serde(rename = "geometry.centred")]
    GeometryCentred,
    /// Shoulders level, degrees.
    #[serde(rename = "shoulders.level")]
    ShouldersLevel,
    /// A natural expression, no grimace.
    #[serde(rename = "expression.neutral")]
    ExpressionNeutral,
    /// Both halves of the face lit alike (no 阴阳脸).
    #[serde(rename = "light.even")]
    LightEven,
    /// No burnt-out spots on the skin.
    #[serde(rename = "light.highlights")]
    LightHighlights,
    /// No hard shadows on the face.
    #[serde(rename = "light.shadow")]
    LightShadow,
    /// Natural colours: no tint over the skin, not black and white.
    #[serde(rename = "colour.cast")]
    ColourCast,
    /// The wall can be told from the person.
    #[serde(rename = "background.separable")]
    BackgroundSeparable,
    /// One even colour behind the person.
    #[serde(rename = "background.uniform")]
    BackgroundUniform,
    /// Clothes differ from the portrait's background.
    #[serde(rename = "clothes.contrast")]
    ClothesContrast,
    /// No reflections of lamps in glasses.
    #[serde(rename = "glasses.glare")]
    GlassesGlare,
    /// No tinted glasses.
    #[serde(rename = "glasses.tint")]
    GlassesTint,
    /// Both ears to be seen.
    #[serde(rename = "ears.visible")]
    EarsVisible,
    /// No hair over the brows.
    #[serde(rename = "hair.brows")]
    HairBrows,
    /// No hair over the eyes.
    #[serde(rename = "hair.eyes")]
    HairEyes,
    /// Nothing on the head but hair.
    #[serde(rename = "head.cover")]
    HeadCover,
    /// No earrings, no necklace.
    #[serde(rename = "jewellery")]
    Jewellery,
    /// No heavy make-up.
    #[serde(rename = "makeup.heavy")]
    MakeupHeavy,
    /// No retouching, no beauty filter.
    #[serde(rename = "retouch")]
    Retouch,
    /// A person in front of the camera, not a photo or a screen.
    #[serde(rename = "recapture")]
    Recapture,
    /// The same person as in the earlier shots.
    #[serde(rename = "same.person")]
    SamePerson,
    /// Fine detail in the face.
    #[serde(rename = "sharpness")]
    Sharpness,
    /// Brightness of the face.
    #[serde(rename = "exposure")]
    Exposure,
    /// Enlargement that the portrait needed; above 1 detail is invented.
    #[serde(rename = "resolution")]
    Resolution,
    /// Size of the written file.
    #[serde(rename = "file.size")]
    FileSize,
}

/// How much a finding matters, from harmless to grave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Within the limit.
    Pass,
    /// A person has to look.
    Review,
    /// The standard is violated: shoot again.
    Retake,
}

/// What a verdict comes to. The same three words as [`Severity`], since the gravest finding decides.
pub type Outcome = Severity;

/// The unit of a measured value and of its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Unit {
    /// How many.
    #[serde(rename = "count")]
    Count,
    /// Pixels.
    #[serde(rename = "px")]
    Px,
    /// Degrees of angle.
    #[serde(rename = "deg")]
    Deg,
    /// A model's coefficient or another figure between 0 and 1.
    #[serde(rename = "ratio")]
    Ratio,
    /// A factor, as in "1.4 times".
    #[serde(rename = "times")]
    Times,
    /// 8-bit brightness, 0 to 255.
    #[serde(rename = "level")]
    Level,
    /// Kilobytes of 1024 bytes.
    #[serde(rename = "KB")]
    Kb,
}

/// The band a measured value has to lie in; an absent end is open.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Limit {
    /// Smallest allowed value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// Largest allowed value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
}

impl Limit {
    /// Both ends given.
    pub const fn between(min: f64, max: f64) -> Self {
        Self { min: Some(min), max: Some(max) }
    }

    /// Only the upper end given.
    pub const fn at_most(max: f64) -> Self {
        Self { min: None, max: Some(max) }
    }

    /// Only the lower end given.
    pub const fn at_least(min: f64) -> Self {
        Self { min: Some(min), max: None }
    }

    /// Whether `value` lies inside, ends included. A value that is not a number never does.
    pub fn holds(&self, value: f64) -> bool {
        !value.is_nan() && self.min.is_none_or(|min| value >= min) && self.max.is_none_or(|max| value <= max)
    }
}

/// One measured value against its limit, with what to tell people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Finding {
    /// What was measured.
    pub id: FindingId,
    /// How grave it is.
    pub severity: Severity,
    /// The measured value; `null` where it could not be measured.
    pub measured: Option<f64>,
    /// The band it has to lie in; `null` where only a person can tell.
    pub limit: Option<Limit>,
    /// Unit of both.
    pub unit: Unit,
    /// What to tell the operator and the reviewer, in Chinese.
    pub zh: String,
    /// What to tell the operator and the reviewer, in English.
    pub en: String,
    /// What the student should do about it, in Chinese; empty where there is nothing to do.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub student_zh: String,
    /// What the student should do about it, in English; empty where there is nothing to do.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub student_en: String,
}

/// What no program can honestly measure: the reviewer is asked to look at it in every portrait. A question is no
/// complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Question {
    /// What it is about.
    pub id: FindingId,
    /// The question, in Chinese.
    pub zh: String,
    /// The question, in English.
    pub en: String,
}

/// Everything that was found out about one portrait.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Verdict {
    /// The gravest finding's severity.
    pub outcome: Outcome,
    /// The findings, the gravest first.
    pub findings: Vec<Finding>,
    /// What the reviewer is asked to look at besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
}

impl Verdict {
    /// Sorts the findings, gravest first and otherwise in the order given, and draws the conclusion.
    pub fn of(mut findings: Vec<Finding>) -> Self {
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        let outcome = findings.first().map_or(Severity::Pass, |finding| finding.severity);
        Self { outcome, findings, questions: Vec::new() }
    }

    /// The same verdict with questions to the reviewer.
    #[must_use]
    pub fn asking(self, questions: Vec<Question>) -> Self {
        Self { questions, ..self }
    }

    /// The finding with this id, if it was measured.
    pub fn finding(&self, id: FindingId) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.id == id)
    }

    /// The findings that are not in order.
    pub fn complaints(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.severity > Severity::Pass)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finding(severity: Severity) -> Finding {
        Finding {
            id: FindingId::PoseRoll,
            severity,
            measured: Some(6.0),
            limit: Some(Limit::between(-5.0, 5.0)),
            unit: Unit::Deg,
            zh: "头部右倾 6°".to_owned(),
            en: "Head tilted right by 6°".to_owned(),
            student_zh: "请把头摆正".to_owned(),
            student_en: "Hold the head upright".to_owned(),
        }
    }

    #[test]
    fn the_gravest_finding_decides() {
        let verdict =
            Verdict::of(vec![finding(Severity::Pass), finding(Severity::Retake), finding(Severity::Review)]);
        assert_eq!(verdict.outcome, Severity::Retake);
        assert_eq!(verdict.findings[0].severity, Severity::Retake);
        assert_eq!(verdict.complaints().count(), 2);
        assert_eq!(Verdict::of(Vec::new()).outcome, Severity::Pass);
    }

    #[test]
    fn the_names_are_the_promised_ones() {
        let json = serde_json::to_value(finding(Severity::Retake)).unwrap();
        assert_eq!(json["id"], "pose.roll");
        assert_eq!(json["severity"], "retake");
        assert_eq!(json["unit"], "deg");
        assert_eq!(json["limit"], serde_json::json!({ "min": -5.0, "max": 5.0 }));
    }

    proptest! {
        #[test]
        fn a_limit_holds_its_ends_and_nothing_beyond(min in -1e6..1e6f64, width in 0.0..1e6f64, beyond in 0.001..1e6f64) {
            let limit = Limit::between(min, min + width);
            prop_assert!(limit.holds(min) && limit.holds(min + width));
            prop_assert!(!limit.holds(min - beyond) && !limit.holds(min + width + beyond));
            prop_assert!(!limit.holds(f64::NAN));
        }
    }
}
