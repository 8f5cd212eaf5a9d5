//! Colours as eyes tell them apart: CIE L*a*b* under D65, where distances are differences that are seen.

use std::sync::OnceLock;

/// White of sRGB (D65), 2° observer.
const WHITE: [f64; 3] = [0.950_47, 1.0, 1.088_83];
/// From linear sRGB to CIE XYZ (IEC 61966-2-1).
const XYZ: [[f64; 3]; 3] =
    [[0.412_456, 0.357_576, 0.180_437], [0.212_673, 0.715_152, 0.072_175], [0.019_334, 0.119_192, 0.950_304]];

/// A colour in CIE L*a*b*.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Lab {
    /// Lightness, 0 to 100.
    pub l: f64,
    /// Green (negative) to red.
    pub a: f64,
    /// Blue (negative) to yellow.
    pub b: f64,
}

impl Lab {
    pub(crate) fn of(colour: [u8; 3]) -> Self {
        let light = colour.map(linear);
        let [x, y, z] = std::array::from_fn(|i| {
            let sum: f64 = light.iter().zip(XYZ[i]).map(|(light, share)| light * share).sum();
            curve(sum / WHITE[i])
        });
        Self { l: 116.0 * y - 16.0, a: 500.0 * (x - y), b: 200.0 * (y - z) }
    }

    /// The difference as it is seen; 2 can just be told, 10 at a glance (CIE 1976).
    pub(crate) fn difference(self, other: Self) -> f64 {
        let (l, a, b) = (self.l - other.l, self.a - other.a, self.b - other.b);
        (l * l + a * a + b * b).sqrt()
    }

    /// How colourful it is; 0 is grey.
    pub(crate) fn chroma(self) -> f64 {
        self.a.hypot(self.b)
    }

    /// The hue's angle, degrees, −180 to 180: 0 is red, 90 yellow, −90 blue.
    pub(crate) fn hue_deg(self) -> f64 {
        self.b.atan2(self.a).to_degrees()
    }
}

/// Light behind an 8-bit sRGB value, 0 to 1.
pub(crate) fn linear(value: u8) -> f64 {
    static TABLE: OnceLock<[f64; 256]> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        std::array::from_fn(|i| {
            let v = i as f64 / 255.0;
            if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        })
    });
    table[usize::from(value)]
}

/// Relative luminance, 0 to 1 (ITU-R BT.709 primaries).
pub(crate) fn luminance([r, g, b]: [u8; 3]) -> f64 {
    0.212_673 * linear(r) + 0.715_152 * linear(g) + 0.072_175 * linear(b)
}

fn curve(t: f64) -> f64 {
    if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_grey_and_red_lie_where_the_tables_say() {
        let white = Lab::of([255; 3]);
        assert!((white.l - 100.0).abs() < 0.01 && white.chroma() < 0.05, "{white:?}");
        assert!(Lab::of([119; 3]).chroma() < 0.05);
        let red = Lab::of([255, 0, 0]);
        assert!((red.l - 53.24).abs() < 0.1 && (red.a - 80.09).abs() < 0.1 && (red.b - 67.20).abs() < 0.1);
        assert!((Lab::of([100, 197, 255]).hue_deg() + 113.0).abs() < 10.0);
    }
}
