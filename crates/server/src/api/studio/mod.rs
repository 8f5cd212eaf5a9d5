//! Studios and arriving at one.

mod check_in;
mod get_studio;
mod list_studios;

use std::str::FromStr;
use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::house::House;

pub(super) fn endpoints() -> OpenApiRouter<Arc<House>> {
    OpenApiRouter::new()
        .routes(routes!(list_studios::list_studios))
        .routes(routes!(get_studio::get_studio))
        .routes(routes!(check_in::check_in))
}

/// A studio's code: 2 to 12 letters and digits, upper case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StudioCode(String);

/// A text that is no studio code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct InvalidStudioCode;

impl StudioCode {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for StudioCode {
    type Err = InvalidStudioCode;
    fn from_str(text: &str) -> Result<Self, InvalidStudioCode> {
        let code = text.trim().to_ascii_uppercase();
        let fits = (2..=12).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
        fits.then_some(Self(code)).ok_or(InvalidStudioCode)
    }
}
