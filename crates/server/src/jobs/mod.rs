//! Work that the server does later, in one file per kind. Each kind may be done twice without harm: a server can stop
//! between the work and the note that it was done.

mod close_order;
mod end_day;
mod errands;
mod expire_shot;
mod forget_old;
mod renew_seals;
mod retain;
mod runner;
mod standardize;
mod sweep_blobs;

use gradshot_domain::{JobId, OrderId, ShotId};
use gradshot_storage::{Job, StorageError, UnitOfWork};
use jiff::Timestamp;

pub use self::runner::RunJobsError;
use crate::house::House;
use crate::problem::Broken;

/// What a job that was done asks for.
enum Done {
    /// Nothing more.
    Finished,
    /// To be done again at that moment.
    Again(Timestamp),
}

/// A kind of job by its name in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    CloseOrder,
    EndDay,
    Errands,
    ExpireShot,
    ForgetOld,
    RenewSeals,
    Retain,
    Standardize,
    SweepBlobs,
}

impl Kind {
    const ALL: [Self; 9] = [
        Self::CloseOrder,
        Self::EndDay,
        Self::Errands,
        Self::ExpireShot,
        Self::ForgetOld,
        Self::RenewSeals,
        Self::Retain,
        Self::Standardize,
        Self::SweepBlobs,
    ];
    /// Those that are always on the list and come again by themselves.
    const RECURRING: [Self; 6] =
        [Self::EndDay, Self::Errands, Self::ForgetOld, Self::RenewSeals, Self::Retain, Self::SweepBlobs];

    const fn name(self) -> &'static str {
        match self {
            Self::CloseOrder => "close_order",
            Self::EndDay => "end_day",
            Self::Errands => "errands",
            Self::ExpireShot => "expire_shot",
            Self::ForgetOld => "forget_old",
            Self::RenewSeals => "renew_seals",
            Self::Retain => "retain",
            Self::Standardize => "standardize",
            Self::SweepBlobs => "sweep_blobs",
        }
    }

    fn of(job: &Job) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == job.kind)
    }

    async fn perform(self, house: &House, job: &Job) -> Result<Done, Broken> {
        match self {
            Self::CloseOrder => close_order::perform(house, job).await,
            Self::EndDay => end_day::perform(house).await,
            Self::Errands => errands::perform(house).await,
            Self::ExpireShot => expire_shot::perform(house, job).await,
            Self::ForgetOld => forget_old::perform(house).await,
            Self::RenewSeals => renew_seals::perform(house).await,
            Self::Retain => retain::perform(house).await,
            Self::Standardize => standardize::perform(house, job).await,
            Self::SweepBlobs => sweep_blobs::perform(house).await,
        }
    }
}

/// Has an order closed at `until` if nobody paid it.
pub(crate) async fn close_order_later(
    house: &House,
    work: &mut UnitOfWork,
    order: OrderId,
    until: Timestamp,
) -> Result<(), StorageError> {
    let at = house.now();
    let id = JobId::new(at, &mut house.rng());
    work.jobs().put(&Job::new(id, Kind::CloseOrder.name(), order.to_string(), until, at)).await
}

/// Has an upload given up at `until` if it did not come to its end.
pub(crate) async fn expire_shot_later(
    house: &House,
    work: &mut UnitOfWork,
    shot: ShotId,
    until: Timestamp,
) -> Result<(), StorageError> {
    let at = house.now();
    let id = JobId::new(at, &mut house.rng());
    work.jobs().put(&Job::new(id, Kind::ExpireShot.name(), shot.to_string(), until, at)).await
}

/// Has a portrait made of a shot that is here, by the workers that do nothing else.
pub(crate) async fn standardize_later(
    house: &House,
    work: &mut UnitOfWork,
    shot: ShotId,
) -> Result<(), StorageError> {
    let at = house.now();
    let id = JobId::new(at, &mut house.rng());
    work.jobs().put(&Job::new(id, Kind::Standardize.name(), shot.to_string(), at, at)).await
}

/// Puts what always has to be done on the list, due at once.
async fn put_recurring(house: &House) -> Result<(), StorageError> {
    let at = house.now();
    let mut work = house.storage.begin().await?;
    for kind in Kind::RECURRING {
        let id = JobId::new(at, &mut house.rng());
        work.jobs().put(&Job::new(id, kind.name(), "", at, at)).await?;
    }
    work.commit().await
}
