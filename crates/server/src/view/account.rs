//! Accounts as their owner and as administrators see them.

use gradshot_domain::{Grant, IdentityKind, Role};
use gradshot_storage::{Account, Identity, UnitOfWork};
use gradshot_wire::identity;

use crate::problem::Broken;
use crate::vault::Vault;

/// An account with its ways in, masked.
pub(crate) async fn account(
    vault: &Vault,
    work: &mut UnitOfWork,
    account: &Account,
) -> Result<identity::Account, Broken> {
    let mut identities = work.identities().of_account(account.id).await?;
    // What a person knows the account by comes first.
    identities.sort_by_key(|identity| identity.kind == IdentityKind::Wechat);
    let identities: Vec<_> =
        identities.iter().map(|identity| shown(vault, identity)).collect::<Result<_, _>>()?;
    Ok(identity::Account {
        id: account.id,
        role: Grant::leading(&account.grants).unwrap_or(Role::Student),
        grants: account.grants.clone(),
        masked_login: identities.first().map_or_else(String::new, |first| first.masked.clone()),
        identities,
        has_password: account.password_hash.is_some(),
    })
}

fn shown(vault: &Vault, identity: &Identity) -> Result<identity::Identity, Broken> {
    let text = vault.open_identity(identity.id, &identity.sealed)?;
    Ok(identity::Identity {
        kind: identity.kind,
        masked: masked(identity.kind, &text),
        verified: identity.verified_at.is_some(),
    })
}

fn masked(kind: IdentityKind, text: &str) -> String {
    match (kind, text.get(..3), text.get(7..)) {
        (IdentityKind::Wechat, ..) => "微信".to_owned(),
        (IdentityKind::Phone, Some(head), Some(tail)) => format!("{head}****{tail}"),
        (_, Some(head), _) => format!("{head}***"),
        _ => "***".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_phone_number_and_the_end_of_a_name_are_hidden() {
        assert_eq!(masked(IdentityKind::Phone, "13900000001"), "139****0001");
        assert_eq!(masked(IdentityKind::Wechat, "o6_bmjrPTlm6_2sgVt7hMZOPfL2M"), "微信");
        assert_eq!(masked(IdentityKind::UserName, "reviewer.lin"), "rev***");
    }
}
