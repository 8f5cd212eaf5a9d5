//! `POST /api/sign-up`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{CodePurpose, PhoneNumber};
use gradshot_storage::StorageError;
use gradshot_wire::identity::{Session, SignUp};

use super::device::Device;
use super::new_account::add_student;
use super::redeem_code;
use super::session::{self, SetCookie};
use crate::house::House;
use crate::input::Body;
use crate::problem::faults;
use crate::staff::is_password;

faults! {
    /// Why nobody was signed up.
    SignUpFault { PhoneMalformed, PasswordLength, PasswordsDiffer, SmsCodeWrong, PhoneTaken }
}

/// Makes a student's account and signs in. With a code by SMS the phone number is proved.
#[utoipa::path(
    post, path = "/api/sign-up", tag = "identity", request_body = SignUp,
    responses((status = 201, description = "Signed in; the session's cookie is set", body = Session), SignUpFault)
)]
pub(crate) async fn sign_up(
    State(house): State<Arc<House>>,
    device: Device,
    Body(request): Body<SignUp>,
) -> Result<(StatusCode, SetCookie, Json<Session>), SignUpFault> {
    let phone: PhoneNumber = request.phone.parse().map_err(|_| SignUpFault::PhoneMalformed)?;
    if !is_password(&request.password) {
        return Err(SignUpFault::PasswordLength);
    }
    if request.password != request.password_again {
        return Err(SignUpFault::PasswordsDiffer);
    }
    let is_proved = match &request.code {
        Some(code) if redeem_code(&house, &phone, CodePurpose::SignIn, code).await? => true,
        Some(_) => return Err(SignUpFault::SmsCodeWrong),
        None => false,
    };
    let at = house.now();
    let hash = house.passwords.hash(request.password, &mut house.rng()).await?;
    let mut work = house.storage.begin().await?;
    let account = match add_student(&house, &mut work, &phone, Some(hash), is_proved).await {
        Err(StorageError::Duplicate) => return Err(SignUpFault::PhoneTaken),
        added => added?,
    };
    let (cookie, session) = session::begin(&house, &mut work, &account, &device, at).await?;
    work.commit().await?;
    Ok((StatusCode::CREATED, cookie, Json(session)))
}
