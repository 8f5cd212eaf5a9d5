//! Portraits look as they were last judged by eye: the shipped photos' portraits against kept ones, by structural
//! similarity of their brightness and by the mean distance of their colours.
//!
//! `GRADSHOT_WRITE_GOLDEN=1 cargo test --workspace --test golden` keeps new ones; look at them before they are committed.

mod shared;

use std::path::Path;

use gradshot_imaging::Picture;
use gradshot_imaging::decode::{DecodeLimits, decode};

use shared::{chsi, engine, photo};

/// Side of the squares whose structure is compared, pixels.
const SQUARE: u32 = 8;
/// Structural similarity, 0 to 1, that all squares reach on average, and that the worst twentieth reaches.
const MEAN_MIN: f64 = 0.985;
const WORST_MIN: f64 = 0.90;
/// Mean distance of the colours, 0 to 255 a channel.
const COLOUR_MAX: f64 = 1.5;

fn portrait(name: &str) -> Vec<u8> {
    engine().standardize(&photo(name), &chsi()).unwrap().portrait.expect("one person is in it")
}

/// Similarity of every square (Wang and others, "Image Quality Assessment", 2004), the lowest first.
fn similarities(a: &Picture, b: &Picture) -> Vec<f64> {
    let columns = (0..a.width_px() / SQUARE).map(|x| x * SQUARE);
    let corners = columns.flat_map(|x| (0..a.height_px() / SQUARE).map(move |y| (x, y * SQUARE)));
    let (first, second) = (a.luma(), b.luma());
    let mut all: Vec<f64> = corners.map(|corner| similarity(&first, &second, corner, a.width_px())).collect();
    all.sort_by(f64::total_cmp);
    all
}

fn similarity(first: &[u8], second: &[u8], (left, top): (u32, u32), width: u32) -> f64 {
    let count = f64::from(SQUARE * SQUARE);
    let (mut sum, mut squares, mut product) = ([0.0; 2], [0.0; 2], 0.0);
    for y in top..top + SQUARE {
        for x in left..left + SQUARE {
            let at = (y * width + x) as usize;
            let pair = [f64::from(first[at]), f64::from(second[at])];
            for i in 0..2 {
                sum[i] += pair[i];
                squares[i] += pair[i] * pair[i];
            }
            product += pair[0] * pair[1];
        }
    }
    let mean = sum.map(|sum| sum / count);
    let variance = [0, 1].map(|i| squares[i] / count - mean[i] * mean[i]);
    let together = product / count - mean[0] * mean[1];
    let (light, contrast) = (6.5025, 58.5225);
    (2.0 * mean[0] * mean[1] + light) * (2.0 * together + contrast)
        / ((mean[0] * mean[0] + mean[1] * mean[1] + light) * (variance[0] + variance[1] + contrast))
}

#[test]
fn the_shipped_photos_portraits_look_as_they_did() {
    for name in ["hopper_plain_wall.jpg", "giunchedi.jpg"] {
        let made = portrait(name);
        let kept_at = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
        if std::env::var_os("GRADSHOT_WRITE_GOLDEN").is_some() {
            std::fs::write(&kept_at, &made).unwrap();
        }
        let kept = decode(&std::fs::read(&kept_at).unwrap(), &DecodeLimits::default()).unwrap();
        let made = decode(&made, &DecodeLimits::default()).unwrap();
        assert_eq!((made.width_px(), made.height_px()), (kept.width_px(), kept.height_px()));
        let similar = similarities(&made, &kept);
        let mean = similar.iter().sum::<f64>() / similar.len() as f64;
        let worst = similar[similar.len() / 20];
        assert!(
            mean >= MEAN_MIN && worst >= WORST_MIN,
            "{name}: similarity {mean:.4}, worst twentieth {worst:.4}"
        );
        let apart: f64 = made.rgb().iter().zip(kept.rgb()).map(|(a, b)| f64::from(a.abs_diff(*b))).sum();
        let apart = apart / made.rgb().len() as f64;
        assert!(apart <= COLOUR_MAX, "{name}: colours differ by {apart:.2}");
    }
}
