//! From rows and sealed bytes to a bundle's file: the first time, and anew.

use std::sync::Arc;

use gradshot_domain::FileNaming;
use gradshot_storage::{Campaign, HandOverLine, Opener, OpeningReason};
use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};
use zeroize::Zeroizing;

use super::{Item, Packed, Rule, pack};
use crate::house::House;
use crate::problem::Broken;

/// Opens portraits and image codes, and packs them. The same lines, rule and moment give the same bytes.
pub(crate) async fn assemble(
    house: &Arc<House>,
    campaign: &Campaign,
    lines: &[HandOverLine],
    naming: &FileNaming,
    made_at: Timestamp,
    opener: Opener,
) -> Result<Packed, Broken> {
    let portraits: Vec<_> = lines.iter().map(|line| &line.portrait).collect();
    let opened = house.open_portraits(&portraits, campaign, opener, OpeningReason::HandOver).await?;
    let mut work = house.storage.read().await?;
    let mut items = Vec::with_capacity(lines.len());
    for (line, opened) in lines.iter().zip(opened) {
        let mut student_number = Zeroizing::new(String::new());
        if naming.names_students() {
            let entry = work.roster().find(line.roster_entry).await?;
            let entry = entry.ok_or(Broken::Contradiction("a collection without roster entry"))?;
            house.vault.open_roster_entry(&entry)?.number.as_str().clone_into(&mut student_number);
        }
        items.push(Item {
            jpeg: opened.jpeg,
            spec: line.portrait.spec.clone(),
            school_code: campaign.code.clone(),
            category: line.category,
            image_code: house.vault.open_image_code(line.portrait.collection, &line.sealed_image_code)?,
            sealed_at: line.portrait.sealed_at,
            outcome: line.portrait.outcome,
            student_number,
        });
    }
    drop(work);
    let date = made_at.to_zoned(TimeZone::fixed(offset(8))).strftime("%Y%m%d").to_string();
    let rule = Rule { naming: naming.clone(), date, made_at };
    let house = Arc::clone(house);
    tokio::task::spawn_blocking(move || pack(&items, &rule, house.vault.bundles()))
        .await
        .map_err(|_| Broken::Step("a bundle could not be packed"))?
        .map_err(|_| Broken::Step("a bundle could not be packed"))
}
