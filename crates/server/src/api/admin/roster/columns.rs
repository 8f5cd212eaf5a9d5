//! Where a roster's columns stand, whatever a school calls them.

use super::table::Cell;

pub(super) const NAME: &str = "姓名";
pub(super) const NUMBER: &str = "学号";
pub(super) const LAST4: &str = "身份证后四位";
pub(super) const CATEGORY: &str = "学历类别";

const NAMES: [&str; 4] = [NAME, "学生姓名", "名字", "考生姓名"];
const NUMBERS: [&str; 3] = [NUMBER, "学生学号", "学籍号"];
const LAST4S: [&str; 7] = [
    LAST4,
    "身份证号后四位",
    "身份证号码后四位",
    "身份证后4位",
    "身份证号后4位",
    "证件号后四位",
    "证件号码后四位",
];
const ID_NUMBERS: [&str; 5] = ["身份证号", "身份证号码", "证件号", "证件号码", "身份证件号"];
const CATEGORIES: [&str; 6] = [CATEGORY, "学历层次", "培养层次", "层次", "学历", "类别"];

/// Rows above the headers that are passed over: titles and hints.
const ROWS_ABOVE: usize = 10;

/// Where the columns stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    /// The row with the headers, counted from 0.
    pub(super) header: usize,
    pub(super) name: usize,
    pub(super) number: usize,
    /// The last four of the ID number.
    pub(super) last4: usize,
    /// Whether that column has the whole number.
    pub(super) is_whole_number: bool,
    /// Absent when the file leaves it out, as it may for a campaign of one category.
    pub(super) category: Option<usize>,
}

impl Columns {
    /// Finds the row with the headers; `None` when there is none.
    pub(super) fn find(rows: &[Vec<Cell>]) -> Option<Self> {
        rows.iter().take(ROWS_ABOVE).enumerate().find_map(|(header, row)| {
            let titles: Vec<String> = row.iter().map(|cell| plain(&cell.text)).collect();
            let column = |names: &[&str]| titles.iter().position(|title| names.contains(&title.as_str()));
            let last4 = column(&LAST4S);
            Some(Self {
                header,
                name: column(&NAMES)?,
                number: column(&NUMBERS)?,
                last4: last4.or_else(|| column(&ID_NUMBERS))?,
                is_whole_number: last4.is_none(),
                category: column(&CATEGORIES),
            })
        })
    }
}

/// A header without spaces, stars and what stands in brackets.
fn plain(header: &str) -> String {
    let head = header.split(['(', '（', ':', '：']).next().unwrap_or_default();
    head.chars().filter(|c| !c.is_whitespace() && *c != '*').collect()
}
