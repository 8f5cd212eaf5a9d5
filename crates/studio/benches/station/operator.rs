//! The operator's hands at full speed, with a clock beside them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use gradshot_camera::simulated::SimulatedControl;
use gradshot_domain::Severity;
use gradshot_station::desk::Desk;
use gradshot_studio::Studio;
use gradshot_wire::desk::{DeskCommand, DeskState, ShotProgress, StudentPhase};

use crate::figures::Line;
use crate::memory::resident_mb;

/// Longest wait for anything.
const PATIENCE: Duration = Duration::from_mins(1);
/// Students between two looks at the memory.
const MEMORY_EVERY: usize = 100;
/// A camera's usual rate of live frames.
const LIVE_PERIOD: Duration = Duration::from_millis(33);

/// The operator of one desk.
pub struct Operator {
    desk: Desk,
    lens: SimulatedControl,
    /// Frames that the coach has looked at.
    coached: Arc<AtomicU64>,
}

/// What the day came to.
#[derive(Default)]
pub struct Day {
    call: Vec<Duration>,
    scan: Vec<Duration>,
    shoot: Vec<Duration>,
    develop: Vec<Duration>,
    seal: Vec<Duration>,
    refused: usize,
    coached: u64,
    /// Megabytes after so many students.
    pub memory: Vec<(usize, f64)>,
}

impl Operator {
    /// Sits down at the studio's desk.
    pub fn at(studio: &Studio) -> Option<Self> {
        let lens = studio.simulated.clone()?;
        let coached = Arc::new(AtomicU64::new(0));
        let (mut coachings, count) = (studio.desk.coachings(), Arc::clone(&coached));
        tokio::spawn(async move {
            while coachings.changed().await.is_ok() {
                count.fetch_add(1, Ordering::Relaxed);
            }
        });
        Some(Self { desk: studio.desk.clone(), lens, coached })
    }

    /// Has the camera show as many live frames as cameras usually do, and waits until it is there.
    pub async fn open_camera(&self) -> anyhow::Result<()> {
        self.lens.show_every(LIVE_PERIOD);
        self.command(DeskCommand::ReopenCamera).await?;
        self.is_ready().await
    }

    /// Waits for the camera and for somebody in line.
    pub async fn is_ready(&self) -> anyhow::Result<()> {
        self.until("be ready", |state| {
            let waits = state.queue.as_ref().is_some_and(|queue| queue.waiting > 0);
            (state.camera.ready && waits).then_some(())
        })
        .await
    }

    /// Frames a second that the coach looks at while the first student only sits there, who is then sent on.
    pub async fn watch_live(&self, during: Duration) -> anyhow::Result<f64> {
        let mut day = Day::default();
        self.seat(&mut day, 0).await?;
        // The nets are opened with the first frame.
        let opened = self.coached.load(Ordering::Relaxed);
        while self.coached.load(Ordering::Relaxed) == opened {
            tokio::time::sleep(LIVE_PERIOD).await;
        }
        let before = self.coached.load(Ordering::Relaxed);
        let began = Instant::now();
        tokio::time::sleep(during).await;
        let frames = self.coached.load(Ordering::Relaxed) - before;
        let rate = frames as f64 / began.elapsed().as_secs_f64();
        self.shoot_and_seal(&mut day).await?;
        Ok(rate)
    }

    /// Photographs so many students, one after the other, with a pause before each shot.
    pub async fn photograph(&self, students: usize, pause: Duration) -> anyhow::Result<Day> {
        let mut day = Day::default();
        for turn in 1..=students {
            self.is_ready().await?;
            self.seat(&mut day, turn).await?;
            tokio::time::sleep(pause).await;
            self.shoot_and_seal(&mut day).await?;
            if turn % MEMORY_EVERY == 0 {
                day.memory.extend(resident_mb().map(|megabytes| (turn, megabytes)));
            }
        }
        Ok(day)
    }

    /// Waits until everything that was sealed has reached the server.
    pub async fn outbox_is_empty(&self) -> anyhow::Result<()> {
        self.until("send everything", |state| state.outbox.is_empty().then_some(())).await
    }

    async fn seat(&self, day: &mut Day, photo: usize) -> anyhow::Result<()> {
        let before = self.lens.subject();
        let began = Instant::now();
        self.command(DeskCommand::CallNext).await?;
        let number = self.until("call", |state| state.current.as_ref().map(|current| current.number)).await?;
        day.call.push(began.elapsed());
        // With each number called the crowd lets somebody else step before the lens.
        while self.lens.subject() == before {
            tokio::task::yield_now().await;
        }
        self.lens.present(photo);
        let began = Instant::now();
        self.command(DeskCommand::Scan { text: number.to_string() }).await?;
        self.until("scan", |state| {
            let current = state.current.as_ref()?;
            (current.phase == StudentPhase::Arrived).then_some(())
        })
        .await?;
        day.scan.push(began.elapsed());
        Ok(())
    }

    async fn shoot_and_seal(&self, day: &mut Day) -> anyhow::Result<()> {
        let began = Instant::now();
        self.command(DeskCommand::Shoot).await?;
        self.until("shoot", |state| {
            state.current.as_ref().filter(|current| !current.shots.is_empty()).map(|_| ())
        })
        .await?;
        let (in_memory, coached) = (Instant::now(), self.coached.load(Ordering::Relaxed));
        day.shoot.push(in_memory - began);
        let outcome = self
            .until("develop", |state| match &state.current.as_ref()?.shots.first()?.progress {
                ShotProgress::Developing => None,
                ShotProgress::Ready { verdict, has_portrait: true, .. } => Some(verdict.outcome),
                _ => Some(Severity::Retake),
            })
            .await?;
        let developed = Instant::now();
        day.develop.push(developed - in_memory);
        day.coached += self.coached.load(Ordering::Relaxed) - coached;
        if outcome == Severity::Retake {
            day.refused += 1;
            self.command(DeskCommand::Skip).await?;
        } else {
            self.command(DeskCommand::Accept).await?;
        }
        self.until("seal", |state| state.current.is_none().then_some(())).await?;
        day.seal.push(developed.elapsed());
        Ok(())
    }

    async fn command(&self, command: DeskCommand) -> anyhow::Result<()> {
        let done = self.desk.command(command).await;
        done.map(drop).map_err(|problem| anyhow::anyhow!("the desk says: {}", problem.en))
    }

    async fn until<T>(&self, what: &str, seen: impl Fn(&DeskState) -> Option<T>) -> anyhow::Result<T> {
        let mut states = self.desk.states();
        let looked = async {
            loop {
                if let Some(value) = seen(&states.borrow_and_update()) {
                    return Ok(value);
                }
                states.changed().await?;
            }
        };
        if let Ok(value) = tokio::time::timeout(PATIENCE, looked).await {
            return value;
        }
        let notice = self.desk.states().borrow().notice.as_ref().map(|notice| notice.en.clone());
        anyhow::bail!("the desk did not {what} in time: {}", notice.unwrap_or_default())
    }
}

impl Day {
    /// Students who came.
    pub fn students(&self) -> usize {
        self.call.len()
    }

    /// What a student waits for the machine at the desk, on average.
    pub fn machine_share(&self) -> Duration {
        let all = [&self.call, &self.scan, &self.shoot, &self.develop, &self.seal];
        let sum: Duration = all.into_iter().flatten().sum();
        sum / u32::try_from(self.students().max(1)).unwrap_or(u32::MAX)
    }

    /// Frames a second that the coach looked at while portraits were made.
    pub fn coached_a_second(&self) -> f64 {
        self.coached as f64 / self.develop.iter().sum::<Duration>().as_secs_f64()
    }

    /// The table.
    pub fn lines(&self, how: &str) -> Vec<Line> {
        let to_outbox = self.develop.iter().zip(&self.seal).map(|(develop, seal)| *develop + *seal).collect();
        let line =
            |what: &str, times: &[Duration]| Line::of(format!("{how}: {what}"), times.to_vec(), None, 0);
        vec![
            line("call the next number", &self.call),
            line("scan, arrived", &self.scan),
            line("shutter to file in memory", &self.shoot),
            line("to portrait and verdict", &self.develop),
            line("accepted to sealed, next may come", &self.seal),
            Line::of(format!("{how}: file in memory to sealed in the outbox"), to_outbox, None, self.refused),
        ]
    }
}
