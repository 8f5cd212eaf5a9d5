//! What the office finds and counts of the story so far.

use gradshot_domain::{AccountId, BusinessDay, CampaignId, CollectionId};
use gradshot_storage::{
    LookedAt, LooksWanted, Opener, Opening, OpeningReason, OpeningSubject, OrderKind, OrdersWanted,
    PersonalData,
};

use crate::{Story, Told};

impl Story {
    pub(super) async fn office(
        &mut self,
        account: AccountId,
        campaign: CampaignId,
        collection: CollectionId,
    ) -> Told {
        let staff = AccountId::new(self.at, &mut self.rng);
        let mut work = self.storage.begin().await?;
        for what in [PersonalData::Progress, PersonalData::RosterRequest] {
            let opening = Opening {
                id: uuid::Uuid::from_bytes(*AccountId::new(self.at, &mut self.rng).as_bytes()),
                subject: OpeningSubject::Person(account, what),
                opener: Opener::Account(staff),
                reason: OpeningReason::Support,
                at: self.at,
            };
            work.openings().add(&opening).await?;
        }
        work.commit().await?;

        let mut work = self.storage.read().await?;
        let today = BusinessDay::of(self.at);
        let wanted = LooksWanted { opener: Some(staff), ..LooksWanted::default() };
        assert_eq!(work.openings().looks(&wanted, 10).await?.len(), 2);
        let of_campaign =
            LooksWanted { campaign: Some(campaign), from: Some(today), to: Some(today), ..wanted };
        let looks = work.openings().looks(&of_campaign, 10).await?;
        assert_eq!(looks.len(), 1, "who asked nobody to be on a roster is none of the campaign's");
        assert_eq!(looks[0].campaign, Some(campaign));
        let bundles = LooksWanted { kind: Some(LookedAt::Bundle), ..wanted };
        assert!(work.openings().looks(&bundles, 10).await?.is_empty());

        let found = work.orders().search(&OrdersWanted::default(), 10).await?;
        let mine = found.iter().find(|found| found.placed.collection == collection).ok_or("no order")?;
        assert_eq!(mine.account, account);
        assert!(matches!(mine.kind(), OrderKind::Portrait(_)));
        assert_eq!(work.orders().found(mine.placed.id).await?.as_ref(), Some(mine));
        let nobodys = OrdersWanted { accounts: Some(vec![staff]), ..OrdersWanted::default() };
        assert!(work.orders().search(&nobodys, 10).await?.is_empty());

        let days = work.days().count(today, today.next(), Some(campaign)).await?;
        assert_eq!(days.len(), 2);
        assert!(days[0].signed_up >= 1 && days[0].photographed >= 1, "{:?}", days[0]);
        assert_eq!((days[1].signed_up, days[1].wait_ms), (0, None));
        Ok(())
    }
}
