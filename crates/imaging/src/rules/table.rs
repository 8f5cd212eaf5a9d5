//! The table as people read it: `docs/verdict.md` is made of it.

use std::fmt::Write as _;

use gradshot_domain::{FindingId, Limit, Unit};

use super::{questions, rows};
use crate::spec::Spec;

/// One check of a spec, in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// What is measured.
    pub id: FindingId,
    /// The rule, in Chinese and English.
    pub rule: [&'static str; 2],
    /// How it is measured, in Chinese and English.
    pub how: [&'static str; 2],
    /// Unit of the limits.
    pub unit: Unit,
    /// In order within.
    pub pass: Limit,
    /// A person decides within; a retake beyond.
    pub review: Limit,
    /// What the operator is told when the value lies below and above, in Chinese.
    pub operator: [&'static str; 2],
    /// What the student is told when the value lies below and above, in Chinese.
    pub student: [&'static str; 2],
}

/// Every check of a spec, in the order in which people hear of them.
pub fn checks(spec: &Spec) -> Vec<Check> {
    rows(spec)
        .into_iter()
        .map(|row| Check {
            id: row.id,
            rule: [row.rule.zh, row.rule.en],
            how: [row.how.zh, row.how.en],
            unit: row.unit,
            pass: row.pass,
            review: row.review,
            operator: [row.low.operator.zh, row.high.operator.zh],
            student: [row.low.student.zh, row.high.student.zh],
        })
        .collect()
}

/// The checks of a spec as a page in Markdown.
pub fn markdown(spec: &Spec) -> String {
    let mut page = format!(
        "# 检查结果 · The verdict\n\nWhat `{}` ({}) asks for, how it is measured, and what happens beyond the limit. \
         Made from the table in `crates/imaging/src/rules`; a test keeps both the same.\n\n\
         | id | 规则 rule | 怎样测量 how it is measured | 通过 pass | 人工 review | 否则 else | 对操作员 operator | 对学生 student |\n\
         |---|---|---|---|---|---|---|---|\n",
        spec.id, spec.en
    );
    for check in checks(spec) {
        let beyond = if check.review == (Limit { min: None, max: None }) { "review" } else { "retake" };
        let review =
            if check.review == check.pass { "–".to_owned() } else { range(check.review, check.unit) };
        let said = |texts: [&str; 2]| {
            let texts: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
            texts.join("<br>")
        };
        let _ = writeln!(
            page,
            "| `{}` | {}<br>{} | {}<br>{} | {} | {review} | {beyond} | {} | {} |",
            name(check.id),
            check.rule[0],
            check.rule[1],
            check.how[0],
            check.how[1],
            range(check.pass, check.unit),
            said(check.operator),
            said(check.student),
        );
    }
    page.push_str(
        "\n## 请审核人员回答 · Asked of the reviewer\n\nNothing here can measure these honestly, so every portrait carries the questions.\n\n\
         | id | 问题 | question |\n|---|---|---|\n",
    );
    for question in questions() {
        let _ = writeln!(page, "| `{}` | {} | {} |", name(question.id), question.zh, question.en);
    }
    page
}

fn name(id: FindingId) -> String {
    serde_json::to_value(id).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

fn range(limit: Limit, unit: Unit) -> String {
    let unit = match unit {
        Unit::Count | Unit::Ratio | Unit::Level => "",
        Unit::Px => " px",
        Unit::Deg => "°",
        Unit::Times => "×",
        Unit::Kb => " KB",
    };
    match (limit.min, limit.max) {
        (Some(min), Some(max)) if (min - max).abs() < f64::EPSILON => format!("{min}{unit}"),
        (Some(min), Some(max)) => format!("{min} – {max}{unit}"),
        (Some(min), None) => format!("≥ {min}{unit}"),
        (None, Some(max)) => format!("≤ {max}{unit}"),
        (None, None) => "–".to_owned(),
    }
}
