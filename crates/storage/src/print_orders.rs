//! Print orders 加印: each is an order, of the same id, with a parcel.

use gradshot_domain::{CollectionId, OrderId, PrintOrder, PrintProduct};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StorageError;
use crate::fields::{Fields, to_json, unless_stale};

/// Name, phone number and address of whom a parcel goes to, sealed.
pub type SealedRecipient = Vec<u8>;

/// An order of prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPrintOrder {
    /// The order's id.
    pub id: OrderId,
    /// Of which collection.
    pub collection: CollectionId,
    /// What was ordered, as it was offered then.
    pub product: PrintProduct,
    /// How many sheets.
    pub sheets: u8,
    /// To whom it goes; absent once it is not needed any more.
    pub sealed_recipient: Option<SealedRecipient>,
    /// When its state changed last.
    pub changed_at: Timestamp,
    /// Where the parcel stands.
    pub print: PrintOrder,
    /// What two writers race for; 0 for one that is not in the table yet.
    pub version: i64,
}

/// The table `print_orders`.
pub struct PrintOrders<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl PrintOrders<'_> {
    /// Adds a print order, whose order is there already.
    pub async fn add(&mut self, kept: &KeptPrintOrder) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO print_orders (id, collection, product, sheets, sealed_recipient, changed_at, state, facts, \
             version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(kept.id.to_string())
        .bind(kept.collection.to_string())
        .bind(to_json(&kept.product))
        .bind(i64::from(kept.sheets))
        .bind(kept.sealed_recipient.clone())
        .bind(kept.changed_at.as_millisecond())
        .bind(kept.print.name())
        .bind(to_json(&kept.print))
        .bind(kept.version)
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// Saves a print order's new state, unless somebody else changed it meanwhile.
    pub async fn save(&mut self, kept: &KeptPrintOrder) -> Result<(), StorageError> {
        let done = sqlx::query(
            "UPDATE print_orders SET sealed_recipient = $1, changed_at = $2, state = $3, facts = $4, \
             version = version + 1 WHERE id = $5 AND version = $6",
        )
        .bind(kept.sealed_recipient.clone())
        .bind(kept.changed_at.as_millisecond())
        .bind(kept.print.name())
        .bind(to_json(&kept.print))
        .bind(kept.id.to_string())
        .bind(kept.version)
        .execute(&mut *self.connection)
        .await?;
        unless_stale(done.rows_affected(), "print_orders")
    }

    /// The print order with this id.
    pub async fn find(&mut self, id: OrderId) -> Result<Option<KeptPrintOrder>, StorageError> {
        let row = sqlx::query("SELECT * FROM print_orders WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// The print orders of a collection, the newest first.
    pub async fn of_collection(
        &mut self,
        collection: CollectionId,
        limit: u32,
    ) -> Result<Vec<KeptPrintOrder>, StorageError> {
        let rows = sqlx::query("SELECT * FROM print_orders WHERE collection = $1 ORDER BY id DESC LIMIT $2")
            .bind(collection.to_string())
            .bind(i64::from(limit))
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(read).collect()
    }

    /// Paid print orders in a state, the oldest first, younger than `after`.
    pub async fn paid_in(
        &mut self,
        state: &str,
        after: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<KeptPrintOrder>, StorageError> {
        let rows = sqlx::query(
            "SELECT p.* FROM print_orders p JOIN orders o ON o.id = p.id WHERE p.state = $1 AND p.id > $2 \
             AND (p.state <> 'ordered' OR o.state = 'paid') ORDER BY p.id LIMIT $3",
        )
        .bind(state.to_owned())
        .bind(after.map_or_else(String::new, |after| after.to_string()))
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &AnyRow) -> Result<KeptPrintOrder, StorageError> {
    let fields = Fields::of(row, "print_orders");
    Ok(KeptPrintOrder {
        id: fields.parsed("id")?,
        collection: fields.parsed("collection")?,
        product: fields.json("product")?,
        sheets: fields.number("sheets")?,
        sealed_recipient: fields.get("sealed_recipient")?,
        changed_at: fields.moment("changed_at")?,
        print: fields.json("facts")?,
        version: fields.get("version")?,
    })
}
