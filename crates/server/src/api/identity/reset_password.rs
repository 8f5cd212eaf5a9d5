//! `POST /api/password/reset`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{CodePurpose, IdentityKind, PhoneNumber};
use gradshot_wire::identity::{ResetPassword, Session};

use super::device::Device;
use super::redeem_code;
use super::session::{self, SetCookie};
use crate::house::House;
use crate::input::Body;
use crate::problem::{Broken, faults};
use crate::staff::is_password;

faults! {
    /// Why no password was set.
    ResetPasswordFault { PhoneMalformed, PasswordLength, PasswordsDiffer, SmsCodeWrong }
}

/// Sets a new password by a code that was sent to the phone, ends all sessions and signs in.
#[utoipa::path(
    post, path = "/api/password/reset", tag = "identity", request_body = ResetPassword,
    responses(
        (status = 200, description = "Signed in; the session's cookie is set", body = Session),
        ResetPasswordFault
    )
)]
pub(crate) async fn reset_password(
    State(house): State<Arc<House>>,
    device: Device,
    Body(request): Body<ResetPassword>,
) -> Result<(SetCookie, Json<Session>), ResetPasswordFault> {
    let phone: PhoneNumber = request.phone.parse().map_err(|_| ResetPasswordFault::PhoneMalformed)?;
    if !is_password(&request.password) {
        return Err(ResetPasswordFault::PasswordLength);
    }
    if request.password != request.password_again {
        return Err(ResetPasswordFault::PasswordsDiffer);
    }
    if !redeem_code(&house, &phone, CodePurpose::ResetPassword, &request.code).await? {
        return Err(ResetPasswordFault::SmsCodeWrong);
    }
    let at = house.now();
    let hash = house.passwords.hash(request.password, &mut house.rng()).await?;
    let mut work = house.storage.begin().await?;
    let found = work.identities().find(IdentityKind::Phone, &house.vault.phone_index(&phone)).await?;
    let identity = found.ok_or(ResetPasswordFault::SmsCodeWrong)?;
    work.identities().verify(identity.id, at).await?;
    work.accounts().set_password(identity.account, Some(&hash)).await?;
    work.sessions().end_others(identity.account, None).await?;
    work.attempts().forgive(&house.vault.attempt_name("sign in", phone.as_str().as_bytes())).await?;
    let account = work.accounts().find(identity.account).await?;
    let account = account.ok_or(Broken::Contradiction("an identity without account"))?;
    let (cookie, session) = session::begin(&house, &mut work, &account, &device, at).await?;
    work.commit().await?;
    Ok((cookie, Json(session)))
}
