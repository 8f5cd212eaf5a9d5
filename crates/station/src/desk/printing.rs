//! What the desk does about prints; how one print goes is [`super::print_run`]'s.

use std::sync::Arc;
use std::time::Duration;

use gradshot_domain::{CampaignId, PrintId, ShotId};
use gradshot_wire::Problem;
use gradshot_wire::desk::{FoundPrinter, PrintSettings, PrintWay};
use rand::RngExt as _;
use tokio::sync::oneshot;

use super::Frame;
use super::develop::unknown_campaign;
use super::perform::Performer;
use super::pictures::PictureKind;
use super::print_run::PrintRun;
use super::printer_watch::Watched;
use crate::darkroom::SheetWish;
use crate::printer::{self, CUPS_HERE, CupsQueue, SheetFormat};
use crate::session::{Effect, Event, Failure, PrintNews, PrintWish};

/// How long the accepted portrait can be printed when nobody else comes: enough for a second wish at the counter.
const PRINTABLE_FOR: Duration = Duration::from_mins(10);
/// What stands under the test sheet's prints.
const TEST_CAPTION: &str = "TEST";

impl Performer {
    pub(super) fn perform_at_printer(&mut self, effect: Effect) {
        match effect {
            Effect::KeepPortrait(ticket, shot) => {
                self.pictures.keep_portrait_alone(shot);
                let outbox = self.outbox.clone();
                self.work(async move {
                    let printed = outbox.with(move |outbox| outbox.printed(ticket)).await;
                    Some(printed.map_or_else(Event::Failed, |printed| Event::Print {
                        ticket,
                        news: PrintNews::Printed(printed),
                    }))
                });
            }
            Effect::LetGoLater(shot) => self.work(async move {
                tokio::time::sleep(PRINTABLE_FOR).await;
                Some(Event::LetGo(shot))
            }),
            Effect::Print(wish) => self.print(wish),
            Effect::SettlePrint { ticket, print, printed } => {
                let outbox = self.outbox.clone();
                self.work(async move {
                    let sum = outbox.with(move |outbox| {
                        outbox.settle_print(print, printed)?;
                        outbox.printed(ticket)
                    });
                    Some(sum.await.map_or_else(Event::Failed, |sum| Event::Print {
                        ticket,
                        news: PrintNews::Printed(sum),
                    }))
                });
            }
            Effect::TestPrint => self.print_test(),
            Effect::FindPrinters => self.find_printers(),
            effect => self.perform_at_camera(effect),
        }
    }

    fn settings(&self) -> PrintSettings {
        self.session.state().settings.printing.clone()
    }

    fn print_id(&mut self) -> PrintId {
        PrintId::new(self.clock.now(), &mut self.rng)
    }

    /// Who prints, with everything that it takes.
    fn print_run(&mut self) -> PrintRun {
        PrintRun {
            print: self.print_id(),
            settings: self.settings(),
            http: self.printers_http.clone(),
            darkroom: Arc::clone(&self.darkroom),
            outbox: self.outbox.clone(),
            at: self.clock.now(),
            inbox: self.inbox.clone(),
            // A lost answer is asked after at odd moments, so that several desks do not ask one printer in step.
            jitter: Duration::from_millis(self.rng.random_range(0..400)),
        }
    }

    fn print(&mut self, wish: PrintWish) {
        let (portrait, spec) =
            (self.pictures.get(wish.shot, PictureKind::Portrait), self.spec_of(wish.campaign));
        let run = self.print_run();
        tokio::spawn(run.portrait(wish, portrait, spec));
    }

    fn print_test(&mut self) {
        let spec = self.first_spec();
        let run = self.print_run();
        tokio::spawn(run.test(spec, TEST_CAPTION));
    }

    /// The spec of the first campaign, for what is nobody's.
    fn first_spec(&self) -> String {
        let spec = self.profile.campaigns.first().map(|campaign| campaign.spec.clone());
        spec.unwrap_or_else(|| "chsi".to_owned())
    }

    fn find_printers(&self) {
        let http = self.printers_http.clone();
        self.work(async move {
            // A PC without CUPS has no queues.
            let queues = printer::queues(&http, CUPS_HERE).await.unwrap_or_default();
            let found = |CupsQueue { name, address }| FoundPrinter { name, address, spools: true };
            Some(Event::PrintersFound(queues.into_iter().map(found).collect()))
        });
    }

    /// The printer that the settings name is looked at, and no other.
    pub(super) fn point_printer(&self) {
        let state = self.session.state();
        let settings = &state.settings.printing;
        let wanted = Watched {
            address: (settings.way == PrintWay::Printer).then(|| settings.address.clone()),
            busy: state.last_portrait.as_ref().is_some_and(|last| is_under_way(&last.stage))
                || state.printer.test.as_ref().is_some_and(is_under_way),
        };
        self.printer.send_if_modified(|watched| {
            let changes = *watched != wanted;
            *watched = wanted;
            changes
        });
    }

    /// Lays the sheet of the portrait that can be printed out for the page.
    pub(super) fn show_sheet(&self, shot: ShotId, reply: oneshot::Sender<Result<Frame, Problem>>) {
        let last = self.session.state().last_portrait.as_ref().filter(|last| last.shot == shot);
        let number = last.map(|last| last.number);
        let portrait = number.and_then(|_| self.pictures.get(shot, PictureKind::Portrait));
        let spec = self.session.printable_campaign().and_then(|campaign: CampaignId| self.spec_of(campaign));
        let (Some(portrait), Some(number)) = (portrait, number) else {
            let gone = Problem::new(404, "shot.gone", "这张照片已清除", "This picture has been cleared away");
            let _ = reply.send(Err(gone));
            return;
        };
        let wish = wish(&self.settings(), Some(number.to_string()), SheetFormat::Jpeg);
        let darkroom = Arc::clone(&self.darkroom);
        tokio::task::spawn_blocking(move || {
            let spec = spec.ok_or_else(unknown_campaign);
            let sheet = spec.and_then(|spec| darkroom.sheet(Some(&portrait), &spec, &wish));
            let sheet =
                sheet.map(Frame::from).map_err(|Failure { zh, en }| Problem::new(422, "print.sheet", zh, en));
            // A page that went away needs no answer.
            let _ = reply.send(sheet);
        });
    }
}

/// How the settings want a sheet.
pub(super) fn wish(settings: &PrintSettings, number: Option<String>, format: SheetFormat) -> SheetWish {
    SheetWish {
        paper: printer::paper_of(settings.paper),
        per_sheet: settings.per_sheet,
        cut_marks: settings.cut_marks,
        caption: number.filter(|_| settings.number),
        format,
    }
}

fn is_under_way(stage: &gradshot_wire::desk::PrintStage) -> bool {
    use gradshot_wire::desk::PrintStage as Stage;
    matches!(stage, Stage::Sending { .. } | Stage::Checking { .. } | Stage::Queued { .. })
}
