//! Prints from the desk: how it prints, what the printer says, and the portrait that can be printed now.

use gradshot_domain::{PrintId, ShotId, TicketId, TicketNumber};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most copies of a sheet in one print.
pub const COPIES_MAX: u16 = 20;
/// Most portraits on one sheet that somebody may ask for.
pub const PER_SHEET_MAX: u16 = 60;
/// Letters of a printer's address, and of a paper's kind.
const TEXT_MAX: usize = 255;

/// How this desk prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PrintSettings {
    /// Which way a sheet goes to paper.
    pub way: PrintWay,
    /// The printer's address, `ipp://…` or `ipps://…`; needed only for its way.
    pub address: String,
    /// The paper.
    pub paper: SheetPaper,
    /// Portraits on a sheet, up to 60; 0 is as many as fit.
    pub per_sheet: u16,
    /// Copies of a sheet that are suggested, 1 to 20.
    pub copies: u16,
    /// The kind of paper, by the printer's own word; empty leaves it to the printer.
    pub media_type: String,
    /// Whether there are cut marks.
    pub cut_marks: bool,
    /// Whether the ticket's number stands under each portrait.
    pub number: bool,
    /// Whether a sheet may lie in the system's print queue, which is a disk, until it is printed.
    pub spool_agreed: bool,
}

impl Default for PrintSettings {
    fn default() -> Self {
        Self {
            way: PrintWay::Off,
            address: String::new(),
            paper: SheetPaper::SixInch,
            per_sheet: 0,
            copies: 1,
            media_type: String::new(),
            cut_marks: true,
            number: true,
            spool_agreed: false,
        }
    }
}

impl PrintSettings {
    /// The same settings with every figure and text inside its limit.
    #[must_use]
    pub fn within_limits(self) -> Self {
        let text = |text: &str| text.trim().chars().filter(|c| !c.is_control()).take(TEXT_MAX).collect();
        Self {
            address: text(&self.address),
            media_type: text(&self.media_type),
            per_sheet: self.per_sheet.min(PER_SHEET_MAX),
            copies: self.copies.clamp(1, COPIES_MAX),
            ..self
        }
    }
}

/// Which way a sheet goes to paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PrintWay {
    /// Nothing is printed here.
    #[default]
    Off,
    /// From memory to a printer or a print queue that speaks IPP.
    Printer,
    /// By the system's print dialog.
    Dialog,
}

/// The paper of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SheetPaper {
    /// 五寸, 89×127 mm.
    FiveInch,
    /// 六寸, 102×152 mm.
    SixInch,
    /// A4.
    A4,
}

/// What the desk knows of its printer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PrinterPanel {
    /// The printer; absent until it was first asked, and when there is none.
    pub link: Option<PrinterLink>,
    /// Printers that were found; absent until somebody looked.
    pub found: Option<Vec<FoundPrinter>>,
    /// What came of the test print.
    pub test: Option<PrintStage>,
}

/// A printer as it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PrinterLink {
    /// Its name.
    pub name: String,
    /// How it stands.
    pub standing: PrinterStanding,
    /// Whether it is a queue of the system, which keeps sheets on a disk until they are printed.
    pub spools: bool,
    /// Jobs that wait in it.
    pub jobs: u32,
    /// What somebody has to see to, the gravest first.
    pub troubles: Vec<PrinterTrouble>,
    /// Kinds of paper that it knows, by its own words.
    pub media_types: Vec<String>,
    /// Papers for sheets that it takes.
    pub papers: Vec<SheetPaper>,
}

/// How a printer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PrinterStanding {
    /// Has nothing to do.
    Ready,
    /// Prints.
    Printing,
    /// Stopped, or wants something before it goes on.
    Stopped,
    /// Does not answer.
    Unreachable,
}

/// Something that a printer wants: what it is and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PrinterTrouble {
    /// Whether nothing comes out before somebody has seen to it.
    pub stops: bool,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// A printer that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FoundPrinter {
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Whether it is a queue of the system, which keeps sheets on a disk until they are printed.
    pub spools: bool,
}

/// The portrait that was accepted last: it can be printed until the next student stands before the camera, for ten
/// minutes at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LastPortrait {
    /// Whose it is.
    pub ticket: TicketId,
    /// The number.
    pub number: TicketNumber,
    /// The shot that it was made of.
    pub shot: ShotId,
    /// Sheets that were printed for this ticket, as far as this desk knows.
    pub printed: u32,
    /// The newest print.
    pub print: Option<PrintId>,
    /// What has become of it.
    pub stage: PrintStage,
}

/// What has become of a print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum PrintStage {
    /// Nothing is being printed.
    Idle,
    /// Some sheets were printed: print again?
    Asking {
        /// So many would be printed now.
        copies: u16,
    },
    /// On its way to the printer.
    Sending {
        /// Sheets.
        copies: u16,
    },
    /// The printer's answer was lost; it is being asked whether it has the sheet.
    Checking {
        /// Sheets.
        copies: u16,
    },
    /// The printer has it.
    Queued {
        /// Sheets.
        copies: u16,
    },
    /// Printed.
    Done {
        /// Sheets.
        copies: u16,
    },
    /// The system's print dialog is open. What came of it only a person knows.
    Dialog {
        /// Sheets.
        copies: u16,
    },
    /// Nobody but a person can tell whether it was printed.
    Unsure {
        /// Sheets.
        copies: u16,
    },
    /// Not printed.
    Failed {
        /// Why and what to do, in Chinese.
        zh: String,
        /// Why and what to do, in English.
        en: String,
    },
}
