//! The registry's answer to a bundle, as its clerks send it back.

use std::collections::HashSet;

use gradshot_wire::roster::RosterError;

use super::roster::{Unreadable, table};
use crate::limits;

const FILE: &str = "文件";
const RESULT: &str = "结果";
const REASON: &str = "原因";

const FILES: [&str; 4] = [FILE, "文件名", "照片", "file"];
const RESULTS: [&str; 4] = [RESULT, "接收结果", "状态", "result"];
const REASONS: [&str; 4] = [REASON, "退回原因", "备注", "reason"];
const REASON_CHARS: usize = 200;

/// What the registry says of one portrait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// 接收
    Registered,
    /// 退回
    Refused {
        /// Why.
        reason: String,
    },
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The portrait's place in the bundle, counted from 0.
    pub(super) place: usize,
    pub(super) answer: Answer,
}

/// Reads a list of answers to a bundle of so many portraits, whose files have these names or are named by their places: all its rows, or everything that is wrong with them.
pub(super) fn read(
    file: &[u8],
    portraits: u32,
    names: &[String],
) -> Result<Result<Vec<Line>, Vec<RosterError>>, Unreadable> {
    let rows = table::rows(file)?;
    let header = rows.first().ok_or(Unreadable)?;
    let column = |names: &[&str]| header.iter().position(|cell| names.contains(&cell.text.as_str()));
    let (file, result) = (column(&FILES).ok_or(Unreadable)?, column(&RESULTS).ok_or(Unreadable)?);
    let reason = column(&REASONS);
    let (mut lines, mut errors, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for (cells, row) in rows.iter().zip(1u32..).skip(1) {
        let text = |column: usize| cells.get(column).map_or("", |cell| cell.text.as_str());
        if cells.iter().all(|cell| cell.text.is_empty()) {
            continue;
        }
        let place = place(text(file), names).filter(|place| *place < portraits as usize);
        let reason: String = reason.map_or("", text).chars().take(REASON_CHARS).collect();
        let answer = match text(result) {
            "接收" | "通过" | "成功" | "accepted" => Some(Answer::Registered),
            "退回" | "不通过" | "失败" | "refused" => Some(Answer::Refused { reason }),
            _ => None,
        };
        match (place, answer) {
            (Some(place), Some(answer)) if seen.insert(place) => lines.push(Line { place, answer }),
            (Some(_), Some(_)) => errors.push(error(row, FILE, "文件重复", "this file is there twice")),
            (None, _) => errors.push(error(row, FILE, "上网包中没有此文件", "the bundle has no such file")),
            (_, None) => errors.push(error(row, RESULT, "应为 接收 或 退回", "has to be 接收 or 退回")),
        }
        errors.truncate(limits::ROSTER_ERRORS);
    }
    Ok(if errors.is_empty() { Ok(lines) } else { Err(errors) })
}

/// The place of a file by its own name, or of `portraits/000001.jpg`; with or without folder and ending.
fn place(file: &str, names: &[String]) -> Option<usize> {
    let name = file.rsplit(['/', '\\']).next()?.trim_end_matches(".jpg");
    if let Some(place) = names.iter().position(|own| own == name) {
        return Some(place);
    }
    let number: usize = name.parse().ok()?;
    number.checked_sub(1)
}

fn error(row: u32, column: &str, zh: &str, en: &str) -> RosterError {
    RosterError { row, column: column.to_owned(), zh: zh.to_owned(), en: en.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood_or_named() {
        let good = "文件,结果,原因\nportraits/000001.jpg,接收,\n000002.jpg,退回,背景不符\n";
        let lines = read(good.as_bytes(), 2, &[]).unwrap().unwrap();
        assert_eq!(lines[0], Line { place: 0, answer: Answer::Registered });
        assert_eq!(lines[1].answer, Answer::Refused { reason: "背景不符".to_owned() });
        let wrong = "文件,结果\n000003.jpg,接收\n000001.jpg,也许\n000002.jpg,接收\n000002.jpg,退回\n";
        let errors = read(wrong.as_bytes(), 2, &[]).unwrap().unwrap_err();
        assert_eq!(errors.iter().map(|error| error.row).collect::<Vec<_>>(), [2, 3, 5]);
        let own = ["DEMO27_S1".to_owned(), "DEMO27_S2".to_owned()];
        let lines = read("文件,结果\nDEMO27_S2.jpg,接收\n".as_bytes(), 2, &own).unwrap().unwrap();
        assert_eq!(lines[0].place, 1);
        assert_eq!(read(b"a,b\n", 2, &[]), Err(Unreadable));
    }
}
