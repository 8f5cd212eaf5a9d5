//! Who may collect: schools, rosters, the last four, and asking to be added.

use std::fmt::Write as _;
use std::time::Duration;

use gradshot_domain::{Category, Policy, Role};
use gradshot_testkit::{Caller, Scene, people, roster_csv};
use gradshot_wire::campaign::{Campaigns, OpenCampaign, OpenedCampaign};
use gradshot_wire::collection::{Collection, Collections};
use gradshot_wire::identity::{MessagesPage, NewStaff};
use gradshot_wire::roster::RosterReport;
use gradshot_wire::roster_request::{
    AskForRoster, DeclineRosterRequest, RosterRequest, RosterRequestStateName, RosterRequests,
    SchoolRosterRequests, Schools, VerificationTries,
};

async fn found(scene: &Scene, q: &str) -> Schools {
    scene.server.anyone().get(&format!("/api/schools?q={q}")).await.ok()
}

async fn clerk(scene: &Scene) -> (gradshot_domain::SchoolId, Caller) {
    let school = found(scene, "sfdx").await.schools[0].id;
    let staff =
        NewStaff { login: "clerk".to_owned(), password: "staff-password".to_owned(), role: Role::School };
    let path = format!("/api/admin/schools/{school}/staff");
    assert_eq!(scene.admin.post_json(&path, &staff).await.status, 201);
    (school, scene.server.sign_in("clerk", "staff-password").await)
}

#[tokio::test]
async fn m1_2_1_a_school_is_found_by_name_and_by_initials_and_its_categories_are_offered() {
    let scene = Scene::set().await;
    for q in ["%E7%A4%BA%E8%8C%83", "sfdx", "SFD", "DEMO27", "demo27"] {
        let schools = found(&scene, q).await.schools;
        assert_eq!(schools.len(), 1, "{q}");
        assert_eq!(schools[0].name, "示范大学");
        assert_eq!(schools[0].campaigns[0].categories, [Category::Bachelor]);
    }
}

#[tokio::test]
async fn m1_2_2_a_school_that_does_not_take_part_is_not_found() {
    let scene = Scene::set().await;
    for q in ["%E5%88%AB%E7%9A%84", "fdx", "%25", "demo"] {
        assert_eq!(found(&scene, q).await.schools, [], "{q}");
    }
    let long = scene.server.anyone().get(&format!("/api/schools?q={}", "x".repeat(41))).await;
    assert_eq!(long.problem(), "query.malformed");
    let all: Campaigns = scene.server.anyone().get("/api/campaigns?q=sfdx").await.ok();
    assert_eq!(all.campaigns.len(), 1);
}

#[tokio::test]
async fn m1_3_3_the_last_four_tie_a_code_to_a_person_and_cannot_be_guessed() {
    let scene = Scene::set().await;
    let student = scene.student(0).await;
    let tries = async || {
        let tries: VerificationTries = student.caller.get("/api/account/verification").await.ok();
        tries
    };
    assert_eq!(tries().await, VerificationTries { left: 5, locked_until: None });
    for left in (0..5).rev() {
        let wrong = student.registration(&scene, "9999");
        assert_eq!(student.caller.post_json("/api/collections", &wrong).await.problem(), "roster.no_match");
        assert_eq!(tries().await.left, left);
    }
    let right = student.registration(&scene, &student.person.id_last4);
    assert_eq!(student.caller.post_json("/api/collections", &right).await.problem(), "id_last4.locked");
    let until = tries().await.locked_until.expect("a lock");
    assert_eq!(until.to_string(), "2026-05-18T01:30:00Z");
    scene.server.clock.advance(Duration::from_mins(30));
    let _: Collection = student.caller.post_json("/api/collections", &right).await.ok();
}

#[tokio::test]
async fn m1_3_3_four_digits_before_the_bracket_count_for_hong_kong_and_macau() {
    let scene = Scene::set().await;
    let path = format!("/api/admin/campaigns/{}/roster", scene.campaign.id);
    let csv = "姓名,学号,证件号码\n林小雨,S9001,A123456(7)\n".as_bytes().to_vec();
    let report: RosterReport = scene.admin.post_as(&path, "text/csv", csv).await.ok();
    assert_eq!(report.added, 1);
    let student = scene.student(0).await;
    let request = student.registration(&scene, "3456(7)");
    let _: Collection = student.caller.post_json("/api/collections", &request).await.ok();
}

#[tokio::test]
async fn m1_4_1_one_person_has_several_collections() {
    let scene = Scene::set().await;
    let mut student = scene.student(0).await;
    student.register(&scene).await;
    scene.server.clock.advance(Duration::from_secs(1));
    let second = OpenCampaign {
        school_name: "另一所大学".to_owned(),
        title: "2027 届硕士".to_owned(),
        code: None,
        categories: vec![Category::Master],
        policy: Policy::pay_first(),
    };
    let second: OpenedCampaign = scene.admin.post_json("/api/admin/campaigns", &second).await.ok();
    let path = format!("/api/admin/campaigns/{}/roster", second.campaign.id);
    let csv = roster_csv(&people(1)).replace("本科", "硕士");
    let _: RosterReport = scene.admin.post_as(&path, "text/csv", csv.into_bytes()).await.ok();
    let request = gradshot_wire::collection::RegisterImageCode {
        campaign: second.campaign.id,
        category: Category::Master,
        image_code: gradshot_wire::collection::ImageCode::ImageCodeText("ANOTHER-CODE".to_owned()),
        ..student.registration(&scene, &student.person.id_last4)
    };
    let _: Collection = student.caller.post_json("/api/collections", &request).await.ok();
    let all: Collections = student.caller.get("/api/collections").await.ok();
    let schools: Vec<_> = all.collections.iter().map(|one| one.school_name.as_str()).collect();
    assert_eq!(schools, ["示范大学", "另一所大学"]);
}

fn ask(scene: &Scene, name: &str, number: &str) -> AskForRoster {
    AskForRoster {
        campaign: scene.campaign.id,
        category: Category::Bachelor,
        name: name.to_owned(),
        student_number: number.to_owned(),
        id_last4: "4321".to_owned(),
        note: "休学一年后复学".to_owned(),
    }
}

#[tokio::test]
async fn m1_4_2_who_is_not_on_the_roster_asks_the_school_which_adds() {
    let scene = Scene::set().await;
    let student = scene.student(0).await;
    let (school, clerk) = clerk(&scene).await;
    let path = "/api/roster-requests";
    let request = ask(&scene, "林新生", "S9001");
    let first = student.caller.post_json(path, &request).await;
    assert_eq!(first.status, 201);
    let first: RosterRequest = first.ok();
    let again = student.caller.post_json(path, &request).await;
    assert_eq!(again.status, 200, "asking twice makes one request");
    let known = AskForRoster {
        id_last4: student.person.id_last4.clone(),
        ..ask(&scene, &student.person.name, &student.person.number)
    };
    assert_eq!(student.caller.post_json(path, &known).await.problem(), "roster_request.needless");

    let listed: SchoolRosterRequests =
        clerk.get(&format!("/api/schools/{school}/roster-requests")).await.ok();
    let seen = &listed.requests[0];
    assert_eq!((seen.name.as_str(), seen.student_number.as_str()), ("林新生", "S9001"));
    assert_eq!((seen.id_last4.as_str(), seen.note.as_str()), ("4321", "休学一年后复学"));
    let accept = format!("/api/school/roster-requests/{}/accept", first.id);
    assert_eq!(student.caller.post(&accept).await.problem(), "role.forbidden");
    assert_eq!(clerk.post(&accept).await.status, 204);
    assert_eq!(clerk.post(&accept).await.problem(), "roster_request.answered");

    let mine: RosterRequests = student.caller.get(path).await.ok();
    assert_eq!(mine.requests[0].state, RosterRequestStateName::Accepted);
    let messages: MessagesPage = scene.admin.get("/api/office/messages").await.ok();
    assert_eq!(messages.messages[0].template, "roster.added");
    let registration = gradshot_wire::collection::RegisterImageCode {
        name: "林新生".to_owned(),
        ..student.registration(&scene, "4321")
    };
    let _: Collection = student.caller.post_json("/api/collections", &registration).await.ok();
}

#[tokio::test]
async fn b_1_a_school_declines_with_a_reason_and_sees_only_its_own_requests() {
    let scene = Scene::set().await;
    let student = scene.student(0).await;
    let (school, clerk) = clerk(&scene).await;
    let made: RosterRequest =
        student.caller.post_json("/api/roster-requests", &ask(&scene, "林新生", "S9001")).await.ok();
    let decline = format!("/api/school/roster-requests/{}/decline", made.id);
    let reason = |text: &str| DeclineRosterRequest { reason: text.to_owned() };
    assert_eq!(clerk.post_json(&decline, &reason(" ")).await.problem(), "decline.reason");
    assert_eq!(clerk.post_json(&decline, &reason("学号不存在")).await.status, 204);
    let mine: RosterRequests = student.caller.get("/api/roster-requests").await.ok();
    assert_eq!(mine.requests[0].reason.as_deref(), Some("学号不存在"));

    let other = OpenCampaign {
        school_name: "另一所大学".to_owned(),
        title: "2027 届".to_owned(),
        code: None,
        categories: vec![Category::Bachelor],
        policy: Policy::pay_first(),
    };
    let other: OpenedCampaign = scene.admin.post_json("/api/admin/campaigns", &other).await.ok();
    let foreign = AskForRoster { campaign: other.campaign.id, ..ask(&scene, "林新生", "S9001") };
    let foreign: RosterRequest = student.caller.post_json("/api/roster-requests", &foreign).await.ok();
    let path = format!("/api/schools/{}/roster-requests", other.school);
    assert_eq!(clerk.get(&path).await.problem(), "school.not_found");
    let accept = format!("/api/school/roster-requests/{}/accept", foreign.id);
    assert_eq!(clerk.post(&accept).await.problem(), "roster_request.not_found");
    let own: Campaigns = clerk.get(&format!("/api/schools/{school}/campaigns")).await.ok();
    assert_eq!(own.campaigns.len(), 1);
    let withdraw = format!("/api/roster-requests/{}/withdraw", foreign.id);
    assert_eq!(scene.student(1).await.caller.post(&withdraw).await.problem(), "roster_request.not_found");
    assert_eq!(student.caller.post(&withdraw).await.status, 204);
}

#[tokio::test]
async fn b_1_six_thousand_students_come_in_at_once_and_are_looked_at_first() {
    let scene = Scene::set().await;
    let path = format!("/api/admin/campaigns/{}/roster", scene.campaign.id);
    let mut csv = "姓名,学号,身份证后四位\n".to_owned();
    for index in 0..6000 {
        writeln!(csv, "学生甲,X{index:05},{:04},", index % 10_000).unwrap();
    }
    let import = async |query: &str| -> RosterReport {
        let path = format!("{path}{query}");
        scene.admin.post_as(&path, "text/csv", csv.clone().into_bytes()).await.ok()
    };
    let looked = import("?dry_run=true").await;
    assert_eq!((looked.dry_run, looked.added, looked.updated), (true, 6000, 0));
    let kept = import("").await;
    assert_eq!((kept.dry_run, kept.added, kept.updated), (false, 6000, 0));
    let again = import("").await;
    assert_eq!((again.added, again.updated), (0, 6000));
}

#[tokio::test]
async fn b_1_a_workbook_is_as_good_as_a_text_file() {
    let scene = Scene::set().await;
    let path = format!("/api/admin/campaigns/{}/roster", scene.campaign.id);
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in [["姓名", "学号", "身份证后四位"], ["赵子墨", "X1", "0420"], ["周芳", "X2", "042"]]
        .into_iter()
        .enumerate()
    {
        for (column, text) in line.into_iter().enumerate() {
            sheet.write_string(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), text).unwrap();
        }
    }
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let refused = scene.admin.post_as(&path, kind, book.save_to_buffer().unwrap()).await;
    assert_eq!(refused.status, 422);
    let report: RosterReport = serde_json::from_slice(&refused.body).unwrap();
    assert_eq!((report.errors[0].row, report.errors[0].column.as_str()), (3, "身份证后四位"));
    book.worksheet_from_index(0).unwrap().write_string(2, 2, "0421").unwrap();
    let report: RosterReport = scene.admin.post_as(&path, kind, book.save_to_buffer().unwrap()).await.ok();
    assert_eq!(report.added, 2);
}
