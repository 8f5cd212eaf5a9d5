//! What happened on each day, counted by one query.

use gradshot_domain::{BusinessDay, CampaignId};
use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::StorageError;
use crate::fields::Fields;

/// What happened on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayCounts {
    /// The day.
    pub day: BusinessDay,
    /// Students who registered their image code.
    pub signed_up: u64,
    /// Students who took a number at a studio.
    pub checked_in: u64,
    /// Portraits that arrived.
    pub photographed: u64,
    /// Portraits that their students said yes to.
    pub confirmed: u64,
    /// Portraits that reviewers approved.
    pub approved: u64,
    /// Portraits that reviewers rejected.
    pub rejected: u64,
    /// Portraits that went into a bundle.
    pub handed_over: u64,
    /// How long the student in the middle waited between number and first call, milliseconds; none where nobody was called.
    pub wait_ms: Option<u64>,
    /// Money that came, fen.
    pub paid_fen: u64,
    /// Money that went back, fen.
    pub refunded_fen: u64,
}

impl DayCounts {
    const fn of(day: BusinessDay) -> Self {
        Self {
            day,
            signed_up: 0,
            checked_in: 0,
            photographed: 0,
            confirmed: 0,
            approved: 0,
            rejected: 0,
            handed_over: 0,
            wait_ms: None,
            paid_fen: 0,
            refunded_fen: 0,
        }
    }
}

/// The tables of which days are counted.
pub struct Days<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

/// A day is counted from 1970 in China's time: 28,800,000 ms ahead, 86,400,000 ms long. A payment of several orders is of one
/// campaign. The median is the mean of the one or two in the middle.
const SQL: &str = "\
    SELECT (created_at + 28800000) / 86400000 AS day, 'signed_up' AS what, COUNT(*) AS amount FROM collections \
    WHERE created_at >= $1 AND created_at < $2 AND ($3 = '' OR campaign = $3) GROUP BY 1 UNION ALL \
    SELECT (t.joined_at + 28800000) / 86400000, 'checked_in', COUNT(DISTINCT t.collection) FROM tickets t \
    JOIN collections c ON c.id = t.collection WHERE t.joined_at >= $1 AND t.joined_at < $2 \
    AND ($3 = '' OR c.campaign = $3) GROUP BY 1 UNION ALL \
    SELECT (stored_at + 28800000) / 86400000, 'photographed', COUNT(*) FROM portraits \
    WHERE stored_at >= $1 AND stored_at < $2 AND ($3 = '' OR campaign = $3) GROUP BY 1 UNION ALL \
    SELECT (confirmed_at + 28800000) / 86400000, 'confirmed', COUNT(*) FROM portraits \
    WHERE confirmed_at >= $1 AND confirmed_at < $2 AND ($3 = '' OR campaign = $3) GROUP BY 1 UNION ALL \
    SELECT (decided_at + 28800000) / 86400000, CASE WHEN state = 'rejected' THEN 'rejected' ELSE 'approved' END, \
    COUNT(*) FROM portraits WHERE decided_at >= $1 AND decided_at < $2 AND ($3 = '' OR campaign = $3) \
    GROUP BY 1, 2 UNION ALL \
    SELECT (made_at + 28800000) / 86400000, 'handed_over', CAST(SUM(portraits) AS BIGINT) FROM bundles \
    WHERE made_at >= $1 AND made_at < $2 AND ($3 = '' OR campaign = $3) GROUP BY 1 UNION ALL \
    SELECT day, 'wait_ms', CAST(SUM(wait) / COUNT(*) AS BIGINT) FROM (\
    SELECT day, wait, ROW_NUMBER() OVER (PARTITION BY day ORDER BY wait) AS nth, COUNT(*) OVER (PARTITION BY day) AS many \
    FROM (SELECT (t.joined_at + 28800000) / 86400000 AS day, t.first_called_at - t.joined_at AS wait FROM tickets t \
    JOIN collections c ON c.id = t.collection WHERE t.joined_at >= $1 AND t.joined_at < $2 \
    AND t.first_called_at IS NOT NULL AND ($3 = '' OR c.campaign = $3)) called) ranked \
    WHERE nth IN ((many + 1) / 2, (many + 2) / 2) GROUP BY day UNION ALL \
    SELECT (succeeded_at + 28800000) / 86400000, 'paid', CAST(SUM(total_fen) AS BIGINT) FROM (\
    SELECT DISTINCT p.id, p.succeeded_at, p.total_fen FROM payments p JOIN payment_orders po ON po.payment = p.id \
    JOIN orders o ON o.id = po.order_id JOIN collections c ON c.id = o.collection \
    WHERE p.succeeded_at >= $1 AND p.succeeded_at < $2 AND ($3 = '' OR c.campaign = $3)) came GROUP BY 1 UNION ALL \
    SELECT (f.done_at + 28800000) / 86400000, 'refunded', CAST(SUM(f.amount_fen) AS BIGINT) FROM refunds f \
    JOIN orders o ON o.id = f.order_id JOIN collections c ON c.id = o.collection \
    WHERE f.done_at >= $1 AND f.done_at < $2 AND ($3 = '' OR c.campaign = $3) GROUP BY 1";

impl Days<'_> {
    /// What happened on each day from the first to the last, of one campaign or of all. Days on which nothing happened are
    /// there too.
    pub async fn count(
        &mut self,
        from: BusinessDay,
        to: BusinessDay,
        campaign: Option<CampaignId>,
    ) -> Result<Vec<DayCounts>, StorageError> {
        let rows = sqlx::query(SQL)
            .bind(from.start().as_millisecond())
            .bind(to.end().as_millisecond())
            .bind(campaign.map_or_else(String::new, |id| id.to_string()))
            .fetch_all(&mut *self.connection)
            .await?;
        let mut days = Vec::new();
        let mut day = from;
        while day <= to && days.last().is_none_or(|last: &DayCounts| last.day < day) {
            days.push(DayCounts::of(day));
            day = day.next();
        }
        for row in &rows {
            let fields = Fields::named(row, "days", "what");
            let number: i64 = fields.get("day")?;
            let at = Timestamp::from_millisecond(number.saturating_mul(86_400_000) - 28_800_000);
            let day = at.map(BusinessDay::of).map_err(|_| fields.error("day"))?;
            let Some(counts) = days.iter_mut().find(|counts| counts.day == day) else { continue };
            let amount: i64 = fields.get("amount")?;
            // Places of one millisecond stand behind each other, so a call may come just before its place.
            let amount = u64::try_from(amount.max(0)).unwrap_or_default();
            match fields.get::<String>("what")?.as_str() {
                "signed_up" => counts.signed_up = amount,
                "checked_in" => counts.checked_in = amount,
                "photographed" => counts.photographed = amount,
                "confirmed" => counts.confirmed = amount,
                "approved" => counts.approved = amount,
                "rejected" => counts.rejected = amount,
                "handed_over" => counts.handed_over = amount,
                "wait_ms" => counts.wait_ms = Some(amount),
                "paid" => counts.paid_fen = amount,
                "refunded" => counts.refunded_fen = amount,
                _ => return Err(fields.error("what")),
            }
        }
        Ok(days)
    }
}
