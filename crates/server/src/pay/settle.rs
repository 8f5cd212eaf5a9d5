//! Preparing a payment, and the one way by which money makes orders paid.

use gradshot_domain::{AccountId, Money, OrderId, OrderState, Payer, Payment, PaymentId};
use gradshot_storage::{KeptPayment, PlacedOrder, StorageError, UnitOfWork};
use jiff::Timestamp;

use super::refunds::refund_whole;
use super::{PayError, PaySheet, Prepay, SANDBOX, Trade, send_refunds};
use crate::house::House;
use crate::live::Topic;
use crate::problem::{Broken, Internal};

/// Why a payment was not prepared.
#[derive(Debug)]
pub(crate) enum PrepareFault {
    /// Every order was paid already.
    Paid,
    /// An order is closed, or its time is over.
    Closed,
    /// The provider said no, or cannot be reached.
    Provider,
    Broken(Broken),
}

impl<E: Internal> From<E> for PrepareFault {
    fn from(error: E) -> Self {
        Self::Broken(error.into_broken())
    }
}

/// Prepares one payment of these orders with the sandbox. Call without holding a unit of work.
pub(crate) async fn prepare(
    house: &House,
    orders: &[OrderId],
    payer: Payer,
    account: Option<AccountId>,
) -> Result<(KeptPayment, PaySheet), PrepareFault> {
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let mut unpaid: Vec<PlacedOrder> = Vec::new();
    for order in orders {
        let placed = work.orders().find(*order).await?;
        let placed = placed.ok_or(Broken::Contradiction("a payment of no order"))?;
        match placed.order.state {
            OrderState::Unpaid { until } if at <= until => unpaid.push(placed),
            OrderState::Paid { .. } => {}
            _ => return Err(PrepareFault::Closed),
        }
    }
    let until = unpaid.iter().filter_map(|placed| match placed.order.state {
        OrderState::Unpaid { until } => Some(until),
        _ => None,
    });
    let until = until.min().ok_or(PrepareFault::Paid)?;
    let total: u64 = unpaid.iter().map(|placed| u64::from(placed.order.total.as_fen())).sum();
    let total = Money::from_fen(u32::try_from(total).map_err(|_| Broken::Step("too much money at once"))?);
    let kept = KeptPayment {
        id: PaymentId::new(at, &mut house.rng()),
        provider: SANDBOX.to_owned(),
        payer,
        account,
        total,
        created_at: at,
        payment: Payment::Prepared { until },
        version: 0,
    };
    let ids: Vec<_> = unpaid.iter().map(|placed| placed.id).collect();
    work.payments().add(&kept, &ids).await?;
    work.commit().await?;
    let prepay = Prepay {
        number: kept.id.to_string(),
        total,
        description: "毕业证照采集".to_owned(),
        until,
        notify_url: format!("{}/api/payments/callback/{SANDBOX}", house.public_url),
    };
    let provider = house.provider(&kept.provider).ok_or(PrepareFault::Provider)?;
    match provider.prepay(&prepay).await {
        Ok(sheet) => Ok((kept, sheet)),
        Err(error) => {
            tracing::warn!(%error, payment = %kept.id, "a payment was not prepared");
            Err(PrepareFault::Provider)
        }
    }
}

/// Takes over what a provider says of a payment. The same again changes nothing.
pub(crate) async fn settle(house: &House, id: PaymentId, trade: &Trade) -> Result<(), Broken> {
    let Trade::Paid { transaction, total, at } = trade else { return Ok(()) };
    let mut work = house.storage.begin().await?;
    let mut kept = work.payments().find(id).await?.ok_or(Broken::Step("money for an unknown payment"))?;
    if matches!(kept.payment, Payment::Succeeded { .. }) {
        return Ok(());
    }
    if *total != kept.total {
        tracing::error!(payment = %id, "another amount was paid than asked for");
        return Err(Broken::Step("another amount was paid than asked for"));
    }
    let succeeded = kept.payment.clone().succeed(transaction.clone(), *at);
    kept.payment = succeeded.map_err(|_| Broken::Contradiction("a payment cannot succeed"))?;
    work.payments().save(&kept).await?;
    let mut topics = Vec::new();
    for order in work.payments().orders_of(id).await? {
        topics.push(pay_one(house, &mut work, &kept, order, *at).await?);
    }
    work.commit().await?;
    house.hub.tell(&topics);
    send_refunds(house).await;
    Ok(())
}

/// Makes one order paid; money for an order that was closed or paid otherwise goes back.
async fn pay_one(
    house: &House,
    work: &mut UnitOfWork,
    payment: &KeptPayment,
    order: OrderId,
    at: Timestamp,
) -> Result<Topic, Broken> {
    let placed = work.orders().find(order).await?.ok_or(Broken::Contradiction("a payment of no order"))?;
    work.collections().lock(placed.collection).await?;
    // Read again now that nobody else changes it.
    let mut placed =
        work.orders().find(order).await?.ok_or(Broken::Contradiction("a payment of no order"))?;
    match placed.order.clone().pay(at) {
        Ok(paid) => {
            placed.order = paid;
            work.orders().save(&placed).await?;
        }
        Err(_) => refund_whole(house, work, payment.id, &placed, "订单已关闭或已支付").await?,
    }
    Ok(Topic::Collection(placed.collection))
}

/// Asks the provider how a payment stands and takes the answer over.
pub(crate) async fn check(house: &House, id: PaymentId) -> Result<Trade, Broken> {
    let mut work = house.storage.read().await?;
    let kept = work.payments().find(id).await?.ok_or(Broken::Step("an unknown payment is asked for"))?;
    drop(work);
    let Some(provider) = house.provider(&kept.provider) else { return Ok(Trade::Waiting) };
    let trade = match provider.query(&id.to_string()).await {
        Ok(trade) => trade,
        Err(error) => {
            tracing::warn!(%error, payment = %id, "a payment could not be queried");
            return Ok(Trade::Waiting);
        }
    };
    settle(house, id, &trade).await?;
    Ok(trade)
}

/// Closes what nobody paid in time, at the provider first: money that comes at the last moment is taken. Says how many
/// payments were closed.
pub(crate) async fn close_late(house: &House) -> Result<usize, Broken> {
    const AT_ONCE: u32 = 200;
    let at = house.now();
    let mut work = house.storage.read().await?;
    let prepared = work.payments().prepared(AT_ONCE).await?;
    drop(work);
    let mut closed = 0;
    for mut kept in prepared {
        let Payment::Prepared { until } = kept.payment else { continue };
        if until > at || matches!(check(house, kept.id).await?, Trade::Paid { .. }) {
            continue;
        }
        let Some(provider) = house.provider(&kept.provider) else { continue };
        match provider.close(&kept.id.to_string()).await {
            Ok(()) | Err(PayError::Refused(_)) => {}
            Err(error) => {
                tracing::warn!(%error, payment = %kept.id, "a payment could not be closed");
                continue;
            }
        }
        let mut work = house.storage.begin().await?;
        kept.payment = kept.payment.close(at).map_err(|_| Broken::Step("a payment cannot be closed"))?;
        match work.payments().save(&kept).await {
            Err(StorageError::Stale { .. }) => continue,
            saved => saved?,
        }
        for order in work.payments().orders_of(kept.id).await? {
            if let Some(mut placed) = work.orders().find(order).await?
                && let Ok(late) = placed.order.clone().close(at)
            {
                placed.order = late;
                work.orders().save(&placed).await?;
                house.hub.tell(&[Topic::Collection(placed.collection)]);
            }
        }
        work.commit().await?;
        closed += 1;
    }
    Ok(closed)
}
