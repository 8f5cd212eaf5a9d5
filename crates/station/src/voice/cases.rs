//! `assets/voice/cases.json`, for tests: what the desk and the board's page have to say alike.

use gradshot_wire::board::{Board, BoardCall};
use gradshot_wire::desk::{VoiceLanguage, VoiceSettings};
use jiff::Timestamp;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Cases {
    pub stations: Vec<(String, Option<u32>)>,
    pub calls: Vec<Call>,
    pub days: Vec<Day>,
}

#[derive(Deserialize)]
pub struct Call {
    pub number: String,
    pub station: String,
    pub languages: Vec<VoiceLanguage>,
    pub clips: Vec<String>,
}

#[derive(Deserialize)]
pub struct Day {
    pub name: String,
    pub settings: VoiceSettings,
    #[serde(deserialize_with = "steps")]
    pub steps: Vec<Step>,
}

pub enum Step {
    Called(Vec<BoardCall>),
    Says(Option<Vec<String>>),
}

impl Cases {
    pub fn read() -> Self {
        serde_json::from_str(include_str!("../../../../assets/voice/cases.json")).unwrap()
    }

    pub fn board(called: Vec<BoardCall>) -> Board {
        let empty = r#"{"studio_name":"","called":[],"next":[],"last_called":[],"waiting":0,"expected_wait_minutes":0,"stations":[]}"#;
        Board { called, ..serde_json::from_str(empty).unwrap() }
    }
}

fn steps<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Step>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Called { called: Vec<(String, String, i64, bool)> },
        Says { says: Option<Vec<String>> },
    }
    let written = Vec::<Written>::deserialize(deserializer)?;
    Ok(written
        .into_iter()
        .map(|step| match step {
            Written::Called { called } => Step::Called(called.into_iter().map(call).collect()),
            Written::Says { says } => Step::Says(says),
        })
        .collect())
}

fn call((number, station_name, second, arrived): (String, String, i64, bool)) -> BoardCall {
    BoardCall {
        number: number.parse().unwrap(),
        masked_name: serde_json::from_str("\"林**\"").unwrap(),
        station_name,
        times: 1,
        at: Timestamp::from_second(second).unwrap(),
        arrived,
    }
}
