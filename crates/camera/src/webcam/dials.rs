//! A webcam's controls as settings. Where a control has an automatic of its own (exposure, white balance, focus), both
//! are one setting, as on a camera's dial.

use nokhwa::{
    Camera,
    utils::{CameraControl, ControlValueDescription, ControlValueSetter, KnownCameraControl},
};

use super::words;
use crate::{Fault, Setting, SettingKey};

/// Choices of one setting that are listed; in between everything is accepted.
const CHOICES: i64 = 21;
const AUTO: &str = "自动 Auto";
const MANUAL: &str = "手动 Manual";
const MAINS: [&str; 4] = ["关 Off", "50 Hz", "60 Hz", AUTO];
/// Exposure times as cameras count them, parts of a second.
const STOPS: [i64; 17] = [2000, 1000, 500, 400, 320, 250, 200, 160, 125, 100, 80, 60, 50, 40, 30, 25, 15];
/// Exposure counts in these parts of a second.
const EXPOSURE_PARTS: i64 = 10_000;

/// One setting and the controls that make it.
struct Dial {
    key: SettingKey,
    /// Absent on webcams that know only the automatic.
    value: KnownCameraControl,
    unit: Unit,
    automatic: Option<(KnownCameraControl, Automatic)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Plain,
    Kelvin,
    Exposure,
    Mains,
}

/// How a control's automatic is turned on and off.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Automatic {
    Switch,
    /// V4L2's `exposure_auto`: 1 is manual; of the others each webcam takes some.
    Exposure,
}

const MANUAL_EXPOSURE: i64 = 1;
/// Aperture priority, which is the automatic of a webcam without an iris; then the full automatic.
const AUTOMATIC_EXPOSURES: [i64; 2] = [3, 0];

const fn plain(key: SettingKey, value: KnownCameraControl) -> Dial {
    Dial { key, value, unit: Unit::Plain, automatic: None }
}

/// By the kernel's numbers of controls (`linux/v4l2-controls.h`), where the library has no name for them.
#[cfg(target_os = "linux")]
const DIALS: &[Dial] = &{
    use KnownCameraControl::{Other, WhiteBalance};
    const USER: u128 = 0x0098_0900;
    const LENS: u128 = 0x009A_0900;
    [
        Dial {
            key: SettingKey::Shutter,
            value: Other(LENS + 2),
            unit: Unit::Exposure,
            automatic: Some((Other(LENS + 1), Automatic::Exposure)),
        },
        Dial {
            key: SettingKey::WhiteBalance,
            value: WhiteBalance,
            unit: Unit::Kelvin,
            automatic: Some((Other(USER + 12), Automatic::Switch)),
        },
        Dial {
            key: SettingKey::FocusMode,
            value: Other(LENS + 10),
            unit: Unit::Plain,
            automatic: Some((Other(LENS + 12), Automatic::Switch)),
        },
        plain(SettingKey::Brightness, KnownCameraControl::Brightness),
        plain(SettingKey::Contrast, KnownCameraControl::Contrast),
        plain(SettingKey::Saturation, KnownCameraControl::Saturation),
        plain(SettingKey::Sharpness, KnownCameraControl::Sharpness),
        Dial {
            key: SettingKey::Gain,
            value: KnownCameraControl::Gain,
            unit: Unit::Plain,
            automatic: Some((Other(USER + 18), Automatic::Switch)),
        },
        plain(SettingKey::Backlight, KnownCameraControl::BacklightComp),
        Dial { key: SettingKey::AntiFlicker, value: Other(USER + 24), unit: Unit::Mains, automatic: None },
    ]
};

/// The library leaves automatics as they are on these systems: what it can set is a number.
#[cfg(not(target_os = "linux"))]
const DIALS: &[Dial] = &[
    plain(SettingKey::WhiteBalance, KnownCameraControl::WhiteBalance),
    plain(SettingKey::FocusMode, KnownCameraControl::Focus),
    plain(SettingKey::Brightness, KnownCameraControl::Brightness),
    plain(SettingKey::Contrast, KnownCameraControl::Contrast),
    plain(SettingKey::Saturation, KnownCameraControl::Saturation),
    plain(SettingKey::Sharpness, KnownCameraControl::Sharpness),
    plain(SettingKey::Gain, KnownCameraControl::Gain),
    plain(SettingKey::Backlight, KnownCameraControl::BacklightComp),
];

/// A control's number, and between what it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scale {
    min: i64,
    max: i64,
    step: i64,
    now: i64,
}

/// The controls that this webcam has; asked once, since asking takes it a while.
pub fn present(camera: &Camera) -> Vec<KnownCameraControl> {
    camera.supported_camera_controls().unwrap_or_default()
}

/// Every setting that it has.
pub fn read(camera: &Camera, present: &[KnownCameraControl]) -> Result<Vec<Setting>, Fault> {
    let mut settings = Vec::new();
    for dial in DIALS {
        let scale = scale(camera, present, dial.value)?.filter(|scale| scale.min < scale.max);
        let automatic = match dial.automatic {
            Some((control, kind)) => is_on(camera, present, control, kind)?,
            None => None,
        };
        settings.extend(dial.setting(scale, automatic));
    }
    Ok(settings)
}

/// Sets one, and looks whether the webcam has taken it.
pub fn write(
    camera: &mut Camera,
    present: &[KnownCameraControl],
    key: SettingKey,
    value: &str,
) -> Result<(), Fault> {
    let dial = DIALS.iter().find(|dial| dial.key == key).ok_or(Fault::SettingRefused)?;
    let automatic = dial.automatic.filter(|(control, _)| present.contains(control));
    if let Some((control, kind)) = automatic {
        match value {
            AUTO => return turn_on(camera, control, kind),
            MANUAL => return turn_off(camera, control, kind),
            _ => {}
        }
    }
    let scale = scale(camera, present, dial.value)?.ok_or(Fault::SettingRefused)?;
    let number =
        dial.unit.number(value).and_then(|number| scale.nearest(number)).ok_or(Fault::SettingRefused)?;
    if let Some((control, kind)) = automatic {
        turn_off(camera, control, kind)?;
    }
    set(camera, dial.value, ControlValueSetter::Integer(number))
}

impl Dial {
    fn setting(&self, scale: Option<Scale>, automatic: Option<bool>) -> Option<Setting> {
        let mut choices: Vec<String> = automatic.map(|_| AUTO.to_owned()).into_iter().collect();
        match scale {
            Some(scale) => choices.extend(self.unit.choices(scale)),
            None => choices.push(automatic.map(|_| MANUAL.to_owned())?),
        }
        let value = match (automatic, scale) {
            (Some(true), _) => AUTO.to_owned(),
            (_, Some(scale)) => self.unit.word(scale.now),
            (_, None) => MANUAL.to_owned(),
        };
        let writable = choices.len() > 1;
        Some(Setting { key: self.key, value, choices, writable })
    }
}

impl Unit {
    fn word(self, number: i64) -> String {
        match self {
            Self::Plain => number.to_string(),
            Self::Kelvin => format!("{number} K"),
            Self::Exposure if number > EXPOSURE_PARTS / 3 => {
                format!("{:.1} s", number as f64 / EXPOSURE_PARTS as f64)
            }
            Self::Exposure => {
                let of_stop = STOPS.iter().find(|part| EXPOSURE_PARTS / **part == number).copied();
                format!("1/{} s", of_stop.unwrap_or((EXPOSURE_PARTS + number / 2) / number.max(1)))
            }
            Self::Mains => {
                let word = usize::try_from(number).ok().and_then(|at| MAINS.get(at).copied());
                word.map_or_else(|| number.to_string(), str::to_owned)
            }
        }
    }

    fn number(self, word: &str) -> Option<i64> {
        match self {
            Self::Plain => word.parse().ok(),
            Self::Kelvin => word.strip_suffix(" K")?.parse().ok(),
            Self::Exposure => {
                let seconds = word.strip_suffix(" s")?;
                match seconds.strip_prefix("1/") {
                    Some(part) => {
                        part.parse().ok().filter(|part: &i64| *part > 0).map(|part| EXPOSURE_PARTS / part)
                    }
                    None => seconds.parse().ok().map(|seconds: f64| (seconds * EXPOSURE_PARTS as f64) as i64),
                }
            }
            Self::Mains => {
                MAINS.iter().position(|known| *known == word).and_then(|at| i64::try_from(at).ok())
            }
        }
    }

    fn choices(self, scale: Scale) -> Vec<String> {
        let numbers: Vec<i64> = match self {
            Self::Exposure => STOPS.iter().map(|part| EXPOSURE_PARTS / part).collect(),
            Self::Mains => (scale.min..=scale.max).take(MAINS.len()).collect(),
            Self::Plain | Self::Kelvin => scale.spread(),
        };
        let mut words: Vec<_> = numbers
            .into_iter()
            .filter(|number| scale.holds(*number))
            .map(|number| self.word(number))
            .collect();
        words.dedup();
        words
    }
}

impl Scale {
    fn holds(self, number: i64) -> bool {
        (self.min..=self.max).contains(&number)
    }

    /// The value of the webcam's own steps next to this one.
    fn nearest(self, number: i64) -> Option<i64> {
        let steps = (number.checked_sub(self.min)? + self.step / 2) / self.step;
        self.holds(number).then(|| (self.min + steps * self.step).min(self.max))
    }

    /// Evenly from one end to the other.
    fn spread(self) -> Vec<i64> {
        let steps = (self.max - self.min) / self.step;
        let stride = (steps / (CHOICES - 1)).max(1) * self.step;
        let mut numbers: Vec<i64> = (0..=CHOICES * 2)
            .map(|at| self.min + at * stride)
            .take_while(|number| self.holds(*number))
            .collect();
        if numbers.last().is_some_and(|last| *last < self.max) {
            numbers.push(self.max);
        }
        numbers
    }
}

fn control(
    camera: &Camera,
    present: &[KnownCameraControl],
    wanted: KnownCameraControl,
) -> Result<Option<CameraControl>, Fault> {
    if !present.contains(&wanted) {
        return Ok(None);
    }
    match camera.camera_control(wanted) {
        Ok(control) => Ok(Some(control)),
        Err(error) => match words::fault(&error) {
            fault if fault.loses_camera() => Err(fault),
            _ => Ok(None),
        },
    }
}

fn scale(
    camera: &Camera,
    present: &[KnownCameraControl],
    wanted: KnownCameraControl,
) -> Result<Option<Scale>, Fault> {
    let found = control(camera, present, wanted)?;
    Ok(match found.as_ref().map(CameraControl::description) {
        Some(ControlValueDescription::IntegerRange { min, max, value, step, .. }) => {
            Some(Scale { min: *min, max: *max, step: (*step).max(1), now: *value })
        }
        // An older webcam's backlight compensation is on or off.
        Some(ControlValueDescription::Boolean { value, .. }) => {
            Some(Scale { min: 0, max: 1, step: 1, now: i64::from(*value) })
        }
        _ => None,
    })
}

fn is_on(
    camera: &Camera,
    present: &[KnownCameraControl],
    wanted: KnownCameraControl,
    kind: Automatic,
) -> Result<Option<bool>, Fault> {
    let found = control(camera, present, wanted)?;
    Ok(match (found.as_ref().map(CameraControl::description), kind) {
        (Some(ControlValueDescription::Boolean { value, .. }), Automatic::Switch) => Some(*value),
        (Some(ControlValueDescription::IntegerRange { value, .. }), Automatic::Exposure) => {
            Some(*value != MANUAL_EXPOSURE)
        }
        _ => None,
    })
}

fn turn_on(camera: &mut Camera, control: KnownCameraControl, kind: Automatic) -> Result<(), Fault> {
    match kind {
        Automatic::Switch => set(camera, control, ControlValueSetter::Boolean(true)),
        Automatic::Exposure => {
            let mut refused = Fault::SettingRefused;
            for mode in AUTOMATIC_EXPOSURES {
                match set(camera, control, ControlValueSetter::Integer(mode)) {
                    Ok(()) => return Ok(()),
                    Err(fault) => refused = fault,
                }
            }
            Err(refused)
        }
    }
}

fn turn_off(camera: &mut Camera, control: KnownCameraControl, kind: Automatic) -> Result<(), Fault> {
    let off = match kind {
        Automatic::Switch => ControlValueSetter::Boolean(false),
        Automatic::Exposure => ControlValueSetter::Integer(MANUAL_EXPOSURE),
    };
    set(camera, control, off)
}

fn set(camera: &mut Camera, control: KnownCameraControl, value: ControlValueSetter) -> Result<(), Fault> {
    camera.set_camera_control(control, value).map_err(|error| match words::fault(&error) {
        fault if fault.loses_camera() => fault,
        _ => Fault::SettingRefused,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPOSURE: Scale = Scale { min: 3, max: 2047, step: 1, now: 156 };
    const DIAL: Dial = Dial {
        key: SettingKey::Shutter,
        value: KnownCameraControl::Exposure,
        unit: Unit::Exposure,
        automatic: Some((KnownCameraControl::Other(1), Automatic::Exposure)),
    };

    #[test]
    fn exposure_is_worded_as_on_a_camera() {
        let setting = DIAL.setting(Some(EXPOSURE), Some(false)).unwrap();
        assert_eq!(setting.value, "1/64 s");
        assert_eq!(setting.choices[..3], [AUTO, "1/2000 s", "1/1000 s"]);
        assert_eq!(DIAL.setting(Some(EXPOSURE), Some(true)).unwrap().value, AUTO);
        for word in &setting.choices[1..] {
            let number = Unit::Exposure.number(word).unwrap();
            assert_eq!(Unit::Exposure.word(number), *word);
        }
        assert_eq!(Unit::Exposure.number("1/0 s"), None);
    }

    #[test]
    fn an_automatic_alone_is_a_setting_and_nothing_is_none() {
        let setting = DIAL.setting(None, Some(true)).unwrap();
        assert_eq!((setting.value.as_str(), setting.choices.len()), (AUTO, 2));
        assert!(DIAL.setting(None, None).is_none());
    }

    #[test]
    fn a_long_scale_is_offered_in_steps_and_taken_in_between() {
        let scale = Scale { min: 2800, max: 6500, step: 10, now: 4600 };
        let choices = Unit::Kelvin.choices(scale);
        assert!(choices.len() <= 43 && choices.len() >= 10, "{}", choices.len());
        assert_eq!(
            (choices.first().unwrap().as_str(), choices.last().unwrap().as_str()),
            ("2800 K", "6500 K")
        );
        assert_eq!(scale.nearest(4603), Some(4600));
        assert_eq!(scale.nearest(7000), None);
        assert_eq!(Unit::Plain.choices(Scale { min: 0, max: 3, step: 1, now: 0 }), ["0", "1", "2", "3"]);
        assert_eq!(
            Unit::Mains.choices(Scale { min: 0, max: 2, step: 1, now: 1 }),
            ["关 Off", "50 Hz", "60 Hz"]
        );
    }
}
