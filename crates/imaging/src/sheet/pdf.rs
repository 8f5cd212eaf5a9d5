//! Pages as a PDF: each portrait's JPEG once, drawn as often as it is printed, marks as lines.

use pdf_writer::{Content, Filter, Name, Pdf, Rect, Ref};

use super::layout::{Layout, Place};
use super::units::points;
use super::{Order, Portrait, caption, marks, page};
use crate::encode::EncodeError;

/// The first two objects; images and pages follow.
const CATALOGUE: Ref = Ref::new(1);
const TREE: Ref = Ref::new(2);
const FIRST_FREE: Ref = Ref::new(3);

/// Writes all pages.
pub(super) fn write(
    layout: &Layout,
    orders: &[Order<'_>],
    cut_marks: bool,
    text: Option<&str>,
) -> Result<Vec<u8>, EncodeError> {
    let mut next = FIRST_FREE;
    let images = Images::of(orders, &mut next);
    let mut pdf = Pdf::new();
    pdf.set_version(1, 6);
    let mut page_refs = Vec::with_capacity(layout.pages.len());
    for places in &layout.pages {
        let (page_ref, content_ref) = (next.bump(), next.bump());
        let mut page = pdf.page(page_ref);
        page.parent(TREE);
        page.media_box(Rect::new(0.0, 0.0, points(layout.width_mm), points(layout.height_mm)));
        page.contents(content_ref);
        let mut resources = page.resources();
        let mut names = resources.x_objects();
        for image in images.on(places) {
            names.pair(Name(name(image).as_bytes()), images.refs[image]);
        }
        drop(names);
        drop(resources);
        drop(page);
        let mut content = content(layout, places, orders, &images, cut_marks);
        if let Some(text) = text {
            write_under(&mut content, layout, places, text);
        }
        pdf.stream(content_ref, &content.finish());
        page_refs.push(page_ref);
    }
    images.write(&mut pdf)?;
    pdf.pages(TREE).count(integer(page_refs.len())).kids(page_refs);
    let mut catalogue = pdf.catalog(CATALOGUE);
    catalogue.pages(TREE);
    // Printed as large as it is, not fitted to the printer's idea of the page.
    catalogue.viewer_preferences().pair(Name(b"PrintScaling"), Name(b"None"));
    drop(catalogue);
    Ok(pdf.finish())
}

/// The different portraits among the orders.
struct Images<'a> {
    portraits: Vec<&'a Portrait>,
    refs: Vec<Ref>,
    /// For each order, which of the portraits it prints.
    of_order: Vec<usize>,
}

impl<'a> Images<'a> {
    fn of(orders: &[Order<'a>], next: &mut Ref) -> Self {
        let (mut portraits, mut of_order) = (Vec::<&Portrait>::new(), Vec::new());
        for order in orders {
            let known = portraits.iter().position(|portrait| std::ptr::eq(*portrait, order.portrait));
            of_order.push(known.unwrap_or_else(|| {
                portraits.push(order.portrait);
                portraits.len() - 1
            }));
        }
        let refs = portraits.iter().map(|_| next.bump()).collect();
        Self { portraits, refs, of_order }
    }

    /// The images that a page needs, each once.
    fn on(&self, places: &[Place]) -> Vec<usize> {
        let mut images: Vec<usize> = places.iter().map(|place| self.of_order[place.order]).collect();
        images.sort_unstable();
        images.dedup();
        images
    }

    fn write(&self, pdf: &mut Pdf) -> Result<(), EncodeError> {
        for (portrait, reference) in self.portraits.iter().zip(&self.refs) {
            let jpeg = portrait.jpeg()?;
            let picture = portrait.picture();
            let mut image = pdf.image_xobject(*reference, &jpeg);
            image.filter(Filter::DctDecode);
            image.width(integer(picture.width_px())).height(integer(picture.height_px()));
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
) -> Content {
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
        content.x_object(Name(name(images.of_order[place.order]).as_bytes()));
        content.restore_state();
    }
    content
}

/// Writes a text under each print.
fn write_under(content: &mut Content, layout: &Layout, places: &[Place], text: &str) {
    content.save_state();
    content.set_fill_gray(f32::from(caption::GREY) / 255.0);
    for dot in places.iter().flat_map(|place| caption::under(place, text)) {
        let (width, height) = (points(dot.to.0 - dot.from.0), points(dot.to.1 - dot.from.1));
        content.rect(points(dot.from.0), points(layout.height_mm - dot.to.1), width, height);
    }
    content.fill_nonzero();
    content.restore_state();
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

/// A count as a PDF writes it. Sides and pages are far below the largest.
fn integer(count: impl TryInto<i32>) -> i32 {
    count.try_into().unwrap_or(i32::MAX)
}
