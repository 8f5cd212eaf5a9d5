//! `POST /api/account/close`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{CodePurpose, IdentityKind, PortraitState};
use gradshot_wire::rights::{AccountClosed, CloseAccount};

use crate::api::identity::redeem_code;
use crate::caller::Student;
use crate::house::House;
use crate::input::Body;
use crate::limits;
use crate::problem::{Broken, faults};

faults! {
    /// Why an account was not closed.
    CloseAccountFault { SmsCodeWrong, AccountInUse, ParcelOnItsWay }
}

/// Closes the caller's account by a code that was sent to the phone, and deletes what may go. Not while a portrait is
/// on its way to the registry: withdraw it first, or wait for the answer.
#[utoipa::path(
    post, path = "/api/account/close", tag = "identity", request_body = CloseAccount,
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "Closed; everybody is signed out", body = AccountClosed), CloseAccountFault)
)]
pub(crate) async fn close_account(
    State(house): State<Arc<House>>,
    student: Student,
    Body(CloseAccount { code }): Body<CloseAccount>,
) -> Result<Json<AccountClosed>, CloseAccountFault> {
    let mut work = house.storage.read().await?;
    let identities = work.identities().of_account(student.id).await?;
    drop(work);
    let phone = identities.iter().find(|identity| identity.kind == IdentityKind::Phone);
    let phone = phone.ok_or(CloseAccountFault::SmsCodeWrong)?;
    let phone = house.vault.open_identity(phone.id, &phone.sealed)?;
    let phone = phone.parse().map_err(|_| Broken::Contradiction("an account's phone number is none"))?;
    if !redeem_code(&house, &phone, CodePurpose::DeleteAccount, &code).await? {
        return Err(CloseAccountFault::SmsCodeWrong);
    }
    let mut work = house.storage.begin().await?;
    for collection in work.collections().of_account(student.id, limits::COLLECTIONS).await? {
        work.collections().lock(collection.id).await?;
        let portraits =
            work.portraits().of_collection(collection.id, limits::PORTRAITS_OF_COLLECTION).await?;
        if portraits.iter().any(|stored| is_on_its_way(&stored.portrait.state)) {
            return Err(CloseAccountFault::AccountInUse);
        }
        for kept in work.print_orders().of_collection(collection.id, limits::PRINT_ORDERS).await? {
            let placed = work.orders().find(kept.id).await?;
            let placed = placed.ok_or(Broken::Contradiction("a print order without order"))?;
            if kept.print.needs_address(&placed.order) {
                return Err(CloseAccountFault::ParcelOnItsWay);
            }
        }
    }
    let deleted = work.rights().close_account(student.id, house.now()).await?;
    work.commit().await?;
    tracing::info!(account = %student.id, "an account was closed");
    Ok(Json(AccountClosed {
        identities: deleted.identities,
        sessions: deleted.sessions,
        messages: deleted.messages,
        conversation_lines: deleted.conversation_lines,
        roster_requests: deleted.roster_requests,
        invoices: deleted.invoices,
        recipients: deleted.recipients,
        zh_kept: "授权记录、订单与已上网的标准照按法律与学校约定的期限保存，到期删除，已与您的手机号解除关联。".to_owned(),
        en_kept: "Consents, orders and portraits that were handed over are kept for as long as the law and the school \
                  ask, apart from your phone number, and deleted then."
            .to_owned(),
    }))
}

const fn is_on_its_way(state: &PortraitState) -> bool {
    matches!(
        state,
        PortraitState::Confirmed { .. }
            | PortraitState::InReview { .. }
            | PortraitState::SecondLook { .. }
            | PortraitState::Approved { .. }
            | PortraitState::HandedOver { .. }
    )
}
