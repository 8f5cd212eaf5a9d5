//! The figures as a table and as JSON.

use gradshot_imaging::Provider;
use serde_json::{Map, Value, json};

use crate::cold::Cold;
use crate::live::Live;
use crate::rounds::{Rounds, Row};

/// Everything that was measured.
pub struct Report {
    pub provider: Provider,
    pub rounds: Rounds,
    pub cold: Cold,
    pub live: Live,
}

impl Report {
    pub fn print(&self) {
        for row in &self.rounds.rows {
            print!("{}:", row.name);
            for (stage, ms) in &row.stages_ms {
                print!(" {stage} {ms:.1}");
            }
            println!(
                "\n    total {:.0} ms, {:.2} of the bare network's run, {:.0} ms beside the network",
                row.total_ms, row.ratio, row.beside_network_ms
            );
        }
        println!("bare MODNet, fp32, 512×512, on the processor: {:.0} ms", self.rounds.bare_ms);
        println!("the portraits' matte was computed by {}", self.provider);
        println!(
            "coached live frames: {:.0} a second, {:.0} while portraits are made",
            self.live.alone_fps, self.live.busy_fps
        );
        print!("fresh process to first portrait: {:.0} ms", self.cold.ms);
        println!("{}", self.cold.peak_rss_mb.map_or(String::new(), |mb| format!(", at most {mb:.0} MB")));
    }

    /// The last photo's figures at the top, every photo's below.
    pub fn json(&self) -> Value {
        let mut figures = self.rounds.rows.last().map(figures).unwrap_or_default();
        let beside = [
            ("provider", json!(self.provider.name())),
            ("modnet_fp32_512_ms", json!(rounded(self.rounds.bare_ms))),
            ("coach_fps", json!(rounded(self.live.alone_fps))),
            ("coach_fps_busy", json!(rounded(self.live.busy_fps))),
            ("peak_rss_mb", json!(self.cold.peak_rss_mb.map(rounded))),
            ("cold_ms", json!(rounded(self.cold.ms))),
        ];
        figures.extend(beside.map(|(name, value)| (name.to_owned(), value)));
        let photos = self.rounds.rows.iter().map(|row| (row.name.clone(), Value::Object(self::figures(row))));
        figures.insert("photos".to_owned(), Value::Object(photos.collect()));
        Value::Object(figures)
    }
}

fn figures(row: &Row) -> Map<String, Value> {
    let stages = row.stages_ms.iter().map(|&(stage, ms)| (stage.to_owned(), json!(rounded(ms))));
    Map::from_iter([
        ("total_ms".to_owned(), json!(rounded(row.total_ms))),
        ("ratio".to_owned(), json!(rounded(row.ratio))),
        ("beside_network_ms".to_owned(), json!(rounded(row.beside_network_ms))),
        ("stages_ms".to_owned(), Value::Object(stages.collect())),
    ])
}

fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
