//! `GET /api/admin/staff`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::AccountId;
use gradshot_wire::identity::StaffPage;
use serde::Deserialize;

use crate::caller::Admin;
use crate::house::House;
use crate::input::InQuery;
use crate::problem::faults;
use crate::{limits, view};

faults! {
    /// Why staff were not listed.
    ListStaffFault {}
}

/// From where a list goes on.
#[derive(Deserialize)]
pub(crate) struct After {
    /// `next` of the page before.
    after: Option<AccountId>,
}

/// All accounts with another role than a student's, by id.
#[utoipa::path(
    get, path = "/api/admin/staff", tag = "admin", params(("after" = Option<AccountId>, Query)), security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "One page", body = StaffPage), ListStaffFault)
)]
pub(crate) async fn list_staff(
    State(house): State<Arc<House>>,
    _: Admin,
    InQuery(After { after }): InQuery<After>,
) -> Result<Json<StaffPage>, ListStaffFault> {
    let mut work = house.storage.read().await?;
    let accounts = work.accounts().staff(after, limits::PAGE).await?;
    let is_full = accounts.len() == limits::PAGE as usize;
    let next = accounts.last().map(|account| account.id).filter(|_| is_full);
    let mut staff = Vec::with_capacity(accounts.len());
    for account in &accounts {
        staff.push(view::account(&house.vault, &mut work, account).await?);
    }
    Ok(Json(StaffPage { staff, next }))
}
