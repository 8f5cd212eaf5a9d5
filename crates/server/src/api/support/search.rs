//! Finding a student by what a caller says: found whole, or not at all, and counted, so that nobody is guessed.

use gradshot_domain::{AccountId, IdLast4, IdentityKind, PersonName, PhoneNumber};
use gradshot_storage::{Attempt, UnitOfWork};

use crate::house::House;
use crate::limits;
use crate::problem::{Broken, Internal};

/// What is known of somebody.
pub(in crate::api) enum Known {
    /// The phone number.
    Phone(PhoneNumber),
    /// The name and the last four of the ID number, as in a roster.
    Name(PersonName, IdLast4),
}

/// Why nobody was found.
#[derive(Debug)]
pub(in crate::api) enum SearchFault {
    NotFound,
    Locked,
    Broken(Broken),
}

impl<E: Internal> From<E> for SearchFault {
    fn from(error: E) -> Self {
        Self::Broken(error.into_broken())
    }
}

/// The students of whom this is known: one by phone number; by name one or, in different campaigns, several.
pub(in crate::api) async fn search(
    house: &House,
    staff: AccountId,
    known: &Known,
) -> Result<Vec<AccountId>, SearchFault> {
    let attempt = house.vault.attempt_name("student search", staff.as_bytes());
    let mut work = house.storage.begin().await?;
    let spent = work.attempts().spend(&attempt, limits::STUDENT_SEARCHES, house.now()).await?;
    if let Attempt::Locked { .. } = spent {
        return Err(SearchFault::Locked);
    }
    let found = match known {
        Known::Phone(phone) => {
            let found = work.identities().find(IdentityKind::Phone, &house.vault.phone_index(phone)).await?;
            found.into_iter().map(|identity| identity.account).collect()
        }
        Known::Name(name, last4) => named(house, &mut work, name, last4).await?,
    };
    if !found.is_empty() {
        work.attempts().forgive(&attempt).await?;
    }
    work.commit().await?;
    if found.is_empty() { Err(SearchFault::NotFound) } else { Ok(found) }
}

async fn named(
    house: &House,
    work: &mut UnitOfWork,
    name: &PersonName,
    last4: &IdLast4,
) -> Result<Vec<AccountId>, Broken> {
    let mut found = Vec::new();
    for campaign in work.campaigns().newest(limits::CAMPAIGNS_LOOKED_THROUGH).await? {
        let index = house.vault.match_index(campaign.id, name, last4);
        let account = work.collections().account_of_match(campaign.id, &index).await?;
        found.extend(account.filter(|account| !found.contains(account)));
    }
    Ok(found)
}
