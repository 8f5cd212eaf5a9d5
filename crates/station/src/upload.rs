//! How a sealed portrait reaches the server: at once when it is small, otherwise piece by piece (tus 1.0.0), so that a line
//! that is slow or breaks costs one piece and not the whole.

use gradshot_domain::PortraitId;
use gradshot_wire::station::PortraitReceipt;

use crate::client::{CallError, Sent, StationClient};

/// Bytes of a piece, and of an envelope that is sent at once. A line of 40 kbit/s carries it within the time that a request
/// may take.
pub const PIECE_BYTES: usize = 64 * 1024;
/// Times that the server may ask to go on elsewhere before the whole is sent at once.
const MISPLACED: u32 = 3;

/// Sends a sealed portrait, or what is still missing of it. `again` says that an earlier attempt may have brought a part.
pub async fn upload(
    client: &StationClient,
    portrait: PortraitId,
    envelope: &[u8],
    again: bool,
) -> Result<PortraitReceipt, CallError> {
    if envelope.len() <= PIECE_BYTES {
        return client.put_portrait(portrait, envelope.to_vec()).await;
    }
    match resume(client, portrait, envelope, again).await {
        Ok(Some(receipt)) => Ok(receipt),
        // Either all of it is there, and only the answer was lost: the whole once more tells how the portrait stands. Or the
        // two do not agree on what is missing: the whole settles it.
        Ok(None) | Err(CallError::NotUnderstood) => client.put_portrait(portrait, envelope.to_vec()).await,
        Err(error) => Err(error),
    }
}

/// Sends what is missing; `None` when that did not lead to a receipt.
async fn resume(
    client: &StationClient,
    portrait: PortraitId,
    envelope: &[u8],
    again: bool,
) -> Result<Option<PortraitReceipt>, CallError> {
    let mut from = if again { offset(client, portrait).await? } else { 0 };
    let mut misplaced = 0;
    while from < envelope.len() {
        let until = envelope.len().min(from + PIECE_BYTES);
        match client.send_piece(portrait, from, envelope.len(), envelope[from..until].to_vec()).await {
            Ok(Sent::Whole(receipt)) => return Ok(Some(receipt)),
            Ok(Sent::Until(next)) if next > from => from = next,
            Ok(Sent::Until(_)) => return Ok(None),
            Err(CallError::Problem(problem)) if problem.code == "piece.offset" => {
                misplaced += 1;
                if misplaced > MISPLACED {
                    return Ok(None);
                }
                from = offset(client, portrait).await?;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

/// Where to go on; at the beginning when nothing has come.
async fn offset(client: &StationClient, portrait: PortraitId) -> Result<usize, CallError> {
    Ok(client.portrait_offset(portrait).await?.unwrap_or(0))
}
