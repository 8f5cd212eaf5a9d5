//! `GET /api/office/accesses`

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{AccountId, BusinessDay, CampaignId, Grant, IdentityKind, Role, SchoolId};
use gradshot_storage::{Account, LookedAt, LooksWanted, Opener, SealedWhose, UnitOfWork};
use gradshot_wire::looks::{Look, LookedKind, Looks};
use gradshot_wire::rights::AccessReason;
use serde::Deserialize;
use uuid::Uuid;

use crate::caller::Clerk;
use crate::house::House;
use crate::input::InQuery;
use crate::problem::{Broken, faults};
use crate::{limits, view};

faults! {
    /// Why looks were not listed.
    ListLooksFault { QueryMalformed, SchoolNotFound }
}

/// Which looks.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    staff: Option<AccountId>,
    reason: Option<AccessReason>,
    kind: Option<LookedKind>,
    campaign: Option<CampaignId>,
    school: Option<SchoolId>,
    from: Option<BusinessDay>,
    to: Option<BusinessDay>,
    before: Option<Uuid>,
}

/// Who of the staff looked at which portrait, bundle or person, when and why, the newest first. People are masked. An
/// administrator sees all looks; a school's clerk those at the school's own students.
#[utoipa::path(
    get, path = "/api/office/accesses", tag = "office",
    params(
        ("staff" = Option<AccountId>, Query, description = "By whom"),
        ("reason" = Option<AccessReason>, Query, description = "Why"),
        ("kind" = Option<LookedKind>, Query, description = "At what"),
        ("campaign" = Option<CampaignId>, Query, description = "At something of this campaign"),
        ("school" = Option<SchoolId>, Query, description = "At something of this school; a clerk of several names one"),
        ("from" = Option<BusinessDay>, Query, description = "On this day or after"),
        ("to" = Option<BusinessDay>, Query, description = "On this day or before"),
        ("before" = Option<String>, Query, description = "`next` of the page before")
    ),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "One page", body = Looks), ListLooksFault)
)]
pub(crate) async fn list_looks(
    State(house): State<Arc<House>>,
    clerk: Clerk,
    InQuery(wanted): InQuery<Wanted>,
) -> Result<Json<Looks>, ListLooksFault> {
    if wanted.from.zip(wanted.to).is_some_and(|(from, to)| to < from) {
        return Err(ListLooksFault::QueryMalformed);
    }
    let school = match wanted.school.or_else(|| first_school(&clerk.account)) {
        Some(school) if !clerk.is_of(school) => return Err(ListLooksFault::SchoolNotFound),
        school => school,
    };
    let wanted = LooksWanted {
        opener: wanted.staff,
        reason: wanted.reason.map(view::opening_reason),
        kind: wanted.kind.map(|kind| match kind {
            LookedKind::Portrait => LookedAt::Portrait,
            LookedKind::Bundle => LookedAt::Bundle,
            LookedKind::Person => LookedAt::Person,
        }),
        campaign: wanted.campaign,
        school,
        from: wanted.from,
        to: wanted.to,
        before: wanted.before,
    };
    let mut work = house.storage.read().await?;
    let found = work.openings().looks(&wanted, limits::PAGE).await?;
    let is_full = found.len() == limits::PAGE as usize;
    let next = found.last().map(|look| look.opening.id.to_string()).filter(|_| is_full);
    let mut logins: HashMap<AccountId, Option<String>> = HashMap::new();
    let mut looks = Vec::with_capacity(found.len());
    for look in found {
        let Opener::Account(staff) = look.opening.opener else { continue };
        if let std::collections::hash_map::Entry::Vacant(unknown) = logins.entry(staff) {
            unknown.insert(login(&house, &mut work, &clerk, staff).await?);
        }
        let masked_name = match look.whose {
            Some(SealedWhose::Roster(id, sealed)) => Some(house.vault.masked_name(id, &sealed)?),
            Some(SealedWhose::Request(id, sealed)) => Some(house.vault.masked_asker(id, &sealed)?),
            None => None,
        };
        looks.push(Look {
            id: look.opening.id.to_string(),
            at: look.opening.at,
            staff,
            staff_login: logins.get(&staff).cloned().flatten(),
            by: view::accessed_by(&look.opening),
            what: view::accessed(&look.opening.subject),
            reason: view::access_reason(look.opening.reason),
            masked_name,
            campaign: look.campaign,
            campaign_title: look.campaign_title,
            school_name: look.school_name,
        });
    }
    Ok(Json(Looks { looks, next }))
}

/// The school that a clerk asks for who names none; none for an administrator.
fn first_school(account: &Account) -> Option<SchoolId> {
    let school = account.grants.iter().find_map(|grant| match grant {
        Grant::School { school } => Some(*school),
        _ => None,
    });
    school.filter(|_| !account.has(Role::Admin))
}

/// The user name of a member of staff: whole for an administrator and among the clerks of one school, else masked.
async fn login(
    house: &House,
    work: &mut UnitOfWork,
    clerk: &Clerk,
    staff: AccountId,
) -> Result<Option<String>, Broken> {
    let Some(account) = work.accounts().find(staff).await? else { return Ok(None) };
    let is_colleague = account
        .grants
        .iter()
        .any(|grant| matches!(grant, Grant::School { school } if clerk.account.holds(Grant::School { school: *school })));
    if clerk.account.has(Role::Admin) || is_colleague {
        let identities = work.identities().of_account(staff).await?;
        let name = identities.iter().find(|identity| identity.kind == IdentityKind::UserName);
        return Ok(match name {
            Some(name) => Some(house.vault.open_identity(name.id, &name.sealed)?.to_string()),
            None => None,
        });
    }
    let shown = view::account(&house.vault, work, &account).await?;
    Ok(Some(shown.masked_login).filter(|login| !login.is_empty()))
}
