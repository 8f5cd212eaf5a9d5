//! Who of the staff looked at whom: told to those who answer for it, with everybody masked.

use std::time::Duration;

use gradshot_domain::{MaskedName, Role};
use gradshot_testkit::{Caller, Scene};
use gradshot_wire::identity::{Account, NewStaff};
use gradshot_wire::looks::{Look, Looks};
use gradshot_wire::review::ReviewDesk;
use gradshot_wire::rights::{AccessReason, AccessedBy, AccessedData};
use gradshot_wire::roster_request::{AskForRoster, RosterRequest, SchoolRosterRequests, Schools};
use serde_json::json;

async fn looks(caller: &Caller, query: &str) -> Looks {
    caller.get(&format!("/api/office/accesses{query}")).await.ok()
}

/// A student whose portrait waits for review, which the reviewer has looked at; support has looked for the student.
async fn looked_at() -> (Scene, Caller) {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let receipt = station.photograph_next().await;
    assert!(student.confirm(receipt.portrait).await.status.is_success());
    let desk: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
    let picture = desk.item.expect("something to review").picture_url;
    assert_eq!(scene.reviewer.get(&picture).await.status, 200);
    let support = scene.server.staff("support", Role::Support).await;
    scene.server.clock.advance(Duration::from_mins(1));
    let phone = json!({ "phone": student.person.phone });
    assert_eq!(support.post_json("/api/support/students", &phone).await.status, 200);
    (scene, support)
}

#[tokio::test]
async fn each_look_of_staff_says_when_who_what_why_and_whose_masked() {
    let (scene, _) = looked_at().await;
    let answer = scene.admin.get("/api/office/accesses").await;
    assert!(
        !answer.text().contains(&scene.people[0].name) && !answer.text().contains(&scene.people[0].phone)
    );
    let page: Looks = answer.ok();
    let seen = |look: &Look| (look.staff_login.clone().unwrap_or_default(), look.by, look.what, look.reason);
    let told: Vec<_> = page.looks.iter().map(seen).collect();
    assert_eq!(
        told,
        [
            ("support".to_owned(), AccessedBy::Support, AccessedData::Progress, AccessReason::PhoneSearch),
            ("reviewer".to_owned(), AccessedBy::Reviewer, AccessedData::Portrait, AccessReason::Review),
        ],
        "the newest first; neither the student's own looks nor the station's check"
    );
    for look in &page.looks {
        assert_eq!(look.masked_name.as_ref().map(MaskedName::as_str), Some("林**"));
        assert_eq!(look.campaign, Some(scene.campaign.id));
        assert_eq!(look.school_name.as_deref(), Some("示范大学"));
    }
}

#[tokio::test]
async fn looks_are_found_by_staff_reason_kind_campaign_and_day() {
    let (scene, support) = looked_at().await;
    let me: Account = support.get("/api/account").await.ok();
    let today = gradshot_domain::BusinessDay::of(gradshot_domain::Clock::now(&*scene.server.clock));
    for (query, count) in [
        (format!("?staff={}", me.id), 1),
        ("?reason=review".to_owned(), 1),
        ("?reason=download".to_owned(), 0),
        ("?kind=portrait".to_owned(), 1),
        ("?kind=person".to_owned(), 1),
        ("?kind=bundle".to_owned(), 0),
        (format!("?campaign={}", scene.campaign.id), 2),
        (format!("?from={today}&to={today}"), 2),
        (format!("?from={}", today.next()), 0),
    ] {
        assert_eq!(looks(&scene.admin, &query).await.looks.len(), count, "{query}");
    }
    let backwards = format!("/api/office/accesses?from={}&to={today}", today.next());
    assert_eq!(scene.admin.get(&backwards).await.problem(), "query.malformed");
}

#[tokio::test]
async fn a_long_list_goes_on_page_by_page() {
    let (scene, support) = looked_at().await;
    let phone = json!({ "phone": scene.people[0].phone });
    for _ in 0..55 {
        assert_eq!(support.post_json("/api/support/students", &phone).await.status, 200);
    }
    let first = looks(&scene.admin, "").await;
    assert_eq!(first.looks.len(), 50);
    let next = first.next.expect("there is more");
    let second = looks(&scene.admin, &format!("?before={next}")).await;
    assert_eq!((second.looks.len(), second.next), (7, None));
    assert!(first.looks.iter().all(|look| second.looks.iter().all(|other| other.id < look.id)));
}

#[tokio::test]
async fn a_request_to_a_school_is_no_news_for_another_school() {
    let scene = Scene::set().await;
    let schools: Schools = scene.server.anyone().get("/api/schools").await.ok();
    let school = schools.schools[0].id;
    let staff =
        NewStaff { login: "clerk".to_owned(), password: "staff-password".to_owned(), role: Role::School };
    let _: Account = scene.admin.post_json(&format!("/api/admin/schools/{school}/staff"), &staff).await.ok();
    let clerk = scene.server.sign_in("clerk", "staff-password").await;
    let stranger = scene.student(0).await;
    let ask = AskForRoster {
        campaign: scene.campaign.id,
        category: gradshot_domain::Category::Bachelor,
        name: "周新生".to_owned(),
        student_number: "S9001".to_owned(),
        id_last4: "4321".to_owned(),
        note: String::new(),
    };
    let _: RosterRequest = stranger.caller.post_json("/api/roster-requests", &ask).await.ok();
    let path = format!("/api/schools/{school}/roster-requests");
    let _: SchoolRosterRequests = clerk.get(&path).await.ok();
    let page = looks(&clerk, "").await;
    assert_eq!(page.looks.len(), 1);
    let look = &page.looks[0];
    assert_eq!((look.what, look.by), (AccessedData::RosterRequest, AccessedBy::School));
    assert_eq!(look.masked_name.as_ref().map(MaskedName::as_str), Some("周**"));
    assert_eq!(look.staff_login.as_deref(), Some("clerk"), "a colleague is named");
}
