//! The one place that opens portraits and bundles. Each opening is written down, and kept, before anything is opened.

use gradshot_domain::{AccountId, BundleId, CampaignId, PortraitId, Verdict};
use gradshot_seal::{CampaignPrivateKey, Envelope};
use gradshot_storage::{
    Bundle, Campaign, Opener, Opening, OpeningReason, OpeningSubject, PersonalData, StoredPortrait,
};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::Vault;
use crate::house::House;
use crate::problem::Broken;

/// A portrait in clear. It never touches a disk and is wiped when dropped.
pub(crate) struct Opened {
    /// The JPEG file.
    pub(crate) jpeg: Zeroizing<Vec<u8>>,
    /// What was found out about it.
    pub(crate) verdict: Verdict,
}

/// Why an envelope that just arrived was not opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenFault {
    /// It is sealed for another key, or its contents are not what its header says.
    #[error("the envelope does not open, or holds something else than it says")]
    Envelope,
    #[error(transparent)]
    Broken(#[from] Broken),
}

impl House {
    /// Opens an envelope that a station has just sent, to see that it holds what its header says.
    pub(crate) async fn open_arrival(
        &self,
        envelope: &Envelope,
        campaign: &Campaign,
        opener: Opener,
    ) -> Result<Opened, OpenFault> {
        let header = envelope.header();
        self.write_down(&[OpeningSubject::Portrait(header.portrait)], opener, OpeningReason::Arrival).await?;
        let key = self.vault.unwrap_campaign_key(campaign.id, &campaign.sealed_private_key)?;
        let opened = open(envelope, &key).ok_or(OpenFault::Envelope)?;
        if opened.verdict.outcome == header.outcome { Ok(opened) } else { Err(OpenFault::Envelope) }
    }

    /// Opens one stored portrait for somebody who may see it.
    pub(crate) async fn open_portrait(
        &self,
        stored: &StoredPortrait,
        campaign: &Campaign,
        opener: Opener,
        reason: OpeningReason,
    ) -> Result<Opened, Broken> {
        let mut opened = self.open_portraits(&[stored], campaign, opener, reason).await?;
        opened.pop().ok_or(Broken::Step("nothing was opened"))
    }

    /// Opens stored portraits of one campaign, in the order given.
    pub(crate) async fn open_portraits(
        &self,
        stored: &[&StoredPortrait],
        campaign: &Campaign,
        opener: Opener,
        reason: OpeningReason,
    ) -> Result<Vec<Opened>, Broken> {
        let subjects: Vec<_> = stored.iter().map(|stored| OpeningSubject::Portrait(stored.id)).collect();
        self.write_down(&subjects, opener, reason).await?;
        let key = self.vault.unwrap_campaign_key(campaign.id, &campaign.sealed_private_key)?;
        let mut all = Vec::with_capacity(stored.len());
        for stored in stored {
            let bytes = self.blobs.fetch(&stored.blob).await?;
            let envelope = Envelope::parse(&bytes).map_err(|_| damaged(stored.id))?;
            if envelope.header().portrait != stored.id {
                return Err(damaged(stored.id));
            }
            all.push(open(&envelope, &key).ok_or_else(|| damaged(stored.id))?);
        }
        Ok(all)
    }

    /// Opens a bundle for a download.
    pub(crate) async fn open_bundle(
        &self,
        bundle: &Bundle,
        opener: Opener,
    ) -> Result<Zeroizing<Vec<u8>>, Broken> {
        self.write_down(&[OpeningSubject::Bundle(bundle.id)], opener, OpeningReason::Download).await?;
        let sealed = self.blobs.fetch(&bundle.blob).await?;
        self.vault.open_bundle(bundle.id, &sealed)
    }

    /// Keeps who looks at what is known of a person, and why. Call it before anything is opened, holding no unit of work.
    pub(crate) async fn note_access(
        &self,
        person: AccountId,
        what: PersonalData,
        opener: Opener,
        reason: OpeningReason,
    ) -> Result<(), Broken> {
        self.write_down(&[OpeningSubject::Person(person, what)], opener, reason).await
    }

    /// The same of several people.
    pub(crate) async fn note_accesses(
        &self,
        people: &[AccountId],
        what: PersonalData,
        opener: Opener,
        reason: OpeningReason,
    ) -> Result<(), Broken> {
        let subjects: Vec<_> = people.iter().map(|person| OpeningSubject::Person(*person, what)).collect();
        self.write_down(&subjects, opener, reason).await
    }

    /// Keeps who opens what and why, before it is opened.
    async fn write_down(
        &self,
        subjects: &[OpeningSubject],
        opener: Opener,
        reason: OpeningReason,
    ) -> Result<(), Broken> {
        let (at, mut rng) = (self.now(), self.rng());
        let mut work = self.storage.begin().await?;
        for subject in subjects {
            // Any typed id gives a UUID of version 7; this one names a line of the log.
            let id = Uuid::from_bytes(*PortraitId::new(at, &mut rng).as_bytes());
            work.openings().add(&Opening { id, subject: *subject, opener, reason, at }).await?;
        }
        Ok(work.commit().await?)
    }
}

impl Vault {
    fn unwrap_campaign_key(&self, id: CampaignId, wrapped: &[u8]) -> Result<CampaignPrivateKey, Broken> {
        let bytes = self.fields.open(wrapped, &format!("campaigns.private_key.{id}"))?;
        Ok(CampaignPrivateKey::from_bytes(&bytes)?)
    }

    fn open_bundle(&self, id: BundleId, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Broken> {
        Ok(self.fields.open(sealed, &format!("bundles.{id}"))?)
    }
}

fn open(envelope: &Envelope, key: &CampaignPrivateKey) -> Option<Opened> {
    let contents = envelope.open(key).ok()?;
    let jpeg = Zeroizing::new(contents.portrait);
    jpeg.starts_with(b"\xff\xd8\xff").then_some(Opened { jpeg, verdict: contents.verdict })
}

fn damaged(portrait: PortraitId) -> Broken {
    tracing::error!(%portrait, "a stored portrait does not open");
    Broken::Contradiction("a stored portrait does not open")
}
