//! What the table promises of every row.

use super::*;

fn chsi() -> Spec {
    let toml = include_str!("../../../../assets/specs/chsi.toml");
    Spec::parse(toml, std::path::Path::new("chsi.toml")).unwrap()
}

#[test]
fn every_row_has_words_for_every_outcome() {
    let spec = chsi();
    for row in rows(&spec) {
        let id = row.id;
        for value in [Some(-1e6), Some(0.3), Some(1e6), None] {
            let finding = judge(id, value, &spec);
            assert!(!finding.zh.is_empty() && !finding.en.is_empty(), "{id:?} at {value:?}: {finding:?}");
            assert!(!finding.zh.contains('{') && !finding.zh.contains('！') && !finding.en.contains('!'));
            assert!(!finding.student_zh.contains('{') && !finding.student_zh.contains('！'));
        }
        assert!(!row.rule.zh.is_empty() && !row.rule.en.is_empty(), "{id:?} names no rule");
        assert!(!row.how.zh.is_empty() && !row.how.en.is_empty(), "{id:?} does not say how it is measured");
    }
}

#[test]
fn every_retake_tells_the_student_what_to_do() {
    let spec = chsi();
    for row in rows(&spec) {
        for value in [Some(-1e6), Some(1e6)] {
            let finding = row.judge(value);
            if finding.severity == Severity::Retake {
                assert!(!finding.student_zh.is_empty() && !finding.student_en.is_empty(), "{finding:?}");
            }
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
fn what_could_not_be_measured_is_a_silent_pass_only_where_there_is_nothing_to_measure() {
    let harmless = [
        FindingId::SamePerson,
        FindingId::ShouldersLevel,
        FindingId::BackgroundUniform,
        FindingId::ClothesContrast,
        FindingId::HeadCover,
    ];
    for row in rows(&chsi()) {
        for value in [None, Some(f64::NAN)] {
            let passes = row.judge(value).severity == Severity::Pass;
            assert_eq!(passes, harmless.contains(&row.id), "{:?}", row.id);
        }
    }
}

#[test]
fn the_table_knows_each_check_once() {
    let rows = rows(&chsi());
    let ids: std::collections::BTreeSet<FindingId> = rows.iter().map(|row| row.id).collect();
    assert_eq!(ids.len(), rows.len());
}

/// `GRADSHOT_WRITE_DOCS=1 cargo test --workspace --lib the_page_about_the_verdict` writes it anew.
#[test]
fn the_page_about_the_verdict_is_this_table() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/verdict.md");
    let page = markdown(&chsi());
    if std::env::var_os("GRADSHOT_WRITE_DOCS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written.starts_with(&page),
        "docs/verdict.md is not the table; write it anew as the comment says"
    );
}
