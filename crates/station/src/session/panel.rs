//! The camera, its panel, and shots of nobody in particular.

use gradshot_domain::ShotId;
use gradshot_wire::desk::{CameraLink, CameraPanel, LightTest, NoticeLevel, ShotProgress, TestShot};

use super::Session;
use super::effect::Effect;

impl Session {
    pub(super) fn camera(&mut self, link: CameraLink) {
        if !link.ready {
            self.pending_shot = false;
            if let Some(current) = &mut self.state.current {
                current.countdown = None;
            }
        }
        self.state.camera = link;
    }

    pub(super) fn panel(&mut self, panel: CameraPanel) {
        self.state.panel = CameraPanel { test: self.state.panel.test.take(), ..panel };
    }

    pub(super) fn choose_camera(&mut self, id: Option<String>, effects: &mut Vec<Effect>) {
        if self.pending_shot {
            return self.tell(
                NoticeLevel::Warning,
                "正在拍摄，请等照片出来再换相机",
                "A shot is under way: change the camera once it is here",
            );
        }
        effects.push(Effect::ChooseCamera(id));
    }

    /// While somebody stands before the camera every picture is theirs, so a test has to wait.
    pub(super) fn shoot_test(&mut self, effects: &mut Vec<Effect>) {
        if self.at_work() {
            return self.tell(
                NoticeLevel::Warning,
                "机位上还有学生，完成后再试拍",
                "There is a student at the station: take the test shot afterwards",
            );
        }
        self.close_test(effects);
        effects.push(Effect::ShootTest);
    }

    pub(super) fn test_taken(&mut self, shot: ShotId, effects: &mut Vec<Effect>) {
        self.close_test(effects);
        self.state.panel.test = Some(TestShot { id: shot, progress: ShotProgress::Developing, light: None });
        effects.push(Effect::DevelopTest(shot));
    }

    pub(super) fn test_developed(&mut self, shot: ShotId, progress: ShotProgress, light: LightTest) {
        if let Some(test) = self.state.panel.test.as_mut().filter(|test| test.id == shot) {
            test.progress = progress;
            test.light = Some(light);
        }
    }

    pub(super) fn close_test(&mut self, effects: &mut Vec<Effect>) {
        if let Some(test) = self.state.panel.test.take() {
            effects.push(Effect::Forget(vec![test.id]));
        }
    }
}
