//! The authorization matrix: every endpoint, every role, and somebody else's object.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::Method;
use gradshot_domain::{Category, Payer, Policy, Role};
use gradshot_testkit::{Answer, Caller, Scene, TestServer, TestStation, TestStudent};
use gradshot_wire::campaign::{OpenCampaign, OpenedCampaign};
use gradshot_wire::collection::{Collection, PayOrder, PaymentProvider};
use gradshot_wire::identity::{Account, NewStaff, Sessions};
use gradshot_wire::looks::Looks;
use gradshot_wire::pay::{NewPayGroup, PayGroup, Prepaid};
use gradshot_wire::roster_request::{AskForRoster, RosterRequest, Schools};
use serde_json::{Value, json};

const ANYBODY: &[&str] = &[];
const EVERY_ACCOUNT: &[&str] = &["student", "operator", "reviewer", "school", "support", "admin"];
const STUDENT: &[&str] = &["student"];
const REVIEWER: &[&str] = &["reviewer"];
const ADMIN: &[&str] = &["admin"];
const CLERK: &[&str] = &["school", "admin"];
const OPERATOR: &[&str] = &["operator", "admin"];
const SUPPORT: &[&str] = &["support", "admin"];
const STATION: &[&str] = &["station"];

/// Who may knock at which operation. One that is missing here fails the test.
const MAY: &[(&[&str], &str)] = &[
    (
        ANYBODY,
        "boardEvents consentTexts getBoard getPayLink getRetention getStudio healthz listCampaigns listSchools listStudios photoRules \
         getSupportInfo openapiJson pairStation payByLink paymentCallback pretendPayment readyz resetPassword sendSmsCode signIn \
         signInByCode signInByWechat bindWechat signUp waysIn metrics",
    ),
    (
        EVERY_ACCOUNT,
        "changePassword endOtherSessions endSession getAccount getAttachment listSessions portraitPicture signOut",
    ),
    (
        STUDENT,
        "announceShot askForRoster giveUpOrder myMessages choosePhone dropShot readPhotoRules sendPiece shotOffset attach bookStudio closeConversation getMyConversation say cancelTicket checkIn checkPayment closeAccount collectionEvents confirmPortrait exportAccount getCollection \
         getInvoice getPayGroup getVerificationTries giveConsent joinPayGroup listCollections listConsents listPayGroups listRefunds \
         listRosterRequests makePayGroup makePayLink objectToPortrait payGroup payOrder prepayOrder registerImageCode \
         setInvoice cancelPrints letSupportSee listAccesses listPrints orderPrints receivePrints withdrawConsent withdrawPortrait withdrawRosterRequest",
    ),
    (REVIEWER, "decideReview nextReview"),
    (
        ADMIN,
        "auditLog closeCampaign dayStats deadJobs deliverBundle downloadBundle fetchAnswers listBundles listRetentionProofs remakeBundle setFileNaming giveGrant handOver importAnswers listPrintWork listStaff newSchoolStaff newStaff newStation newStudioStaff \
         openCampaign openStudio printPrints printRecipient printedPortrait retryJob reviewStats revokeGrant sendPrints setRetention verifyAudit",
    ),
    (
        CLERK,
        "acceptRosterRequest declineRosterRequest importRoster listLooks listSchoolCampaigns listSchoolRequests",
    ),
    (OPERATOR, "listCounterOrders placeStudio takeMoney"),
    (
        SUPPORT,
        "answer askRefund findOrders findStudent getConversation getInbox getSupportedStudent listMessages orderFile \
         supportedPicture withdrawForStudent",
    ),
    (
        STATION,
        "arriveTicket bringBackTicket callNext callTicket pauseStation portraitOffset prioritizeTicket putPortrait \
         otherStudios resumeStation sendPortraitPiece serveTicket skipTicket stationEvents stationProfile stationQueue transferTicket transferToStudio",
    ),
];

/// Operations that end the caller's session, or go on without an end: nobody who may knocks at them here.
const NOT_KNOCKED_AT: &[&str] = &["signOut", "endOtherSessions", "stationEvents"];

struct House {
    scene: Scene,
    callers: BTreeMap<&'static str, Caller>,
    station: TestStation,
}

async fn house() -> House {
    let policy =
        Policy { payers: vec![Payer::Student, Payer::ClassLeader, Payer::Friend], ..Policy::pay_first() };
    let scene = Scene::set_with(TestServer::start().await, policy).await;
    let schools: Schools = scene.server.anyone().get("/api/schools").await.ok();
    let mut callers = BTreeMap::new();
    for (role, path) in [
        (Role::Operator, format!("/api/admin/studios/{}/staff", scene.studio.id)),
        (Role::School, format!("/api/admin/schools/{}/staff", schools.schools[0].id)),
        (Role::Support, "/api/admin/staff".to_owned()),
    ] {
        let name = match role {
            Role::Operator => "operator",
            Role::School => "school",
            _ => "support",
        };
        let staff = NewStaff { login: name.to_owned(), password: "staff-password".to_owned(), role };
        let _: Account = scene.admin.post_json(&path, &staff).await.ok();
        callers.insert(name, scene.server.sign_in(name, "staff-password").await);
    }
    let station = scene.station("1号机位").await;
    callers.insert("admin", scene.admin.clone());
    callers.insert("reviewer", scene.reviewer.clone());
    callers.insert("student", scene.student(19).await.caller);
    callers.insert("station", station.caller.clone());
    House { scene, callers, station }
}

async fn knock(caller: &Caller, method: &str, path: &str, body: Option<&Value>) -> Answer {
    let method = Method::from_bytes(method.to_ascii_uppercase().as_bytes()).expect("a method");
    let content = body.map(|_| "application/json");
    let body = body.map_or_else(Body::empty, |json| Body::from(json.to_string()));
    caller.send(method, path, content, body).await
}

fn roles(operation: &str) -> Option<&'static [&'static str]> {
    MAY.iter()
        .find(|(_, names)| names.split_whitespace().any(|name| name == operation))
        .map(|(roles, _)| *roles)
}

#[tokio::test]
async fn every_endpoint_lets_in_exactly_the_roles_that_may() {
    let House { scene, callers, station: _station } = house().await;
    let document: Value = scene.server.anyone().get("/openapi.json").await.ok();
    let nobody = scene.server.anyone();
    let mut knocks = 0;
    for (template, item) in document["paths"].as_object().unwrap() {
        let path = template
            .replace("{code}", "NOWHERE")
            .replace("{provider}", "nobody")
            .replace("{token}", "guess")
            .replace("{id}", "0190a000-0000-7000-8000-00000000000f");
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap();
            let may = roles(name).unwrap_or_else(|| panic!("{name} is not in the matrix"));
            if may.is_empty() {
                assert!(!operation["security"].is_array(), "{name} is open to anybody");
                continue;
            }
            assert!(operation["security"].is_array(), "{name} says that it is guarded");
            let refused = knock(&nobody, method, &path, None).await;
            assert_eq!(refused.status, 401, "{name} for nobody");
            for (role, caller) in &callers {
                if may.contains(role) && NOT_KNOCKED_AT.contains(&name) {
                    continue;
                }
                let answer = knock(caller, method, &path, None).await;
                let status = answer.status.as_u16();
                let kept_out = [401, 403].contains(&status);
                assert_eq!(kept_out, !may.contains(role), "{name} for {role}: {status} {}", answer.text());
                assert!(status < 500, "{name} for {role}: {}", answer.text());
                knocks += 1;
            }
        }
    }
    assert!(knocks > 400, "{knocks} knocks");
}

/// Everything that one student has.
struct Belongings {
    student: TestStudent,
    paths: Vec<(&'static str, String, Option<Value>)>,
}

async fn belongings(house: &House) -> Belongings {
    let House { scene, station, .. } = house;
    let student = scene.student_in_line(0).await;
    let receipt = station.photograph_next().await;
    let mut poor = scene.student(1).await;
    poor.register(scene).await;
    poor.consent().await;
    poor.book(scene).await;
    let unpaid = poor.look().await.order.expect("an order").id;
    let sandbox = json!(PayOrder { provider: PaymentProvider::Sandbox });
    let prepaid: Prepaid =
        poor.caller.post_json(&format!("/api/orders/{unpaid}/prepay"), &sandbox).await.ok();
    let group = NewPayGroup { campaign: scene.campaign.id, title: "2 班".to_owned() };
    let group: PayGroup = poor.caller.post_json("/api/pay-groups", &group).await.ok();
    let ask = AskForRoster {
        campaign: scene.campaign.id,
        category: Category::Bachelor,
        name: "林新生".to_owned(),
        student_number: "S9001".to_owned(),
        id_last4: "4321".to_owned(),
        note: String::new(),
    };
    let request: RosterRequest = poor.caller.post_json("/api/roster-requests", &ask).await.ok();
    let sessions: Sessions = poor.caller.get("/api/account/sessions").await.ok();
    let (collection, portrait) = (student.collection(), receipt.portrait);
    let paid = student.look().await.order.expect("an order").id;
    let consent = json!({ "purpose": "capture", "text_version": "2026-11-1" });
    let book = json!({ "studio": scene.studio.id, "package": scene.studio.packages[0].id });
    let prints = json!({
        "product": "one-inch-8", "sheets": 1,
        "recipient": { "name": "林某某", "phone": "13900000001", "address": "示范路 1 号 3 楼" },
    });
    let invoice = json!({ "title": "示范", "email": "a@example.com" });
    let paths = vec![
        ("get", format!("/api/collections/{collection}"), None),
        ("get", format!("/api/collections/{collection}/events"), None),
        ("get", format!("/api/collections/{collection}/consents"), None),
        ("post", format!("/api/collections/{collection}/consents"), Some(consent)),
        (
            "post",
            format!("/api/collections/{collection}/consents/withdraw"),
            Some(json!({ "purpose": "capture" })),
        ),
        ("post", format!("/api/collections/{collection}/studio"), Some(book)),
        ("post", format!("/api/collections/{collection}/cancel-ticket"), None),
        ("post", "/api/studios/SFZX/check-in".to_owned(), Some(json!({ "collection": collection }))),
        ("get", format!("/api/collections/{collection}/prints"), None),
        ("post", format!("/api/collections/{collection}/prints"), Some(prints)),
        ("post", format!("/api/print-orders/{paid}/cancel"), None),
        ("post", format!("/api/print-orders/{paid}/received"), None),
        ("get", format!("/api/portraits/{portrait}/picture.jpg"), None),
        ("post", format!("/api/portraits/{portrait}/confirm"), None),
        ("post", format!("/api/portraits/{portrait}/object"), None),
        ("post", format!("/api/portraits/{portrait}/withdraw"), None),
        ("post", format!("/api/orders/{unpaid}/pay"), Some(sandbox.clone())),
        ("post", format!("/api/orders/{unpaid}/prepay"), Some(sandbox.clone())),
        ("post", format!("/api/orders/{unpaid}/pay-link"), None),
        ("post", format!("/api/orders/{unpaid}/give-up"), None),
        ("get", format!("/api/orders/{paid}/refunds"), None),
        ("get", format!("/api/orders/{paid}/invoice"), None),
        ("post", format!("/api/orders/{paid}/invoice"), Some(invoice)),
        ("post", format!("/api/payments/{}/check", prepaid.payment), None),
        ("get", format!("/api/pay-groups/{}", group.code), None),
        ("post", format!("/api/pay-groups/{}/pay", group.code), Some(sandbox)),
        ("post", format!("/api/pay-groups/{}/join", group.code), Some(json!({ "order": unpaid }))),
        ("post", format!("/api/roster-requests/{}/withdraw", request.id), None),
        ("delete", format!("/api/account/sessions/{}", sessions.sessions[0].id), None),
    ];
    Belongings { student, paths }
}

#[tokio::test]
async fn what_belongs_to_somebody_else_is_not_there() {
    let house = house().await;
    let Belongings { student, paths } = belongings(&house).await;
    let before = student.look().await;
    let other = &house.callers["student"];
    for (method, path, body) in &paths {
        let answer = knock(other, method, path, body.as_ref()).await;
        let (status, code) = (answer.status.as_u16(), answer.problem());
        assert_eq!(status, 404, "{method} {path}: {code}");
        assert!(code.ends_with("not_found") || code.ends_with("unknown"), "{method} {path}: {code}");
    }
    let after: Collection = student.look().await;
    assert_eq!(after, before, "nothing was changed");
}

#[tokio::test]
async fn staff_of_one_place_are_strangers_at_another() {
    let house = house().await;
    let scene = &house.scene;
    let other = scene.another_studio("OTHER").await;
    let stranger = scene.station_of(&other, "1号机位").await;
    scene.student_in_line(0).await;
    let ticket = house.station.call_next().await.expect("somebody waits").ticket;
    let own = json!({ "station": stranger.id });
    for (verb, body) in [
        ("call", None),
        ("arrive", None),
        ("skip", None),
        ("serve", None),
        ("come-back", Some(json!({ "rule": { "rule": "at_the_end" } }))),
        ("priority", Some(json!({ "priority": "ahead" }))),
        ("transfer", Some(own)),
        ("studio-transfer", Some(json!({ "studio": other.id }))),
    ] {
        let path = format!("/api/station/tickets/{ticket}/{verb}");
        let answer = knock(&stranger.caller, "post", &path, body.as_ref()).await;
        assert_eq!(answer.problem(), "ticket.not_found", "{verb}");
    }
    let operator = &house.callers["operator"];
    let place = json!({ "hours": "9:00", "latitude": 24.0, "longitude": 118.0 });
    let path = format!("/api/office/studios/{}/place", other.id);
    assert_eq!(operator.post_json(&path, &place).await.problem(), "studio.not_found");
    let path = format!("/api/office/studios/{}/orders", other.id);
    assert_eq!(operator.get(&path).await.problem(), "studio.not_found");
    let path = format!("/api/station/tickets/{ticket}/studios");
    assert_eq!(stranger.caller.get(&path).await.problem(), "ticket.not_found");
}

#[tokio::test]
async fn a_school_sees_looks_at_its_own_students_and_none_of_another_school() {
    let house = house().await;
    let scene = &house.scene;
    let other = OpenCampaign {
        school_name: "另一所大学".to_owned(),
        title: "2027 届".to_owned(),
        code: Some("OTHER7".to_owned()),
        categories: vec![Category::Bachelor],
        policy: Policy::pay_first(),
    };
    let other: OpenedCampaign = scene.admin.post_json("/api/admin/campaigns", &other).await.ok();
    let staff =
        NewStaff { login: "stranger".to_owned(), password: "staff-password".to_owned(), role: Role::School };
    let path = format!("/api/admin/schools/{}/staff", other.school);
    let _: Account = scene.admin.post_json(&path, &staff).await.ok();
    let stranger = scene.server.sign_in("stranger", "staff-password").await;
    let _: TestStudent = scene.student_in_line(0).await;
    let search = json!({ "phone": scene.people[0].phone });
    assert_eq!(house.callers["support"].post_json("/api/support/students", &search).await.status, 200);

    let of = async |caller: &Caller, query: &str| -> Looks {
        caller.get(&format!("/api/office/accesses{query}")).await.ok()
    };
    let school = &house.callers["school"];
    assert_eq!(of(school, "").await.looks.len(), 1);
    assert_eq!(of(school, "").await.looks[0].staff_login.as_deref(), Some("sup***"), "another's colleague");
    assert!(of(&stranger, "").await.looks.is_empty());
    let whose = format!("?school={}", other.school);
    assert_eq!(school.get(&format!("/api/office/accesses{whose}")).await.problem(), "school.not_found");
    assert!(of(&house.callers["admin"], &whose).await.looks.is_empty());
    assert_eq!(of(&house.callers["admin"], "").await.looks.len(), 1);
    let campaign = format!("?campaign={}", scene.campaign.id);
    assert!(of(&stranger, &campaign).await.looks.is_empty(), "though it names the campaign");
}
