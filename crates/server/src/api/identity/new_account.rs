//! A student's account with a phone number as its way in.

use gradshot_domain::{AccountId, Grant, IdentityId, IdentityKind, PhoneNumber};
use gradshot_storage::{Account, Identity, StorageError, UnitOfWork};

use crate::house::House;

/// Adds a student's account; [`StorageError::Duplicate`] when the number has one already.
pub(super) async fn add_student(
    house: &House,
    work: &mut UnitOfWork,
    phone: &PhoneNumber,
    password_hash: Option<String>,
    is_proved: bool,
) -> Result<Account, StorageError> {
    let (at, mut rng) = (house.now(), house.rng());
    let (id, identity) = (AccountId::new(at, &mut rng), IdentityId::new(at, &mut rng));
    let account = Account { id, password_hash, grants: vec![Grant::Student], created_at: at };
    let identity = Identity {
        id: identity,
        account: id,
        kind: IdentityKind::Phone,
        fingerprint: house.vault.phone_index(phone),
        sealed: house.vault.seal_identity(identity, phone.as_str(), &mut rng),
        verified_at: is_proved.then_some(at),
        created_at: at,
    };
    work.accounts().add(&account).await?;
    work.identities().add(&identity).await?;
    Ok(account)
}
