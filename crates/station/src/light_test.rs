//! The light test: is the studio lit as the standard wants it, and if not, what to move?
//!
//! The measures are the verdict's own, of one test shot with a person in it; what is new here is what to do about the
//! lamps. The standard recommends two lamps of 5500 to 5600 K at the height of the shoulders, 45° to the left and right,
//! aimed at the head from 1.5 to 2 m.

use gradshot_domain::{FindingId, Severity, Verdict};
use gradshot_wire::desk::{LightPoint, LightTest};

/// What is about light, in the order in which a studio mends it.
const ABOUT_LIGHT: [(FindingId, [&str; 2]); 6] = [
    (
        FindingId::LightEven,
        [
            "把两盏灯放在左右各 45°、与肩同高、离人 1.5 到 2 米处，功率调成一样",
            "Put the two lamps 45° to the left and right, at the height of the shoulders, 1.5 to 2 m away, and set them to the same power",
        ],
    ),
    (
        FindingId::LightShadow,
        [
            "给灯加柔光箱或柔光伞，并降到与肩同高，对准头部",
            "Put soft boxes or umbrellas on the lamps, lower them to the height of the shoulders and aim at the head",
        ],
    ),
    (
        FindingId::LightHighlights,
        [
            "把灯移远或调低功率，加柔光罩；也可收小一档光圈",
            "Move the lamps away or lower their power, and soften them; or close the aperture by one stop",
        ],
    ),
    (
        FindingId::Exposure,
        [
            "先用光圈和感光度调到合适的亮度，快门保持在 1/125 秒左右",
            "Set the brightness by aperture and ISO, and leave the shutter at about 1/125 s",
        ],
    ),
    (
        FindingId::ColourCast,
        [
            "两盏灯都用 5500 到 5600 K，关掉其他颜色的灯，白平衡设为闪光灯或 5500 K",
            "Use 5500 to 5600 K in both lamps, switch other lights off, and set the white balance to flash or 5500 K",
        ],
    ),
    (
        FindingId::BackgroundUniform,
        [
            "让人离背景 1 米以上，必要时给背景单独打光，并移走杂物",
            "Let people stand at least 1 m before the wall, light the wall by itself if need be, and clear it",
        ],
    ),
];

/// Reads the light out of a test shot's verdict.
pub fn of(verdict: &Verdict) -> LightTest {
    let points: Vec<_> = ABOUT_LIGHT
        .iter()
        .filter_map(|(id, advice)| {
            let finding = verdict.finding(*id)?.clone();
            let [advice_zh, advice_en] = if finding.severity == Severity::Pass { ["", ""] } else { *advice };
            Some(LightPoint { finding, advice_zh: advice_zh.to_owned(), advice_en: advice_en.to_owned() })
        })
        .collect();
    let measured = points.iter().any(|point| point.finding.measured.is_some());
    let passed = measured && points.iter().all(|point| point.finding.severity == Severity::Pass);
    LightTest { measured, passed, points }
}

#[cfg(test)]
mod tests {
    use gradshot_domain::{Finding, Limit, Unit};

    use super::*;

    fn finding(id: FindingId, severity: Severity) -> Finding {
        Finding {
            id,
            severity,
            measured: Some(0.3),
            limit: Some(Limit::at_least(0.42)),
            unit: Unit::Ratio,
            zh: "左右脸光线不均".into(),
            en: "uneven".into(),
            student_zh: String::new(),
            student_en: String::new(),
        }
    }

    #[test]
    fn one_lamp_is_told_from_two() {
        let uneven = finding(FindingId::LightEven, Severity::Retake);
        let other = finding(FindingId::EyesOpen, Severity::Retake);
        let test = of(&Verdict::of(vec![uneven, other, finding(FindingId::ColourCast, Severity::Pass)]));
        assert!(test.measured && !test.passed);
        assert_eq!(test.points.len(), 2, "closed eyes are no matter of light");
        assert!(test.points[0].advice_en.contains("two lamps"));
        assert!(test.points[1].advice_en.is_empty());
    }

    #[test]
    fn an_empty_chair_proves_nothing() {
        assert!(!of(&Verdict::of(Vec::new())).passed);
    }
}
