//! Sealed portraits of 60 KB, as stations send them in the evening when a network comes back.

use std::sync::Arc;
use std::time::{Duration, Instant};

use gradshot_domain::Severity;
use gradshot_testkit::JPEG;
use gradshot_wire::queue::QueueEntry;
use tokio::task::JoinSet;

use crate::client::Connection;
use crate::figures::Line;
use crate::stage::Stage;

const CONNECTIONS: usize = 8;
const PORTRAIT_BYTES: usize = 60_000;
/// Portraits of one ticket: its student asks again and again.
const OF_ONE_TICKET: usize = 10;

/// Sends so many.
pub async fn measure(stage: &Arc<Stage>, count: usize) -> Result<Line, Box<dyn std::error::Error>> {
    let mut picture = JPEG.to_vec();
    picture.resize(PORTRAIT_BYTES, 0x5a);
    let mut sealed = Vec::with_capacity(count);
    while sealed.len() < count {
        let entry = stage.station.call_next().await.ok_or("nobody waits any more: too many portraits")?;
        let _: QueueEntry = stage.station.ticket(entry.ticket, "arrive").await.ok();
        for _ in 0..OF_ONE_TICKET.min(count - sealed.len()) {
            sealed.push(stage.station.seal_contents(entry.ticket, &picture, Severity::Pass, |_| {}).await);
        }
        // A station asks no more than its share; the bench's clock has to go on for it.
        stage.scene.server.clock.advance(Duration::from_secs(1));
    }
    let token = stage.station.caller.token().unwrap_or_default().to_owned();
    let began = Instant::now();
    let sealed = Arc::new(sealed);
    let mut tasks = JoinSet::new();
    for first in 0..CONNECTIONS {
        let (stage, sealed, token) = (Arc::clone(stage), Arc::clone(&sealed), token.clone());
        tasks.spawn(async move {
            let mut connection = Connection::open(stage.address(first)).await?;
            let (mut times, mut errors) = (Vec::new(), 0);
            for one in sealed.iter().skip(first).step_by(CONNECTIONS) {
                stage.scene.server.clock.advance(Duration::from_secs(1));
                let path = format!("/api/station/portraits/{}", one.portrait);
                let began = Instant::now();
                let status = connection.ask("PUT", &path, &token, &one.envelope).await?;
                times.push(began.elapsed());
                errors += usize::from(status != 200);
            }
            std::io::Result::Ok((times, errors))
        });
    }
    let (mut times, mut errors) = (Vec::new(), 0);
    for done in tasks.join_all().await {
        let (took, failed) = done?;
        times.extend(took);
        errors += failed;
    }
    Ok(Line::of("sealed uploads of 60 KB, 8 connections", times, Some(began.elapsed()), errors))
}
