//! The audit log: who changed what, in a chain of hashes that shows every later change.
//!
//! A request runs inside [`Asked::during`]; the first unit of work that it commits writes its entry in the same
//! transaction. So nothing that staff or a station changed is without an entry, whatever endpoint it came by.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use gradshot_domain::{AccountId, StationId};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StorageError;
use crate::fields::Fields;

/// Entries that are checked at once.
const PIECE: i64 = 1000;

tokio::task_local! {
    static ASKED: Asked;
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Counts from 1 without a gap.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// Who: `account:…` or `station:…`.
    pub actor: String,
    /// What was asked: method and route.
    pub action: String,
    /// Of what: the opaque ids in the path.
    pub subject: String,
    /// The hash of the entry before; empty for the first.
    pub previous_hash: String,
    /// SHA-256 of all that, in hexadecimal.
    pub hash: String,
}

/// Who asks for a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditActor {
    /// A member of staff.
    Account(AccountId),
    /// A station.
    Station(StationId),
}

/// What a request asks for, until it is written down.
#[derive(Debug, Clone)]
pub struct Asked {
    at: Timestamp,
    action: Arc<str>,
    subject: Arc<str>,
    standing: Arc<Mutex<Standing>>,
}

#[derive(Debug, Default)]
struct Standing {
    actor: Option<AuditActor>,
    written: bool,
}

/// What the verifier found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditProof {
    /// Entries that are whole.
    pub entries: u64,
    /// The hash of the last of them. Kept elsewhere, it proves later that nothing before was changed.
    pub head: String,
    /// The first entry at which the chain does not hold.
    pub flaw: Option<AuditFlaw>,
}

/// How the chain does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditFlaw {
    /// The entry of this number is not there, or stands elsewhere.
    Missing(u64),
    /// The entry of this number was changed.
    Changed(u64),
    /// The chain goes on longer, or was cut off, after this number.
    Head(u64),
}

impl Asked {
    /// A request, before it is known who asks.
    pub fn new(at: Timestamp, action: &str, subject: &str) -> Self {
        Self { at, action: action.into(), subject: subject.into(), standing: Arc::default() }
    }

    /// Says who asks. Without this nothing is written.
    pub fn by(&self, actor: AuditActor) {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner).actor = Some(actor);
    }

    /// Runs a request. Its first commit writes the entry.
    pub async fn during<F: Future>(self, request: F) -> F::Output {
        ASKED.scope(self, request).await
    }

    /// The request that runs now, if its entry has yet to be written.
    pub(crate) fn unwritten() -> Option<(Self, AuditActor)> {
        let asked = ASKED.try_with(Self::clone).ok()?;
        let actor = {
            let standing = asked.standing.lock().unwrap_or_else(PoisonError::into_inner);
            standing.actor.filter(|_| !standing.written)?
        };
        Some((asked, actor))
    }

    pub(crate) fn note_written(&self) {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner).written = true;
    }
}

impl AuditEntry {
    fn hash(&self) -> String {
        let fields = (
            self.number,
            self.at.as_millisecond(),
            &self.actor,
            &self.action,
            &self.subject,
            &self.previous_hash,
        );
        let canonical = serde_json::to_vec(&fields).expect("numbers and texts always encode as JSON");
        hex::encode(Sha256::digest(canonical))
    }
}

/// The tables `audit_entries` and `audit_head`.
pub struct Audit<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Audit<'_> {
    /// Adds the entry of a request. Others who add one wait until this unit of work ends.
    pub(crate) async fn append(&mut self, asked: &Asked, actor: AuditActor) -> Result<(), StorageError> {
        let head =
            sqlx::query("UPDATE audit_head SET number = number + 1 WHERE id = 1 RETURNING number, hash")
                .fetch_one(&mut *self.connection)
                .await?;
        let head = Fields::of(&head, "audit_head");
        let mut entry = AuditEntry {
            number: head.number("number")?,
            at: asked.at,
            actor: match actor {
                AuditActor::Account(id) => format!("account:{id}"),
                AuditActor::Station(id) => format!("station:{id}"),
            },
            action: asked.action.to_string(),
            subject: asked.subject.to_string(),
            previous_hash: head.get("hash")?,
            hash: String::new(),
        };
        entry.hash = entry.hash();
        sqlx::query(
            "INSERT INTO audit_entries (number, at, actor, action, subject, previous_hash, hash) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(i64::try_from(entry.number).unwrap_or(i64::MAX))
        .bind(entry.at.as_millisecond())
        .bind(entry.actor)
        .bind(entry.action)
        .bind(entry.subject)
        .bind(entry.previous_hash)
        .bind(entry.hash.clone())
        .execute(&mut *self.connection)
        .await?;
        sqlx::query("UPDATE audit_head SET hash = $1 WHERE id = 1")
            .bind(entry.hash)
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    /// Entries before `before`, the newest first.
    pub async fn newest(&mut self, before: Option<u64>, limit: u32) -> Result<Vec<AuditEntry>, StorageError> {
        let before = before.and_then(|number| i64::try_from(number).ok()).unwrap_or(i64::MAX);
        let rows = sqlx::query("SELECT * FROM audit_entries WHERE number < $1 ORDER BY number DESC LIMIT $2")
            .bind(before)
            .bind(i64::from(limit))
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(read).collect()
    }

    /// Goes through the whole chain, up to the first flaw.
    pub async fn verify(&mut self) -> Result<AuditProof, StorageError> {
        let mut proof = AuditProof { entries: 0, head: String::new(), flaw: None };
        loop {
            let rows = sqlx::query("SELECT * FROM audit_entries WHERE number > $1 ORDER BY number LIMIT $2")
                .bind(i64::try_from(proof.entries).unwrap_or(i64::MAX))
                .bind(PIECE)
                .fetch_all(&mut *self.connection)
                .await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                let entry = read(row)?;
                proof.flaw = proof.look_at(&entry);
                if proof.flaw.is_some() {
                    return Ok(proof);
                }
                proof.entries = entry.number;
                proof.head = entry.hash;
            }
        }
        let head = sqlx::query("SELECT number, hash FROM audit_head WHERE id = 1")
            .fetch_one(&mut *self.connection)
            .await?;
        let head = Fields::of(&head, "audit_head");
        if (head.number::<u64>("number")?, head.get::<String>("hash")?) != (proof.entries, proof.head.clone())
        {
            proof.flaw = Some(AuditFlaw::Head(proof.entries));
        }
        Ok(proof)
    }
}

impl fmt::Display for AuditFlaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(number) => write!(f, "entry {number} is missing"),
            Self::Changed(number) => write!(f, "entry {number} was changed"),
            Self::Head(number) => {
                write!(f, "the end of the log was cut off or added to, after entry {number}")
            }
        }
    }
}

impl AuditProof {
    fn look_at(&self, entry: &AuditEntry) -> Option<AuditFlaw> {
        if entry.number != self.entries + 1 {
            return Some(AuditFlaw::Missing(self.entries + 1));
        }
        let holds = entry.previous_hash == self.head && entry.hash == entry.hash();
        (!holds).then_some(AuditFlaw::Changed(entry.number))
    }
}

fn read(row: &AnyRow) -> Result<AuditEntry, StorageError> {
    let fields = Fields::named(row, "audit_entries", "hash");
    Ok(AuditEntry {
        number: fields.number("number")?,
        at: fields.moment("at")?,
        actor: fields.get("actor")?,
        action: fields.get("action")?,
        subject: fields.get("subject")?,
        previous_hash: fields.get("previous_hash")?,
        hash: fields.get("hash")?,
    })
}
