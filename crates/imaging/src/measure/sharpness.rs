//! How sharp the face is.

use crate::geometry::Window;
use crate::mesh::Mesh;
use crate::picture::Picture;

/// Length of the averaging line that the picture is compared with, pixels.
const LINE_PX: usize = 9;

/// The middle of the face, where skin, eyes and lips are, in whole pixels of the picture.
struct Patch {
    width: usize,
    height: usize,
    luma: Vec<f32>,
}

/// Sharpness of the face, 0 (nothing but blur) to 1: how much of the differences between neighbouring pixels
/// disappears when the picture is smoothed (after Crété-Roffet and others, "The blur effect", 2007). The mean over
/// a face does not depend on brightness or contrast.
pub(crate) fn sharpness(picture: &Picture, mesh: &Mesh) -> f64 {
    let face = mesh.bounds();
    let patch = Patch::of(picture, &Window::around(face.centre(), face.width * 0.9, face.height));
    let across = patch.lost_detail();
    let down = patch.turned().lost_detail();
    // A shaken photo is blurred in one direction only.
    across.min(down)
}

impl Patch {
    fn of(picture: &Picture, window: &Window) -> Self {
        let whole = Window::whole(picture.width_px(), picture.height_px());
        let Some(inside) = window.intersection(&whole) else {
            return Self { width: 0, height: 0, luma: Vec::new() };
        };
        let (left, top) = (inside.left as u32, inside.top as u32);
        let (width, height) = (inside.width as u32, inside.height as u32);
        let luma = (0..height)
            .flat_map(|y| (0..width).map(move |x| (left + x, top + y)))
            .map(|(x, y)| f32::from(crate::picture::luma(picture.pixel(x, y))))
            .collect();
        Self { width: width as usize, height: height as usize, luma }
    }

    fn turned(&self) -> Self {
        let luma = (0..self.width)
            .flat_map(|x| (0..self.height).map(move |y| self.luma[y * self.width + x]))
            .collect();
        Self { width: self.height, height: self.width, luma }
    }

    /// The share of horizontal detail that smoothing along the rows removes.
    fn lost_detail(&self) -> f64 {
        let (mut detail, mut lost) = (1e-6f64, 0.0f64);
        for row in self.luma.chunks_exact(self.width.max(1)) {
            let smooth = smoothed(row);
            for i in 1..row.len() {
                let before = f64::from((row[i] - row[i - 1]).abs());
                let after = f64::from((smooth[i] - smooth[i - 1]).abs());
                detail += before;
                lost += (before - after).max(0.0);
            }
        }
        lost / detail
    }
}

/// Running mean, shorter at the ends.
fn smoothed(row: &[f32]) -> Vec<f32> {
    let reach = LINE_PX / 2;
    (0..row.len())
        .map(|i| {
            let near = &row[i.saturating_sub(reach)..(i + reach + 1).min(row.len())];
            near.iter().sum::<f32>() / near.len() as f32
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smoothing_takes_more_from_stripes_than_from_a_slope() {
        let stripes = (0..100 * 8).map(|i| if (i / 2) % 2 == 0 { 0.0 } else { 200.0 }).collect();
        let slope = (0..100 * 8).map(|i| (i % 100) as f32).collect();
        let stripes = Patch { width: 100, height: 8, luma: stripes }.lost_detail();
        let slope = Patch { width: 100, height: 8, luma: slope }.lost_detail();
        assert!(stripes > 0.8 && slope < 0.2, "{stripes} {slope}");
    }
}
