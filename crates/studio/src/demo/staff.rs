//! The reviewer and the administrator at work.

use gradshot_domain::PortraitId;
use gradshot_wire::hand_over::{Bundle, HandOver};
use gradshot_wire::review::{Decide, ReviewDesk};

use super::api::{Api, ApiError};
use super::seed::{Campaign, StaffLogin, sign_in};

/// A member of staff who is signed in.
pub(super) struct Staff {
    api: Api,
}

impl Staff {
    pub(super) async fn sign_in(campaign: &Campaign, who: &StaffLogin) -> anyhow::Result<Self> {
        Ok(Self { api: sign_in(&campaign.server, who).await? })
    }

    /// Takes the next portrait.
    pub(super) async fn next(&self) -> Result<ReviewDesk, ApiError> {
        self.api.post("/api/review/next").await
    }

    /// Looks at it.
    pub(super) async fn look(&self, portrait: PortraitId) -> Result<Vec<u8>, ApiError> {
        self.api.bytes(&format!("/api/portraits/{portrait}/picture.jpg")).await
    }

    /// Finds it good; the next one comes with the answer.
    pub(super) async fn approve(&self, portrait: PortraitId) -> Result<ReviewDesk, ApiError> {
        self.api.send(&format!("/api/review/portraits/{portrait}"), &Decide::Approve).await
    }

    /// Makes the bundle for the registry.
    pub(super) async fn hand_over(&self, campaign: &Campaign) -> Result<Option<Bundle>, ApiError> {
        let made: HandOver =
            self.api.post(&format!("/api/admin/campaigns/{}/hand-over", campaign.id)).await?;
        Ok(made.bundle)
    }

    /// Fetches the bundle.
    pub(super) async fn fetch(&self, bundle: &Bundle) -> Result<Vec<u8>, ApiError> {
        self.api.bytes(&bundle.file_url).await
    }
}
