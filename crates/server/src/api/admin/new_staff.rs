//! `POST /api/admin/staff`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_wire::identity::{Account, NewStaff};

use crate::caller::Admin;
use crate::house::House;
use crate::input::Body;
use crate::problem::{Broken, faults};
use crate::staff::{self, CreateStaffError};
use crate::view;

faults! {
    /// Why no account was made.
    NewStaffFault { StaffLogin, PasswordLength, StaffRole, StaffLoginTaken }
}

/// Makes an account for a reviewer, for support or for an administrator. Students sign up themselves; a school's clerk
/// is made at the school, a studio's operator at the studio.
#[utoipa::path(
    post, path = "/api/admin/staff", tag = "admin", request_body = NewStaff,
    security(("session" = []), ("cookie" = [])),
    responses((status = 201, description = "The account", body = Account), NewStaffFault)
)]
pub(crate) async fn new_staff(
    State(house): State<Arc<House>>,
    _: Admin,
    Body(request): Body<NewStaff>,
) -> Result<(StatusCode, Json<Account>), NewStaffFault> {
    let grant = staff::unscoped(request.role).ok_or(NewStaffFault::StaffRole)?;
    let account = staff::create(&house, &request.login, &request.password, grant).await?;
    let mut work = house.storage.read().await?;
    Ok((StatusCode::CREATED, Json(view::account(&house.vault, &mut work, &account).await?)))
}

impl From<CreateStaffError> for NewStaffFault {
    fn from(error: CreateStaffError) -> Self {
        match error {
            CreateStaffError::Login => Self::StaffLogin,
            CreateStaffError::Password => Self::PasswordLength,
            CreateStaffError::Role => Self::StaffRole,
            CreateStaffError::Taken => Self::StaffLoginTaken,
            CreateStaffError::Internal(error) => {
                tracing::error!(%error, "an account was not made");
                Self::Broken(Broken::Step("an account was not made"))
            }
        }
    }
}
