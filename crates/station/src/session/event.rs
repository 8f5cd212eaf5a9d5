//! What the session machine hears.

use gradshot_domain::{CampaignId, Category, MaskedName, ShotId, TicketId, TicketNumber};
use gradshot_wire::Problem;
use gradshot_wire::desk::{
    CameraLink, CameraPanel, Colleague, CropNudge, DeskCommand, Disk, FoundPrinter, LightTest, OutboxEntry,
    PrintStage, PrinterLink, ServerLink, ShotProgress, WaitingForYes,
};
use gradshot_wire::event::PortraitNews;
use gradshot_wire::queue::{OtherStudio, Queue, QueueEntry, TransferredTicket};

use super::effect::Binding;
use super::printing::PrintNews;

/// Something happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// The operator did something. A scan comes as [`Event::Scanned`] instead, since telling codes apart needs a key
    /// and a clock.
    Command(DeskCommand),
    /// A code was scanned, or something was typed into its field.
    Scanned(Scanned),
    /// The server called a number to this station.
    Called(QueueEntry),
    /// The server did not answer when this number was to be called.
    CallUnanswered(TicketId),
    /// There was nobody to call.
    NobodyWaits,
    /// The server passed a number over.
    Skipped(TicketId),
    /// Studios where this student may be sent.
    StudiosFound(TicketId, Vec<OtherStudio>),
    /// This student was sent to another studio.
    SentAway(TicketId, TransferredTicket),
    /// The server handed a student to another station.
    HandedOver(TicketId),
    /// This station rests, or goes on.
    Paused(bool),
    /// The studio's other stations.
    Colleagues(Vec<Colleague>),
    /// Something could not be done.
    Failed(Failure),
    /// Later shots of this student cannot be compared with the first one. Nothing else stops for that.
    NotCompared(Failure),
    /// The camera gave a picture, which the driver keeps under the binding's shot id.
    ShotTaken(Binding),
    /// The darkroom is through with a shot.
    Developed {
        /// Whose it is.
        ticket: TicketId,
        /// Which.
        shot: ShotId,
        /// What came of it.
        progress: ShotProgress,
    },
    /// A portrait was composed anew; nothing came of it where the outcome is absent.
    Recomposed {
        /// Whose it is.
        ticket: TicketId,
        /// Of which shot.
        shot: ShotId,
        /// How far the crop was to be moved.
        asked: CropNudge,
        /// How far it was moved, and what came of it.
        outcome: Option<(CropNudge, ShotProgress)>,
    },
    /// The coach found everything in order, or no longer.
    Coached(bool),
    /// This countdown is over.
    CountdownOver(u32),
    /// A portrait is sealed and in the outbox.
    Sealed {
        /// Whose it is.
        ticket: TicketId,
        /// What the desk shows until the student said yes.
        waiting: WaitingForYes,
    },
    /// The queue as the server has it.
    QueueChanged(Queue),
    /// A portrait of this station changed.
    PortraitNews(PortraitNews),
    /// The outbox changed.
    OutboxChanged(Vec<OutboxEntry>),
    /// The line to the server changed.
    ServerLink(ServerLink),
    /// The camera changed.
    CameraLink(CameraLink),
    /// The camera panel changed; its test shot is the machine's own.
    Panel(Box<CameraPanel>),
    /// The test shot came, and is kept under this id.
    TestTaken(ShotId),
    /// The darkroom is through with the test shot.
    TestDeveloped {
        /// Which.
        shot: ShotId,
        /// What came of it.
        progress: ShotProgress,
        /// What it says of the light.
        light: LightTest,
    },
    /// News of a print.
    Print {
        /// Whose portrait it is.
        ticket: TicketId,
        /// What is new.
        news: PrintNews,
    },
    /// The portrait of this shot was kept for printing long enough.
    LetGo(ShotId),
    /// How far the test print is.
    TestPrint(PrintStage),
    /// The printer was looked at; absent when there is none.
    Printer(Option<PrinterLink>),
    /// A look for printers is over.
    PrintersFound(Vec<FoundPrinter>),
    /// The disk was looked at.
    Disk(Option<Disk>),
}

/// What a scanned or typed text turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanned {
    /// A genuine ticket for this studio and day.
    Ticket(Pass),
    /// A number typed by hand.
    Number(TicketNumber),
    /// Something else.
    Wrong(Failure),
}

/// What a genuine ticket says: enough to photograph its student without a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pass {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number.
    pub number: TicketNumber,
    /// Masked name.
    pub masked_name: MaskedName,
    /// The campaign whose key seals the portrait.
    pub campaign: CampaignId,
    /// Kind of studies.
    pub category: Category,
}

/// Something could not be done: what happened and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Failure {
    /// A failure in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self { zh: problem.zh, en: problem.en }
    }
}

impl From<&QueueEntry> for Pass {
    fn from(entry: &QueueEntry) -> Self {
        Self {
            ticket: entry.ticket,
            number: entry.number,
            masked_name: entry.masked_name.clone(),
            campaign: entry.campaign,
            category: entry.category,
        }
    }
}
