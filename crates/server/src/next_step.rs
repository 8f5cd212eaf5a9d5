//! The one thing that a student does next.

use gradshot_domain::{OrderState, PaymentTime, PortraitState, Route, TicketState};
use gradshot_wire::collection::NextStep;

/// What the next step depends on.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Facts<'a> {
    /// Whether all needed consents were given.
    pub(crate) consented: bool,
    /// When the campaign wants its money.
    pub(crate) payment: PaymentTime,
    /// The route chosen.
    pub(crate) route: Option<Route>,
    /// Whether the photo rules were read.
    pub(crate) rules_read: bool,
    /// Whether another photo is taken only at a studio.
    pub(crate) retake_at_studio: bool,
    /// Whether a shot of the phone waits to be made into a portrait.
    pub(crate) shot_waits: bool,
    /// The newest order; an unpaid one whose time is over counts as closed.
    pub(crate) order: Option<&'a OrderState>,
    /// Today's newest ticket.
    pub(crate) ticket: Option<&'a TicketState>,
    /// The newest portrait.
    pub(crate) portrait: Option<&'a PortraitState>,
    /// Whether that portrait was taken on that ticket.
    pub(crate) portrait_is_of_ticket: bool,
}

impl Facts<'_> {
    /// The step.
    pub(crate) fn next_step(&self) -> NextStep {
        match self.portrait {
            Some(PortraitState::Registered { .. }) => return NextStep::Done,
            Some(PortraitState::Approved { .. } | PortraitState::HandedOver { .. }) => {
                return NextStep::WaitForRegistry;
            }
            _ => {}
        }
        if !self.consented {
            return NextStep::Consent;
        }
        let Some(route) = self.route else { return NextStep::ChooseRoute };
        if self.payment == PaymentTime::BeforeCapture && !self.is_paid() {
            return self.pay();
        }
        match self.portrait {
            Some(PortraitState::Stored { .. }) => NextStep::Decide,
            Some(
                PortraitState::Confirmed { .. }
                | PortraitState::InReview { .. }
                | PortraitState::SecondLook { .. },
            ) => {
                if self.is_paid() {
                    NextStep::WaitForReview
                } else {
                    self.pay()
                }
            }
            _ => match route {
                Route::Studio => self.way_to_the_camera(),
                Route::Phone => self.way_to_the_phone(),
            },
        }
    }

    const fn way_to_the_phone(&self) -> NextStep {
        if self.shot_waits {
            NextStep::WaitForPortrait
        } else if self.retake_at_studio {
            NextStep::ChooseRoute
        } else if self.rules_read {
            NextStep::TakePhoto
        } else {
            NextStep::ReadRules
        }
    }

    fn way_to_the_camera(&self) -> NextStep {
        match self.ticket {
            Some(TicketState::Waiting { .. } | TicketState::Skipped { .. }) => NextStep::Wait,
            Some(TicketState::Called { .. }) => NextStep::Come,
            Some(TicketState::Arrived { .. }) => NextStep::WaitForPortrait,
            Some(TicketState::Served { .. }) if !self.portrait_is_of_ticket => NextStep::WaitForPortrait,
            _ => NextStep::CheckIn,
        }
    }

    /// An order that closed, or was given back, is made anew by choosing the package again.
    const fn pay(&self) -> NextStep {
        match self.order {
            Some(OrderState::Unpaid { .. }) => NextStep::Pay,
            _ => NextStep::ChooseRoute,
        }
    }

    const fn is_paid(&self) -> bool {
        matches!(self.order, Some(OrderState::Paid { .. }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradshot_domain::{AccountId, StationId};
    use jiff::Timestamp;

    const AT: Timestamp = Timestamp::UNIX_EPOCH;
    const PAID: OrderState = OrderState::Paid { at: AT };
    const UNPAID: OrderState = OrderState::Unpaid { until: AT };
    const CLOSED: OrderState = OrderState::Closed { at: AT };
    const WAITING: TicketState = TicketState::Waiting { since: AT };
    const STORED: PortraitState = PortraitState::Stored { at: AT };
    const CONFIRMED: PortraitState = PortraitState::Confirmed { at: AT };

    fn facts<'a>() -> Facts<'a> {
        Facts {
            consented: true,
            payment: PaymentTime::BeforeCapture,
            route: Some(Route::Studio),
            rules_read: false,
            retake_at_studio: false,
            shot_waits: false,
            order: Some(&PAID),
            ticket: None,
            portrait: None,
            portrait_is_of_ticket: false,
        }
    }

    fn station() -> StationId {
        StationId::from_bytes([1; 16])
    }

    #[test]
    fn before_the_camera_pay_first() {
        assert_eq!(Facts { consented: false, route: None, ..facts() }.next_step(), NextStep::Consent);
        assert_eq!(Facts { route: None, order: None, ..facts() }.next_step(), NextStep::ChooseRoute);
        assert_eq!(Facts { order: Some(&UNPAID), ..facts() }.next_step(), NextStep::Pay);
        assert_eq!(Facts { order: Some(&CLOSED), ..facts() }.next_step(), NextStep::ChooseRoute);
        assert_eq!(facts().next_step(), NextStep::CheckIn);
    }

    #[test]
    fn in_the_studio() {
        let called = TicketState::Called { station: station(), times: 1, at: AT };
        let arrived = TicketState::Arrived { station: station(), at: AT };
        let served = TicketState::Served { station: station(), at: AT };
        for (ticket, step) in [
            (&WAITING, NextStep::Wait),
            (&called, NextStep::Come),
            (&arrived, NextStep::WaitForPortrait),
            (&served, NextStep::WaitForPortrait),
            (&TicketState::Skipped { at: AT }, NextStep::Wait),
            (&TicketState::Expired { at: AT }, NextStep::CheckIn),
        ] {
            assert_eq!(Facts { ticket: Some(ticket), ..facts() }.next_step(), step, "{}", ticket.name());
        }
        let shown =
            Facts { ticket: Some(&served), portrait: Some(&STORED), portrait_is_of_ticket: true, ..facts() };
        assert_eq!(shown.next_step(), NextStep::Decide);
    }

    #[test]
    fn with_the_phone() {
        let phone = Facts { route: Some(Route::Phone), ..facts() };
        assert_eq!(phone.next_step(), NextStep::ReadRules);
        let phone = Facts { rules_read: true, ..phone };
        assert_eq!(phone.next_step(), NextStep::TakePhoto);
        assert_eq!(Facts { shot_waits: true, ..phone }.next_step(), NextStep::WaitForPortrait);
        assert_eq!(Facts { portrait: Some(&STORED), ..phone }.next_step(), NextStep::Decide);
        assert_eq!(Facts { order: Some(&UNPAID), ..phone }.next_step(), NextStep::Pay);
        assert_eq!(Facts { retake_at_studio: true, ..phone }.next_step(), NextStep::ChooseRoute);
    }

    #[test]
    fn after_the_camera() {
        let reviewer = AccountId::from_bytes([2; 16]);
        let rejected = PortraitState::Rejected { reviewer, reasons: vec![], note: String::new(), at: AT };
        let served = TicketState::Served { station: station(), at: AT };
        let decided = |portrait| Facts {
            ticket: Some(&served),
            portrait: Some(portrait),
            portrait_is_of_ticket: true,
            ..facts()
        };
        assert_eq!(decided(&CONFIRMED).next_step(), NextStep::WaitForReview);
        assert_eq!(decided(&rejected).next_step(), NextStep::CheckIn, "a retake is free");
        let approved = PortraitState::Approved { reviewer, at: AT };
        assert_eq!(decided(&approved).next_step(), NextStep::WaitForRegistry);
        assert_eq!(decided(&PortraitState::Registered { at: AT }).next_step(), NextStep::Done);
        let objected = Facts { ticket: Some(&WAITING), ..decided(&PortraitState::Objected { at: AT }) };
        assert_eq!(objected.next_step(), NextStep::Wait);
    }

    #[test]
    fn a_campaign_that_shows_first_asks_for_money_after_the_yes() {
        let later = Facts { payment: PaymentTime::AfterPreview, order: None, ..facts() };
        assert_eq!(later.next_step(), NextStep::CheckIn);
        assert_eq!(Facts { portrait: Some(&STORED), ..later }.next_step(), NextStep::Decide);
        let confirmed = Facts { portrait: Some(&CONFIRMED), order: Some(&UNPAID), ..later };
        assert_eq!(confirmed.next_step(), NextStep::Pay);
        assert_eq!(Facts { order: Some(&CLOSED), ..confirmed }.next_step(), NextStep::ChooseRoute);
        assert_eq!(Facts { order: Some(&PAID), ..confirmed }.next_step(), NextStep::WaitForReview);
    }
}
