//! Listens to the server for as long as the station runs, and connects again by itself.

use std::time::Duration;

use futures::StreamExt as _;
use gradshot_wire::desk::ServerLink;
use gradshot_wire::event::StationEvent;
use tokio::sync::mpsc;

use super::Input;
use super::sender::SharedOutbox;
use crate::client::StationClient;
use crate::outbox::retry_after;
use crate::session::Event;

/// Runs until the desk is gone.
pub(super) async fn run(client: StationClient, outbox: SharedOutbox, inbox: mpsc::Sender<Input>) {
    let mut attempts = 0;
    loop {
        if let Ok(events) = client.events().await {
            attempts = 0;
            // What changed while the line was broken: campaigns, stations, whether this one rests.
            if let Ok(profile) = client.profile().await
                && inbox.send(Input::Profile(Box::new(profile))).await.is_err()
            {
                return;
            }
            if tell(&inbox, Event::ServerLink(ServerLink::Connected)).await.is_err()
                || inbox.send(Input::SendOutbox).await.is_err()
            {
                return;
            }
            let mut events = std::pin::pin!(events);
            while let Some(event) = events.next().await {
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
