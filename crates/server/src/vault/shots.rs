//! Shots from phones at rest: each under a key of its own that goes with its pixels, so that a piece which was left
//! behind somewhere opens for nobody.

use gradshot_domain::{ShotId, Verdict};
use gradshot_seal::{CampaignPublicKey, Contents, Envelope, EnvelopeHeader, SealError, VaultKey};
use rand::rngs::StdRng;
use zeroize::Zeroizing;

use super::Vault;
use crate::problem::Broken;

/// The key of one shot.
pub(crate) struct ShotKey(VaultKey);

impl ShotKey {
    /// Seals the piece that begins at `from_byte`.
    pub(crate) fn seal(&self, from_byte: u64, piece: &[u8], rng: &mut StdRng) -> Vec<u8> {
        self.0.field_key().seal(piece, &format!("shot_pieces.{from_byte}"), rng)
    }

    /// Opens what [`Self::seal`] sealed.
    pub(crate) fn open(&self, from_byte: u64, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Broken> {
        Ok(self.0.field_key().open(sealed, &format!("shot_pieces.{from_byte}"))?)
    }
}

impl Vault {
    /// A key for a new shot, sealed.
    pub(crate) fn new_shot_key(&self, id: ShotId, rng: &mut StdRng) -> Vec<u8> {
        let text = VaultKey::generate(rng).to_text();
        self.fields.seal(text.as_bytes(), &format!("shots.key.{id}"), rng)
    }

    /// The key of a shot.
    pub(crate) fn shot_key(&self, id: ShotId, sealed: &[u8]) -> Result<ShotKey, Broken> {
        let text = super::text(self.fields.open(sealed, &format!("shots.key.{id}")))?;
        Ok(ShotKey(VaultKey::from_text(&text)?))
    }

    pub(crate) fn seal_shot_verdict(&self, id: ShotId, verdict: &Verdict, rng: &mut StdRng) -> Vec<u8> {
        let json = serde_json::to_vec(verdict).expect("the domain's plain types always encode as JSON");
        self.fields.seal(&json, &format!("shots.verdict.{id}"), rng)
    }

    pub(crate) fn open_shot_verdict(&self, id: ShotId, sealed: &[u8]) -> Result<Verdict, Broken> {
        let json = self.fields.open(sealed, &format!("shots.verdict.{id}"))?;
        serde_json::from_slice(&json).map_err(|_| Broken::Contradiction("a stored verdict is none"))
    }

    /// Seals a portrait that this server made of a shot, and signs it with the server's own key.
    pub(crate) fn seal_portrait(
        &self,
        contents: &Contents,
        header: EnvelopeHeader,
        campaign: &CampaignPublicKey,
        rng: &mut StdRng,
    ) -> Result<Vec<u8>, SealError> {
        Envelope::seal(contents, header, campaign, &self.portraits, rng)
    }
}
