//! Shots and their portraits: bound to one ticket, developed, moved in their crop, accepted.

use gradshot_domain::{FindingId, Severity, ShotId, TicketId, Verdict};
use gradshot_wire::desk::{CropNudge, CurrentStudent, NoticeLevel, Shot, ShotProgress, StudentPhase};

use super::effect::{Binding, Effect, Note, SealOrder};
use super::{MAX_SHOTS, Session};

impl Session {
    /// A picture came. It belongs to the ticket for which the shutter was released, or to nobody.
    pub(super) fn bind(&mut self, binding: Binding, effects: &mut Vec<Effect>) {
        self.pending_shot = false;
        let campaign = self.campaign;
        let compare = self.state.settings.compare_faces;
        let bound = self.state.current.as_mut().zip(campaign).filter(|(current, _)| {
            current.ticket == binding.ticket && current.phase == StudentPhase::Arrived
        });
        let Some((current, campaign)) = bound else {
            effects.push(Effect::Forget(vec![binding.shot]));
            return;
        };
        effects.push(Effect::LogBinding(binding));
        effects.push(Effect::Note(current.ticket, current.number, Note::Shot));
        current.shots.push(Shot {
            id: binding.shot,
            taken_at: binding.taken_at,
            progress: ShotProgress::Developing,
            nudge: CropNudge::default(),
            composing: false,
            edition: 0,
        });
        current.selected = Some(binding.shot);
        if current.shots.len() > MAX_SHOTS {
            effects.push(Effect::Forget(vec![current.shots.remove(0).id]));
        }
        effects.push(Effect::Develop { ticket: binding.ticket, shot: binding.shot, campaign, compare });
    }

    pub(super) fn show(
        &mut self,
        ticket: TicketId,
        shot: ShotId,
        progress: ShotProgress,
        effects: &mut Vec<Effect>,
    ) {
        let Some((at, current)) = self.shot_of(ticket, shot) else { return };
        let refused = refusals(&progress);
        let (differs, number) = (shows_other_face(&progress), current.number);
        current.shots[at].progress = progress;
        current.shots[at].edition += 1;
        current.other_face = current.shots.iter().any(|shot| shows_other_face(&shot.progress));
        if let Some(findings) = refused {
            effects.push(Effect::Note(ticket, number, Note::Refused(findings)));
            self.arm(effects);
        }
        if differs {
            let (zh, en) = (
                format!("第 {} 张与之前的照片不像同一个人：请核对是不是 {number} 本人，不是请按 X", at + 1),
                format!(
                    "Shot {} does not look like the ones before: is this {number}? If not, press X",
                    at + 1
                ),
            );
            self.tell(NoticeLevel::Warning, &zh, &en);
        }
    }

    /// The operator moves the crop. One portrait is composed at a time; the newest wish comes next.
    pub(super) fn nudge(&mut self, shot: ShotId, nudge: CropNudge, effects: &mut Vec<Effect>) {
        let Some(current) = &mut self.state.current else { return };
        if current.phase != StudentPhase::Arrived {
            return;
        }
        let ticket = current.ticket;
        let ready = |other: &&mut Shot| {
            other.id == shot && matches!(other.progress, ShotProgress::Ready { has_portrait: true, .. })
        };
        if let Some(shot) = current.shots.iter_mut().find(ready) {
            shot.nudge = nudge;
            if !std::mem::replace(&mut shot.composing, true) {
                effects.push(Effect::Recompose { ticket, shot: shot.id, nudge });
            }
        }
    }

    pub(super) fn show_anew(
        &mut self,
        ticket: TicketId,
        shot: ShotId,
        asked: CropNudge,
        outcome: Option<(CropNudge, ShotProgress)>,
        effects: &mut Vec<Effect>,
    ) {
        let Some((at, current)) = self.shot_of(ticket, shot) else { return };
        let shot = &mut current.shots[at];
        let wanted = shot.nudge;
        if let Some((nudge, progress)) = outcome {
            (shot.progress, shot.nudge) = (progress, nudge);
            shot.edition += 1;
        }
        if wanted == asked {
            shot.composing = false;
        } else {
            shot.nudge = wanted;
            effects.push(Effect::Recompose { ticket, shot: shot.id, nudge: wanted });
        }
    }

    fn shot_of(&mut self, ticket: TicketId, shot: ShotId) -> Option<(usize, &mut CurrentStudent)> {
        let current = self.state.current.as_mut().filter(|current| current.ticket == ticket)?;
        let at = current.shots.iter().position(|other| other.id == shot)?;
        Some((at, current))
    }

    pub(super) fn select(&mut self, shot: ShotId) {
        if let Some(current) = &mut self.state.current
            && current.shots.iter().any(|other| other.id == shot)
        {
            current.selected = Some(shot);
        }
    }

    pub(super) fn accept(&mut self, effects: &mut Vec<Effect>) {
        let Some((current, campaign)) = self.state.current.as_mut().zip(self.campaign) else {
            return;
        };
        if current.phase != StudentPhase::Arrived {
            return;
        }
        let selected = current.shots.iter().find(|shot| Some(shot.id) == current.selected);
        let refusal = match selected.map(|shot| (&shot.progress, shot.composing)) {
            None => Some(("请先拍摄", "Take a shot first")),
            Some((ShotProgress::Developing, _) | (_, true)) => {
                Some(("标准照还在制作，请稍等", "The portrait is still being made"))
            }
            Some((ShotProgress::Unreadable { .. } | ShotProgress::Ready { has_portrait: false, .. }, _)) => {
                Some(("这张照片做不出标准照，请重拍", "No portrait came of this shot: shoot again"))
            }
            Some((ShotProgress::Ready { verdict, .. }, _)) if verdict.outcome == Severity::Retake => {
                Some(("这张照片不符合标准，请重拍", "This portrait violates the standard: shoot again"))
            }
            Some((ShotProgress::Ready { .. }, _)) => None,
        };
        if let Some((zh, en)) = refusal {
            return self.tell(NoticeLevel::Warning, zh, en);
        }
        if let Some(shot) = current.selected {
            current.phase = StudentPhase::Sealing;
            current.countdown = None;
            effects.push(Effect::Seal(SealOrder {
                ticket: current.ticket,
                number: current.number,
                masked_name: current.masked_name.clone(),
                campaign,
                shot,
            }));
            self.state.notice = None;
        }
    }
}

/// In which ways a shot violates the standard; `None` when it does not.
fn refusals(progress: &ShotProgress) -> Option<Vec<FindingId>> {
    match progress {
        ShotProgress::Unreadable { .. } => Some(Vec::new()),
        ShotProgress::Ready { verdict, .. } if verdict.outcome == Severity::Retake => {
            let refused = verdict.findings.iter().filter(|finding| finding.severity == Severity::Retake);
            Some(refused.map(|finding| finding.id).collect())
        }
        ShotProgress::Ready { .. } | ShotProgress::Developing => None,
    }
}

fn shows_other_face(progress: &ShotProgress) -> bool {
    let differs = |verdict: &Verdict| {
        let finding = verdict.finding(FindingId::SamePerson);
        finding.is_some_and(|finding| finding.severity != Severity::Pass)
    };
    matches!(progress, ShotProgress::Ready { verdict, .. } if differs(verdict))
}
