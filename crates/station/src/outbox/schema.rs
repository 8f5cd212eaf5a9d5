//! The outbox file's tables, and how a file of an earlier version becomes one of this.

use rusqlite_migration::{M, Migrations};

/// What makes a file of this version.
pub(super) const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);

/// Each step is done once, in this order; the file knows how far it is. A step that was released is never changed.
const STEPS: &[M<'static>] = &[M::up(FIRST), M::up(SKIPS)];

/// Files of before the steps were counted have these tables already.
const FIRST: &str = "
    CREATE TABLE IF NOT EXISTS items (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind IN ('arrival', 'portrait')),
        ticket TEXT NOT NULL,
        number TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        portrait TEXT UNIQUE,
        masked_name TEXT,
        outcome TEXT,
        envelope BLOB,
        attempts INTEGER NOT NULL DEFAULT 0,
        trouble_zh TEXT,
        trouble_en TEXT,
        refused INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE IF NOT EXISTS awaited (
        portrait TEXT PRIMARY KEY,
        number TEXT NOT NULL,
        masked_name TEXT NOT NULL,
        state TEXT NOT NULL,
        since_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS bindings (
        shot TEXT PRIMARY KEY,
        ticket TEXT NOT NULL,
        taken_at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS day_notes (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        day TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        ticket TEXT NOT NULL,
        number TEXT NOT NULL,
        kind TEXT NOT NULL,
        detail TEXT
    ) STRICT;
    CREATE INDEX IF NOT EXISTS day_notes_by_day ON day_notes (day);
    CREATE TABLE IF NOT EXISTS prints (
        print TEXT PRIMARY KEY,
        day TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        ticket TEXT NOT NULL,
        number TEXT NOT NULL,
        copies INTEGER NOT NULL,
        printer TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('begun', 'done', 'failed'))
    ) STRICT;
    CREATE INDEX IF NOT EXISTS prints_by_ticket ON prints (ticket);
    CREATE INDEX IF NOT EXISTS prints_by_day ON prints (day);";

/// Whom the operator passed over while the server could not be told. SQLite changes no constraint in place.
const SKIPS: &str = "
    CREATE TABLE items_now (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind IN ('arrival', 'skip', 'portrait')),
        ticket TEXT NOT NULL,
        number TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        portrait TEXT UNIQUE,
        masked_name TEXT,
        outcome TEXT,
        envelope BLOB,
        attempts INTEGER NOT NULL DEFAULT 0,
        trouble_zh TEXT,
        trouble_en TEXT,
        refused INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    INSERT INTO items_now SELECT
        seq, kind, ticket, number, at_ms, portrait, masked_name, outcome, envelope, attempts, trouble_zh, trouble_en, refused
    FROM items;
    DROP TABLE items;
    ALTER TABLE items_now RENAME TO items;";

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::outbox::{Item, Outbox, OutboxError};

    #[test]
    fn a_portrait_of_an_earlier_version_is_still_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outbox.sqlite");
        let earlier = Connection::open(&path).unwrap();
        earlier.execute_batch(FIRST).unwrap();
        earlier
            .execute_batch(
                "INSERT INTO items (seq, kind, ticket, number, at_ms, portrait, masked_name, outcome, envelope, attempts)
                 VALUES (41, 'portrait', '0196dcd2-4e00-7000-8000-000000000001', 'A001', 1779000000000,
                     '0196dcd2-4e00-7000-8000-000000000002', '林**', 'pass', x'5EA1ED', 3)",
            )
            .unwrap();
        drop(earlier);
        for _ in 0..2 {
            let queued = Outbox::open(&path).unwrap().next().unwrap().unwrap();
            let Item::Portrait(sealed) = queued.item else { panic!("a portrait was sealed") };
            assert_eq!((queued.seq, queued.attempts, sealed.envelope), (41, 3, vec![0x5E, 0xA1, 0xED]));
        }
    }

    #[test]
    fn a_file_of_a_later_version_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outbox.sqlite");
        drop(Outbox::open(&path).unwrap());
        Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
        assert!(matches!(Outbox::open(&path), Err(OutboxError::Later)));
    }
}
