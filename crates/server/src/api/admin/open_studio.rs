//! `POST /api/admin/studios`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{PackageId, StudioId};
use gradshot_storage::{Package, StorageError, Studio};
use gradshot_wire::campaign::{self, OpenStudio};
use jiff::Timestamp;
use rand::rngs::StdRng;

use crate::api::plain_text;
use crate::api::studio::StudioCode;
use crate::caller::Admin;
use crate::house::House;
use crate::input::Body;
use crate::problem::faults;
use crate::{limits, view};

faults! {
    /// Why no studio was opened.
    OpenStudioFault { StudioInvalid, StudioCodeTaken }
}

const NAME_CHARS: usize = 40;
const ADDRESS_CHARS: usize = 120;
const PHONE_CHARS: usize = 20;

/// Opens a studio with its packages.
#[utoipa::path(
    post, path = "/api/admin/studios", tag = "admin", request_body = OpenStudio,
    security(("session" = []), ("cookie" = [])),
    responses((status = 201, description = "The studio", body = campaign::Studio), OpenStudioFault)
)]
pub(crate) async fn open_studio(
    State(house): State<Arc<House>>,
    _: Admin,
    Body(request): Body<OpenStudio>,
) -> Result<(StatusCode, Json<campaign::Studio>), OpenStudioFault> {
    let studio = understand(&request, house.now(), &mut house.rng()).ok_or(OpenStudioFault::StudioInvalid)?;
    let mut work = house.storage.begin().await?;
    match work.studios().add(&studio).await {
        Err(StorageError::Duplicate) => return Err(OpenStudioFault::StudioCodeTaken),
        added => added?,
    }
    work.commit().await?;
    Ok((StatusCode::CREATED, Json(view::studio(studio, None))))
}

fn understand(request: &OpenStudio, at: Timestamp, rng: &mut StdRng) -> Option<Studio> {
    let code: StudioCode = request.code.parse().ok()?;
    if !(1..=limits::PACKAGES).contains(&request.packages.len()) {
        return None;
    }
    let packages = request.packages.iter().map(|package| {
        let name = plain_text(&package.name, NAME_CHARS)?;
        let en_name = match package.en_name.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(en_name) => Some(plain_text(en_name, NAME_CHARS)?),
        };
        Some(Package { id: PackageId::new(at, rng), name, en_name, price: package.price })
    });
    let packages = packages.collect::<Option<_>>()?;
    Some(Studio {
        id: StudioId::new(at, rng),
        name: plain_text(&request.name, NAME_CHARS)?,
        code: code.as_str().to_owned(),
        address: plain_text(&request.address, ADDRESS_CHARS)?,
        phone: plain_text(&request.phone, PHONE_CHARS)?,
        hours: String::new(),
        place: None,
        packages,
    })
}
