//! Changes to good portraits: harmless ones, which must stay without a word, and faults, which must be found.

use gradshot_domain::FindingId;
use gradshot_imaging::Picture;

/// A change of a picture.
pub type Change = fn(&Picture) -> Picture;

/// What another studio, camera or day might do to the same good shot.
pub const HARMLESS: [(&str, Change); 8] = [
    ("as it is", Picture::clone),
    ("a stop of a third darker", |p| mapped(p, |c, _, _| c.map(|v| scaled(v, 0.79)))),
    ("a stop of a quarter brighter", |p| mapped(p, |c, _, _| c.map(|v| scaled(v, 1.19)))),
    ("a little warmer", |p| mapped(p, |[r, g, b], _, _| [scaled(r, 1.05), g, scaled(b, 0.94)])),
    ("a little cooler", |p| mapped(p, |[r, g, b], _, _| [scaled(r, 0.96), g, scaled(b, 1.05)])),
    ("turned by 2°", |p| turned(p, 2.0)),
    ("a lamp a little stronger", |p| mapped(p, |c, x, _| c.map(|v| scaled(v, 1.06 - 0.14 * x)))),
    ("noise of a high ISO", |p| {
        mapped(p, |c, x, y| c.map(|v| (f64::from(v) + 9.0 * noise(x, y)).clamp(0.0, 255.0) as u8))
    }),
];

/// Faults, and the finding that has to name them.
pub const FAULTS: [(&str, FindingId, Change); 12] = [
    ("two stops darker", FindingId::Exposure, |p| mapped(p, |c, _, _| c.map(|v| scaled(v, 0.25)))),
    ("burnt out", FindingId::LightHighlights, |p| mapped(p, |c, _, _| c.map(|v| scaled(v, 3.6)))),
    ("lamp from the left", FindingId::LightEven, |p| {
        mapped(p, |c, x, _| c.map(|v| scaled(v, 1.2 - 1.1 * smooth(x, 0.40, 0.60))))
    }),
    ("lamp from the right", FindingId::LightEven, |p| {
        mapped(p, |c, x, _| c.map(|v| scaled(v, 0.1 + 1.1 * smooth(x, 0.40, 0.60))))
    }),
    ("tungsten light", FindingId::ColourCast, |p| {
        mapped(p, |[r, g, b], _, _| [scaled(r, 1.25), g, scaled(b, 0.35)])
    }),
    ("greenish light", FindingId::ColourCast, |p| {
        mapped(p, |[r, g, b], _, _| [scaled(r, 0.7), scaled(g, 1.1), scaled(b, 0.75)])
    }),
    ("black and white", FindingId::ColourCast, |p| mapped(p, |c, _, _| [c[1]; 3])),
    ("out of focus", FindingId::Sharpness, |p| blurred(p, 0.011, 0.011)),
    ("shaken", FindingId::Sharpness, |p| blurred(p, 0.022, 0.0)),
    ("tilted by 12°", FindingId::PoseRoll, |p| turned(p, 12.0)),
    ("tilted by 12° to the other side", FindingId::PoseRoll, |p| turned(p, -12.0)),
    ("photographed from a screen", FindingId::Recapture, |p| {
        // The dots of a screen beat with the camera's pixels, along and across.
        let step = 480.0;
        mapped(p, move |c, x, y| {
            let (u, v) = (x * step, y * step);
            let beat = 1.0 + 0.16 * (u * 1.9 + v * 0.9).sin() + 0.16 * (v * 1.7 - u * 0.7).sin();
            c.map(|value| scaled(value, beat))
        })
    }),
];

/// Every pixel changed by its colour and its place, 0 to 1 across; both places in widths.
fn mapped(picture: &Picture, change: impl Fn([u8; 3], f64, f64) -> [u8; 3]) -> Picture {
    let (width, height) = (picture.width_px(), picture.height_px());
    let rgb = (0..height)
        .flat_map(|y| (0..width).map(move |x| (x, y)))
        .flat_map(|(x, y)| {
            let at = |v: u32| f64::from(v) / f64::from(width);
            change(picture.pixel(x, y), at(x), at(y))
        })
        .collect();
    Picture::new(width, height, rgb).expect("the size is the picture's")
}

/// The picture turned by some degrees about its middle, the corners filled with the nearest pixels.
fn turned(picture: &Picture, degrees: f64) -> Picture {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (width, height) = (f64::from(picture.width_px()), f64::from(picture.height_px()));
    mapped(picture, |_, x, y| {
        let (dx, dy) = (x * width - width / 2.0, y * width - height / 2.0);
        let (u, v) = (dx * cos + dy * sin + width / 2.0, dy * cos - dx * sin + height / 2.0);
        picture.pixel(u.max(0.0) as u32, v.max(0.0) as u32)
    })
}

/// A box blur, twice, of these half widths as shares of the picture's width.
fn blurred(picture: &Picture, across: f64, down: f64) -> Picture {
    let width = f64::from(picture.width_px());
    let once = |picture: &Picture, dx: u32, dy: u32, reach: i64| {
        mapped(picture, |_, x, y| {
            let (x, y) = ((x * width).round() as i64, (y * width).round() as i64);
            let mut sum = [0u32; 3];
            for step in -reach..=reach {
                let at = picture.pixel(
                    (x + step * i64::from(dx)).max(0) as u32,
                    (y + step * i64::from(dy)).max(0) as u32,
                );
                for (sum, channel) in sum.iter_mut().zip(at) {
                    *sum += u32::from(channel);
                }
            }
            sum.map(|sum| (sum / (2 * reach as u32 + 1)) as u8)
        })
    };
    let mut picture = picture.clone();
    for _ in 0..2 {
        picture = once(&picture, 1, 0, (across * width) as i64);
        picture = once(&picture, 0, 1, (down * width) as i64);
    }
    picture
}

fn scaled(value: u8, factor: f64) -> u8 {
    (f64::from(value) * factor).clamp(0.0, 255.0) as u8
}

/// 0 before `from`, 1 after `to`, smooth between.
fn smooth(x: f64, from: f64, to: f64) -> f64 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Noise between −1 and 1, the same for the same place.
fn noise(x: f64, y: f64) -> f64 {
    let place = ((x * 65_536.0) as u64) << 32 | (y * 65_536.0) as u64;
    let mut bits = place.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (bits >> 40) as f64 / f64::from(1u32 << 23) - 1.0
}
