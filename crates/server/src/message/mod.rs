//! Messages to people: written with the change that they tell of, sent once that is kept.
//!
//! [`queue`] puts a message into the outbox of the same unit of work; [`deliver_due`] sends what is due, whoever calls
//! it: the endpoint right after its commit, and a job again and again for what failed.

mod deliver;
mod notice;
mod sender;

use gradshot_domain::{AccountId, IdentityKind, MessageId, PhoneNumber};
use gradshot_storage::{NewMessage, UnitOfWork};

pub(crate) use deliver::deliver_due;
pub(crate) use notice::{Language, Notice};
pub use sender::{LocalSender, Outgoing, SendError, Sender};

use crate::house::House;
use crate::problem::Broken;

/// Where addresses and texts rest.
pub(crate) const TO: &str = "messages.to";
pub(crate) const TEXT: &str = "messages.text";

/// Puts a message to a phone number into the outbox.
pub(crate) async fn queue(
    house: &House,
    work: &mut UnitOfWork,
    phone: &PhoneNumber,
    account: Option<AccountId>,
    notice: &Notice,
    language: Language,
) -> Result<(), Broken> {
    let (at, mut rng) = (house.now(), house.rng());
    let id = MessageId::new(at, &mut rng);
    let message = NewMessage {
        id,
        account,
        channel: "sms",
        template: notice.template(),
        language: language.tag(),
        sealed_to: house.vault.seal_text(TO, id, phone.as_str(), &mut rng),
        sealed_text: house.vault.seal_text(TEXT, id, &notice.text(language), &mut rng),
        created_at: at,
    };
    Ok(work.messages().add(message).await?)
}

/// Puts a message to an account's phone into the outbox; an account without a phone gets none.
pub(crate) async fn queue_to_account(
    house: &House,
    work: &mut UnitOfWork,
    account: AccountId,
    notice: &Notice,
) -> Result<(), Broken> {
    let identities = work.identities().of_account(account).await?;
    let Some(identity) = identities.iter().find(|identity| identity.kind == IdentityKind::Phone) else {
        return Ok(());
    };
    let phone = house.vault.open_identity(identity.id, &identity.sealed)?;
    let phone = phone.parse().map_err(|_| Broken::Contradiction("an account's phone number is none"))?;
    queue(house, work, &phone, Some(account), notice, Language::Zh).await
}
