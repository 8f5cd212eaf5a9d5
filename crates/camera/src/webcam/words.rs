//! What the library says went wrong, in this house's words. Its errors are texts; the system's own number stands in them.

use nokhwa::NokhwaError;

use crate::Fault;

/// Puts an error into words.
pub fn fault(error: &NokhwaError) -> Fault {
    let fault = translate(error);
    tracing::debug!(%error, ?fault, "the webcam's library complained");
    fault
}

/// Puts an error of the system's own into words.
#[cfg(target_os = "linux")]
pub fn system(error: &std::io::Error) -> Fault {
    tracing::debug!(%error, "the webcam's driver complained");
    error.raw_os_error().map_or(Fault::Refused, by_number)
}

fn translate(error: &NokhwaError) -> Fault {
    let text = error.to_string();
    if let Some(number) = system_number(&text) {
        return by_number(number);
    }
    let text = text.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if says(&["0x80070005", "access denied", "access is denied", "permission"]) {
        Fault::NotPermitted
    } else if says(&["0xc00d3ea3", "0xc00d3704", "in use", "busy"]) {
        Fault::HeldByAnotherProgram
    } else if says(&["0xc00d3ea2", "0xc00d3e85", "invalidated", "disconnected", "no longer", "not found"]) {
        Fault::Unplugged
    } else if says(&["get device property cameraformat"]) {
        Fault::NoFormat
    } else {
        Fault::Refused
    }
}

/// `… (os error 16)`, as Rust ends a system's error in every language.
fn system_number(text: &str) -> Option<i32> {
    let (_, after) = text.rsplit_once("(os error ")?;
    after.split(')').next()?.parse().ok()
}

/// By the numbers of Linux; the other systems' libraries give none.
const fn by_number(number: i32) -> Fault {
    match number {
        // Not permitted, access denied.
        1 | 13 => Fault::NotPermitted,
        // No such file, no such device or address, no such device; an input/output error is a cable pulled in use.
        2 | 5 | 6 | 19 => Fault::Unplugged,
        16 => Fault::HeldByAnotherProgram,
        // No space left: of the USB bus's time.
        28 => Fault::UsbCrowded,
        // Broken pipe, protocol error, timed out.
        32 | 71 | 110 => Fault::NotAnswering,
        _ => Fault::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_number_counts_in_whatever_language_it_speaks() {
        let opening = |error: &str| NokhwaError::OpenDeviceError("0".into(), format!("V4L2 Error: {error}"));
        for (error, fault) in [
            (opening("Permission denied (os error 13)"), Fault::NotPermitted),
            (opening("设备或资源忙 (os error 16)"), Fault::HeldByAnotherProgram),
            (NokhwaError::ReadFrameError("No such device (os error 19)".into()), Fault::Unplugged),
            (NokhwaError::OpenStreamError("No space left on device (os error 28)".into()), Fault::UsbCrowded),
            (
                NokhwaError::GetPropertyError { property: "CameraFormat".into(), error: "none fits".into() },
                Fault::NoFormat,
            ),
            (NokhwaError::OpenStreamError("0xC00D3EA3".into()), Fault::HeldByAnotherProgram),
            (NokhwaError::GeneralError("something else".into()), Fault::Refused),
        ] {
            assert_eq!(translate(&error), fault, "{error}");
        }
    }
}
