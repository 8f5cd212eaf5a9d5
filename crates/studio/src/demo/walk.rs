//! The whole way of one student, or of many, from the roster to the registry's bundle, with a clock beside it.

mod desk;
mod report;
mod stage;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use gradshot_domain::{CollectionId, Severity};
use gradshot_imaging::qr;
use gradshot_wire::collection::Collection;
use gradshot_wire::portrait::{Portrait, PortraitStateName};
use tokio::task::JoinSet;

pub use report::{Refusal, Report, Step};

use self::desk::BridgeClient;
use self::report::Log;
use self::stage::Stage;
use super::people::Person;
use super::phone::{Phone, code_picture};
use super::seed::Campaign;
use super::staff::Staff;
use crate::Root;
use crate::studio::{DemoOptions, Studio, StudioOptions};

/// Longest wait for anything that another part has to do first.
const PATIENCE: Duration = Duration::from_mins(1);
const GLANCE: Duration = Duration::from_millis(15);

/// How to walk.
#[derive(Debug, Clone)]
pub struct WalkOptions {
    /// The product's own files.
    pub root: Root,
    /// Photos for the simulated camera, one person each.
    pub photos: PathBuf,
    /// Where portraits, verdicts and bundle are left.
    pub out: PathBuf,
    /// How many students.
    pub students: usize,
    /// Folder for the server's and the station's data; one that vanishes when absent.
    pub data: Option<PathBuf>,
}

/// A student who stands in line.
struct Waiting {
    phone: Phone,
    collection: CollectionId,
    token: String,
}

/// Walks the whole way. Needs a running tokio runtime.
pub async fn walk(options: &WalkOptions) -> anyhow::Result<Report> {
    let log = Log::default();
    let stage = Stage::set(&options.photos, &options.root.refused_photos())?;
    for folder in ["portraits", "verdicts"] {
        let folder = options.out.join(folder);
        fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    let studio = log
        .timed(
            "server",
            "启动服务器与机位，导入名单",
            "start server and station, import the roster",
            || {
                Studio::open(StudioOptions {
                    root: options.root.clone(),
                    folder: options.data.clone(),
                    listen: ([127, 0, 0, 1], 0).into(),
                    demo: Some(DemoOptions {
                        students: options.students,
                        photos: stage.folder().to_owned(),
                        crowd: None,
                    }),
                    watched_folder: None,
                    photos: None,
                    pairing: None,
                })
            },
        )
        .await?;
    let campaign = Arc::new(studio.demo.clone().context("the studio was opened as a demonstration")?);
    let began = Instant::now();

    let waiting = line_up(&log, &campaign).await?;
    let photographed = Instant::now();
    let desk = BridgeClient::new(&studio.addresses.desk)?;
    let mut phones = JoinSet::new();
    for (turn, student) in waiting.into_iter().enumerate() {
        let taken = photograph(&log, &studio, &stage, &desk, &student, turn == 0).await?;
        if taken {
            phones.spawn(decide(log.clone(), student, options.out.clone()));
        }
    }
    let desk_millis = photographed.elapsed().as_millis();
    let mut portraits = 0;
    while let Some(decided) = phones.join_next().await {
        decided??;
        portraits += 1;
    }
    review(&log, &campaign).await?;
    let bundle = hand_over(&log, &campaign, &options.out).await?;
    Ok(log.report(
        options.students,
        portraits,
        began.elapsed(),
        Duration::from_millis(desk_millis as u64),
        bundle,
    ))
}

/// Everybody signs up, registers, books and checks in; many at once, in the order of the roster.
async fn line_up(log: &Log, campaign: &Arc<Campaign>) -> anyhow::Result<Vec<Waiting>> {
    const AT_ONCE: usize = 8;
    let mut waiting = Vec::new();
    for group in campaign.people.chunks(AT_ONCE) {
        let mut walking = JoinSet::new();
        for (place, person) in group.iter().cloned().enumerate() {
            let (log, campaign) = (log.clone(), Arc::clone(campaign));
            walking.spawn(async move {
                Ok::<_, anyhow::Error>((place, check_in(&log, &campaign, &person).await?))
            });
        }
        let mut arrived = Vec::new();
        while let Some(student) = walking.join_next().await {
            arrived.push(student??);
        }
        arrived.sort_by_key(|(place, _)| *place);
        waiting.extend(arrived.into_iter().map(|(_, student)| student));
    }
    // The queue's order is the order of arrival, not of the roster.
    waiting.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(waiting.into_iter().map(|(_, student)| student).collect())
}

/// The phone's part before the studio. Gives the ticket's number with the student.
async fn check_in(log: &Log, campaign: &Campaign, person: &Person) -> anyhow::Result<(String, Waiting)> {
    let phone = log.timed("student", "注册登录", "sign up", || Phone::sign_up(campaign, person)).await?;
    let picture = code_picture(&person.image_code)?;
    let collection = log
        .timed("student", "识别图像采集码，核验学籍", "register the image code", || {
            phone.register(campaign, person, &picture)
        })
        .await?;
    let id = collection.id;
    log.timed("student", "授权", "give the consents", || phone.consent(id)).await?;
    log.timed("student", "选照相馆，演示支付", "book the studio, pay (sandbox)", || {
        phone.book(campaign, id)
    })
    .await?;
    let collection =
        log.timed("student", "扫码取号", "check in at the studio", || phone.check_in(campaign, id)).await?;
    let ticket = collection.ticket.context("a check-in gives a ticket")?;
    Ok((ticket.number.to_string(), Waiting { phone, collection: id, token: ticket.token }))
}

/// One student before the camera. `false` when no photo of the folder passes.
async fn photograph(
    log: &Log,
    studio: &Studio,
    stage: &Stage,
    desk: &BridgeClient,
    student: &Waiting,
    first: bool,
) -> anyhow::Result<bool> {
    let camera = studio.simulated.as_ref().context("the demonstration has a simulated camera")?;
    log.timed("station", "叫号", "call the number", || desk.call_next()).await?;
    log.timed("station", "扫描排号码，核对到场", "scan the signed ticket", || async {
        let picture = code_picture(&student.token)?;
        let scanned = qr::read_file(&picture)?;
        desk.arrive(scanned.as_text().context("a ticket is text")?).await
    })
    .await?;
    let refused = if first { stage.refused() } else { &[] };
    for photo in refused {
        camera.present(photo.index);
        let (shot, _) = desk.shoot().await?;
        let complaint = shot.complaint().context("a picture that must fail was not refused")?;
        anyhow::ensure!(desk.accept_is_refused().await?, "the desk sealed a picture that must fail");
        log.refused(&photo.name, complaint);
    }
    for photo in stage.turn() {
        camera.present(photo.index);
        let (shot, millis) = desk.shoot().await?;
        if shot.outcome() == Some(Severity::Retake) || !shot.has_portrait() {
            if let Some(complaint) = shot.complaint() {
                log.refused(&photo.name, complaint);
            }
            continue;
        }
        log.took("station", "拍摄", "shoot", millis.shot);
        log.took("station", "标准化与检测", "standardize and check", millis.develop);
        log.timed("station", "加密封存入待传箱", "seal into the outbox", || desk.accept()).await?;
        return Ok(true);
    }
    desk.skip().await?;
    Ok(false)
}

/// The student looks at the portrait and says yes.
async fn decide(log: Log, student: Waiting, out: PathBuf) -> anyhow::Result<()> {
    let phone = &student.phone;
    let (collection, portrait) = log
        .timed("station", "上传密文", "upload the sealed portrait", || async {
            let patience = Instant::now() + PATIENCE;
            loop {
                let collection = phone.collection(student.collection).await?;
                if let Some(portrait) = stored(&collection) {
                    return anyhow::Ok((collection.clone(), portrait.clone()));
                }
                anyhow::ensure!(Instant::now() < patience, "the portrait did not reach the server in time");
                tokio::time::sleep(GLANCE).await;
            }
        })
        .await?;
    let picture =
        log.timed("student", "查看标准照", "look at the portrait", || phone.portrait(portrait.id)).await?;
    log.timed("student", "确认提交", "confirm", || phone.confirm(portrait.id)).await?;
    let number =
        collection.ticket.map_or_else(|| portrait.id.to_string(), |ticket| ticket.number.to_string());
    fs::write(out.join("portraits").join(format!("{number}.jpg")), picture)?;
    let verdict = serde_json::to_string_pretty(&portrait.verdict)?;
    fs::write(out.join("verdicts").join(format!("{number}.json")), verdict)?;
    Ok(())
}

fn stored(collection: &Collection) -> Option<&Portrait> {
    collection.portrait.as_ref().filter(|portrait| portrait.state == PortraitStateName::Stored)
}

/// The reviewer looks at every portrait and approves it.
async fn review(log: &Log, campaign: &Campaign) -> anyhow::Result<()> {
    let reviewer = Staff::sign_in(campaign, &campaign.reviewer).await?;
    let mut desk = reviewer.next().await?;
    while let Some(item) = desk.item {
        desk = log
            .timed("reviewer", "审核通过", "look and approve", || async {
                let picture = reviewer.look(item.portrait).await?;
                anyhow::ensure!(picture.starts_with(&[0xFF, 0xD8]), "the reviewer sees a JPEG file");
                anyhow::Ok(reviewer.approve(item.portrait).await?)
            })
            .await?;
    }
    Ok(())
}

/// The administrator hands everything over.
async fn hand_over(log: &Log, campaign: &Campaign, out: &Path) -> anyhow::Result<Option<PathBuf>> {
    let admin = Staff::sign_in(campaign, &campaign.admin).await?;
    let bundle =
        log.timed("admin", "生成上网包", "make the registry's bundle", || admin.hand_over(campaign)).await?;
    let Some(bundle) = bundle else { return Ok(None) };
    let bytes = log.timed("admin", "下载上网包", "fetch the bundle", || admin.fetch(&bundle)).await?;
    let path = out.join("bundle.zip");
    fs::write(&path, bytes)?;
    Ok(Some(path))
}
