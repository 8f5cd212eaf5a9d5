//! Money that goes back.

use gradshot_domain::{AccountId, Money, Order, Payment, PaymentId, Refund, RefundId, may_refund};
use gradshot_storage::{KeptPayment, KeptRefund, PlacedOrder, UnitOfWork};

use super::COUNTER;
use super::provider::{RefundOrder, Refunded};
use crate::house::House;
use crate::live::Topic;
use crate::problem::{Broken, Internal};

/// Why nothing goes back.
#[derive(Debug)]
pub(crate) enum RefundFault {
    /// The order was not paid, or is given back already.
    NotPaid,
    /// More than what is left of it.
    TooMuch,
    Broken(Broken),
}

impl<E: Internal> From<E> for RefundFault {
    fn from(error: E) -> Self {
        Self::Broken(error.into_broken())
    }
}

/// Asks for part of an order's money back, or for all that is left of it. Commit, then call [`send_refunds`].
pub(crate) async fn ask_refund(
    house: &House,
    work: &mut UnitOfWork,
    placed: &mut PlacedOrder,
    amount: Option<Money>,
    reason: &str,
    asked_by: Option<AccountId>,
) -> Result<KeptRefund, RefundFault> {
    let payments = work.payments().of_order(placed.id).await?;
    let refunds = work.payments().refunds_of_order(placed.id).await?;
    let (payment, left) = refundable(&placed.order, &payments, &refunds).ok_or(RefundFault::NotPaid)?;
    let amount = amount.unwrap_or(left);
    if !may_refund(placed.order.total, &gone_back(payment, &refunds), amount) {
        return Err(RefundFault::TooMuch);
    }
    if amount == left {
        let refunding = placed.order.clone().refund(house.now());
        placed.order = refunding.map_err(|_| RefundFault::NotPaid)?;
        work.orders().save(placed).await?;
    }
    Ok(add(house, work, payment, placed, amount, reason, asked_by).await?)
}

/// Asks for the whole of a payment's share for one order back, whatever the order's state.
pub(crate) async fn refund_whole(
    house: &House,
    work: &mut UnitOfWork,
    payment: PaymentId,
    placed: &PlacedOrder,
    reason: &str,
) -> Result<(), Broken> {
    add(house, work, payment, placed, placed.order.total, reason, None).await.map(drop)
}

async fn add(
    house: &House,
    work: &mut UnitOfWork,
    payment: PaymentId,
    placed: &PlacedOrder,
    amount: Money,
    reason: &str,
    asked_by: Option<AccountId>,
) -> Result<KeptRefund, Broken> {
    let at = house.now();
    let kept = KeptRefund {
        id: RefundId::new(at, &mut house.rng()),
        payment,
        order: placed.id,
        amount,
        reason: reason.to_owned(),
        asked_by,
        refund: Refund::Asked { at },
        version: 0,
    };
    work.payments().add_refund(&kept).await?;
    Ok(kept)
}

/// The payment that paid an order, and how much of the order is left of it; `None` where nothing may go back.
pub(crate) fn refundable(
    order: &Order,
    payments: &[KeptPayment],
    refunds: &[KeptRefund],
) -> Option<(PaymentId, Money)> {
    let paid = payments.iter().find(|kept| matches!(kept.payment, Payment::Succeeded { .. }));
    let payment = paid.filter(|_| order.is_paid())?.id;
    let gone: u32 = gone_back(payment, refunds).iter().map(|money| money.as_fen()).sum();
    Some((payment, Money::from_fen(order.total.as_fen().saturating_sub(gone))))
}

/// What went back of a payment, or is about to.
fn gone_back(payment: PaymentId, refunds: &[KeptRefund]) -> Vec<Money> {
    refunds
        .iter()
        .filter(|kept| kept.payment == payment && !matches!(kept.refund, Refund::Failed { .. }))
        .map(|kept| kept.amount)
        .collect()
}

/// Hands refunds that were asked for to their provider, and takes over what it says. Asked again it changes nothing.
pub(crate) async fn send_refunds(house: &House) {
    const AT_ONCE: u32 = 100;
    let asked = async {
        let mut work = house.storage.read().await?;
        work.payments().refunds_asked(AT_ONCE).await
    };
    match asked.await {
        Ok(asked) => {
            for kept in asked {
                if let Err(error) = send(house, kept).await {
                    tracing::warn!(%error, "a refund could not be settled");
                }
            }
        }
        Err(error) => tracing::warn!(%error, "the refunds could not be read"),
    }
}

async fn send(house: &House, mut kept: KeptRefund) -> Result<(), Broken> {
    let mut work = house.storage.read().await?;
    let payment = work.payments().find(kept.payment).await?;
    let payment = payment.ok_or(Broken::Contradiction("a refund of no payment"))?;
    drop(work);
    let order = RefundOrder {
        payment: payment.id.to_string(),
        number: kept.id.to_string(),
        amount: kept.amount,
        total: payment.total,
        reason: kept.reason.clone(),
    };
    // A counter gives the money back by hand when staff ask for the refund.
    let answer = if payment.provider == COUNTER {
        Refunded::Done
    } else {
        let provider = house.provider(&payment.provider);
        let provider = provider.ok_or(Broken::Step("a refund's provider is not there any more"))?;
        provider.refund(&order).await.map_err(|_| Broken::Step("a provider gave no refund"))?
    };
    let at = house.now();
    let next = match answer {
        Refunded::Asked => return Ok(()),
        Refunded::Done => kept.refund.clone().done(at),
        Refunded::Refused => kept.refund.clone().failed(at),
    };
    kept.refund = next.map_err(|_| Broken::Contradiction("a refund that was asked for is settled"))?;
    let mut work = house.storage.begin().await?;
    work.payments().save_refund(&kept).await?;
    let mut topics = Vec::new();
    if let Some(mut placed) = work.orders().find(kept.order).await?
        && let (Refunded::Done, Ok(back)) = (answer, placed.order.clone().settle_refund(at))
    {
        placed.order = back;
        work.orders().save(&placed).await?;
        topics.push(Topic::Collection(placed.collection));
    }
    work.commit().await?;
    house.hub.tell(&topics);
    Ok(())
}
