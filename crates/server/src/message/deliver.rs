//! Sending what is due.

use std::time::Duration;

use gradshot_domain::Delivery;
use gradshot_storage::{Message, StorageError};
use tokio::time::timeout;

use super::{Notice, Outgoing, TEXT, TO};
use crate::house::House;
use crate::problem::Broken;

/// Messages of one round.
const AT_ONCE: u32 = 50;
/// A sender that needs longer has failed.
const PATIENCE: Duration = Duration::from_secs(10);
/// As long nobody else tries a message that is being sent.
const TAKEN_FOR: Duration = Duration::from_mins(2);

/// Sends what is due now and says how many messages were tried. Nothing is lost when it fails: what was not sent stays
/// in the outbox.
pub(crate) async fn deliver_due(house: &House) -> usize {
    match take(house).await {
        Ok(messages) => {
            let count = messages.len();
            for message in messages {
                if let Err(error) = deliver(house, message).await {
                    tracing::warn!(%error, "a message's delivery could not be noted");
                }
            }
            count
        }
        Err(error) => {
            tracing::warn!(%error, "the outbox of messages could not be read");
            0
        }
    }
}

async fn take(house: &House) -> Result<Vec<Message>, Broken> {
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let mut taken = Vec::new();
    for mut message in work.messages().due(at, AT_ONCE).await? {
        let late = message.created_at + Notice::lifetime(&message.template) <= at;
        let next = if late {
            message.delivery.clone().give_up(at)
        } else {
            message.delivery.clone().take(at + TAKEN_FOR, at)
        };
        message.delivery = next.map_err(|_| Broken::Contradiction("a message that is due is not queued"))?;
        match work.messages().save(&mut message).await {
            Err(StorageError::Stale { .. }) => {}
            saved => {
                saved?;
                if !late {
                    taken.push(message);
                }
            }
        }
    }
    work.commit().await?;
    Ok(taken)
}

async fn deliver(house: &House, mut message: Message) -> Result<(), Broken> {
    let outgoing = Outgoing {
        to: house.vault.open_text(TO, message.id, &message.sealed_to)?,
        text: house.vault.open_text(TEXT, message.id, &message.sealed_text)?,
        template: message.template.clone(),
    };
    let sent = timeout(PATIENCE, house.sender.send(&outgoing)).await;
    let at = house.now();
    let delivery: Delivery = message.delivery.clone();
    let delivery = if let Ok(Ok(())) = sent {
        delivery.sent(at)
    } else {
        tracing::warn!(message = %message.id, sender = house.sender.name(), "a message was not taken");
        delivery.failed(at)
    };
    message.delivery =
        delivery.map_err(|_| Broken::Contradiction("a message that was taken is not queued"))?;
    let mut work = house.storage.begin().await?;
    work.messages().save(&mut message).await?;
    Ok(work.commit().await?)
}
