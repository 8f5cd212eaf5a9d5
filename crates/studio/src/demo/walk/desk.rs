//! The operator's hands: the desk's commands over its bridge, as a browser sends them.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use gradshot_domain::{Finding, Outcome, ShotId};
use gradshot_wire::desk::{DeskCommand, DeskState, NoticeLevel, Shot, ShotProgress, StudentPhase};

use super::super::api::Api;
use super::{GLANCE, PATIENCE};

/// The desk at the end of its bridge.
pub(super) struct BridgeClient {
    api: Api,
}

/// A shot that was developed.
pub(super) struct Taken(ShotProgress);

/// How long a shot took.
#[derive(Debug, Clone, Copy)]
pub(super) struct TakenMillis {
    /// From the command to the picture in memory.
    pub(super) shot: Duration,
    /// From the picture to portrait and verdict.
    pub(super) develop: Duration,
}

impl BridgeClient {
    /// Opens the bridge by the desk's address, which carries the token.
    pub(super) fn new(address: &str) -> anyhow::Result<Self> {
        let fragment = address
            .split_once('#')
            .map(|(_, fragment)| fragment)
            .context("the desk's address has no token")?;
        let part = |name: &str| fragment.split('&').find_map(|pair| pair.strip_prefix(name));
        let (bridge, token) =
            part("bridge=").zip(part("token=")).context("the desk's address has no token")?;
        Ok(Self { api: Api::new(bridge)?.with_token(token.to_owned()) })
    }

    pub(super) async fn call_next(&self) -> anyhow::Result<()> {
        self.until(DeskCommand::CallNext, |state| state.current.is_some().then_some(())).await
    }

    pub(super) async fn arrive(&self, token: &str) -> anyhow::Result<()> {
        self.until(DeskCommand::Scan { text: token.to_owned() }, |state| {
            let current = state.current.as_ref()?;
            (current.phase == StudentPhase::Arrived).then_some(())
        })
        .await
    }

    pub(super) async fn shoot(&self) -> anyhow::Result<(Taken, TakenMillis)> {
        let before: Vec<ShotId> =
            shots(&self.send(&DeskCommand::Look).await?).iter().map(|shot| shot.id).collect();
        let newest =
            move |state: &DeskState| shots(state).last().filter(|shot| !before.contains(&shot.id)).cloned();
        let began = Instant::now();
        let shot = self.until(DeskCommand::Shoot, newest).await?;
        let shot_took = began.elapsed();
        let progress = self
            .until(DeskCommand::Look, |state| {
                let found = shots(state).iter().find(|other| other.id == shot.id)?;
                (found.progress != ShotProgress::Developing).then(|| found.progress.clone())
            })
            .await?;
        let develop = match &progress {
            ShotProgress::Ready { millis, .. } => Duration::from_millis(u64::from(*millis)),
            _ => began.elapsed().saturating_sub(shot_took),
        };
        Ok((Taken(progress), TakenMillis { shot: shot_took, develop }))
    }

    pub(super) async fn accept(&self) -> anyhow::Result<()> {
        self.until(DeskCommand::Accept, |state| state.current.is_none().then_some(())).await
    }

    /// Tries to accept and tells whether the desk said no.
    pub(super) async fn accept_is_refused(&self) -> anyhow::Result<bool> {
        let state = self.send(&DeskCommand::Accept).await?;
        let warned = state.notice.is_some_and(|notice| notice.level == NoticeLevel::Warning);
        Ok(warned && state.current.is_some_and(|current| current.phase == StudentPhase::Arrived))
    }

    pub(super) async fn skip(&self) -> anyhow::Result<()> {
        self.until(DeskCommand::Skip, |state| state.current.is_none().then_some(())).await
    }

    async fn send(&self, command: &DeskCommand) -> anyhow::Result<DeskState> {
        Ok(self.api.send("/desk/command", command).await?)
    }

    /// Sends a command and looks until the state shows what it has to come to.
    async fn until<T>(
        &self,
        command: DeskCommand,
        mut seen: impl FnMut(&DeskState) -> Option<T>,
    ) -> anyhow::Result<T> {
        let patience = Instant::now() + PATIENCE;
        let mut state = self.send(&command).await?;
        loop {
            if let Some(value) = seen(&state) {
                return Ok(value);
            }
            if let Some(notice) = state.notice.as_ref().filter(|notice| notice.level == NoticeLevel::Warning)
                && command != DeskCommand::Look
            {
                anyhow::bail!("the desk says: {}", notice.en);
            }
            anyhow::ensure!(Instant::now() < patience, "the desk did not get on with {command:?} in time");
            tokio::time::sleep(GLANCE).await;
            state = self.send(&DeskCommand::Look).await?;
        }
    }
}

impl Taken {
    pub(super) fn outcome(&self) -> Option<Outcome> {
        match &self.0 {
            ShotProgress::Ready { verdict, .. } => Some(verdict.outcome),
            _ => None,
        }
    }

    pub(super) fn has_portrait(&self) -> bool {
        matches!(&self.0, ShotProgress::Ready { has_portrait: true, .. })
    }

    /// The gravest finding that is not in order.
    pub(super) fn complaint(&self) -> Option<&Finding> {
        match &self.0 {
            ShotProgress::Ready { verdict, .. } => verdict.complaints().next(),
            _ => None,
        }
    }
}

fn shots(state: &DeskState) -> &[Shot] {
    state.current.as_ref().map_or(&[], |current| &current.shots)
}
