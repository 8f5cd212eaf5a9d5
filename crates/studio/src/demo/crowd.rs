//! Students of the demonstration who keep the queue filled and say yes to their portraits.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use gradshot_domain::CollectionId;
use gradshot_wire::collection::{Collection, NextStep};

use super::api::ApiError;
use super::people::Person;
use super::phone::{Phone, code_picture};
use super::seed::Campaign;
use crate::task::Task;

/// How the walking students behave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CrowdPace {
    /// How many stand in line.
    pub in_line: usize,
    /// How often they look at their phones.
    pub look_every: Duration,
}

impl CrowdPace {
    /// As people do.
    pub const PEOPLE: Self = Self { in_line: 6, look_every: Duration::from_secs(2) };
}

/// The walking students. They stop when this is dropped.
pub struct Crowd {
    #[expect(dead_code, reason = "the students walk as long as this is kept")]
    task: Task,
}

impl Crowd {
    /// Lets the first students join the line, and more whenever somebody leaves it. The first person of the roster is
    /// left out: that one is the visitor's.
    pub async fn gather(campaign: &Campaign, pace: CrowdPace) -> anyhow::Result<Self> {
        let campaign = Arc::new(campaign.clone());
        let mut to_come: VecDeque<Person> = campaign.people.iter().skip(1).cloned().collect();
        let mut here = Vec::new();
        while here.len() < pace.in_line
            && let Some(person) = to_come.pop_front()
        {
            here.push(join(&campaign, &person).await?);
        }
        Ok(Self { task: Task::spawn(walk(campaign, pace, here, to_come)) })
    }
}

type Student = (Phone, CollectionId);

async fn walk(
    campaign: Arc<Campaign>,
    pace: CrowdPace,
    mut here: Vec<Student>,
    mut to_come: VecDeque<Person>,
) {
    loop {
        tokio::time::sleep(pace.look_every).await;
        let mut still_here = Vec::new();
        let mut in_line = 0;
        for student in here {
            match look(&student).await {
                Ok(NextStep::WaitForReview | NextStep::WaitForRegistry | NextStep::Done) => {}
                Ok(next) => {
                    in_line += usize::from(next == NextStep::Wait);
                    still_here.push(student);
                }
                Err(error) => {
                    tracing::warn!(%error, "a student of the demonstration went home");
                }
            }
        }
        here = still_here;
        if in_line < pace.in_line
            && let Some(person) = to_come.pop_front()
        {
            match join(&campaign, &person).await {
                Ok(student) => here.push(student),
                Err(error) => tracing::warn!(%error, "a student of the demonstration could not join"),
            }
        }
    }
}

async fn join(campaign: &Campaign, person: &Person) -> anyhow::Result<Student> {
    let phone = Phone::sign_up(campaign, person).await?;
    let picture = code_picture(&person.image_code)?;
    let collection = phone.register(campaign, person, &picture).await?.id;
    phone.consent(collection).await?;
    phone.book(campaign, collection).await?;
    phone.check_in(campaign, collection).await?;
    Ok((phone, collection))
}

/// Looks at the phone, and says yes to a portrait that is there.
async fn look((phone, collection): &Student) -> Result<NextStep, ApiError> {
    let mut now: Collection = phone.collection(*collection).await?;
    if now.next_step == NextStep::Decide
        && let Some(portrait) = &now.portrait
    {
        phone.portrait(portrait.id).await?;
        now = phone.confirm(portrait.id).await?;
    }
    Ok(now.next_step)
}
