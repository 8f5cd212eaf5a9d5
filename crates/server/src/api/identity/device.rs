//! What kind of device calls, in a word: enough to know one's own session again, too little to know a person by.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

/// Kind of the calling device.
pub(super) struct Device(pub(super) &'static str);

/// What a `User-Agent` holds, the most telling first.
const KINDS: [(&str, &str); 7] = [
    ("MicroMessenger", "微信"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
];

impl<S: Send + Sync> FromRequestParts<S> for Device {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self(kind(agent.unwrap_or_default())))
    }
}

fn kind(agent: &str) -> &'static str {
    KINDS.iter().find(|(mark, _)| agent.contains(mark)).map_or("其他设备", |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn wechat_is_known_on_every_phone() {
        assert_eq!(kind("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) MicroMessenger/8.0"), "微信");
        assert_eq!(kind("Mozilla/5.0 (Linux; Android 16)"), "Android");
        assert_eq!(kind("curl/8"), "其他设备");
    }
}
