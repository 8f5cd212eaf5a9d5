//! Collections 采集任务.

use gradshot_domain::{
    AccountId, CampaignId, Category, CollectionId, PackageId, RosterEntryId, Route, StudioId,
};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StorageError;
use crate::fields::{Fields, to_word, unless_stale};

/// A collection: one student, one roster entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// Opaque id.
    pub id: CollectionId,
    /// Whose it is.
    pub account: AccountId,
    /// The campaign.
    pub campaign: CampaignId,
    /// Kind of studies.
    pub category: Category,
    /// The student in the school's roster.
    pub roster_entry: RosterEntryId,
    /// The student's name in the roster, sealed; read with the collection, kept with the roster entry.
    pub sealed_name: Vec<u8>,
    /// Keyed fingerprint of the image code.
    pub image_code_index: [u8; 32],
    /// The image code, sealed.
    pub sealed_image_code: Vec<u8>,
    /// The studio and package booked.
    pub booked: Option<(StudioId, PackageId)>,
    /// The route chosen.
    pub route: Option<Route>,
    /// Which version of the photo rules was read, and when.
    pub rules_read: Option<(String, Timestamp)>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// The table `collections`.
pub struct Collections<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

const SELECT: &str = "SELECT c.*, r.sealed_name AS sealed_name FROM collections c JOIN roster_entries r ON r.id = c.roster_entry";

impl Collections<'_> {
    /// Adds a collection; [`StorageError::Duplicate`] when the roster entry or the image code is taken.
    pub async fn add(&mut self, collection: &Collection) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO collections (id, account, campaign, category, roster_entry, image_code_index, \
             sealed_image_code, created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
        )
        .bind(collection.id.to_string())
        .bind(collection.account.to_string())
        .bind(collection.campaign.to_string())
        .bind(to_word(&collection.category))
        .bind(collection.roster_entry.to_string())
        .bind(collection.image_code_index.to_vec())
        .bind(collection.sealed_image_code.clone())
        .bind(collection.created_at.as_millisecond())
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// Whose the collection of a student is who is found by name and last four.
    pub async fn account_of_match(
        &mut self,
        campaign: CampaignId,
        match_index: &[u8; 32],
    ) -> Result<Option<AccountId>, StorageError> {
        let row = sqlx::query(
            "SELECT c.account FROM collections c JOIN roster_entries r ON r.id = c.roster_entry \
             WHERE r.campaign = $1 AND r.match_index = $2 ORDER BY c.id DESC LIMIT 1",
        )
        .bind(campaign.to_string())
        .bind(match_index.to_vec())
        .fetch_optional(&mut *self.connection)
        .await?;
        row.map(|row| Fields::named(&row, "collections", "account").parsed("account")).transpose()
    }

    /// The collection with this id.
    pub async fn find(&mut self, id: CollectionId) -> Result<Option<Collection>, StorageError> {
        self.one("c.id = $1", Key::Text(id.to_string())).await
    }

    /// The collection of this roster entry.
    pub async fn find_by_roster_entry(
        &mut self,
        id: RosterEntryId,
    ) -> Result<Option<Collection>, StorageError> {
        self.one("c.roster_entry = $1", Key::Text(id.to_string())).await
    }

    /// The collection whose image code has this fingerprint.
    pub async fn find_by_image_code(&mut self, index: &[u8; 32]) -> Result<Option<Collection>, StorageError> {
        self.one("c.image_code_index = $1", Key::Bytes(index.to_vec())).await
    }

    /// The collections of an account, the oldest first.
    pub async fn of_account(
        &mut self,
        account: AccountId,
        limit: u32,
    ) -> Result<Vec<Collection>, StorageError> {
        let sql = format!("{SELECT} WHERE c.account = $1 ORDER BY c.id LIMIT $2");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(account.to_string())
            .bind(i64::from(limit))
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(read).collect()
    }

    /// Makes everybody else who changes something of this collection wait until this unit of work ends, and says
    /// whether there is such a collection.
    pub async fn lock(&mut self, id: CollectionId) -> Result<bool, StorageError> {
        let done = sqlx::query("UPDATE collections SET version = version + 1 WHERE id = $1")
            .bind(id.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Takes the studio route and books a studio's package.
    pub async fn book(
        &mut self,
        id: CollectionId,
        studio: StudioId,
        package: PackageId,
    ) -> Result<(), StorageError> {
        let done =
            sqlx::query("UPDATE collections SET route = 'studio', studio = $1, package = $2 WHERE id = $3")
                .bind(studio.to_string())
                .bind(package.to_string())
                .bind(id.to_string())
                .execute(&mut *self.connection)
                .await?;
        unless_stale(done.rows_affected(), "collections")
    }

    /// Takes the phone route; a studio that was booked is not any more.
    pub async fn take_phone_route(&mut self, id: CollectionId) -> Result<(), StorageError> {
        let done = sqlx::query(
            "UPDATE collections SET route = 'phone', studio = NULL, package = NULL WHERE id = $1",
        )
        .bind(id.to_string())
        .execute(&mut *self.connection)
        .await?;
        unless_stale(done.rows_affected(), "collections")
    }

    /// Notes that the photo rules of this version were read.
    pub async fn read_rules(
        &mut self,
        id: CollectionId,
        version: &str,
        at: Timestamp,
    ) -> Result<(), StorageError> {
        let done = sqlx::query("UPDATE collections SET rules_version = $1, rules_read_at = $2 WHERE id = $3")
            .bind(version.to_owned())
            .bind(at.as_millisecond())
            .bind(id.to_string())
            .execute(&mut *self.connection)
            .await?;
        unless_stale(done.rows_affected(), "collections")
    }

    async fn one(&mut self, condition: &'static str, key: Key) -> Result<Option<Collection>, StorageError> {
        let query = sqlx::query(sqlx::AssertSqlSafe(format!("{SELECT} WHERE {condition}")));
        let query = match key {
            Key::Text(text) => query.bind(text),
            Key::Bytes(bytes) => query.bind(bytes),
        };
        query.fetch_optional(&mut *self.connection).await?.as_ref().map(read).transpose()
    }
}

enum Key {
    Text(String),
    Bytes(Vec<u8>),
}

fn read(row: &AnyRow) -> Result<Collection, StorageError> {
    let fields = Fields::of(row, "collections");
    let studio: Option<StudioId> = fields.parsed_option("studio")?;
    let package: Option<PackageId> = fields.parsed_option("package")?;
    Ok(Collection {
        id: fields.parsed("id")?,
        account: fields.parsed("account")?,
        campaign: fields.parsed("campaign")?,
        category: fields.word("category")?,
        roster_entry: fields.parsed("roster_entry")?,
        sealed_name: fields.get("sealed_name")?,
        image_code_index: fields.digest("image_code_index")?,
        sealed_image_code: fields.get("sealed_image_code")?,
        booked: studio.zip(package),
        route: match fields.get::<Option<String>>("route")? {
            Some(_) => Some(fields.word("route")?),
            None => None,
        },
        rules_read: fields
            .get::<Option<String>>("rules_version")?
            .zip(fields.moment_option("rules_read_at")?),
        created_at: fields.moment("created_at")?,
    })
}
