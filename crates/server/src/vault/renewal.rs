//! Where everything is that the vault's keys seal, and sealing it anew once another key is in use.

use std::collections::BTreeMap;

use gradshot_domain::BundleId;
use gradshot_seal::{FieldKeys, KeyName, KeyRing};
use gradshot_storage::{BlobKey, Blobs, SealedColumn, SealedValue, Storage};
use rand::rngs::StdRng;

use crate::limits;
use crate::problem::Broken;

/// Every column of sealed values that stay, with the name of the place that each value is bound to. What is forgotten
/// within a day by itself (`kept_answers`) is not among them.
pub(crate) const SEALED: &[(SealedColumn, &str)] = &[
    (column("bundles", "id", "sealed_names"), "bundles.names"),
    (column("campaigns", "id", "sealed_private_key"), "campaigns.private_key"),
    (column("collections", "id", "sealed_image_code"), "collections.image_code"),
    (column("conversation_lines", "id", "sealed_attachment"), "conversation_lines.attachment"),
    (column("conversation_lines", "id", "sealed_text"), "conversation_lines.text"),
    (column("identities", "id", "sealed"), "accounts.login"),
    (column("invoices", "order_id", "sealed_email"), "invoices.email"),
    (column("invoices", "order_id", "sealed_tax_number"), "invoices.tax_number"),
    (column("invoices", "order_id", "sealed_title"), "invoices.title"),
    (column("messages", "id", "sealed_text"), "messages.text"),
    (column("messages", "id", "sealed_to"), "messages.to"),
    (column("portraits", "id", "sealed_verdict"), "portraits.verdict"),
    (column("print_orders", "id", "sealed_recipient"), "print_orders.recipient"),
    (column("roster_entries", "id", "sealed_id_last4"), "roster_entries.id_last4"),
    (column("roster_entries", "id", "sealed_name"), "roster_entries.name"),
    (column("roster_entries", "id", "sealed_student_number"), "roster_entries.student_number"),
    (column("roster_requests", "id", "sealed_id_last4"), "roster_requests.id_last4"),
    (column("roster_requests", "id", "sealed_name"), "roster_requests.name"),
    (column("roster_requests", "id", "sealed_note"), "roster_requests.note"),
    (column("roster_requests", "id", "sealed_student_number"), "roster_requests.student_number"),
    (column("shots", "id", "sealed_key"), "shots.key"),
    (column("shots", "id", "sealed_verdict"), "shots.verdict"),
];

const fn column(table: &'static str, key: &'static str, column: &'static str) -> SealedColumn {
    SealedColumn { table, key, column }
}

/// The columns that are sealed anew when the key in use changes, as `table.column`.
pub fn sealed_columns() -> Vec<String> {
    SEALED.iter().map(|(of, _)| format!("{}.{}", of.table, of.column)).collect()
}

/// How many values each key seals, and how many none of them opens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SealCount {
    /// By key; one that seals nothing is not here.
    pub by_key: BTreeMap<KeyName, u64>,
    /// Values that no key of the ring opens.
    pub closed: u64,
    /// Values that were sealed anew with the key in use.
    pub renewed: u64,
}

/// Why seals could not be counted or renewed.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct SealsError(Box<dyn std::error::Error + Send + Sync>);

/// Looks at everything that is sealed and counts by which key. Changes nothing.
pub async fn count_seals(storage: &Storage, blobs: &Blobs, ring: &KeyRing) -> Result<SealCount, SealsError> {
    let keys = ring.field_keys();
    go_through(storage, blobs, &keys, None).await.map_err(|error| SealsError(Box::new(error)))
}

/// Seals everything anew that another key than the one in use has sealed.
pub(crate) async fn renew_seals(
    storage: &Storage,
    blobs: &Blobs,
    keys: &FieldKeys,
    rng: &mut StdRng,
) -> Result<SealCount, Broken> {
    go_through(storage, blobs, keys, Some(rng)).await
}

/// With randomness, seals anew.
async fn go_through(
    storage: &Storage,
    blobs: &Blobs,
    keys: &FieldKeys,
    mut rng: Option<&mut StdRng>,
) -> Result<SealCount, Broken> {
    let mut count = SealCount::default();
    for (of, place) in SEALED.iter().copied() {
        let mut after = String::new();
        loop {
            let page = storage.read().await?.seals().page(of, &after, limits::JOB_ROWS).await?;
            let Some(last) = page.last() else { break };
            after.clone_from(&last.key);
            let mut stale: Vec<(SealedValue, Vec<u8>)> = Vec::new();
            for value in page {
                let bound = format!("{place}.{}", value.key);
                let anew = count.look(keys, &value.sealed, &bound, rng.as_deref_mut());
                stale.extend(anew.map(|anew| (value, anew)));
            }
            if !stale.is_empty() {
                let mut work = storage.begin().await?;
                for (old, new) in stale {
                    // What was changed meanwhile was sealed with the key in use.
                    work.seals().replace(of, &old, new).await?;
                }
                work.commit().await?;
            }
        }
    }
    let mut after = String::new();
    loop {
        let page: Vec<BundleId> = storage.read().await?.seals().bundles(&after, limits::JOB_ROWS).await?;
        let Some(last) = page.last() else { return Ok(count) };
        after = last.to_string();
        for bundle in page {
            let blob = BlobKey::bundle(bundle);
            let sealed = blobs.fetch(&blob).await?;
            let anew = count.look(keys, &sealed, &format!("bundles.{bundle}"), rng.as_deref_mut());
            if let Some(anew) = anew {
                blobs.keep(&blob, anew).await?;
            }
        }
    }
}

impl SealCount {
    /// Counts a value; gives it sealed anew if it should be.
    fn look(
        &mut self,
        keys: &FieldKeys,
        sealed: &[u8],
        bound: &str,
        rng: Option<&mut StdRng>,
    ) -> Option<Vec<u8>> {
        let Ok((name, plain)) = keys.open_telling(sealed, bound) else {
            self.closed += 1;
            return None;
        };
        let anew = rng.filter(|_| name != keys.in_use()).map(|rng| keys.seal(&plain, bound, rng));
        let name = if anew.is_some() { keys.in_use() } else { name };
        *self.by_key.entry(name).or_default() += 1;
        self.renewed += u64::from(anew.is_some());
        anew
    }
}
