//! `GET /api/admin/bundles/{id}/bundle.zip`

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderName, header};
use gradshot_domain::BundleId;
use gradshot_storage::Opener;

use crate::caller::Admin;
use crate::house::House;
use crate::input::InPath;
use crate::problem::faults;

faults! {
    /// Why a bundle was not given out.
    DownloadBundleFault { BundleNotFound, BundleGone }
}

/// A bundle's file: portraits, manifest as CSV and XLSX, digests and their signature. Each download is written down.
#[utoipa::path(
    get, path = "/api/admin/bundles/{id}/bundle.zip", tag = "admin", params(("id" = BundleId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses(
        (status = 200, description = "The file", body = Vec<u8>, content_type = "application/zip"),
        DownloadBundleFault
    )
)]
pub(crate) async fn download_bundle(
    State(house): State<Arc<House>>,
    admin: Admin,
    InPath(id): InPath<BundleId>,
) -> Result<([(HeaderName, String); 3], Bytes), DownloadBundleFault> {
    let mut work = house.storage.read().await?;
    let bundle = work.bundles().find(id).await?.ok_or(DownloadBundleFault::BundleNotFound)?;
    drop(work);
    if bundle.forgotten_at.is_some() {
        return Err(DownloadBundleFault::BundleGone);
    }
    let file = house.open_bundle(&bundle, Opener::Account(admin.id)).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CACHE_CONTROL, "no-store, private".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"gradshot-{id}.zip\"")),
    ];
    Ok((headers, Bytes::from(file.to_vec())))
}
