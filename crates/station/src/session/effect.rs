//! What the session machine wants done.

use gradshot_domain::{
    BackInLine, CampaignId, FindingId, MaskedName, PrintId, ShotId, StationId, StudioId, TicketId,
    TicketNumber,
};
use gradshot_wire::desk::{CameraSettingKey, Countdown, CropNudge, DeskSettings};
use jiff::Timestamp;

/// Something to do. The driver performs it and answers with an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Ask the server for the next number.
    CallNext,
    /// Call this number, also when it is not the next one or was called before.
    Call(TicketId),
    /// Tell the server that nobody came; later, where it does not answer.
    Skip(TicketId, TicketNumber),
    /// Put a number that was passed over back in line.
    ComeBack(TicketId, BackInLine),
    /// Hand a student who was called here to another station.
    Transfer(TicketId, StationId),
    /// Ask where this student may be sent.
    FindStudios(TicketId),
    /// Send this student to another studio.
    TransferToStudio(TicketId, StudioId),
    /// Rest, or go on.
    Pause(bool),
    /// Report the arrival; goes through the outbox, since it must not get lost and need not be waited for.
    ReportArrival(TicketId, TicketNumber),
    /// Release the shutter for this ticket.
    Shoot(TicketId),
    /// Tell when this countdown is over.
    CountDown(Countdown),
    /// Make the portrait.
    Develop {
        /// Whose it is; comes back with the result.
        ticket: TicketId,
        /// The shot's bytes are kept under this id.
        shot: ShotId,
        /// Whose spec it has to meet.
        campaign: CampaignId,
        /// Whether the face is compared with the ticket's earlier shots.
        compare: bool,
    },
    /// Compose the portrait anew with the crop moved.
    Recompose {
        /// Whose it is; comes back with the result.
        ticket: TicketId,
        /// Of which shot.
        shot: ShotId,
        /// How far.
        nudge: CropNudge,
    },
    /// Write down that a shot was bound to a ticket.
    LogBinding(Binding),
    /// Write something down for the day's report.
    Note(TicketId, TicketNumber, Note),
    /// Seal the portrait of this shot and put it into the outbox.
    Seal(SealOrder),
    /// Drop these pictures from memory.
    Forget(Vec<ShotId>),
    /// Drop what was remembered of this ticket's face.
    ForgetFace(TicketId),
    /// Send what waits, now.
    SendOutbox,
    /// Give what the server refused another chance, and send.
    RetryRefused,
    /// Open the camera again.
    ReopenCamera,
    /// Look which cameras there are.
    FindCameras,
    /// Take this camera from now on, or the first usable one.
    ChooseCamera(Option<String>),
    /// Set one setting of the camera.
    SetCamera(CameraSettingKey, String),
    /// Set the camera as a preset says.
    ApplyPreset(String),
    /// Keep the camera's settings under a name.
    KeepPreset(String),
    /// Delete a preset.
    DeletePreset(String),
    /// Release the shutter for nobody.
    ShootTest,
    /// Call an invented number aloud.
    TestCall,
    /// Make a portrait of the test shot and look at its light.
    DevelopTest(ShotId),
    /// Keep this ticket's portrait of this shot in memory, to be printed; drop the shot itself.
    KeepPortrait(TicketId, ShotId),
    /// Tell when the portrait of this shot was kept long enough.
    LetGoLater(ShotId),
    /// Print a sheet.
    Print(PrintWish),
    /// Write down what a person said came of a print.
    SettlePrint {
        /// Whose portrait it is.
        ticket: TicketId,
        /// Which print.
        print: PrintId,
        /// Whether it was printed.
        printed: bool,
    },
    /// Print a sheet of nobody.
    TestPrint,
    /// Look which printers there are.
    FindPrinters,
    /// Keep the settings for the next start.
    KeepSettings(DeskSettings),
}

/// Something for the day's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Called, for the first time here.
    Called {
        /// Since when the student had waited, if the station saw it.
        joined_at: Option<Timestamp>,
    },
    /// Came.
    Arrived,
    /// Was photographed.
    Shot,
    /// A shot violated the standard in these ways.
    Refused(Vec<FindingId>),
    /// The portrait is sealed.
    Sealed,
    /// Was passed over.
    Skipped,
    /// Somebody else stood before the camera.
    NotThisPerson,
}

/// A shot and the ticket it belongs to. The pair never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    /// The ticket that was at the station when the shutter was released.
    pub ticket: TicketId,
    /// The shot.
    pub shot: ShotId,
    /// When it was taken.
    pub taken_at: Timestamp,
}

/// What is to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintWish {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number.
    pub number: TicketNumber,
    /// The shot whose portrait it is.
    pub shot: ShotId,
    /// Whose spec says how large the portrait is on paper.
    pub campaign: CampaignId,
    /// Copies of the sheet.
    pub copies: u16,
    /// Sheets that the operator knows to be printed for the ticket.
    pub known: u32,
}

/// What is to be sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealOrder {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number.
    pub number: TicketNumber,
    /// Masked name, for the list of those who have not said yes.
    pub masked_name: MaskedName,
    /// The campaign whose key seals.
    pub campaign: CampaignId,
    /// The shot whose portrait it is.
    pub shot: ShotId,
}
