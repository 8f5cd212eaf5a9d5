//! Sealing and opening texts of the flows: one place's name per table and column, bound to the row.

use std::fmt::Display;

use gradshot_domain::{CodePurpose, PhoneNumber};
use rand::rngs::StdRng;
use zeroize::Zeroizing;

use super::Vault;
use crate::problem::Broken;

impl Vault {
    /// Seals a text that rests in the column `place` (`table.column`) of the row `id`.
    pub(crate) fn seal_text(
        &self,
        place: &'static str,
        id: impl Display,
        text: &str,
        rng: &mut StdRng,
    ) -> Vec<u8> {
        self.fields.seal(text.as_bytes(), &format!("{place}.{id}"), rng)
    }

    /// Opens what [`Self::seal_text`] sealed.
    pub(crate) fn open_text(
        &self,
        place: &'static str,
        id: impl Display,
        sealed: &[u8],
    ) -> Result<Zeroizing<String>, Broken> {
        super::text(self.fields.open(sealed, &format!("{place}.{id}")))
    }

    /// Finds whatever was sent or tried with a phone number.
    pub(crate) fn phone_index(&self, phone: &PhoneNumber) -> [u8; 32] {
        self.login_index(phone.as_str())
    }

    /// Knows a code by SMS again. Keyed, since six digits are quickly tried.
    pub(crate) fn sms_code_index(&self, number: &[u8; 32], purpose: CodePurpose, code: &str) -> [u8; 32] {
        let purpose = match purpose {
            CodePurpose::SignIn => 1,
            CodePurpose::ResetPassword => 2,
            CodePurpose::DeleteAccount => 3,
        };
        let value = [number.as_slice(), &[purpose], code.as_bytes()].concat();
        self.index.fingerprint("sms code", &value)
    }
}
