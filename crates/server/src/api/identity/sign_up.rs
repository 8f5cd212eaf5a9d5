//! `POST /api/sign-up`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{AccountId, Role};
use gradshot_storage::{Account, StorageError};
use gradshot_wire::identity::{Session, SignUp};

use super::session::{self, SetCookie};
use crate::house::House;
use crate::input::Body;
use crate::problem::faults;
use crate::staff::is_password;

faults! {
    /// Why nobody was signed up.
    SignUpFault { PhoneMalformed, PasswordLength, PasswordsDiffer, PhoneTaken }
}

/// Makes a student's account and signs in.
#[utoipa::path(
    post, path = "/api/sign-up", tag = "identity", request_body = SignUp,
    responses((status = 201, description = "Signed in; the session's cookie is set", body = Session), SignUpFault)
)]
pub(crate) async fn sign_up(
    State(house): State<Arc<House>>,
    Body(request): Body<SignUp>,
) -> Result<(StatusCode, SetCookie, Json<Session>), SignUpFault> {
    let phone = parse_phone(&request.phone).ok_or(SignUpFault::PhoneMalformed)?;
    if !is_password(&request.password) {
        return Err(SignUpFault::PasswordLength);
    }
    if request.password != request.password_again {
        return Err(SignUpFault::PasswordsDiffer);
    }
    let (at, mut rng) = (house.now(), house.rng());
    let id = AccountId::new(at, &mut rng);
    let account = Account {
        id,
        login_index: house.vault.login_index(&phone),
        sealed_login: house.vault.seal_login(id, &phone, &mut rng),
        password_hash: house.passwords.hash(request.password, &mut rng).await?,
        role: Role::Student,
        school: None,
        created_at: at,
    };
    let mut work = house.storage.begin().await?;
    match work.accounts().add(&account).await {
        Err(StorageError::Duplicate) => return Err(SignUpFault::PhoneTaken),
        added => added?,
    }
    let (cookie, session) = session::begin(&house, &mut work, &account, at).await?;
    work.commit().await?;
    Ok((StatusCode::CREATED, cookie, Json(session)))
}

/// A mobile phone number of mainland China, with or without spaces.
fn parse_phone(text: &str) -> Option<String> {
    let phone: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let bytes = phone.as_bytes();
    let fits = bytes.len() == 11
        && bytes.iter().all(u8::is_ascii_digit)
        && bytes[0] == b'1'
        && (b'3'..=b'9').contains(&bytes[1]);
    fits.then_some(phone)
}

#[cfg(test)]
mod tests {
    use super::parse_phone;

    #[test]
    fn only_mobile_numbers_of_the_mainland() {
        assert_eq!(parse_phone("139 0000 0001").as_deref(), Some("13900000001"));
        for wrong in ["", "12900000001", "1390000000", "139000000012", "+8613900000001", "１３９００００００"]
        {
            assert_eq!(parse_phone(wrong), None, "{wrong}");
        }
    }
}
