//! Schools and their campaigns.

use gradshot_domain::{CampaignId, CampaignState, Category, FileNaming, Policy, SchoolId};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StorageError;
use crate::fields::{Fields, to_json, unless_stale};

/// A campaign with its school's name. The private key is wrapped by a key that is not in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Opaque id.
    pub id: CampaignId,
    /// The school.
    pub school: SchoolId,
    /// The school's name.
    pub school_name: String,
    /// Title.
    pub title: String,
    /// The school's code 特征码.
    pub code: String,
    /// Kinds of studies.
    pub categories: Vec<Category>,
    /// Policy.
    pub policy: Policy,
    /// The key that portraits are sealed for, base64url.
    pub public_key: String,
    /// The key that opens them, wrapped.
    pub sealed_private_key: Vec<u8>,
    /// How its bundles name their files.
    pub file_naming: FileNaming,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Whether it still takes students.
    pub state: CampaignState,
}

/// The tables `schools` and `campaigns`.
pub struct Campaigns<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Campaigns<'_> {
    /// The school of this name; `id` when there is none yet, which is then made. `initials` are what its name begins
    /// with in pinyin, each way to read it with spaces around.
    pub async fn school_named(
        &mut self,
        name: &str,
        initials: &str,
        id: SchoolId,
    ) -> Result<SchoolId, StorageError> {
        let row = sqlx::query(
            "INSERT INTO schools (id, name, initials) VALUES ($1, $2, $3) \
             ON CONFLICT (name) DO UPDATE SET initials = excluded.initials RETURNING id",
        )
        .bind(id.to_string())
        .bind(name)
        .bind(initials)
        .fetch_one(&mut *self.connection)
        .await?;
        Fields::of(&row, "schools").parsed("id")
    }

    /// Whether there is a school with this id.
    pub async fn has_school(&mut self, id: SchoolId) -> Result<bool, StorageError> {
        let row = sqlx::query("SELECT id FROM schools WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        Ok(row.is_some())
    }

    /// Adds a campaign of a school that is there; [`StorageError::Duplicate`] when the code is taken.
    pub async fn add(&mut self, campaign: &Campaign) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO campaigns \
             (id, school, title, code, categories, policy, public_key, sealed_private_key, file_naming, \
             opened_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(campaign.id.to_string())
        .bind(campaign.school.to_string())
        .bind(campaign.title.clone())
        .bind(campaign.code.clone())
        .bind(to_json(&campaign.categories))
        .bind(to_json(&campaign.policy))
        .bind(campaign.public_key.clone())
        .bind(campaign.sealed_private_key.clone())
        .bind(campaign.file_naming.to_string())
        .bind(campaign.opened_at.as_millisecond())
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// The campaign with this id.
    pub async fn find(&mut self, id: CampaignId) -> Result<Option<Campaign>, StorageError> {
        let row = sqlx::query(
            "SELECT c.*, s.name AS school_name FROM campaigns c JOIN schools s ON s.id = c.school WHERE c.id = $1",
        )
        .bind(id.to_string())
        .fetch_optional(&mut *self.connection)
        .await?;
        row.as_ref().map(read).transpose()
    }

    /// Campaigns whose school's name has `part` in it or begins with it in pinyin initials, or whose code is `part` in
    /// whatever case; the newest first.
    pub async fn search(&mut self, part: &str, limit: u32) -> Result<Vec<Campaign>, StorageError> {
        let rows = sqlx::query(
            "SELECT c.*, s.name AS school_name FROM campaigns c JOIN schools s ON s.id = c.school \
             WHERE s.name LIKE $1 ESCAPE '\\' OR LOWER(c.code) = LOWER($2) OR s.initials LIKE $3 \
             ORDER BY c.id DESC LIMIT $4",
        )
        .bind(containing(part))
        .bind(part)
        .bind(beginning(part))
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(read).collect()
    }

    /// The campaigns of a school, the newest first.
    pub async fn of_school(&mut self, school: SchoolId, limit: u32) -> Result<Vec<Campaign>, StorageError> {
        let rows = sqlx::query(
            "SELECT c.*, s.name AS school_name FROM campaigns c JOIN schools s ON s.id = c.school \
             WHERE c.school = $1 ORDER BY c.id DESC LIMIT $2",
        )
        .bind(school.to_string())
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(read).collect()
    }

    /// Saves whether a campaign still takes students.
    pub async fn save_state(&mut self, campaign: &Campaign) -> Result<(), StorageError> {
        let closed_at = match campaign.state {
            CampaignState::Open => None,
            CampaignState::Closed { at } => Some(at.as_millisecond()),
        };
        let done = sqlx::query("UPDATE campaigns SET closed_at = $1 WHERE id = $2")
            .bind(closed_at)
            .bind(campaign.id.to_string())
            .execute(&mut *self.connection)
            .await?;
        unless_stale(done.rows_affected(), "campaigns")
    }

    /// Sets how the campaign's next bundles name their files; says whether there is such a campaign.
    pub async fn set_file_naming(
        &mut self,
        id: CampaignId,
        naming: &FileNaming,
    ) -> Result<bool, StorageError> {
        let done = sqlx::query("UPDATE campaigns SET file_naming = $1 WHERE id = $2")
            .bind(naming.to_string())
            .bind(id.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Makes everybody else who imports a roster of this campaign wait until this unit of work ends.
    pub async fn lock(&mut self, id: CampaignId) -> Result<(), StorageError> {
        sqlx::query("UPDATE campaigns SET title = title WHERE id = $1")
            .bind(id.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    /// All campaigns, the newest first.
    pub async fn newest(&mut self, limit: u32) -> Result<Vec<Campaign>, StorageError> {
        self.search("", limit).await
    }
}

/// A LIKE pattern for texts that contain `part` as it stands.
fn containing(part: &str) -> String {
    format!("%{}%", part.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

/// A LIKE pattern for initials that begin with `part`; one that nothing fits when `part` is not all letters.
fn beginning(part: &str) -> String {
    let letters = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if letters { format!("% {}%", part.to_ascii_lowercase()) } else { String::new() }
}

fn read(row: &AnyRow) -> Result<Campaign, StorageError> {
    let fields = Fields::of(row, "campaigns");
    Ok(Campaign {
        id: fields.parsed("id")?,
        school: fields.parsed("school")?,
        school_name: fields.get("school_name")?,
        title: fields.get("title")?,
        code: fields.get("code")?,
        categories: fields.json("categories")?,
        policy: fields.json("policy")?,
        public_key: fields.get("public_key")?,
        sealed_private_key: fields.get("sealed_private_key")?,
        file_naming: fields.parsed("file_naming")?,
        opened_at: fields.moment("opened_at")?,
        state: match fields.moment_option("closed_at")? {
            Some(at) => CampaignState::Closed { at },
            None => CampaignState::Open,
        },
    })
}
