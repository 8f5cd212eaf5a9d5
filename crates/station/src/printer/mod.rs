//! A printer that speaks IPP (RFC 8011): one on the network, one on a cable behind `ipp-usb`, or a queue of CUPS.
//!
//! Sheets go to it from memory. Whether it keeps them on a disk is its own affair: a queue of CUPS does, and says that it
//! is one ([`Look::spools`]).

mod address;
mod message;
mod words;

use std::collections::BTreeMap;
use std::time::Duration;

use gradshot_domain::PrintId;
use gradshot_imaging::sheet::Paper;
use gradshot_wire::desk::{PrinterLink, PrinterStanding, SheetPaper};

use self::message::{Answer, Ask, Group, Request, TooLong, Value};
use crate::session::Failure;

pub use self::address::{Address, NoAddress};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
const LOOK_TIMEOUT: Duration = Duration::from_secs(6);
/// A sheet has a few megabytes, and a printer on Wi-Fi takes them while it prints.
const PRINT_TIMEOUT: Duration = Duration::from_mins(1);
/// A printer that lists all its papers and everything it is good for says less than this.
const ANSWER_MAX_BYTES: usize = 2 << 20;
/// Jobs that a printer is asked to list at a time.
const JOBS_MAX: i32 = 500;
const QUEUES_MAX: usize = 50;
const MEDIA_TYPES_MAX: usize = 40;
/// How far a paper may be off what a printer calls it, hundredths of a millimetre.
const PAPER_TOLERANCE: i64 = 120;
/// `print-quality` high.
const QUALITY_HIGH: i32 = 5;

/// Where CUPS answers on the PC that it runs on.
pub const CUPS_HERE: &str = "ipp://localhost:631/";

/// The HTTP client that printers are reached by. A printer's certificate is its own making, so `ipps` keeps others on the
/// network from reading along, and proves nothing about who answers.
pub fn http_client() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
        .danger_accept_invalid_certs(true)
        .no_proxy()
        .pool_max_idle_per_host(0)
        .user_agent(concat!("gradshot/", env!("CARGO_PKG_VERSION")))
        .build()
}

/// A printer.
#[derive(Debug, Clone)]
pub struct Printer {
    http: reqwest::Client,
    address: Address,
}

/// Why a printer did not do what it was asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PrinterError {
    /// Nothing reached it.
    #[error("the printer cannot be reached")]
    Unreachable,
    /// It may have heard, but no answer came.
    #[error("the printer's answer was lost")]
    AnswerLost,
    /// It said no.
    #[error("the printer refused, status {0:#06x}")]
    Refused(u16),
    /// What answers is no printer, or does not speak IPP as the standard says.
    #[error("what answers there is no IPP printer")]
    NotUnderstood,
}

/// In which form a sheet goes to a printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetFormat {
    /// In its exact size, portraits' own JPEGs in it.
    Pdf,
    /// Dot by dot.
    Raster,
    /// A picture that says its density.
    Jpeg,
}

impl SheetFormat {
    const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Raster => "image/pwg-raster",
            Self::Jpeg => "image/jpeg",
        }
    }
}

/// A printer as it answers.
#[derive(Debug)]
pub struct Look(Group);

/// A sheet on its way.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// Which print it is: the job's name carries it.
    pub print: PrintId,
    /// The form of the sheet.
    pub format: SheetFormat,
    /// The sheet.
    pub document: &'a [u8],
    /// How often.
    pub copies: u16,
    /// On which paper.
    pub paper: Paper,
    /// Kind of paper by the printer's own word, or empty.
    pub media_type: &'a str,
}

/// What a printer says of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobStanding {
    /// It has it, and has not printed it yet.
    Waiting,
    /// It printed it.
    Printed,
    /// It gave it up, or somebody cancelled it.
    Dropped,
}

/// A queue of CUPS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CupsQueue {
    /// Its name, as its owner wrote it.
    pub name: String,
    /// Its address.
    pub address: String,
}

/// The name of a print's job: nothing of a person, and enough to find the job again.
fn job_name(print: PrintId) -> String {
    format!("Gradshot {print}")
}

impl Printer {
    /// The printer at this address.
    pub fn at(address: Address, http: reqwest::Client) -> Self {
        Self { http, address }
    }

    /// Asks how it is and what it can.
    pub async fn look(&self) -> Result<Look, PrinterError> {
        let request = Request::new(Ask::Printer, Some(&self.address.uri))
            .and_then(|request| request.wanting(&LOOKED_AT))
            .map_err(too_long)?;
        let answer = send(&self.http, &self.address, request.bytes(), LOOK_TIMEOUT).await?;
        granted(answer)?.printers.into_iter().next().map(Look).ok_or(PrinterError::NotUnderstood)
    }

    /// Sends a sheet. After [`PrinterError::AnswerLost`] the printer may have it: see [`Printer::standing`].
    pub async fn print(&self, look: &Look, job: Job<'_>) -> Result<(), PrinterError> {
        let request = request(&self.address, look, job).map_err(too_long)?;
        let body = [request.bytes().as_slice(), job.document].concat();
        granted(send(&self.http, &self.address, body, PRINT_TIMEOUT).await?).map(|_| ())
    }

    /// How a print's job stands; `None` when the printer knows of none.
    pub async fn standing(&self, print: PrintId) -> Result<Option<JobStanding>, PrinterError> {
        let name = job_name(print);
        let mut found = None;
        for which in ["not-completed", "completed"] {
            let request = Request::new(Ask::Jobs, Some(&self.address.uri))
                .and_then(|request| request.which_jobs(which, JOBS_MAX))
                .and_then(|request| request.wanting(&["job-id", "job-name", "job-state"]))
                .map_err(too_long)?;
            let answer = granted(send(&self.http, &self.address, request.bytes(), LOOK_TIMEOUT).await?)?;
            for job in answer.jobs.iter().filter(|job| job.text("job-name") == Some(&name)) {
                let standing = match job.number("job-state") {
                    Some(7 | 8) => JobStanding::Dropped,
                    Some(9) => JobStanding::Printed,
                    _ => JobStanding::Waiting,
                };
                // Of two jobs the one that comes out counts.
                if found.is_none_or(|found| found == JobStanding::Dropped) {
                    found = Some(standing);
                }
            }
        }
        Ok(found)
    }
}

/// The queues of a CUPS that answers at this address.
pub async fn queues(http: &reqwest::Client, cups: &str) -> Result<Vec<CupsQueue>, PrinterError> {
    let address = Address::read(cups).map_err(|NoAddress| PrinterError::NotUnderstood)?;
    let request = Request::new(Ask::Queues, None)
        .and_then(|request| request.wanting(&["printer-name", "printer-info", "printer-uri-supported"]))
        .map_err(too_long)?;
    let answer = match granted(send(http, &address, request.bytes(), LOOK_TIMEOUT).await?) {
        // It answers so when it has none.
        Err(PrinterError::Refused(0x0406)) => return Ok(Vec::new()),
        answer => answer?,
    };
    let queue = |group: &Group| {
        let queue = group.text("printer-name")?;
        let info = group.text("printer-info").filter(|info| !info.is_empty());
        // CUPS names itself as the asker called it, or by the PC's name: only the queue's own name is sure to be right.
        let base = format!("ipp://{}:{}", address.host(), address.url.port_or_known_default()?);
        Some(CupsQueue {
            name: info.unwrap_or(queue).to_owned(),
            address: format!("{base}/printers/{queue}"),
        })
    };
    Ok(answer.printers.iter().take(QUEUES_MAX).filter_map(queue).collect())
}

/// What a look is at.
const LOOKED_AT: [&str; 17] = [
    "printer-name",
    "printer-info",
    "printer-make-and-model",
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "printer-type",
    "cups-version",
    "queued-job-count",
    "copies-supported",
    "document-format-supported",
    "media-col-supported",
    "media-size-supported",
    "media-type-supported",
    "print-scaling-supported",
    "print-color-mode-supported",
    "pwg-raster-document-type-supported",
];

impl Look {
    /// Its name, as its owner or maker wrote it.
    pub fn name(&self) -> &str {
        let named = ["printer-info", "printer-make-and-model", "printer-name"];
        named.iter().find_map(|name| self.0.text(name).filter(|text| !text.is_empty())).unwrap_or("IPP")
    }

    /// Whether it is a queue of CUPS, which keeps sheets on a disk until they are printed.
    pub fn spools(&self) -> bool {
        self.0.has("printer-type") || self.0.has("cups-version")
    }

    /// The best form for a sheet that it takes.
    pub fn format(&self) -> Option<SheetFormat> {
        let takes = |format: SheetFormat| {
            self.0.texts("document-format-supported").any(|it| it.eq_ignore_ascii_case(format.media_type()))
        };
        let colours = self.0.all("pwg-raster-document-type-supported");
        let in_colour =
            colours.is_empty() || self.0.texts("pwg-raster-document-type-supported").any(|it| it == "srgb_8");
        if takes(SheetFormat::Pdf) {
            Some(SheetFormat::Pdf)
        } else if takes(SheetFormat::Raster) && in_colour {
            Some(SheetFormat::Raster)
        } else {
            takes(SheetFormat::Jpeg).then_some(SheetFormat::Jpeg)
        }
    }

    /// Whether it knows this paper; a printer that does not tell is believed to.
    pub fn knows(&self, paper: Paper) -> bool {
        let (width, height) = paper_size(paper);
        let sizes = self.0.all("media-size-supported");
        let fits = |value: &Value| match value {
            Value::Fields(fields) => {
                let side = |name: &str, wanted| {
                    fields.get(name).is_some_and(|side| side.allows(wanted, PAPER_TOLERANCE))
                };
                side("x-dimension", width) && side("y-dimension", height)
            }
            _ => false,
        };
        sizes.is_empty() || sizes.iter().any(fits)
    }

    /// Whether it makes so many copies by itself.
    pub fn copies_allowed(&self, copies: u16) -> bool {
        let supported = self.0.all("copies-supported");
        copies == 1 || supported.is_empty() || supported.iter().any(|it| it.allows(i64::from(copies), 0))
    }

    /// Whether it takes jobs now.
    pub fn accepts(&self) -> bool {
        !self.0.all("printer-is-accepting-jobs").contains(&Value::Flag(false))
    }

    /// The same for the desk.
    pub fn link(&self) -> PrinterLink {
        let troubles = words::troubles(self.0.texts("printer-state-reasons"));
        let standing = match self.0.number("printer-state") {
            Some(5) => PrinterStanding::Stopped,
            _ if troubles.iter().any(|trouble| trouble.stops) => PrinterStanding::Stopped,
            Some(4) => PrinterStanding::Printing,
            _ => PrinterStanding::Ready,
        };
        let media_types = self.0.texts("media-type-supported").take(MEDIA_TYPES_MAX).map(str::to_owned);
        let papers = [SheetPaper::FiveInch, SheetPaper::SixInch, SheetPaper::A4];
        PrinterLink {
            name: self.name().to_owned(),
            standing,
            spools: self.spools(),
            jobs: self.0.number("queued-job-count").and_then(|jobs| jobs.try_into().ok()).unwrap_or(0),
            troubles,
            media_types: media_types.collect(),
            papers: papers.into_iter().filter(|paper| self.knows(paper_of(*paper))).collect(),
        }
    }
}

/// The paper that the desk's settings name.
pub const fn paper_of(paper: SheetPaper) -> Paper {
    match paper {
        SheetPaper::FiveInch => Paper::FiveInch,
        SheetPaper::SixInch => Paper::SixInch,
        SheetPaper::A4 => Paper::A4,
    }
}

/// A paper's sides in hundredths of a millimetre.
fn paper_size(paper: Paper) -> (i64, i64) {
    let (width_mm, height_mm) = paper.printer_sides_mm();
    ((width_mm * 100.0).round() as i64, (height_mm * 100.0).round() as i64)
}

fn request(address: &Address, look: &Look, job: Job<'_>) -> Result<Request, TooLong> {
    let mut request = Request::new(Ask::Print, Some(&address.uri))?
        .document(&job_name(job.print), job.format.media_type())?
        .job("copies", &Value::Number(i64::from(job.copies)))?
        .job_choice("print-quality", QUALITY_HIGH)?;
    if look.0.has("media-col-supported") {
        let (width, height) = paper_size(job.paper);
        let fields = |fields: &[(&str, Value)]| {
            let named = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
            Value::Fields(named.collect::<BTreeMap<_, _>>())
        };
        let size = fields(&[("x-dimension", Value::Number(width)), ("y-dimension", Value::Number(height))]);
        let media = if job.media_type.is_empty() {
            fields(&[("media-size", size)])
        } else {
            fields(&[("media-size", size), ("media-type", Value::word(job.media_type))])
        };
        request = request.job("media-col", &media)?;
    } else {
        let name = match job.paper {
            Paper::FiveInch => "oe_photo-l_3.5x5in",
            Paper::SixInch => "na_index-4x6_4x6in",
            Paper::A4 => "iso_a4_210x297mm",
        };
        request = request.job("media", &Value::word(name))?;
    }
    // Portraits have their exact size on the sheet: nothing may be fitted to the printer's idea of the page.
    for (name, word) in [("print-scaling", "none"), ("print-color-mode", "color")] {
        if look.0.texts(&format!("{name}-supported")).any(|known| known == word) {
            request = request.job(name, &Value::word(word))?;
        }
    }
    Ok(request)
}

async fn send(
    http: &reqwest::Client,
    address: &Address,
    body: Vec<u8>,
    timeout: Duration,
) -> Result<Answer, PrinterError> {
    let sent = http
        .post(address.url.clone())
        .header(reqwest::header::CONTENT_TYPE, "application/ipp")
        .timeout(timeout)
        .body(body)
        .send()
        .await;
    let mut response =
        sent.map_err(
            |error| {
                if error.is_connect() { PrinterError::Unreachable } else { PrinterError::AnswerLost }
            },
        )?;
    match response.status().as_u16() {
        200..=299 => {}
        401 | 403 => return Err(PrinterError::Refused(0x0403)),
        _ => return Err(PrinterError::NotUnderstood),
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| PrinterError::AnswerLost)? {
        if bytes.len() + chunk.len() > ANSWER_MAX_BYTES {
            return Err(PrinterError::NotUnderstood);
        }
        bytes.extend_from_slice(&chunk);
    }
    // A malformed answer may end the reader.
    let read = tokio::task::spawn_blocking(move || message::read(bytes)).await;
    read.ok().flatten().ok_or(PrinterError::NotUnderstood)
}

fn granted(answer: Answer) -> Result<Answer, PrinterError> {
    if answer.status < 0x0100 { Ok(answer) } else { Err(PrinterError::Refused(answer.status)) }
}

const fn too_long(_: TooLong) -> PrinterError {
    PrinterError::NotUnderstood
}

impl From<PrinterError> for Failure {
    fn from(error: PrinterError) -> Self {
        match error {
            PrinterError::Unreachable | PrinterError::AnswerLost => Self::new(
                "打印机没有响应：请检查电源、网线和设置里的地址",
                "The printer does not answer: check its power, its cable and the address in the settings",
            ),
            PrinterError::NotUnderstood => Self::new(
                "这个地址上没有 IPP 打印机：请在设置里重新选择",
                "There is no IPP printer at this address: choose it anew in the settings",
            ),
            PrinterError::Refused(0x0506) => Self::new(
                "打印机现在不接受任务：请在打印机或系统里恢复",
                "The printer takes no jobs now: resume it at the printer or in the system",
            ),
            PrinterError::Refused(0x0505 | 0x0507) => {
                Self::new("打印机正忙：请稍后再试", "The printer is busy: try again in a moment")
            }
            PrinterError::Refused(0x0402 | 0x0403) => Self::new(
                "打印机要求登录，这里不能用：请换一台，或在打印机里允许不登录打印",
                "The printer wants a password, which cannot be given here: take another one, or let it print without",
            ),
            PrinterError::Refused(status) => Self::new(
                format!("打印机拒绝了这张排版（代码 {status:#06x}）：请检查纸张设置"),
                format!(
                    "The printer refused the sheet (status {status:#06x}): check the paper in the settings"
                ),
            ),
        }
    }
}
