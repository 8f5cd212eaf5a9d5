//! Consent 授权: what a student agreed to.

use serde::{Deserialize, Serialize};

/// What a consent is for. Each is given and withdrawn separately.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConsentPurpose {
    /// Taking and processing the photo; needed.
    Capture,
    /// Passing portrait and image code to the registry 学信网; needed.
    ProvideToRegistry,
    /// Comparing faces between shots of the same collection; optional.
    FaceComparison,
}

impl ConsentPurpose {
    /// The consents without which no photo is taken.
    pub const NEEDED: [Self; 2] = [Self::Capture, Self::ProvideToRegistry];
}
