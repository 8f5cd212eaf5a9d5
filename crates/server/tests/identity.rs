//! Who may come in, and who may do what.

use std::time::Duration;

use gradshot_domain::Role;
use gradshot_testkit::{Caller, Scene, TestServer};
use gradshot_wire::campaign::OpenedCampaign;
use gradshot_wire::identity::{Account, NewStaff, Session, SignIn, SignUp};

fn sign_up(phone: &str, password: &str, again: &str) -> SignUp {
    SignUp {
        phone: phone.to_owned(),
        password: password.to_owned(),
        password_again: again.to_owned(),
        code: None,
    }
}

fn sign_in(login: &str, password: &str) -> SignIn {
    SignIn { login: login.to_owned(), password: password.to_owned() }
}

#[tokio::test]
async fn a_student_signs_up_once_and_in_again() {
    let server = TestServer::start().await;
    let anyone = server.anyone();
    for (request, code) in [
        (sign_up("12345", "long enough", "long enough"), "phone.malformed"),
        (sign_up("13951730000", "short", "short"), "password.length"),
        (sign_up("13951730000", "long enough", "long enough too"), "password.differ"),
    ] {
        assert_eq!(anyone.post_json("/api/sign-up", &request).await.problem(), code);
    }
    let request = sign_up("139 5173 0000", "long enough", "long enough");
    let answer = anyone.post_json("/api/sign-up", &request).await;
    assert_eq!(answer.status, 201);
    let cookie = answer.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("gradshot_session=") && cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
    assert_eq!(anyone.post_json("/api/sign-up", &request).await.problem(), "phone.taken");

    let session: Session =
        anyone.post_json("/api/sign-in", &sign_in("13951730000", "long enough")).await.ok();
    let caller = anyone.with_token(session.token);
    let account: Account = caller.get("/api/account").await.ok();
    assert_eq!((account.role, account.masked_login.as_str()), (Role::Student, "139****0000"));
    assert_eq!(caller.post("/api/sign-out").await.status, 204);
    assert_eq!(caller.get("/api/account").await.problem(), "session.missing");
}

#[tokio::test]
async fn a_session_ends_by_itself() {
    let server = TestServer::start().await;
    let admin = server.staff("admin", Role::Admin).await;
    let _: Account = admin.get("/api/account").await.ok();
    server.clock.advance(Duration::from_hours(12));
    assert_eq!(admin.get("/api/account").await.problem(), "session.missing");
}

#[tokio::test]
async fn passwords_cannot_be_tried_for_ever() {
    let server = TestServer::start().await;
    server.staff("admin", Role::Admin).await;
    let anyone = server.anyone();
    let wrong = sign_in("admin", "not the password");
    for _ in 0..10 {
        assert_eq!(anyone.post_json("/api/sign-in", &wrong).await.problem(), "sign_in.wrong");
    }
    let right = sign_in("Admin", "staff-password");
    assert_eq!(anyone.post_json("/api/sign-in", &right).await.problem(), "sign_in.locked");
    let other = sign_in("nobody", "not the password");
    assert_eq!(
        anyone.post_json("/api/sign-in", &other).await.problem(),
        "sign_in.wrong",
        "others are not locked out"
    );
    server.clock.advance(Duration::from_mins(15));
    let _: Session = anyone.post_json("/api/sign-in", &right).await.ok();
}

#[tokio::test]
async fn nobody_does_what_another_role_does() {
    let scene = Scene::set().await;
    let student = scene.student(0).await;
    let station = scene.station("1号机位").await;
    let id = scene.campaign.id;
    let doors = [
        ("GET", "/api/collections".to_owned(), &student.caller),
        ("POST", "/api/review/next".to_owned(), &scene.reviewer),
        ("POST", format!("/api/admin/campaigns/{id}/hand-over"), &scene.admin),
        ("GET", "/api/station/queue".to_owned(), &station.caller),
    ];
    let callers = [&student.caller, &scene.reviewer, &scene.admin, &station.caller];
    for (method, path, may) in &doors {
        for caller in callers {
            let answer = knock(caller, method, path).await;
            if std::ptr::eq(caller, *may) {
                assert!(answer.status.is_success(), "{}", answer.what);
            } else {
                assert!(
                    [401, 403].contains(&answer.status.as_u16()),
                    "{} answered {}",
                    answer.what,
                    answer.status
                );
            }
        }
        assert_eq!(knock(&scene.server.anyone(), method, path).await.status, 401);
        assert_eq!(knock(&scene.server.anyone().with_token("guess"), method, path).await.status, 401);
    }
}

async fn knock(caller: &Caller, method: &str, path: &str) -> gradshot_testkit::Answer {
    if method == "GET" { caller.get(path).await } else { caller.post(path).await }
}

#[tokio::test]
async fn staff_are_made_by_an_administrator_and_clerks_at_their_school() {
    let scene = Scene::set().await;
    let staff =
        |login: &str, role| NewStaff { login: login.to_owned(), password: "staff-password".to_owned(), role };
    let new = "/api/admin/staff";
    assert_eq!(scene.admin.post_json(new, &staff("x", Role::Support)).await.problem(), "staff.login");
    assert_eq!(scene.admin.post_json(new, &staff("mallory", Role::Student)).await.problem(), "staff.role");
    assert_eq!(scene.admin.post_json(new, &staff("clerk", Role::School)).await.problem(), "staff.role");
    assert_eq!(
        scene.admin.post_json(new, &staff("Reviewer", Role::Reviewer)).await.problem(),
        "staff.login_taken"
    );

    let opened: OpenedCampaign = scene
        .admin
        .post_json(
            "/api/admin/campaigns",
            &serde_json::json!({
                "school_name": "另一所大学", "title": "2027 届", "code": null, "categories": ["bachelor"],
                "policy": gradshot_domain::Policy::pay_first(),
            }),
        )
        .await
        .ok();
    assert_eq!(opened.campaign.code.len(), 6, "a code is made");
    let path = format!("/api/admin/schools/{}/staff", opened.school);
    let _: Account = scene.admin.post_json(&path, &staff("clerk", Role::School)).await.ok();
    let clerk = scene.server.sign_in("clerk", "staff-password").await;
    let csv = "姓名,学号,身份证后四位,学历类别\n周一帆,X1,1234,本科\n".as_bytes();
    let own = format!("/api/admin/campaigns/{}/roster", opened.campaign.id);
    assert!(clerk.post_as(&own, "text/csv", csv.to_vec()).await.status.is_success());
    let others = format!("/api/admin/campaigns/{}/roster", scene.campaign.id);
    assert_eq!(clerk.post_as(&others, "text/csv", csv.to_vec()).await.problem(), "role.forbidden");
}
