//! Laying the person on the spec's background.

use rayon::prelude::*;

use crate::picture::{Picture, Plane};

/// `α·foreground + (1−α)·background`, pixel by pixel. The sizes must agree; a missing matte pixel is background.
pub(crate) fn compose(foreground: &Picture, alpha: &Plane, background: [u8; 3]) -> Picture {
    let mut output = Picture::filled(foreground.width_px(), foreground.height_px(), background);
    output
        .rgb_mut()
        .par_chunks_mut(3)
        .zip(foreground.rgb().par_chunks(3))
        .zip(alpha.values().par_iter())
        .for_each(|((pixel, front), &alpha)| {
            for ((out, &front), back) in pixel.iter_mut().zip(front).zip(background) {
                *out = (alpha * f32::from(front) + (1.0 - alpha) * f32::from(back)).round() as u8;
            }
        });
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_and_middle() {
        let front = Picture::filled(3, 1, [200, 100, 0]);
        let alpha = Plane::new(3, 1, vec![1.0, 0.5, 0.0]).unwrap();
        let output = compose(&front, &alpha, [100, 197, 255]);
        assert_eq!(output.rgb(), [200, 100, 0, 150, 149, 128, 100, 197, 255]);
    }
}
