//! `POST /api/sign-in/wechat/phone`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{CodePurpose, IdentityId, IdentityKind, PhoneNumber};
use gradshot_storage::{Account, Identity, StorageError, UnitOfWork};
use gradshot_wire::identity::{BindWechat, PhoneProof, Session};

use super::device::Device;
use super::proved_phone::student_with;
use super::redeem_code;
use super::session::{self, SetCookie};
use crate::house::House;
use crate::input::Body;
use crate::problem::faults;
use crate::wechat::{CODE_CHARS, WechatError};

faults! {
    /// Why a phone number was not bound to WeChat.
    BindWechatFault {
        WechatNotHere, WechatSlip, WechatCode, WechatUnreachable, PhoneMalformed, SmsCodeWrong, WechatTaken,
    }
}

/// Ends the first sign-in by WeChat: the phone number, proved by WeChat or by a code, finds or makes the account, and WeChat
/// is a way into it from then on.
#[utoipa::path(
    post, path = "/api/sign-in/wechat/phone", tag = "identity", request_body = BindWechat,
    responses(
        (status = 200, description = "Signed in; the session's cookie is set", body = Session),
        (status = 201, description = "Signed in for the first time", body = Session),
        BindWechatFault
    )
)]
pub(crate) async fn bind_wechat(
    State(house): State<Arc<House>>,
    device: Device,
    Body(BindWechat { slip, proof }): Body<BindWechat>,
) -> Result<(StatusCode, SetCookie, Json<Session>), BindWechatFault> {
    let at = house.now();
    let open_id = house.vault.open_slip(&slip, at).ok_or(BindWechatFault::WechatSlip)?;
    let phone = proved(&house, proof).await?;
    let mut work = house.storage.begin().await?;
    let (is_new, account) = student_with(&house, &mut work, &phone).await?;
    match add(&house, &mut work, &account, &open_id).await {
        // Pressed twice, or bound meanwhile on another phone.
        Err(StorageError::Duplicate) => return Err(BindWechatFault::WechatTaken),
        added => added?,
    }
    let (cookie, session) = session::begin(&house, &mut work, &account, &device, at).await?;
    work.commit().await?;
    Ok((if is_new { StatusCode::CREATED } else { StatusCode::OK }, cookie, Json(session)))
}

async fn proved(house: &House, proof: PhoneProof) -> Result<PhoneNumber, BindWechatFault> {
    match proof {
        PhoneProof::Wechat { phone_code } => {
            let wechat = house.wechat.as_ref().ok_or(BindWechatFault::WechatNotHere)?;
            if phone_code.len() > CODE_CHARS {
                return Err(BindWechatFault::WechatCode);
            }
            Ok(wechat.phone_number(&phone_code).await?)
        }
        PhoneProof::Sms { phone, code } => {
            let phone: PhoneNumber = phone.parse().map_err(|_| BindWechatFault::PhoneMalformed)?;
            if redeem_code(house, &phone, CodePurpose::SignIn, &code).await? {
                Ok(phone)
            } else {
                Err(BindWechatFault::SmsCodeWrong)
            }
        }
    }
}

async fn add(
    house: &House,
    work: &mut UnitOfWork,
    account: &Account,
    open_id: &str,
) -> Result<(), StorageError> {
    let (at, mut rng) = (house.now(), house.rng());
    let id = IdentityId::new(at, &mut rng);
    let identity = Identity {
        id,
        account: account.id,
        kind: IdentityKind::Wechat,
        fingerprint: house.vault.wechat_index(open_id),
        sealed: house.vault.seal_identity(id, open_id, &mut rng),
        verified_at: Some(at),
        created_at: at,
    };
    work.identities().add(&identity).await
}

impl From<WechatError> for BindWechatFault {
    fn from(error: WechatError) -> Self {
        match error {
            WechatError::Code => Self::WechatCode,
            WechatError::Unreachable(why) => {
                tracing::warn!(why, "WeChat cannot be reached");
                Self::WechatUnreachable
            }
        }
    }
}
