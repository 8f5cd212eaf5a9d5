//! Redeeming a code by SMS.

use gradshot_domain::{CodePurpose, PhoneNumber, parse_one_time_code};

use crate::house::House;
use crate::problem::Broken;

/// Whether this is the code that was sent to this number for this purpose. Each try counts, and a code is good once.
pub(in crate::api) async fn redeem_code(
    house: &House,
    phone: &PhoneNumber,
    purpose: CodePurpose,
    code: &str,
) -> Result<bool, Broken> {
    let Some(code) = parse_one_time_code(code) else { return Ok(false) };
    let number = house.vault.phone_index(phone);
    let index = house.vault.sms_code_index(&number, purpose, code);
    let mut work = house.storage.begin().await?;
    let right = work.sms_codes().redeem(&number, purpose, &index, house.now()).await?;
    work.commit().await?;
    Ok(right)
}
