//! `POST /api/sms-codes`

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{
    CODE_LIFETIME, CODE_LIMITS, CodePurpose, IdentityKind, PhoneNumber, SmsCodeId, next_code_at,
    one_time_code,
};
use gradshot_storage::{SmsCode, UnitOfWork};
use gradshot_wire::identity::{SendSmsCode, SmsCodeSent};

use crate::house::House;
use crate::input::Body;
use crate::message::{self, Language, Notice};
use crate::problem::{Broken, faults};

faults! {
    /// Why no code was sent.
    SendSmsCodeFault { PhoneMalformed, SmsCodeTooSoon }
}

/// Sends a code of six digits by SMS, good for five minutes and five tries. One number gets one a minute, five an hour
/// and ten a day. Whether the number has an account is not told.
#[utoipa::path(
    post, path = "/api/sms-codes", tag = "identity", request_body = SendSmsCode,
    responses((status = 202, description = "On its way", body = SmsCodeSent), SendSmsCodeFault)
)]
pub(crate) async fn send_sms_code(
    State(house): State<Arc<House>>,
    language: Language,
    Body(request): Body<SendSmsCode>,
) -> Result<(StatusCode, Json<SmsCodeSent>), SendSmsCodeFault> {
    let phone: PhoneNumber = request.phone.parse().map_err(|_| SendSmsCodeFault::PhoneMalformed)?;
    let at = house.now();
    let number = house.vault.phone_index(&phone);
    let longest = CODE_LIMITS.iter().map(|(within, _)| *within).max().unwrap_or_default();
    let mut work = house.storage.begin().await?;
    let mut sent = work.sms_codes().sent_since(&number, at - longest, at).await?;
    if next_code_at(&sent, at).is_some() {
        return Err(SendSmsCodeFault::SmsCodeTooSoon);
    }
    let expires_at = send(&house, &mut work, &phone, number, request.purpose, language).await?;
    work.commit().await?;
    message::deliver_due(&house).await;
    sent.insert(0, at);
    let next_at = next_code_at(&sent, at).unwrap_or(at + Duration::from_mins(1));
    Ok((StatusCode::ACCEPTED, Json(SmsCodeSent { expires_at, next_at })))
}

async fn send(
    house: &House,
    work: &mut UnitOfWork,
    phone: &PhoneNumber,
    number: [u8; 32],
    purpose: CodePurpose,
    language: Language,
) -> Result<jiff::Timestamp, Broken> {
    let (at, mut rng) = (house.now(), house.rng());
    let code = one_time_code(&mut rng);
    let kept = SmsCode {
        id: SmsCodeId::new(at, &mut rng),
        number,
        purpose,
        code_index: house.vault.sms_code_index(&number, purpose, &code),
        sent_at: at,
        expires_at: at + CODE_LIFETIME,
    };
    work.sms_codes().add(&kept).await?;
    let account = work.identities().find(IdentityKind::Phone, &number).await?;
    // Who has no account has no password to reset: the answer is the same, but nothing is sent.
    if account.is_some() || purpose == CodePurpose::SignIn {
        let account = account.map(|identity| identity.account);
        message::queue(house, work, phone, account, &Notice::Code { purpose, code }, language).await?;
    }
    Ok(kept.expires_at)
}
