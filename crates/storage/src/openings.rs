//! Who opened which portrait or bundle, when and why. Rows are only ever added.

use gradshot_domain::{AccountId, BundleId, PortraitId, StationId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use crate::StorageError;
use crate::fields::{Fields, to_word};

/// One opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Opaque id, sorted by time.
    pub id: Uuid,
    /// What was opened.
    pub subject: OpeningSubject,
    /// For whom.
    pub opener: Opener,
    /// Why.
    pub reason: OpeningReason,
    /// When.
    pub at: Timestamp,
}

/// What was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpeningSubject {
    /// One portrait.
    Portrait(PortraitId),
    /// A hand-over bundle.
    Bundle(BundleId),
    /// What is known of one person.
    Person(AccountId, PersonalData),
}

/// What of a person was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonalData {
    /// Everything that is kept, as a file.
    Everything,
    /// Name, student number and last four, with which the person asked to be put on a roster.
    RosterRequest,
    /// Name, phone number and address of a parcel.
    Recipient,
    /// What was said to support, and what was attached.
    Conversation,
    /// How far the collections have come, with a masked name.
    Progress,
    /// Orders with their payments, with a masked name.
    Orders,
}

/// For whom something was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opener {
    /// A person.
    Account(AccountId),
    /// A station that had just sealed it: its contents were checked on arrival.
    Station(StationId),
}

/// Why something was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpeningReason {
    /// Its contents were checked against its header when it arrived.
    Arrival,
    /// Its owner looked at it.
    ShownToOwner,
    /// A reviewer looked at it.
    Review,
    /// It became part of a bundle.
    HandOver,
    /// The bundle was downloaded.
    Download,
    /// The owner took a copy of everything.
    Export,
    /// Prints were made and packed.
    Print,
    /// Support helped.
    Support,
    /// Support looked for somebody by phone number, or by name and last four.
    PhoneSearch,
    /// The school decided whom to put on its roster.
    RosterRequest,
}

/// The table `openings`.
pub struct Openings<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Openings<'_> {
    /// Adds an opening.
    pub async fn add(&mut self, opening: &Opening) -> Result<(), StorageError> {
        let (portrait, bundle, person) = match opening.subject {
            OpeningSubject::Portrait(id) => (Some(id.to_string()), None, None),
            OpeningSubject::Bundle(id) => (None, Some(id.to_string()), None),
            OpeningSubject::Person(id, what) => (None, None, Some((id.to_string(), to_word(&what)))),
        };
        let (account, what) = person.unzip();
        let (kind, opener) = match opening.opener {
            Opener::Account(id) => ("account", id.to_string()),
            Opener::Station(id) => ("station", id.to_string()),
        };
        sqlx::query(
            "INSERT INTO openings (id, portrait, bundle, opener_kind, opener, reason, opened_at, account, what) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(opening.id.to_string())
        .bind(portrait)
        .bind(bundle)
        .bind(kind)
        .bind(opener)
        .bind(to_word(&opening.reason))
        .bind(opening.at.as_millisecond())
        .bind(account)
        .bind(what)
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// Openings that concern an account's owner, the newest first, older than `before`: of the own portraits, of bundles
    /// that hold one, and of personal data.
    pub async fn of_account(
        &mut self,
        account: AccountId,
        before: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<Opening>, StorageError> {
        let rows = sqlx::query(
            "SELECT * FROM (SELECT o.* FROM openings o JOIN portraits p ON p.id = o.portrait \
             JOIN collections c ON c.id = p.collection WHERE c.account = $1 UNION \
             SELECT o.* FROM openings o JOIN portraits p ON p.bundle = o.bundle \
             JOIN collections c ON c.id = p.collection WHERE c.account = $1 UNION \
             SELECT o.* FROM openings o WHERE o.account = $1) concerning \
             WHERE id < $2 ORDER BY id DESC LIMIT $3",
        )
        .bind(account.to_string())
        .bind(before.map_or_else(|| "z".to_owned(), |before| before.to_string()))
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(opening).collect()
    }

    /// The openings of one thing, the oldest first.
    pub async fn of(&mut self, subject: OpeningSubject, limit: u32) -> Result<Vec<Opening>, StorageError> {
        let (sql, id) = match subject {
            OpeningSubject::Person(id, _) => {
                ("SELECT * FROM openings WHERE account = $1 ORDER BY id LIMIT $2", id.to_string())
            }
            OpeningSubject::Portrait(id) => {
                ("SELECT * FROM openings WHERE portrait = $1 ORDER BY id LIMIT $2", id.to_string())
            }
            OpeningSubject::Bundle(id) => {
                ("SELECT * FROM openings WHERE bundle = $1 ORDER BY id LIMIT $2", id.to_string())
            }
        };
        let rows = sqlx::query(sql).bind(id).bind(i64::from(limit)).fetch_all(&mut *self.connection).await?;
        rows.iter().map(opening).collect()
    }
}

fn subject_of(row: &AnyRow) -> Result<OpeningSubject, StorageError> {
    let fields = Fields::of(row, "openings");
    if let Some(portrait) = fields.parsed_option("portrait")? {
        return Ok(OpeningSubject::Portrait(portrait));
    }
    if let Some(bundle) = fields.parsed_option("bundle")? {
        return Ok(OpeningSubject::Bundle(bundle));
    }
    Ok(OpeningSubject::Person(fields.parsed("account")?, fields.word("what")?))
}

/// An opening of whatever it is.
pub(crate) fn opening(row: &AnyRow) -> Result<Opening, StorageError> {
    read(row, subject_of(row)?)
}

fn read(row: &AnyRow, subject: OpeningSubject) -> Result<Opening, StorageError> {
    let fields = Fields::of(row, "openings");
    let opener = match fields.get::<String>("opener_kind")?.as_str() {
        "account" => Opener::Account(fields.parsed("opener")?),
        "station" => Opener::Station(fields.parsed("opener")?),
        _ => return Err(fields.error("opener_kind")),
    };
    Ok(Opening {
        id: fields.parsed("id")?,
        subject,
        opener,
        reason: fields.word("reason")?,
        at: fields.moment("opened_at")?,
    })
}
