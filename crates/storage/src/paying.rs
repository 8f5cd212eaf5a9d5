//! Who else pays, and for whom an invoice is written: friends' links 代付, groups of a class, invoices' data.

use gradshot_domain::{AccountId, CampaignId, OrderId, PayGroupId};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StorageError;
use crate::fields::Fields;

/// A group whose orders a class leader pays together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayGroup {
    /// Opaque id.
    pub id: PayGroupId,
    /// The class leader.
    pub leader: AccountId,
    /// Of which campaign.
    pub campaign: CampaignId,
    /// Title, for example a class's name.
    pub title: String,
    /// What classmates type to join.
    pub code: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// For whom an invoice is written, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// For which order.
    pub order: OrderId,
    /// The title 抬头, sealed.
    pub sealed_title: Vec<u8>,
    /// The tax number 税号, sealed; an empty text for a person.
    pub sealed_tax_number: Vec<u8>,
    /// The e-mail address, sealed.
    pub sealed_email: Vec<u8>,
    /// When it was asked for.
    pub asked_at: Timestamp,
}

/// The tables `pay_links`, `pay_groups`, `pay_group_orders` and `invoices`.
pub struct Paying<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Paying<'_> {
    /// Makes a link to an order; earlier ones lead nowhere any more.
    pub async fn set_link(
        &mut self,
        token_hash: &[u8; 32],
        order: OrderId,
        at: Timestamp,
    ) -> Result<(), StorageError> {
        sqlx::query("DELETE FROM pay_links WHERE order_id = $1")
            .bind(order.to_string())
            .execute(&mut *self.connection)
            .await?;
        sqlx::query("INSERT INTO pay_links (token_hash, order_id, created_at) VALUES ($1, $2, $3)")
            .bind(token_hash.to_vec())
            .bind(order.to_string())
            .bind(at.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    /// The order that a link leads to.
    pub async fn order_of_link(&mut self, token_hash: &[u8; 32]) -> Result<Option<OrderId>, StorageError> {
        let row = sqlx::query("SELECT order_id FROM pay_links WHERE token_hash = $1")
            .bind(token_hash.to_vec())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| Fields::named(&row, "pay_links", "order_id").parsed("order_id")).transpose()
    }

    /// Adds a group; [`StorageError::Duplicate`] when the code is taken.
    pub async fn add_group(&mut self, group: &PayGroup) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO pay_groups (id, leader, campaign, title, code, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(group.id.to_string())
        .bind(group.leader.to_string())
        .bind(group.campaign.to_string())
        .bind(group.title.clone())
        .bind(group.code.clone())
        .bind(group.created_at.as_millisecond())
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// The group with this code.
    pub async fn group_by_code(&mut self, code: &str) -> Result<Option<PayGroup>, StorageError> {
        let row = sqlx::query("SELECT * FROM pay_groups WHERE code = $1")
            .bind(code)
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read_group).transpose()
    }

    /// The groups of a leader, the newest first.
    pub async fn groups_of_leader(
        &mut self,
        leader: AccountId,
        limit: u32,
    ) -> Result<Vec<PayGroup>, StorageError> {
        let rows = sqlx::query("SELECT * FROM pay_groups WHERE leader = $1 ORDER BY id DESC LIMIT $2")
            .bind(leader.to_string())
            .bind(i64::from(limit))
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(read_group).collect()
    }

    /// Puts an order into a group; one that was in another leaves it.
    pub async fn join_group(&mut self, order: OrderId, group: PayGroupId) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO pay_group_orders (order_id, pay_group) VALUES ($1, $2) \
             ON CONFLICT (order_id) DO UPDATE SET pay_group = excluded.pay_group",
        )
        .bind(order.to_string())
        .bind(group.to_string())
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// The orders of a group, the oldest first.
    pub async fn orders_of_group(
        &mut self,
        group: PayGroupId,
        limit: u32,
    ) -> Result<Vec<OrderId>, StorageError> {
        let rows = sqlx::query(
            "SELECT order_id FROM pay_group_orders WHERE pay_group = $1 ORDER BY order_id LIMIT $2",
        )
        .bind(group.to_string())
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(|row| Fields::named(row, "pay_group_orders", "order_id").parsed("order_id")).collect()
    }

    /// Keeps for whom an invoice is written; again replaces it.
    pub async fn set_invoice(&mut self, invoice: &Invoice) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO invoices (order_id, sealed_title, sealed_tax_number, sealed_email, asked_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (order_id) DO UPDATE SET sealed_title = excluded.sealed_title, \
             sealed_tax_number = excluded.sealed_tax_number, sealed_email = excluded.sealed_email, \
             asked_at = excluded.asked_at",
        )
        .bind(invoice.order.to_string())
        .bind(invoice.sealed_title.clone())
        .bind(invoice.sealed_tax_number.clone())
        .bind(invoice.sealed_email.clone())
        .bind(invoice.asked_at.as_millisecond())
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// For whom an order's invoice is written.
    pub async fn invoice(&mut self, order: OrderId) -> Result<Option<Invoice>, StorageError> {
        let row = sqlx::query("SELECT * FROM invoices WHERE order_id = $1")
            .bind(order.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| {
            let fields = Fields::named(&row, "invoices", "order_id");
            Ok(Invoice {
                order,
                sealed_title: fields.get("sealed_title")?,
                sealed_tax_number: fields.get("sealed_tax_number")?,
                sealed_email: fields.get("sealed_email")?,
                asked_at: fields.moment("asked_at")?,
            })
        })
        .transpose()
    }
}

fn read_group(row: &AnyRow) -> Result<PayGroup, StorageError> {
    let fields = Fields::of(row, "pay_groups");
    Ok(PayGroup {
        id: fields.parsed("id")?,
        leader: fields.parsed("leader")?,
        campaign: fields.parsed("campaign")?,
        title: fields.get("title")?,
        code: fields.get("code")?,
        created_at: fields.moment("created_at")?,
    })
}
