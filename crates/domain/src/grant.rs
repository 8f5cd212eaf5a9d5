//! What an account was allowed, and where.

use serde::{Deserialize, Serialize};

use crate::{Role, SchoolId, StudioId};

/// One permission of an account. A studio's operator and a school's clerk are that for one studio or school only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum Grant {
    /// 学生
    Student,
    /// 照相馆操作员
    Operator {
        /// Of which studio.
        studio: StudioId,
    },
    /// 审核员
    Reviewer,
    /// 学校
    School {
        /// Of which school.
        school: SchoolId,
    },
    /// 客服
    Support,
    /// 管理员
    Admin,
}

impl Grant {
    /// The role that it gives.
    pub const fn role(&self) -> Role {
        match self {
            Self::Student => Role::Student,
            Self::Operator { .. } => Role::Operator,
            Self::Reviewer => Role::Reviewer,
            Self::School { .. } => Role::School,
            Self::Support => Role::Support,
            Self::Admin => Role::Admin,
        }
    }

    /// The role that a page opens with for somebody who has all of these: the one that may do most.
    pub fn leading(grants: &[Self]) -> Option<Role> {
        const ORDER: [Role; 6] =
            [Role::Admin, Role::Support, Role::Reviewer, Role::School, Role::Operator, Role::Student];
        ORDER.into_iter().find(|role| grants.iter().any(|grant| grant.role() == *role))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_several_roles_is_led_by_the_one_that_may_do_most() {
        let studio = StudioId::from_bytes([1; 16]);
        assert_eq!(Grant::leading(&[Grant::Student, Grant::Operator { studio }]), Some(Role::Operator));
        assert_eq!(Grant::leading(&[Grant::Student, Grant::Admin]), Some(Role::Admin));
        assert_eq!(Grant::leading(&[]), None);
    }
}
