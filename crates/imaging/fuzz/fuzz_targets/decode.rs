//! Any bytes end in a picture within the limits, or in an error. What libheif reads is left to its own fuzzers.
#![no_main]

use gradshot_imaging::decode::{DecodeLimits, Format, decode, recognise};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if matches!(recognise(bytes), Ok(Format::Heic | Format::Avif)) {
        return;
    }
    let limits = DecodeLimits { pixels: 1 << 20, memory_bytes: 64 << 20, ..DecodeLimits::default() };
    if let Ok(picture) = decode(bytes, &limits) {
        assert!(u64::from(picture.width_px()) * u64::from(picture.height_px()) <= limits.pixels);
    }
});
