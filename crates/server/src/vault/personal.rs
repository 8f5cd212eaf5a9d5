//! Sealing and opening texts of the flows: one place's name per table and column, bound to the row.

use std::fmt::Display;

use gradshot_domain::{CodePurpose, ConversationLineId, PhoneNumber};
use gradshot_storage::{BareStudent, OverStudent, RosterEntry};
use rand::rngs::StdRng;
use zeroize::Zeroizing;

use super::Vault;
use crate::problem::Broken;
use crate::roster_entry::Enrolled;

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

    /// Seals a file that a student attached for support.
    pub(crate) fn seal_attachment(&self, id: ConversationLineId, file: &[u8], rng: &mut StdRng) -> Vec<u8> {
        self.fields.seal(file, &format!("conversation_lines.attachment.{id}"), rng)
    }

    /// Opens what [`Self::seal_attachment`] sealed.
    pub(crate) fn open_attachment(
        &self,
        id: ConversationLineId,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Broken> {
        Ok(self.fields.open(sealed, &format!("conversation_lines.attachment.{id}"))?)
    }

    /// What stays of a student who is finished: the masked name, and nothing in the other places.
    pub(crate) fn bare(&self, over: &OverStudent, rng: &mut StdRng) -> Result<BareStudent, Broken> {
        let masked = self.masked_name(over.entry, &over.sealed_name)?;
        let entry = over.entry;
        Ok(BareStudent {
            entry,
            collection: over.collection,
            sealed_name: self.seal_text("roster_entries.name", entry, masked.as_str(), rng),
            sealed_student_number: self.seal_text("roster_entries.student_number", entry, "", rng),
            sealed_id_last4: self.seal_text("roster_entries.id_last4", entry, "", rng),
            sealed_image_code: self.seal_image_code(over.collection, b"", rng),
        })
    }

    /// A student's line of the roster in clear, for the student; not of one that is forgotten.
    pub(crate) fn open_roster_entry(&self, entry: &RosterEntry) -> Result<Enrolled, Broken> {
        let open = |column: &str, sealed: &[u8]| {
            super::text(self.fields.open(sealed, &format!("roster_entries.{column}.{}", entry.id)))
        };
        let name = open("name", &entry.sealed_name)?.parse().ok();
        let number = open("student_number", &entry.sealed_student_number)?.parse().ok();
        let last4 = open("id_last4", &entry.sealed_id_last4)?.parse().ok();
        match (name, number, last4) {
            (Some(name), Some(number), Some(last4)) => {
                Ok(Enrolled { name, number, last4, category: entry.category })
            }
            _ => Err(Broken::Contradiction("a line of the roster does not hold what it should")),
        }
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
