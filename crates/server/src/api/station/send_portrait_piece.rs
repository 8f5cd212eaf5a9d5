//! `PATCH /api/station/portraits/{id}`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use gradshot_domain::PortraitId;
use gradshot_seal::MAX_ENVELOPE_BYTES;
use gradshot_storage::{PortraitPiece, StorageError};
use gradshot_wire::station::PortraitReceipt;

use super::put_portrait::{PutPortraitFault, deliver};
use crate::api::tus::{Checksum, LENGTH, OFFSET, Tus};
use crate::caller::Station;
use crate::house::House;
use crate::input::{InPath, Raw};
use crate::limits;
use crate::problem::{Internal, Responses, documented, faults};

faults! {
    /// Why a piece of a sealed portrait was not kept.
    PieceFault { PieceOffset, PieceMalformed, ShotChecksum, ShotChecksumKind, EnvelopeTooLarge, UploadLimit }
}

/// Why a piece was not kept, or the whole was not.
pub(crate) enum Fault {
    Piece(PieceFault),
    Whole(PutPortraitFault),
}

/// Keeps the next piece of a sealed portrait (tus 1.0.0; the first one names the `Upload-Length`). With the last piece the
/// whole is looked at as if it had come at once. The last piece is never kept alone, so that an `Upload-Offset` which is the
/// `Upload-Length` means that the portrait is kept.
#[utoipa::path(
    patch, path = "/api/station/portraits/{id}", tag = "stations",
    params(("id" = PortraitId, Path), ("Tus-Resumable" = String, Header, example = "1.0.0")),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream", description = "A piece"),
    security(("station" = [])),
    responses(
        (status = 200, description = "That was the last piece: the portrait is kept", body = PortraitReceipt),
        (status = 204, description = "Kept; `Upload-Offset` is where to go on"),
        Fault
    )
)]
pub(crate) async fn send_portrait_piece(
    State(house): State<Arc<House>>,
    station: Station,
    InPath(id): InPath<PortraitId>,
    tus: Tus,
    Raw(piece): Raw,
) -> Result<Response, Fault> {
    let whole = match take(&house, &station, id, &tus, piece).await? {
        Taken::Piece { offset } => {
            return Ok((StatusCode::NO_CONTENT, [(OFFSET, offset.to_string())]).into_response());
        }
        Taken::Whole(whole) => whole,
    };
    let total = whole.len();
    let delivered = deliver(&house, &station, id, whole).await;
    // What the server could not do now may be asked for again; what is refused never becomes right.
    if !matches!(delivered, Err(PutPortraitFault::Broken(_))) {
        let mut work = house.storage.begin().await?;
        work.portrait_pieces().forget(station.id, id).await?;
        work.commit().await?;
    }
    let receipt = delivered.map_err(Fault::Whole)?;
    Ok(([(OFFSET, total.to_string())], Json(receipt)).into_response())
}

/// What a piece came to.
enum Taken {
    /// It is kept, and more is to come.
    Piece { offset: u64 },
    /// It was the last one: here are the bytes of all.
    Whole(Vec<u8>),
}

/// Keeps a piece that is not the last.
async fn take(
    house: &House,
    station: &Station,
    id: PortraitId,
    tus: &Tus,
    bytes: Vec<u8>,
) -> Result<Taken, PieceFault> {
    let from_byte = tus.number(&OFFSET).filter(|_| tus.is_piece()).ok_or(PieceFault::PieceMalformed)?;
    match tus.checksum(&bytes) {
        Checksum::Holds => {}
        Checksum::Differs => return Err(PieceFault::ShotChecksum),
        Checksum::Unknown => return Err(PieceFault::ShotChecksumKind),
    }
    let mut work = house.storage.begin().await?;
    let (received, total) = match work.portrait_pieces().received(station.id, id).await? {
        Some(begun) => begun,
        None if work.portrait_pieces().begun(station.id).await? >= limits::PORTRAITS_BEGUN => {
            return Err(PieceFault::UploadLimit);
        }
        None => (0, tus.number(&LENGTH).filter(|total| *total > 0).ok_or(PieceFault::PieceMalformed)?),
    };
    if from_byte != received {
        return Err(PieceFault::PieceOffset);
    }
    let until = from_byte + bytes.len() as u64;
    if until > total || total > MAX_ENVELOPE_BYTES as u64 {
        return Err(PieceFault::EnvelopeTooLarge);
    }
    if until == total {
        let mut whole = work.portrait_pieces().whole(station.id, id).await?;
        whole.extend(bytes);
        return Ok(Taken::Whole(whole));
    }
    if !bytes.is_empty() {
        let expires_at = house.now() + limits::PORTRAIT_UPLOAD;
        let piece = PortraitPiece {
            portrait: id,
            station: station.id,
            from_byte,
            total_bytes: total,
            bytes,
            expires_at,
        };
        match work.portrait_pieces().add(&piece).await {
            // The same piece was a moment faster.
            Err(StorageError::Duplicate) => return Err(PieceFault::PieceOffset),
            added => added?,
        }
        work.commit().await?;
    }
    Ok(Taken::Piece { offset: until })
}

impl From<PieceFault> for Fault {
    fn from(fault: PieceFault) -> Self {
        Self::Piece(fault)
    }
}

impl<E: Internal> From<E> for Fault {
    fn from(error: E) -> Self {
        Self::Piece(error.into())
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        match self {
            Self::Piece(fault) => fault.into_response(),
            Self::Whole(fault) => fault.into_response(),
        }
    }
}

impl utoipa::IntoResponses for Fault {
    fn responses() -> Responses {
        documented(&[PieceFault::CODES, PutPortraitFault::CODES].concat())
    }
}
