//! A campaign with its roster, a collection and its order.

use gradshot_domain::{
    AccountId, CampaignId, Category, CollectionId, ConsentPurpose, FileNaming, Money, Order, OrderId,
    PackageId, Policy, RosterEntryId, Route, SchoolId, StudioId,
};
use gradshot_storage::{Campaign, Collection, Consent, PlacedOrder, RosterEntry, StorageError};
use jiff::ToSpan as _;

use crate::{Story, Told};

impl Story {
    pub(super) async fn campaign(&mut self) -> Result<(Campaign, RosterEntry), StorageError> {
        let mut work = self.storage.begin().await?;
        let school = SchoolId::new(self.at, &mut self.rng);
        let school = work.campaigns().school_named("示范大学_100%", " sfdx ", school).await?;
        let other = SchoolId::new(self.at, &mut self.rng);
        assert_eq!(
            work.campaigns().school_named("示范大学_100%", " sfdx ", other).await?,
            school,
            "one school of a name"
        );
        let campaign = Campaign {
            id: CampaignId::new(self.at, &mut self.rng),
            school,
            school_name: "示范大学_100%".to_owned(),
            title: "2027 届".to_owned(),
            code: "DEMO27".to_owned(),
            categories: vec![Category::Bachelor],
            policy: Policy::pay_first(),
            public_key: "key".to_owned(),
            sealed_private_key: vec![1, 2, 3],
            file_naming: FileNaming::default(),
            opened_at: self.at,
            state: gradshot_domain::CampaignState::Open,
        };
        work.campaigns().add(&campaign).await?;
        let entry = RosterEntry {
            id: RosterEntryId::new(self.at, &mut self.rng),
            campaign: campaign.id,
            category: Category::Bachelor,
            match_index: [3; 32],
            number_index: [4; 32],
            sealed_name: vec![5],
            sealed_student_number: vec![6],
            sealed_id_last4: vec![7],
            forgotten_at: None,
        };
        work.roster().add(&entry).await?;
        work.commit().await?;

        let mut work = self.storage.read().await?;
        for found in ["范大", "DEMO27", "demo27", "SFD", "", "_100%"] {
            assert_eq!(work.campaigns().search(found, 10).await?, std::slice::from_ref(&campaign), "{found}");
        }
        for missed in ["demo", "fd", "范%学", "示范_学"] {
            assert_eq!(work.campaigns().search(missed, 10).await?, [], "{missed} is no pattern");
        }
        assert_eq!(work.campaigns().find(campaign.id).await?, Some(campaign.clone()));
        assert_eq!(work.roster().find_by_number(campaign.id, &[4; 32]).await?, Some(entry.id));
        let matching = work.roster().matching(campaign.id, Category::Bachelor, &[3; 32]).await?;
        assert_eq!(matching, std::slice::from_ref(&entry));
        assert_eq!(work.roster().matching(campaign.id, Category::Master, &[3; 32]).await?, []);
        Ok((campaign, entry))
    }

    pub(super) async fn collection(
        &mut self,
        account: AccountId,
        campaign: &Campaign,
        entry: RosterEntry,
        studio: StudioId,
        package: PackageId,
    ) -> Result<CollectionId, StorageError> {
        let mut collection = Collection {
            id: CollectionId::new(self.at, &mut self.rng),
            account,
            campaign: campaign.id,
            category: Category::Bachelor,
            roster_entry: entry.id,
            sealed_name: entry.sealed_name,
            image_code_index: [10; 32],
            sealed_image_code: vec![11],
            booked: None,
            route: None,
            rules_read: None,
            created_at: self.at,
        };
        let mut work = self.storage.begin().await?;
        work.collections().add(&collection).await?;
        assert!(work.collections().lock(collection.id).await?);
        work.collections().book(collection.id, studio, package).await?;
        for purpose in [ConsentPurpose::ProvideToRegistry, ConsentPurpose::Capture, ConsentPurpose::Capture] {
            let given = Consent {
                purpose,
                text_version: "2026-11-1".to_owned(),
                text_sha256: "5e".repeat(32),
                given_at: self.at,
                withdrawn_at: None,
            };
            work.consents().give(collection.id, &given).await?;
        }
        assert!(work.consents().withdraw(collection.id, ConsentPurpose::Capture, self.at).await?);
        assert!(!work.consents().withdraw(collection.id, ConsentPurpose::Capture, self.at).await?);
        work.commit().await?;
        collection.booked = Some((studio, package));
        collection.route = Some(Route::Studio);
        let mut work = self.storage.read().await?;
        assert_eq!(work.collections().find_by_image_code(&[10; 32]).await?, Some(collection.clone()));
        assert_eq!(work.collections().find_by_roster_entry(entry.id).await?, Some(collection.clone()));
        assert_eq!(work.collections().of_account(account, 20).await?, [collection.clone()]);
        assert_eq!(work.consents().holding(collection.id).await?, [ConsentPurpose::ProvideToRegistry]);
        assert_eq!(work.consents().records(collection.id, 10).await?.len(), 2, "nothing is forgotten");
        Ok(collection.id)
    }

    pub(super) async fn orders(&mut self, collection: CollectionId, package: PackageId) -> Told {
        let id = OrderId::new(self.at, &mut self.rng);
        let order = Order::place(Money::from_fen(3500), self.at + 30.minutes());
        let mut work = self.storage.begin().await?;
        work.orders().add(&PlacedOrder::new(id, collection, package, self.at, order)).await?;
        let mut placed = work.orders().find(id).await?.ok_or("no order")?;
        let early = placed.clone();
        placed.order = placed.order.pay(self.at)?;
        work.orders().save(&placed).await?;
        let stale = work.orders().save(&early).await;
        assert!(
            matches!(stale, Err(StorageError::Stale { table: "orders" })),
            "the slower of two writers is told"
        );
        work.commit().await?;
        let newest = self.storage.read().await?.orders().newest(collection).await?;
        assert!(newest.is_some_and(|placed| placed.order.is_paid()));
        Ok(())
    }
}
