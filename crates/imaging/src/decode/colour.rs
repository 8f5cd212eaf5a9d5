//! Embedded colour profiles: Adobe RGB, Display P3 and their kin become sRGB.

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use rayon::prelude::*;

use crate::picture::Picture;

/// Pixels converted by one task.
const BATCH_PX: usize = 1 << 16;

/// Whether a profile is for colours of this kind: `RGB `, `GRAY` or `CMYK` (ICC.1:2022, table 19).
pub(super) fn describes(profile: &[u8], kind: [u8; 4]) -> bool {
    profile.get(16..20) == Some(&kind)
}

/// Converts in place. A profile that cannot be understood is passed over: such files are taken as sRGB, as browsers
/// do. A profile for greys is for pictures whose pixels are all grey.
pub(super) fn to_srgb(picture: &mut Picture, profile: &[u8]) {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else { return };
    match profile.color_space {
        DataColorSpace::Rgb if !is_srgb(&profile) => colours_to_srgb(picture, &profile),
        DataColorSpace::Gray => greys_to_srgb(picture, &profile),
        _ => {}
    }
}

/// Amounts of ink, 0 to 255, four to a pixel, as sRGB. `None` when the profile cannot say.
pub(super) fn inks_to_srgb(inks: &[u8], profile: &[u8]) -> Option<Vec<u8>> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    if profile.color_space != DataColorSpace::Cmyk {
        return None;
    }
    let srgb = ColorProfile::new_srgb();
    let transform =
        profile.create_transform_8bit(Layout::Rgba, &srgb, Layout::Rgb, TransformOptions::default()).ok()?;
    let mut rgb = vec![0; inks.len() / 4 * 3];
    let converted = inks
        .par_chunks(BATCH_PX * 4)
        .zip(rgb.par_chunks_mut(BATCH_PX * 3))
        .all(|(inks, rgb)| transform.transform(inks, rgb).is_ok());
    converted.then_some(rgb)
}

fn colours_to_srgb(picture: &mut Picture, profile: &ColorProfile) {
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

fn greys_to_srgb(picture: &mut Picture, profile: &ColorProfile) {
    let greys: Vec<u8> = (0..=255).collect();
    let mut colours = vec![0; greys.len() * 3];
    let options = TransformOptions::default();
    let srgb = ColorProfile::new_srgb();
    let converted = profile
        .create_transform_8bit(Layout::Gray, &srgb, Layout::Rgb, options)
        .is_ok_and(|transform| transform.transform(&greys, &mut colours).is_ok());
    if converted {
        for value in picture.rgb_mut() {
            *value = colours[usize::from(*value) * 3 + 1];
        }
    }
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
    fn greys_follow_their_own_curve() {
        let dark = converted(&ColorProfile::new_gray_with_gamma(3.0), [100; 3]);
        assert!(dark[0] < 80 && dark == [dark[0]; 3], "{dark:?}");
        assert_eq!(converted(&ColorProfile::new_gray_with_gamma(3.0), [255; 3]), [255; 3]);
    }

    #[test]
    fn inks_need_a_profile_of_inks() {
        let profile = ColorProfile::new_srgb().encode().unwrap();
        assert!(describes(&profile, *b"RGB ") && !describes(&profile, *b"CMYK"));
        assert_eq!(inks_to_srgb(&[0, 0, 0, 255], &profile), None);
        assert_eq!(inks_to_srgb(&[0, 0, 0, 255], b"CMYK"), None);
    }

    #[test]
    fn nonsense_is_passed_over() {
        let mut picture = Picture::filled(1, 1, [1, 2, 3]);
        to_srgb(&mut picture, b"not a profile");
        assert_eq!(picture.pixel(0, 0), [1, 2, 3]);
    }
}
