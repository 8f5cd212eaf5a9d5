//! Reduced pictures against the library's whole ones.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use proptest::prelude::*;

use super::*;
use crate::decode::{DecodeLimits, jpeg};

const SAMPLINGS: [SamplingFactor; 4] =
    [SamplingFactor::R_4_4_4, SamplingFactor::R_4_2_2, SamplingFactor::R_4_4_0, SamplingFactor::R_4_2_0];

/// A file as a camera might write it.
#[derive(Debug, Clone)]
struct Shot {
    width: u16,
    height: u16,
    sampling: usize,
    grey: bool,
    quality: u8,
    /// Units between restart markers.
    restart: u16,
    /// How fast colours change, and how much they flicker from pixel to pixel.
    waves: [f32; 6],
    flicker: i32,
}

impl Shot {
    fn rgb(&self) -> Vec<u8> {
        let mut noise = 12_345u32;
        let mut rgb = Vec::new();
        for y in 0..self.height {
            for x in 0..self.width {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let flicker = (i32::from((noise >> 16) as u8) - 128) * self.flicker / 128;
                for wave in self.waves.chunks_exact(2) {
                    let value = (f32::from(x) * wave[0] + f32::from(y) * wave[1]).sin() * 90.0 + 128.0;
                    rgb.push((value as i32 + flicker).clamp(0, 255) as u8);
                }
            }
        }
        rgb
    }

    fn file(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, self.quality);
        encoder.set_sampling_factor(SAMPLINGS[self.sampling]);
        encoder.set_restart_interval(self.restart);
        let rgb = self.rgb();
        if self.grey {
            let grey: Vec<u8> = rgb.iter().step_by(3).copied().collect();
            encoder.encode(&grey, self.width, self.height, ColorType::Luma).unwrap();
        } else {
            encoder.encode(&rgb, self.width, self.height, ColorType::Rgb).unwrap();
        }
        bytes
    }
}

/// A large, lively file: its scan is worth several guesses.
fn lively() -> Shot {
    Shot {
        width: 1500,
        height: 1100,
        sampling: 3,
        grey: false,
        quality: 92,
        restart: 0,
        waves: [0.02, 0.03, -0.05, 0.01, 0.004, 0.06],
        flicker: 25,
    }
}

/// Means of the whole picture's pixels, for reductions by a whole number.
fn reduced(whole: &Picture, by: u32) -> Vec<u8> {
    let (width, height) = ((whole.width_px() / by).max(1), (whole.height_px() / by).max(1));
    let mut means = Vec::new();
    for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
        let mut sums = [0; 3];
        for (down, across) in (0..by).flat_map(|down| (0..by).map(move |across| (down, across))) {
            let pixel = whole.pixel(x * by + across, y * by + down);
            sums.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += u32::from(value));
        }
        means.extend(sums.map(|sum| ((sum + by * by / 2) / (by * by)) as u8));
    }
    means
}

/// Peak signal to noise, decibels.
fn likeness(a: &[u8], b: &[u8]) -> f64 {
    assert_eq!(a.len(), b.len());
    let squares: f64 = a.iter().zip(b).map(|(a, b)| f64::from(a.abs_diff(*b)).powi(2)).sum();
    10.0 * (255.0f64.powi(2) * a.len() as f64 / squares.max(1e-9)).log10()
}

fn pool(threads: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
}

fn shots() -> impl Strategy<Value = Shot> {
    let size = (1u16..150, 1u16..150, 0usize..4, any::<bool>());
    let coding = (75u8..100, prop_oneof![Just(0u16), 1u16..9]);
    (size, coding, proptest::array::uniform6(-0.08f32..0.08), 0i32..6).prop_map(
        |((width, height, sampling, grey), (quality, restart), waves, flicker)| Shot {
            width,
            height,
            sampling,
            grey,
            quality,
            restart,
            waves,
            flicker,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn a_reduced_picture_looks_like_the_whole_one_made_smaller(shot in shots()) {
        let file = shot.file();
        let whole = jpeg::decode(&file, &DecodeLimits::default()).unwrap().picture;
        let spectrum = Spectrum::read(&file).unwrap();
        for (eighths, by) in [(1, 8), (2, 4), (4, 2)] {
            let picture = spectrum.picture(eighths).unwrap();
            // A block that the picture's edge cuts shows its filling too: fewer than eight leave nothing else.
            if whole.width_px() >= 8 * by && whole.height_px() >= 8 * by {
                let decibels = likeness(picture.rgb(), &reduced(&whole, by));
                prop_assert!(decibels > 36.0, "{decibels} dB at {eighths} eighths");
            }
        }
        let picture = spectrum.picture(3).unwrap();
        prop_assert_eq!(picture.width_px(), (whole.width_px() * 3 / 8).max(1));
    }

    #[test]
    fn damage_is_noticed_or_shown_but_never_panics(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut file = Shot { width: 200, height: 90, ..lively() }.file();
        let at = at.index(file.len());
        file[at] = byte;
        let pictures = Spectrum::read(&file).map(|spectrum| EIGHTHS.map(|eighths| spectrum.picture(eighths)));
        prop_assert!(pictures.is_none_or(|pictures| pictures.iter().all(Option::is_some)));
    }
}

#[test]
fn however_many_threads_guess_the_picture_is_the_same() {
    for shot in [lively(), Shot { grey: true, ..lively() }, Shot { sampling: 1, restart: 17, ..lively() }] {
        let file = shot.file();
        let alone = pool(1).install(|| Spectrum::read(&file).unwrap());
        let wanted = alone.picture(4).unwrap();
        for threads in [2, 3, 5] {
            let guessed = pool(threads).install(|| Spectrum::read(&file).unwrap());
            assert_eq!(guessed.picture(4).unwrap().rgb(), wanted.rgb(), "{threads} threads");
        }
        let whole = jpeg::decode(&file, &DecodeLimits::default()).unwrap().picture;
        assert!(likeness(wanted.rgb(), &reduced(&whole, 2)) > 30.0, "independent flicker in every pixel");
    }
}

#[test]
fn damage_in_a_guessed_part_is_noticed() {
    let file = lively().file();
    let at = file.len() / 2 + 4000;
    let cut = [&file[..at], &[0xFF, 0xD9]].concat();
    assert!(pool(3).install(|| Spectrum::read(&cut).is_none()), "a part is missing");
    let shifted = [&file[..at], &file[at + 3000..]].concat();
    assert!(pool(3).install(|| Spectrum::read(&shifted).is_none()), "a piece is missing");
}

#[test]
fn what_is_not_common_is_left_to_the_library() {
    let rgb = lively().rgb();
    let encoded = |change: &dyn Fn(&mut Encoder<&mut Vec<u8>>)| {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, 90);
        change(&mut encoder);
        encoder.encode(&rgb, 1500, 1100, ColorType::Rgb).unwrap();
        bytes
    };
    assert!(Spectrum::read(&encoded(&|_| ())).is_some());
    assert!(Spectrum::read(&encoded(&|encoder| encoder.set_progressive(true))).is_none());
    assert!(Spectrum::read(&encoded(&|encoder| encoder.set_optimized_huffman_tables(true))).is_none());
    let mut inks = Vec::new();
    Encoder::new(&mut inks, 90).encode(&rgb[..64 * 64 * 4], 64, 64, ColorType::Cmyk).unwrap();
    assert!(Spectrum::read(&inks).is_none());
    assert!(Spectrum::read(b"").is_none());
}
