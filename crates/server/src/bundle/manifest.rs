//! The list of a bundle's portraits, for programs (CSV) and for people (XLSX).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use gradshot_domain::{Category, Severity};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

use super::{Item, PackError};

/// One portrait with its file.
pub(super) struct Row<'a> {
    pub(super) file: String,
    pub(super) sha256: String,
    pub(super) item: &'a Item,
}

const COLUMNS: [&str; 7] = ["file", "sha256", "spec", "school_code", "category", "sealed_at", "verdict"];
const HEADERS: [&str; 8] =
    ["文件", "SHA-256", "规格", "特征码", "学历类别", "封存时间", "检查结果", "图像采集码"];
const WIDTHS: [f64; 8] = [24.0, 68.0, 10.0, 10.0, 12.0, 28.0, 10.0, 60.0];

/// UTF-8 with its mark. The image code stands in base64: it is opaque, and no spreadsheet takes it for a formula.
pub(super) fn csv(rows: &[Row<'_>]) -> Result<Vec<u8>, PackError> {
    let mut csv = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    csv.write_record(COLUMNS.iter().chain(&["image_code_base64"]))?;
    for row in rows {
        let code = STANDARD.encode(&*row.item.image_code);
        csv.write_record(row.cells().iter().chain(&[code]))?;
    }
    csv.into_inner().map_err(|error| PackError::Io(error.into_error()))
}

/// A workbook of one sheet. Every cell is a text, so that nothing is reckoned, rounded or shortened.
pub(super) fn xlsx(rows: &[Row<'_>], made_at: Timestamp) -> Result<Vec<u8>, PackError> {
    let mut workbook = Workbook::new();
    // The moment of the bundle, not of its packing: the same portraits give the same file.
    let made_at = ExcelDateTime::from_timestamp(made_at.as_second())?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made_at));
    let bold = Format::new().set_bold();
    let sheet = workbook.add_worksheet();
    sheet.set_name("上网清单")?.set_freeze_panes(1, 0)?;
    for ((header, width), column) in HEADERS.iter().zip(WIDTHS).zip(0u16..) {
        sheet.write_string_with_format(0, column, *header, &bold)?.set_column_width(column, width)?;
    }
    for (row, line) in rows.iter().zip(1u32..) {
        let code = String::from_utf8_lossy(&row.item.image_code);
        for (cell, column) in row.cells().iter().map(String::as_str).chain([&*code]).zip(0u16..) {
            sheet.write_string(line, column, cell)?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

impl Row<'_> {
    fn cells(&self) -> [String; 7] {
        [
            self.file.clone(),
            self.sha256.clone(),
            self.item.spec.clone(),
            self.item.school_code.clone(),
            category(self.item.category).to_owned(),
            in_china(self.item.sealed_at),
            outcome(self.item.outcome).to_owned(),
        ]
    }
}

fn in_china(at: Timestamp) -> String {
    at.to_zoned(TimeZone::fixed(jiff::tz::offset(8))).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

pub(super) const fn category(category: Category) -> &'static str {
    match category {
        Category::Associate => "专科",
        Category::Bachelor => "本科",
        Category::Master => "硕士研究生",
        Category::Doctor => "博士研究生",
        Category::Continuing => "成人高等教育",
    }
}

const fn outcome(outcome: Severity) -> &'static str {
    match outcome {
        Severity::Pass => "pass",
        Severity::Review => "review",
        Severity::Retake => "retake",
    }
}
