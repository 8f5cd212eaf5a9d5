//! The studio behind the window: open once this PC is paired, and at its threshold before.

use gradshot_studio::{Studio, Threshold, start_problem};
use gradshot_wire::Problem;
use tokio::sync::{Mutex, OnceCell};

/// What the window's commands reach the studio through.
pub struct Door {
    studio: OnceCell<Studio>,
    threshold: Mutex<Option<Threshold>>,
    office: String,
    /// Why nothing opened behind this window.
    trouble: Option<Problem>,
}

impl Door {
    /// Goes in at once when this PC is paired.
    pub async fn at(threshold: Threshold) -> anyhow::Result<Self> {
        let office = threshold.office();
        let (studio, threshold) = if threshold.is_paired() {
            (OnceCell::new_with(Some(Studio::enter(threshold).await?)), None)
        } else {
            (OnceCell::new(), Some(threshold))
        };
        Ok(Self { studio, threshold: Mutex::new(threshold), office, trouble: None })
    }

    /// A door that says why it does not open.
    pub fn shut(trouble: Problem) -> Self {
        Self {
            studio: OnceCell::new(),
            threshold: Mutex::new(None),
            office: String::new(),
            trouble: Some(trouble),
        }
    }

    /// The studio; a problem while this PC is not paired, or where nothing opened.
    pub fn studio(&self) -> Result<&Studio, Problem> {
        self.studio.get().ok_or_else(|| {
            if let Some(trouble) = &self.trouble {
                return trouble.clone();
            }
            let office = &self.office;
            Problem::new(
                409,
                "desk.unpaired",
                format!("本机位还没有配对：在后台（{office}）新建机位，把 8 位配对码填到这里"),
                format!("This station is not paired yet: add a station in the office ({office}) and enter its eight digits here"),
            )
        })
    }

    /// Pairs this PC and goes in.
    pub async fn pair(&self, code: &str, server: Option<&str>) -> Result<&Studio, Problem> {
        let mut place = self.threshold.lock().await;
        let Some(threshold) = place.as_mut() else { return self.studio() };
        threshold.pair(code, server).await.map_err(|error| {
            Problem::new(
                422,
                "desk.pairing",
                "配对没有成功：请核对 8 位配对码和服务器地址，配对码只能用一次",
                format!("Pairing failed ({error}): check code and address, a code works once"),
            )
        })?;
        let Some(threshold) = place.take() else { return self.studio() };
        let opened = Studio::enter(threshold).await.map_err(|error| start_problem(&error))?;
        Ok(self.studio.get_or_init(|| async { opened }).await)
    }
}
