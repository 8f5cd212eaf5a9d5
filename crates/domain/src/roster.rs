//! What a school says of a student in its roster 名单, field by field.
//!
//! These types hold personal data: none of them implements `Debug` or `Display` with its content, so that a log line
//! or an error message cannot carry it by accident.

use std::fmt;
use std::str::FromStr;

/// Why a field of the roster was refused. Never repeats the field's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRosterField {
    /// Name empty, longer than 40 characters, or with control characters or digits in it.
    #[error("the name has to be 1 to 40 letters or characters")]
    Name,
    /// Student number empty, longer than 24, or not letters and digits.
    #[error("the student number has to be 1 to 24 letters or digits")]
    StudentNumber,
    /// Not the last four of an ID number.
    #[error("the last four of the ID number have to be four digits, or three digits and X")]
    IdLast4,
}

macro_rules! personal_text {
    ($($(#[$doc:meta])+ $name:ident)+) => {$(
        $(#[$doc])+
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// The text itself: personal data, to be sealed, masked or compared, never logged.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

personal_text! {
    /// A person's full name.
    PersonName
    /// The school's number of a student 学号.
    StudentNumber
    /// The last four characters of the ID number: four digits, or three and the check character X.
    IdLast4
}

impl FromStr for PersonName {
    type Err = InvalidRosterField;
    fn from_str(text: &str) -> Result<Self, InvalidRosterField> {
        let name = text.trim();
        let length = name.chars().count();
        let fits = (1..=40).contains(&length) && !name.chars().any(|c| c.is_control() || c.is_ascii_digit());
        fits.then(|| Self(name.to_owned())).ok_or(InvalidRosterField::Name)
    }
}

impl FromStr for StudentNumber {
    type Err = InvalidRosterField;
    fn from_str(text: &str) -> Result<Self, InvalidRosterField> {
        let number = text.trim();
        let fits = (1..=24).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_alphanumeric());
        fits.then(|| Self(number.to_ascii_uppercase())).ok_or(InvalidRosterField::StudentNumber)
    }
}

impl IdLast4 {
    /// The last four of a whole number as a school's file has it: 18 characters of the mainland, or the number of a
    /// permit or card from Hong Kong, Macau or Taiwan, whose check digit in brackets does not count.
    pub fn of_id_number(text: &str) -> Result<Self, InvalidRosterField> {
        let number = text.trim().to_ascii_uppercase();
        let (body, _) = without_check_digit(&number);
        let is_card = matches!(body.len(), 7..=11)
            && body.trim_start_matches(|c: char| c.is_ascii_uppercase()).bytes().all(|b| b.is_ascii_digit());
        let is_mainland = body.len() == 18 && body[..17].bytes().all(|b| b.is_ascii_digit());
        if !body.is_ascii() || !(is_card || is_mainland) {
            return Err(InvalidRosterField::IdLast4);
        }
        body[body.len() - 4..].parse()
    }
}

/// The number without a check digit in brackets, as on cards of Hong Kong and Macau, and whether there was one.
fn without_check_digit(number: &str) -> (&str, bool) {
    let is_open = |c: char| matches!(c, '(' | '（');
    let Some((body, rest)) = number.split_once(is_open) else { return (number, false) };
    let mut rest = rest.chars();
    let fits = rest.next().is_some_and(|c| c.is_ascii_digit() || c == 'A')
        && matches!(rest.next(), Some(')' | '）'))
        && rest.next().is_none();
    if fits { (body, true) } else { (number, false) }
}

impl FromStr for IdLast4 {
    type Err = InvalidRosterField;
    /// Four characters; or, with the check digit in brackets, a number of Hong Kong or Macau, of which the four before
    /// the bracket count: `3456(7)` or `A123456(7)`.
    fn from_str(text: &str) -> Result<Self, InvalidRosterField> {
        let text = text.trim().to_ascii_uppercase();
        let last4 = match without_check_digit(&text) {
            (body, true) if body.len() > 4 => return Self::of_id_number(body),
            (body, _) => body.to_owned(),
        };
        let bytes = last4.as_bytes();
        let fits = bytes.len() == 4
            && bytes[..3].iter().all(u8::is_ascii_digit)
            && (bytes[3].is_ascii_digit() || bytes[3] == b'X');
        fits.then_some(Self(last4)).ok_or(InvalidRosterField::IdLast4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_check_character_may_be_an_x() {
        assert_eq!("012x".parse::<IdLast4>().unwrap().as_str(), "012X");
        for wrong in ["", "123", "12345", "X123", "12 4", "１２３４"] {
            assert_eq!(wrong.parse::<IdLast4>().unwrap_err(), InvalidRosterField::IdLast4, "{wrong:?}");
        }
    }

    #[test]
    fn cards_of_hong_kong_and_macau_count_before_the_bracket() {
        for text in ["3456(7)", "a123456(A)", "A123456（7）", "3456"] {
            assert_eq!(text.parse::<IdLast4>().unwrap().as_str(), "3456", "{text}");
        }
        for wrong in ["3456(77)", "3456(", "456(7)", "A1234567", "(7)", "中文3456(7)"] {
            assert_eq!(wrong.parse::<IdLast4>().unwrap_err(), InvalidRosterField::IdLast4, "{wrong}");
        }
        for (number, last4) in [
            ("11010119900307012x", "012X"),
            ("H12345678", "5678"),
            ("1234567(8)", "4567"),
            ("A123456(3)", "3456"),
        ] {
            assert_eq!(IdLast4::of_id_number(number).unwrap().as_str(), last4);
        }
        assert!(IdLast4::of_id_number("12").is_err());
    }

    #[test]
    fn personal_data_does_not_show_in_debug_output() {
        let name: PersonName = "林小雨".parse().unwrap();
        assert_eq!(format!("{name:?}"), "PersonName(…)");
    }

    proptest! {
        #[test]
        fn an_error_never_repeats_what_was_typed(text in "[a-z]{5,60}[0-9]{2}") {
            let error = text.parse::<PersonName>().unwrap_err().to_string();
            prop_assert!(!error.contains(&text));
        }
    }
}
