//! Telling scanned and typed texts apart.

use gradshot_domain::TicketNumber;
use gradshot_seal::{InvalidTicket, TicketKey};
use gradshot_wire::desk::DeskSettings;
use gradshot_wire::station::StationProfile;
use jiff::Timestamp;

use crate::session::{Failure, Pass, Scanned};

/// Reads what a scanner typed, with what it is set to type around a code, or a person entered. Needs no network: the
/// ticket's signature is enough.
pub(super) fn read(
    text: &str,
    settings: &DeskSettings,
    key: &TicketKey,
    profile: &StationProfile,
    at: Timestamp,
) -> Scanned {
    let text = text.trim();
    let text = text.strip_prefix(settings.scanner_prefix.as_str()).unwrap_or(text);
    let text = text.strip_suffix(settings.scanner_suffix.as_str()).unwrap_or(text);
    if let Ok(number) = text.parse::<TicketNumber>() {
        return Scanned::Number(number);
    }
    match key.verify(text, profile.studio, at) {
        Ok(claims) => Scanned::Ticket(Pass {
            ticket: claims.ticket,
            number: claims.number,
            masked_name: claims.masked_name,
            campaign: claims.campaign,
            category: claims.category,
        }),
        Err(error) => Scanned::Wrong(explain(error)),
    }
}

fn explain(error: InvalidTicket) -> Failure {
    match error {
        InvalidTicket::NotATicket => Failure::new(
            "这不是排号码，请学生打开手机上的排号页",
            "This code is not a ticket: ask the student to open the ticket page",
        ),
        InvalidTicket::Forged => Failure::new(
            "这个排号码不是本系统签发的，请核对学生的手机页面",
            "This ticket was not issued by this system: check the student's phone",
        ),
        InvalidTicket::OtherDay => Failure::new(
            "这是另一天的排号码，请学生重新取号",
            "This ticket is of another day: ask for a new one",
        ),
        InvalidTicket::OtherStudio => Failure::new(
            "这是另一家照相馆的排号码，请学生确认地点",
            "This ticket is for another studio: ask the student to check the place",
        ),
    }
}
