//! `GET /api/consent-texts`

use axum::Json;
use gradshot_domain::ConsentPurpose;
use gradshot_wire::consent::{ConsentText, ConsentTexts};

use crate::consent;
use crate::problem::faults;

faults! {
    /// Why texts were not shown.
    ConsentTextsFault {}
}

/// The texts that consents are given to, in both languages, with their version and digests.
#[utoipa::path(
    get, path = "/api/consent-texts", tag = "collections",
    responses((status = 200, description = "The texts", body = ConsentTexts), ConsentTextsFault)
)]
pub(crate) async fn consent_texts() -> Result<Json<ConsentTexts>, ConsentTextsFault> {
    let current = consent::current();
    let texts = current.texts.iter().map(|text| ConsentText {
        purpose: text.purpose,
        needed: ConsentPurpose::NEEDED.contains(&text.purpose),
        zh_title: text.zh_title.clone(),
        zh: text.zh.clone(),
        en_title: text.en_title.clone(),
        en: text.en.clone(),
        sha256: text.sha256(),
    });
    Ok(Json(ConsentTexts { version: current.version.clone(), texts: texts.collect() }))
}
