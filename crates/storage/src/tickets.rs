//! Tickets 排号 and the line they stand in.

use gradshot_domain::{
    BusinessDay, CampaignId, Category, CollectionId, Priority, RosterEntryId, StationId, StudioId, Ticket,
    TicketId, TicketNumber, TicketState,
};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StorageError;
use crate::fields::{Fields, to_json, unless_stale};

/// A ticket of a studio's queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedTicket {
    /// Opaque id.
    pub id: TicketId,
    /// The studio.
    pub studio: StudioId,
    /// Whose.
    pub collection: CollectionId,
    /// Number, place and state.
    pub ticket: Ticket,
    /// When it was last called for the first time in a row.
    pub called_at: Option<Timestamp>,
    /// When the portrait was last sealed.
    pub served_at: Option<Timestamp>,
    /// What two writers race for.
    pub(crate) version: i64,
}

/// A ticket with what a queue shows beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InLine {
    /// The ticket.
    pub ticket: QueuedTicket,
    /// The campaign.
    pub campaign: CampaignId,
    /// Kind of studies.
    pub category: Category,
    /// The student in the roster.
    pub roster_entry: RosterEntryId,
    /// The student's name, sealed.
    pub sealed_name: Vec<u8>,
    /// Name of the station that has the student.
    pub station_name: Option<String>,
}

impl QueuedTicket {
    /// A ticket that is not in the table yet.
    pub const fn new(id: TicketId, studio: StudioId, collection: CollectionId, ticket: Ticket) -> Self {
        Self { id, studio, collection, ticket, called_at: None, served_at: None, version: 0 }
    }

    /// Takes a new state over, and the moments that it brings.
    fn note_moments(&mut self) {
        match self.ticket.state {
            TicketState::Called { times: 1, at, .. } => self.called_at = Some(at),
            TicketState::Served { at, .. } => self.served_at = Some(at),
            _ => {}
        }
    }
}

/// The tables `tickets` and `ticket_counters`.
pub struct Tickets<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Tickets<'_> {
    /// Gives out the day's next number and, at `at`, its place in line, milliseconds; `None` once the numbers are used up. Two
    /// never get the same, and a later number never has an earlier place.
    pub async fn next_number(
        &mut self,
        studio: StudioId,
        day: BusinessDay,
        at: Timestamp,
    ) -> Result<Option<(TicketNumber, i64)>, StorageError> {
        let row = sqlx::query(
            "INSERT INTO ticket_counters (studio, business_day, given, last_place) VALUES ($1, $2, 1, $3) \
             ON CONFLICT (studio, business_day) DO UPDATE SET given = ticket_counters.given + 1, \
             last_place = CASE WHEN ticket_counters.last_place < excluded.last_place \
             THEN excluded.last_place ELSE ticket_counters.last_place + 1 END \
             RETURNING given, last_place, studio",
        )
        .bind(studio.to_string())
        .bind(day.to_string())
        .bind(at.as_millisecond())
        .fetch_one(&mut *self.connection)
        .await?;
        let fields = Fields::named(&row, "ticket_counters", "studio");
        let given: u32 = fields.number("given")?;
        let place = fields.get("last_place")?;
        Ok(TicketNumber::nth(given.saturating_sub(1)).map(|number| (number, place)))
    }

    /// Adds a ticket. Its place is the moment from which its student waits.
    pub async fn add(&mut self, queued: &QueuedTicket) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO tickets (id, studio, collection, business_day, number_index, priority, place, state, \
             joined_at, facts, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(queued.id.to_string())
        .bind(queued.studio.to_string())
        .bind(queued.collection.to_string())
        .bind(queued.ticket.business_day.to_string())
        .bind(i64::from(queued.ticket.number.index()))
        .bind(rank(queued.ticket.priority))
        .bind(queued.ticket.place)
        .bind(queued.ticket.state.name())
        .bind(queued.ticket.place)
        .bind(to_json(&queued.ticket))
        .bind(queued.version)
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// Saves a ticket's new state, unless somebody else changed it meanwhile.
    pub async fn save(&mut self, queued: &mut QueuedTicket) -> Result<(), StorageError> {
        queued.note_moments();
        let done = sqlx::query(
            "UPDATE tickets SET priority = $1, place = $2, called_at = $3, \
             first_called_at = COALESCE(first_called_at, $3), served_at = $4, station = $5, state = $6, facts = $7, \
             version = version + 1 WHERE id = $8 AND version = $9",
        )
        .bind(rank(queued.ticket.priority))
        .bind(queued.ticket.place)
        .bind(queued.called_at.map(Timestamp::as_millisecond))
        .bind(queued.served_at.map(Timestamp::as_millisecond))
        .bind(queued.ticket.state.station().map(|station| station.to_string()))
        .bind(queued.ticket.state.name())
        .bind(to_json(&queued.ticket))
        .bind(queued.id.to_string())
        .bind(queued.version)
        .execute(&mut *self.connection)
        .await?;
        unless_stale(done.rows_affected(), "tickets")?;
        queued.version += 1;
        Ok(())
    }

    /// The ticket with this id.
    pub async fn find(&mut self, id: TicketId) -> Result<Option<QueuedTicket>, StorageError> {
        let row = sqlx::query("SELECT * FROM tickets WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// The newest ticket of a collection.
    pub async fn newest(&mut self, collection: CollectionId) -> Result<Option<QueuedTicket>, StorageError> {
        let row = sqlx::query("SELECT * FROM tickets WHERE collection = $1 ORDER BY id DESC LIMIT 1")
            .bind(collection.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// The one to be called next.
    pub async fn first_waiting(
        &mut self,
        studio: StudioId,
        day: BusinessDay,
    ) -> Result<Option<QueuedTicket>, StorageError> {
        let row = sqlx::query(
            "SELECT * FROM tickets WHERE studio = $1 AND business_day = $2 AND state = 'waiting' \
             ORDER BY priority, place, number_index LIMIT 1",
        )
        .bind(studio.to_string())
        .bind(day.to_string())
        .fetch_optional(&mut *self.connection)
        .await?;
        row.as_ref().map(read).transpose()
    }

    /// Places of those who wait, in their order: of all equals of `priority`.
    pub async fn waiting_places(
        &mut self,
        studio: StudioId,
        day: BusinessDay,
        priority: Priority,
        limit: u32,
    ) -> Result<Vec<i64>, StorageError> {
        let rows = sqlx::query(
            "SELECT id, place FROM tickets WHERE studio = $1 AND business_day = $2 AND state = 'waiting' \
             AND priority = $3 ORDER BY place, number_index LIMIT $4",
        )
        .bind(studio.to_string())
        .bind(day.to_string())
        .bind(rank(priority))
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(|row| Fields::of(row, "tickets").get("place")).collect()
    }

    /// All who wait, in the order in which they will be called.
    pub async fn waiting_in_order(
        &mut self,
        studio: StudioId,
        day: BusinessDay,
        limit: u32,
    ) -> Result<Vec<TicketId>, StorageError> {
        let rows = sqlx::query(
            "SELECT id FROM tickets WHERE studio = $1 AND business_day = $2 AND state = 'waiting' \
             ORDER BY priority, place, number_index LIMIT $3",
        )
        .bind(studio.to_string())
        .bind(day.to_string())
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(|row| Fields::of(row, "tickets").parsed("id")).collect()
    }

    /// How many stand in line before this ticket.
    pub async fn ahead_of(&mut self, queued: &QueuedTicket) -> Result<u32, StorageError> {
        let row = sqlx::query(
            "SELECT COUNT(*) AS count FROM tickets WHERE studio = $1 AND business_day = $2 AND state = 'waiting' \
             AND (priority < $3 OR (priority = $3 AND (place < $4 OR (place = $4 AND number_index < $5))))",
        )
        .bind(queued.studio.to_string())
        .bind(queued.ticket.business_day.to_string())
        .bind(rank(queued.ticket.priority))
        .bind(queued.ticket.place)
        .bind(i64::from(queued.ticket.number.index()))
        .fetch_one(&mut *self.connection)
        .await?;
        Fields::of(&row, "tickets").number("count")
    }

    /// How many of a day are in a state.
    pub async fn count(
        &mut self,
        studio: StudioId,
        day: BusinessDay,
        state: &'static str,
    ) -> Result<u32, StorageError> {
        let row = sqlx::query(
            "SELECT COUNT(*) AS count FROM tickets WHERE studio = $1 AND business_day = $2 AND state = $3",
        )
        .bind(studio.to_string())
        .bind(day.to_string())
        .bind(state)
        .fetch_one(&mut *self.connection)
        .await?;
        Fields::of(&row, "tickets").number("count")
    }

    /// A day's queue: those being called or photographed, those who wait in their order, those passed over.
    pub async fn in_line(
        &mut self,
        studio: StudioId,
        day: BusinessDay,
        limit: u32,
    ) -> Result<Vec<InLine>, StorageError> {
        let rows = sqlx::query(
            "SELECT t.*, c.campaign, c.category, c.roster_entry, r.sealed_name, s.name AS station_name \
             FROM tickets t JOIN collections c ON c.id = t.collection \
             JOIN roster_entries r ON r.id = c.roster_entry LEFT JOIN stations s ON s.id = t.station \
             WHERE t.studio = $1 AND t.business_day = $2 \
             AND t.state IN ('called', 'arrived', 'waiting', 'skipped') \
             ORDER BY CASE t.state WHEN 'waiting' THEN 1 WHEN 'skipped' THEN 2 ELSE 0 END, \
             CASE t.state WHEN 'waiting' THEN t.priority ELSE 0 END, \
             CASE t.state WHEN 'waiting' THEN t.place ELSE -t.called_at END, t.number_index LIMIT $3",
        )
        .bind(studio.to_string())
        .bind(day.to_string())
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(read_in_line).collect()
    }

    /// One ticket with what a queue shows beside it.
    pub async fn find_in_line(&mut self, id: TicketId) -> Result<Option<InLine>, StorageError> {
        let row = sqlx::query(
            "SELECT t.*, c.campaign, c.category, c.roster_entry, r.sealed_name, s.name AS station_name \
             FROM tickets t JOIN collections c ON c.id = t.collection \
             JOIN roster_entries r ON r.id = c.roster_entry LEFT JOIN stations s ON s.id = t.station \
             WHERE t.id = $1",
        )
        .bind(id.to_string())
        .fetch_optional(&mut *self.connection)
        .await?;
        row.as_ref().map(read_in_line).transpose()
    }

    /// The stations that have a student, at most 100.
    pub async fn busy_stations(
        &mut self,
        studio: StudioId,
        day: BusinessDay,
    ) -> Result<Vec<StationId>, StorageError> {
        let rows = sqlx::query(
            "SELECT DISTINCT station FROM tickets WHERE studio = $1 AND business_day = $2 \
             AND state IN ('called', 'arrived') LIMIT 100",
        )
        .bind(studio.to_string())
        .bind(day.to_string())
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(|row| Fields::named(row, "tickets", "station").parsed("station")).collect()
    }

    /// Tickets of days before `day` that were left open, the oldest first.
    pub async fn left_open_before(
        &mut self,
        day: BusinessDay,
        limit: u32,
    ) -> Result<Vec<QueuedTicket>, StorageError> {
        let rows = sqlx::query(
            "SELECT * FROM tickets WHERE business_day < $1 \
             AND state IN ('waiting', 'called', 'arrived', 'skipped') ORDER BY business_day, id LIMIT $2",
        )
        .bind(day.to_string())
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(read).collect()
    }

    /// Tickets called before and done with, the newest call first.
    pub async fn called_before(
        &mut self,
        studio: StudioId,
        day: BusinessDay,
        limit: u32,
    ) -> Result<Vec<QueuedTicket>, StorageError> {
        let rows = sqlx::query(
            "SELECT * FROM tickets WHERE studio = $1 AND business_day = $2 AND state IN ('served', 'skipped') \
             AND called_at IS NOT NULL ORDER BY called_at DESC, number_index DESC LIMIT $3",
        )
        .bind(studio.to_string())
        .bind(day.to_string())
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(read).collect()
    }
}

/// Who goes first has the smaller rank.
const fn rank(priority: Priority) -> i64 {
    match priority {
        Priority::Ahead => 0,
        Priority::Normal => 1,
    }
}

fn read(row: &AnyRow) -> Result<QueuedTicket, StorageError> {
    let fields = Fields::of(row, "tickets");
    Ok(QueuedTicket {
        id: fields.parsed("id")?,
        studio: fields.parsed("studio")?,
        collection: fields.parsed("collection")?,
        ticket: fields.json("facts")?,
        called_at: fields.moment_option("called_at")?,
        served_at: fields.moment_option("served_at")?,
        version: fields.get("version")?,
    })
}

fn read_in_line(row: &AnyRow) -> Result<InLine, StorageError> {
    let fields = Fields::of(row, "tickets");
    Ok(InLine {
        ticket: read(row)?,
        campaign: fields.parsed("campaign")?,
        category: fields.word("category")?,
        roster_entry: fields.parsed("roster_entry")?,
        sealed_name: fields.get("sealed_name")?,
        station_name: fields.get("station_name")?,
    })
}
