//! How long a call takes to reach every phone that listens.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;

use crate::client::Connection;
use crate::figures::Line;
use crate::stage::Stage;

/// A phone that hears nothing for longer has missed the call.
const PATIENCE: Duration = Duration::from_secs(20);

/// Connects everybody, calls so many times, and measures from before the call's request to each phone's event.
pub async fn measure(stage: &Arc<Stage>, calls: usize) -> Result<Vec<Line>, Box<dyn std::error::Error>> {
    let (heard, mut events) = mpsc::unbounded_channel();
    let mut connecting = Vec::new();
    for (number, phone) in stage.students.iter().enumerate() {
        let began = Instant::now();
        let mut connection = Connection::open(stage.address(number)).await?;
        connection.listen(&format!("{}/events", phone.collection), &phone.token).await?;
        connection.event().await?;
        connecting.push(began.elapsed());
        let heard = heard.clone();
        tokio::spawn(async move {
            while connection.event().await.is_ok() {
                let _ = heard.send(Instant::now());
            }
        });
    }
    let phones = stage.students.len();
    let (mut times, mut answers, mut missed) = (Vec::new(), Vec::new(), 0);
    for call in 0..calls {
        let began = Instant::now();
        stage.station.call_next().await.ok_or("nobody waits")?;
        answers.push(began.elapsed());
        // Who was called before hears nothing of another's call.
        for _ in 0..phones - call {
            match tokio::time::timeout(PATIENCE, events.recv()).await {
                Ok(Some(at)) => times.push(at.duration_since(began)),
                _ => missed += 1,
            }
        }
    }
    Ok(vec![
        Line::of(format!("{phones} phones connect to their events, one by one"), connecting, None, 0),
        Line::of(format!("a call is answered while {phones} phones listen"), answers, None, 0),
        Line::of(format!("a call reaches each of {phones} phones"), times, None, missed),
    ])
}
