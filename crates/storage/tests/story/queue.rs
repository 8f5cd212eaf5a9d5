//! A studio, its line, and the ways through it.

use std::collections::HashSet;

use gradshot_domain::{
    AccountId, BackInLine, BusinessDay, Category, CollectionId, Money, PackageId, Priority, RosterEntryId,
    StationId, StudioId, Ticket, TicketId, TicketNumber,
};
use gradshot_storage::{
    Campaign, Collection, Package, QueuedTicket, RosterEntry, StorageError, Studio, UnitOfWork,
};
use jiff::ToSpan as _;

use crate::{Story, Told};

impl Story {
    pub(super) async fn studio(&mut self) -> Result<((StudioId, PackageId), Vec<StationId>), StorageError> {
        let package = Package {
            id: PackageId::new(self.at, &mut self.rng),
            name: "毕业证照采集".to_owned(),
            en_name: Some("Graduation ID photo".to_owned()),
            price: Money::from_fen(3500),
        };
        let studio = Studio {
            id: StudioId::new(self.at, &mut self.rng),
            name: "示范照相馆".to_owned(),
            code: "SFZX".to_owned(),
            address: "示范路 1 号".to_owned(),
            phone: "4000000000".to_owned(),
            hours: String::new(),
            place: None,
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

    pub(super) async fn nobody_is_called_twice(
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
            let at = self.at + i64::from(student).seconds();
            let (number, place) = work.tickets().next_number(studio, day, at).await?.ok_or("no number")?;
            let ticket = Ticket::join(number, place, Priority::Normal, at);
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
                Ok((station, called))
            });
        }
        // How the race goes is open: a station may lose it each time. Whoever called somebody is busy, nobody else.
        let (mut all, mut busy) = (Vec::new(), HashSet::new());
        while let Some(ended) = tasks.join_next().await {
            let (station, called) = ended??;
            if !called.is_empty() {
                busy.insert(station);
            }
            all.extend(called);
        }
        assert_eq!(all.len(), usize::from(STUDENTS), "nobody is lost");
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len(), "nobody is called twice");
        let listed = self.storage.read().await?.tickets().busy_stations(studio, day).await?;
        assert_eq!(listed.into_iter().collect::<HashSet<_>>(), busy);
        Ok(())
    }

    async fn stranger(
        &mut self,
        work: &mut UnitOfWork,
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
            forgotten_at: None,
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
            route: None,
            rules_read: None,
            created_at: self.at,
        };
        work.collections().add(&collection).await?;
        Ok(id)
    }

    pub(super) async fn queue(
        &mut self,
        collection: CollectionId,
        studio: StudioId,
        station: StationId,
    ) -> Result<QueuedTicket, Box<dyn std::error::Error>> {
        let day = BusinessDay::of(self.at);
        let mut work = self.storage.begin().await?;
        let tomorrow = BusinessDay::of(self.at + 24.hours());
        let first = work.tickets().next_number(studio, tomorrow, self.at).await?;
        let slow_clock = work.tickets().next_number(studio, tomorrow, self.at - 3.seconds()).await?;
        let place = self.at.as_millisecond();
        assert_eq!(first, TicketNumber::nth(0).map(|number| (number, place)));
        assert_eq!(slow_clock, TicketNumber::nth(1).map(|number| (number, place + 1)));
        let (number, place) = work.tickets().next_number(studio, day, self.at).await?.ok_or("no number")?;
        assert_eq!(number, TicketNumber::nth(40).ok_or("no number")?);
        let id = TicketId::new(self.at, &mut self.rng);
        let ticket = Ticket::join(number, place, Priority::Normal, self.at);
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
}
