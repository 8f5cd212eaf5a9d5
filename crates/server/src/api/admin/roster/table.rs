//! A roster's file as rows of texts: CSV in the two encodings that Excel uses in China, or Excel's own workbook.

use std::io::Cursor;

use calamine::{Data, Reader as _};

use super::Unreadable;
use crate::limits;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::api::admin) struct Cell {
    /// Its text, without outer spaces.
    pub(in crate::api::admin) text: String,
    /// Whether the workbook keeps it as a number, which has lost its leading zeros.
    pub(in crate::api::admin) is_number: bool,
}

/// All rows of a file, with as many cells as each has.
pub(in crate::api::admin) fn rows(file: &[u8]) -> Result<Vec<Vec<Cell>>, Unreadable> {
    if file.starts_with(b"PK\x03\x04") { workbook(file) } else { text(file) }
}

fn text(file: &[u8]) -> Result<Vec<Vec<Cell>>, Unreadable> {
    let text = decode(file).ok_or(Unreadable)?;
    let mut csv = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for record in csv.records() {
        let record = record.map_err(|_| Unreadable)?;
        let line = record.position().map_or(rows.len() + 1, |at| line_of(at, &text));
        if line > limits::ROSTER_ROWS {
            return Err(Unreadable);
        }
        rows.resize_with(rows.len().max(line.saturating_sub(1)), Vec::new);
        rows.push(record.iter().map(|cell| Cell { text: cell.to_owned(), is_number: false }).collect());
    }
    Ok(rows)
}

/// The line on which a record stands, counted from 1 as a person does. The reader passes over empty lines, but gives the
/// first of them as the record's place.
fn line_of(at: &csv::Position, text: &str) -> usize {
    let from = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let passed_over = ends.filter(|byte| **byte == b'\n').count();
    usize::try_from(at.line()).unwrap_or(0).saturating_add(passed_over)
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

/// The first sheet of a workbook.
fn workbook(file: &[u8]) -> Result<Vec<Vec<Cell>>, Unreadable> {
    if unpacked_bytes(file)? > limits::ROSTER_UNPACKED_BYTES {
        return Err(Unreadable);
    }
    let mut book = calamine::Xlsx::new(Cursor::new(file)).map_err(|_| Unreadable)?;
    let sheet = book.worksheet_range_at(0).ok_or(Unreadable)?.map_err(|_| Unreadable)?;
    let (first_row, first_column) = sheet.start().unwrap_or((0, 0));
    let above = usize::try_from(first_row).map_err(|_| Unreadable)?;
    let left = usize::try_from(first_column).map_err(|_| Unreadable)?;
    if above + sheet.height() > limits::ROSTER_ROWS || left + sheet.width() > limits::ROSTER_COLUMNS {
        return Err(Unreadable);
    }
    let mut rows = vec![Vec::new(); above];
    rows.extend(sheet.rows().map(|row| row.iter().map(cell).collect()));
    Ok(rows)
}

/// What a workbook grows to, as its directory says: a small file may unpack to anything.
fn unpacked_bytes(file: &[u8]) -> Result<u64, Unreadable> {
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).map_err(|_| Unreadable)?;
    let mut bytes = 0u64;
    for index in 0..zip.len() {
        bytes = bytes.saturating_add(zip.by_index_raw(index).map_err(|_| Unreadable)?.size());
    }
    Ok(bytes)
}

fn cell(data: &Data) -> Cell {
    let (text, is_number) = match data {
        Data::String(text) => (text.trim().to_owned(), false),
        Data::Int(number) => (number.to_string(), true),
        Data::Float(number) if number.fract() == 0.0 => (format!("{number:.0}"), true),
        Data::Empty => (String::new(), false),
        other => (other.to_string().trim().to_owned(), false),
    };
    Cell { text, is_number }
}
