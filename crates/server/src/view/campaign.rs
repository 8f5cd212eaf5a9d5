//! Campaigns as students see them.

use gradshot_domain::CampaignState;
use gradshot_storage::Campaign;
use gradshot_wire::campaign;

/// A campaign without its keys.
pub(crate) fn campaign(campaign: Campaign) -> campaign::Campaign {
    campaign::Campaign {
        id: campaign.id,
        school_name: campaign.school_name,
        title: campaign.title,
        code: campaign.code,
        categories: campaign.categories,
        policy: campaign.policy,
        closed_at: match campaign.state {
            CampaignState::Open => None,
            CampaignState::Closed { at } => Some(at),
        },
        file_naming: campaign.file_naming,
    }
}
