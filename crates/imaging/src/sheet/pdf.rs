//! Pages as a PDF: each portrait's JPEG once, drawn as often as it is printed, marks as lines.

use std::borrow::Cow;

use pdf_writer::{Content, Filter, Name, Pdf, Rect, Ref};

use super::layout::{Layout, Place};
use super::units::points;
use super::{Order, marks, page};
use crate::encode::EncodeError;

/// The catalogue, the tree of pages, then the images, then two objects to a page.
const CATALOGUE: Ref = Ref::new(1);
const TREE: Ref = Ref::new(2);
const FIRST_FREE: i32 = 3;

/// Writes all pages.
pub(super) fn write(layout: &Layout, orders: &[Order<'_>], cut_marks: bool) -> Result<Vec<u8>, EncodeError> {
    let images = Images::of(orders);
    let mut pdf = Pdf::new();
    pdf.set_version(1, 6);
    let mut next = images.end();
    let mut page_refs = Vec::with_capacity(layout.pages.len());
    for places in &layout.pages {
        let (page_ref, content_ref) = (Ref::new(next), Ref::new(next + 1));
        next += 2;
        let mut page = pdf.page(page_ref);
        page.parent(TREE);
        page.media_box(Rect::new(0.0, 0.0, points(layout.width_mm), points(layout.height_mm)));
        page.contents(content_ref);
        let mut resources = page.resources();
        let mut names = resources.x_objects();
        for image in images.on(places) {
            names.pair(Name(name(image).as_bytes()), images.reference(image));
        }
        drop(names);
        drop(resources);
        drop(page);
        pdf.stream(content_ref, &content(layout, places, orders, &images, cut_marks));
        page_refs.push(page_ref);
    }
    images.write(&mut pdf)?;
    pdf.pages(TREE).count(page_refs.len() as i32).kids(page_refs);
    let mut catalogue = pdf.catalog(CATALOGUE);
    catalogue.pages(TREE);
    // Printed as large as it is, not fitted to the printer's idea of the page.
    catalogue.viewer_preferences().pair(Name(b"PrintScaling"), Name(b"None"));
    drop(catalogue);
    Ok(pdf.finish())
}

/// The different portraits among the orders.
struct Images<'a> {
    orders: &'a [Order<'a>],
    /// For each order, the first that prints the same portrait.
    first: Vec<usize>,
}

impl<'a> Images<'a> {
    fn of(orders: &'a [Order<'a>]) -> Self {
        let same = |order: &Order<'_>, other: &Order<'_>| std::ptr::eq(order.portrait, other.portrait);
        let first = orders
            .iter()
            .enumerate()
            .map(|(number, order)| orders.iter().position(|other| same(order, other)).unwrap_or(number));
        Self { orders, first: first.collect() }
    }

    /// The images that a page needs, each once.
    fn on(&self, places: &[Place]) -> Vec<usize> {
        let mut images: Vec<usize> = places.iter().map(|place| self.first[place.order]).collect();
        images.sort_unstable();
        images.dedup();
        images
    }

    fn reference(&self, image: usize) -> Ref {
        Ref::new(FIRST_FREE + self.first[image] as i32)
    }

    /// The first number behind the images'.
    fn end(&self) -> i32 {
        FIRST_FREE + self.orders.len() as i32
    }

    fn write(&self, pdf: &mut Pdf) -> Result<(), EncodeError> {
        for (number, order) in self.orders.iter().enumerate() {
            if self.first[number] != number {
                continue;
            }
            let jpeg: Cow<'_, [u8]> = order.portrait.jpeg()?;
            let picture = order.portrait.picture();
            let mut image = pdf.image_xobject(self.reference(number), &jpeg);
            image.filter(Filter::DctDecode);
            image.width(picture.width_px() as i32).height(picture.height_px() as i32);
            image.color_space().device_rgb();
            image.bits_per_component(8);
        }
        Ok(())
    }
}

/// What a page draws. A PDF's rows run from the bottom.
fn content(
    layout: &Layout,
    places: &[Place],
    orders: &[Order<'_>],
    images: &Images<'_>,
    cut_marks: bool,
) -> Vec<u8> {
    let mut content = Content::new();
    let up = |y_mm: f64| points(layout.height_mm - y_mm);
    if cut_marks {
        content.save_state();
        content.set_line_width(points(marks::THICKNESS_MM));
        content.set_stroke_gray(f32::from(marks::GREY) / 255.0);
        for mark in places.iter().flat_map(marks::around) {
            content.move_to(points(mark.from.0), up(mark.from.1));
            content.line_to(points(mark.to.0), up(mark.to.1));
        }
        content.stroke();
        content.restore_state();
    }
    for place in places {
        let order = &orders[place.order];
        let bottom = place.top_mm + place.height_mm;
        content.save_state();
        content.rect(points(place.left_mm), up(bottom), points(place.width_mm), points(place.height_mm));
        content.clip_nonzero();
        content.end_path();
        content.transform(matrix(layout, place, order));
        content.x_object(Name(name(images.first[place.order]).as_bytes()));
        content.restore_state();
    }
    content.finish().into_vec()
}

/// From the image's unit square to the page. The image is a sliver larger than its place in one direction, where its
/// pixels do not have exactly the print's shape; the clip cuts that off.
fn matrix(layout: &Layout, place: &Place, order: &Order<'_>) -> [f32; 6] {
    let picture = order.portrait.picture();
    let shown = page::shown(picture, (order.size.width_mm, order.size.height_mm));
    let mm_per_px = order.size.width_mm / shown.width;
    let (width_mm, height_mm) =
        (f64::from(picture.width_px()) * mm_per_px, f64::from(picture.height_px()) * mm_per_px);
    let (width, height) = (points(width_mm), points(height_mm));
    let middle_x = points(place.left_mm + place.width_mm / 2.0);
    let middle_y = points(layout.height_mm - place.top_mm - place.height_mm / 2.0);
    if place.sideways {
        // On its right side: the image's right points down the page, its top to the right.
        [0.0, -width, height, 0.0, middle_x - height / 2.0, middle_y + width / 2.0]
    } else {
        [width, 0.0, 0.0, height, middle_x - width / 2.0, middle_y - height / 2.0]
    }
}

fn name(image: usize) -> String {
    format!("P{image}")
}
