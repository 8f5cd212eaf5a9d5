//! The built pages beside the API.

use std::fs;

use gradshot_testkit::TestServer;

#[tokio::test]
async fn pages_are_served_with_headers_that_fit_them() {
    let pages = tempfile::tempdir().unwrap();
    fs::create_dir(pages.path().join("assets")).unwrap();
    fs::write(pages.path().join("phone.html"), "<!doctype html><title>phone</title>").unwrap();
    fs::write(pages.path().join("desk.html"), "<!doctype html><title>desk</title>").unwrap();
    fs::write(pages.path().join("assets/phone-4f3c2a1b.js"), "export {}").unwrap();
    let folder = pages.path().to_owned();
    let server = TestServer::start_with(|options| options.pages_dir = Some(folder)).await;
    let anyone = server.anyone();

    let root = anyone.get("/").await;
    assert_eq!((root.status.as_u16(), root.headers["location"].to_str().unwrap()), (307, "/phone.html"));
    let page = anyone.get("/phone.html").await;
    assert_eq!((page.status.as_u16(), page.headers["cache-control"].to_str().unwrap()), (200, "no-cache"));
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("script-src 'self';") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!policy.contains("ws:"), "only a desk talks to a bridge");
    assert_eq!(page.headers["x-content-type-options"], "nosniff");
    assert!(
        anyone.get("/desk.html").await.headers["content-security-policy"]
            .to_str()
            .unwrap()
            .contains("ws://127.0.0.1:*")
    );
    let script = anyone.get("/assets/phone-4f3c2a1b.js").await;
    assert_eq!(script.headers["cache-control"], "public, max-age=31536000, immutable");

    for missing in ["/nothing.html", "/assets/nothing.js", "/../house.sqlite", "/%2e%2e/house.sqlite"] {
        assert_eq!(anyone.get(missing).await.problem(), "path.unknown", "{missing}");
    }
    assert_eq!(anyone.post("/phone.html").await.problem(), "path.unknown");
    assert_eq!(anyone.get("/healthz").await.text(), r#"{"status":"ok"}"#);
}

#[tokio::test]
async fn the_api_works_without_pages() {
    let server = TestServer::start().await;
    assert_eq!(server.anyone().get("/").await.problem(), "path.unknown");
    assert_eq!(server.anyone().get("/healthz").await.headers["cache-control"], "no-store");
}
