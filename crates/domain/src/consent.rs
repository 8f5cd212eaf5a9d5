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
    /// Printing the portrait and sending it by courier; needed by who orders prints.
    PrintAndMail,
}

impl ConsentPurpose {
    /// All purposes.
    pub const ALL: [Self; 4] =
        [Self::Capture, Self::ProvideToRegistry, Self::FaceComparison, Self::PrintAndMail];
    /// The consents without which no photo is taken.
    pub const NEEDED: [Self; 2] = [Self::Capture, Self::ProvideToRegistry];
}
