//! Orders 订单.

use gradshot_domain::{CollectionId, Order, OrderId, PackageId, StudioId};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StorageError;
use crate::fields::{Fields, to_json, unless_stale};

/// An order of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedOrder {
    /// Opaque id.
    pub id: OrderId,
    /// Of which collection.
    pub collection: CollectionId,
    /// The studio's package that was ordered; none on the phone route.
    pub package: Option<PackageId>,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// What is owed and what has become of it.
    pub order: Order,
    /// What two writers race for.
    pub(crate) version: i64,
}

impl PlacedOrder {
    /// An order that is not in the table yet.
    pub fn new(
        id: OrderId,
        collection: CollectionId,
        package: impl Into<Option<PackageId>>,
        placed_at: Timestamp,
        order: Order,
    ) -> Self {
        Self { id, collection, package: package.into(), placed_at, order, version: 0 }
    }
}

/// The table `orders`.
pub struct Orders<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Orders<'_> {
    /// Adds an order.
    pub async fn add(&mut self, placed: &PlacedOrder) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO orders (id, collection, package, placed_at, state, facts, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(placed.id.to_string())
        .bind(placed.collection.to_string())
        .bind(placed.package.map(|package| package.to_string()))
        .bind(placed.placed_at.as_millisecond())
        .bind(placed.order.state.name())
        .bind(to_json(&placed.order))
        .bind(placed.version)
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// Saves an order's new state, unless somebody else changed it meanwhile.
    pub async fn save(&mut self, placed: &PlacedOrder) -> Result<(), StorageError> {
        let done = sqlx::query(
            "UPDATE orders SET state = $1, facts = $2, version = version + 1 WHERE id = $3 AND version = $4",
        )
        .bind(placed.order.state.name())
        .bind(to_json(&placed.order))
        .bind(placed.id.to_string())
        .bind(placed.version)
        .execute(&mut *self.connection)
        .await?;
        unless_stale(done.rows_affected(), "orders")
    }

    /// The order with this id.
    pub async fn find(&mut self, id: OrderId) -> Result<Option<PlacedOrder>, StorageError> {
        let row = sqlx::query("SELECT * FROM orders WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// Unpaid orders of collections that booked a studio, the newest first.
    pub async fn unpaid_of_studio(
        &mut self,
        studio: StudioId,
        limit: u32,
    ) -> Result<Vec<PlacedOrder>, StorageError> {
        let rows = sqlx::query(
            "SELECT o.* FROM orders o JOIN collections c ON c.id = o.collection \
             WHERE c.studio = $1 AND o.state = 'unpaid' ORDER BY o.id DESC LIMIT $2",
        )
        .bind(studio.to_string())
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(read).collect()
    }

    /// The newest order of a collection that pays for its portrait. Orders of prints are apart.
    pub async fn newest(&mut self, collection: CollectionId) -> Result<Option<PlacedOrder>, StorageError> {
        let row = sqlx::query(
            "SELECT * FROM orders WHERE collection = $1 \
             AND NOT EXISTS (SELECT 1 FROM print_orders p WHERE p.id = orders.id) ORDER BY id DESC LIMIT 1",
        )
        .bind(collection.to_string())
        .fetch_optional(&mut *self.connection)
        .await?;
        row.as_ref().map(read).transpose()
    }
}

pub(crate) fn read(row: &AnyRow) -> Result<PlacedOrder, StorageError> {
    let fields = Fields::of(row, "orders");
    Ok(PlacedOrder {
        id: fields.parsed("id")?,
        collection: fields.parsed("collection")?,
        package: fields.parsed_option("package")?,
        placed_at: fields.moment("placed_at")?,
        order: fields.json("facts")?,
        version: fields.get("version")?,
    })
}
