//! A roster as schools send it: CSV in UTF-8 or GBK with Chinese headers.

use std::collections::HashSet;

use gradshot_domain::{Category, IdLast4, InvalidRosterField, PersonName, StudentNumber};
use gradshot_wire::roster::RosterError;

use crate::limits;

const NAME: &str = "姓名";
const NUMBER: &str = "学号";
const LAST4: &str = "身份证后四位";
const CATEGORY: &str = "学历类别";

/// One student of the file.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) name: PersonName,
    pub(super) number: StudentNumber,
    pub(super) last4: IdLast4,
    pub(super) category: Category,
}

/// The file is no roster at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unreadable;

/// Reads a roster: all its students, or everything that is wrong with it. Never repeats what a row says.
pub(super) fn read(
    file: &[u8],
    offered: &[Category],
) -> Result<Result<Vec<Row>, Vec<RosterError>>, Unreadable> {
    let text = decode(file).ok_or(Unreadable)?;
    let mut csv = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let headers = csv.headers().map_err(|_| Unreadable)?.clone();
    let column = |name: &str| headers.iter().position(|header| header == name).ok_or(Unreadable);
    let columns = [column(NAME)?, column(NUMBER)?, column(LAST4)?, column(CATEGORY)?];

    let (mut rows, mut errors, mut numbers) = (Vec::new(), Vec::new(), HashSet::new());
    for (record, row) in csv.into_records().zip(2u32..) {
        let record = record.map_err(|_| Unreadable)?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        if rows.len() >= limits::ROSTER_ROWS {
            return Err(Unreadable);
        }
        let [name, number, last4, category] = columns.map(|column| record.get(column).unwrap_or(""));
        match student(name, number, last4, category, offered) {
            Ok(student) if numbers.insert(student.number.as_str().to_owned()) => rows.push(student),
            Ok(_) => errors.push(error(row, NUMBER, "学号重复", "this student number is there twice")),
            Err(wrong) => errors.extend(wrong.into_iter().map(|wrong| RosterError { row, ..wrong })),
        }
        errors.truncate(limits::ROSTER_ERRORS);
    }
    Ok(if errors.is_empty() { Ok(rows) } else { Err(errors) })
}

/// The text of a file that Excel saved in one of the two encodings it uses in China.
fn decode(file: &[u8]) -> Option<String> {
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    match std::str::from_utf8(file) {
        Ok(text) => Some(text.to_owned()),
        Err(_) => encoding_rs::GBK
            .decode_without_bom_handling_and_without_replacement(file)
            .map(std::borrow::Cow::into_owned),
    }
}

fn student(
    name: &str,
    number: &str,
    last4: &str,
    category: &str,
    offered: &[Category],
) -> Result<Row, Vec<RosterError>> {
    let mut errors = Vec::new();
    let name = name.parse::<PersonName>().map_err(|error| errors.push(field(NAME, error))).ok();
    let number = number.parse::<StudentNumber>().map_err(|error| errors.push(field(NUMBER, error))).ok();
    let last4 = last4.parse::<IdLast4>().map_err(|error| errors.push(field(LAST4, error))).ok();
    let category = parse_category(category).filter(|category| offered.contains(category));
    if category.is_none() {
        errors.push(error(0, CATEGORY, "不是本批次采集的学历类别", "not a kind of studies of this campaign"));
    }
    match (name, number, last4, category) {
        (Some(name), Some(number), Some(last4), Some(category)) => Ok(Row { name, number, last4, category }),
        _ => Err(errors),
    }
}

fn parse_category(text: &str) -> Option<Category> {
    match text {
        "专科" | "大专" | "高职" => Some(Category::Associate),
        "本科" => Some(Category::Bachelor),
        "硕士" | "硕士研究生" => Some(Category::Master),
        "博士" | "博士研究生" => Some(Category::Doctor),
        "成人" | "成教" | "成人高等教育" => Some(Category::Continuing),
        _ => None,
    }
}

fn field(column: &str, wrong: InvalidRosterField) -> RosterError {
    let zh = match wrong {
        InvalidRosterField::Name => "姓名应为 1 到 40 个字，不含数字",
        InvalidRosterField::StudentNumber => "学号应为 1 到 24 位字母或数字",
        InvalidRosterField::IdLast4 => "应为四位数字，或三位数字加 X",
    };
    error(0, column, zh, &wrong.to_string())
}

fn error(row: u32, column: &str, zh: &str, en: &str) -> RosterError {
    RosterError { row, column: column.to_owned(), zh: zh.to_owned(), en: en.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERED: &[Category] = &[Category::Bachelor, Category::Master];
    const GOOD: &str =
        "学号,姓名,学历类别,身份证后四位\nS001,林小雨,本科,012x\n\nS002,欧阳明月,硕士研究生,3345\n";

    #[test]
    fn columns_may_stand_in_any_order_and_empty_lines_do_no_harm() {
        let rows = read(GOOD.as_bytes(), OFFERED).unwrap().unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].name.as_str(), rows[0].last4.as_str()), ("林小雨", "012X"));
        assert_eq!(rows[1].category, Category::Master);
    }

    #[test]
    fn excels_two_encodings_are_read() {
        let (gbk, _, _) = encoding_rs::GBK.encode(GOOD);
        assert_eq!(read(&gbk, OFFERED).unwrap().unwrap().len(), 2);
        let with_mark = [b"\xef\xbb\xbf".as_slice(), GOOD.as_bytes()].concat();
        assert_eq!(read(&with_mark, OFFERED).unwrap().unwrap().len(), 2);
        assert_eq!(read(b"name,number\n", OFFERED).unwrap_err(), Unreadable);
    }

    #[test]
    fn each_wrong_field_is_named_and_not_repeated() {
        let file = "姓名,学号,身份证后四位,学历类别\n林小雨,S001,12,专科\n王芳,S002,3345,本科\n李雷,s002,3346,本科\n";
        let errors = read(file.as_bytes(), OFFERED).unwrap().unwrap_err();
        let places: Vec<_> = errors.iter().map(|error| (error.row, error.column.as_str())).collect();
        assert_eq!(places, [(2, LAST4), (2, CATEGORY), (4, NUMBER)]);
        assert!(errors.iter().all(|error| !error.zh.contains("林小雨") && !error.zh.contains("S00")));
    }
}
