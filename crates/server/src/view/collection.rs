//! A collection as its student sees it.

use gradshot_domain::{
    BusinessDay, ConsentPurpose, Order, OrderState, PortraitState, RetakeRule, Route, ShotState, Ticket,
    TicketState,
};
use gradshot_seal::TicketClaims;
use gradshot_storage::{
    Campaign, Collection, KeptShot, PlacedOrder, QueuedTicket, StorageError, StoredPortrait, Studio,
    UnitOfWork,
};
use gradshot_wire::collection::{self, BookedStudio, OrderStateName};
use gradshot_wire::ticket;
use jiff::Timestamp;

use super::queue::ticket_state;
use crate::house::House;
use crate::limits;
use crate::next_step::Facts;
use crate::problem::Broken;
use crate::view;
use crate::wait::{self, Pace};

/// A collection with everything that hangs on it.
pub(crate) struct Standing {
    pub(crate) collection: Collection,
    pub(crate) campaign: Campaign,
    pub(crate) consents: Vec<ConsentPurpose>,
    /// The newest order; an unpaid one whose time is over is closed here, if not in the table.
    pub(crate) order: Option<PlacedOrder>,
    /// Today's newest ticket.
    pub(crate) ticket: Option<QueuedTicket>,
    /// The portraits, the newest first.
    pub(crate) portraits: Vec<StoredPortrait>,
    /// The newest shot of the phone.
    pub(crate) shot: Option<KeptShot>,
}

impl Standing {
    /// Loads what hangs on a collection.
    pub(crate) async fn load(
        work: &mut UnitOfWork,
        collection: Collection,
        at: Timestamp,
    ) -> Result<Self, Broken> {
        let campaign = work.campaigns().find(collection.campaign).await?;
        let campaign = campaign.ok_or(Broken::Contradiction("a collection without campaign"))?;
        let consents = work.consents().holding(collection.id).await?;
        let order = work.orders().newest(collection.id).await?.map(|placed| closed_if_late(placed, at));
        let ticket = work.tickets().newest(collection.id).await?;
        let ticket = ticket.filter(|queued| queued.ticket.business_day == BusinessDay::of(at));
        let portraits =
            work.portraits().of_collection(collection.id, limits::PORTRAITS_OF_COLLECTION).await?;
        let shot = work.shots().newest(collection.id).await?;
        Ok(Self { collection, campaign, consents, order, ticket, portraits, shot })
    }

    /// Whether all needed consents were given.
    pub(crate) fn has_consented(&self) -> bool {
        ConsentPurpose::NEEDED.iter().all(|needed| self.consents.contains(needed))
    }

    /// Whether the money is here.
    pub(crate) fn is_paid(&self) -> bool {
        self.order.as_ref().is_some_and(|placed| placed.order.is_paid())
    }

    /// The newest portrait.
    pub(crate) fn newest_portrait(&self) -> Option<&StoredPortrait> {
        self.portraits.first()
    }

    /// Whether a portrait of this collection was given in, so that no other is taken.
    pub(crate) fn is_submitted(&self) -> bool {
        self.portraits.iter().any(|stored| is_submitted(&stored.portrait.state))
    }

    /// Whether the photo rules as they are now were read.
    pub(crate) fn has_read_rules(&self) -> bool {
        let current = &crate::photo_rules::current().version;
        self.collection.rules_read.as_ref().is_some_and(|(version, _)| version == current)
    }

    /// Whether another photo is taken only at a studio: the campaign allows retakes until the money is here.
    pub(crate) fn is_retake_at_studio(&self) -> bool {
        let policy = &self.campaign.policy;
        policy.retakes == RetakeRule::UntilPaid && !self.portraits.is_empty() && self.is_paid()
    }

    fn facts(&self) -> Facts<'_> {
        let newest = self.newest_portrait();
        Facts {
            consented: self.has_consented(),
            payment: self.campaign.policy.payment,
            route: self.collection.route,
            rules_read: self.has_read_rules(),
            retake_at_studio: self.is_retake_at_studio(),
            shot_waits: self
                .shot
                .as_ref()
                .is_some_and(|kept| matches!(kept.shot.state, ShotState::Waiting { .. })),
            order: self.order.as_ref().map(|placed| &placed.order.state),
            ticket: self.ticket.as_ref().map(|queued| &queued.ticket.state),
            portrait: newest.map(|stored| &stored.portrait.state),
            portrait_is_of_ticket: newest.and_then(|stored| stored.source.ticket())
                == self.ticket.as_ref().map(|queued| queued.id),
        }
    }
}

/// Whether a portrait in this state keeps another one out.
pub(crate) const fn is_submitted(state: &PortraitState) -> bool {
    state.is_final()
        || matches!(
            state,
            PortraitState::Confirmed { .. }
                | PortraitState::InReview { .. }
                | PortraitState::SecondLook { .. }
        )
}

/// The collection as its student sees it.
pub(crate) async fn collection(
    house: &House,
    work: &mut UnitOfWork,
    collection: Collection,
) -> Result<collection::Collection, Broken> {
    let at = house.now();
    let standing = Standing::load(work, collection, at).await?;
    let next_step = standing.facts().next_step();
    let Standing { ref collection, ref campaign, .. } = standing;
    let studio = match collection.booked {
        Some((studio, package)) => {
            let studio = work.studios().find(studio).await?;
            Some((studio.ok_or(Broken::Contradiction("a booking without studio"))?, package))
        }
        None => None,
    };
    let phone = view::phone_route(house, work, &standing).await?;
    let portrait = standing.newest_portrait();
    let portrait = portrait
        .map(|stored| view::portrait(&house.vault, stored, campaign.policy.review_promise_days))
        .transpose()?;
    let ticket = match &standing.ticket {
        Some(queued) => Some(ticket(house, work, &standing, queued, at).await?),
        None => None,
    };
    Ok(collection::Collection {
        id: collection.id,
        campaign: campaign.id,
        school_name: campaign.school_name.clone(),
        campaign_title: campaign.title.clone(),
        category: collection.category,
        masked_name: house.vault.masked_name(collection.roster_entry, &collection.sealed_name)?,
        next_step,
        policy: campaign.policy.clone(),
        routes: [Route::Phone, Route::Studio]
            .into_iter()
            .filter(|route| house.offers(&campaign.policy, *route))
            .collect(),
        route: collection.route,
        phone,
        studio: studio.map(|(studio, package)| booked(studio, package)),
        order: standing.order.as_ref().map(order),
        ticket,
        portrait,
    })
}

fn closed_if_late(mut placed: PlacedOrder, at: Timestamp) -> PlacedOrder {
    if let Ok(closed) = placed.order.clone().close(at) {
        placed.order = closed;
    }
    placed
}

fn booked(studio: Studio, package: gradshot_domain::PackageId) -> BookedStudio {
    let package = studio.packages.into_iter().find(|offered| offered.id == package);
    let (package_name, en_package_name) =
        package.map_or_else(Default::default, |offered| (offered.name, offered.en_name));
    BookedStudio {
        id: studio.id,
        name: studio.name,
        address: studio.address,
        phone: studio.phone,
        package_name,
        en_package_name,
    }
}

fn order(placed: &PlacedOrder) -> collection::Order {
    let Order { total, state } = &placed.order;
    let (state, closes_at) = match state {
        OrderState::Unpaid { until } => (OrderStateName::Unpaid, Some(*until)),
        OrderState::Paid { .. } => (OrderStateName::Paid, None),
        OrderState::Refunding { .. } => (OrderStateName::Refunding, None),
        OrderState::Refunded { .. } => (OrderStateName::Refunded, None),
        OrderState::Closed { .. } => (OrderStateName::Closed, None),
    };
    collection::Order { id: placed.id, total: *total, state, closes_at }
}

async fn ticket(
    house: &House,
    work: &mut UnitOfWork,
    standing: &Standing,
    queued: &QueuedTicket,
    at: Timestamp,
) -> Result<ticket::Ticket, Broken> {
    let Ticket { number, business_day, ref state, .. } = queued.ticket;
    let (ahead, expected_wait_minutes) = match state {
        TicketState::Waiting { .. } => {
            let line = house.line_at_hand(queued.studio);
            if let Some(place) = line.and_then(|line| line.place_of(queued.id)) {
                place
            } else {
                let ahead = work.tickets().ahead_of(queued).await?;
                (ahead, pace(work, queued, at).await?.wait_minutes(ahead))
            }
        }
        _ => (0, 0),
    };
    let station_name = match state.station() {
        Some(station) => work.stations().find(station).await?.map(|station| station.name),
        None => None,
    };
    let token = house.vault.tickets().sign(&TicketClaims {
        ticket: queued.id,
        number,
        studio: queued.studio,
        campaign: standing.campaign.id,
        category: standing.collection.category,
        masked_name: house
            .vault
            .masked_name(standing.collection.roster_entry, &standing.collection.sealed_name)?,
        spec: standing.campaign.policy.spec.clone(),
        business_day,
    });
    Ok(ticket::Ticket {
        id: queued.id,
        number,
        state: ticket_state(state),
        ahead,
        expected_wait_minutes,
        station_name,
        token,
    })
}

async fn pace(work: &mut UnitOfWork, queued: &QueuedTicket, at: Timestamp) -> Result<Pace, StorageError> {
    let day = queued.ticket.business_day;
    let before = work.tickets().called_before(queued.studio, day, wait::SAMPLES).await?;
    let busy = work.tickets().busy_stations(queued.studio, day).await?;
    let paused = work.stations().paused(queued.studio).await?;
    Ok(Pace::of(&before, busy.into_iter(), &paused, at))
}
