//! Nobody asks so much that the others wait.

use std::time::Duration;

use gradshot_domain::Role;
use gradshot_testkit::TestServer;

#[tokio::test]
async fn a_caller_who_asks_too_much_is_told_when_to_come_again() {
    let server = TestServer::start().await;
    let admin = server.staff("admin", Role::Admin).await;
    let mut refused = None;
    for _ in 0..1000 {
        let answer = admin.get("/api/account").await;
        if !answer.status.is_success() {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("there is a limit");
    assert_eq!(refused.headers["retry-after"], "1");
    assert_eq!(refused.problem(), "requests.too_many");
    let other = server.staff("other", Role::Admin).await;
    assert!(other.get("/api/account").await.status.is_success(), "others are not held up");
    server.clock.advance(Duration::from_secs(1));
    assert!(admin.get("/api/account").await.status.is_success());
}

#[tokio::test]
async fn an_address_is_limited_and_this_machine_is_not() {
    let server = TestServer::start().await;
    let campus = server.anyone().from_address("203.0.113.7:40000");
    let mut answered = 0;
    while campus.get("/api/studios").await.status.is_success() && answered < 10_000 {
        answered += 1;
    }
    assert!((1000..10_000).contains(&answered), "a whole campus may come from one address: {answered}");
    assert_eq!(campus.get("/api/studios").await.problem(), "requests.too_many");
    assert!(server.anyone().from_address("203.0.113.8:1").get("/api/studios").await.status.is_success());
    assert!(server.anyone().from_address("127.0.0.1:1").get("/api/studios").await.status.is_success());
}
