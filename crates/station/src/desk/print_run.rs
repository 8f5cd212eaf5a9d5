//! One print, from the wish to the printer's word that it is out.
//!
//! It is written down before the first byte leaves. When the printer's answer is lost the printer is asked whether it has
//! the job before anything is sent again; the job's name carries the print's id.

use std::sync::Arc;
use std::time::{Duration, Instant};

use gradshot_domain::{BusinessDay, PrintId, TicketId};
use gradshot_wire::desk::{PrintSettings, PrintStage, PrintWay};
use jiff::Timestamp;
use tokio::sync::mpsc;

use super::develop::unknown_campaign;
use super::printing::wish;
use super::sender::SharedOutbox;
use super::{Frame, Input};
use crate::darkroom::Darkroom;
use crate::outbox::{PrintBegin, PrintOrder};
use crate::printer::{Address, Job, JobStanding, Look, Printer, PrinterError, SheetFormat, paper_of};
use crate::session::{Event, Failure, PrintNews, PrintWish};

/// How long printers remember a job that is done (RFC 8011, 5.3.7.1 wants a minute). Later than this its absence proves
/// nothing, and only a person can tell.
const REMEMBERED: Duration = Duration::from_secs(55);
/// How long a printer that stopped answering is asked after a print.
const ASKED_FOR: Duration = Duration::from_mins(10);
/// Times that a sheet is sent in all.
const SENDS_MAX: u32 = 3;
/// The first pause before a printer is asked after a lost answer.
const CHECK_PAUSE: Duration = Duration::from_millis(600);
const CHECK_PAUSE_MAX: Duration = Duration::from_secs(5);
/// How often a printer is asked whether the sheet is out, and for how long.
const FOLLOW_PAUSE: Duration = Duration::from_secs(1);
const FOLLOWED_FOR: Duration = Duration::from_mins(20);

/// Who prints.
pub(super) struct PrintRun {
    pub(super) print: PrintId,
    pub(super) settings: PrintSettings,
    pub(super) http: reqwest::Client,
    pub(super) darkroom: Arc<dyn Darkroom>,
    pub(super) outbox: SharedOutbox,
    pub(super) at: Timestamp,
    pub(super) inbox: mpsc::WeakSender<Input>,
    pub(super) jitter: Duration,
}

/// A printer that is there, with a sheet for it.
struct Ready {
    printer: Printer,
    look: Look,
    format: SheetFormat,
    sheet: Vec<u8>,
}

/// What came of sending.
enum Delivery {
    Taken,
    Failed(Failure),
    Unsure,
}

impl PrintRun {
    /// Prints a portrait.
    pub(super) async fn portrait(self, wished: PrintWish, portrait: Option<Frame>, spec: Option<String>) {
        let PrintWish { ticket, number, copies, known, .. } = wished;
        self.news(ticket, PrintNews::TakenUp(self.print)).await;
        let dialog = self.settings.way == PrintWay::Dialog;
        let ready = match (portrait, spec) {
            (None, _) => Err(gone()),
            (_, None) => Err(unknown_campaign()),
            (Some(_), Some(_)) if dialog => self.agreed().map(|()| None),
            (Some(portrait), Some(spec)) => {
                self.prepare(Some(portrait), spec, number.to_string(), copies).await.map(Some)
            }
        };
        let ready = match ready {
            Ok(ready) => ready,
            Err(failure) => return self.now(ticket, failed(failure)).await,
        };
        let order = PrintOrder {
            print: self.print,
            ticket,
            number,
            copies,
            printer: if dialog { String::new() } else { self.settings.address.clone() },
        };
        let (day, at) = (BusinessDay::of(self.at), self.at);
        let begun = self.outbox.with(move |outbox| outbox.begin_print(&order, known, day, at)).await;
        match begun {
            Ok(PrintBegin::Begun) => {}
            Ok(PrintBegin::Printed(printed)) => {
                return self.news(ticket, PrintNews::Asked(self.print, printed)).await;
            }
            Err(failure) => return self.now(ticket, failed(failure)).await,
        }
        self.news(ticket, PrintNews::Printed(known + u32::from(copies))).await;
        let Some(ready) = ready else { return self.now(ticket, PrintStage::Dialog { copies }).await };
        tracing::info!(%ticket, print = %self.print, copies, "print begun");
        match self.deliver(&ready, copies, Some(ticket)).await {
            Delivery::Taken => {
                self.settle(ticket, true).await;
                self.now(ticket, PrintStage::Queued { copies }).await;
                let stage = match self.follow(&ready.printer).await {
                    JobStanding::Dropped => {
                        self.settle(ticket, false).await;
                        failed(dropped())
                    }
                    _ => PrintStage::Done { copies },
                };
                self.now(ticket, stage).await;
            }
            Delivery::Failed(failure) => {
                self.settle(ticket, false).await;
                self.now(ticket, failed(failure)).await;
            }
            Delivery::Unsure => self.now(ticket, PrintStage::Unsure { copies }).await,
        }
    }

    /// Prints a sheet of nobody.
    pub(super) async fn test(self, spec: String, caption: &str) {
        let stage = match self.prepare(None, spec, caption.to_owned(), 1).await {
            Err(failure) => failed(failure),
            Ok(ready) => match self.deliver(&ready, 1, None).await {
                Delivery::Failed(failure) => failed(failure),
                Delivery::Unsure => PrintStage::Unsure { copies: 1 },
                Delivery::Taken => {
                    self.tell(Event::TestPrint(PrintStage::Queued { copies: 1 })).await;
                    match self.follow(&ready.printer).await {
                        JobStanding::Dropped => failed(dropped()),
                        _ => PrintStage::Done { copies: 1 },
                    }
                }
            },
        };
        self.tell(Event::TestPrint(stage)).await;
    }

    /// Looks whether the printer is there and takes such a sheet, and makes it. Nothing was sent so far.
    async fn prepare(
        &self,
        portrait: Option<Frame>,
        spec: String,
        caption: String,
        copies: u16,
    ) -> Result<Ready, Failure> {
        let address = Address::read(&self.settings.address).map_err(|_| no_address())?;
        let printer = Printer::at(address, self.http.clone());
        let look = printer.look().await?;
        if look.spools() {
            self.agreed()?;
        }
        let format = self.form(&look, copies)?;
        let wish = wish(&self.settings, Some(caption), format);
        let darkroom = Arc::clone(&self.darkroom);
        let made = tokio::task::spawn_blocking(move || darkroom.sheet(portrait.as_deref(), &spec, &wish));
        let sheet = made.await.unwrap_or_else(|_| Err(sheet_failed()))?;
        Ok(Ready { printer, look, format, sheet })
    }

    /// A queue of the system keeps the sheet on a disk: somebody has to have said that it may.
    fn agreed(&self) -> Result<(), Failure> {
        if self.settings.spool_agreed { Ok(()) } else { Err(not_agreed()) }
    }

    fn form(&self, look: &Look, copies: u16) -> Result<SheetFormat, Failure> {
        if !look.accepts() {
            return Err(PrinterError::Refused(0x0506).into());
        }
        if !look.knows(paper_of(self.settings.paper)) {
            return Err(Failure::new(
                "这台打印机没有设置里选的相纸尺寸：请换一种相纸",
                "The printer does not take the paper that the settings name: choose another one",
            ));
        }
        if !look.copies_allowed(copies) {
            return Err(Failure::new(
                "这台打印机一次打不了这么多份：请减少份数",
                "The printer does not make so many copies at a time: ask for fewer",
            ));
        }
        look.format().ok_or_else(|| {
            Failure::new(
                "这台打印机不收 PDF、PWG 光栅或 JPEG：请改用系统打印对话框",
                "The printer takes neither PDF nor PWG Raster nor JPEG: use the system's print dialog",
            )
        })
    }

    /// Sends the sheet until the printer has it, once.
    async fn deliver(&self, ready: &Ready, copies: u16, ticket: Option<TicketId>) -> Delivery {
        let job = Job {
            print: self.print,
            format: ready.format,
            document: &ready.sheet,
            copies,
            paper: paper_of(self.settings.paper),
            media_type: &self.settings.media_type,
        };
        for _ in 0..SENDS_MAX {
            let sent_at = Instant::now();
            match ready.printer.print(&ready.look, job).await {
                Ok(()) => return Delivery::Taken,
                // What answered was not the printer's own word: it may have the sheet.
                Err(PrinterError::AnswerLost | PrinterError::NotUnderstood) => {}
                Err(error) => return Delivery::Failed(error.into()),
            }
            tracing::warn!(print = %self.print, "the printer's answer was lost: it is asked whether it has the sheet");
            let checking = PrintStage::Checking { copies };
            match ticket {
                Some(ticket) => self.now(ticket, checking).await,
                None => self.tell(Event::TestPrint(checking)).await,
            }
            match self.ask_after(&ready.printer, sent_at).await {
                Some(JobStanding::Dropped) => return Delivery::Failed(dropped()),
                Some(_) => return Delivery::Taken,
                None if sent_at.elapsed() < REMEMBERED => {}
                None => return Delivery::Unsure,
            }
        }
        Delivery::Failed(PrinterError::AnswerLost.into())
    }

    /// Asks after the print until the printer answers; `None` when it knows of none, or never answered.
    async fn ask_after(&self, printer: &Printer, sent_at: Instant) -> Option<JobStanding> {
        let mut pause = CHECK_PAUSE + self.jitter;
        loop {
            tokio::time::sleep(pause).await;
            match printer.standing(self.print).await {
                Ok(standing) => return standing,
                Err(_) if sent_at.elapsed() > ASKED_FOR || self.inbox.strong_count() == 0 => return None,
                Err(_) => pause = (pause * 2).min(CHECK_PAUSE_MAX),
            }
        }
    }

    /// Waits until the sheet is out. A printer that forgot the job, or does not tell, is believed to have printed it.
    async fn follow(&self, printer: &Printer) -> JobStanding {
        let since = Instant::now();
        while since.elapsed() < FOLLOWED_FOR && self.inbox.strong_count() > 0 {
            match printer.standing(self.print).await {
                Ok(Some(JobStanding::Waiting)) | Err(_) => tokio::time::sleep(FOLLOW_PAUSE).await,
                Ok(standing) => return standing.unwrap_or(JobStanding::Printed),
            }
        }
        JobStanding::Waiting
    }

    async fn settle(&self, ticket: TicketId, printed: bool) {
        let print = self.print;
        let sum = self.outbox.with(move |outbox| {
            outbox.settle_print(print, printed)?;
            outbox.printed(ticket)
        });
        match sum.await {
            Ok(sum) => self.news(ticket, PrintNews::Printed(sum)).await,
            Err(failure) => self.tell(Event::Failed(failure)).await,
        }
    }

    async fn now(&self, ticket: TicketId, stage: PrintStage) {
        self.news(ticket, PrintNews::Now(self.print, stage)).await;
    }

    async fn news(&self, ticket: TicketId, news: PrintNews) {
        self.tell(Event::Print { ticket, news }).await;
    }

    async fn tell(&self, event: Event) {
        if let Some(inbox) = self.inbox.upgrade() {
            // The desk has stopped: nobody is left to hear it.
            let _ = inbox.send(Input::Event(Box::new(event))).await;
        }
    }
}

fn failed(Failure { zh, en }: Failure) -> PrintStage {
    PrintStage::Failed { zh, en }
}

fn gone() -> Failure {
    Failure::new(
        "这张标准照已从内存清除，不能再打印",
        "This portrait has left memory and cannot be printed any more",
    )
}

fn no_address() -> Failure {
    Failure::new(
        "还没有选打印机：请在打印面板里选一台",
        "No printer is chosen yet: choose one in the print panel",
    )
}

fn not_agreed() -> Failure {
    Failure::new(
        "这条路经过系统的打印队列，打完之前照片会留在磁盘上：请在打印面板里同意后再打",
        "This way leads through the system's print queue, which keeps the sheet on the disk until it is printed: agree to that in the print panel first",
    )
}

fn dropped() -> Failure {
    Failure::new(
        "打印机放弃了这次打印，没有计数：请看打印机的屏幕，再按 P 重打",
        "The printer gave this print up, and it is not counted: look at its display, then press P again",
    )
}

fn sheet_failed() -> Failure {
    Failure::new("排版失败：请再按一次 P", "Laying the sheet out failed: press P once more")
}
