//! A camera's settings, under the names that each maker's driver gives them.

use gphoto2::{
    Camera,
    widget::{RadioWidget, TextWidget, ToggleWidget, Widget},
};

use super::words::ask;
use crate::{Fault, Setting, SettingKey};

/// Where each setting may be found; the first that the camera has is used.
const NAMES: &[(SettingKey, &[&str])] = &[
    (SettingKey::Iso, &["iso"]),
    (SettingKey::Aperture, &["aperture", "f-number"]),
    (SettingKey::Shutter, &["shutterspeed2", "shutterspeed"]),
    (SettingKey::WhiteBalance, &["whitebalance"]),
    (SettingKey::FocusMode, &["focusmode", "focusmode2"]),
    (SettingKey::ImageFormat, &["imageformat", "imagequality"]),
    (SettingKey::Resolution, &["imagesize"]),
];

/// Choices of one setting that are listed.
const CHOICES_MAX: usize = 200;

/// Every setting that the camera has.
pub fn read(camera: &Camera) -> Result<Vec<Setting>, Fault> {
    let mut settings = Vec::new();
    for (key, names) in NAMES {
        if let Some(widget) = first(camera, names)? {
            settings.extend(setting(*key, &widget));
        }
    }
    Ok(settings)
}

/// Sets one, and looks whether the camera has taken it.
pub fn write(camera: &Camera, key: SettingKey, value: &str) -> Result<(), Fault> {
    let names = NAMES.iter().find(|(name, _)| *name == key).map_or(&[][..], |(_, names)| *names);
    let Some(Widget::Radio(widget)) = first(camera, names)? else { return Err(Fault::SettingRefused) };
    if widget.readonly() || !widget.choices_iter().any(|choice| choice == value) {
        return Err(Fault::SettingRefused);
    }
    let refused = |fault: Fault| if fault.loses_camera() { fault } else { Fault::SettingRefused };
    widget.set_choice(value).map_err(|_| Fault::SettingRefused)?;
    ask(camera.set_config(&widget)).map_err(refused)?;
    let now: RadioWidget = ask(camera.config_key(&widget.name())).map_err(refused)?;
    if now.choice() == value { Ok(()) } else { Err(Fault::SettingRefused) }
}

/// Charge of the battery, if the camera tells.
pub fn battery_percent(camera: &Camera) -> Result<Option<u8>, Fault> {
    Ok(text(camera, "batterylevel")?.and_then(|level| percent(&level)))
}

/// A value that can only be read.
pub fn text(camera: &Camera, name: &str) -> Result<Option<String>, Fault> {
    Ok(match first(camera, &[name])? {
        Some(Widget::Text(widget)) => Some(widget.value()),
        Some(Widget::Radio(widget)) => Some(widget.choice()),
        _ => None,
    })
}

/// Sets something that has to be so for this program's sake, where the camera has it and takes it.
pub fn prefer(camera: &Camera, name: &str, index: usize) -> Result<(), Fault> {
    let Some(Widget::Radio(widget)) = first(camera, &[name])? else { return Ok(()) };
    let Some(choice) = widget.choices_iter().nth(index).filter(|choice| *choice != widget.choice()) else {
        return Ok(());
    };
    if widget.set_choice(&choice).is_err() {
        return Ok(());
    }
    survivable(ask(camera.set_config(&widget))).map(drop)
}

/// Turns something on or off; `None` when the camera has no such thing.
pub fn toggle(camera: &Camera, name: &str, on: bool) -> Result<Option<()>, Fault> {
    let Some(widget) = survivable(ask(camera.config_key::<ToggleWidget>(name)))? else { return Ok(None) };
    widget.set_toggled(on);
    ask(camera.set_config(&widget)).map(Some)
}

/// Whether somebody turned autofocus off.
pub fn is_manual_focus(camera: &Camera) -> Result<bool, Fault> {
    let mode = text(camera, "focusmode")?.unwrap_or_default();
    Ok(["Manual", "MF", "手动"].iter().any(|manual| mode.contains(manual)))
}

fn first(camera: &Camera, names: &[&str]) -> Result<Option<Widget>, Fault> {
    for name in names {
        if let Some(widget) = survivable(ask(camera.config_key::<Widget>(name)))? {
            return Ok(Some(widget));
        }
    }
    Ok(None)
}

/// A camera that does not know a setting is no fault; one that is gone is.
fn survivable<T>(answer: Result<T, Fault>) -> Result<Option<T>, Fault> {
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(fault) if fault.loses_camera() => Err(fault),
        Err(_) => Ok(None),
    }
}

fn setting(key: SettingKey, widget: &Widget) -> Option<Setting> {
    let (value, choices) = match widget {
        Widget::Radio(radio) => (radio.choice(), radio.choices_iter().take(CHOICES_MAX).collect()),
        Widget::Text(text) => (TextWidget::value(text), Vec::new()),
        _ => return None,
    };
    let writable = !widget.readonly() && choices.len() > 1;
    Some(Setting { key, value, choices, writable })
}

/// "50%", or "50% - 75%" of the makers that know it only roughly.
fn percent(level: &str) -> Option<u8> {
    let digits: String = level.trim_start().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|percent| *percent <= 100 && level.contains('%'))
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_battery_that_is_not_a_number_is_not_shown() {
        assert_eq!(percent("50%"), Some(50));
        assert_eq!(percent("75% - 100%"), Some(75));
        assert_eq!(percent("broken"), None);
        assert_eq!(percent("300%"), None);
        assert_eq!(percent("Low"), None);
    }
}
