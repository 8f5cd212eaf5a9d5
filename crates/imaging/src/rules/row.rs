//! One row of the table, and how a value is held against it.

use gradshot_domain::{Finding, FindingId, Limit, Question, Severity, Unit};

/// A rule, how it is measured, and what to say.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub id: FindingId,
    /// What the standard or the collecting units ask for.
    pub rule: Text,
    /// How it is measured.
    pub how: Text,
    pub unit: Unit,
    /// In order within.
    pub pass: Limit,
    /// For a person to decide within; a retake beyond.
    pub review: Limit,
    /// Said when it is in order.
    pub ok: Text,
    /// Said when the value lies below, and above.
    pub low: Advice,
    pub high: Advice,
    /// What to say, and how grave it is, when nothing could be measured.
    pub unmeasured: (Severity, Advice),
    /// What the reviewer is asked when nothing could be measured.
    pub question: Option<Text>,
}

/// A text in both languages; `{}` stands for the measured value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Text {
    pub zh: &'static str,
    pub en: &'static str,
}

/// What to tell the operator, and the student.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Advice {
    pub operator: Text,
    pub student: Text,
}

pub(crate) const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

const NOTHING: Text = text("", "");
const SILENT: Advice = Advice { operator: NOTHING, student: NOTHING };

/// A row whose values beyond `pass` a person decides about, up to `review`.
pub(crate) fn graded(id: FindingId, unit: Unit, pass: Limit, review: Limit) -> Row {
    let unmeasured = Advice {
        operator: text("未能自动测量，请审核人员确认", "could not be measured; the reviewer decides"),
        student: NOTHING,
    };
    Row {
        id,
        rule: NOTHING,
        how: NOTHING,
        unit,
        pass,
        review,
        ok: NOTHING,
        low: SILENT,
        high: SILENT,
        unmeasured: (Severity::Review, unmeasured),
        question: None,
    }
}

/// A row without a range for the reviewer.
pub(crate) fn strict(id: FindingId, unit: Unit, pass: Limit) -> Row {
    graded(id, unit, pass, pass)
}

/// A row that never asks for a retake by itself: beyond `pass` a person decides.
pub(crate) fn reviewed(id: FindingId, unit: Unit, pass: Limit) -> Row {
    graded(id, unit, pass, Limit { min: None, max: None })
}

impl Row {
    pub(crate) fn rule(self, zh: &'static str, en: &'static str) -> Self {
        Self { rule: text(zh, en), ..self }
    }

    pub(crate) fn how(self, zh: &'static str, en: &'static str) -> Self {
        Self { how: text(zh, en), ..self }
    }

    pub(crate) fn ok(self, zh: &'static str, en: &'static str) -> Self {
        Self { ok: text(zh, en), ..self }
    }

    /// Operator's words in both languages, then the student's.
    pub(crate) fn low(self, operator: [&'static str; 2], student: [&'static str; 2]) -> Self {
        Self { low: advice(operator, student), ..self }
    }

    pub(crate) fn high(self, operator: [&'static str; 2], student: [&'static str; 2]) -> Self {
        Self { high: advice(operator, student), ..self }
    }

    /// Not to be measured means a retake.
    pub(crate) fn unmeasured(self, operator: [&'static str; 2], student: [&'static str; 2]) -> Self {
        Self { unmeasured: (Severity::Retake, advice(operator, student)), ..self }
    }

    /// Nothing to measure means that nothing is wrong.
    pub(crate) fn harmless_unmeasured(self, zh: &'static str, en: &'static str) -> Self {
        Self { unmeasured: (Severity::Pass, Advice { operator: text(zh, en), student: NOTHING }), ..self }
    }

    /// Not to be measured is no fault, but a question to the reviewer.
    pub(crate) fn asked_unmeasured(self, operator: [&'static str; 2], question: [&'static str; 2]) -> Self {
        Self { question: Some(text(question[0], question[1])), ..self }
            .harmless_unmeasured(operator[0], operator[1])
    }

    /// What the reviewer is asked, given that this was measured.
    pub(crate) fn question(&self, measured: Option<f64>) -> Option<Question> {
        let question = self.question.filter(|_| measured.is_none_or(f64::is_nan))?;
        Some(Question { id: self.id, zh: question.zh.to_owned(), en: question.en.to_owned() })
    }

    /// Holds a value against the row. It is judged as it is recorded, so that a record never shows a value inside
    /// its limit that was refused.
    pub(crate) fn judge(&self, measured: Option<f64>) -> Finding {
        let measured = measured.filter(|value| value.is_finite()).map(|value| rounded(value, self.unit));
        let (severity, advice) = match measured {
            None => self.unmeasured,
            Some(value) => (self.severity(value), self.advice(value)),
        };
        let number = measured.map_or_else(String::new, |value| written(value, self.unit));
        let say = |words: &str| words.replace("{}", &number);
        Finding {
            id: self.id,
            severity,
            measured,
            limit: Some(self.pass),
            unit: self.unit,
            zh: say(advice.operator.zh),
            en: say(advice.operator.en),
            student_zh: say(advice.student.zh),
            student_en: say(advice.student.en),
        }
    }

    fn severity(&self, value: f64) -> Severity {
        if self.pass.holds(value) {
            Severity::Pass
        } else if self.review.holds(value) {
            Severity::Review
        } else {
            Severity::Retake
        }
    }

    fn advice(&self, value: f64) -> Advice {
        match () {
            () if self.pass.holds(value) => Advice { operator: self.ok, student: NOTHING },
            () if self.pass.min.is_some_and(|min| value < min) => self.low,
            () => self.high,
        }
    }
}

fn advice(operator: [&'static str; 2], student: [&'static str; 2]) -> Advice {
    Advice { operator: text(operator[0], operator[1]), student: text(student[0], student[1]) }
}

/// The value for a message, without its sign: the words say the direction.
pub(super) fn written(value: f64, unit: Unit) -> String {
    format!("{:.*}", decimals(unit), value.abs())
}

/// The value for a record: one decimal more than people read.
pub(super) fn rounded(value: f64, unit: Unit) -> f64 {
    let factor = 10f64.powi(i32::try_from(decimals(unit)).unwrap_or(0) + 1);
    (value * factor).round() / factor
}

/// Decimals that a value of this unit is honestly known to.
fn decimals(unit: Unit) -> usize {
    match unit {
        Unit::Count | Unit::Px | Unit::Level => 0,
        Unit::Deg | Unit::Kb => 1,
        Unit::Ratio | Unit::Times => 2,
    }
}
