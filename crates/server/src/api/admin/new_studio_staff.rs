//! `POST /api/admin/studios/{id}/staff`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{Grant, Role, StudioId};
use gradshot_wire::identity::{Account, NewStaff};

use super::new_staff::NewStaffFault;
use crate::caller::Admin;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::problem::faults;
use crate::{staff, view};

faults! {
    /// Why no operator's account was made.
    NewStudioStaffFault { StudioNotFound, StaffLogin, PasswordLength, StaffRole, StaffLoginTaken }
}

/// Makes an account for an operator of this studio. The role has to be `operator`.
#[utoipa::path(
    post, path = "/api/admin/studios/{id}/staff", tag = "admin", params(("id" = StudioId, Path)),
    request_body = NewStaff, security(("session" = []), ("cookie" = [])),
    responses((status = 201, description = "The account", body = Account), NewStudioStaffFault)
)]
pub(crate) async fn new_studio_staff(
    State(house): State<Arc<House>>,
    _: Admin,
    InPath(id): InPath<StudioId>,
    Body(request): Body<NewStaff>,
) -> Result<(StatusCode, Json<Account>), NewStudioStaffFault> {
    let mut work = house.storage.read().await?;
    if work.studios().find(id).await?.is_none() {
        return Err(NewStudioStaffFault::StudioNotFound);
    }
    drop(work);
    if request.role != Role::Operator {
        return Err(NewStudioStaffFault::StaffRole);
    }
    let grant = Grant::Operator { studio: id };
    let made = staff::create(&house, &request.login, &request.password, grant).await;
    let account = made.map_err(NewStaffFault::from)?;
    let mut work = house.storage.read().await?;
    Ok((StatusCode::CREATED, Json(view::account(&house.vault, &mut work, &account).await?)))
}

impl From<NewStaffFault> for NewStudioStaffFault {
    fn from(fault: NewStaffFault) -> Self {
        match fault {
            NewStaffFault::StaffLogin => Self::StaffLogin,
            NewStaffFault::PasswordLength => Self::PasswordLength,
            NewStaffFault::StaffRole => Self::StaffRole,
            NewStaffFault::StaffLoginTaken => Self::StaffLoginTaken,
            NewStaffFault::Broken(broken) => Self::Broken(broken),
        }
    }
}
