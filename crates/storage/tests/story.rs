//! One story told to the storage: a student's way as rows. Told to SQLite always, and to PostgreSQL when
//! `GRADSHOT_TEST_POSTGRES` names a database that may be emptied.

use std::collections::HashSet;
use std::time::Duration;

use gradshot_domain::{
    AccountId, BackInLine, BundleId, BusinessDay, CampaignId, Category, CollectionId, ConsentPurpose, Money,
    Order, OrderId, PackageId, Policy, Portrait, PortraitId, Priority, Role, RosterEntryId, SchoolId,
    Severity, StationId, StudioId, SystemClock, Ticket, TicketId, TicketNumber,
};
use gradshot_storage::{
    Account, Attempt, AttemptRule, BlobKey, Bundle, Campaign, Collection, Opener, Opening, OpeningReason,
    OpeningSubject, Package, PlacedOrder, QueuedTicket, RosterEntry, Session, Storage, StorageError,
    StoredPortrait, Studio,
};
use jiff::{Timestamp, ToSpan as _};
use rand::SeedableRng as _;
use rand::rngs::StdRng;

type Told = Result<(), Box<dyn std::error::Error>>;

#[tokio::test(flavor = "multi_thread")]
async fn told_to_sqlite() -> Told {
    let folder = tempfile::tempdir()?;
    // A path as people have them.
    let path = folder.path().join("数据 100%?").join("house.sqlite");
    std::fs::create_dir_all(path.parent().ok_or("no folder")?)?;
    Story::begin(Storage::open_file(&path, &SystemClock).await?).tell().await?;
    let again = Storage::open_file(&path, &SystemClock).await?;
    assert!(!again.read().await?.campaigns().newest(10).await?.is_empty(), "everything is still there");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn told_to_postgresql() -> Told {
    let Ok(url) = std::env::var("GRADSHOT_TEST_POSTGRES") else { return Ok(()) };
    sqlx::any::install_default_drivers();
    let pool = sqlx::AnyPool::connect(&url).await?;
    sqlx::raw_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public").execute(&pool).await?;
    Story::begin(Storage::open(&url, &SystemClock).await?).tell().await?;
    damage_is_named(&url).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_cannot_be_understood_is_named() -> Told {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("house.sqlite");
    Story::begin(Storage::open_file(&path, &SystemClock).await?).tell().await?;
    damage_is_named(path.to_str().ok_or("no path")?).await
}

async fn damage_is_named(url: &str) -> Told {
    let storage = Storage::open(url, &SystemClock).await?;
    let address = if url.contains("://") { url.to_owned() } else { format!("sqlite:{url}") };
    let pool = sqlx::AnyPool::connect(&address);
    let changed = sqlx::query("UPDATE accounts SET role = 'emperor'").execute(&pool.await?).await?;
    assert_eq!(changed.rows_affected(), 1);
    let error = storage.read().await?.accounts().find_by_login(&[1; 32]).await.unwrap_err();
    let StorageError::Row { table, column, row } = &error else { panic!("{error}") };
    assert_eq!((*table, *column), ("accounts", "role"));
    assert!(row.parse::<AccountId>().is_ok() && !error.to_string().contains("emperor"));
    Ok(())
}

#[tokio::test]
async fn a_newer_database_is_left_alone() -> Told {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("house.sqlite");
    Storage::open_file(&path, &SystemClock).await?.close().await;
    let pool = sqlx::AnyPool::connect(&format!("sqlite:{}", path.display())).await?;
    sqlx::query("INSERT INTO applied_migrations VALUES ('9999_tomorrow', 0)").execute(&pool).await?;
    let refused = Storage::open_file(&path, &SystemClock).await.unwrap_err();
    assert!(refused.to_string().contains("newer version"), "{refused}");
    Ok(())
}

struct Story {
    storage: Storage,
    rng: StdRng,
    at: Timestamp,
}

impl Story {
    fn begin(storage: Storage) -> Self {
        let at = "2026-05-18T06:00:00Z".parse().unwrap();
        Self { storage, rng: StdRng::seed_from_u64(1), at }
    }

    async fn tell(mut self) -> Told {
        let account = self.people().await?;
        let (campaign, entry) = self.campaign().await?;
        let (studio, stations) = self.studio().await?;
        let collection = self.collection(account, &campaign, entry, studio.0, studio.1).await?;
        self.orders(collection, studio.1).await?;
        self.nobody_is_called_twice(account, &campaign, studio.0, &stations).await?;
        let ticket = self.queue(collection, studio.0, stations[0]).await?;
        self.portraits(account, &campaign, collection, ticket, stations[0]).await?;
        self.tries().await
    }

    async fn people(&mut self) -> Result<AccountId, StorageError> {
        let account = Account {
            id: AccountId::new(self.at, &mut self.rng),
            login_index: [1; 32],
            sealed_login: vec![0, 255, 1],
            password_hash: "$argon2id$…".to_owned(),
            role: Role::Student,
            school: None,
            created_at: self.at,
        };
        let mut work = self.storage.begin().await?;
        work.accounts().add(&account).await?;
        drop(work);
        assert_eq!(
            self.storage.read().await?.accounts().find(account.id).await?,
            None,
            "nothing without a commit"
        );

        let session = Session { token_hash: [2; 32], account: account.id, expires_at: self.at + 1.hours() };
        let mut work = self.storage.begin().await?;
        work.accounts().add(&account).await?;
        work.sessions().add(&session, self.at).await?;
        work.commit().await?;

        let mut work = self.storage.begin().await?;
        assert!(matches!(work.accounts().add(&account).await, Err(StorageError::Duplicate)));
        drop(work);
        let mut work = self.storage.read().await?;
        assert_eq!(work.accounts().find_by_login(&[1; 32]).await?, Some(account.clone()));
        assert_eq!(work.accounts().find_by_login(&[9; 32]).await?, None);
        assert_eq!(work.sessions().find(&[2; 32], self.at).await?, Some(session));
        assert_eq!(work.sessions().find(&[2; 32], self.at + 1.hours()).await?, None, "a session ends");
        Ok(account.id)
    }

    async fn campaign(&mut self) -> Result<(Campaign, RosterEntry), StorageError> {
        let mut work = self.storage.begin().await?;
        let school = SchoolId::new(self.at, &mut self.rng);
        let school = work.campaigns().school_named("示范大学_100%", school).await?;
        let other = SchoolId::new(self.at, &mut self.rng);
        assert_eq!(
            work.campaigns().school_named("示范大学_100%", other).await?,
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
            opened_at: self.at,
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
        };
        work.roster().add(&entry).await?;
        work.commit().await?;

        let mut work = self.storage.read().await?;
        for found in ["范大", "DEMO27", "", "_100%"] {
            assert_eq!(work.campaigns().search(found, 10).await?, std::slice::from_ref(&campaign), "{found}");
        }
        for missed in ["demo27", "范%学", "示范_学"] {
            assert_eq!(work.campaigns().search(missed, 10).await?, [], "{missed} is no pattern");
        }
        assert_eq!(work.campaigns().find(campaign.id).await?, Some(campaign.clone()));
        assert_eq!(work.roster().find_by_number(campaign.id, &[4; 32]).await?, Some(entry.id));
        let matching = work.roster().matching(campaign.id, Category::Bachelor, &[3; 32]).await?;
        assert_eq!(matching, std::slice::from_ref(&entry));
        assert_eq!(work.roster().matching(campaign.id, Category::Master, &[3; 32]).await?, []);
        Ok((campaign, entry))
    }

    async fn studio(&mut self) -> Result<((StudioId, PackageId), Vec<StationId>), StorageError> {
        let package = Package {
            id: PackageId::new(self.at, &mut self.rng),
            name: "毕业证照采集".to_owned(),
            price: Money::from_fen(3500),
        };
        let studio = Studio {
            id: StudioId::new(self.at, &mut self.rng),
            name: "示范照相馆".to_owned(),
            code: "SFZX".to_owned(),
            address: "示范路 1 号".to_owned(),
            phone: "4000000000".to_owned(),
            packages: vec![package.clone()],
        };
        let mut work = self.storage.begin().await?;
        work.studios().add(&studio).await?;
        let mut stations = Vec::new();
        for number in 1..=4u8 {
            let id = StationId::new(self.at, &mut self.rng);
            work.stations().add(id, studio.id, &format!("{number}号机位")).await?;
            work.stations().add_code(&[number; 32], id, self.at + 15.minutes()).await?;
            stations.push(id);
        }
        assert_eq!(
            work.stations().redeem_code(&[1; 32], self.at + 16.minutes()).await?,
            None,
            "a code expires"
        );
        assert_eq!(work.stations().redeem_code(&[1; 32], self.at).await?, Some(stations[0]));
        assert_eq!(work.stations().redeem_code(&[1; 32], self.at).await?, None, "and pairs once");
        work.stations().pair(stations[0], "verifying key", &[8; 32]).await?;
        work.commit().await?;

        let mut work = self.storage.read().await?;
        assert_eq!(work.studios().find_by_code("SFZX").await?, Some(studio.clone()));
        assert_eq!(work.studios().all(50).await?, std::slice::from_ref(&studio));
        let paired = work.stations().find_by_token(&[8; 32]).await?.unwrap();
        assert_eq!((paired.id, paired.verifying_key.as_deref()), (stations[0], Some("verifying key")));
        Ok(((studio.id, package.id), stations))
    }

    async fn collection(
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
            created_at: self.at,
        };
        let mut work = self.storage.begin().await?;
        work.collections().add(&collection).await?;
        assert!(work.collections().lock(collection.id).await?);
        work.collections().book(collection.id, studio, package).await?;
        for _ in 0..2 {
            let given = ConsentPurpose::Capture;
            work.collections().consent(collection.id, given, "2026-11-1", self.at).await?;
        }
        work.commit().await?;
        collection.booked = Some((studio, package));
        let mut work = self.storage.read().await?;
        assert_eq!(work.collections().find_by_image_code(&[10; 32]).await?, Some(collection.clone()));
        assert_eq!(work.collections().find_by_roster_entry(entry.id).await?, Some(collection.clone()));
        assert_eq!(work.collections().of_account(account, 20).await?, [collection.clone()]);
        assert_eq!(work.collections().consents(collection.id).await?, [ConsentPurpose::Capture]);
        Ok(collection.id)
    }

    async fn orders(&mut self, collection: CollectionId, package: PackageId) -> Told {
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

    /// Four stations press next at once, again and again, until nobody waits.
    async fn nobody_is_called_twice(
        &mut self,
        account: AccountId,
        campaign: &Campaign,
        studio: StudioId,
        stations: &[StationId],
    ) -> Told {
        const STUDENTS: u8 = 40;
        let day = BusinessDay::of(self.at);
        let mut work = self.storage.begin().await?;
        for student in 0..STUDENTS {
            let collection = self.stranger(&mut work, account, campaign, student).await?;
            let number = work.tickets().next_number(studio, day).await?.ok_or("no number")?;
            let ticket = Ticket::join(number, Priority::Normal, self.at + i64::from(student).seconds());
            let id = TicketId::new(self.at, &mut self.rng);
            work.tickets().add(&QueuedTicket::new(id, studio, collection, ticket)).await?;
        }
        work.commit().await?;

        let mut tasks = tokio::task::JoinSet::new();
        for station in stations.iter().copied() {
            let (storage, at) = (self.storage.clone(), self.at);
            tasks.spawn(async move {
                let mut called = Vec::new();
                loop {
                    let mut work = storage.begin().await?;
                    let Some(mut first) = work.tickets().first_waiting(studio, day).await? else { break };
                    first.ticket = first.ticket.call(station, at).map_err(|_| StorageError::Busy)?;
                    match work.tickets().save(&mut first).await {
                        Ok(()) => {
                            work.commit().await?;
                            called.push(first.id);
                        }
                        Err(StorageError::Stale { .. }) => {}
                        Err(error) => return Err(error),
                    }
                }
                Ok(called)
            });
        }
        let mut all = Vec::new();
        while let Some(called) = tasks.join_next().await {
            all.extend(called??);
        }
        assert_eq!(all.len(), usize::from(STUDENTS), "nobody is lost");
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len(), "nobody is called twice");
        assert_eq!(
            self.storage.read().await?.tickets().busy_stations(studio, day).await?.len(),
            stations.len()
        );
        Ok(())
    }

    async fn stranger(
        &mut self,
        work: &mut gradshot_storage::UnitOfWork,
        account: AccountId,
        campaign: &Campaign,
        number: u8,
    ) -> Result<CollectionId, StorageError> {
        let entry = RosterEntry {
            id: RosterEntryId::new(self.at, &mut self.rng),
            campaign: campaign.id,
            category: Category::Bachelor,
            match_index: [100 + number; 32],
            number_index: [100 + number; 32],
            sealed_name: vec![number],
            sealed_student_number: vec![],
            sealed_id_last4: vec![],
        };
        work.roster().add(&entry).await?;
        let id = CollectionId::new(self.at, &mut self.rng);
        let collection = Collection {
            id,
            account,
            campaign: campaign.id,
            category: Category::Bachelor,
            roster_entry: entry.id,
            sealed_name: vec![number],
            image_code_index: [100 + number; 32],
            sealed_image_code: vec![],
            booked: None,
            created_at: self.at,
        };
        work.collections().add(&collection).await?;
        Ok(id)
    }

    async fn queue(
        &mut self,
        collection: CollectionId,
        studio: StudioId,
        station: StationId,
    ) -> Result<QueuedTicket, Box<dyn std::error::Error>> {
        let day = BusinessDay::of(self.at);
        let mut work = self.storage.begin().await?;
        let number = work.tickets().next_number(studio, day).await?.ok_or("no number")?;
        assert_eq!(number, TicketNumber::nth(40).ok_or("no number")?);
        let id = TicketId::new(self.at, &mut self.rng);
        let ticket = Ticket::join(number, Priority::Normal, self.at);
        work.tickets().add(&QueuedTicket::new(id, studio, collection, ticket)).await?;
        let mut queued = work.tickets().find(id).await?.ok_or("no ticket")?;
        assert_eq!(work.tickets().ahead_of(&queued).await?, 0);
        queued.ticket = queued.ticket.call(station, self.at + 5.seconds())?;
        work.tickets().save(&mut queued).await?;
        queued.ticket = queued.ticket.skip(self.at + 9.seconds())?;
        work.tickets().save(&mut queued).await?;
        let places = work.tickets().waiting_places(studio, day, Priority::Normal, 500).await?;
        queued.ticket =
            queued.ticket.come_back(BackInLine::AtTheEnd.place(&places, self.at), self.at + 10.seconds())?;
        work.tickets().save(&mut queued).await?;
        queued.ticket =
            queued.ticket.call(station, self.at + 20.seconds())?.arrive(station, self.at + 30.seconds())?;
        work.tickets().save(&mut queued).await?;
        work.commit().await?;

        let mut work = self.storage.read().await?;
        let line = work.tickets().in_line(studio, day, 500).await?;
        assert_eq!(line.len(), 41);
        let entry = line.iter().find(|entry| entry.ticket.id == id).ok_or("not in line")?;
        assert_eq!((entry.ticket.clone(), entry.station_name.as_deref()), (queued.clone(), Some("1号机位")));
        assert_eq!(work.tickets().newest(collection).await?, Some(queued.clone()));
        Ok(queued)
    }

    async fn portraits(
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
            ticket: ticket.id,
            station,
            spec: "chsi".to_owned(),
            outcome: Severity::Pass,
            sealed_at: self.at,
            stored_at: self.at,
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
        assert_eq!(work.portraits().waiting_for_review(self.at).await?, 1);
        let mut next = work.portraits().next_for_review(self.at).await?.ok_or("nothing waits")?;
        next.portrait = next.portrait.claim(reviewer, self.at + 10.minutes(), self.at)?;
        work.portraits().save(&mut next).await?;
        assert_eq!(work.portraits().next_for_review(self.at).await?, None);
        assert_eq!(
            work.portraits().next_for_review(self.at + 10.minutes()).await?,
            Some(next.clone()),
            "left lying"
        );
        assert_eq!(work.portraits().claimed_by(reviewer, self.at).await?, Some(next.clone()));
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

    async fn tries(&mut self) -> Told {
        let rule = AttemptRule { tries: 3, lock: Duration::from_mins(30) };
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (storage, at) = (self.storage.clone(), self.at);
            tasks.spawn(async move {
                let mut work = storage.begin().await?;
                let attempt = work.attempts().spend("last four:x", rule, at).await?;
                work.commit().await?;
                Ok::<_, StorageError>(attempt)
            });
        }
        let mut allowed = 0;
        while let Some(attempt) = tasks.join_next().await {
            allowed += u32::from(attempt?? == Attempt::Allowed);
        }
        assert_eq!(allowed, 3, "many tries at once do not slip through");
        let mut work = self.storage.begin().await?;
        work.attempts().forgive("last four:x").await?;
        assert_eq!(work.attempts().spend("last four:x", rule, self.at).await?, Attempt::Allowed);
        Ok(work.commit().await?)
    }
}
