//! A page as pixels.

use super::layout::{Layout, Place};
use super::units::{offset_px, pixels};
use super::{Order, SheetError, caption, marks};
use crate::geometry::Window;
use crate::picture::Picture;
use crate::resample::{Kernel, place};
use crate::spec::PrintSize;

/// How far a portrait's shape may be off its print's: what rounding to whole pixels and millimetres makes.
const SHAPE_TOLERANCE: f64 = 0.005;

/// Refuses a portrait that would have to be stretched.
pub(super) fn fits(portrait: &Picture, size: PrintSize) -> Result<(), SheetError> {
    let (width, height) = (f64::from(portrait.width_px()), f64::from(portrait.height_px()));
    let off = (width / height) / (size.width_mm / size.height_mm) - 1.0;
    if off.abs() <= SHAPE_TOLERANCE {
        return Ok(());
    }
    Err(SheetError::WrongShape {
        width_px: portrait.width_px(),
        height_px: portrait.height_px(),
        width_mm: size.width_mm,
        height_mm: size.height_mm,
    })
}

/// The part of a portrait, in its own pixels, that has exactly the print's shape: all of it but for the sliver that
/// rounding leaves over, so that nothing is stretched.
pub(super) fn shown(portrait: &Picture, (width, height): (f64, f64)) -> Window {
    let whole = Window::whole(portrait.width_px(), portrait.height_px());
    let scale = (whole.width / width).min(whole.height / height);
    Window::around(whole.centre(), width * scale, height * scale)
}

/// Draws a page.
pub(super) fn paint(layout: &Layout, places: &[Place], orders: &[Order<'_>], cut_marks: bool) -> Picture {
    let mut page = Picture::filled(pixels(layout.width_mm), pixels(layout.height_mm), [255; 3]);
    if cut_marks {
        for mark in places.iter().flat_map(marks::around) {
            draw_mark(&mut page, mark);
        }
    }
    for (number, order) in orders.iter().enumerate() {
        let mut own = places.iter().filter(|place| place.order == number).peekable();
        if own.peek().is_none() {
            continue;
        }
        let print = print(order);
        for place in own {
            draw_print(&mut page, &print, place);
        }
    }
    page
}

/// Writes a text under each print.
pub(super) fn write_under(page: &mut Picture, places: &[Place], text: &str) {
    for dot in places.iter().flat_map(|place| caption::under(place, text)) {
        for y in offset_px(dot.from.1)..offset_px(dot.to.1) {
            for x in offset_px(dot.from.0)..offset_px(dot.to.0) {
                put(page, x, y, [caption::GREY; 3]);
            }
        }
    }
}

/// The portrait at its print's pixels.
fn print(order: &Order<'_>) -> Picture {
    let portrait = order.portrait.picture();
    let (width, height) = (pixels(order.size.width_mm), pixels(order.size.height_mm));
    let window = shown(portrait, (f64::from(width), f64::from(height)));
    place(portrait, window, width, height, Kernel::Lanczos).0
}

/// Copies a print to its place; a sideways one is laid on its right side.
fn draw_print(page: &mut Picture, print: &Picture, place: &Place) {
    let (left, top) = (offset_px(place.left_mm), offset_px(place.top_mm));
    let (width, height) = (print.width_px(), print.height_px());
    let (across, down) = if place.sideways { (height, width) } else { (width, height) };
    for y in 0..down {
        for x in 0..across {
            let pixel = if place.sideways { print.pixel(y, height - 1 - x) } else { print.pixel(x, y) };
            put(page, left + x, top + y, pixel);
        }
    }
}

fn draw_mark(page: &mut Picture, mark: marks::Mark) {
    let half = marks::THICKNESS_MM / 2.0;
    let flat = mark.to.1 <= mark.from.1;
    let (dx, dy) = if flat { (0.0, half) } else { (half, 0.0) };
    for y in offset_px(mark.from.1 - dy)..offset_px(mark.to.1 + dy) {
        for x in offset_px(mark.from.0 - dx)..offset_px(mark.to.0 + dx) {
            put(page, x, y, [marks::GREY; 3]);
        }
    }
}

/// Sets a pixel; one beyond the page is left out.
fn put(page: &mut Picture, x: u32, y: u32, pixel: [u8; 3]) {
    if x < page.width_px() && y < page.height_px() {
        let at = (y as usize * page.width_px() as usize + x as usize) * 3;
        page.rgb_mut()[at..at + 3].copy_from_slice(&pixel);
    }
}
