//! Listens to the server for as long as the station runs, and connects again by itself.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use futures::StreamExt as _;
use gradshot_domain::{CampaignId, StationId};
use gradshot_wire::desk::ServerLink;
use gradshot_wire::event::StationEvent;
use gradshot_wire::queue::{Queue, QueueEntry};
use tokio::sync::mpsc;

use super::Input;
use super::sender::SharedOutbox;
use crate::client::StationClient;
use crate::outbox::retry_after;
use crate::session::Event;

/// How long what is known of the studio is good: a station that was added meanwhile calls nobody yet, so no queue names it.
const ASK_AGAIN: Duration = Duration::from_mins(1);

/// Runs until the desk is gone.
pub(super) async fn run(client: StationClient, outbox: SharedOutbox, inbox: mpsc::Sender<Input>) {
    let mut attempts = 0;
    loop {
        if let Ok(events) = client.events().await {
            attempts = 0;
            // What changed while the line was broken: campaigns, stations, whether this one rests.
            let mut known = None;
            if learn(&client, &mut known, &inbox).await.is_err() {
                return;
            }
            if tell(&inbox, Event::ServerLink(ServerLink::Connected)).await.is_err()
                || inbox.send(Input::SendOutbox).await.is_err()
            {
                return;
            }
            let mut events = std::pin::pin!(events);
            while let Some(event) = events.next().await {
                if let StationEvent::Queue(queue) = &event
                    && known.as_ref().is_none_or(|known| known.is_behind(queue))
                {
                    if learn(&client, &mut known, &inbox).await.is_err() {
                        return;
                    }
                    // What the server does not tell even then is not asked for with each queue.
                    if let Some(known) = &mut known {
                        known.take(queue);
                    }
                }
                if hear(event, &outbox, &inbox).await.is_err() {
                    return;
                }
            }
        }
        if tell(&inbox, Event::ServerLink(ServerLink::Lost)).await.is_err() {
            return;
        }
        tokio::time::sleep(retry_after(attempts).min(Duration::from_secs(8))).await;
        attempts += 1;
    }
}

/// What the studio looked like when the server was asked last.
struct Known {
    campaigns: HashSet<CampaignId>,
    stations: HashSet<StationId>,
    asked_at: Instant,
}

impl Known {
    /// Whether the queue names a campaign or a station that is new here, or it is time to ask again.
    fn is_behind(&self, queue: &Queue) -> bool {
        let is_new = |entry: &QueueEntry| {
            !self.campaigns.contains(&entry.campaign)
                || entry.station.is_some_and(|station| !self.stations.contains(&station))
        };
        self.asked_at.elapsed() > ASK_AGAIN || queue.entries.iter().any(is_new)
    }

    fn take(&mut self, queue: &Queue) {
        self.campaigns.extend(queue.entries.iter().map(|entry| entry.campaign));
        self.stations.extend(queue.entries.iter().filter_map(|entry| entry.station));
    }
}

/// Asks for the profile, and hands it to the desk before the queue that made it necessary. Without an answer the desk goes
/// on with the one it has.
async fn learn(
    client: &StationClient,
    known: &mut Option<Known>,
    inbox: &mpsc::Sender<Input>,
) -> Result<(), ()> {
    let Ok(profile) = client.profile().await else { return Ok(()) };
    let others = profile.colleagues.iter().map(|colleague| colleague.station);
    *known = Some(Known {
        campaigns: profile.campaigns.iter().map(|campaign| campaign.campaign).collect(),
        stations: others.chain([profile.station]).collect(),
        asked_at: Instant::now(),
    });
    inbox.send(Input::Profile(Box::new(profile))).await.map_err(|_| ())
}

async fn hear(event: StationEvent, outbox: &SharedOutbox, inbox: &mpsc::Sender<Input>) -> Result<(), ()> {
    match event {
        StationEvent::Queue(queue) => tell(inbox, Event::QueueChanged(queue)).await,
        StationEvent::Portrait(news) => {
            let (portrait, state) = (news.portrait, news.state);
            if let Err(failure) = outbox.with(move |outbox| outbox.follow(portrait, state)).await {
                tell(inbox, Event::Failed(failure)).await?;
            }
            tell(inbox, Event::PortraitNews(news)).await
        }
    }
}

async fn tell(inbox: &mpsc::Sender<Input>, event: Event) -> Result<(), ()> {
    inbox.send(Input::Event(Box::new(event))).await.map_err(|_| ())
}
