//! Who of the staff looked at what, as the office lists it. A look of one's own and a station's check are no looks of staff.

use gradshot_domain::{AccountId, BusinessDay, CampaignId, RosterEntryId, RosterRequestId, SchoolId};
use uuid::Uuid;

use crate::StorageError;
use crate::fields::{Fields, to_word};
use crate::openings::{Opening, OpeningReason, Openings, opening};

/// Which looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LooksWanted {
    /// By whom.
    pub opener: Option<AccountId>,
    /// Why.
    pub reason: Option<OpeningReason>,
    /// At what.
    pub kind: Option<LookedAt>,
    /// At something of this campaign.
    pub campaign: Option<CampaignId>,
    /// At something of this school.
    pub school: Option<SchoolId>,
    /// On this day or after.
    pub from: Option<BusinessDay>,
    /// On this day or before.
    pub to: Option<BusinessDay>,
    /// Older than this one.
    pub before: Option<Uuid>,
}

/// What somebody looked at, roughly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookedAt {
    /// One portrait.
    Portrait,
    /// A bundle.
    Bundle,
    /// What is known of a person beside portraits.
    Person,
}

/// A look with what it was at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The opening.
    pub opening: Opening,
    /// Of which campaign; none where the person belongs to none yet.
    pub campaign: Option<CampaignId>,
    /// The campaign's title.
    pub campaign_title: Option<String>,
    /// The name of the campaign's school.
    pub school_name: Option<String>,
    /// Whose; nobody's in particular for a bundle.
    pub whose: Option<SealedWhose>,
}

/// Where the name of whose it was rests, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealedWhose {
    /// In the roster.
    Roster(RosterEntryId, Vec<u8>),
    /// In the request to be put there.
    Request(RosterRequestId, Vec<u8>),
}

/// A look's campaign is that of the portrait, of the bundle, of the request, or else of the person's newest collection that
/// fits what is asked for. A school sees looks at requests only of its own clerks and of administrators, since the same
/// person may have asked another school.
const SQL: &str = "SELECT looked.*, k.id AS campaign, k.title AS campaign_title, s.name AS school_name, \
    r.id AS entry, r.sealed_name AS entry_name, q.sealed_name AS request_name FROM (SELECT o.*, \
    COALESCE((SELECT p.collection FROM portraits p WHERE p.id = o.portrait), \
    (SELECT MAX(x.id) FROM collections x JOIN campaigns xk ON xk.id = x.campaign WHERE x.account = o.account \
    AND o.what <> 'roster_request' AND ($1 = '' OR x.campaign = $1) AND ($2 = '' OR xk.school = $2))) AS of_collection, \
    (SELECT MAX(y.id) FROM roster_requests y WHERE y.account = o.account AND o.what = 'roster_request' \
    AND ($1 = '' OR y.campaign = $1) AND ($2 = '' OR (y.school = $2 AND o.opener IN (SELECT g.account FROM grants g \
    WHERE g.role = 'admin' OR (g.role = 'school' AND g.scope = $2))))) AS of_request, \
    (SELECT b.campaign FROM bundles b WHERE b.id = o.bundle) AS of_bundle \
    FROM openings o WHERE o.id >= $3 AND o.id < $4 AND o.opener_kind = 'account' \
    AND o.reason NOT IN ('arrival', 'shown_to_owner', 'export') AND ($5 = '' OR o.opener = $5) \
    AND ($6 = '' OR o.reason = $6) AND ($7 = '' OR ($7 = 'portrait' AND o.portrait IS NOT NULL) \
    OR ($7 = 'bundle' AND o.bundle IS NOT NULL) OR ($7 = 'person' AND o.account IS NOT NULL))) looked \
    LEFT JOIN collections c ON c.id = looked.of_collection LEFT JOIN roster_entries r ON r.id = c.roster_entry \
    LEFT JOIN roster_requests q ON q.id = looked.of_request \
    LEFT JOIN campaigns k ON k.id = COALESCE(looked.of_bundle, c.campaign, q.campaign) \
    LEFT JOIN schools s ON s.id = k.school \
    WHERE ($1 = '' OR k.id = $1) AND ($2 = '' OR k.school = $2) ORDER BY looked.id DESC LIMIT $8";

impl Openings<'_> {
    /// Looks of staff, the newest first.
    pub async fn looks(&mut self, wanted: &LooksWanted, limit: u32) -> Result<Vec<Look>, StorageError> {
        let kind = match wanted.kind {
            None => "",
            Some(LookedAt::Portrait) => "portrait",
            Some(LookedAt::Bundle) => "bundle",
            Some(LookedAt::Person) => "person",
        };
        let first = wanted.from.map_or_else(String::new, |day| id_at(day.start().as_millisecond()));
        let after = wanted.to.map_or_else(|| "z".to_owned(), |day| id_at(day.end().as_millisecond()));
        let before = wanted.before.map_or_else(|| "z".to_owned(), |id| id.to_string());
        let rows = sqlx::query(SQL)
            .bind(wanted.campaign.map_or_else(String::new, |id| id.to_string()))
            .bind(wanted.school.map_or_else(String::new, |id| id.to_string()))
            .bind(first)
            .bind(after.min(before))
            .bind(wanted.opener.map_or_else(String::new, |id| id.to_string()))
            .bind(wanted.reason.map_or_else(String::new, |reason| to_word(&reason)))
            .bind(kind)
            .bind(i64::from(limit))
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter()
            .map(|row| {
                let fields = Fields::of(row, "openings");
                let entry: Option<RosterEntryId> = fields.parsed_option("entry")?;
                let request: Option<RosterRequestId> = fields.parsed_option("of_request")?;
                let whose = match (entry, request) {
                    (Some(id), _) => Some(SealedWhose::Roster(id, fields.get("entry_name")?)),
                    (None, Some(id)) => Some(SealedWhose::Request(id, fields.get("request_name")?)),
                    (None, None) => None,
                };
                Ok(Look {
                    opening: opening(row)?,
                    campaign: fields.parsed_option("campaign")?,
                    campaign_title: fields.get("campaign_title")?,
                    school_name: fields.get("school_name")?,
                    whose,
                })
            })
            .collect()
    }
}

/// The smallest id that is made at a moment, milliseconds: ids begin with it.
pub(crate) fn id_at(millis: i64) -> String {
    let millis = u128::try_from(millis.max(0)).unwrap_or_default();
    Uuid::from_u128(millis << 80).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_a_day_lies_between_its_ends() {
        let day: BusinessDay = "2026-05-18".parse().unwrap();
        let id = "019e39ab-7b00-7000-8000-000000000000".to_owned();
        let at = i64::from_str_radix("019e39ab7b00", 16).unwrap();
        assert_eq!(BusinessDay::of(jiff::Timestamp::from_millisecond(at).unwrap()), day);
        assert!(id_at(day.start().as_millisecond()) < id && id < id_at(day.end().as_millisecond()));
    }
}
