//! `POST /api/sign-in/code`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{CodePurpose, IdentityKind, PhoneNumber};
use gradshot_wire::identity::{Session, SignInByCode};

use super::device::Device;
use super::new_account::add_student;
use super::redeem_code;
use super::session::{self, SetCookie};
use crate::house::House;
use crate::input::Body;
use crate::problem::{Broken, faults};

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
    let (status, account) =
        match work.identities().find(IdentityKind::Phone, &house.vault.phone_index(&phone)).await? {
            Some(identity) => {
                if identity.verified_at.is_none() {
                    // Whoever made the account never proved to have the number: a password set then is nobody's.
                    work.accounts().set_password(identity.account, None).await?;
                    work.sessions().end_others(identity.account, None).await?;
                }
                work.identities().verify(identity.id, at).await?;
                let account = work.accounts().find(identity.account).await?;
                (StatusCode::OK, account.ok_or(Broken::Contradiction("an identity without account"))?)
            }
            None => (StatusCode::CREATED, add_student(&house, &mut work, &phone, None, true).await?),
        };
    let (cookie, session) = session::begin(&house, &mut work, &account, &device, at).await?;
    work.commit().await?;
    Ok((status, cookie, Json(session)))
}
