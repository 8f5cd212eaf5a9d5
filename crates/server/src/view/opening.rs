//! Looks at portraits and people, in the wire's words.

use gradshot_storage::{Opener, Opening, OpeningReason, OpeningSubject, PersonalData};
use gradshot_wire::rights::{AccessReason, AccessedBy, AccessedData};

/// What was opened.
pub(crate) const fn accessed(subject: &OpeningSubject) -> AccessedData {
    match subject {
        OpeningSubject::Portrait(_) => AccessedData::Portrait,
        OpeningSubject::Bundle(_) => AccessedData::Bundle,
        OpeningSubject::Person(_, PersonalData::Everything) => AccessedData::Everything,
        OpeningSubject::Person(_, PersonalData::RosterRequest) => AccessedData::RosterRequest,
        OpeningSubject::Person(_, PersonalData::Recipient) => AccessedData::Recipient,
        OpeningSubject::Person(_, PersonalData::Conversation) => AccessedData::Conversation,
        OpeningSubject::Person(_, PersonalData::Progress) => AccessedData::Progress,
        OpeningSubject::Person(_, PersonalData::Orders) => AccessedData::Orders,
    }
}

/// The role in which somebody else looked: it follows from why.
pub(crate) const fn accessed_by(opening: &Opening) -> AccessedBy {
    match (opening.opener, opening.reason) {
        (Opener::Station(_), _) => AccessedBy::Station,
        (_, OpeningReason::Review) => AccessedBy::Reviewer,
        (_, OpeningReason::RosterRequest) => AccessedBy::School,
        (_, OpeningReason::Support | OpeningReason::PhoneSearch) => AccessedBy::Support,
        _ => AccessedBy::Admin,
    }
}

/// Why it was opened.
pub(crate) const fn access_reason(reason: OpeningReason) -> AccessReason {
    match reason {
        OpeningReason::Arrival => AccessReason::Arrival,
        OpeningReason::ShownToOwner => AccessReason::ShownToOwner,
        OpeningReason::Review => AccessReason::Review,
        OpeningReason::HandOver => AccessReason::HandOver,
        OpeningReason::Download => AccessReason::Download,
        OpeningReason::Export => AccessReason::Export,
        OpeningReason::Print => AccessReason::Print,
        OpeningReason::Support => AccessReason::Support,
        OpeningReason::PhoneSearch => AccessReason::PhoneSearch,
        OpeningReason::RosterRequest => AccessReason::RosterRequest,
    }
}

/// The same as it is kept.
pub(crate) const fn opening_reason(reason: AccessReason) -> OpeningReason {
    match reason {
        AccessReason::Arrival => OpeningReason::Arrival,
        AccessReason::ShownToOwner => OpeningReason::ShownToOwner,
        AccessReason::Review => OpeningReason::Review,
        AccessReason::HandOver => OpeningReason::HandOver,
        AccessReason::Download => OpeningReason::Download,
        AccessReason::Export => OpeningReason::Export,
        AccessReason::Print => OpeningReason::Print,
        AccessReason::Support => OpeningReason::Support,
        AccessReason::PhoneSearch => OpeningReason::PhoneSearch,
        AccessReason::RosterRequest => OpeningReason::RosterRequest,
    }
}
