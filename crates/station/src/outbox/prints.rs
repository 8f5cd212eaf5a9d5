//! Prints: written down before anything goes to a printer, so that neither a second key press nor a restart prints twice.

use gradshot_domain::{BusinessDay, PrintId, TicketId, TicketNumber};
use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{Outbox, OutboxError};

/// Prints that are kept; more than a studio makes in years.
const MAX_PRINTS: u32 = 200_000;
/// Prints that a restart asks the printer about.
const MAX_BEGUN: u32 = 100;

/// A print that is to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintOrder {
    /// Its id, which its job's name carries.
    pub print: PrintId,
    /// Whose portrait.
    pub ticket: TicketId,
    /// The number.
    pub number: TicketNumber,
    /// Copies of the sheet.
    pub copies: u16,
    /// The printer's address; empty for the system's dialog.
    pub printer: String,
}

/// Whether a print may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintBegin {
    /// It is written down: go on.
    Begun,
    /// So many sheets were printed for this ticket already, which is not what the operator knew.
    Printed(u32),
}

/// A print of which it was not written down what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BegunPrint {
    /// Which.
    pub print: PrintId,
    /// The printer's address.
    pub printer: String,
}

impl Outbox {
    /// Writes a print down, if as many sheets were printed for its ticket as the operator knows of. When this returns
    /// [`PrintBegin::Begun`], the print is on the disk and counts.
    pub fn begin_print(
        &mut self,
        order: &PrintOrder,
        known: u32,
        day: BusinessDay,
        at: Timestamp,
    ) -> Result<PrintBegin, OutboxError> {
        let transaction = self.connection.transaction()?;
        let printed = printed(&transaction, order.ticket)?;
        if printed != known {
            return Ok(PrintBegin::Printed(printed));
        }
        transaction.execute(
            "INSERT INTO prints (print, day, at_ms, ticket, number, copies, printer, state)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'begun')",
            params![
                order.print.to_string(),
                day.to_string(),
                at.as_millisecond(),
                order.ticket.to_string(),
                order.number.to_string(),
                order.copies,
                order.printer,
            ],
        )?;
        transaction.execute(
            "DELETE FROM prints WHERE rowid <= (SELECT MAX(rowid) FROM prints) - ?1",
            [MAX_PRINTS],
        )?;
        transaction.commit()?;
        Ok(PrintBegin::Begun)
    }

    /// Writes down what came of a print. What was not printed does not count.
    pub fn settle_print(&mut self, print: PrintId, printed: bool) -> Result<(), OutboxError> {
        let state = if printed { "done" } else { "failed" };
        self.connection
            .execute("UPDATE prints SET state = ?2 WHERE print = ?1", params![print.to_string(), state])?;
        Ok(())
    }

    /// Sheets that were printed for a ticket, or may have been.
    pub fn printed(&self, ticket: TicketId) -> Result<u32, OutboxError> {
        printed(&self.connection, ticket)
    }

    /// Prints of an earlier run of the program that a printer can be asked about, the oldest first. What the system's
    /// dialog did nobody can be asked: it counts.
    pub fn begun_prints(&mut self) -> Result<Vec<BegunPrint>, OutboxError> {
        self.connection
            .execute("UPDATE prints SET state = 'done' WHERE state = 'begun' AND printer = ''", [])?;
        let mut statement = self.connection.prepare_cached(
            "SELECT rowid, print, printer FROM prints WHERE state = 'begun' ORDER BY rowid LIMIT ?1",
        )?;
        let rows = statement.query_map([MAX_BEGUN], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
        })?;
        rows.map(|row| {
            let (seq, print, printer) = row?;
            let print = print.parse().map_err(|_| OutboxError::Row { seq, column: "print" })?;
            Ok(BegunPrint { print, printer })
        })
        .collect()
    }
}

fn printed(connection: &Connection, ticket: TicketId) -> Result<u32, OutboxError> {
    Ok(connection.query_row(
        "SELECT COALESCE(SUM(copies), 0) FROM prints WHERE ticket = ?1 AND state <> 'failed'",
        [ticket.to_string()],
        |row| row.get(0),
    )?)
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;
    use rand::rngs::StdRng;

    use super::*;

    #[test]
    fn the_same_wish_said_twice_is_one_print_and_a_second_one_has_to_know_of_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outbox.sqlite");
        let mut rng = StdRng::seed_from_u64(1);
        let at = Timestamp::from_second(1_779_000_000).unwrap();
        let day = BusinessDay::of(at);
        let ticket = TicketId::new(at, &mut rng);
        let number = TicketNumber::nth(0).unwrap();
        let mut order = |copies, printer: &str| PrintOrder {
            print: PrintId::new(at, &mut rng),
            ticket,
            number,
            copies,
            printer: printer.to_owned(),
        };
        let (first, twin) = (order(2, "ipp://printer"), order(2, "ipp://printer"));
        let (third, by_dialog) = (order(1, "ipp://printer"), order(3, ""));

        let mut outbox = Outbox::open(&path).unwrap();
        assert_eq!(outbox.begin_print(&first, 0, day, at).unwrap(), PrintBegin::Begun);
        assert_eq!(outbox.begin_print(&twin, 0, day, at).unwrap(), PrintBegin::Printed(2));
        drop(outbox);

        // Killed while it printed: what was begun counts until the printer said otherwise.
        let mut outbox = Outbox::open(&path).unwrap();
        let begun = outbox.begun_prints().unwrap();
        assert_eq!(begun, [BegunPrint { print: first.print, printer: "ipp://printer".into() }]);
        assert_eq!(outbox.begin_print(&twin, 0, day, at).unwrap(), PrintBegin::Printed(2));
        outbox.settle_print(first.print, false).unwrap();
        assert_eq!(outbox.printed(ticket).unwrap(), 0);

        assert_eq!(outbox.begin_print(&third, 0, day, at).unwrap(), PrintBegin::Begun);
        outbox.settle_print(third.print, true).unwrap();
        assert_eq!(outbox.begin_print(&by_dialog, 1, day, at).unwrap(), PrintBegin::Begun);
        assert!(outbox.begun_prints().unwrap().is_empty(), "the dialog cannot be asked");
        let report = outbox.day_report(day, day, "1号机位".into(), "示范照相馆".into()).unwrap();
        assert_eq!((report.prints, report.students[0].prints), (4, 4));
    }
}
