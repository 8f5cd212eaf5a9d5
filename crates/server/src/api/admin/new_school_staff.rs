//! `POST /api/admin/schools/{id}/staff`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{Grant, Role, SchoolId};
use gradshot_wire::identity::{Account, NewStaff};

use super::new_staff::NewStaffFault;
use crate::caller::Admin;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::problem::faults;
use crate::{staff, view};

faults! {
    /// Why no clerk's account was made.
    NewSchoolStaffFault { SchoolNotFound, StaffLogin, PasswordLength, StaffRole, StaffLoginTaken }
}

/// Makes an account for a clerk of this school. The role has to be `school`.
#[utoipa::path(
    post, path = "/api/admin/schools/{id}/staff", tag = "admin", params(("id" = SchoolId, Path)),
    request_body = NewStaff, security(("session" = []), ("cookie" = [])),
    responses((status = 201, description = "The account", body = Account), NewSchoolStaffFault)
)]
pub(crate) async fn new_school_staff(
    State(house): State<Arc<House>>,
    _: Admin,
    InPath(id): InPath<SchoolId>,
    Body(request): Body<NewStaff>,
) -> Result<(StatusCode, Json<Account>), NewSchoolStaffFault> {
    let mut work = house.storage.read().await?;
    if !work.campaigns().has_school(id).await? {
        return Err(NewSchoolStaffFault::SchoolNotFound);
    }
    drop(work);
    if request.role != Role::School {
        return Err(NewSchoolStaffFault::StaffRole);
    }
    let grant = Grant::School { school: id };
    let made = staff::create(&house, &request.login, &request.password, grant).await;
    let account = made.map_err(NewStaffFault::from)?;
    let mut work = house.storage.read().await?;
    Ok((StatusCode::CREATED, Json(view::account(&house.vault, &mut work, &account).await?)))
}

impl From<NewStaffFault> for NewSchoolStaffFault {
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
