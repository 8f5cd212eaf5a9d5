//! `POST /api/admin/campaigns`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{
    CampaignId, CampaignState, Category, FileNaming, Policy, SchoolId, campaign_code, parse_campaign_code,
};
use gradshot_seal::CampaignPrivateKey;
use gradshot_storage::{Campaign, StorageError};
use gradshot_wire::campaign::{OpenCampaign, OpenedCampaign};

use crate::api::plain_text;
use crate::caller::Admin;
use crate::house::House;
use crate::input::Body;
use crate::problem::faults;
use crate::{initials, view};

faults! {
    /// Why no campaign was opened.
    OpenCampaignFault { CampaignInvalid, CampaignCode, CampaignCodeTaken }
}
use OpenCampaignFault as Fault;

const NAME_CHARS: usize = 60;
const CATEGORIES: usize = 5;

/// What was understood of the request before anything is looked up.
struct Wanted {
    school_name: String,
    title: String,
    code: Option<String>,
    categories: Vec<Category>,
    policy: Policy,
}

/// Opens a campaign with a key pair of its own. The school is made if there is none of this name.
#[utoipa::path(
    post, path = "/api/admin/campaigns", tag = "admin", request_body = OpenCampaign,
    security(("session" = []), ("cookie" = [])),
    responses((status = 201, description = "The campaign", body = OpenedCampaign), OpenCampaignFault)
)]
pub(crate) async fn open_campaign(
    State(house): State<Arc<House>>,
    _: Admin,
    Body(request): Body<OpenCampaign>,
) -> Result<(StatusCode, Json<OpenedCampaign>), Fault> {
    let wanted = understand(request)?;
    let (at, mut rng) = (house.now(), house.rng());
    let (id, key) = (CampaignId::new(at, &mut rng), CampaignPrivateKey::generate(&mut rng));
    let mut work = house.storage.begin().await?;
    let school = SchoolId::new(at, &mut rng);
    let initials = initials::of(&wanted.school_name);
    let school = work.campaigns().school_named(&wanted.school_name, &initials, school).await?;
    let campaign = Campaign {
        id,
        school,
        school_name: wanted.school_name,
        title: wanted.title,
        code: wanted.code.unwrap_or_else(|| campaign_code(&mut rng)),
        categories: wanted.categories,
        policy: wanted.policy,
        public_key: key.public().to_text(),
        sealed_private_key: house.vault.wrap_campaign_key(id, &key, &mut rng),
        file_naming: FileNaming::default(),
        opened_at: at,
        state: CampaignState::Open,
    };
    match work.campaigns().add(&campaign).await {
        Err(StorageError::Duplicate) => return Err(Fault::CampaignCodeTaken),
        added => added?,
    }
    work.commit().await?;
    Ok((StatusCode::CREATED, Json(OpenedCampaign { school, campaign: view::campaign(campaign) })))
}

fn understand(request: OpenCampaign) -> Result<Wanted, Fault> {
    let code = request.code.map(|code| parse_campaign_code(&code).ok_or(Fault::CampaignCode)).transpose()?;
    let policy = request.policy.validated().map_err(|_| Fault::CampaignInvalid)?;
    let mut categories = Vec::new();
    for category in request.categories {
        if !categories.contains(&category) {
            categories.push(category);
        }
    }
    let complete = (1..=CATEGORIES).contains(&categories.len()) && is_spec(&policy.spec);
    match (plain_text(&request.school_name, NAME_CHARS), plain_text(&request.title, NAME_CHARS)) {
        (Some(school_name), Some(title)) if complete => {
            Ok(Wanted { school_name, title, code, categories, policy })
        }
        _ => Err(Fault::CampaignInvalid),
    }
}

/// The id of a photo spec: 1 to 32 lower-case letters, digits and hyphens.
fn is_spec(text: &str) -> bool {
    (1..=32).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
