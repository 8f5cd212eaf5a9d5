//! Small things that wait for somebody: messages to be sent, payments nobody made, refunds not settled.

use super::Done;
use crate::house::House;
use crate::problem::Broken;
use crate::{limits, message, pay};

pub(super) async fn perform(house: &House) -> Result<Done, Broken> {
    message::deliver_due(house).await;
    pay::close_late(house).await?;
    pay::send_refunds(house).await;
    Ok(Done::Again(house.now() + limits::ERRANDS_EVERY))
}
