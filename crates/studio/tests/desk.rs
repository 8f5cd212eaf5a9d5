//! The desk with real parts beside the lens: the coach, faces compared, the crop moved, test shots, the day's report.

mod demo;

use std::time::Duration;

use gradshot_domain::FindingId;
use gradshot_studio::demo::CrowdPace;
use gradshot_studio::{DemoOptions, Root, Studio, StudioOptions};
use gradshot_wire::desk::{
    ArrivalProof, CropNudge, CurrentStudent, DeskCommand, DeskState, Shot, ShotProgress, StudentPhase,
};

/// Looks until the state shows what is wanted; the test's own time limit ends it otherwise.
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

/// Calls somebody, seats the person of this photo and proves the arrival.
async fn seat(studio: &Studio, photo: usize) -> CurrentStudent {
    until(studio, |state| (state.camera.ready && state.queue.is_some()).then_some(())).await;
    let lens = studio.simulated.as_ref().unwrap();
    let before = lens.subject();
    send(studio, DeskCommand::CallNext).await;
    let number = until(studio, |state| state.current.as_ref().map(|current| current.number)).await;
    // With each number called the crowd lets somebody else step before the lens.
    while lens.subject() == before {
        tokio::task::yield_now().await;
    }
    lens.present(photo);
    send(studio, DeskCommand::Scan { text: number.to_string() }).await;
    until(studio, |state| state.current.clone().filter(|current| current.phase == StudentPhase::Arrived))
        .await
}

async fn shoot(studio: &Studio) -> Shot {
    let before = studio.desk.states().borrow().current.as_ref().map_or(0, |current| current.shots.len());
    send(studio, DeskCommand::Shoot).await;
    until(studio, |state| {
        let shot = state.current.as_ref()?.shots.get(before)?;
        (shot.progress != ShotProgress::Developing).then(|| shot.clone())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_coach_watches_whoever_is_here_and_nobody_afterwards() {
    let studio = demo::open(8).await;
    let mut coachings = studio.desk.coachings();
    assert!(coachings.borrow_and_update().is_none(), "nobody is here");
    seat(&studio, 2).await;
    let coaching = coachings.wait_for(Option::is_some).await.unwrap().clone().unwrap();
    assert_eq!((coaching.faces, coaching.face.is_some()), (1, true), "{coaching:?}");
    assert!(coaching.crop.width > 0.0 && coaching.eye_line.to > coaching.eye_line.from);
    send(&studio, DeskCommand::Skip).await;
    coachings.wait_for(Option::is_none).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_automatic_shutter_takes_one_shot_of_somebody_who_is_in_order() {
    let studio = demo::open(8).await;
    let settings = studio.desk.states().borrow().settings.clone();
    let automatic = gradshot_wire::desk::DeskSettings { auto_shutter: true, countdown_ms: 500, ..settings };
    send(&studio, DeskCommand::ChangeSettings { settings: automatic }).await;
    seat(&studio, 2).await;
    until(&studio, |state| state.current.as_ref().filter(|current| current.shots.len() == 1).map(|_| ()))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_else_in_the_chair_is_found_out_and_the_crop_moves_inside_the_limits() {
    let studio = demo::open(8).await;
    seat(&studio, 2).await;
    let shot = shoot(&studio).await;
    assert!(matches!(shot.progress, ShotProgress::Ready { has_portrait: true, crop: Some(_), .. }));

    let far = CropNudge { right_px: 900, down_px: 900, larger_permille: 900 };
    send(&studio, DeskCommand::NudgeCrop { shot: shot.id, nudge: far }).await;
    let moved = until(&studio, |state| {
        let moved = state.current.as_ref()?.shots.first()?;
        (moved.edition > shot.edition && !moved.composing).then(|| moved.clone())
    })
    .await;
    assert!(moved.nudge != far && moved.nudge != CropNudge::default(), "held inside: {:?}", moved.nudge);
    let ShotProgress::Ready { verdict, .. } = moved.progress else { panic!("a portrait") };
    for id in [FindingId::GeometryHairline, FindingId::GeometryEyeLine, FindingId::GeometryFaceWidth] {
        assert_eq!(verdict.finding(id).unwrap().severity, gradshot_domain::Severity::Pass, "{id:?}");
    }

    studio.simulated.as_ref().unwrap().present(0);
    let other = shoot(&studio).await;
    let ShotProgress::Ready { verdict, .. } = other.progress else { panic!("a portrait") };
    assert_ne!(verdict.finding(FindingId::SamePerson).unwrap().severity, gradshot_domain::Severity::Pass);
    assert!(studio.desk.states().borrow().current.as_ref().unwrap().other_face);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_shot_tells_of_the_light_and_the_day_counts_only_students() {
    let studio = demo::open(8).await;
    until(&studio, |state| state.camera.ready.then_some(())).await;
    studio.simulated.as_ref().unwrap().present(2);
    send(&studio, DeskCommand::TestShot).await;
    let light = until(&studio, |state| state.panel.test.as_ref()?.light.clone()).await;
    assert!(light.measured && !light.points.is_empty());
    send(&studio, DeskCommand::CloseTest).await;

    seat(&studio, 2).await;
    shoot(&studio).await;
    // Notes are written behind the work: the report has them a moment later.
    let report = loop {
        let report = studio.desk.day_report(None).await.unwrap();
        if report.shots == 1 {
            break report;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert_eq!((report.called, report.arrived, report.sealed), (1, 1, 0));
    assert_eq!(report.students.len(), 1);
}

/// The demonstration with these photos before the lens.
async fn open_before(photos: &std::path::Path) -> Studio {
    let photos = photos.to_owned();
    Studio::open(StudioOptions {
        root: Root::find().unwrap(),
        folder: None,
        listen: ([127, 0, 0, 1], 0).into(),
        demo: Some(DemoOptions { students: 8, photos, crowd: Some(CrowdPace::PEOPLE) }),
        watched_folder: None,
        photos: None,
        pairing: None,
    })
    .await
    .unwrap()
}

/// What a lens sees: a white wall, or a phone with a code on it.
fn put_before_the_lens(folder: &std::path::Path, code: Option<&str>) {
    let mut wall = image::GrayImage::from_pixel(960, 720, image::Luma([230]));
    if let Some(code) = code {
        let code =
            qrcode::QrCode::new(code).unwrap().render::<image::Luma<u8>>().min_dimensions(400, 400).build();
        image::imageops::overlay(&mut wall, &code, 280, 160);
    }
    let half = folder.join("half");
    wall.save_with_format(&half, image::ImageFormat::Png).unwrap();
    std::fs::rename(half, folder.join("lens.png")).unwrap();
}

/// The number that is called stands before the scanner in this folder, which is this camera of the panel.
async fn scans(studio: &Studio, scanner: &str, folder: &std::path::Path) {
    let settings = studio.desk.states().borrow().settings.clone();
    let scanning = gradshot_wire::desk::DeskSettings { scanner_webcam: scanner.to_owned(), ..settings };
    send(studio, DeskCommand::ChangeSettings { settings: scanning }).await;
    until(studio, |state| state.queue.as_ref().filter(|queue| queue.waiting > 0).map(drop)).await;
    send(studio, DeskCommand::CallNext).await;
    let number = until(studio, |state| state.current.as_ref().map(|current| current.number)).await;
    put_before_the_lens(folder, Some(&number.to_string()));
    let arrival = until(studio, |state| {
        state.current.as_ref().filter(|current| current.phase == StudentPhase::Arrived)?.arrival
    })
    .await;
    assert_eq!(arrival, ArrivalProof::Typed, "the code says the number alone, as somebody would type it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_held_before_the_camera_proves_the_arrival() {
    let folder = tempfile::tempdir().unwrap();
    put_before_the_lens(folder.path(), None);
    let studio = open_before(folder.path()).await;
    let camera = until(&studio, |state| state.panel.open.clone()).await;
    scans(&studio, &camera, folder.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webcam_beside_the_camera_reads_the_tickets_and_the_camera_takes_the_shots() {
    let folder = tempfile::tempdir().unwrap();
    let second = folder.path().join("second");
    std::fs::create_dir(&second).unwrap();
    put_before_the_lens(folder.path(), None);
    put_before_the_lens(&second, None);
    let studio = open_before(folder.path()).await;
    let camera = until(&studio, |state| state.panel.open.clone()).await;
    let webcam = until(&studio, |state| {
        let other = state.panel.devices.iter().find(|device| device.id != camera)?;
        other.trouble_en.is_none().then(|| other.id.clone())
    })
    .await;
    scans(&studio, &webcam, &second).await;
    // What the scanner sees is nobody's photo: the shot is the camera's white wall.
    send(&studio, DeskCommand::Shoot).await;
    let shot = until(&studio, |state| state.current.as_ref()?.shots.first().map(|shot| shot.id)).await;
    let taken = studio.desk.picture(shot, gradshot_station::desk::PictureKind::Shot).unwrap();
    assert_eq!(taken.to_vec(), std::fs::read(folder.path().join("lens.png")).unwrap());
}
