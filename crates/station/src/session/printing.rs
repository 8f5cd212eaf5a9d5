//! Prints: of the portrait that was accepted last, one at a time, and never the same wish twice.

use gradshot_domain::{PrintId, ShotId, TicketId};
use gradshot_wire::desk::{
    COPIES_MAX, CurrentStudent, FoundPrinter, LastPortrait, NoticeLevel, PrintStage, PrintWay, PrinterLink,
};

use super::Session;
use super::effect::{Effect, PrintWish};

/// News of a ticket's prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrintNews {
    /// Sheets that were printed for this ticket, as it was written down.
    Printed(u32),
    /// A print was taken up under this id.
    TakenUp(PrintId),
    /// The operator knew of another number of sheets than this: the print was not begun.
    Asked(PrintId, u32),
    /// How far a print is.
    Now(PrintId, PrintStage),
}

impl Session {
    /// The accepted portrait stays to be printed, and nothing else of its student.
    pub(super) fn keep_for_print(&mut self, ticket: TicketId, effects: &mut Vec<Effect>) {
        self.let_go(effects);
        if self.state.settings.printing.way == PrintWay::Off {
            return;
        }
        let current = self.state.current.as_mut().filter(|current| current.ticket == ticket);
        let Some((current, campaign)) = current.zip(self.campaign) else { return };
        let Some(shot) = current.selected else { return };
        current.shots.retain(|other| other.id != shot);
        let CurrentStudent { ticket, number, .. } = *current;
        self.state.last_portrait =
            Some(LastPortrait { ticket, number, shot, printed: 0, print: None, stage: PrintStage::Idle });
        self.last_campaign = Some(campaign);
        effects.push(Effect::KeepPortrait(ticket, shot));
        effects.push(Effect::LetGoLater(shot));
    }

    /// The last portrait leaves memory. A print that is on its way goes on.
    pub(super) fn let_go(&mut self, effects: &mut Vec<Effect>) {
        if let Some(last) = self.state.last_portrait.take() {
            effects.push(Effect::Forget(vec![last.shot]));
        }
    }

    /// The last portrait was here long enough.
    pub(super) fn let_go_of(&mut self, shot: ShotId, effects: &mut Vec<Effect>) {
        if self.state.last_portrait.as_ref().is_some_and(|last| last.shot == shot) {
            self.let_go(effects);
        }
    }

    pub(super) fn print(&mut self, shot: ShotId, copies: Option<u16>, known: u32, effects: &mut Vec<Effect>) {
        let copies = copies.unwrap_or(self.state.settings.printing.copies).clamp(1, COPIES_MAX);
        let campaign = self.last_campaign;
        let last = self.state.last_portrait.as_mut().filter(|last| last.shot == shot);
        let Some((last, campaign)) = last.zip(campaign) else {
            return self.tell(
                NoticeLevel::Info,
                "这张标准照已从内存清除，不能再打印",
                "This portrait has left memory and cannot be printed any more",
            );
        };
        match &last.stage {
            // The same wish said twice, or one at a time.
            PrintStage::Sending { .. }
            | PrintStage::Checking { .. }
            | PrintStage::Dialog { .. }
            | PrintStage::Unsure { .. } => {}
            _ if last.printed != known => last.stage = PrintStage::Asking { copies },
            _ => {
                last.stage = PrintStage::Sending { copies };
                let (ticket, number) = (last.ticket, last.number);
                effects.push(Effect::Print(PrintWish { ticket, number, shot, campaign, copies, known }));
            }
        }
    }

    pub(super) fn dismiss_print(&mut self) {
        if let Some(last) = &mut self.state.last_portrait
            && matches!(
                last.stage,
                PrintStage::Asking { .. } | PrintStage::Done { .. } | PrintStage::Failed { .. }
            )
        {
            last.stage = PrintStage::Idle;
        }
        if matches!(self.state.printer.test, Some(PrintStage::Done { .. } | PrintStage::Failed { .. })) {
            self.state.printer.test = None;
        }
    }

    pub(super) fn hear_of_print(&mut self, ticket: TicketId, news: PrintNews) {
        let last = self.state.last_portrait.as_mut().filter(|last| last.ticket == ticket);
        match (news, last) {
            (PrintNews::Printed(printed), Some(last)) => last.printed = printed,
            (PrintNews::TakenUp(print), Some(last)) => last.print = Some(print),
            (PrintNews::Asked(print, printed), Some(last)) if last.print == Some(print) => {
                last.printed = printed;
                if let PrintStage::Sending { copies } = last.stage {
                    last.stage = PrintStage::Asking { copies };
                }
            }
            (PrintNews::Now(print, stage), Some(last)) if last.print == Some(print) => last.stage = stage,
            // The student has left, or there is a newer print. What did not come out somebody has to hear of.
            (PrintNews::Now(_, PrintStage::Failed { zh, en }), _) => {
                self.tell(NoticeLevel::Warning, &zh, &en);
            }
            _ => {}
        }
    }

    /// Only a person knows what came of this print, and says so.
    pub(super) fn settle_print(&mut self, print: PrintId, printed: bool, effects: &mut Vec<Effect>) {
        let Some(last) = self.state.last_portrait.as_mut().filter(|last| last.print == Some(print)) else {
            return;
        };
        if let PrintStage::Dialog { copies } | PrintStage::Unsure { copies } = last.stage {
            last.stage = if printed { PrintStage::Done { copies } } else { PrintStage::Idle };
            effects.push(Effect::SettlePrint { ticket: last.ticket, print, printed });
        }
    }

    pub(super) fn test_print(&mut self, effects: &mut Vec<Effect>) {
        if !matches!(self.state.printer.test, Some(PrintStage::Sending { .. })) {
            self.state.printer.test = Some(PrintStage::Sending { copies: 1 });
            effects.push(Effect::TestPrint);
        }
    }

    pub(super) fn printer(&mut self, link: Option<PrinterLink>) {
        self.state.printer.link = link;
    }

    pub(super) fn printers_found(&mut self, found: Vec<FoundPrinter>) {
        self.state.printer.found = Some(found);
    }
}
