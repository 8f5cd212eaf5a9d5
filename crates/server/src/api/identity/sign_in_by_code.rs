//! `POST /api/sign-in/code`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{CodePurpose, PhoneNumber};
use gradshot_wire::identity::{Session, SignInByCode};

use super::device::Device;
use super::proved_phone::student_with;
use super::redeem_code;
use super::session::{self, SetCookie};
use crate::house::House;
use crate::input::Body;
use crate::problem::faults;

faults! {
    /// Why nobody was signed in.
    SignInByCodeFault { PhoneMalformed, SmsCodeWrong }
}

/// Signs in by a code that was sent to the phone. A number that is new gets a student's account, without a password; a
/// number that was never proved before loses the password and the sessions that somebody else may have set up.
#[utoipa::path(
    post, path = "/api/sign-in/code", tag = "identity", request_body = SignInByCode,
    responses(
        (status = 200, description = "Signed in; the session's cookie is set", body = Session),
        (status = 201, description = "Signed in for the first time", body = Session),
        SignInByCodeFault
    )
)]
pub(crate) async fn sign_in_by_code(
    State(house): State<Arc<House>>,
    device: Device,
    Body(request): Body<SignInByCode>,
) -> Result<(StatusCode, SetCookie, Json<Session>), SignInByCodeFault> {
    let phone: PhoneNumber = request.phone.parse().map_err(|_| SignInByCodeFault::PhoneMalformed)?;
    if !redeem_code(&house, &phone, CodePurpose::SignIn, &request.code).await? {
        return Err(SignInByCodeFault::SmsCodeWrong);
    }
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let (is_new, account) = student_with(&house, &mut work, &phone).await?;
    let (cookie, session) = session::begin(&house, &mut work, &account, &device, at).await?;
    work.commit().await?;
    Ok((if is_new { StatusCode::CREATED } else { StatusCode::OK }, cookie, Json(session)))
}
