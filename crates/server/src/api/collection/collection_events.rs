//! `GET /api/collections/{id}/events`

use std::sync::Arc;

use axum::extract::State;
use gradshot_domain::{CollectionId, StudioId};
use gradshot_wire::collection::Collection;
use gradshot_wire::event::StudentEvent;
use gradshot_wire::ticket::TicketStateName;

use crate::caller::Student;
use crate::house::House;
use crate::input::InPath;
use crate::live::{self, EventStream, Live, Message, Subscription, Topic};
use crate::problem::{Broken, faults};
use crate::view;

faults! {
    /// Why a collection was not streamed.
    CollectionEventsFault { CollectionNotFound }
}

/// A collection as it changes. The first event is the present state.
///
/// Each event is named by its tag and holds the variant's content: `event: collection`, `data: {…}`.
#[utoipa::path(
    get, path = "/api/collections/{id}/events", tag = "collections", params(("id" = CollectionId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses(
        (status = 200, description = "Server-sent events", body = StudentEvent, content_type = "text/event-stream"),
        CollectionEventsFault
    )
)]
pub(crate) async fn collection_events(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<CollectionId>,
) -> Result<EventStream, CollectionEventsFault> {
    let mut work = house.storage.read().await?;
    super::owned(&mut work, &student, id).await?.ok_or(CollectionEventsFault::CollectionNotFound)?;
    drop(work);
    let own = house.hub.listen(Topic::Collection(id));
    let live = LiveCollection { house: Arc::clone(&house), id, own, queue: None, shown: None };
    Ok(live::stream(&house, live).await?)
}

struct LiveCollection {
    house: Arc<House>,
    id: CollectionId,
    own: Subscription,
    /// The queue of the booked studio: whoever is called there brings everybody else nearer.
    queue: Option<(StudioId, Subscription)>,
    /// What was shown last, as long as nothing of the collection's own changed.
    shown: Option<Collection>,
}

impl Live for LiveCollection {
    async fn changed(&mut self) {
        let own = if let Some((_, queue)) = &mut self.queue {
            tokio::select! {
                () = self.own.changed() => true,
                () = queue.changed() => false,
            }
        } else {
            self.own.changed().await;
            true
        };
        if own {
            self.shown = None;
        }
    }

    async fn now(&mut self) -> Result<Vec<Message>, Broken> {
        let shown = match self.shown.take() {
            Some(shown) => self.nearer(shown).await?,
            None => None,
        };
        let shown = match shown {
            Some(shown) => shown,
            None => self.load().await?,
        };
        Ok(vec![Message::new("collection", self.shown.insert(shown))])
    }
}

impl LiveCollection {
    /// What changes when the queue moves: the place of somebody who waits. That is read off the line that all share;
    /// `None` when somebody has left it, so that the whole has to be loaded.
    async fn nearer(&self, mut shown: Collection) -> Result<Option<Collection>, Broken> {
        let (Some((studio, _)), Some(ticket)) = (&self.queue, &mut shown.ticket) else {
            return Ok(Some(shown));
        };
        if ticket.state == TicketStateName::Waiting {
            let Some((ahead, minutes)) = self.house.line(*studio).await?.place_of(ticket.id) else {
                return Ok(None);
            };
            (ticket.ahead, ticket.expected_wait_minutes) = (ahead, minutes);
        }
        Ok(Some(shown))
    }

    async fn load(&mut self) -> Result<Collection, Broken> {
        let mut work = self.house.storage.read().await?;
        let found = work.collections().find(self.id).await?;
        let collection = found.ok_or(Broken::Contradiction("a collection has gone"))?;
        let studio = collection.booked.map(|(studio, _)| studio);
        if self.queue.as_ref().map(|(listened, _)| *listened) != studio {
            self.queue = studio.map(|studio| (studio, self.house.hub.listen(Topic::Studio(studio))));
        }
        view::collection(&self.house, &mut work, collection).await
    }
}
