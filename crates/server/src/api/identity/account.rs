//! `GET /api/account`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_wire::identity::Account;

use crate::caller::SignedIn;
use crate::house::House;
use crate::problem::faults;
use crate::view;

faults! {
    /// Why an account was not shown.
    GetAccountFault {}
}

/// Who is signed in.
#[utoipa::path(
    get, path = "/api/account", tag = "identity", security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The caller's account", body = Account), GetAccountFault)
)]
pub(crate) async fn get_account(
    State(house): State<Arc<House>>,
    caller: SignedIn,
) -> Result<Json<Account>, GetAccountFault> {
    let mut work = house.storage.read().await?;
    Ok(Json(view::account(&house.vault, &mut work, &caller.account).await?))
}
