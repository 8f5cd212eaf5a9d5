//! The account of somebody who has just proved to have a phone number.

use gradshot_domain::{IdentityKind, PhoneNumber};
use gradshot_storage::{Account, UnitOfWork};

use super::new_account::add_student;
use crate::house::House;
use crate::problem::Broken;

/// The account with this number, or a new student's without a password; says whether it is new. A number that was never
/// proved before loses the password and the sessions that somebody else may have set up.
pub(super) async fn student_with(
    house: &House,
    work: &mut UnitOfWork,
    phone: &PhoneNumber,
) -> Result<(bool, Account), Broken> {
    let found = work.identities().find(IdentityKind::Phone, &house.vault.phone_index(phone)).await?;
    let Some(identity) = found else {
        return Ok((true, add_student(house, work, phone, None, true).await?));
    };
    if identity.verified_at.is_none() {
        // Whoever made the account never proved to have the number: a password set then is nobody's.
        work.accounts().set_password(identity.account, None).await?;
        work.sessions().end_others(identity.account, None).await?;
    }
    work.identities().verify(identity.id, house.now()).await?;
    let account = work.accounts().find(identity.account).await?;
    Ok((false, account.ok_or(Broken::Contradiction("an identity without account"))?))
}
