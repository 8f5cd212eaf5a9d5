//! Portrait 标准照: from the sealed picture to the registry's answer.
//!
//! The states before the seal (shot, standardized) live only in a station's memory and are described there; this
//! machine begins where a portrait first touches a disk.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{AccountId, BundleId, InvalidTransition};

/// Why a reviewer rejected a portrait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RejectReason {
    /// 背景不合格
    Background,
    /// 光线不均或过曝
    Light,
    /// 姿态不正
    Pose,
    /// 表情或眼睛
    Expression,
    /// 头发遮挡眉眼耳
    Hair,
    /// 眼镜反光或遮挡
    Glasses,
    /// 服装不合格
    Clothes,
    /// 过度修饰
    Retouched,
    /// 照片与本人不符
    WrongPerson,
    /// 清晰度不足
    Sharpness,
}

/// A portrait and what has become of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Portrait {
    /// Where it stands.
    pub state: PortraitState,
}

/// The states of a portrait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PortraitState {
    /// Only sealed bytes are left; they wait in a station's outbox.
    Sealed {
        /// When it was sealed.
        at: Timestamp,
    },
    /// The server has the sealed bytes and has checked signature and ticket.
    Stored {
        /// When they arrived.
        at: Timestamp,
    },
    /// The student said yes.
    Confirmed {
        /// When.
        at: Timestamp,
    },
    /// The student wants another one (重拍).
    Objected {
        /// When.
        at: Timestamp,
    },
    /// A reviewer has it.
    InReview {
        /// Who.
        reviewer: AccountId,
        /// When the claim ends and somebody else may take it.
        until: Timestamp,
    },
    /// A reviewer was not sure: another one looks.
    SecondLook {
        /// Who was not sure.
        first: AccountId,
        /// What to look at.
        note: String,
        /// When.
        at: Timestamp,
    },
    /// A reviewer found it good.
    Approved {
        /// Who.
        reviewer: AccountId,
        /// When.
        at: Timestamp,
    },
    /// A reviewer found it wanting; shooting again is free.
    Rejected {
        /// Who.
        reviewer: AccountId,
        /// Why, at least one.
        reasons: Vec<RejectReason>,
        /// What the reviewer wrote to the student; may be empty.
        #[serde(default)]
        note: String,
        /// When.
        at: Timestamp,
    },
    /// Taken back by the student while in review.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// Part of a bundle for the registry.
    HandedOver {
        /// Which bundle.
        bundle: BundleId,
        /// When.
        at: Timestamp,
    },
    /// The registry took it.
    Registered {
        /// When.
        at: Timestamp,
    },
    /// The registry refused it.
    Refused {
        /// What the registry said.
        reason: String,
        /// When.
        at: Timestamp,
    },
}

impl PortraitState {
    /// The state's name, as in the database and on the wire.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Sealed { .. } => "sealed",
            Self::Stored { .. } => "stored",
            Self::Confirmed { .. } => "confirmed",
            Self::Objected { .. } => "objected",
            Self::InReview { .. } => "in_review",
            Self::SecondLook { .. } => "second_look",
            Self::Approved { .. } => "approved",
            Self::Rejected { .. } => "rejected",
            Self::Withdrawn { .. } => "withdrawn",
            Self::HandedOver { .. } => "handed_over",
            Self::Registered { .. } => "registered",
            Self::Refused { .. } => "refused",
        }
    }

    /// When it came into this state, where the state says so.
    pub const fn since(&self) -> Option<Timestamp> {
        match self {
            Self::Sealed { at }
            | Self::Stored { at }
            | Self::Confirmed { at }
            | Self::Objected { at }
            | Self::SecondLook { at, .. }
            | Self::Approved { at, .. }
            | Self::Rejected { at, .. }
            | Self::Withdrawn { at }
            | Self::HandedOver { at, .. }
            | Self::Registered { at }
            | Self::Refused { at, .. } => Some(*at),
            Self::InReview { .. } => None,
        }
    }

    /// Whether a further portrait for the same collection has to be refused: this one is already final.
    pub const fn is_final(&self) -> bool {
        matches!(self, Self::Approved { .. } | Self::HandedOver { .. } | Self::Registered { .. })
    }
}

impl Portrait {
    /// A portrait that has just been sealed.
    pub const fn seal(at: Timestamp) -> Self {
        Self { state: PortraitState::Sealed { at } }
    }

    /// The server keeps the sealed bytes.
    pub fn store(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self.state {
            PortraitState::Sealed { .. } => Ok(Self { state: PortraitState::Stored { at } }),
            state => Err(refused(&state, "be stored")),
        }
    }

    /// The student says yes.
    pub fn confirm(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self.state {
            PortraitState::Stored { .. } => Ok(Self { state: PortraitState::Confirmed { at } }),
            state => Err(refused(&state, "be confirmed")),
        }
    }

    /// The student wants another one.
    pub fn object(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self.state {
            PortraitState::Stored { .. } => Ok(Self { state: PortraitState::Objected { at } }),
            state => Err(refused(&state, "be objected to")),
        }
    }

    /// A reviewer takes it until `until`; the same reviewer may prolong, another only when the claim has ended.
    pub fn claim(
        self,
        reviewer: AccountId,
        until: Timestamp,
        at: Timestamp,
    ) -> Result<Self, InvalidTransition> {
        let free = match &self.state {
            PortraitState::Confirmed { .. } => true,
            PortraitState::InReview { reviewer: holder, until } => *holder == reviewer || *until <= at,
            PortraitState::SecondLook { first, .. } => *first != reviewer,
            _ => false,
        };
        if free {
            Ok(Self { state: PortraitState::InReview { reviewer, until } })
        } else {
            Err(refused(&self.state, "be claimed"))
        }
    }

    /// The reviewer who has it finds it good.
    pub fn approve(self, reviewer: AccountId, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self.state {
            PortraitState::InReview { reviewer: holder, .. } if holder == reviewer => {
                Ok(Self { state: PortraitState::Approved { reviewer, at } })
            }
            state => Err(refused(&state, "be approved by this reviewer")),
        }
    }

    /// The reviewer who has it is not sure: another one shall look.
    pub fn pass_on(
        self,
        reviewer: AccountId,
        note: String,
        at: Timestamp,
    ) -> Result<Self, InvalidTransition> {
        match self.state {
            PortraitState::InReview { reviewer: holder, .. } if holder == reviewer => {
                Ok(Self { state: PortraitState::SecondLook { first: reviewer, note, at } })
            }
            state => Err(refused(&state, "be passed on by this reviewer")),
        }
    }

    /// The reviewer who has it finds it wanting, for at least one reason.
    pub fn reject(
        self,
        reviewer: AccountId,
        reasons: Vec<RejectReason>,
        note: String,
        at: Timestamp,
    ) -> Result<Self, InvalidTransition> {
        match self.state {
            PortraitState::InReview { reviewer: holder, .. } if holder == reviewer && !reasons.is_empty() => {
                Ok(Self { state: PortraitState::Rejected { reviewer, reasons, note, at } })
            }
            state => Err(refused(&state, "be rejected by this reviewer without a reason")),
        }
    }

    /// The student takes it back before a decision.
    pub fn withdraw(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self.state {
            PortraitState::Confirmed { .. }
            | PortraitState::InReview { .. }
            | PortraitState::SecondLook { .. } => Ok(Self { state: PortraitState::Withdrawn { at } }),
            state => Err(refused(&state, "be withdrawn")),
        }
    }

    /// It goes to the registry in a bundle.
    pub fn hand_over(self, bundle: BundleId, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self.state {
            PortraitState::Approved { .. } => Ok(Self { state: PortraitState::HandedOver { bundle, at } }),
            state => Err(refused(&state, "be handed over")),
        }
    }

    /// The registry took it.
    pub fn register(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self.state {
            PortraitState::HandedOver { .. } => Ok(Self { state: PortraitState::Registered { at } }),
            state => Err(refused(&state, "be registered")),
        }
    }

    /// The registry refused it.
    pub fn refuse(self, reason: String, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self.state {
            PortraitState::HandedOver { .. } => Ok(Self { state: PortraitState::Refused { reason, at } }),
            state => Err(refused(&state, "be refused")),
        }
    }
}

const fn refused(state: &PortraitState, verb: &'static str) -> InvalidTransition {
    InvalidTransition { thing: "portrait", state: state.name(), verb }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_779_000_000 + second).unwrap()
    }

    fn reviewers() -> (AccountId, AccountId, BundleId) {
        let mut rng = rand::rngs::StdRng::seed_from_u64(3);
        (AccountId::new(at(0), &mut rng), AccountId::new(at(0), &mut rng), BundleId::new(at(0), &mut rng))
    }

    fn confirmed() -> Portrait {
        Portrait::seal(at(0)).store(at(1)).unwrap().confirm(at(2)).unwrap()
    }

    #[test]
    fn the_good_way() {
        let (reviewer, _, bundle) = reviewers();
        let portrait = confirmed().claim(reviewer, at(600), at(3)).unwrap().approve(reviewer, at(4)).unwrap();
        assert!(portrait.state.is_final());
        let portrait = portrait.hand_over(bundle, at(5)).unwrap().register(at(6)).unwrap();
        assert_eq!(portrait.state.name(), "registered");
    }

    #[test]
    fn two_reviewers_do_not_decide_on_one_portrait() {
        let (one, two, _) = reviewers();
        let held = confirmed().claim(one, at(600), at(3)).unwrap();
        assert!(held.clone().claim(two, at(700), at(4)).is_err());
        assert!(held.clone().approve(two, at(4)).is_err());
        let taken = held.claim(two, at(1300), at(601)).unwrap();
        assert!(taken.approve(one, at(602)).is_err());
    }

    #[test]
    fn who_was_not_sure_does_not_decide_alone() {
        let (one, two, _) = reviewers();
        let passed = confirmed().claim(one, at(600), at(3)).unwrap();
        assert!(passed.clone().pass_on(two, String::new(), at(4)).is_err());
        let passed = passed.pass_on(one, "眼镜反光".to_owned(), at(4)).unwrap();
        assert!(passed.clone().claim(one, at(600), at(5)).is_err());
        assert!(passed.clone().withdraw(at(5)).is_ok());
        assert!(passed.claim(two, at(600), at(5)).unwrap().approve(two, at(6)).is_ok());
    }

    #[test]
    fn a_rejection_needs_a_reason_and_a_confirmed_portrait_takes_no_objection() {
        let (reviewer, _, _) = reviewers();
        let held = confirmed().claim(reviewer, at(600), at(3)).unwrap();
        assert!(held.clone().reject(reviewer, vec![], String::new(), at(4)).is_err());
        assert!(held.reject(reviewer, vec![RejectReason::Pose], String::new(), at(4)).is_ok());
        assert!(confirmed().object(at(3)).is_err());
    }
}
