//! A short text under each print, in the gap where the blade goes: whose sheet it is, until it is cut.

use super::layout::Place;

/// Side of one dot of a letter, millimetres; a letter is five dots wide and seven high.
const DOT_MM: f64 = 0.2;
/// How far the text keeps from the print above and from the next one below, millimetres.
const CLEARANCE_MM: f64 = 0.3;
/// The text's brightness: dark enough to be read.
pub(super) const GREY: u8 = 70;
/// Most letters; what is longer is cut off.
const LETTERS_MAX: usize = 12;
const LETTER_COLUMNS: usize = 5;

/// A square of a letter, millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Dot {
    /// Its upper left corner.
    pub from: (f64, f64),
    /// Its lower right corner.
    pub to: (f64, f64),
}

/// The dots of a text in the middle under a print. Letters that are not in the alphabet are blank.
pub(super) fn under(place: &Place, text: &str) -> Vec<Dot> {
    let letters: Vec<[u8; LETTER_COLUMNS]> = text.chars().take(LETTERS_MAX).map(columns).collect();
    let width_mm = (letters.len() * (LETTER_COLUMNS + 1)).saturating_sub(1) as f64 * DOT_MM;
    let left_mm = place.left_mm + (place.width_mm - width_mm) / 2.0;
    let top_mm = place.top_mm + place.height_mm + CLEARANCE_MM;
    let mut dots = Vec::new();
    for (number, letter) in letters.iter().enumerate() {
        for (column, bits) in letter.iter().enumerate() {
            for row in (0..7).filter(|row| bits >> row & 1 == 1) {
                let left_mm = left_mm + (number * (LETTER_COLUMNS + 1) + column) as f64 * DOT_MM;
                let top_mm = top_mm + f64::from(row) * DOT_MM;
                dots.push(Dot { from: (left_mm, top_mm), to: (left_mm + DOT_MM, top_mm + DOT_MM) });
            }
        }
    }
    dots
}

/// A letter's columns from the left; the lowest bit is the top row.
fn columns(letter: char) -> [u8; LETTER_COLUMNS] {
    match letter.to_ascii_uppercase() {
        '0' => [0x3E, 0x51, 0x49, 0x45, 0x3E],
        '1' => [0x00, 0x42, 0x7F, 0x40, 0x00],
        '2' => [0x42, 0x61, 0x51, 0x49, 0x46],
        '3' => [0x21, 0x41, 0x45, 0x4B, 0x31],
        '4' => [0x18, 0x14, 0x12, 0x7F, 0x10],
        '5' => [0x27, 0x45, 0x45, 0x45, 0x39],
        '6' => [0x3C, 0x4A, 0x49, 0x49, 0x30],
        '7' => [0x01, 0x71, 0x09, 0x05, 0x03],
        '8' => [0x36, 0x49, 0x49, 0x49, 0x36],
        '9' => [0x06, 0x49, 0x49, 0x29, 0x1E],
        'A' => [0x7E, 0x11, 0x11, 0x11, 0x7E],
        'B' => [0x7F, 0x49, 0x49, 0x49, 0x36],
        'C' => [0x3E, 0x41, 0x41, 0x41, 0x22],
        'D' => [0x7F, 0x41, 0x41, 0x22, 0x1C],
        'E' => [0x7F, 0x49, 0x49, 0x49, 0x41],
        'F' => [0x7F, 0x09, 0x09, 0x09, 0x01],
        'G' => [0x3E, 0x41, 0x49, 0x49, 0x7A],
        'H' => [0x7F, 0x08, 0x08, 0x08, 0x7F],
        'I' => [0x00, 0x41, 0x7F, 0x41, 0x00],
        'J' => [0x20, 0x40, 0x41, 0x3F, 0x01],
        'K' => [0x7F, 0x08, 0x14, 0x22, 0x41],
        'L' => [0x7F, 0x40, 0x40, 0x40, 0x40],
        'M' => [0x7F, 0x02, 0x0C, 0x02, 0x7F],
        'N' => [0x7F, 0x04, 0x08, 0x10, 0x7F],
        'O' => [0x3E, 0x41, 0x41, 0x41, 0x3E],
        'P' => [0x7F, 0x09, 0x09, 0x09, 0x06],
        'Q' => [0x3E, 0x41, 0x51, 0x21, 0x5E],
        'R' => [0x7F, 0x09, 0x19, 0x29, 0x46],
        'S' => [0x46, 0x49, 0x49, 0x49, 0x31],
        'T' => [0x01, 0x01, 0x7F, 0x01, 0x01],
        'U' => [0x3F, 0x40, 0x40, 0x40, 0x3F],
        'V' => [0x1F, 0x20, 0x40, 0x20, 0x1F],
        'W' => [0x3F, 0x40, 0x38, 0x40, 0x3F],
        'X' => [0x63, 0x14, 0x08, 0x14, 0x63],
        'Y' => [0x07, 0x08, 0x70, 0x08, 0x07],
        'Z' => [0x61, 0x51, 0x49, 0x45, 0x43],
        _ => [0; LETTER_COLUMNS],
    }
}
