//! Accounts as their owner sees them.

use gradshot_domain::Role;
use gradshot_storage::Account;
use gradshot_wire::identity;

use crate::problem::Broken;
use crate::vault::Vault;

/// An account with its login masked.
pub(crate) fn account(vault: &Vault, account: &Account) -> Result<identity::Account, Broken> {
    let login = vault.open_login(account.id, &account.sealed_login)?;
    Ok(identity::Account { id: account.id, role: account.role, masked_login: masked(account.role, &login) })
}

fn masked(role: Role, login: &str) -> String {
    match (role, login.get(..3), login.get(7..)) {
        (Role::Student, Some(head), Some(tail)) => format!("{head}****{tail}"),
        (_, Some(head), _) => format!("{head}***"),
        _ => "***".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_phone_number_and_the_end_of_a_name_are_hidden() {
        assert_eq!(masked(Role::Student, "13900000001"), "139****0001");
        assert_eq!(masked(Role::Reviewer, "reviewer.lin"), "rev***");
    }
}
