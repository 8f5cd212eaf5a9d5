//! What can go wrong with a camera, in plain words with what to do: one table for every driver.

use std::{error::Error, fmt};

use serde::{Serialize, Serializer};

/// Why a camera did not do what was asked. Serialized as its [`Advice`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// No camera is in sight.
    NotFound,
    /// No camera is in sight but webcams, which are taken only when somebody chooses them.
    OnlyWebcams,
    /// The camera is being opened.
    Starting,
    /// As many shots are waiting as may wait.
    Busy,
    /// The cable is out, or the camera is off.
    Unplugged,
    /// The camera sleeps and must be woken by hand.
    Asleep,
    /// The battery has not enough charge left.
    BatteryEmpty,
    /// Another program has the camera open.
    HeldByAnotherProgram,
    /// The operating system does not let this program use it.
    NotPermitted,
    /// A call did not return in time.
    NotAnswering,
    /// The driver broke down.
    DriverFailed,
    /// Focus was not found; no picture was taken.
    OutOfFocus,
    /// No room on the memory card.
    CardFull,
    /// No memory card, or one that cannot be written.
    CardMissing,
    /// The file is damaged or does not end.
    BrokenFile,
    /// The file is larger than [`crate::Limits::shot_max_bytes`].
    FileTooLarge,
    /// Only a RAW file came, without a JPEG beside it.
    RawOnly,
    /// A value that the camera does not take.
    SettingRefused,
    /// The camera refused for a reason of its own.
    Refused,
    /// The folder does not exist or cannot be read.
    FolderUnreachable,
    /// More files in the folder than can be watched.
    FolderTooFull,
    /// A webcam without a picture format that can be used.
    NoFormat,
    /// The USB port has no room for another picture stream.
    UsbCrowded,
    /// No photo in the simulated camera's folder.
    NoPhotos,
    /// This camera cannot do that at all.
    NotAvailable(Ability),
}

/// Something that some cameras can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ability {
    /// Shooting on request.
    Still,
    /// Live view.
    Live,
    /// Settings.
    Settings,
}

/// A fault in words for the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// A stable name for programs.
    pub code: &'static str,
    /// What is wrong, in Chinese.
    pub zh: &'static str,
    /// What is wrong, in English.
    pub en: &'static str,
    /// What to do, in Chinese.
    pub remedy_zh: &'static str,
    /// What to do, in English.
    pub remedy_en: &'static str,
}

impl Fault {
    /// Every fault there is.
    pub const ALL: [Self; 27] = [
        Self::NotFound,
        Self::OnlyWebcams,
        Self::Starting,
        Self::Busy,
        Self::Unplugged,
        Self::Asleep,
        Self::BatteryEmpty,
        Self::HeldByAnotherProgram,
        Self::NotPermitted,
        Self::NotAnswering,
        Self::DriverFailed,
        Self::OutOfFocus,
        Self::CardFull,
        Self::CardMissing,
        Self::BrokenFile,
        Self::FileTooLarge,
        Self::RawOnly,
        Self::SettingRefused,
        Self::Refused,
        Self::FolderUnreachable,
        Self::FolderTooFull,
        Self::NoFormat,
        Self::UsbCrowded,
        Self::NoPhotos,
        Self::NotAvailable(Ability::Still),
        Self::NotAvailable(Ability::Live),
        Self::NotAvailable(Ability::Settings),
    ];

    /// Whether the connection is gone, so that the camera has to be closed and opened again. Any other fault leaves
    /// the camera usable.
    pub fn loses_camera(self) -> bool {
        matches!(
            self,
            Self::NotFound
                | Self::OnlyWebcams
                | Self::Unplugged
                | Self::Asleep
                | Self::BatteryEmpty
                | Self::HeldByAnotherProgram
                | Self::NotPermitted
                | Self::NotAnswering
                | Self::DriverFailed
                | Self::FolderUnreachable
                | Self::FolderTooFull
                | Self::NoFormat
        )
    }

    /// The fault in words.
    #[rustfmt::skip]
    pub fn advice(self) -> Advice {
        let [code, zh, en, remedy_zh, remedy_en] = match self {
            Self::NotFound => ["camera.not_found", "没有找到相机", "No camera was found",
                "请接好数据线并打开相机电源", "Connect the cable and switch the camera on"],
            Self::OnlyWebcams => ["camera.only_webcams", "没有找到相机，只有摄像头", "No camera was found but a webcam",
                "请接好相机并打开电源；要用摄像头拍摄，请在相机面板里选用它", "Connect the camera and switch it on; to shoot with the webcam, choose it in the camera panel"],
            Self::Starting => ["camera.starting", "相机正在连接", "The camera is being connected",
                "请稍候再拍", "Wait a moment, then shoot"],
            Self::Busy => ["camera.busy", "上一张还没有拍完", "The last shot is not finished yet",
                "请等上一张出现后再拍", "Wait until the last shot appears"],
            Self::Unplugged => ["camera.unplugged", "相机连接已断开", "The camera was disconnected",
                "请检查数据线和相机电源，接好后会自动恢复", "Check the cable and the camera's power; it resumes by itself"],
            Self::Asleep => ["camera.asleep", "相机已休眠", "The camera is asleep",
                "请半按快门唤醒，并在相机菜单里关闭自动关机", "Half-press the shutter to wake it, and turn off auto power-off in its menu"],
            Self::BatteryEmpty => ["camera.battery_empty", "相机电量不足", "The camera's battery is empty",
                "请更换电池或接上电源适配器", "Change the battery or connect a power adapter"],
            Self::HeldByAnotherProgram => ["camera.held", "相机正被其他程序占用", "Another program is using the camera",
                "请关闭其他拍照、视频会议或相册程序，以及文件管理器里的相机窗口", "Close other photo and meeting programs and the camera's window in the file manager"],
            Self::NotPermitted => ["camera.not_permitted", "没有使用相机的权限", "This program may not use the camera",
                "请在系统设置里允许使用相机，然后重新插拔", "Allow camera access in the system's settings, then plug it in again"],
            Self::NotAnswering => ["camera.not_answering", "相机没有回应", "The camera does not answer",
                "请关闭相机电源，五秒后再打开", "Switch the camera off, wait five seconds and switch it on"],
            Self::DriverFailed => ["camera.driver_failed", "相机驱动出错，正在重新连接", "The camera's driver failed and is being restarted",
                "如果没有恢复，请重新插拔数据线", "If it does not come back, plug the cable in again"],
            Self::OutOfFocus => ["camera.out_of_focus", "没有对上焦，这一张没有拍", "Focus was not found; no picture was taken",
                "请对准眼睛再拍；光线暗时打开辅助灯或改用手动对焦", "Aim at the eyes and shoot again; in dim light use a lamp or manual focus"],
            Self::CardFull => ["camera.card_full", "存储卡已满", "The memory card is full",
                "请更换存储卡，或确认照片已上传后清空", "Change the card, or empty it once its photos are uploaded"],
            Self::CardMissing => ["camera.card_missing", "没有可用的存储卡", "There is no usable memory card",
                "请插入存储卡，并检查写保护开关", "Insert a card and check its write-protect switch"],
            Self::BrokenFile => ["camera.broken_file", "照片文件已损坏或不完整", "The photo file is damaged or incomplete",
                "请重拍一张；反复出现时请更换数据线或存储卡", "Shoot again; if it keeps happening change the cable or the card"],
            Self::FileTooLarge => ["camera.file_too_large", "照片文件过大", "The photo file is too large",
                "请在相机里选用 JPEG 格式", "Choose JPEG in the camera's menu"],
            Self::RawOnly => ["camera.raw_only", "只收到 RAW 文件", "Only a RAW file arrived",
                "请把相机的画质设为 JPEG 或 RAW+JPEG", "Set the camera's image quality to JPEG or RAW+JPEG"],
            Self::SettingRefused => ["camera.setting_refused", "相机不接受这个设置", "The camera does not accept this setting",
                "请换一个值，或检查相机的模式转盘", "Choose another value, or check the camera's mode dial"],
            Self::Refused => ["camera.refused", "相机拒绝了这次操作", "The camera refused",
                "请看相机屏幕上的提示，退出菜单后再试", "Look at the camera's own screen, leave its menu and try again"],
            Self::FolderUnreachable => ["camera.folder_unreachable", "无法读取照片文件夹", "The photo folder cannot be read",
                "请检查文件夹是否存在、网络是否连通", "Check that the folder exists and the network is up"],
            Self::FolderTooFull => ["camera.folder_too_full", "照片文件夹里的文件过多", "There are too many files in the photo folder",
                "请在联机软件里改用一个新的空文件夹", "Choose a new, empty folder in the tethering software"],
            Self::NoFormat => ["camera.no_format", "这个摄像头没有可用的画面格式", "This webcam has no picture format that can be used",
                "请换一个彩色摄像头；人脸解锁用的红外摄像头不能拍照", "Choose another webcam; an infrared one, made for unlocking the PC, takes no photos"],
            Self::UsbCrowded => ["camera.usb_crowded", "USB 接口带宽不够", "The USB port has no room for this picture",
                "请把摄像头换到另一个 USB 口，不要与其他摄像头共用集线器，或选小一些的尺寸", "Plug the webcam into another USB port, not into one hub with others, or choose a smaller size"],
            Self::NoPhotos => ["camera.no_photos", "模拟相机的文件夹里没有照片", "The simulated camera's folder holds no photo",
                "请放入 JPEG 或 PNG 照片", "Put JPEG or PNG photos into it"],
            Self::NotAvailable(Ability::Still) => ["camera.no_still", "这台相机不能由电脑拍摄", "This camera cannot be released from here",
                "请按相机快门，或在联机软件里拍摄", "Press the camera's own shutter, or shoot in its tethering software"],
            Self::NotAvailable(Ability::Live) => ["camera.no_live", "这台相机没有实时取景", "This camera has no live view",
                "请通过相机取景器构图", "Compose in the camera's viewfinder"],
            Self::NotAvailable(Ability::Settings) => ["camera.no_settings", "这台相机不能由电脑设置", "This camera cannot be set from here",
                "请在相机上调整", "Set it on the camera itself"],
        };
        Advice { code, zh, en, remedy_zh, remedy_en }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let advice = self.advice();
        write!(f, "{}. {}.", advice.en, advice.remedy_en)
    }
}

impl Error for Fault {}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.advice().serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_fault_has_its_own_code_and_words_in_both_languages() {
        let codes: BTreeSet<_> = Fault::ALL.iter().map(|fault| fault.advice().code).collect();
        assert_eq!(codes.len(), Fault::ALL.len());
        for advice in Fault::ALL.map(Fault::advice) {
            for zh in [advice.zh, advice.remedy_zh] {
                assert!(zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{}", advice.code);
                assert!(!zh.contains(['!', '！', '。']), "{}", advice.code);
            }
            for en in [advice.en, advice.remedy_en] {
                assert!(en.is_ascii() && !en.is_empty() && !en.ends_with(['.', '!']), "{}", advice.code);
            }
        }
    }
}
