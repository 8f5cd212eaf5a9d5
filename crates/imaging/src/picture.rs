//! Pixels in memory: an 8-bit sRGB picture and a plane of coverage values.

/// An 8-bit sRGB picture, rows from the top, three bytes to a pixel.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    width_px: u32,
    height_px: u32,
    rgb: Vec<u8>,
}

/// One value between 0 and 1 for each pixel, rows from the top: how much of it is the person.
#[derive(Debug, Clone, PartialEq)]
pub struct Plane {
    width_px: u32,
    height_px: u32,
    values: Vec<f32>,
}

impl Picture {
    /// A picture from its bytes; `None` when a side is zero or the length is not width × height × 3.
    pub fn new(width_px: u32, height_px: u32, rgb: Vec<u8>) -> Option<Self> {
        let fits = width_px > 0 && height_px > 0 && rgb.len() == area(width_px, height_px).checked_mul(3)?;
        fits.then_some(Self { width_px, height_px, rgb })
    }

    /// A picture of one colour. A side of zero becomes one pixel.
    pub fn filled(width_px: u32, height_px: u32, colour: [u8; 3]) -> Self {
        let (width_px, height_px) = (width_px.max(1), height_px.max(1));
        Self { width_px, height_px, rgb: colour.repeat(area(width_px, height_px)) }
    }

    /// Width in pixels, at least one.
    pub fn width_px(&self) -> u32 {
        self.width_px
    }

    /// Height in pixels, at least one.
    pub fn height_px(&self) -> u32 {
        self.height_px
    }

    /// All bytes, rows from the top, R G B.
    pub fn rgb(&self) -> &[u8] {
        &self.rgb
    }

    /// The pixel in column `x` and row `y`; coordinates beyond the edge mean the edge.
    pub fn pixel(&self, x: u32, y: u32) -> [u8; 3] {
        let x = x.min(self.width_px - 1) as usize;
        let y = y.min(self.height_px - 1) as usize;
        let start = (y * self.width_px as usize + x) * 3;
        [self.rgb[start], self.rgb[start + 1], self.rgb[start + 2]]
    }

    /// Brightness of every pixel, 0 to 255, by the weights of ITU-R BT.601.
    pub fn luma(&self) -> Vec<u8> {
        self.rgb.chunks_exact(3).map(|p| luma([p[0], p[1], p[2]])).collect()
    }

    pub(crate) fn rgb_mut(&mut self) -> &mut [u8] {
        &mut self.rgb
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}×{})", self.width_px, self.height_px)
    }
}

impl Plane {
    /// A plane from its values; `None` when a side is zero or the length is not width × height.
    pub fn new(width_px: u32, height_px: u32, values: Vec<f32>) -> Option<Self> {
        let fits = width_px > 0 && height_px > 0 && values.len() == area(width_px, height_px);
        fits.then_some(Self { width_px, height_px, values })
    }

    /// A plane of one value. A side of zero becomes one pixel.
    pub fn filled(width_px: u32, height_px: u32, value: f32) -> Self {
        let (width_px, height_px) = (width_px.max(1), height_px.max(1));
        Self { width_px, height_px, values: vec![value; area(width_px, height_px)] }
    }

    /// Width in pixels, at least one.
    pub fn width_px(&self) -> u32 {
        self.width_px
    }

    /// Height in pixels, at least one.
    pub fn height_px(&self) -> u32 {
        self.height_px
    }

    /// All values, rows from the top.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// One row's values. The row must exist.
    pub fn row(&self, y: u32) -> &[f32] {
        let width = self.width_px as usize;
        &self.values[y as usize * width..][..width]
    }

    pub(crate) fn values_mut(&mut self) -> &mut [f32] {
        &mut self.values
    }
}

/// Brightness of one pixel, 0 to 255, by the weights of ITU-R BT.601.
pub(crate) fn luma([r, g, b]: [u8; 3]) -> u8 {
    ((u32::from(r) * 299 + u32::from(g) * 587 + u32::from(b) * 114 + 500) / 1000) as u8
}

fn area(width_px: u32, height_px: u32) -> usize {
    width_px as usize * height_px as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_do_not_fill_the_size_are_refused() {
        assert!(Picture::new(2, 2, vec![0; 12]).is_some());
        assert!(Picture::new(2, 2, vec![0; 11]).is_none());
        assert!(Picture::new(0, 2, Vec::new()).is_none());
        assert!(Plane::new(2, 2, vec![0.0; 3]).is_none());
    }

    #[test]
    fn beyond_the_edge_is_the_edge() {
        let picture = Picture::new(2, 1, vec![1, 2, 3, 4, 5, 6]).unwrap();
        assert_eq!(picture.pixel(9, 9), [4, 5, 6]);
    }

    #[test]
    fn luma_keeps_the_ends() {
        assert_eq!(luma([255, 255, 255]), 255);
        assert_eq!(luma([0, 0, 0]), 0);
    }
}
