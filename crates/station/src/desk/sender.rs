//! Sends what is in the outbox, one item after the other, for as long as the station runs.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use gradshot_domain::TicketId;
use gradshot_wire::Problem;
use tokio::sync::{Notify, mpsc};

use super::Input;
use crate::client::{CallError, StationClient};
use crate::outbox::{Item, Outbox, OutboxError, Queued, Retry};
use crate::session::{Event, Failure};
use crate::upload::upload;

/// The outbox behind a lock: SQLite's connection is one thread's at a time, and every use is short.
#[derive(Clone)]
pub(super) struct SharedOutbox(Arc<Mutex<Outbox>>);

impl SharedOutbox {
    pub(super) fn new(outbox: Outbox) -> Self {
        Self(Arc::new(Mutex::new(outbox)))
    }

    /// Uses the outbox on a thread where waiting for the disk does no harm.
    pub(super) async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Outbox) -> Result<T, OutboxError> + Send + 'static,
    ) -> Result<T, Failure> {
        let outbox = Arc::clone(&self.0);
        let done = tokio::task::spawn_blocking(move || {
            work(&mut outbox.lock().unwrap_or_else(PoisonError::into_inner))
        });
        match done.await {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(error)) => Err(Failure::new(
                "待传箱写入失败：请检查磁盘空间，照片还在屏幕上，不要关闭程序",
                format!(
                    "The outbox cannot be written ({error}): check the disk's space, do not close the program"
                ),
            )),
            Err(_) => {
                Err(Failure::new("待传箱出错，请重新打开程序", "The outbox failed: open the program again"))
            }
        }
    }
}

/// Runs until the desk is gone.
pub(super) async fn run(
    outbox: SharedOutbox,
    client: StationClient,
    wake: Arc<Notify>,
    inbox: mpsc::Sender<Input>,
) {
    loop {
        let pause = match outbox.with(|outbox| outbox.next()).await {
            Ok(Some(queued)) => {
                let pause = send(&outbox, &client, queued).await;
                if !announce(&outbox, &inbox).await {
                    return;
                }
                pause
            }
            Ok(None) => None,
            Err(failure) => {
                if tell(&inbox, Event::Failed(failure)).await.is_err() {
                    return;
                }
                Some(Duration::from_secs(5))
            }
        };
        match pause {
            Some(Duration::ZERO) => {}
            Some(pause) => {
                let _ = tokio::time::timeout(pause, wake.notified()).await;
            }
            None => wake.notified().await,
        }
    }
}

/// Sends one item and writes down what came of it. Gives the time until the next attempt.
async fn send(outbox: &SharedOutbox, client: &StationClient, queued: Queued) -> Option<Duration> {
    let seq = queued.seq;
    let attempts = queued.attempts;
    let sent = match queued.item {
        Item::Arrival { ticket, .. } => arrive(client, ticket).await.map(|()| None),
        Item::Skip { ticket, .. } => skip(client, ticket).await.map(|()| None),
        Item::Portrait(sealed) => {
            let portrait = sealed.portrait;
            let uploaded = upload(client, portrait, &sealed.envelope, attempts > 0).await;
            uploaded.map(|receipt| Some((portrait, receipt.state)))
        }
    };
    let (written, pause) = match sent {
        Ok(news) => {
            let written = outbox.with(move |outbox| {
                if let Some((portrait, state)) = news {
                    outbox.follow(portrait, state)?;
                }
                outbox.done(seq)
            });
            (written.await, Duration::ZERO)
        }
        Err(error) => {
            let problem = error.to_problem();
            match Retry::plan(error.status(), attempts) {
                Retry::After(pause) => {
                    let write = outbox.with(move |outbox| outbox.failed(seq, &problem.zh, &problem.en));
                    (write.await, pause)
                }
                Retry::Never if already_done(&error) => {
                    (outbox.with(move |outbox| outbox.done(seq)).await, Duration::ZERO)
                }
                Retry::Never => {
                    tracing::warn!(code = problem.code, "the server refused an item of the outbox");
                    let write = outbox.with(move |outbox| outbox.refused(seq, &problem.zh, &problem.en));
                    (write.await, Duration::ZERO)
                }
            }
        }
    };
    // An item that could not be marked is sent again, which is harmless; but not at once.
    Some(if written.is_ok() { pause } else { Duration::from_secs(5) })
}

/// Reports an arrival. Somebody taken in without a network was never called: the call is made up for.
async fn arrive(client: &StationClient, ticket: TicketId) -> Result<(), CallError> {
    match client.arrive(ticket).await {
        Err(CallError::Problem(problem)) if problem.code == "ticket.not_now" => {
            client.call(ticket).await?;
            client.arrive(ticket).await.map(|_| ())
        }
        reported => reported.map(|_| ()),
    }
}

/// Reports that a student was passed over. Who has given the ticket up or was called elsewhere meanwhile is gone from this
/// desk all the same.
pub(super) async fn skip(client: &StationClient, ticket: TicketId) -> Result<(), CallError> {
    match client.skip(ticket).await {
        Err(CallError::Problem(Problem { status: 404 | 409, .. })) => Ok(()),
        reported => reported.map(|_| ()),
    }
}

/// The student of a late arrival report was photographed or has left since: the report is of no use any more.
fn already_done(error: &CallError) -> bool {
    matches!(error, CallError::Problem(problem) if problem.code == "ticket.already_arrived")
}

/// Tells the desk what is in the outbox now; `false` when the desk is gone.
pub(super) async fn announce(outbox: &SharedOutbox, inbox: &mpsc::Sender<Input>) -> bool {
    let entries = outbox.with(|outbox| outbox.entries()).await;
    let event = entries.map_or_else(Event::Failed, Event::OutboxChanged);
    tell(inbox, event).await.is_ok()
}

async fn tell(inbox: &mpsc::Sender<Input>, event: Event) -> Result<(), ()> {
    inbox.send(Input::Event(Box::new(event))).await.map_err(|_| ())
}
