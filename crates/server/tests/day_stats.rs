//! What happened on each day, as the office counts it.

use std::time::Duration;

use gradshot_domain::{BusinessDay, Clock as _, Role};
use gradshot_testkit::Scene;
use gradshot_wire::campaign::{OpenCampaign, OpenedCampaign};
use gradshot_wire::collection::Collection;
use gradshot_wire::day_stats::{DayCounts, DayStats};
use gradshot_wire::hand_over::HandOver;
use gradshot_wire::pay::AskRefund;
use gradshot_wire::review::{Decide, ReviewDesk};

#[tokio::test]
async fn each_day_counts_what_happened_on_it() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let clock = &scene.server.clock;
    let first = BusinessDay::of(clock.now());
    let mut students = Vec::new();
    for index in 0..3 {
        students.push(scene.student_in_line(index).await);
    }
    // They wait for 4, 8 and 12 minutes: 8 in the middle.
    for student in &students {
        clock.advance(Duration::from_mins(4));
        let receipt = station.photograph_next().await;
        let _: Collection = student.confirm(receipt.portrait).await.ok();
    }
    let absent = scene.student_in_line(3).await;
    for decision in [Decide::Approve, Decide::Approve, rejected()] {
        let desk: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
        let portrait = desk.item.expect("something to review").portrait;
        let answer = scene.reviewer.post_json(&format!("/api/review/portraits/{portrait}"), &decision).await;
        assert!(answer.status.is_success(), "{}", answer.text());
    }
    clock.advance(Duration::from_hours(24));
    let hand_over = format!("/api/admin/campaigns/{}/hand-over", scene.campaign.id);
    // The sessions of yesterday are over.
    let admin = scene.server.staff("admin.two", Role::Admin).await;
    let _: HandOver = admin.post(&hand_over).await.ok();
    let support = scene.server.staff("support", Role::Support).await;
    let order = absent.look().await.order.expect("an order").id;
    let all = AskRefund { amount: None, reason: "未到场".to_owned() };
    assert_eq!(support.post_json(&format!("/api/office/orders/{order}/refunds"), &all).await.status, 201);

    let path = format!("/api/office/day-stats?from={first}&to={}", first.next().next());
    let counted: DayStats = admin.get(&path).await.ok();
    let nothing = DayCounts {
        day: first,
        signed_up: 0,
        checked_in: 0,
        photographed: 0,
        confirmed: 0,
        approved: 0,
        rejected: 0,
        handed_over: 0,
        wait_minutes: None,
        paid: 0,
        refunded: 0,
    };
    let day_one = DayCounts {
        signed_up: 4,
        checked_in: 4,
        photographed: 3,
        confirmed: 3,
        approved: 2,
        rejected: 1,
        wait_minutes: Some(8),
        paid: 4 * 3500,
        ..nothing
    };
    let day_two = DayCounts { day: first.next(), handed_over: 2, refunded: 3500, ..nothing };
    let day_three = DayCounts { day: first.next().next(), ..nothing };
    assert_eq!(counted.days, [day_one, day_two, day_three]);

    let own: DayStats = admin.get(&format!("{path}&campaign={}", scene.campaign.id)).await.ok();
    assert_eq!(own, counted);
    let other = OpenCampaign {
        school_name: "另一所大学".to_owned(),
        title: "2027 届".to_owned(),
        code: None,
        categories: scene.campaign.categories.clone(),
        policy: scene.campaign.policy.clone(),
    };
    let other: OpenedCampaign = admin.post_json("/api/admin/campaigns", &other).await.ok();
    let none: DayStats = admin.get(&format!("{path}&campaign={}", other.campaign.id)).await.ok();
    assert_eq!(none.days[0], nothing);
}

fn rejected() -> Decide {
    Decide::Reject { reasons: vec![gradshot_domain::RejectReason::Background], note: String::new() }
}

#[tokio::test]
async fn a_range_has_its_limit() {
    let scene = Scene::set().await;
    for (query, problem) in [
        ("from=2026-05-18&to=2026-05-17", "query.malformed"),
        ("from=2026-01-01&to=2026-05-01", "statistics.days"),
        ("from=2026-05-18&to=soon", "query.malformed"),
    ] {
        let path = format!("/api/office/day-stats?{query}");
        assert_eq!(scene.admin.get(&path).await.problem(), problem, "{query}");
    }
    for (day, days) in [("9999-12-31", 1), ("0000-01-01", 1)] {
        let path = format!("/api/office/day-stats?from={day}&to={day}");
        let counted: DayStats = scene.admin.get(&path).await.ok();
        assert_eq!(counted.days.len(), days, "{day}");
        let path = format!("/api/office/accesses?from={day}&to={day}");
        assert_eq!(scene.admin.get(&path).await.status, 200, "{day}");
    }
    let longest: DayStats = scene.admin.get("/api/office/day-stats?from=2026-01-01&to=2026-04-30").await.ok();
    assert_eq!(longest.days.len(), 120);
}
