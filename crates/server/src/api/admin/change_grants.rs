//! `POST /api/admin/accounts/{id}/grants` and `POST /api/admin/accounts/{id}/grants/revoke`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{AccountId, Grant};
use gradshot_storage::UnitOfWork;
use gradshot_wire::identity::{Account, ChangeGrant};

use crate::caller::Admin;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::problem::faults;
use crate::view;

faults! {
    /// Why a grant was left as it is.
    ChangeGrantFault { AccountNotFound, StudioNotFound, SchoolNotFound, GrantOwn }
}

/// Gives an account a grant 权限; one that it has already stays as it is.
#[utoipa::path(
    post, path = "/api/admin/accounts/{id}/grants", tag = "admin", params(("id" = AccountId, Path)),
    request_body = ChangeGrant, security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The account", body = Account), ChangeGrantFault)
)]
pub(crate) async fn give_grant(
    State(house): State<Arc<House>>,
    admin: Admin,
    InPath(id): InPath<AccountId>,
    Body(ChangeGrant { grant }): Body<ChangeGrant>,
) -> Result<Json<Account>, ChangeGrantFault> {
    let mut work = house.storage.begin().await?;
    work.accounts().find(id).await?.ok_or(ChangeGrantFault::AccountNotFound)?;
    match grant {
        Grant::Operator { studio } if work.studios().find(studio).await?.is_none() => {
            return Err(ChangeGrantFault::StudioNotFound);
        }
        Grant::School { school } if !work.campaigns().has_school(school).await? => {
            return Err(ChangeGrantFault::SchoolNotFound);
        }
        _ => work.accounts().grant(id, grant, Some(admin.id), house.now()).await?,
    }
    let shown = shown(&house, &mut work, id).await?;
    work.commit().await?;
    Ok(shown)
}

/// Takes a grant away, at once and on all devices. Administrators do not take away their own role.
#[utoipa::path(
    post, path = "/api/admin/accounts/{id}/grants/revoke", tag = "admin", params(("id" = AccountId, Path)),
    request_body = ChangeGrant, security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The account", body = Account), ChangeGrantFault)
)]
pub(crate) async fn revoke_grant(
    State(house): State<Arc<House>>,
    admin: Admin,
    InPath(id): InPath<AccountId>,
    Body(ChangeGrant { grant }): Body<ChangeGrant>,
) -> Result<Json<Account>, ChangeGrantFault> {
    if admin.id == id && grant == Grant::Admin {
        return Err(ChangeGrantFault::GrantOwn);
    }
    let mut work = house.storage.begin().await?;
    work.accounts().find(id).await?.ok_or(ChangeGrantFault::AccountNotFound)?;
    work.accounts().revoke(id, grant).await?;
    let shown = shown(&house, &mut work, id).await?;
    work.commit().await?;
    Ok(shown)
}

async fn shown(
    house: &House,
    work: &mut UnitOfWork,
    id: AccountId,
) -> Result<Json<Account>, ChangeGrantFault> {
    let account = work.accounts().find(id).await?.ok_or(ChangeGrantFault::AccountNotFound)?;
    Ok(Json(view::account(&house.vault, work, &account).await?))
}
