//! Cutting windows out of pictures at a wanted size. Filters widen when they reduce, so nothing aliases.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::{F32, U8x3};
use fast_image_resize::{FilterType, PixelTrait, ResizeAlg, ResizeOptions, Resizer};

use crate::geometry::Window;
use crate::picture::{Picture, Plane};

/// Which kernel to resample with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kernel {
    /// Averages; for analysis, where speed counts.
    Box,
    /// Smooth without ringing; for models and mattes.
    Linear,
    /// Crisp; for the portrait itself.
    Lanczos,
}

/// A part of an output picture that the source really covers, in whole output pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Covered {
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
}

impl Covered {
    /// Whether this output pixel shows the source.
    pub(crate) fn holds(&self, x: u32, y: u32) -> bool {
        (self.left..self.left + self.width).contains(&x) && (self.top..self.top + self.height).contains(&y)
    }
}

/// The part of `window` inside the picture, resized to exactly `width_px` × `height_px`.
/// A window that misses the picture gives the nearest edge pixel.
pub(crate) fn cut(
    source: &Picture,
    window: Window,
    width_px: u32,
    height_px: u32,
    kernel: Kernel,
) -> Picture {
    let bounds = Window::whole(source.width_px(), source.height_px());
    let Some(inside) = window.intersection(&bounds) else {
        let centre = window.centre();
        let edge = source.pixel(centre.x.max(0.0) as u32, centre.y.max(0.0) as u32);
        return Picture::filled(width_px, height_px, edge);
    };
    let size = (source.width_px(), source.height_px());
    let view = TypedImageRef::<U8x3>::from_buffer(size.0, size.1, source.rgb());
    let mut output = Picture::filled(width_px, height_px, [0; 3]);
    let (width_px, height_px) = (output.width_px(), output.height_px());
    let pixels = TypedImage::from_buffer(width_px, height_px, output.rgb_mut());
    resize(view, size, inside, pixels, kernel);
    output
}

/// `window` of the picture as a picture of `width_px` × `height_px`, geometry exact even where the window
/// reaches beyond the source: pixels out there repeat the source's edge. Says which pixels are real.
pub(crate) fn place(
    source: &Picture,
    window: Window,
    width_px: u32,
    height_px: u32,
    kernel: Kernel,
) -> (Picture, Covered) {
    let size = (source.width_px(), source.height_px());
    let (covered, inside) = cover(size, window, width_px, height_px);
    let core = cut(source, inside, covered.width, covered.height, kernel);
    if covered.width == width_px && covered.height == height_px {
        return (core, covered);
    }
    let mut output = Picture::filled(width_px, height_px, [0; 3]);
    for y in 0..height_px {
        let core_y = y.clamp(covered.top, covered.top + covered.height - 1) - covered.top;
        for x in 0..width_px {
            let core_x = x.clamp(covered.left, covered.left + covered.width - 1) - covered.left;
            let at = (y as usize * width_px as usize + x as usize) * 3;
            output.rgb_mut()[at..at + 3].copy_from_slice(&core.pixel(core_x, core_y));
        }
    }
    (output, covered)
}

/// `window` of the plane as a plane of `width_px` × `height_px`; beyond the source everything is zero.
pub(crate) fn place_plane(source: &Plane, window: Window, width_px: u32, height_px: u32) -> Plane {
    let size = (source.width_px(), source.height_px());
    let (covered, inside) = cover(size, window, width_px, height_px);
    let pixels: Vec<F32> = source.values().iter().map(|value| F32::new(*value)).collect();
    let view = TypedImageRef::new(size.0, size.1, &pixels);
    let mut core = vec![F32::new(0.0); covered.width as usize * covered.height as usize];
    let target = TypedImage::from_pixels_slice(covered.width, covered.height, &mut core);
    resize(view, size, inside, target, Kernel::Lanczos);
    let mut output = Plane::filled(width_px, height_px, 0.0);
    let rows = output.values_mut().chunks_exact_mut(width_px as usize).skip(covered.top as usize);
    for (row, core) in rows.zip(core.chunks_exact(covered.width as usize)) {
        for (value, pixel) in row[covered.left as usize..].iter_mut().zip(core) {
            *value = pixel.0.clamp(0.0, 1.0);
        }
    }
    output
}

/// Whole output pixels that the source covers, at least one, and the source's window behind exactly those.
fn cover(source: (u32, u32), window: Window, width_px: u32, height_px: u32) -> (Covered, Window) {
    let (left, width, inside_left, inside_width) =
        cover_axis(f64::from(source.0), window.left, window.width, width_px);
    let (top, height, inside_top, inside_height) =
        cover_axis(f64::from(source.1), window.top, window.height, height_px);
    (
        Covered { left, top, width, height },
        Window { left: inside_left, top: inside_top, width: inside_width, height: inside_height },
    )
}

fn cover_axis(source: f64, start: f64, length: f64, output_px: u32) -> (u32, u32, f64, f64) {
    const ROUNDING: f64 = 1e-6;
    let per_px = length / f64::from(output_px);
    let last = f64::from(output_px);
    let first = ((-start / per_px) - ROUNDING).ceil().clamp(0.0, last - 1.0);
    let end = (((source - start) / per_px) + ROUNDING).floor().clamp(first + 1.0, last);
    (first as u32, (end - first) as u32, start + first * per_px, (end - first) * per_px)
}

/// Resizes pixels of one kind into a buffer. Naming the kind compiles the resizer's code for two kinds instead of
/// for all. A resize that is refused leaves the buffer as it is, and a line in the log.
fn resize<P: PixelTrait>(
    source: Result<TypedImageRef<'_, P>, impl std::fmt::Display>,
    (width, height): (u32, u32),
    window: Window,
    output: Result<TypedImage<'_, P>, impl std::fmt::Display>,
    kernel: Kernel,
) {
    let filter = match kernel {
        Kernel::Box => FilterType::Box,
        Kernel::Linear => FilterType::Bilinear,
        Kernel::Lanczos => FilterType::Lanczos3,
    };
    // The window lies inside by construction up to rounding, which must not make the resizer refuse.
    let left = window.left.clamp(0.0, f64::from(width) - f64::EPSILON);
    let top = window.top.clamp(0.0, f64::from(height) - f64::EPSILON);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(filter)).use_alpha(false).crop(
        left,
        top,
        window.width.min(f64::from(width) - left),
        window.height.min(f64::from(height) - top),
    );
    let source = source.map_err(|error| error.to_string());
    let output = output.map_err(|error| error.to_string());
    let done = source.and_then(|source| {
        Resizer::new().resize_typed(&source, &mut output?, &options).map_err(|error| error.to_string())
    });
    if let Err(error) = done {
        tracing::error!(%error, "a resize was refused; the result is blank");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Brightness grows with x, so that a pixel's value tells its column.
    fn ramp(width_px: u32, height_px: u32) -> Picture {
        let rgb = (0..height_px).flat_map(|_| (0..width_px).flat_map(|x| [x as u8; 3])).collect();
        Picture::new(width_px, height_px, rgb).unwrap()
    }

    #[test]
    fn a_window_of_its_own_size_is_copied() {
        let source = ramp(40, 30);
        let window = Window { left: 10.0, top: 5.0, width: 20.0, height: 20.0 };
        let (output, covered) = place(&source, window, 20, 20, Kernel::Lanczos);
        assert_eq!(covered, Covered { left: 0, top: 0, width: 20, height: 20 });
        assert_eq!(output.pixel(0, 0), [10; 3]);
        assert_eq!(output.pixel(19, 19), [29; 3]);
    }

    #[test]
    fn beyond_the_source_the_edge_repeats_and_is_not_covered() {
        let source = ramp(40, 30);
        let window = Window { left: -10.0, top: 0.0, width: 40.0, height: 30.0 };
        let (output, covered) = place(&source, window, 40, 30, Kernel::Linear);
        assert_eq!(covered, Covered { left: 10, top: 0, width: 30, height: 30 });
        assert_eq!(output.pixel(3, 3), [0; 3]);
        assert_eq!(output.pixel(15, 3), [5; 3]);
        assert!(!covered.holds(9, 0) && covered.holds(10, 0));
    }

    #[test]
    fn a_plane_is_empty_beyond_its_source() {
        let source = Plane::filled(10, 10, 1.0);
        let window = Window { left: -5.0, top: -5.0, width: 20.0, height: 20.0 };
        let output = place_plane(&source, window, 20, 20);
        assert!(output.row(2).iter().all(|v| v.abs() < 1e-6));
        assert!((output.row(8)[8] - 1.0).abs() < 1e-5);
    }

    proptest! {
        #[test]
        fn every_window_gives_the_wanted_size(
            left in -80.0..80.0f64, top in -80.0..80.0f64, width in 0.5..120.0f64, height in 0.5..120.0f64,
            out_width in 1u32..60, out_height in 1u32..60,
        ) {
            let window = Window { left, top, width, height };
            let (output, covered) = place(&ramp(40, 30), window, out_width, out_height, Kernel::Linear);
            prop_assert_eq!((output.width_px(), output.height_px()), (out_width, out_height));
            prop_assert!(covered.width >= 1 && covered.left + covered.width <= out_width);
            prop_assert!(covered.height >= 1 && covered.top + covered.height <= out_height);
        }
    }
}
