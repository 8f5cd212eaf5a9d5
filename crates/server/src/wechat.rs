//! WeChat as a way in: what its servers tell about a code that a page got, in the shape of `jscode2session` and
//! `getuserphonenumber` (developers.weixin.qq.com).

use futures::future::BoxFuture;
use gradshot_domain::PhoneNumber;

/// Longest code that is asked about, characters. WeChat's own have 32 to 64.
pub(crate) const CODE_CHARS: usize = 128;

/// Why WeChat told nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WechatError {
    /// The code is unknown, used or older than five minutes.
    #[error("WeChat does not know the code")]
    Code,
    /// It cannot be reached, or is too busy: ask again with a new code.
    #[error("WeChat cannot be reached: {0}")]
    Unreachable(String),
}

/// Who came by WeChat. A code is good once; what it tells is personal data.
pub trait Wechat: Send + Sync {
    /// Whether everybody is believed: for demonstrations, and labelled as such on every screen.
    fn is_sandbox(&self) -> bool {
        false
    }

    /// The openid of whoever signed in with this code.
    fn open_id<'a>(&'a self, code: &'a str) -> BoxFuture<'a, Result<String, WechatError>>;

    /// The phone number that its owner authorized with this code.
    fn phone_number<'a>(&'a self, code: &'a str) -> BoxFuture<'a, Result<PhoneNumber, WechatError>>;
}

/// Believes everybody: the code `sandbox-NAME` is from the person NAME, and the phone code `sandbox-13900000001` authorizes
/// that number. Only for demonstrations and tests, since anybody could come as anybody.
#[derive(Debug, Default)]
pub struct SandboxWechat;

const SANDBOX: &str = "sandbox-";

impl Wechat for SandboxWechat {
    fn is_sandbox(&self) -> bool {
        true
    }

    fn open_id<'a>(&'a self, code: &'a str) -> BoxFuture<'a, Result<String, WechatError>> {
        let name = code.strip_prefix(SANDBOX).filter(|name| !name.is_empty());
        Box::pin(std::future::ready(name.map(str::to_owned).ok_or(WechatError::Code)))
    }

    fn phone_number<'a>(&'a self, code: &'a str) -> BoxFuture<'a, Result<PhoneNumber, WechatError>> {
        let number = code.strip_prefix(SANDBOX).and_then(|number| number.parse().ok());
        Box::pin(std::future::ready(number.ok_or(WechatError::Code)))
    }
}
