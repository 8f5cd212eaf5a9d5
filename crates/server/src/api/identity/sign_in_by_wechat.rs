//! `POST /api/sign-in/wechat`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::IdentityKind;
use gradshot_wire::identity::{SignInByWechat, WechatSignIn};

use super::device::Device;
use super::session::{self, SetCookie};
use crate::house::House;
use crate::input::Body;
use crate::problem::{Broken, faults};
use crate::wechat::{CODE_CHARS, WechatError};

faults! {
    /// Why nobody was signed in.
    SignInByWechatFault { WechatNotHere, WechatCode, WechatUnreachable }
}

/// Signs in by WeChat. Somebody who is new is told to name a phone number first.
#[utoipa::path(
    post, path = "/api/sign-in/wechat", tag = "identity", request_body = SignInByWechat,
    responses(
        (status = 200, description = "Signed in, and the session's cookie is set; or a slip to bind a phone number with",
            body = WechatSignIn),
        SignInByWechatFault
    )
)]
pub(crate) async fn sign_in_by_wechat(
    State(house): State<Arc<House>>,
    device: Device,
    Body(SignInByWechat { code }): Body<SignInByWechat>,
) -> Result<(Option<SetCookie>, Json<WechatSignIn>), SignInByWechatFault> {
    let wechat = house.wechat.as_ref().ok_or(SignInByWechatFault::WechatNotHere)?;
    if code.len() > CODE_CHARS {
        return Err(SignInByWechatFault::WechatCode);
    }
    let open_id = wechat.open_id(&code).await?;
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let known = work.identities().find(IdentityKind::Wechat, &house.vault.wechat_index(&open_id)).await?;
    let Some(identity) = known else {
        let slip = house.vault.seal_slip(&open_id, at, &mut house.rng());
        return Ok((None, Json(WechatSignIn::PhoneNeeded { slip })));
    };
    let account = work.accounts().find(identity.account).await?;
    let account = account.ok_or(Broken::Contradiction("an identity without account"))?;
    let (cookie, session) = session::begin(&house, &mut work, &account, &device, at).await?;
    work.commit().await?;
    Ok((Some(cookie), Json(WechatSignIn::Session(session))))
}

impl From<WechatError> for SignInByWechatFault {
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
