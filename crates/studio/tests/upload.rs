//! A sealed portrait on its way over a line that breaks.

use gradshot_domain::Severity;
use gradshot_station::client::{CallError, StationClient, http_client};
use gradshot_station::upload::{PIECE_BYTES, upload};
use gradshot_testkit::{JPEG, Line, Scene, Sealed, TestStation};
use gradshot_wire::portrait::PortraitStateName;
use gradshot_wire::queue::QueueEntry;
use tokio::net::TcpListener;
use zeroize::Zeroizing;

struct Sending {
    _scene: Scene,
    line: Line,
    client: StationClient,
    sealed: Sealed,
}

/// A station with the sealed portrait of somebody who is before its camera, and a picture of this many bytes in it.
async fn sealed(picture_bytes: usize) -> Sending {
    let scene = Scene::set().await;
    let station: TestStation = scene.station("1号机位").await;
    let _student = scene.student_in_line(0).await;
    let entry = station.call_next().await.expect("somebody waits");
    let _: QueueEntry = station.ticket(entry.ticket, "arrive").await.ok();
    let mut picture = JPEG.to_vec();
    picture.resize(picture_bytes, 0x55);
    let sealed = station.seal_contents(entry.ticket, &picture, Severity::Pass, |_| {}).await;
    let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let line = Line::to(server.local_addr().unwrap()).await;
    let router = scene.server.router();
    tokio::spawn(async move { axum::serve(server, router).await });
    // Fails when another test of this program was faster, and then that one's is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let token = Zeroizing::new(station.caller.token().unwrap().to_owned());
    let client = StationClient::new(http_client().unwrap(), &line.url, token);
    Sending { _scene: scene, line, client, sealed }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_portrait_goes_on_where_the_line_broke() {
    let Sending { _scene, line, client, sealed } = sealed(5 * PIECE_BYTES).await;
    line.breaks_after(3 * PIECE_BYTES + PIECE_BYTES / 2);
    let cut = upload(&client, sealed.portrait, &sealed.envelope, false).await;
    assert_eq!(cut, Err(CallError::NoAnswer));
    assert_eq!(client.portrait_offset(sealed.portrait).await, Err(CallError::NoAnswer), "the cable is out");

    line.mend();
    assert_eq!(client.portrait_offset(sealed.portrait).await, Ok(Some(3 * PIECE_BYTES)));
    line.carried();
    let receipt = upload(&client, sealed.portrait, &sealed.envelope, true).await.unwrap();
    assert_eq!(receipt.state, PortraitStateName::Stored);
    let rest = sealed.envelope.len() - 3 * PIECE_BYTES;
    let carried = line.carried();
    assert!((rest..rest + 8 * 1024).contains(&carried), "{carried} bytes for the {rest} that were missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_was_lost_is_asked_for_again() {
    let Sending { _scene, client, sealed, .. } = sealed(2 * PIECE_BYTES).await;
    let first = upload(&client, sealed.portrait, &sealed.envelope, false).await.unwrap();
    assert_eq!(upload(&client, sealed.portrait, &sealed.envelope, true).await.unwrap(), first);
    // Without the knowledge that something was sent before, the server says where to go on.
    assert_eq!(upload(&client, sealed.portrait, &sealed.envelope, false).await.unwrap(), first);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_refuses_is_refused_in_its_own_words() {
    let Sending { _scene, client, mut sealed, .. } = sealed(2 * PIECE_BYTES).await;
    let last = sealed.envelope.len() - 100;
    sealed.envelope[last] ^= 1;
    for again in [false, true] {
        let refused = upload(&client, sealed.portrait, &sealed.envelope, again).await;
        assert!(
            matches!(&refused, Err(CallError::Problem(problem)) if problem.code == "envelope.forged"),
            "{refused:?}"
        );
    }
}
