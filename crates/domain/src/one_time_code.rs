//! Codes by SMS 验证码: how they are made, how long they live, and how often one may be asked for.

use std::time::Duration;

use jiff::Timestamp;
use rand::RngExt as _;
use serde::{Deserialize, Serialize};

/// What a code by SMS is for; a code for one purpose is no good for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CodePurpose {
    /// Signing in, or up.
    SignIn,
    /// Setting a new password.
    ResetPassword,
    /// Closing the account.
    DeleteAccount,
}

/// How long a code is good.
pub const CODE_LIFETIME: Duration = Duration::from_mins(5);
/// Tries that one code takes.
pub const CODE_TRIES: u32 = 5;
/// How many codes one number gets within a time: the carriers' own limits for codes.
pub const CODE_LIMITS: [(Duration, usize); 3] =
    [(Duration::from_mins(1), 1), (Duration::from_hours(1), 5), (Duration::from_hours(24), 10)];

/// Makes a code of six digits.
pub fn one_time_code(rng: &mut impl rand::CryptoRng) -> String {
    (0..6).map(|_| char::from(b'0' + rng.random_range(0..10u8))).collect()
}

/// Whether a text looks like a code.
pub fn parse_one_time_code(text: &str) -> Option<&str> {
    let code = text.trim();
    (code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())).then_some(code)
}

/// When a further code may be sent, if not at `at`. `sent` are the moments of earlier ones, the newest first.
pub fn next_code_at(sent: &[Timestamp], at: Timestamp) -> Option<Timestamp> {
    CODE_LIMITS
        .into_iter()
        .filter_map(|(within, count)| Some(*sent.get(count - 1)? + within))
        .filter(|free| *free > at)
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_779_000_000 + second).unwrap()
    }

    #[test]
    fn one_a_minute_five_an_hour_ten_a_day() {
        assert_eq!(next_code_at(&[], at(0)), None);
        assert_eq!(next_code_at(&[at(0)], at(59)), Some(at(60)));
        assert_eq!(next_code_at(&[at(0)], at(60)), None);
        let five: Vec<_> = (0..5).rev().map(|minute| at(minute * 60)).collect();
        assert_eq!(next_code_at(&five, at(600)), Some(at(3600)));
        let ten: Vec<_> = (0..10).rev().map(|hour| at(hour * 7200)).collect();
        assert_eq!(next_code_at(&ten, at(80_000)), Some(at(86_400)));
    }

    #[test]
    fn a_code_has_six_digits() {
        assert_eq!(parse_one_time_code(" 012345 "), Some("012345"));
        for wrong in ["", "12345", "1234567", "12345x", "１２３４５６"] {
            assert_eq!(parse_one_time_code(wrong), None, "{wrong}");
        }
    }
}
