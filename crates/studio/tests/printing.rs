//! Prints from the desk on a real IPP Everywhere printer, with the answers that get lost and the paper that runs out.
#![cfg(target_os = "linux")]

mod demo;
mod printer;

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use gradshot_domain::{BusinessDay, PrintId, ShotId, TicketId, TicketNumber};
use gradshot_imaging::decode::{DecodeLimits, decode};
use gradshot_imaging::sheet::Paper;
use gradshot_imaging::{Engine, Specs};
use gradshot_station::darkroom::{Darkroom as _, EngineDarkroom, SheetWish};
use gradshot_station::outbox::{Outbox, PrintBegin, PrintOrder};
use gradshot_station::printer::{self as ipp, Address, Job, JobStanding, PrinterError, SheetFormat};
use gradshot_studio::{Root, Studio};
use gradshot_wire::desk::{
    CurrentStudent, DeskCommand, DeskState, LastPortrait, PrintSettings, PrintStage, PrintWay, PrinterLink,
    PrinterStanding, ShotProgress, StudentPhase,
};
use jiff::Timestamp;
use printer::Printer;
use rand::SeedableRng as _;
use rand::rngs::StdRng;

const ALL_FORMATS: &str = "application/pdf,image/jpeg,image/pwg-raster";
const VICTIM: &str = "GRADSHOT_TEST_PRINTING_VICTIM";

async fn until<T>(studio: &Studio, seen: impl Fn(&DeskState) -> Option<T>) -> T {
    let mut states = studio.desk.states();
    loop {
        if let Some(value) = seen(&states.borrow_and_update()) {
            return value;
        }
        states.changed().await.unwrap();
    }
}

async fn send(studio: &Studio, command: DeskCommand) {
    studio.desk.command(command).await.unwrap();
}

/// A studio whose desk prints at this address.
async fn studio_with(address: String) -> Studio {
    let studio = demo::open(8).await;
    set(&studio, |printing| {
        *printing = PrintSettings { way: PrintWay::Printer, address, copies: 2, ..PrintSettings::default() }
    })
    .await;
    studio
}

async fn set(studio: &Studio, change: impl FnOnce(&mut PrintSettings)) {
    let mut settings = studio.desk.states().borrow().settings.clone();
    change(&mut settings.printing);
    send(studio, DeskCommand::ChangeSettings { settings }).await;
}

/// Photographs the next student until a portrait may go on, and accepts it.
async fn accept_next(studio: &Studio) -> LastPortrait {
    until(studio, |state| (state.camera.ready && state.queue.is_some()).then_some(())).await;
    send(studio, DeskCommand::CallNext).await;
    let number = until(studio, |state| state.current.as_ref().map(|current| current.number)).await;
    send(studio, DeskCommand::Scan { text: number.to_string() }).await;
    until(studio, |state| here(state).map(|_| ())).await;
    for photo in 0..32 {
        studio.simulated.as_ref().unwrap().present(photo);
        let before = studio.desk.states().borrow().current.as_ref().map_or(0, |current| current.shots.len());
        send(studio, DeskCommand::Shoot).await;
        let shot = until(studio, |state| {
            let shot = here(state)?.shots.get(before.min(11))?;
            (shot.progress != ShotProgress::Developing).then(|| shot.clone())
        })
        .await;
        if matches!(&shot.progress, ShotProgress::Ready { verdict, has_portrait: true, .. } if verdict.outcome != gradshot_domain::Severity::Retake)
        {
            break;
        }
    }
    send(studio, DeskCommand::Accept).await;
    until(studio, |state| state.last_portrait.clone().filter(|last| last.number == number)).await
}

fn here(state: &DeskState) -> Option<&CurrentStudent> {
    state.current.as_ref().filter(|current| current.phase == StudentPhase::Arrived)
}

fn print(shot: ShotId, printed: u32) -> DeskCommand {
    DeskCommand::Print { shot, copies: None, printed }
}

async fn stage(studio: &Studio, wanted: impl Fn(&PrintStage) -> bool) -> LastPortrait {
    until(studio, |state| state.last_portrait.clone().filter(|last| wanted(&last.stage))).await
}

async fn link(studio: &Studio, wanted: impl Fn(&PrinterLink) -> bool) -> PrinterLink {
    until(studio, |state| state.printer.link.clone().filter(|link| wanted(link))).await
}

fn done(stage: &PrintStage) -> bool {
    matches!(stage, PrintStage::Done { .. })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_accepted_portrait_comes_out_once_however_often_the_key_is_hit_and_a_second_time_after_a_question()
 {
    let printer = Printer::on(ALL_FORMATS);
    let studio = studio_with(printer.address()).await;
    let last = accept_next(&studio).await;
    let picture = studio.desk.sheet(last.shot).await.unwrap();
    let page = decode(&picture, &DecodeLimits::default()).unwrap();
    assert!(page.width_px() == 1205 && page.height_px() == 1795, "six inches, standing");

    for _ in 0..5 {
        send(&studio, print(last.shot, 0)).await;
    }
    let last = stage(&studio, done).await;
    let sheets = printer.sheets();
    assert_eq!((sheets.len(), sheets[0].copies, last.printed), (1, 2, 2));
    let name = sheets[0].job_name.to_lowercase();
    assert!(
        name.contains(&last.print.unwrap().to_string()),
        "{name} carries the print's id and nothing of a person"
    );
    assert!(printer.media().contains("x-dimension=10160"), "{}", printer.media());
    let portrait = studio.desk.picture(last.shot, gradshot_studio::PictureKind::Portrait).unwrap();
    let whole = &sheets[0].bytes;
    assert!(
        whole.starts_with(b"%PDF") && whole.windows(portrait.len()).any(|part| *part == *portrait),
        "byte for byte"
    );
    assert!(
        studio.desk.picture(last.shot, gradshot_studio::PictureKind::Shot).is_none(),
        "the shot is not kept"
    );

    // Somebody who does not know of the first print is asked; somebody who does prints again.
    send(&studio, print(last.shot, 0)).await;
    stage(&studio, |stage| *stage == PrintStage::Asking { copies: 2 }).await;
    send(&studio, print(last.shot, 2)).await;
    assert_eq!(stage(&studio, done).await.printed, 4);
    assert_eq!(printer.sheets().len(), 2);
    let report = studio.desk.day_report(None).await.unwrap();
    assert_eq!((report.prints, report.students[0].prints), (4, 4));

    // The next student before the camera ends it.
    send(&studio, DeskCommand::CallNext).await;
    let number = until(&studio, |state| state.current.as_ref().map(|current| current.number)).await;
    assert!(
        studio.desk.states().borrow().last_portrait.is_some(),
        "still printable while the next one is on the way"
    );
    send(&studio, DeskCommand::Scan { text: number.to_string() }).await;
    until(&studio, |state| state.last_portrait.is_none().then_some(())).await;
    assert!(studio.desk.sheet(last.shot).await.is_err());
    assert!(studio.desk.picture(last.shot, gradshot_studio::PictureKind::Portrait).is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_asked_after_and_gives_one_job() {
    let printer = Printer::on(ALL_FORMATS);
    let line = printer.bad_line(1);
    let studio = studio_with(line.address()).await;
    let last = accept_next(&studio).await;
    send(&studio, print(last.shot, 0)).await;
    let last = stage(&studio, done).await;
    assert_eq!((line.lost(), printer.sheets().len(), last.printed), (1, 1, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn paper_that_runs_out_a_printer_that_is_gone_and_a_test_sheet_are_said_in_words() {
    let mut printer = Printer::on(ALL_FORMATS);
    let studio = studio_with(printer.address()).await;
    let ready = link(&studio, |link| link.standing == PrinterStanding::Ready).await;
    assert!(
        !ready.spools
            && ready.papers.len() == 3
            && ready.media_types.iter().any(|it| it == "photographic-glossy")
    );

    printer.take_paper_out();
    send(&studio, DeskCommand::TestPrint).await;
    let link_without = link(&studio, |link| !link.troubles.is_empty()).await;
    assert!(
        link_without.troubles[0].zh.contains("装纸") && link_without.troubles[0].en.contains("load some")
    );
    assert!(printer.sheets().is_empty() && link_without.jobs == 1);
    printer.put_paper_in();
    until(&studio, |state| state.printer.test.as_ref().filter(|stage| done(stage)).map(|_| ())).await;
    assert!(printer.sheets()[0].bytes.starts_with(b"%PDF"));

    let last = accept_next(&studio).await;
    printer.switch_off();
    send(&studio, print(last.shot, 0)).await;
    let last = stage(&studio, |stage| matches!(stage, PrintStage::Failed { .. })).await;
    assert_eq!(last.printed, 0, "what never reached the printer does not count");
    link(&studio, |link| link.standing == PrinterStanding::Unreachable).await;
    printer.switch_on();
    send(&studio, print(last.shot, 0)).await;
    assert_eq!(stage(&studio, done).await.printed, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_systems_dialog_needs_a_yes_once_and_counts_what_a_person_says() {
    let studio = studio_with(String::new()).await;
    set(&studio, |printing| printing.way = PrintWay::Dialog).await;
    let last = accept_next(&studio).await;
    send(&studio, print(last.shot, 0)).await;
    let refused = stage(&studio, |stage| matches!(stage, PrintStage::Failed { .. })).await;
    assert!(matches!(refused.stage, PrintStage::Failed { zh, .. } if zh.contains("磁盘")));
    set(&studio, |printing| printing.spool_agreed = true).await;

    for (printed, sum) in [(false, 0), (true, 2)] {
        send(&studio, print(last.shot, 0)).await;
        let open = stage(&studio, |stage| matches!(stage, PrintStage::Dialog { copies: 2 })).await;
        send(&studio, DeskCommand::SettlePrint { print: open.print.unwrap(), printed }).await;
        until(&studio, |state| state.last_portrait.as_ref().filter(|last| last.printed == sum).map(|_| ()))
            .await;
    }
    set(&studio, |printing| printing.way = PrintWay::Off).await;
    assert!(
        studio.desk.states().borrow().last_portrait.is_none(),
        "nothing is kept where nothing is printed"
    );
}

/// A client as the studio makes one: with a provider of ciphers, whether or not a studio runs in this process.
fn http() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    ipp::http_client().unwrap()
}

fn darkroom() -> EngineDarkroom {
    let root = Root::find().unwrap();
    let engine = Arc::new(Engine::open(&root.engine_options()).unwrap());
    EngineDarkroom { engine, specs: Arc::new(Specs::load(&root.specs()).unwrap()) }
}

fn print_id(seed: u64) -> PrintId {
    PrintId::new(Timestamp::UNIX_EPOCH, &mut StdRng::seed_from_u64(seed))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printer_gets_the_best_form_that_it_takes_and_what_it_got_is_the_sheet() {
    let darkroom = darkroom();
    for (formats, format) in [
        (ALL_FORMATS, SheetFormat::Pdf),
        ("image/jpeg,image/pwg-raster", SheetFormat::Raster),
        ("image/jpeg", SheetFormat::Jpeg),
    ] {
        let printer = Printer::on(formats);
        let there = ipp::Printer::at(Address::read(&printer.address()).unwrap(), http());
        let look = there.look().await.unwrap();
        assert_eq!((look.format(), look.spools(), look.knows(Paper::FiveInch)), (Some(format), false, true));
        let wish = SheetWish {
            paper: Paper::FiveInch,
            per_sheet: 0,
            cut_marks: true,
            caption: Some("TEST".into()),
            format,
        };
        let document = darkroom.sheet(None, "chsi", &wish).unwrap();
        let job = Job {
            print: print_id(1),
            format,
            document: &document,
            copies: 3,
            paper: Paper::FiveInch,
            media_type: "photographic-glossy",
        };
        there.print(&look, job).await.unwrap();
        while there.standing(job.print).await.unwrap() != Some(JobStanding::Printed) {
            tokio::task::yield_now().await;
        }
        let sheets = printer.sheets();
        assert_eq!((sheets.len(), sheets[0].copies), (1, 3));
        assert!(sheets[0].bytes == document, "byte for byte");
        assert!(printer.media().contains("media-type=photographic-glossy"), "{}", printer.media());
        assert_eq!(there.standing(print_id(2)).await.unwrap(), None);
    }
    let nobody = ipp::Printer::at(Address::read("ipp://127.0.0.1:9/ipp/print").unwrap(), http());
    assert_eq!(nobody.look().await.unwrap_err(), PrinterError::Unreachable);
}

fn order(printer: &str) -> PrintOrder {
    let mut rng = StdRng::seed_from_u64(7);
    PrintOrder {
        print: print_id(3),
        ticket: TicketId::new(Timestamp::UNIX_EPOCH, &mut rng),
        number: TicketNumber::nth(0).unwrap(),
        copies: 2,
        printer: printer.to_owned(),
    }
}

/// Not a test of its own: the process that is killed once the printer has the sheet, before that is written down.
#[tokio::test]
async fn victim() {
    let Ok(place) = std::env::var(VICTIM) else { return };
    let (folder, address) = place.split_once('|').unwrap();
    let mut outbox = Outbox::open(&Path::new(folder).join("outbox.sqlite")).unwrap();
    let order = order(address);
    let at = Timestamp::UNIX_EPOCH;
    assert_eq!(outbox.begin_print(&order, 0, BusinessDay::of(at), at).unwrap(), PrintBegin::Begun);
    let there = ipp::Printer::at(Address::read(address).unwrap(), http());
    let look = there.look().await.unwrap();
    let job = Job {
        print: order.print,
        format: SheetFormat::Pdf,
        document: b"%PDF-1.6 a sheet",
        copies: 2,
        paper: Paper::SixInch,
        media_type: "",
    };
    there.print(&look, job).await.unwrap();
    println!("\nsent");
    std::future::pending::<()>().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_is_killed_while_it_prints_does_not_print_twice() {
    let printer = Printer::on(ALL_FORMATS);
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "victim", "--nocapture"])
        .env(VICTIM, format!("{}|{}", folder.path().display(), printer.address()))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|line| line == "sent"));
    child.kill().unwrap();
    child.wait().unwrap();

    let mut outbox = Outbox::open(&folder.path().join("outbox.sqlite")).unwrap();
    let begun = outbox.begun_prints().unwrap();
    assert_eq!(begun.len(), 1);
    let there = ipp::Printer::at(Address::read(&begun[0].printer).unwrap(), http());
    assert!(there.standing(begun[0].print).await.unwrap().is_some(), "the printer knows it by its name");
    let again = PrintOrder { print: print_id(4), ..order(&printer.address()) };
    let at = Timestamp::UNIX_EPOCH;
    let second = outbox.begin_print(&again, 0, BusinessDay::of(at), at).unwrap();
    assert_eq!(second, PrintBegin::Printed(2), "the same wish is asked about, not printed");
}
