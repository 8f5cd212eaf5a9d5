//! Embedded colour profiles: Adobe RGB, Display P3 and their kin become sRGB.

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use rayon::prelude::*;

use crate::picture::Picture;

/// Pixels converted by one task.
const BATCH_PX: usize = 1 << 16;

/// Converts in place. A profile that cannot be understood, or that describes other channels than RGB, is passed
/// over: such files are taken as sRGB, as browsers do.
pub(super) fn to_srgb(picture: &mut Picture, profile: &[u8]) {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else { return };
    if profile.color_space != DataColorSpace::Rgb || is_srgb(&profile) {
        return;
    }
    let srgb = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let Ok(transform) = profile.create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, options) else {
        return;
    };
    picture.rgb_mut().par_chunks_mut(BATCH_PX * 3).for_each(|chunk| {
        let source = chunk.to_vec();
        if let Err(error) = transform.transform(&source, chunk) {
            tracing::warn!(%error, "a colour profile could not be applied");
        }
    });
}

/// Whether a profile means sRGB up to rounding: same primaries, and mid-tones that come out the same.
fn is_srgb(profile: &ColorProfile) -> bool {
    let srgb = ColorProfile::new_srgb();
    let same = |a: moxcms::Xyzd, b: moxcms::Xyzd| {
        (a.x - b.x).abs() < 0.002 && (a.y - b.y).abs() < 0.002 && (a.z - b.z).abs() < 0.002
    };
    let primaries = same(profile.red_colorant, srgb.red_colorant)
        && same(profile.green_colorant, srgb.green_colorant)
        && same(profile.blue_colorant, srgb.blue_colorant);
    if !primaries {
        return false;
    }
    let probe: Vec<u8> = (0..=255).step_by(15).flat_map(|v| [v; 3]).collect();
    let mut out = vec![0; probe.len()];
    profile
        .create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, TransformOptions::default())
        .is_ok_and(|t| t.transform(&probe, &mut out).is_ok())
        && probe.iter().zip(&out).all(|(a, b)| a.abs_diff(*b) <= 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(profile: &ColorProfile, colour: [u8; 3]) -> [u8; 3] {
        let mut picture = Picture::filled(2, 2, colour);
        to_srgb(&mut picture, &profile.encode().unwrap());
        picture.pixel(0, 0)
    }

    #[test]
    fn srgb_stays_and_wider_spaces_gain_saturation() {
        assert_eq!(converted(&ColorProfile::new_srgb(), [200, 120, 60]), [200, 120, 60]);
        let [r, g, b] = converted(&ColorProfile::new_adobe_rgb(), [200, 120, 60]);
        assert!(r > 205 && g <= 122 && b < 60, "{r} {g} {b}");
        let [r, _, b] = converted(&ColorProfile::new_display_p3(), [200, 120, 60]);
        assert!(r > 203 && b < 58, "{r} {b}");
    }

    #[test]
    fn nonsense_is_passed_over() {
        let mut picture = Picture::filled(1, 1, [1, 2, 3]);
        to_srgb(&mut picture, b"not a profile");
        assert_eq!(picture.pixel(0, 0), [1, 2, 3]);
    }
}
