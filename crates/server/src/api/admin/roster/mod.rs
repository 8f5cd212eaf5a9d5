//! A roster as schools send it: CSV or Excel's workbook, with Chinese headers.

mod columns;
pub(super) mod table;

use std::collections::HashSet;

use gradshot_domain::{Category, IdLast4, InvalidRosterField};
use gradshot_wire::roster::RosterError;

use self::columns::{CATEGORY, Columns, LAST4, NAME, NUMBER};
use self::table::Cell;
use crate::limits;
use crate::roster_entry::Enrolled;

/// The file is no roster at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unreadable;

/// Reads a roster: all its students, or everything that is wrong with it. Never repeats what a row says.
pub(super) fn read(
    file: &[u8],
    offered: &[Category],
) -> Result<Result<Vec<Enrolled>, Vec<RosterError>>, Unreadable> {
    let table = table::rows(file)?;
    let columns = Columns::find(&table).ok_or(Unreadable)?;
    if columns.category.is_none() && offered.len() != 1 {
        return Err(Unreadable);
    }
    let (mut rows, mut errors, mut numbers) = (Vec::new(), Vec::new(), HashSet::new());
    for (cells, row) in table.iter().zip(1u32..).skip(columns.header + 1) {
        if cells.iter().all(|cell| cell.text.is_empty()) {
            continue;
        }
        match student(cells, &columns, offered) {
            Ok(student) if numbers.insert(student.number.as_str().to_owned()) => rows.push(student),
            Ok(_) => errors.push(error(row, NUMBER, "学号重复", "this student number is there twice")),
            Err(wrong) => errors.extend(wrong.into_iter().map(|wrong| RosterError { row, ..wrong })),
        }
        errors.truncate(limits::ROSTER_ERRORS);
    }
    Ok(if errors.is_empty() { Ok(rows) } else { Err(errors) })
}

fn student(cells: &[Cell], columns: &Columns, offered: &[Category]) -> Result<Enrolled, Vec<RosterError>> {
    let text = |column: usize| cells.get(column).map_or("", |cell| cell.text.as_str());
    let mut errors = Vec::new();
    let name = text(columns.name).parse().map_err(|error| errors.push(field(NAME, error))).ok();
    let number = text(columns.number).parse().map_err(|error| errors.push(field(NUMBER, error))).ok();
    let last4 = last4(cells.get(columns.last4), columns.is_whole_number);
    let last4 = last4.map_err(|error| errors.push(field(LAST4, error))).ok();
    let category = match columns.category {
        Some(column) => parse_category(text(column)).filter(|category| offered.contains(category)),
        None => offered.first().copied(),
    };
    if category.is_none() {
        errors.push(error(0, CATEGORY, "不是本批次采集的学历类别", "not a kind of studies of this campaign"));
    }
    match (name, number, last4, category) {
        (Some(name), Some(number), Some(last4), Some(category)) => {
            Ok(Enrolled { name, number, last4, category })
        }
        _ => Err(errors),
    }
}

fn last4(cell: Option<&Cell>, is_whole_number: bool) -> Result<IdLast4, InvalidRosterField> {
    let Some(Cell { text, is_number }) = cell else { return Err(InvalidRosterField::IdLast4) };
    match (is_whole_number, is_number) {
        (true, _) => IdLast4::of_id_number(text),
        (false, true) => format!("{text:0>4}").parse(),
        (false, false) => text.parse(),
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
    fn a_workbook_with_a_title_and_other_headers_is_read() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "2027 届毕业生名单").unwrap();
        for (column, header) in
            ["序号", "学生姓名*", "学 号", "身份证号后四位（末位可为 X）"].into_iter().enumerate()
        {
            sheet.write_string(1, u16::try_from(column).unwrap(), header).unwrap();
        }
        sheet.write_number(2, 0, 1).unwrap();
        sheet.write_string(2, 1, "林小雨").unwrap();
        sheet.write_number(2, 2, 20_270_001).unwrap();
        sheet.write_number(2, 3, 12).unwrap();
        let file = book.save_to_buffer().unwrap();
        let rows = read(&file, &[Category::Bachelor]).unwrap().unwrap();
        assert_eq!((rows[0].number.as_str(), rows[0].last4.as_str()), ("20270001", "0012"));
        assert_eq!(rows[0].category, Category::Bachelor, "the campaign has only one");
        assert_eq!(read(&file, OFFERED).unwrap_err(), Unreadable, "which of the two is not said");
        assert_eq!(read(b"PK\x03\x04 no workbook", OFFERED).unwrap_err(), Unreadable);
    }

    #[test]
    fn whole_id_numbers_are_shortened() {
        let file =
            "姓名,学号,证件号码,层次\n林小雨,S001,11010119900307012x,本科\n陈大文,S002,H12345678,本科\n";
        let rows = read(file.as_bytes(), OFFERED).unwrap().unwrap();
        assert_eq!((rows[0].last4.as_str(), rows[1].last4.as_str()), ("012X", "5678"));
    }

    #[test]
    fn each_wrong_field_is_named_and_not_repeated() {
        let file = "姓名,学号,身份证后四位,学历类别\n林小雨,S001,12,专科\n王芳,S002,3345,本科\n李雷,s002,3346,本科\n";
        let errors = read(file.as_bytes(), OFFERED).unwrap().unwrap_err();
        let places: Vec<_> = errors.iter().map(|error| (error.row, error.column.as_str())).collect();
        assert_eq!(places, [(2, LAST4), (2, CATEGORY), (4, NUMBER)]);
        assert!(errors.iter().all(|error| !error.zh.contains("林小雨") && !error.zh.contains("S00")));
    }

    #[test]
    fn rows_are_counted_as_a_person_does_also_after_empty_lines() {
        for end in ["\n", "\r\n"] {
            let file = [
                "姓名,学号,身份证后四位,学历类别",
                "林小雨,S001,12,本科",
                "",
                "",
                "王芳,S002,33,本科",
                "",
                "李雷,S003,3,本科",
            ]
            .join(end);
            let errors = read(file.as_bytes(), OFFERED).unwrap().unwrap_err();
            assert_eq!(errors.iter().map(|error| error.row).collect::<Vec<_>>(), [2, 5, 7]);
        }
    }
}
