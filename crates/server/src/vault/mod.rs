//! The vault room: everything that seals and opens.
//!
//! Only [`opening`] opens portraits and bundles, and it writes down each opening first. This file seals and opens the
//! single personal fields; where a value rests is bound into it, so each kind has its function here and nowhere else.

mod opening;
mod personal;
mod renewal;
mod shots;

use gradshot_domain::{
    BundleId, CampaignId, CollectionId, IdLast4, IdentityId, MaskedName, PersonName, PortraitId,
    RosterEntryId, RosterRequestId, StudentNumber, Verdict,
};
use gradshot_seal::{
    BlindIndexKey, BundleSigner, CampaignPrivateKey, FieldKeys, KeyRing, SealedFieldError, StationKey,
    TicketSigner,
};
use jiff::Timestamp;
use rand::rngs::StdRng;
use serde::Serialize;
use zeroize::Zeroizing;

pub(crate) use self::opening::OpenFault;
pub(crate) use self::renewal::renew_seals;
pub use self::renewal::{SealCount, SealsError, count_seals, sealed_columns};
use crate::limits;
use crate::problem::Broken;

/// Where a slip rests: with a page, for a few minutes.
const SLIP: &str = "slips.wechat";

/// The keys that were derived from the server's ring.
pub(crate) struct Vault {
    fields: FieldKeys,
    index: BlindIndexKey,
    tickets: TicketSigner,
    bundles: BundleSigner,
    portraits: StationKey,
}

impl Vault {
    pub(crate) fn new(ring: &KeyRing) -> Self {
        Self {
            fields: ring.field_keys(),
            index: ring.root().blind_index_key(),
            tickets: TicketSigner::of(ring.root()),
            bundles: BundleSigner::of(ring.root()),
            portraits: StationKey::of_server(ring.root()),
        }
    }

    /// Seals and opens fields.
    pub(crate) const fn field_keys(&self) -> &FieldKeys {
        &self.fields
    }

    /// Signs tickets.
    pub(crate) const fn tickets(&self) -> &TicketSigner {
        &self.tickets
    }

    /// Signs bundles.
    pub(crate) const fn bundles(&self) -> &BundleSigner {
        &self.bundles
    }

    // Fingerprints.

    /// Finds an account by phone number or user name.
    pub(crate) fn login_index(&self, login: &str) -> [u8; 32] {
        self.index.fingerprint("login", login.as_bytes())
    }

    /// Finds who came by WeChat.
    pub(crate) fn wechat_index(&self, open_id: &str) -> [u8; 32] {
        self.index.fingerprint("wechat", open_id.as_bytes())
    }

    /// Finds a student of a campaign by name and last four.
    pub(crate) fn match_index(&self, campaign: CampaignId, name: &PersonName, last4: &IdLast4) -> [u8; 32] {
        let mut value = campaign.as_bytes().to_vec();
        value.extend(last4.as_str().as_bytes());
        value.extend(name.as_str().as_bytes());
        self.index.fingerprint("name and last four", &value)
    }

    /// Finds a student of a campaign by student number.
    pub(crate) fn number_index(&self, campaign: CampaignId, number: &StudentNumber) -> [u8; 32] {
        let mut value = campaign.as_bytes().to_vec();
        value.extend(number.as_str().as_bytes());
        self.index.fingerprint("student number", &value)
    }

    /// Finds an image code again.
    pub(crate) fn image_code_index(&self, code: &[u8]) -> [u8; 32] {
        self.index.fingerprint("image code", code)
    }

    /// Finds a pairing code. Keyed, since eight digits are quickly tried.
    pub(crate) fn pairing_code_index(&self, code: &str) -> [u8; 32] {
        self.index.fingerprint("pairing code", code.as_bytes())
    }

    /// Names whatever somebody tries at, without showing it.
    pub(crate) fn attempt_name(&self, kind: &str, value: &[u8]) -> String {
        format!("{kind}:{}", hex::encode(self.index.fingerprint(kind, value)))
    }

    /// Finds a kept answer by who asked and the key of the request.
    pub(crate) fn answer_index(&self, caller: &str, key: &str) -> [u8; 32] {
        self.index.fingerprint("kept answer", format!("{}:{caller}:{key}", caller.len()).as_bytes())
    }

    // Fields.

    /// The place's name is from when an account had one way in, which was kept with it.
    pub(crate) fn seal_identity(&self, id: IdentityId, login: &str, rng: &mut StdRng) -> Vec<u8> {
        self.fields.seal(login.as_bytes(), &format!("accounts.login.{id}"), rng)
    }

    pub(crate) fn open_identity(&self, id: IdentityId, sealed: &[u8]) -> Result<Zeroizing<String>, Broken> {
        text(self.fields.open(sealed, &format!("accounts.login.{id}")))
    }

    /// A slip that says who came by WeChat, for the page to give back. Nobody can read or change it.
    pub(crate) fn seal_slip(&self, open_id: &str, at: Timestamp, rng: &mut StdRng) -> String {
        let until = (at + limits::WECHAT_SLIP).as_second();
        hex::encode(self.fields.seal(format!("{until} {open_id}").as_bytes(), SLIP, rng))
    }

    /// Who came by WeChat; `None` when the slip is none or over.
    pub(crate) fn open_slip(&self, slip: &str, at: Timestamp) -> Option<Zeroizing<String>> {
        let opened = text(self.fields.open(&hex::decode(slip).ok()?, SLIP)).ok()?;
        let (until, open_id) = opened.split_once(' ')?;
        (at.as_second() < until.parse().ok()?).then(|| Zeroizing::new(open_id.to_owned()))
    }

    pub(crate) fn seal_name(&self, id: RosterEntryId, name: &PersonName, rng: &mut StdRng) -> Vec<u8> {
        self.fields.seal(name.as_str().as_bytes(), &format!("roster_entries.name.{id}"), rng)
    }

    /// The only form in which a name leaves the server.
    pub(crate) fn masked_name(&self, id: RosterEntryId, sealed: &[u8]) -> Result<MaskedName, Broken> {
        let name = text(self.fields.open(sealed, &format!("roster_entries.name.{id}")))?;
        let name = name.parse().map_err(|_| Broken::Contradiction("a name in the roster is none"))?;
        Ok(MaskedName::of(&name))
    }

    /// The same of somebody who asks to be put on a roster.
    pub(crate) fn masked_asker(&self, id: RosterRequestId, sealed: &[u8]) -> Result<MaskedName, Broken> {
        let name = self.open_text("roster_requests.name", id, sealed)?;
        let name = name.parse().map_err(|_| Broken::Contradiction("a name in a request is none"))?;
        Ok(MaskedName::of(&name))
    }

    pub(crate) fn seal_student_number(
        &self,
        id: RosterEntryId,
        number: &StudentNumber,
        rng: &mut StdRng,
    ) -> Vec<u8> {
        self.fields.seal(number.as_str().as_bytes(), &format!("roster_entries.student_number.{id}"), rng)
    }

    pub(crate) fn seal_id_last4(&self, id: RosterEntryId, last4: &IdLast4, rng: &mut StdRng) -> Vec<u8> {
        self.fields.seal(last4.as_str().as_bytes(), &format!("roster_entries.id_last4.{id}"), rng)
    }

    pub(crate) fn seal_image_code(&self, id: CollectionId, code: &[u8], rng: &mut StdRng) -> Vec<u8> {
        self.fields.seal(code, &format!("collections.image_code.{id}"), rng)
    }

    pub(crate) fn open_image_code(
        &self,
        id: CollectionId,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Broken> {
        Ok(self.fields.open(sealed, &format!("collections.image_code.{id}"))?)
    }

    pub(crate) fn seal_verdict(&self, id: PortraitId, verdict: &Verdict, rng: &mut StdRng) -> Vec<u8> {
        let json = serde_json::to_vec(verdict).expect("the domain's plain types always encode as JSON");
        self.fields.seal(&json, &format!("portraits.verdict.{id}"), rng)
    }

    pub(crate) fn open_verdict(&self, id: PortraitId, sealed: &[u8]) -> Result<Verdict, Broken> {
        let json = self.fields.open(sealed, &format!("portraits.verdict.{id}"))?;
        serde_json::from_slice(&json).map_err(|_| Broken::Contradiction("a stored verdict is none"))
    }

    pub(crate) fn seal_answer(&self, id: &[u8; 32], answer: &impl Serialize, rng: &mut StdRng) -> Vec<u8> {
        let json = serde_json::to_vec(answer).expect("plain types always encode as JSON");
        self.fields.seal(&json, &format!("kept_answers.{}", hex::encode(id)), rng)
    }

    pub(crate) fn open_answer(&self, id: &[u8; 32], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Broken> {
        Ok(self.fields.open(sealed, &format!("kept_answers.{}", hex::encode(id)))?)
    }

    pub(crate) fn seal_bundle(&self, id: BundleId, file: &[u8], rng: &mut StdRng) -> Vec<u8> {
        self.fields.seal(file, &format!("bundles.{id}"), rng)
    }

    pub(crate) fn wrap_campaign_key(
        &self,
        id: CampaignId,
        key: &CampaignPrivateKey,
        rng: &mut StdRng,
    ) -> Vec<u8> {
        self.fields.seal(&key.to_bytes(), &format!("campaigns.private_key.{id}"), rng)
    }
}

fn text(opened: Result<Zeroizing<Vec<u8>>, SealedFieldError>) -> Result<Zeroizing<String>, Broken> {
    let bytes = opened?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Broken::Contradiction("a sealed text is none"))?;
    Ok(Zeroizing::new(text.to_owned()))
}
