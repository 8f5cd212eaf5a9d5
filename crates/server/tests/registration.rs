//! From a roster to a collection: matching, image codes, limits.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use gradshot_domain::{Category, PackageId};
use gradshot_testkit::{Scene, picture_of, roster_csv};
use gradshot_wire::campaign::Campaigns;
use gradshot_wire::collection::{BookStudio, Collection, Collections, ImageCode, RegisterImageCode};
use gradshot_wire::roster::RosterReport;

const PATH: &str = "/api/collections";

#[tokio::test]
async fn the_same_code_again_gives_the_same_collection() {
    let scene = Scene::set().await;
    let mut student = scene.student(0).await;
    let request = student.registration(&scene, "731x");
    let first = student.caller.post_json(PATH, &request).await;
    assert_eq!(first.status, 201);
    let first: Collection = first.ok();
    let picture = ImageCode::ImageCodePicture(STANDARD.encode(picture_of(&student.person.image_code)));
    let again = student.caller.post_json(PATH, &RegisterImageCode { image_code: picture, ..request }).await;
    assert_eq!(again.status, 200);
    assert_eq!(again.ok::<Collection>().id, first.id);
    assert_eq!(student.register(&scene).await.id, first.id);
    let all: Collections = student.caller.get(PATH).await.ok();
    assert_eq!(all.collections, [first]);
}

#[tokio::test]
async fn the_wrong_last_four_may_be_given_five_times() {
    let scene = Scene::set().await;
    let student = scene.student(0).await;
    let wrong = student.registration(&scene, "0000");
    for _ in 0..5 {
        assert_eq!(student.caller.post_json(PATH, &wrong).await.problem(), "roster.no_match");
    }
    let right = student.registration(&scene, &student.person.id_last4);
    assert_eq!(student.caller.post_json(PATH, &right).await.problem(), "id_last4.locked");
    scene.server.clock.advance(Duration::from_mins(30));
    assert_eq!(student.caller.post_json(PATH, &right).await.status, 201);
}

#[tokio::test]
async fn nobody_registers_for_another_or_with_anothers_code() {
    let scene = Scene::set().await;
    let mut first = scene.student(0).await;
    first.register(&scene).await;
    let second = scene.student(1).await;

    let as_first = first.registration(&scene, &first.person.id_last4);
    assert_eq!(second.caller.post_json(PATH, &as_first).await.problem(), "roster.claimed");
    let with_firsts_code = RegisterImageCode {
        image_code: as_first.image_code.clone(),
        ..second.registration(&scene, &second.person.id_last4)
    };
    assert_eq!(second.caller.post_json(PATH, &with_firsts_code).await.problem(), "image_code.taken");
    let another_code =
        RegisterImageCode { image_code: ImageCode::ImageCodeText("OTHER".to_owned()), ..as_first };
    assert_eq!(first.caller.post_json(PATH, &another_code).await.problem(), "image_code.other");

    let path = format!("{PATH}/{}", first.collection());
    assert_eq!(second.caller.get(&path).await.problem(), "collection.not_found");
    assert_eq!(second.caller.get(&format!("{path}/events")).await.problem(), "collection.not_found");
    let book = BookStudio { studio: scene.studio.id, package: scene.studio.packages[0].id };
    assert_eq!(
        second.caller.post_json(&format!("{path}/studio"), &book).await.problem(),
        "collection.not_found"
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_said_before_anything_is_looked_up() {
    let scene = Scene::set().await;
    let student = scene.student(0).await;
    let right = || student.registration(&scene, &student.person.id_last4);
    let text = |text: &str| ImageCode::ImageCodeText(text.to_owned());
    for (request, code) in [
        (RegisterImageCode { name: "9".to_owned(), ..right() }, "name.malformed"),
        (RegisterImageCode { id_last4: "12345".to_owned(), ..right() }, "id_last4.malformed"),
        (RegisterImageCode { image_code: text("\r\n"), ..right() }, "image_code.too_long"),
        (RegisterImageCode { image_code: text(&"x".repeat(4097)), ..right() }, "image_code.too_long"),
        (
            RegisterImageCode { image_code: ImageCode::ImageCodePicture("???".to_owned()), ..right() },
            "image_code.unreadable",
        ),
        (
            RegisterImageCode {
                image_code: ImageCode::ImageCodePicture(STANDARD.encode("a cat")),
                ..right()
            },
            "image_code.unreadable",
        ),
        (RegisterImageCode { category: Category::Doctor, ..right() }, "category.not_offered"),
    ] {
        assert_eq!(student.caller.post_json(PATH, &request).await.problem(), code);
    }
    let broken = student.caller.post_as(PATH, "application/json", b"{\"name\": \"secret".to_vec()).await;
    assert!(!broken.text().contains("secret"), "what was typed is not repeated");
    assert_eq!(broken.problem(), "body.malformed");
    assert_eq!(student.caller.post_as(PATH, "text/plain", b"{}".to_vec()).await.problem(), "body.not_json");
    let large = vec![b'x'; 9 * 1024 * 1024];
    assert_eq!(student.caller.post_as(PATH, "application/json", large).await.problem(), "body.too_large");
    assert_eq!(student.caller.get("/api/collections/not-an-id").await.problem(), "path.unknown");
    assert_eq!(student.caller.get("/api/nothing").await.problem(), "path.unknown");
    assert_eq!(student.caller.get("/api/sign-in").await.problem(), "method.unknown");
}

#[tokio::test]
async fn steps_out_of_order_are_refused() {
    let scene = Scene::set().await;
    let mut student = scene.student(0).await;
    student.register(&scene).await;
    assert_eq!(student.try_check_in("SFZX").await.problem(), "consent.missing");
    student.consent().await;
    assert_eq!(student.try_check_in("SFZX").await.problem(), "check_in.not_booked_here");
    let order = student.book(&scene).await.order;
    assert_eq!(student.book(&scene).await.order, order, "the same package again gives the same order");
    assert_eq!(student.try_check_in("sfzx").await.problem(), "order.unpaid");
    let path = format!("/api/collections/{}/studio", student.collection());
    let unknown = BookStudio { studio: scene.studio.id, package: PackageId::from_bytes([7; 16]) };
    assert_eq!(student.caller.post_json(&path, &unknown).await.problem(), "package.not_found");
    let other = scene.another_studio("OTHER").await;
    let elsewhere = BookStudio { studio: other.id, package: other.packages[0].id };
    assert_eq!(student.caller.post_json(&path, &elsewhere).await.problem(), "order.open");
    let _: Collection = student.pay().await.ok();
    let _: Collection = student.pay().await.ok();
    assert_eq!(student.try_check_in("OTHER").await.problem(), "check_in.not_booked_here");
    assert_eq!(student.try_check_in("NOWHERE").await.problem(), "studio.not_found");
    let first = student.check_in(&scene).await.ticket.map(|ticket| ticket.id);
    let again = student.check_in(&scene).await.ticket.map(|ticket| ticket.id);
    assert_eq!(first, again, "the same day gives the same ticket");
}

#[tokio::test]
async fn pretended_money_has_to_be_allowed() {
    let server = gradshot_testkit::TestServer::start_with(|options| options.sandbox_payments = false).await;
    let scene = Scene::set_with(server, gradshot_domain::Policy::pay_first()).await;
    let mut student = scene.student(0).await;
    student.register(&scene).await;
    student.book(&scene).await;
    assert_eq!(student.pay().await.problem(), "payment.sandbox_off");
}

#[tokio::test]
async fn a_roster_comes_in_whole_or_not_at_all() {
    let scene = Scene::set().await;
    let path = format!("/api/admin/campaigns/{}/roster", scene.campaign.id);
    let import = async |csv: String| scene.admin.post_as(&path, "text/csv", csv.into_bytes()).await;
    let wrong = format!("{}王芳,S9,12,本科\n", roster_csv(&gradshot_testkit::people(21)));
    let refused = import(wrong).await;
    assert_eq!(refused.status, 422);
    let report: RosterReport = serde_json::from_slice(&refused.body).unwrap();
    assert_eq!((report.added, report.updated, report.errors[0].row), (0, 0, 23));

    let moved = import(roster_csv(&gradshot_testkit::people(21))).await;
    let report: RosterReport = moved.ok();
    assert_eq!((report.added, report.updated), (1, 20), "nothing of the refused file came in");
    assert_eq!(import("name,number\n".to_owned()).await.problem(), "roster.unreadable");
}

#[tokio::test]
async fn campaigns_are_found_by_school_and_by_code() {
    let scene = Scene::set().await;
    let found = async |q: &str| {
        let all: Campaigns = scene.server.anyone().get(&format!("/api/campaigns?q={q}")).await.ok();
        all.campaigns.len()
    };
    assert_eq!(found("%E7%A4%BA%E8%8C%83").await, 1);
    assert_eq!(found("DEMO27").await, 1);
    assert_eq!(found("%25").await, 0);
    assert_eq!(
        scene.server.anyone().get(&format!("/api/campaigns?q={}", "x".repeat(41))).await.problem(),
        "query.malformed"
    );
}
