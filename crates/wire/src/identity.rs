//! Who is calling: accounts, sign-up, sign-in.

use std::fmt;

use gradshot_domain::{AccountId, MessageId, SessionId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use gradshot_domain::{CodePurpose, Grant, IdentityKind, Role};

/// Creates a student's account and signs in.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SignUp {
    /// Mobile phone number of mainland China, 11 digits.
    #[schema(example = "13900000001")]
    pub phone: String,
    /// 8 to 64 characters.
    pub password: String,
    /// The same once more.
    pub password_again: String,
    /// A code by SMS for signing in, which proves the number; may be absent.
    #[serde(default)]
    #[schema(example = "482109")]
    pub code: Option<String>,
}

/// Signs in; staff by user name, students by phone number.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SignIn {
    /// Phone number of a student or user name of staff.
    pub login: String,
    /// The password.
    pub password: String,
}

/// A signed-in session. The same token is set as an `HttpOnly` cookie, so that pages need not keep it.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Session {
    /// Bearer token for programs.
    pub token: String,
    /// Who signed in.
    pub account: Account,
}

/// An account as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Account {
    /// Opaque id.
    pub id: AccountId,
    /// The role that a page opens with: the one of `grants` that may do most.
    pub role: Role,
    /// What the account may do, and where.
    pub grants: Vec<Grant>,
    /// Phone number or user name, masked: `139****0001`.
    pub masked_login: String,
    /// The ways in, the oldest first; at most 20.
    pub identities: Vec<Identity>,
    /// Whether a password is set, so that signing in by password works.
    pub has_password: bool,
}

/// A way into an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Identity {
    /// What it is.
    pub kind: IdentityKind,
    /// The number or name, masked.
    #[schema(example = "139****0001")]
    pub masked: String,
    /// Whether its owner proved to have it.
    pub verified: bool,
}

/// Asks for a code by SMS.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SendSmsCode {
    /// Mobile phone number of mainland China, 11 digits.
    #[schema(example = "13900000001")]
    pub phone: String,
    /// What for.
    pub purpose: CodePurpose,
}

/// A code is on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SmsCodeSent {
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// When a further one may be asked for.
    pub next_at: Timestamp,
}

/// Signs in by a code; a number that is new gets an account.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SignInByCode {
    /// Mobile phone number of mainland China, 11 digits.
    #[schema(example = "13900000001")]
    pub phone: String,
    /// The six digits.
    #[schema(example = "482109")]
    pub code: String,
}

/// How students may come in beside a phone number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WaysIn {
    /// 微信快速登录, where it is offered.
    pub wechat: Option<WechatWay>,
}

/// WeChat as a way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WechatWay {
    /// Everybody is believed, for demonstrations: pages say so, and give codes that begin with `sandbox-`.
    pub sandbox: bool,
}

/// Signs in by WeChat.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SignInByWechat {
    /// What WeChat gave the page, good once.
    #[schema(example = "sandbox-lin")]
    pub code: String,
}

/// What came of signing in by WeChat.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "outcome", content = "content")]
pub enum WechatSignIn {
    /// Signed in.
    Session(Session),
    /// Here for the first time.
    PhoneNeeded {
        /// Given back with the phone number within ten minutes.
        slip: String,
    },
}

/// Binds a phone number to the WeChat of a slip.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct BindWechat {
    /// The slip.
    pub slip: String,
    /// How the number is proved.
    pub proof: PhoneProof,
}

/// That somebody has a phone number.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum PhoneProof {
    /// 微信手机号授权登录
    Wechat {
        /// What WeChat gave the page, good once.
        #[schema(example = "sandbox-13900000001")]
        phone_code: String,
    },
    /// A code by SMS.
    Sms {
        /// Mobile phone number of mainland China, 11 digits.
        #[schema(example = "13900000001")]
        phone: String,
        /// The six digits.
        #[schema(example = "482109")]
        code: String,
    },
}

/// Sets a new password by a code, and signs in.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct ResetPassword {
    /// Mobile phone number of mainland China, 11 digits.
    #[schema(example = "13900000001")]
    pub phone: String,
    /// The six digits.
    #[schema(example = "482109")]
    pub code: String,
    /// 8 to 64 characters.
    pub password: String,
    /// The same once more.
    pub password_again: String,
}

/// Sets a new password.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct ChangePassword {
    /// The one so far; absent when the account has none.
    #[serde(default)]
    pub old_password: Option<String>,
    /// 8 to 64 characters.
    pub password: String,
    /// The same once more.
    pub password_again: String,
}

/// One session of the caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SessionInfo {
    /// Opaque id.
    pub id: SessionId,
    /// Kind of device.
    #[schema(example = "微信")]
    pub device: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// The caller's sessions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Sessions {
    /// The newest first, at most 50.
    pub sessions: Vec<SessionInfo>,
}

/// Gives a grant to an account, or takes it away; for administrators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChangeGrant {
    /// Which.
    pub grant: Grant,
}

/// Accounts of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StaffPage {
    /// By id, at most 50.
    pub staff: Vec<Account>,
    /// Asks for the next page; absent on the last one.
    pub next: Option<AccountId>,
}

/// A message as staff see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MessageInfo {
    /// Opaque id.
    pub id: MessageId,
    /// The receiver's number, masked.
    #[schema(example = "139****0001")]
    pub masked_to: String,
    /// Name of the template.
    #[schema(example = "code.sign_in")]
    pub template: String,
    /// The text; absent when a provider sends it, since then it is nobody's business here.
    pub text: Option<String>,
    /// How far it has come.
    pub state: MessageStateName,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was written.
    pub created_at: Timestamp,
}

/// A message as its receiver sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MyMessage {
    /// Opaque id.
    pub id: MessageId,
    /// What it says.
    #[schema(example = "您的照片已通过审核，将提交学信网。")]
    pub text: String,
    /// When it was written.
    pub created_at: Timestamp,
}

/// What was sent to somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MyMessages {
    /// The newest first, at most 50.
    pub messages: Vec<MyMessage>,
}

/// How far a message has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MessageStateName {
    /// 待发送
    Queued,
    /// 已发送
    Sent,
    /// 发送失败
    GivenUp,
}

/// Messages as staff see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MessagesPage {
    /// The newest first, at most 50.
    pub messages: Vec<MessageInfo>,
    /// Asks for older ones; absent on the last page.
    pub next: Option<MessageId>,
}

/// Makes an account for staff; for administrators.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct NewStaff {
    /// User name: 3 to 32 letters, digits, `.`, `_` or `-`, beginning with a letter.
    #[schema(example = "reviewer.lin")]
    pub login: String,
    /// 8 to 64 characters.
    pub password: String,
    /// What the account may do; anything but `student`.
    pub role: Role,
}

/// Passwords, phones and tokens do not show in debug output.
macro_rules! secretive {
    ($($name:ident)+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

secretive! {
    SignUp SignIn Session NewStaff SendSmsCode SignInByCode ResetPassword ChangePassword
}
