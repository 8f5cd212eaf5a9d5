//! Reading a roster 名单 file: CSV as a school's clerk exports it, UTF-8 or GBK. Pure: bytes in, rows or errors out.
//!
//! A row's content never appears in an error: only its place and what is wrong.

use std::collections::HashSet;

use encoding_rs::GBK;
use gradshot_domain::{Category, IdLast4, InvalidRosterField, PersonName, StudentNumber};
use gradshot_wire::roster::RosterError;

/// Largest file that is read, bytes.
pub const MAX_ROSTER_BYTES: usize = 8 * 1024 * 1024;
/// Rows that a file may have; the largest universities graduate about 20,000 a year.
pub const MAX_ROSTER_ROWS: usize = 50_000;
/// Errors that are told; a file with more is the wrong file.
const MAX_ERRORS: usize = 200;

const HEADERS: [&str; 4] = ["姓名", "学号", "身份证后四位", "学历类别"];

/// One student of the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterRow {
    /// Full name.
    pub name: PersonName,
    /// Student number, unique in the file.
    pub student_number: StudentNumber,
    /// Last four of the ID number.
    pub id_last4: IdLast4,
    /// Kind of studies.
    pub category: Category,
}

/// Reads a whole file, or tells every error in it (at most 200).
pub fn read_roster(bytes: &[u8], categories: &[Category]) -> Result<Vec<RosterRow>, Vec<RosterError>> {
    let text = decode(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let headers = reader.headers().cloned().unwrap_or_default();
    let columns = columns(&headers)?;
    let mut rows = Vec::new();
    let mut errors = Vec::new();
    let mut numbers = HashSet::new();
    for (index, record) in reader.records().enumerate() {
        let row = index as u32 + 2;
        if index >= MAX_ROSTER_ROWS {
            errors.push(error(row, "", "行数超过 50000，请分次导入", "more than 50,000 rows: import in parts"));
            break;
        }
        if errors.len() >= MAX_ERRORS {
            break;
        }
        match record {
            Ok(record) if record.iter().all(str::is_empty) => {}
            Ok(record) => match read_row(row, &record, columns, categories) {
                Ok(read) if !numbers.insert(read.student_number.as_str().to_owned()) => {
                    errors.push(error(row, HEADERS[1], "学号重复", "the student number appears twice"));
                }
                Ok(read) => rows.push(read),
                Err(wrong) => errors.extend(wrong),
            },
            Err(_) => errors.push(error(row, "", "这一行无法读取，请检查引号", "this row cannot be read: check quotes")),
        }
    }
    if rows.is_empty() && errors.is_empty() {
        errors.push(error(2, "", "文件里没有学生", "there is no student in the file"));
    }
    if errors.is_empty() { Ok(rows) } else { Err(errors) }
}

/// UTF-8 if it is, with or without a byte order mark; otherwise GBK, which Excel writes in China.
fn decode(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => GBK.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

fn columns(headers: &csv::StringRecord) -> Result<[usize; 4], Vec<RosterError>> {
    let mut columns = [0; 4];
    let mut missing = Vec::new();
    for (column, name) in columns.iter_mut().zip(HEADERS) {
        match headers.iter().position(|header| header == name) {
            Some(position) => *column = position,
            None => missing.push(error(1, name, "缺少这一列", "this column is missing")),
        }
    }
    if missing.is_empty() { Ok(columns) } else { Err(missing) }
}

fn read_row(
    row: u32,
    record: &csv::StringRecord,
    columns: [usize; 4],
    categories: &[Category],
) -> Result<RosterRow, Vec<RosterError>> {
    let field = |column: usize| record.get(columns[column]).unwrap_or_default();
    let name = field(0).parse::<PersonName>();
    let student_number = field(1).parse::<StudentNumber>();
    let id_last4 = field(2).parse::<IdLast4>();
    let category = category(field(3)).filter(|category| categories.contains(category));
    if let (Ok(name), Ok(student_number), Ok(id_last4), Some(category)) =
        (&name, &student_number, &id_last4, category)
    {
        return Ok(RosterRow {
            name: name.clone(),
            student_number: student_number.clone(),
            id_last4: id_last4.clone(),
            category,
        });
    }
    let wrong = [name.err(), student_number.err(), id_last4.err()];
    let mut errors: Vec<RosterError> = wrong.into_iter().flatten().map(|wrong| explain(row, wrong)).collect();
    if category.is_none() {
        errors.push(error(
            row,
            HEADERS[3],
            "学历类别须为本批次采集的类别，例如 本科",
            "the category has to be one that this campaign collects, for example 本科",
        ));
    }
    Err(errors)
}

fn category(text: &str) -> Option<Category> {
    Some(match text {
        "专科" => Category::Associate,
        "本科" => Category::Bachelor,
        "硕士" | "硕士研究生" => Category::Master,
        "博士" | "博士研究生" => Category::Doctor,
        "成人" | "成人高等教育" => Category::Continuing,
        _ => return None,
    })
}

fn explain(row: u32, wrong: InvalidRosterField) -> RosterError {
    match wrong {
        InvalidRosterField::Name => {
            error(row, HEADERS[0], "姓名须为 1 至 40 个字，不含数字", "the name has to be 1 to 40 characters without digits")
        }
        InvalidRosterField::StudentNumber => error(
            row,
            HEADERS[1],
            "学号须为 1 至 24 位字母或数字",
            "the student number has to be 1 to 24 letters or digits",
        ),
        InvalidRosterField::IdLast4 => error(
            row,
            HEADERS[2],
            "须为四位数字，或三位数字加 X；Excel 可能删掉了开头的 0",
            "has to be four digits, or three and X; Excel may have dropped a leading 0",
        ),
    }
}

fn error(row: u32, column: &str, zh: &str, en: &str) -> RosterError {
    RosterError { row, column: column.to_owned(), zh: zh.to_owned(), en: en.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GOOD: &str =
        "姓名,学号,身份证后四位,学历类别\r\n林小雨,2023001,012X,本科\r\n欧阳明月,2023002,0012,硕士研究生\r\n";
    const ALL: [Category; 2] = [Category::Bachelor, Category::Master];

    #[test]
    fn utf8_with_and_without_mark_and_gbk_say_the_same() {
        let plain = read_roster(GOOD.as_bytes(), &ALL).unwrap();
        assert_eq!(plain.len(), 2);
        assert_eq!(plain[1].name.as_str(), "欧阳明月");
        let marked = [b"\xEF\xBB\xBF".as_slice(), GOOD.as_bytes()].concat();
        assert_eq!(read_roster(&marked, &ALL).unwrap(), plain);
        assert_eq!(read_roster(&GBK.encode(GOOD).0, &ALL).unwrap(), plain);
    }

    #[test]
    fn every_error_is_told_with_its_row_and_never_with_its_content() {
        let csv = "学号,姓名,身份证后四位,学历类别\n2023001,林小雨,12,本科\n2023002,张三9,0012,博士\n2023003,王芳,0013,本科\n2023003,王芳,0013,本科\n";
        let errors = read_roster(csv.as_bytes(), &ALL).unwrap_err();
        let places: Vec<_> = errors.iter().map(|error| (error.row, error.column.as_str())).collect();
        assert_eq!(places, [(2, "身份证后四位"), (3, "姓名"), (3, "学历类别"), (5, "学号")]);
        assert!(errors.iter().all(|error| !error.zh.contains("张三") && !error.zh.contains("林小雨")));
    }

    #[test]
    fn another_file_says_which_columns_are_missing() {
        let errors = read_roster(b"a,b\n1,2\n", &ALL).unwrap_err();
        assert_eq!(errors.len(), 4);
        assert!(errors.iter().all(|error| error.row == 1));
        assert_eq!(read_roster("姓名,学号,身份证后四位,学历类别\n".as_bytes(), &ALL).unwrap_err().len(), 1);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read_roster(&bytes, &ALL);
        }
    }
}
