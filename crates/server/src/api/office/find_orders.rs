//! `POST /api/office/orders/search`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{AccountId, IdLast4, PersonName, PhoneNumber, Route};
use gradshot_storage::{self as storage, Opener, OpeningReason, OrdersWanted, PersonalData};
use gradshot_wire::collection::OrderStateName;
use gradshot_wire::office_order::{FindOrders, FoundOrders, OrderKind};

use crate::api::support::search::{Known, SearchFault, search};
use crate::caller::Support;
use crate::house::House;
use crate::input::Body;
use crate::problem::faults;
use crate::{limits, view};

faults! {
    /// Why orders were not looked for.
    FindOrdersFault {
        PhoneMalformed, NameMalformed, IdLast4Malformed, OrderNumber, OrderDays, StudentNotFound, StudentSearchLocked,
    }
}
use FindOrdersFault as Fault;

/// Orders by number, student, state, kind, studio, campaign and day, the newest first. Whoever is looked for by phone
/// number or name gets that look written down; those whom nobody is are counted, so that none are guessed.
#[utoipa::path(
    post, path = "/api/office/orders/search", tag = "office", request_body = FindOrders,
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "One page", body = FoundOrders), FindOrdersFault)
)]
pub(crate) async fn find_orders(
    State(house): State<Arc<House>>,
    support: Support,
    Body(request): Body<FindOrders>,
) -> Result<Json<FoundOrders>, Fault> {
    if request.from.zip(request.to).is_some_and(|(from, to)| to < from) {
        return Err(Fault::OrderDays);
    }
    let number =
        request.number.as_deref().map(|text| order_number(text).ok_or(Fault::OrderNumber)).transpose()?;
    let wanted = OrdersWanted {
        number,
        accounts: accounts(&house, &support, &request).await?,
        state: request.state.map(in_table),
        kind: request.kind.map(|kind| match kind {
            OrderKind::Phone => storage::OrderKind::Portrait(Route::Phone),
            OrderKind::Studio => storage::OrderKind::Portrait(Route::Studio),
            OrderKind::Prints => storage::OrderKind::Prints,
        }),
        studio: request.studio,
        campaign: request.campaign,
        from: request.from,
        to: request.to,
        before: request.before,
    };
    let mut work = house.storage.read().await?;
    let found = work.orders().search(&wanted, limits::PAGE).await?;
    let is_full = found.len() == limits::PAGE as usize;
    let next = found.last().map(|found| found.placed.id).filter(|_| is_full);
    let at = house.now();
    let orders =
        found.iter().map(|found| view::office_order(&house.vault, found, at)).collect::<Result<_, _>>()?;
    Ok(Json(FoundOrders { orders, next }))
}

/// Whose orders are looked for; anybody's when nothing is said of the student.
async fn accounts(
    house: &House,
    support: &Support,
    request: &FindOrders,
) -> Result<Option<Vec<AccountId>>, Fault> {
    let known = match (&request.phone, &request.name, &request.id_last4) {
        (Some(phone), _, _) => Known::Phone(phone.parse::<PhoneNumber>().map_err(|_| Fault::PhoneMalformed)?),
        (None, None, None) => return Ok(None),
        (None, name, last4) => {
            let name = name.as_deref().unwrap_or_default().parse::<PersonName>();
            let last4 = last4.as_deref().unwrap_or_default().parse::<IdLast4>();
            Known::Name(name.map_err(|_| Fault::NameMalformed)?, last4.map_err(|_| Fault::IdLast4Malformed)?)
        }
    };
    let found = search(house, support.id, &known).await.map_err(|fault| match fault {
        SearchFault::NotFound => Fault::StudentNotFound,
        SearchFault::Locked => Fault::StudentSearchLocked,
        SearchFault::Broken(broken) => broken.into(),
    })?;
    let opener = Opener::Account(support.id);
    house.note_accesses(&found, PersonalData::Orders, opener, OpeningReason::PhoneSearch).await?;
    Ok(Some(found))
}

/// An order's number, or how it ends, as it is kept.
fn order_number(text: &str) -> Option<String> {
    let number = text.trim().trim_start_matches('…').to_ascii_lowercase();
    let fits = (limits::ORDER_NUMBER_CHARS..=limits::SEARCH_CHARS).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    fits.then_some(number)
}

const fn in_table(state: OrderStateName) -> &'static str {
    match state {
        OrderStateName::Unpaid => "unpaid",
        OrderStateName::Paid => "paid",
        OrderStateName::Refunding => "refunding",
        OrderStateName::Refunded => "refunded",
        OrderStateName::Closed => "closed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_known_by_its_end() {
        assert_eq!(order_number(" C9D4768111 ").as_deref(), Some("c9d4768111"));
        assert_eq!(order_number("…768111").as_deref(), Some("768111"));
        assert!(order_number("019e3898-d280-7428-a4e6-c3c9d4768111").is_some());
        for wrong in ["", "68111", "%%%%%%%", "订单号订单号"] {
            assert_eq!(order_number(wrong), None, "{wrong}");
        }
    }
}
