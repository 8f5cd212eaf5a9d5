//! A photo's views are smaller than the photo as they say, or there is an error.
#![no_main]

use gradshot_imaging::decode::{DecodeLimits, Format, Source, recognise};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if !matches!(recognise(bytes), Ok(Format::Jpeg)) {
        return;
    }
    let limits = DecodeLimits { pixels: 1 << 20, memory_bytes: 64 << 20, ..DecodeLimits::default() };
    let Ok(source) = Source::open(bytes, &limits) else { return };
    let Ok(overview) = source.overview() else { return };
    let reduction = overview.reduction;
    let long = |picture: &gradshot_imaging::Picture| picture.width_px().max(picture.height_px());
    let seen_px = f64::from(long(&overview.picture)) * reduction;
    let Ok(finer) = source.finer(overview, 0.5) else { return };
    assert!(finer.reduction <= reduction);
    assert!((f64::from(long(&finer.picture)) * finer.reduction - seen_px).abs() < 8.0);
});
