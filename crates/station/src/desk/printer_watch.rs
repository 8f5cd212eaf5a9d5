//! Looks at the printer that the settings name, again and again until the desk is gone.

use std::time::Duration;

use gradshot_wire::desk::{PrinterLink, PrinterStanding};
use tokio::sync::{mpsc, watch};

use super::Input;
use super::sender::SharedOutbox;
use crate::outbox::BegunPrint;
use crate::printer::{Address, JobStanding, Printer, PrinterError};
use crate::session::{Event, Failure};

/// How often a printer is looked at that has nothing to do.
const PERIOD: Duration = Duration::from_secs(20);
/// How often while it prints or wants something.
const BUSY_PERIOD: Duration = Duration::from_secs(3);
/// How often a printer that does not answer is asked about an earlier run's prints.
const SETTLE_PERIOD: Duration = Duration::from_secs(30);

/// What is looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Watched {
    /// The printer's address, if there is one.
    pub(super) address: Option<String>,
    /// Whether something of ours is under way in it.
    pub(super) busy: bool,
}

/// Begins to look, and to ask what came of an earlier run's prints. What is looked at is told by what this gives.
pub(super) fn start(
    http: &reqwest::Client,
    begun: Vec<BegunPrint>,
    outbox: SharedOutbox,
    inbox: mpsc::WeakSender<Input>,
) -> watch::Sender<Watched> {
    let (sender, watched) = watch::channel(Watched::default());
    tokio::spawn(settle(http.clone(), begun, outbox, inbox.clone()));
    tokio::spawn(run(http.clone(), watched, inbox));
    sender
}

async fn run(http: reqwest::Client, mut watched: watch::Receiver<Watched>, inbox: mpsc::WeakSender<Input>) {
    let mut last: Option<Option<PrinterLink>> = None;
    loop {
        let Watched { address, busy } = watched.borrow_and_update().clone();
        let link = match &address {
            Some(address) => Some(look(&http, address).await),
            None => None,
        };
        let rests =
            link.as_ref().is_none_or(|link| link.standing == PrinterStanding::Ready && link.jobs == 0);
        if last.as_ref() != Some(&link) {
            last = Some(link.clone());
            if !tell(&inbox, Event::Printer(link)).await {
                return;
            }
        }
        let period = if busy || !rests { BUSY_PERIOD } else { PERIOD };
        let changed = async {
            let changed = watched.changed().await;
            // Without a printer there is nothing to look at until the settings change.
            changed.is_ok()
        };
        let goes_on = if address.is_none() {
            changed.await
        } else {
            tokio::time::timeout(period, changed).await.unwrap_or(true)
        };
        if !goes_on {
            return;
        }
    }
}

async fn look(http: &reqwest::Client, address: &str) -> PrinterLink {
    let looked = match Address::read(address) {
        Ok(address) => Printer::at(address, http.clone()).look().await,
        Err(_) => Err(PrinterError::NotUnderstood),
    };
    looked.map_or_else(|error| unreachable(address, error), |look| look.link())
}

fn unreachable(address: &str, error: PrinterError) -> PrinterLink {
    let Failure { zh, en } = error.into();
    PrinterLink {
        name: Address::read(address).map(|address| address.host().to_owned()).unwrap_or_default(),
        standing: PrinterStanding::Unreachable,
        spools: false,
        jobs: 0,
        troubles: vec![gradshot_wire::desk::PrinterTrouble { stops: true, zh, en }],
        media_types: Vec::new(),
        papers: Vec::new(),
    }
}

/// Asks the printers what came of prints that an earlier run of the program had begun. What a printer gave up does not
/// count; everything else does.
async fn settle(
    http: reqwest::Client,
    begun: Vec<BegunPrint>,
    outbox: SharedOutbox,
    inbox: mpsc::WeakSender<Input>,
) {
    for BegunPrint { print, printer } in begun {
        let Ok(address) = Address::read(&printer) else { continue };
        let printer = Printer::at(address, http.clone());
        let standing = loop {
            match printer.standing(print).await {
                Ok(standing) => break standing,
                Err(_) if inbox.strong_count() == 0 => return,
                Err(_) => tokio::time::sleep(SETTLE_PERIOD).await,
            }
        };
        let printed = standing != Some(JobStanding::Dropped);
        tracing::info!(%print, printed, "a print of an earlier run is settled");
        if let Err(failure) = outbox.with(move |outbox| outbox.settle_print(print, printed)).await
            && !tell(&inbox, Event::Failed(failure)).await
        {
            return;
        }
    }
}

async fn tell(inbox: &mpsc::WeakSender<Input>, event: Event) -> bool {
    match inbox.upgrade() {
        Some(inbox) => inbox.send(Input::Event(Box::new(event))).await.is_ok(),
        None => false,
    }
}
