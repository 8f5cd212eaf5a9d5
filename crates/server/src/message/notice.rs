//! What messages say, in both languages. No message holds a name, an ID number or an image code.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use gradshot_domain::CodePurpose;

/// The language of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Zh,
    En,
}

impl Language {
    /// Its tag, as in the database.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    fn of(accepted: Option<&str>) -> Self {
        let first = accepted.unwrap_or_default().split(',').next().unwrap_or_default().trim();
        if first.to_ascii_lowercase().starts_with("en") { Self::En } else { Self::Zh }
    }
}

/// The language that the caller asks for first; Chinese unless it is English.
impl<S: Send + Sync> FromRequestParts<S> for Language {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let accepted = parts.headers.get(header::ACCEPT_LANGUAGE);
        Ok(Self::of(accepted.and_then(|value| value.to_str().ok())))
    }
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Notice {
    /// A code that proves to have the phone number.
    Code {
        /// What for.
        purpose: CodePurpose,
        /// The six digits.
        code: String,
    },
    /// The school added the student to its roster.
    RosterAdded,
    /// The school did not.
    RosterDeclined,
    /// Money goes back.
    Refund,
    /// Support answered.
    SupportAnswered,
    /// The registry took the portrait.
    Registered,
    /// The registry refused it.
    RegistryRefused,
    /// A reviewer approved the portrait.
    Approved,
    /// A reviewer rejected it; shooting again is free.
    Rejected,
    /// A reviewer rejected it and the money goes back.
    RejectedAndRefunded,
    /// Prints are with the courier.
    PrintsSent {
        /// The courier's company.
        courier: String,
        /// The parcel's number there.
        number: String,
    },
}

impl Notice {
    /// The template's name, as it is registered with a provider of messages.
    pub(crate) const fn template(&self) -> &'static str {
        match self {
            Self::Code { purpose: CodePurpose::SignIn, .. } => "code.sign_in",
            Self::Code { purpose: CodePurpose::ResetPassword, .. } => "code.reset_password",
            Self::Code { purpose: CodePurpose::DeleteAccount, .. } => "code.delete_account",
            Self::RosterAdded => "roster.added",
            Self::RosterDeclined => "roster.declined",
            Self::Refund => "order.refund",
            Self::SupportAnswered => "support.answered",
            Self::Registered => "registry.registered",
            Self::RegistryRefused => "registry.refused",
            Self::Approved => "review.approved",
            Self::Rejected => "review.rejected",
            Self::RejectedAndRefunded => "review.rejected_and_refunded",
            Self::PrintsSent { .. } => "prints.sent",
        }
    }

    /// How long a message of this template is of use; later it is not sent any more.
    pub(crate) fn lifetime(template: &str) -> Duration {
        if template.starts_with("code.") {
            gradshot_domain::CODE_LIFETIME
        } else {
            Duration::from_hours(3 * 24)
        }
    }

    /// The text.
    pub(crate) fn text(&self, language: Language) -> String {
        let (zh, en) = self.texts();
        match language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    fn texts(&self) -> (String, String) {
        let plain = |zh: &str, en: &str| (format!("【毕业证照采集】{zh}"), format!("[Gradshot] {en}"));
        match self {
            Self::RosterAdded => plain(
                "学校已将您增补到名单，请返回页面核验学籍信息。",
                "Your school has added you to its roster. Go on with registering your image code.",
            ),
            Self::Refund => plain(
                "您的订单已发起退款，款项将原路退回。",
                "Your order is being refunded; the money goes back the way it came.",
            ),
            Self::SupportAnswered => {
                plain("客服已回复您的咨询，请在页面查看。", "Support has answered you. See the page.")
            }
            Self::Registered => plain(
                "您的标准照已上网，请登录学信网核对图像。",
                "Your portrait is at the registry. Sign in there and check it.",
            ),
            Self::RegistryRefused => plain(
                "您的标准照被学信网退回，请在页面查看原因并重新拍摄，无需再次付费。",
                "The registry has sent your portrait back. See why on the page and have it taken again, free of charge.",
            ),
            Self::Approved => plain(
                "您的标准照已通过审核，即将上网，请勿重复采集。",
                "Your portrait was approved and goes to the registry. Do not collect again.",
            ),
            Self::Rejected => plain(
                "您的标准照未通过审核，请在页面查看原因并重新拍摄，无需再次付费。",
                "Your portrait was not approved. See why on the page and have it taken again, free of charge.",
            ),
            Self::RejectedAndRefunded => plain(
                "您的标准照未通过审核，费用将原路退回。请在页面查看原因并重新采集。",
                "Your portrait was not approved and your money goes back. See why on the page and collect again.",
            ),
            Self::RosterDeclined => plain(
                "学校未通过您的名单增补申请，请在页面查看原因。",
                "Your school has not added you to its roster. The page tells you why.",
            ),
            Self::PrintsSent { courier, number } => plain(
                &format!("您加印的照片已由{courier}寄出，快递单号 {number}。"),
                &format!("Your prints are with {courier}; the parcel's number is {number}."),
            ),
            Self::Code { purpose, code } => {
                let (zh, en) = match purpose {
                    CodePurpose::SignIn => ("登录", "sign in"),
                    CodePurpose::ResetPassword => ("重设密码", "set a new password"),
                    CodePurpose::DeleteAccount => ("注销账号", "delete your account"),
                };
                (
                    format!("【毕业证照采集】验证码 {code}，用于{zh}，5 分钟内有效。请勿告诉他人。"),
                    format!(
                        "[Gradshot] {code} is your code to {en}. It is good for 5 minutes. Tell it to nobody."
                    ),
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_asked_for_first_is_spoken() {
        assert_eq!(Language::of(None), Language::Zh);
        assert_eq!(Language::of(Some("en-GB,zh;q=0.8")), Language::En);
        assert_eq!(Language::of(Some("zh-CN,en;q=0.8")), Language::Zh);
        assert_eq!(Language::of(Some("fr")), Language::Zh);
    }

    #[test]
    fn a_code_is_in_both_texts() {
        let notice = Notice::Code { purpose: CodePurpose::SignIn, code: "012345".to_owned() };
        assert!(notice.text(Language::Zh).contains("012345") && notice.text(Language::En).contains("012345"));
    }
}
