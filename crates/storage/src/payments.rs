//! Payments 支付 and refunds 退款.

use gradshot_domain::{AccountId, Money, OrderId, Payer, Payment, PaymentId, Refund, RefundId};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StorageError;
use crate::fields::{Fields, to_json, to_word, unless_stale};

/// A payment of one order or several. Its id is the number that the provider knows it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPayment {
    /// Opaque id.
    pub id: PaymentId,
    /// The provider's name.
    pub provider: String,
    /// Who pays.
    pub payer: Payer,
    /// The payer's account, if the payer has one.
    pub account: Option<AccountId>,
    /// What it comes to.
    pub total: Money,
    /// When it was prepared.
    pub created_at: Timestamp,
    /// Where it stands.
    pub payment: Payment,
    /// What two writers race for; 0 for one that is not in the table yet.
    pub version: i64,
}

/// A refund of part of a payment, or of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRefund {
    /// Opaque id; the number that the provider knows it by.
    pub id: RefundId,
    /// Of which payment.
    pub payment: PaymentId,
    /// Of which order.
    pub order: OrderId,
    /// How much.
    pub amount: Money,
    /// Why, for the provider and the books; names nobody.
    pub reason: String,
    /// The member of staff who asked; absent when the policy did.
    pub asked_by: Option<AccountId>,
    /// Where it stands.
    pub refund: Refund,
    /// What two writers race for; 0 for one that is not in the table yet.
    pub version: i64,
}

/// The tables `payments`, `payment_orders` and `refunds`.
pub struct Payments<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Payments<'_> {
    /// Adds a payment of these orders.
    pub async fn add(&mut self, kept: &KeptPayment, orders: &[OrderId]) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO payments (id, provider, payer, account, total_fen, created_at, succeeded_at, state, facts, \
             version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(kept.id.to_string())
        .bind(kept.provider.clone())
        .bind(to_word(&kept.payer))
        .bind(kept.account.map(|account| account.to_string()))
        .bind(i64::from(kept.total.as_fen()))
        .bind(kept.created_at.as_millisecond())
        .bind(succeeded_at(&kept.payment))
        .bind(kept.payment.name())
        .bind(to_json(&kept.payment))
        .bind(kept.version)
        .execute(&mut *self.connection)
        .await?;
        for order in orders {
            sqlx::query("INSERT INTO payment_orders (payment, order_id) VALUES ($1, $2)")
                .bind(kept.id.to_string())
                .bind(order.to_string())
                .execute(&mut *self.connection)
                .await?;
        }
        Ok(())
    }

    /// Saves a payment's new state, unless somebody else changed it meanwhile.
    pub async fn save(&mut self, kept: &KeptPayment) -> Result<(), StorageError> {
        let done = sqlx::query(
            "UPDATE payments SET state = $1, succeeded_at = $2, facts = $3, version = version + 1 \
             WHERE id = $4 AND version = $5",
        )
        .bind(kept.payment.name())
        .bind(succeeded_at(&kept.payment))
        .bind(to_json(&kept.payment))
        .bind(kept.id.to_string())
        .bind(kept.version)
        .execute(&mut *self.connection)
        .await?;
        unless_stale(done.rows_affected(), "payments")
    }

    /// The payment with this id.
    pub async fn find(&mut self, id: PaymentId) -> Result<Option<KeptPayment>, StorageError> {
        let row = sqlx::query("SELECT * FROM payments WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// The orders that a payment pays.
    pub async fn orders_of(&mut self, id: PaymentId) -> Result<Vec<OrderId>, StorageError> {
        let rows = sqlx::query("SELECT order_id FROM payment_orders WHERE payment = $1 ORDER BY order_id")
            .bind(id.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(|row| Fields::named(row, "payment_orders", "order_id").parsed("order_id")).collect()
    }

    /// The payments of an order, the newest first; at most 20.
    pub async fn of_order(&mut self, order: OrderId) -> Result<Vec<KeptPayment>, StorageError> {
        let rows = sqlx::query(
            "SELECT p.* FROM payments p JOIN payment_orders o ON o.payment = p.id WHERE o.order_id = $1 \
             ORDER BY p.id DESC LIMIT 20",
        )
        .bind(order.to_string())
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(read).collect()
    }

    /// Payments that a provider still waits for, the oldest first.
    pub async fn prepared(&mut self, limit: u32) -> Result<Vec<KeptPayment>, StorageError> {
        let rows = sqlx::query("SELECT * FROM payments WHERE state = 'prepared' ORDER BY id LIMIT $1")
            .bind(i64::from(limit))
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(read).collect()
    }

    /// Adds a refund.
    pub async fn add_refund(&mut self, kept: &KeptRefund) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO refunds (id, payment, order_id, amount_fen, reason, asked_by, state, facts, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(kept.id.to_string())
        .bind(kept.payment.to_string())
        .bind(kept.order.to_string())
        .bind(i64::from(kept.amount.as_fen()))
        .bind(kept.reason.clone())
        .bind(kept.asked_by.map(|by| by.to_string()))
        .bind(kept.refund.name())
        .bind(to_json(&kept.refund))
        .bind(kept.version)
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// Saves a refund's new state, unless somebody else changed it meanwhile.
    pub async fn save_refund(&mut self, kept: &KeptRefund) -> Result<(), StorageError> {
        let done = sqlx::query(
            "UPDATE refunds SET state = $1, done_at = $2, facts = $3, version = version + 1 \
             WHERE id = $4 AND version = $5",
        )
        .bind(kept.refund.name())
        .bind(match kept.refund {
            Refund::Done { at } => Some(at.as_millisecond()),
            Refund::Asked { .. } | Refund::Failed { .. } => None,
        })
        .bind(to_json(&kept.refund))
        .bind(kept.id.to_string())
        .bind(kept.version)
        .execute(&mut *self.connection)
        .await?;
        unless_stale(done.rows_affected(), "refunds")
    }

    /// The refunds of an order, the oldest first.
    pub async fn refunds_of_order(&mut self, order: OrderId) -> Result<Vec<KeptRefund>, StorageError> {
        let rows = sqlx::query("SELECT * FROM refunds WHERE order_id = $1 ORDER BY id LIMIT 100")
            .bind(order.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(read_refund).collect()
    }

    /// Refunds that a provider has not settled, the oldest first.
    pub async fn refunds_asked(&mut self, limit: u32) -> Result<Vec<KeptRefund>, StorageError> {
        let rows = sqlx::query("SELECT * FROM refunds WHERE state = 'asked' ORDER BY id LIMIT $1")
            .bind(i64::from(limit))
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(read_refund).collect()
    }
}

/// When the money came, milliseconds.
fn succeeded_at(payment: &Payment) -> Option<i64> {
    match payment {
        Payment::Succeeded { at, .. } => Some(at.as_millisecond()),
        Payment::Prepared { .. } | Payment::Closed { .. } => None,
    }
}

fn read(row: &AnyRow) -> Result<KeptPayment, StorageError> {
    let fields = Fields::of(row, "payments");
    Ok(KeptPayment {
        id: fields.parsed("id")?,
        provider: fields.get("provider")?,
        payer: fields.word("payer")?,
        account: fields.parsed_option("account")?,
        total: Money::from_fen(fields.number("total_fen")?),
        created_at: fields.moment("created_at")?,
        payment: fields.json("facts")?,
        version: fields.get("version")?,
    })
}

fn read_refund(row: &AnyRow) -> Result<KeptRefund, StorageError> {
    let fields = Fields::of(row, "refunds");
    Ok(KeptRefund {
        id: fields.parsed("id")?,
        payment: fields.parsed("payment")?,
        order: fields.parsed("order_id")?,
        amount: Money::from_fen(fields.number("amount_fen")?),
        reason: fields.get("reason")?,
        asked_by: fields.parsed_option("asked_by")?,
        refund: fields.json("facts")?,
        version: fields.get("version")?,
    })
}
