//! Ways in: by what an account is known again.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Kinds of identities. One account may have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum IdentityKind {
    /// 手机号
    Phone,
    /// 用户名, of staff
    UserName,
    /// 微信
    Wechat,
}

/// A mobile phone number of mainland China: eleven digits. Personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneNumber(String);

/// A text that is no mobile phone number of mainland China.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a mobile phone number of mainland China: it has 11 digits")]
pub struct InvalidPhoneNumber;

impl PhoneNumber {
    /// The digits: to be sealed, masked or sent to, never logged.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form that is shown: `139****0001`.
    pub fn masked(&self) -> String {
        format!("{}****{}", &self.0[..3], &self.0[7..])
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PhoneNumber(…)")
    }
}

impl FromStr for PhoneNumber {
    type Err = InvalidPhoneNumber;
    fn from_str(text: &str) -> Result<Self, InvalidPhoneNumber> {
        let phone: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let phone = phone.strip_prefix("+86").map(str::to_owned).unwrap_or(phone);
        let bytes = phone.as_bytes();
        let fits = bytes.len() == 11
            && bytes.iter().all(u8::is_ascii_digit)
            && bytes[0] == b'1'
            && (b'3'..=b'9').contains(&bytes[1]);
        fits.then_some(Self(phone)).ok_or(InvalidPhoneNumber)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_mobile_numbers_of_the_mainland() {
        let phone: PhoneNumber = "139 0000 0001".parse().unwrap();
        assert_eq!((phone.as_str(), phone.masked().as_str()), ("13900000001", "139****0001"));
        assert_eq!("+8613900000001".parse::<PhoneNumber>(), Ok(phone));
        for wrong in ["", "12900000001", "1390000000", "139000000012", "+85213900000", "１３９００００００"]
        {
            assert_eq!(wrong.parse::<PhoneNumber>(), Err(InvalidPhoneNumber), "{wrong}");
        }
    }
}
