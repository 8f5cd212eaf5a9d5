//! Portraits, from the upload to the bundle.

use gradshot_domain::{
    AccountId, BundleId, CollectionId, Portrait, PortraitId, PortraitSource, Severity, StationId,
};
use gradshot_storage::{
    BlobKey, Bundle, Campaign, Opener, Opening, OpeningReason, OpeningSubject, QueuedTicket, StoredPortrait,
};
use jiff::ToSpan as _;

use crate::{Story, Told};

impl Story {
    pub(super) async fn portraits(
        &mut self,
        reviewer: AccountId,
        campaign: &Campaign,
        collection: CollectionId,
        ticket: QueuedTicket,
        station: StationId,
    ) -> Told {
        let id = PortraitId::new(self.at, &mut self.rng);
        let stored = StoredPortrait {
            id,
            collection,
            campaign: campaign.id,
            source: PortraitSource::Station { ticket: ticket.id, station },
            spec: "chsi".to_owned(),
            outcome: Severity::Pass,
            sealed_at: self.at,
            stored_at: self.at,
            confirmed_at: None,
            forgotten_at: None,
            blob: BlobKey::portrait(campaign.id, id, &[12; 32]),
            blob_sha256: "0c".repeat(32),
            blob_bytes: 60_000,
            sealed_verdict: vec![13],
            portrait: Portrait::seal(self.at).store(self.at)?,
            version: 0,
        };
        let mut work = self.storage.begin().await?;
        work.portraits().add(&stored).await?;
        assert_eq!(work.portraits().find(id).await?, Some(stored.clone()));
        assert_eq!(work.portraits().of_station(station, self.at, 10).await?, std::slice::from_ref(&stored));
        let mut now = stored;
        now.portrait = now.portrait.confirm(self.at)?;
        work.portraits().save(&mut now).await?;
        assert_eq!(work.portraits().waiting_for_review(10, self.at).await?, 1);
        assert_eq!(work.portraits().waiting_for_review(0, self.at).await?, 0);
        let mut next =
            work.portraits().next_for_review(reviewer, &[], self.at).await?.ok_or("nothing waits")?;
        next.portrait = next.portrait.claim(reviewer, self.at + 10.minutes(), self.at)?;
        work.portraits().save(&mut next).await?;
        assert_eq!(work.portraits().next_for_review(reviewer, &[], self.at).await?, None);
        assert_eq!(
            work.portraits().next_for_review(reviewer, &[], self.at + 10.minutes()).await?,
            Some(next.clone()),
            "left lying"
        );
        assert_eq!(work.portraits().claimed_by(reviewer, &[], self.at).await?, Some(next.clone()));
        assert_eq!(work.portraits().claimed_by(reviewer, &[next.id], self.at).await?, None);
        assert_eq!(
            work.portraits().next_for_review(reviewer, &[next.id], self.at + 10.minutes()).await?,
            None,
            "left out"
        );
        next.portrait = next.portrait.approve(reviewer, self.at + 1.minutes())?;
        work.portraits().save(&mut next).await?;
        assert_eq!(work.portraits().decided_since(reviewer, self.at).await?, 1);

        let opening = Opening {
            id: uuid::Uuid::from_bytes(*id.as_bytes()),
            subject: OpeningSubject::Portrait(id),
            opener: Opener::Account(reviewer),
            reason: OpeningReason::Review,
            at: self.at,
        };
        work.openings().add(&opening).await?;
        assert_eq!(work.openings().of(opening.subject, 10).await?, [opening]);

        let bundle = Bundle {
            id: BundleId::new(self.at, &mut self.rng),
            campaign: campaign.id,
            made_at: self.at,
            portraits: 1,
            sha256: "00".repeat(32),
            blob: BlobKey::bundle(BundleId::new(self.at, &mut self.rng)),
            file_naming: gradshot_domain::FileNaming::default(),
            sealed_names: None,
            forgotten_at: None,
            handed_over: None,
        };
        work.bundles().add(&bundle).await?;
        let lines = work.portraits().approved(campaign.id, 10).await?;
        assert_eq!((lines.len(), lines[0].sealed_image_code.as_slice()), (1, [11].as_slice()));
        next.portrait = next.portrait.hand_over(bundle.id, self.at)?;
        work.portraits().save(&mut next).await?;
        assert_eq!(work.portraits().approved(campaign.id, 10).await?, []);
        assert_eq!(work.bundles().find(bundle.id).await?, Some(bundle));
        Ok(work.commit().await?)
    }
}
