//! Everything an operator can do.

use gradshot_domain::{BackInLine, PrintId, ShotId, StationId, StudioId, TicketId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CameraSettingKey, CropNudge, DeskSettings};

/// Everything an operator can do. Each answers with the new state or with a [`crate::Problem`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum DeskCommand {
    /// Gives the present state.
    Look,
    /// 叫下一位
    CallNext,
    /// 呼叫指定号码
    CallTicket {
        /// Which.
        ticket: TicketId,
    },
    /// 复呼
    Recall,
    /// 过号
    Skip,
    /// 排回队列
    ComeBack {
        /// Which.
        ticket: TicketId,
        /// Where.
        rule: BackInLine,
    },
    /// 转机位: hands the student who was called here to another station.
    Transfer {
        /// Which.
        station: StationId,
    },
    /// Asks to which other studios the present student may be sent.
    FindStudios,
    /// 转到别的照相馆: sends the present student there for today.
    TransferToStudio {
        /// Which.
        studio: StudioId,
    },
    /// 暂停叫号
    Pause,
    /// 恢复叫号
    Resume,
    /// The arrival scan: a ticket's token as a scanner types it, or its number typed by hand.
    Scan {
        /// What was scanned or typed.
        text: String,
    },
    /// 拍摄
    Shoot,
    /// 重拍: the shot looked at will not do; the automatic shutter may fire again.
    Retake,
    /// Stops the automatic shutter's countdown. It does not begin again before somebody shoots or asks for a retake.
    StopCountdown,
    /// Looks at one of the shots.
    SelectShot {
        /// Which.
        shot: ShotId,
    },
    /// Moves the crop of a shot inside the limits of the standard, measured from where it was solved.
    NudgeCrop {
        /// Which.
        shot: ShotId,
        /// How far from the solved crop.
        nudge: CropNudge,
    },
    /// 通过: seals the selected shot's portrait and makes room for the next student.
    Accept,
    /// 不是此人: throws all shots away and asks for the arrival scan again.
    NotThisPerson,
    /// Sends everything in the outbox now.
    RetryOutbox,
    /// Opens the camera again.
    ReopenCamera,
    /// Looks which cameras there are.
    FindCameras,
    /// Takes this camera from now on; the first usable one when absent.
    ChooseCamera {
        /// Which.
        id: Option<String>,
    },
    /// Sets one setting of the camera.
    SetCamera {
        /// Which.
        key: CameraSettingKey,
        /// To what.
        value: String,
    },
    /// Sets the camera as a preset says.
    ApplyPreset {
        /// Which.
        name: String,
    },
    /// Keeps the camera's settings under a name.
    KeepPreset {
        /// Which.
        name: String,
    },
    /// Deletes a preset.
    DeletePreset {
        /// Which.
        name: String,
    },
    /// A shot of nobody in particular, which tests camera and light.
    TestShot,
    /// Throws the test shot away.
    CloseTest,
    /// 试叫: calls an invented number aloud on this computer, whatever the settings say of real ones.
    TestCall,
    /// 打印: prints the sheet of the portrait that was accepted last.
    Print {
        /// Which shot's portrait; another one than the last is not printed.
        shot: ShotId,
        /// Copies of the sheet; as many as the settings say when absent.
        copies: Option<u16>,
        /// Sheets that the operator knows to be printed for this ticket. With another count nothing is printed, and the
        /// state asks: so the same wish said twice is one print.
        printed: u32,
    },
    /// Takes the question whether to print again, or what came of the last print, away.
    DismissPrint,
    /// Says what came of a print that nobody but a person can tell of.
    SettlePrint {
        /// Which.
        print: PrintId,
        /// Whether it was printed.
        printed: bool,
    },
    /// Prints a sheet of nobody, to try the printer.
    TestPrint,
    /// Looks which printers there are.
    FindPrinters,
    /// Changes how this desk works.
    ChangeSettings {
        /// To what.
        settings: DeskSettings,
    },
    /// Takes the notice away.
    DismissNotice,
}
