//! What printers say (`printer-state-reasons`, RFC 8011 and PWG 5100.9) in words for the operator.

use gradshot_wire::desk::PrinterTrouble;

/// What a keyword begins with, whether nothing comes out until somebody has seen to it, and the words.
const WORDS: &[(&str, bool, &str, &str)] = &[
    (
        "media-empty",
        true,
        "打印机缺纸：请装纸，装好后会接着打",
        "Out of paper: load some and it goes on by itself",
    ),
    (
        "media-needed",
        true,
        "打印机里没有这种纸：请装上设置里选的相纸",
        "The paper is not loaded: put in the paper that the settings name",
    ),
    (
        "media-jam",
        true,
        "卡纸：请打开打印机取出卡住的纸",
        "Paper jam: open the printer and take the paper out",
    ),
    ("media-low", false, "纸快用完了", "Paper is running low"),
    ("input-tray-missing", true, "纸盒没有装好：请推到底", "The paper tray is missing: push it in"),
    ("output-area-full", true, "出纸口满了：请取走打好的照片", "The output is full: take the prints away"),
    ("cover-open", true, "打印机盖子开着：请合上", "The cover is open: close it"),
    ("door-open", true, "打印机门开着：请关上", "The door is open: close it"),
    ("interlock-open", true, "打印机盖子没有合好：请合上", "A cover is not shut: close it"),
    ("marker-supply-empty", true, "墨水或色带用完了：请更换", "Ink or ribbon is used up: replace it"),
    ("marker-supply-missing", true, "没有装墨盒或色带：请装上", "Ink or ribbon is missing: put it in"),
    ("marker-supply-low", false, "墨水或色带快用完了", "Ink or ribbon is running low"),
    ("marker-waste-full", true, "废墨盒满了：请更换", "The waste box is full: replace it"),
    ("toner-empty", true, "碳粉用完了：请更换", "Toner is used up: replace it"),
    ("toner-low", false, "碳粉快用完了", "Toner is running low"),
    (
        "paused",
        true,
        "打印机已暂停：请在打印机或系统里恢复",
        "The printer is paused: resume it at the printer or in the system",
    ),
    (
        "moving-to-paused",
        true,
        "打印机正在暂停：请在打印机或系统里恢复",
        "The printer is about to pause: resume it",
    ),
    ("shutdown", true, "打印机已关机：请打开电源", "The printer is switched off: switch it on"),
    ("offline", true, "打印机离线：请检查电源和连线", "The printer is offline: check its power and cable"),
    ("connecting-to-device", false, "系统正在连接打印机", "The system is connecting to the printer"),
    (
        "timed-out",
        true,
        "打印机没有响应：请检查电源和连线",
        "The printer does not respond: check its power and cable",
    ),
    (
        "spool-area-full",
        true,
        "打印队列满了：请等前面的打完，或取消旧任务",
        "The queue is full: wait, or cancel old jobs",
    ),
    ("stopped-partly", false, "打印机有一部分停了", "A part of the printer has stopped"),
    (
        "cups-missing-filter",
        true,
        "系统里的打印驱动不完整：请重新安装",
        "The system's printer driver is incomplete: install it again",
    ),
];

/// Reasons in words, the gravest first; `none` says nothing.
pub(super) fn troubles<'a>(reasons: impl Iterator<Item = &'a str>) -> Vec<PrinterTrouble> {
    let mut troubles: Vec<PrinterTrouble> = Vec::new();
    for reason in reasons.filter(|reason| !reason.is_empty() && *reason != "none") {
        let trouble = trouble(reason);
        if !troubles.contains(&trouble) {
            troubles.push(trouble);
        }
    }
    troubles.sort_by_key(|trouble| !trouble.stops);
    troubles
}

fn trouble(reason: &str) -> PrinterTrouble {
    // A reason may end with how grave the printer takes it.
    if let Some(&(_, stops, zh, en)) = WORDS.iter().find(|(word, ..)| reason.starts_with(word)) {
        let stops = stops && !reason.ends_with("-report") && !reason.ends_with("-warning");
        return PrinterTrouble { stops, zh: zh.to_owned(), en: en.to_owned() };
    }
    let reason: String = reason.chars().filter(|c| !c.is_control()).take(80).collect();
    PrinterTrouble {
        stops: reason.ends_with("-error"),
        zh: format!("打印机提示 {reason}：请看打印机的屏幕"),
        en: format!("The printer says {reason}: look at its display"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_comes_first_and_every_word_is_explained() {
        let reasons =
            ["none", "marker-supply-low-warning", "media-empty-error", "media-empty", "strange-thing-error"];
        let troubles = troubles(reasons.into_iter());
        let stops: Vec<bool> = troubles.iter().map(|trouble| trouble.stops).collect();
        assert_eq!(stops, [true, true, false]);
        assert!(troubles[0].zh.contains("装纸") && troubles[1].en.contains("strange-thing-error"));
        assert!(self::troubles(["none"].into_iter()).is_empty());
    }
}
