//! Sealing what a school says of a student.

use gradshot_domain::{CampaignId, Category, IdLast4, PersonName, RosterEntryId, StudentNumber};
use gradshot_storage::RosterEntry;
use rand::rngs::StdRng;

use crate::vault::Vault;

/// One student as a school knows him or her, in clear.
#[derive(Debug)]
pub(crate) struct Enrolled {
    pub(crate) name: PersonName,
    pub(crate) number: StudentNumber,
    pub(crate) last4: IdLast4,
    pub(crate) category: Category,
}

impl Enrolled {
    /// The roster's line, sealed and with its fingerprints.
    pub(crate) fn seal(
        &self,
        vault: &Vault,
        campaign: CampaignId,
        id: RosterEntryId,
        rng: &mut StdRng,
    ) -> RosterEntry {
        RosterEntry {
            id,
            campaign,
            category: self.category,
            match_index: vault.match_index(campaign, &self.name, &self.last4),
            number_index: vault.number_index(campaign, &self.number),
            sealed_name: vault.seal_name(id, &self.name, rng),
            sealed_student_number: vault.seal_student_number(id, &self.number, rng),
            sealed_id_last4: vault.seal_id_last4(id, &self.last4, rng),
            forgotten_at: None,
        }
    }
}
