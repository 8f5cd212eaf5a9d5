//! `POST` and `GET /api/pay-groups`, `POST …/{code}/join`, `GET …/{code}` and `POST …/{code}/pay`: a class leader pays for a group.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{Money, OrderId, PayGroupId, Payer, campaign_code};
use gradshot_storage::{PayGroup, UnitOfWork};
use gradshot_wire::collection::{OrderStateName, PayOrder, PaymentProvider};
use gradshot_wire::pay::{self as wire, JoinPayGroup, NewPayGroup};

use super::{group_order, owned};
use crate::api::plain_text;
use crate::caller::Student;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::pay::{self, PrepareFault};
use crate::problem::{Broken, faults};

faults! {
    /// Why no group was made.
    MakePayGroupFault { PayGroupTitle, CampaignNotFound, PayerNotOffered }
}
faults! {
    /// Why nobody joined.
    JoinPayGroupFault { PayGroupUnknown, OrderNotFound, PayGroupOther, PayGroupFull }
}
faults! {
    /// Why a group was not shown.
    GetPayGroupFault { PayGroupUnknown }
}
faults! {
    /// Why groups were not listed.
    ListPayGroupsFault {}
}
faults! {
    /// Why a group was not paid for.
    PayGroupFault { PaymentSandboxOff, PayGroupUnknown, OrderClosed, PaymentProviderDown }
}

/// Groups of one leader that are listed.
const GROUPS: u32 = 20;
/// Orders of one group.
const ORDERS: u32 = 200;
const TITLE_CHARS: usize = 30;

/// Makes a group whose orders the caller pays together, where the campaign lets a class leader pay.
#[utoipa::path(
    post, path = "/api/pay-groups", tag = "orders", request_body = NewPayGroup,
    security(("session" = []), ("cookie" = [])),
    responses((status = 201, description = "The group", body = wire::PayGroup), MakePayGroupFault)
)]
pub(crate) async fn make_pay_group(
    State(house): State<Arc<House>>,
    student: Student,
    Body(request): Body<NewPayGroup>,
) -> Result<(StatusCode, Json<wire::PayGroup>), MakePayGroupFault> {
    let title = plain_text(&request.title, TITLE_CHARS).ok_or(MakePayGroupFault::PayGroupTitle)?;
    let (at, mut rng) = (house.now(), house.rng());
    let mut work = house.storage.begin().await?;
    let campaign = work.campaigns().find(request.campaign).await?;
    let campaign = campaign.ok_or(MakePayGroupFault::CampaignNotFound)?;
    if !campaign.policy.payers.contains(&Payer::ClassLeader) {
        return Err(MakePayGroupFault::PayerNotOffered);
    }
    let group = PayGroup {
        id: PayGroupId::new(at, &mut rng),
        leader: student.id,
        campaign: campaign.id,
        title,
        code: campaign_code(&mut rng),
        created_at: at,
    };
    work.paying().add_group(&group).await?;
    let shown = shown(&house, &mut work, group).await?;
    work.commit().await?;
    Ok((StatusCode::CREATED, Json(shown)))
}

/// Puts one's own order into a group; an order is in one group at most.
#[utoipa::path(
    post, path = "/api/pay-groups/{code}/join", tag = "orders", params(("code" = String, Path)),
    request_body = JoinPayGroup, security(("session" = []), ("cookie" = [])),
    responses((status = 204, description = "Joined"), JoinPayGroupFault)
)]
pub(crate) async fn join_pay_group(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(code): InPath<String>,
    Body(JoinPayGroup { order }): Body<JoinPayGroup>,
) -> Result<StatusCode, JoinPayGroupFault> {
    let mut work = house.storage.begin().await?;
    let group = work.paying().group_by_code(code.trim()).await?.ok_or(JoinPayGroupFault::PayGroupUnknown)?;
    let found = owned(&mut work, &student, order).await?;
    let (_, collection) = found.ok_or(JoinPayGroupFault::OrderNotFound)?;
    if collection.campaign != group.campaign {
        return Err(JoinPayGroupFault::PayGroupOther);
    }
    if work.paying().orders_of_group(group.id, ORDERS).await?.len() >= ORDERS as usize {
        return Err(JoinPayGroupFault::PayGroupFull);
    }
    work.paying().join_group(order, group.id).await?;
    work.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The caller's groups, the newest first, at most 20.
#[utoipa::path(
    get, path = "/api/pay-groups", tag = "orders", security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The groups", body = wire::PayGroups), ListPayGroupsFault)
)]
pub(crate) async fn list_pay_groups(
    State(house): State<Arc<House>>,
    student: Student,
) -> Result<Json<wire::PayGroups>, ListPayGroupsFault> {
    let mut work = house.storage.read().await?;
    let mut groups = Vec::new();
    for group in work.paying().groups_of_leader(student.id, GROUPS).await? {
        groups.push(shown(&house, &mut work, group).await?);
    }
    Ok(Json(wire::PayGroups { groups }))
}

/// A group with its orders, masked; for its leader.
#[utoipa::path(
    get, path = "/api/pay-groups/{code}", tag = "orders", params(("code" = String, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The group", body = wire::PayGroup), GetPayGroupFault)
)]
pub(crate) async fn get_pay_group(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(code): InPath<String>,
) -> Result<Json<wire::PayGroup>, GetPayGroupFault> {
    let mut work = house.storage.read().await?;
    let found = led(&mut work, &student, &code).await?;
    let group = found.ok_or(GetPayGroupFault::PayGroupUnknown)?;
    Ok(Json(shown(&house, &mut work, group).await?))
}

/// Pays all orders of the group that are still to be paid, with one payment.
#[utoipa::path(
    post, path = "/api/pay-groups/{code}/pay", tag = "orders", params(("code" = String, Path)),
    request_body = PayOrder, security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The group", body = wire::PayGroup), PayGroupFault)
)]
pub(crate) async fn pay_group(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(code): InPath<String>,
    Body(PayOrder { provider: PaymentProvider::Sandbox }): Body<PayOrder>,
) -> Result<Json<wire::PayGroup>, PayGroupFault> {
    if !house.sandbox_payments {
        return Err(PayGroupFault::PaymentSandboxOff);
    }
    let mut work = house.storage.read().await?;
    let group = led(&mut work, &student, &code).await?.ok_or(PayGroupFault::PayGroupUnknown)?;
    let all = shown(&house, &mut work, group.clone()).await?;
    drop(work);
    let unpaid: Vec<OrderId> = all
        .orders
        .iter()
        .filter(|order| order.state == OrderStateName::Unpaid)
        .map(|order| order.order)
        .collect();
    match pay::prepare(&house, &unpaid, Payer::ClassLeader, Some(student.id)).await {
        Ok((kept, _)) => {
            let paid = house.sandbox.pay(&kept.id.to_string(), house.now());
            paid.map_err(|_| PayGroupFault::PaymentProviderDown)?;
            pay::check(&house, kept.id).await?;
        }
        Err(PrepareFault::Paid) => {}
        Err(PrepareFault::Closed) => return Err(PayGroupFault::OrderClosed),
        Err(PrepareFault::Provider) => return Err(PayGroupFault::PaymentProviderDown),
        Err(PrepareFault::Broken(broken)) => return Err(broken.into()),
    }
    let mut work = house.storage.read().await?;
    Ok(Json(shown(&house, &mut work, group).await?))
}

async fn led(work: &mut UnitOfWork, student: &Student, code: &str) -> Result<Option<PayGroup>, Broken> {
    let found = work.paying().group_by_code(code.trim()).await?;
    Ok(found.filter(|group| group.leader == student.id))
}

async fn shown(house: &House, work: &mut UnitOfWork, group: PayGroup) -> Result<wire::PayGroup, Broken> {
    let at = house.now();
    let mut orders = Vec::new();
    for id in work.paying().orders_of_group(group.id, ORDERS).await? {
        let placed = work.orders().find(id).await?.ok_or(Broken::Contradiction("a group of no order"))?;
        let collection = work.collections().find(placed.collection).await?;
        let collection = collection.ok_or(Broken::Contradiction("an order without collection"))?;
        orders.push(group_order(house, &placed, &collection, at)?);
    }
    let unpaid = orders.iter().filter(|order| order.state == OrderStateName::Unpaid);
    let unpaid_total = Money::from_fen(unpaid.map(|order| order.total.as_fen()).sum());
    Ok(wire::PayGroup { code: group.code, title: group.title, orders, unpaid_total })
}
