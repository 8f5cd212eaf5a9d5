//! `GET /api/station/events`

use std::sync::Arc;

use axum::extract::State;
use gradshot_domain::{StationId, StudioId};
use gradshot_wire::event::{PortraitNews, StationEvent};

use crate::caller::Station;
use crate::house::House;
use crate::limits;
use crate::live::{self, EventStream, Live, Message, Subscription, Topic};
use crate::problem::{Broken, faults};
use crate::view;

faults! {
    /// Why a queue was not streamed.
    StationEventsFault {}
}

/// The queue and the station's portraits as they change. The first event is the queue; news of the portraits of the
/// last 24 hours follow, so that a station that was away misses nothing.
///
/// Each event is named by its tag and holds the variant's content: `event: queue`, `data: {…}`.
#[utoipa::path(
    get, path = "/api/station/events", tag = "stations", security(("station" = [])),
    responses(
        (status = 200, description = "Server-sent events", body = StationEvent, content_type = "text/event-stream"),
        StationEventsFault
    )
)]
pub(crate) async fn station_events(
    State(house): State<Arc<House>>,
    station: Station,
) -> Result<EventStream, StationEventsFault> {
    let live = LiveStation {
        house: Arc::clone(&house),
        id: station.id,
        studio: station.studio,
        queue: house.hub.listen(Topic::Studio(station.studio)),
        portraits: house.hub.listen(Topic::Station(station.id)),
    };
    Ok(live::stream(&house, live).await?)
}

struct LiveStation {
    house: Arc<House>,
    id: StationId,
    studio: StudioId,
    queue: Subscription,
    portraits: Subscription,
}

impl Live for LiveStation {
    async fn changed(&mut self) {
        tokio::select! {
            () = self.queue.changed() => {}
            () = self.portraits.changed() => {}
        }
    }

    async fn now(&mut self) -> Result<Vec<Message>, Broken> {
        let queue = self.house.line(self.studio).await?.queue(&self.house.vault)?;
        let mut work = self.house.storage.read().await?;
        let since = self.house.now() - limits::STATION_NEWS;
        let portraits = work.portraits().of_station(self.id, since, limits::PORTRAITS_OF_STATION).await?;
        let news = portraits.iter().rev().filter_map(|stored| {
            let news = PortraitNews {
                portrait: stored.id,
                ticket: stored.source.ticket()?,
                state: view::portrait_state(&stored.portrait.state),
            };
            Some(Message::about("portrait", &stored.id.to_string(), &news))
        });
        Ok(std::iter::once(Message::new("queue", &queue)).chain(news).collect())
    }
}
