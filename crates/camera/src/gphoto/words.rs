//! What the library says went wrong, in this house's words.
//!
//! Its error codes are few: "no focus" and "card full" are both just an error. The reason stands in its log, as the
//! camera's own answer, so the log is listened to while a call runs.

use std::{
    ffi::{CStr, c_char, c_void},
    sync::{Mutex, Once},
};

use gphoto2::libgphoto2_sys::GPLogLevel;
use gphoto2::{error::ErrorKind, task::Task};

use crate::{Fault, sync::lock};

/// Letters of log kept for one call.
const HEARD_MAX_BYTES: usize = 16 << 10;

static HEARD: Mutex<String> = Mutex::new(String::new());

/// Begins to listen; once for the whole program.
#[expect(unsafe_code, reason = "the wrapper offers no way to the library's log")]
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: the function lives as long as the program and takes no data.
        unsafe {
            gphoto2::libgphoto2_sys::gp_log_add_func(
                GPLogLevel::GP_LOG_ERROR,
                Some(hear),
                std::ptr::null_mut(),
            );
        }
    });
}

#[expect(unsafe_code, reason = "called by C")]
unsafe extern "C" fn hear(_: GPLogLevel, _: *const c_char, message: *const c_char, _: *mut c_void) {
    if message.is_null() {
        return;
    }
    // SAFETY: the library hands over a C string that lives until this returns.
    let message = unsafe { CStr::from_ptr(message) }.to_string_lossy();
    let mut heard = lock(&HEARD);
    if heard.len() < HEARD_MAX_BYTES {
        heard.push_str(&message);
        heard.push('\n');
    }
}

/// Lets the library do something and waits for it.
pub fn ask<T: Send + 'static>(task: Task<gphoto2::Result<T>>) -> Result<T, Fault> {
    lock(&HEARD).clear();
    // The wrapper's thread is gone when one of its calls has panicked.
    task.try_wait().map_err(|_| Fault::DriverFailed)?.map_err(|error| fault(&error))
}

/// Puts an error and what was heard along with it into words.
pub fn fault(error: &gphoto2::Error) -> Fault {
    let fault = translate(&error.kind(), &lock(&HEARD));
    tracing::debug!(?error, ?fault, "the camera library complained");
    fault
}

fn translate(kind: &ErrorKind, heard: &str) -> Fault {
    // A setting that this camera does not have is named in the log, and is no answer of the camera's.
    let is_answer = !matches!(kind, ErrorKind::BadParameters | ErrorKind::NotSupported);
    let heard = if is_answer { heard.to_ascii_lowercase() } else { String::new() };
    let says = |words: &[&str]| words.iter().any(|word| heard.contains(word));
    match kind {
        ErrorKind::IoUsbClaim | ErrorKind::IoLock => {
            if says(&["access denied", "permission denied"]) {
                Fault::NotPermitted
            } else {
                Fault::HeldByAnotherProgram
            }
        }
        ErrorKind::IoUsbFind | ErrorKind::UnknownPort => Fault::Unplugged,
        ErrorKind::Io
        | ErrorKind::IoRead
        | ErrorKind::IoWrite
        | ErrorKind::IoUpdate
        | ErrorKind::IoUsbClearHalt
        | ErrorKind::OsFailure => {
            if says(&["access denied", "permission denied"]) {
                Fault::NotPermitted
            } else if says(&["resource busy"]) {
                Fault::HeldByAnotherProgram
            } else {
                Fault::Unplugged
            }
        }
        ErrorKind::Timeout => Fault::Asleep,
        ErrorKind::NoSpace | ErrorKind::NoMemory => Fault::CardFull,
        ErrorKind::ModelNotFound => Fault::NotFound,
        ErrorKind::CorruptedData | ErrorKind::FileNotFound => Fault::BrokenFile,
        // What the camera answers, by the codes of PTP (ISO 15740) and of its makers.
        _ if says(&["focus"]) => Fault::OutOfFocus,
        _ if says(&["(0x200c", "store full", "ran full"]) => Fault::CardFull,
        _ if says(&["(0x2013", "(0x200e", "(0xa021", "no card", "card unformatted", "card error"]) => {
            Fault::CardMissing
        }
        _ if says(&["(0xa101", "battery"]) => Fault::BatteryEmpty,
        _ => Fault::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_error_code_has_many_reasons() {
        for (kind, heard, fault) in [
            (ErrorKind::Other, "'ret' failed: 'Out of Focus' (0xa002)", Fault::OutOfFocus),
            (ErrorKind::Other, "Canon EOS Capture failed to release: Perhaps no focus?", Fault::OutOfFocus),
            (ErrorKind::Other, "'ret' failed: 'PTP Store Full' (0x200c)", Fault::CardFull),
            (ErrorKind::NoMemory, "Camera memorycard ran full during capture.", Fault::CardFull),
            (ErrorKind::Other, "'ret' failed: 'PTP Store Not Available' (0x2013)", Fault::CardMissing),
            (ErrorKind::Other, "Liveview cannot start: Battery exhausted", Fault::BatteryEmpty),
            (
                ErrorKind::Io,
                "libusb_open failed: Access denied (insufficient permissions)",
                Fault::NotPermitted,
            ),
            (ErrorKind::Io, "'libusb_claim_interface' failed: Resource busy", Fault::HeldByAnotherProgram),
            (ErrorKind::IoUsbClaim, "Could not claim interface 0", Fault::HeldByAnotherProgram),
            (ErrorKind::IoUsbFind, "", Fault::Unplugged),
            (ErrorKind::BadParameters, "'focusmode' not found in configuration tree.", Fault::Refused),
            (ErrorKind::Other, "", Fault::Refused),
        ] {
            assert_eq!(translate(&kind, heard), fault, "{heard}");
        }
    }
}
