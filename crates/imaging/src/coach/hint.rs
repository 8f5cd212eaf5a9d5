//! What the coach can say. Every text speaks to the person before the camera: left and right are their own.

use serde::{Serialize, Serializer, ser::SerializeStruct as _};

/// One thing to do, in the order of what to put right first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Hint {
    /// Nobody is to be seen.
    FaceTheCamera,
    /// Several people are to be seen.
    OnePersonOnly,
    /// The face is cut off or leaves no room around.
    StepBack,
    /// The face is too small to make a portrait of.
    ComeCloser,
    /// Too far to the person's right.
    MoveLeft,
    /// Too far to the person's left.
    MoveRight,
    /// The crown is cut off.
    Lower,
    /// Too little of the chest is to be seen.
    Taller,
    /// The face lies in the dark.
    TooDark,
    /// The face is burnt out.
    TooBright,
    /// The lamp on the person's left is too strong.
    LightFromLeft,
    /// The lamp on the person's right is too strong.
    LightFromRight,
    /// Turned to the person's right.
    TurnLeft,
    /// Turned to the person's left.
    TurnRight,
    /// Tilted to the person's right shoulder.
    TiltLeft,
    /// Tilted to the person's left shoulder.
    TiltRight,
    /// Looking down.
    ChinUp,
    /// Looking up.
    ChinDown,
    /// The left shoulder hangs.
    RaiseLeftShoulder,
    /// The right shoulder hangs.
    RaiseRightShoulder,
    /// An eye is not fully open.
    OpenEyes,
    /// The eyes look elsewhere.
    LookIntoLens,
    /// The lips are apart.
    CloseMouth,
    /// Still moving.
    HoldStill,
}

impl Hint {
    /// Every hint, the first to put right first.
    pub const ALL: [Self; 24] = [
        Self::FaceTheCamera,
        Self::OnePersonOnly,
        Self::StepBack,
        Self::ComeCloser,
        Self::MoveLeft,
        Self::MoveRight,
        Self::Lower,
        Self::Taller,
        Self::TooDark,
        Self::TooBright,
        Self::LightFromLeft,
        Self::LightFromRight,
        Self::TurnLeft,
        Self::TurnRight,
        Self::TiltLeft,
        Self::TiltRight,
        Self::ChinUp,
        Self::ChinDown,
        Self::RaiseLeftShoulder,
        Self::RaiseRightShoulder,
        Self::OpenEyes,
        Self::LookIntoLens,
        Self::CloseMouth,
        Self::HoldStill,
    ];

    /// What to say, in Chinese.
    pub fn zh(self) -> &'static str {
        self.texts().0
    }

    /// What to say, in English.
    pub fn en(self) -> &'static str {
        self.texts().1
    }

    fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::FaceTheCamera => ("请面对镜头", "Face the camera"),
            Self::OnePersonOnly => ("请只留一人", "One person only, please"),
            Self::StepBack => ("退后一点", "Step back a little"),
            Self::ComeCloser => ("靠近一点", "Come a little closer"),
            Self::MoveLeft => ("往左站一点", "Move a little to your left"),
            Self::MoveRight => ("往右站一点", "Move a little to your right"),
            Self::Lower => ("身体放低一点", "Lower yourself a little"),
            Self::Taller => ("身体抬高一点", "Rise a little"),
            Self::TooDark => ("光线太暗", "Too dark"),
            Self::TooBright => ("光线太亮", "Too bright"),
            Self::LightFromLeft => ("灯光偏左", "The light comes from your left"),
            Self::LightFromRight => ("灯光偏右", "The light comes from your right"),
            Self::TurnLeft => ("头向左转一点", "Turn your head a little left"),
            Self::TurnRight => ("头向右转一点", "Turn your head a little right"),
            Self::TiltLeft => ("头向左摆正一点", "Straighten your head to the left"),
            Self::TiltRight => ("头向右摆正一点", "Straighten your head to the right"),
            Self::ChinUp => ("下巴稍抬", "Chin up a little"),
            Self::ChinDown => ("下巴稍收", "Chin down a little"),
            Self::RaiseLeftShoulder => ("左肩抬高一点", "Raise your left shoulder a little"),
            Self::RaiseRightShoulder => ("右肩抬高一点", "Raise your right shoulder a little"),
            Self::OpenEyes => ("睁大眼睛", "Open your eyes wide"),
            Self::LookIntoLens => ("看镜头", "Look into the lens"),
            Self::CloseMouth => ("合上嘴", "Close your mouth"),
            Self::HoldStill => ("保持不动", "Hold still"),
        }
    }
}

/// A hint as pages read it: its name and both texts.
pub(super) fn spelled<S: Serializer>(hints: &[Hint], serializer: S) -> Result<S::Ok, S::Error> {
    struct Spelled(Hint);
    impl Serialize for Spelled {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut fields = serializer.serialize_struct("Hint", 3)?;
            fields.serialize_field("id", &self.0)?;
            fields.serialize_field("zh", self.0.zh())?;
            fields.serialize_field("en", self.0.en())?;
            fields.end()
        }
    }
    serializer.collect_seq(hints.iter().copied().map(Spelled))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hint_has_its_own_words_without_shouting() {
        for (i, hint) in Hint::ALL.iter().enumerate() {
            assert!(!hint.zh().contains(['！', '!']) && !hint.en().contains('!'), "{hint:?}");
            assert!(Hint::ALL[..i].iter().all(|other| other.zh() != hint.zh() && other.en() != hint.en()));
            assert!(Hint::ALL[..i].iter().all(|other| other < hint), "{hint:?} is out of order");
        }
    }

    #[test]
    fn left_speaks_of_left_in_both_languages() {
        for hint in Hint::ALL {
            let says = |word| hint.en().split(' ').any(|said| said == word);
            assert_eq!(hint.zh().contains('左'), says("left"), "{hint:?}");
            assert_eq!(hint.zh().contains('右'), says("right"), "{hint:?}");
        }
    }
}
