//! Points and windows in a picture's own pixels: x to the right, y down, fractions allowed.

use serde::Serialize;

/// A place in a picture, pixels from the left and top edges.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// Pixels from the left edge.
    pub x: f64,
    /// Pixels from the top edge.
    pub y: f64,
}

/// An upright rectangle in a picture; it may reach beyond the picture's edges.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Window {
    /// Left edge, pixels.
    pub left: f64,
    /// Top edge, pixels.
    pub top: f64,
    /// Width, pixels.
    pub width: f64,
    /// Height, pixels.
    pub height: f64,
}

impl Point {
    /// The place halfway to `other`.
    #[must_use]
    pub fn midway(self, other: Self) -> Self {
        Self { x: f64::midpoint(self.x, other.x), y: f64::midpoint(self.y, other.y) }
    }

    /// Distance to `other`, pixels.
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

impl Window {
    /// The whole of a picture of this size.
    pub fn whole(width_px: u32, height_px: u32) -> Self {
        Self { left: 0.0, top: 0.0, width: f64::from(width_px), height: f64::from(height_px) }
    }

    /// A window around `centre`.
    pub fn around(centre: Point, width: f64, height: f64) -> Self {
        Self { left: centre.x - width / 2.0, top: centre.y - height / 2.0, width, height }
    }

    /// Right edge, pixels.
    pub fn right(&self) -> f64 {
        self.left + self.width
    }

    /// Bottom edge, pixels.
    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }

    /// The middle.
    pub fn centre(&self) -> Point {
        Point { x: self.left + self.width / 2.0, y: self.top + self.height / 2.0 }
    }

    /// Square pixels covered.
    pub fn area(&self) -> f64 {
        self.width * self.height
    }

    /// What both windows cover; `None` when they do not meet.
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        let left = self.left.max(other.left);
        let top = self.top.max(other.top);
        let width = self.right().min(other.right()) - left;
        let height = self.bottom().min(other.bottom()) - top;
        (width > 0.0 && height > 0.0).then_some(Self { left, top, width, height })
    }

    /// The same window with every length multiplied, for a picture resized by `factor`.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        Self {
            left: self.left * factor,
            top: self.top * factor,
            width: self.width * factor,
            height: self.height * factor,
        }
    }
}
