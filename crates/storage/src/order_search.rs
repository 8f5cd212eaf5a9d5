//! Orders as the office finds them.

use gradshot_domain::{
    AccountId, BusinessDay, CampaignId, OrderId, PrintProduct, RosterEntryId, Route, StudioId,
};
use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

use crate::StorageError;
use crate::fields::Fields;
use crate::looks::id_at;
use crate::orders::{self, Orders, PlacedOrder};

/// Which orders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrdersWanted {
    /// Whose number, or the number of one of whose payments, ends with this; letters, digits and hyphens.
    pub number: Option<String>,
    /// Of one of these accounts; of anybody when absent.
    pub accounts: Option<Vec<AccountId>>,
    /// The state's name in the table.
    pub state: Option<&'static str>,
    /// What for.
    pub kind: Option<OrderKind>,
    /// Of a package of this studio.
    pub studio: Option<StudioId>,
    /// Of this campaign.
    pub campaign: Option<CampaignId>,
    /// Placed on this day or after.
    pub from: Option<BusinessDay>,
    /// Placed on this day or before.
    pub to: Option<BusinessDay>,
    /// Older than this one.
    pub before: Option<OrderId>,
}

/// What an order is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderKind {
    /// A portrait by this route.
    Portrait(Route),
    /// Prints.
    Prints,
}

/// An order with what the office shows beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundOrder {
    /// The order.
    pub placed: PlacedOrder,
    /// Whose.
    pub account: AccountId,
    /// The student in the roster.
    pub roster_entry: RosterEntryId,
    /// The student's name, sealed.
    pub sealed_name: Vec<u8>,
    /// The campaign.
    pub campaign: CampaignId,
    /// Its title.
    pub campaign_title: String,
    /// Its school's name.
    pub school_name: String,
    /// The package's name, in English too where it has one.
    pub package: Option<(String, Option<String>)>,
    /// The package's studio, with its name.
    pub studio: Option<(StudioId, String)>,
    /// The prints, and how many sheets.
    pub prints: Option<(PrintProduct, u8)>,
    /// What went back of it or is about to, fen.
    pub refunded_fen: u32,
}

impl FoundOrder {
    /// What it is for.
    pub const fn kind(&self) -> OrderKind {
        match (&self.prints, &self.package) {
            (Some(_), _) => OrderKind::Prints,
            (None, Some(_)) => OrderKind::Portrait(Route::Studio),
            (None, None) => OrderKind::Portrait(Route::Phone),
        }
    }
}

const SELECT: &str = "SELECT o.*, c.account, c.campaign, c.roster_entry, r.sealed_name, k.title AS campaign_title, \
    s.name AS school_name, g.name AS package_name, g.en_name AS package_en_name, g.studio AS studio, \
    u.name AS studio_name, p.product, p.sheets, (SELECT CAST(COALESCE(SUM(f.amount_fen), 0) AS BIGINT) FROM refunds f \
    WHERE f.order_id = o.id AND f.state <> 'failed') AS refunded_fen FROM orders o \
    JOIN collections c ON c.id = o.collection JOIN roster_entries r ON r.id = c.roster_entry \
    JOIN campaigns k ON k.id = c.campaign JOIN schools s ON s.id = k.school \
    LEFT JOIN packages g ON g.id = o.package LEFT JOIN studios u ON u.id = g.studio \
    LEFT JOIN print_orders p ON p.id = o.id";

impl Orders<'_> {
    /// Orders, the newest first.
    pub async fn search(
        &mut self,
        wanted: &OrdersWanted,
        limit: u32,
    ) -> Result<Vec<FoundOrder>, StorageError> {
        let accounts = wanted.accounts.as_deref().unwrap_or_default();
        let whose = match (&wanted.accounts, accounts.len()) {
            (None, _) => String::new(),
            (Some(_), 0) => return Ok(Vec::new()),
            (Some(_), many) => {
                let places: Vec<String> = (10..10 + many).map(|place| format!("${place}")).collect();
                format!("AND c.account IN ({})", places.join(", "))
            }
        };
        let sql = format!(
            "{SELECT} WHERE o.id >= $1 AND o.id < $2 AND ($3 = '' OR o.state = $3) AND ($4 = '' \
             OR ($4 = 'prints' AND p.id IS NOT NULL) OR ($4 = 'studio' AND g.id IS NOT NULL) \
             OR ($4 = 'phone' AND p.id IS NULL AND g.id IS NULL)) AND ($5 = '' OR g.studio = $5) \
             AND ($6 = '' OR c.campaign = $6) AND ($7 = '' OR o.id LIKE $7 OR EXISTS (SELECT 1 FROM payment_orders po \
             WHERE po.order_id = o.id AND po.payment LIKE $7)) AND o.id < $8 {whose} ORDER BY o.id DESC LIMIT $9"
        );
        let day = |day: Option<i64>, open: &str| day.map_or_else(|| open.to_owned(), id_at);
        let kind = match wanted.kind {
            None => "",
            Some(OrderKind::Portrait(Route::Studio)) => "studio",
            Some(OrderKind::Portrait(Route::Phone)) => "phone",
            Some(OrderKind::Prints) => "prints",
        };
        let query = sqlx::query(AssertSqlSafe(sql))
            .bind(day(wanted.from.map(|day| day.start().as_millisecond()), ""))
            .bind(day(wanted.to.map(|day| day.end().as_millisecond()), "z"))
            .bind(wanted.state.unwrap_or_default())
            .bind(kind)
            .bind(wanted.studio.map_or_else(String::new, |id| id.to_string()))
            .bind(wanted.campaign.map_or_else(String::new, |id| id.to_string()))
            .bind(wanted.number.as_ref().map_or_else(String::new, |end| format!("%{end}")))
            .bind(wanted.before.map_or_else(|| "z".to_owned(), |id| id.to_string()))
            .bind(i64::from(limit));
        let query = accounts.iter().fold(query, |query, account| query.bind(account.to_string()));
        query.fetch_all(&mut *self.connection).await?.iter().map(read).collect()
    }

    /// The order with this id and what the office shows beside it.
    pub async fn found(&mut self, id: OrderId) -> Result<Option<FoundOrder>, StorageError> {
        let row = sqlx::query(AssertSqlSafe(format!("{SELECT} WHERE o.id = $1")))
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read).transpose()
    }
}

fn read(row: &AnyRow) -> Result<FoundOrder, StorageError> {
    let fields = Fields::of(row, "orders");
    let product: Option<String> = fields.get("product")?;
    let package: Option<String> = fields.get("package_name")?;
    let studio: Option<StudioId> = fields.parsed_option("studio")?;
    Ok(FoundOrder {
        placed: orders::read(row)?,
        account: fields.parsed("account")?,
        roster_entry: fields.parsed("roster_entry")?,
        sealed_name: fields.get("sealed_name")?,
        campaign: fields.parsed("campaign")?,
        campaign_title: fields.get("campaign_title")?,
        school_name: fields.get("school_name")?,
        package: match package {
            Some(name) => Some((name, fields.get("package_en_name")?)),
            None => None,
        },
        studio: match studio {
            Some(id) => Some((id, fields.get("studio_name")?)),
            None => None,
        },
        prints: match product {
            Some(_) => Some((fields.json("product")?, fields.number("sheets")?)),
            None => None,
        },
        refunded_fen: fields.number("refunded_fen")?,
    })
}
