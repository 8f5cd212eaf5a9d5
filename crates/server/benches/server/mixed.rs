//! What a busy morning asks: mostly phones that look, a board, stations, and every tenth request a change.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::client::Connection;
use crate::figures::Line;
use crate::stage::Stage;

const CONNECTIONS: usize = 32;
const CONSENT: &[u8] = br#"{"purpose":"capture","text_version":"2026-11-1"}"#;

/// How fast the connections ask.
#[derive(Clone, Copy)]
pub enum Pace {
    /// Each asks as soon as it was answered.
    AllThatGoes,
    /// So many a second together, whether they were answered or not: what waits counts from when it was due.
    ASecond(u32),
}

/// Asks for so long.
pub async fn measure(stage: &Arc<Stage>, pace: Pace, during: Duration) -> std::io::Result<Line> {
    let began = Instant::now();
    let mut tasks = JoinSet::new();
    for number in 0..CONNECTIONS {
        let stage = Arc::clone(stage);
        tasks.spawn(async move { one(&stage, number, pace, began, during).await });
    }
    let (mut times, mut errors) = (Vec::new(), 0);
    for done in tasks.join_all().await {
        let (took, failed) = done?;
        times.extend(took);
        errors += failed;
    }
    let what = match pace {
        Pace::AllThatGoes => format!("mixed requests, {CONNECTIONS} connections, all that goes"),
        Pace::ASecond(rate) => format!("mixed requests, {rate} due each second"),
    };
    Ok(Line::of(&what, times, Some(began.elapsed()), errors))
}

async fn one(
    stage: &Stage,
    number: usize,
    pace: Pace,
    began: Instant,
    during: Duration,
) -> std::io::Result<(Vec<Duration>, usize)> {
    let mut connection = Connection::open(stage.address(number)).await?;
    let board = format!("/api/boards/{}", stage.scene.studio.code);
    let (mut times, mut errors, mut turn) = (Vec::new(), 0, number);
    for round in 0.. {
        let due = match pace {
            Pace::AllThatGoes => Instant::now(),
            Pace::ASecond(rate) => {
                let due =
                    began + Duration::from_secs(1) * (round * CONNECTIONS as u32 + number as u32) / rate;
                tokio::time::sleep_until(due.into()).await;
                due
            }
        };
        if due >= began + during {
            break;
        }
        // Steps that share no factor with the crowd's size visit everybody.
        turn += 7919;
        let phone = &stage.students[turn % stage.students.len()];
        let status = match turn % 20 {
            0 | 1 => {
                let path = format!("{}/consents", phone.collection);
                connection.ask("POST", &path, &phone.token, CONSENT).await?
            }
            2 => connection.ask("GET", &board, "", &[]).await?,
            3 => connection.ask("GET", "/api/studios", "", &[]).await?,
            4..=8 => connection.ask("GET", "/api/account", &phone.token, &[]).await?,
            _ => connection.ask("GET", &phone.collection, &phone.token, &[]).await?,
        };
        times.push(due.elapsed());
        errors += usize::from(!(200..300).contains(&status));
    }
    Ok((times, errors))
}
