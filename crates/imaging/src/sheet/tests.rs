//! Sheets as the person with the knife sees them: everything there once, nothing touching, exact sizes.

use proptest::prelude::*;

use super::*;
use crate::decode::{DecodeLimits, decode};

const ONE_INCH: PrintSize = PrintSize { width_mm: 25.0, height_mm: 35.0 };
const TWO_INCH: PrintSize = PrintSize { width_mm: 35.0, height_mm: 49.0 };
const PASSPORT: PrintSize = PrintSize { width_mm: 33.0, height_mm: 48.0 };

/// A portrait whose corners are red, green, blue (clockwise from the upper left) and whose rest is grey.
fn portrait(width_px: u32, height_px: u32) -> Portrait {
    let colour = |x: u32, y: u32| match (x < width_px / 3, y < height_px / 3) {
        (true, true) => [255, 0, 0],
        (false, true) if x >= 2 * width_px / 3 => [0, 255, 0],
        (false, false) if x >= 2 * width_px / 3 && y >= 2 * height_px / 3 => [0, 0, 255],
        _ => [120, 120, 120],
    };
    let rgb = (0..height_px).flat_map(|y| (0..width_px).flat_map(move |x| colour(x, y))).collect();
    Portrait::of(Picture::new(width_px, height_px, rgb).unwrap())
}

fn order(portrait: &Portrait, size: PrintSize, copies: Copies) -> Order<'_> {
    Order { portrait, size, copies }
}

fn count(size: PrintSize, paper: Paper) -> usize {
    let layout = layout::lay_out(&[(size, Copies::AsManyAsFit)], paper).unwrap();
    assert_eq!(layout.pages.len(), 1);
    layout.pages[0].len()
}

#[test]
fn a_sheet_holds_what_a_photographer_gets_out_of_it() {
    let counts = Paper::ALL.map(|paper| [ONE_INCH, TWO_INCH, PASSPORT].map(|size| count(size, paper)));
    assert_eq!(counts, [[9, 4, 5], [13, 6, 6], [55, 30, 32]]);
}

#[test]
fn asked_for_counts_are_kept_over_as_many_pages_as_it_takes() {
    let wishes = [(ONE_INCH, Copies::Exactly(30)), (TWO_INCH, Copies::Exactly(5))];
    let layout = layout::lay_out(&wishes, Paper::SixInch).unwrap();
    assert_eq!(layout.counts(2), [30, 5]);
    assert!(layout.pages.len() >= 3 && layout.pages.iter().all(|page| !page.is_empty()));
}

#[test]
fn a_mixed_sheet_fills_the_rest_with_what_has_no_count() {
    let wishes = [(ONE_INCH, Copies::AsManyAsFit), (TWO_INCH, Copies::Exactly(2))];
    let layout = layout::lay_out(&wishes, Paper::SixInch).unwrap();
    let counts = layout.counts(2);
    assert!(layout.pages.len() == 1 && counts[1] == 2 && counts[0] >= 6, "{counts:?}");
}

#[test]
fn several_people_share_a_page_evenly() {
    let wishes = [(ONE_INCH, Copies::AsManyAsFit); 3];
    let counts = layout::lay_out(&wishes, Paper::A4).unwrap().counts(3);
    assert!(counts.iter().max().unwrap() - counts.iter().min().unwrap() <= 1, "{counts:?}");
}

#[test]
fn what_cannot_be_printed_is_refused_and_says_why() {
    let tall = portrait(480, 640);
    let refused = |size, copies, paper| {
        Sheet::lay_out(&[order(&tall, size, copies)], paper, true).unwrap_err().to_string()
    };
    let shape = refused(ONE_INCH, Copies::Exactly(1), Paper::A4);
    assert!(shape.contains("480×640") && shape.contains("25.0×35.0 mm"), "{shape}");
    let portrait_mm = |width_mm: f64| PrintSize { width_mm, height_mm: width_mm * 4.0 / 3.0 };
    let too_large = refused(portrait_mm(90.0), Copies::Exactly(1), Paper::FiveInch);
    assert!(too_large.contains("5in") && too_large.contains("larger paper"), "{too_large}");
    assert!(refused(portrait_mm(3.0), Copies::Exactly(1), Paper::A4).contains("cannot be cut"));
    assert!(refused(portrait_mm(30.0), Copies::Exactly(0), Paper::A4).contains("nothing to print"));
    assert!(refused(portrait_mm(30.0), Copies::Exactly(1001), Paper::A4).contains("several runs"));
    assert!(matches!(Sheet::lay_out(&[], Paper::A4, true), Err(SheetError::Nothing)));
}

#[test]
fn a_page_has_the_papers_pixels_and_says_its_density() {
    let portrait = portrait(295, 413);
    for paper in Paper::ALL {
        let sheet = Sheet::lay_out(&[order(&portrait, ONE_INCH, Copies::AsManyAsFit)], paper, true).unwrap();
        let jpeg = sheet.jpeg(0).unwrap().unwrap();
        assert_eq!((&jpeg[6..11], &jpeg[13..18]), (&b"JFIF\0"[..], &[1, 0x01, 0x2C, 0x01, 0x2C][..]));
        let page = decode(&jpeg, &DecodeLimits::default()).unwrap();
        let (short, long) = paper.sides_mm();
        let px = |mm: f64| (mm / 25.4 * 300.0).round() as u32;
        let mut sides = [page.width_px(), page.height_px()];
        sides.sort_unstable();
        assert_eq!(sides, [px(short), px(long)]);
        assert_eq!(sheet.jpeg(1).unwrap(), None);
    }
}

/// Standing or lying, the corners keep their order round the print: nothing is mirrored.
#[test]
fn prints_are_copied_pixel_by_pixel_and_lie_on_their_right_side() {
    let portrait = portrait(295, 413);
    let sheet =
        Sheet::lay_out(&[order(&portrait, ONE_INCH, Copies::Exactly(13))], Paper::SixInch, true).unwrap();
    let page = sheet.picture(0).unwrap();
    let places = &sheet.layout().pages[0];
    assert!(places.iter().any(|place| place.sideways) && places.iter().any(|place| !place.sideways));
    for place in places {
        let px = |mm: f64| (mm / 25.4 * 300.0).round() as u32;
        let (left, top) = (px(place.left_mm), px(place.top_mm));
        let source = portrait.picture();
        for (x, y) in [(0, 0), (294, 0), (294, 412), (0, 412), (100, 7)] {
            let (page_x, page_y) = if place.sideways { (412 - y, x) } else { (x, y) };
            assert_eq!(page.pixel(left + page_x, top + page_y), source.pixel(x, y), "{place:?} at {x},{y}");
        }
    }
}

#[test]
fn marks_are_in_the_gaps_and_can_be_left_out() {
    let portrait = portrait(295, 413);
    let orders = [order(&portrait, ONE_INCH, Copies::AsManyAsFit)];
    let marked = Sheet::lay_out(&orders, Paper::FiveInch, true).unwrap();
    let plain = Sheet::lay_out(&orders, Paper::FiveInch, false).unwrap();
    let (marked_page, plain_page) = (marked.picture(0).unwrap(), plain.picture(0).unwrap());
    let differing = || {
        let width = marked_page.width_px();
        let pixels = marked_page.rgb().chunks_exact(3).zip(plain_page.rgb().chunks_exact(3));
        pixels.enumerate().filter(|(_, (a, b))| a != b).map(move |(i, (a, b))| {
            assert_eq!((a, b), (&[marks::GREY; 3][..], &[255; 3][..]), "a mark lies on a print");
            (i as u32 % width, i as u32 / width)
        })
    };
    assert!(differing().count() > 500);
    assert!(!String::from_utf8_lossy(&plain.pdf().unwrap()).contains(" l\n"));
    assert!(String::from_utf8_lossy(&marked.pdf().unwrap()).contains(" l\n"));
}

#[test]
fn a_lying_sheet_goes_into_the_printer_standing_with_nothing_lost_or_mirrored() {
    let portrait = portrait(480, 640);
    let size = PrintSize { width_mm: 33.0, height_mm: 44.0 };
    for paper in Paper::ALL {
        let lying = Sheet::lay_out(&[order(&portrait, size, Copies::AsManyAsFit)], paper, true).unwrap();
        let standing = lying.clone().standing();
        let (layout, count) = (standing.layout(), lying.layout().pages[0].len());
        assert!(layout.width_mm < layout.height_mm && layout.pages[0].len() == count);
        let page = standing.picture(0).unwrap();
        for place in &layout.pages[0] {
            let px = |mm: f64| (mm / 25.4 * 300.0).round() as u32;
            let corner = if place.sideways {
                (place.left_mm + place.width_mm - 2.0, place.top_mm + 2.0)
            } else {
                (place.left_mm + 2.0, place.top_mm + 2.0)
            };
            assert_eq!(
                page.pixel(px(corner.0), px(corner.1)),
                [255, 0, 0],
                "{place:?} begins with its upper left corner"
            );
        }
    }
}

#[test]
fn the_number_stands_under_each_print_and_on_none() {
    let portrait = portrait(480, 640);
    let size = PrintSize { width_mm: 33.0, height_mm: 44.0 };
    let plain = Sheet::lay_out(&[order(&portrait, size, Copies::AsManyAsFit)], Paper::SixInch, true).unwrap();
    let named = plain.clone().with_caption("A012");
    let (before, after) = (plain.picture(0).unwrap(), named.picture(0).unwrap());
    let changed = before.rgb().chunks_exact(3).zip(after.rgb().chunks_exact(3)).filter(|(a, b)| a != b);
    let mut dots = 0;
    for (paper, ink) in changed {
        assert_eq!((paper, ink), (&[255; 3][..], &[caption::GREY; 3][..]), "on white paper only");
        dots += 1;
    }
    assert!(dots > 100 * plain.layout().pages[0].len(), "{dots}");
    assert!(named.pdf().unwrap().len() > plain.pdf().unwrap().len());
}

/// A reader of PWG Raster, written from the standard: the page's pixels.
fn unpacked(raster: &[u8]) -> (u32, u32, Vec<u8>) {
    assert!(raster.starts_with(b"RaS2PwgRaster\0"));
    let field = |at: usize| u32::from_be_bytes(raster[4 + at..8 + at].try_into().unwrap());
    let (width, height) = (field(372), field(376));
    assert_eq!((field(276), field(388), field(392), field(400)), (300, 24, width * 3, 19));
    let (mut rgb, mut rest) = (Vec::new(), &raster[4 + 1796..]);
    while rgb.len() < (width * height * 3) as usize {
        let repeats = usize::from(rest[0]) + 1;
        rest = &rest[1..];
        let mut line = Vec::new();
        while line.len() < width as usize * 3 {
            let (times, bytes) = match rest[0] {
                run @ 0..=127 => (usize::from(run) + 1, 3),
                stretch => (1, (257 - usize::from(stretch)) * 3),
            };
            line.extend(rest[1..=bytes].repeat(times));
            rest = &rest[1 + bytes..];
        }
        rgb.extend(line.repeat(repeats));
    }
    assert!(rest.is_empty());
    (width, height, rgb)
}

#[test]
fn a_raster_page_has_the_printers_paper_dot_by_dot() {
    let mut noisy = Picture::filled(480, 640, [10, 20, 30]);
    for (at, byte) in noisy.rgb_mut().iter_mut().enumerate().step_by(3) {
        *byte = (at.wrapping_mul(2_654_435_761) >> 7 & if at % 5 == 0 { 1 } else { 255 }) as u8;
    }
    let portrait = Portrait::of(noisy);
    let size = PrintSize { width_mm: 33.0, height_mm: 44.0 };
    let orders = [order(&portrait, size, Copies::AsManyAsFit)];
    for (paper, sides) in Paper::ALL.into_iter().zip([(1050, 1500), (1200, 1800), (2480, 3508)]) {
        let sheet = Sheet::lay_out(&orders, paper, true).unwrap().standing();
        let (width, height, rgb) = unpacked(&sheet.raster(0).unwrap());
        assert_eq!((width, height), sides);
        let page = sheet.picture(0).unwrap();
        let (dx, dy) = (
            (i64::from(width) - i64::from(page.width_px())).div_euclid(2),
            (i64::from(height) - i64::from(page.height_px())).div_euclid(2),
        );
        for (x, y) in
            (40..width - 40).step_by(7).flat_map(|x| (40..height - 40).step_by(11).map(move |y| (x, y)))
        {
            let at = ((y * width + x) * 3) as usize;
            let own = page.pixel((i64::from(x) - dx) as u32, (i64::from(y) - dy) as u32);
            assert_eq!(rgb[at..at + 3], own, "at {x},{y} on {paper}");
        }
    }
}

/// Bytes of a PDF that are text, and how often a pattern is in them.
fn occurrences(pdf: &[u8], pattern: &[u8]) -> usize {
    pdf.windows(pattern.len()).filter(|window| *window == pattern).count()
}

#[test]
fn a_pdf_has_the_papers_size_and_each_portraits_own_bytes_once() {
    let file = encode_at(&Picture::filled(295, 413, [100, 197, 255]), 300, 90).unwrap();
    let portrait = Portrait::read(file.clone(), &DecodeLimits::default()).unwrap();
    let orders = [
        order(&portrait, ONE_INCH, Copies::Exactly(70)),
        order(&portrait, PrintSize { width_mm: 35.0, height_mm: 49.0 }, Copies::Exactly(2)),
    ];
    let sheet = Sheet::lay_out(&orders, Paper::A4, true).unwrap();
    let pdf = sheet.pdf().unwrap();
    assert!(pdf.starts_with(b"%PDF-1.6") && pdf.ends_with(b"%%EOF"));
    assert_eq!(occurrences(&pdf, &file), 1);
    assert_eq!(occurrences(&pdf, b"/Filter /DCTDecode"), 1);
    assert_eq!(occurrences(&pdf, b"/Type /Page\n"), sheet.layout().pages.len());
    assert_eq!(occurrences(&pdf, b" Do\n"), 72, "every print is drawn");
    assert_eq!(occurrences(&pdf, b"/PrintScaling /None"), 1);
    let (short, long) = ("595.2756", "841.8898");
    let text = String::from_utf8_lossy(&pdf);
    let media_box = text.split("/MediaBox [").nth(1).and_then(|rest| rest.split(']').next()).unwrap();
    assert!(media_box.contains(short) && media_box.contains(long), "{media_box}");
}

fn wish() -> impl Strategy<Value = (PrintSize, Copies)> {
    let sizes =
        [(25.0, 35.0), (22.0, 32.0), (33.0, 48.0), (35.0, 49.0), (51.0, 51.0), (53.0, 35.0), (26.0, 32.0)];
    let named = prop::sample::select(sizes.to_vec());
    let size = prop_oneof![named, (8.0..80.0f64, 8.0..80.0f64)];
    let copies = prop_oneof![(1..40u32).prop_map(Copies::Exactly), Just(Copies::AsManyAsFit)];
    (size, copies).prop_map(|((width_mm, height_mm), copies)| (PrintSize { width_mm, height_mm }, copies))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever is asked for: nothing overlaps or touches, everything is inside the margins, every print has its
    /// exact size, standing or lying, and every count is kept.
    #[test]
    fn every_sheet_can_be_cut(wishes in prop::collection::vec(wish(), 1..5), paper in prop::sample::select(Paper::ALL.to_vec())) {
        let layout = layout::lay_out(&wishes, paper).unwrap();
        for (wish, count) in wishes.iter().zip(layout.counts(wishes.len())) {
            match wish.1 {
                Copies::Exactly(wanted) => prop_assert_eq!(count, wanted),
                Copies::AsManyAsFit => prop_assert!(count >= 1),
            }
        }
        let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
        for page in &layout.pages {
            prop_assert!(!page.is_empty());
            for (number, place) in page.iter().enumerate() {
                let size = wishes[place.order].0;
                let (width, height) = if place.sideways { (size.height_mm, size.width_mm) } else { (size.width_mm, size.height_mm) };
                prop_assert!(close(place.width_mm, width) && close(place.height_mm, height), "{:?}", place);
                let (right, bottom) = (place.left_mm + width, place.top_mm + height);
                prop_assert!(place.left_mm >= MARGIN_MM - 1e-5 && right <= layout.width_mm - MARGIN_MM + 1e-5, "{:?}", place);
                prop_assert!(place.top_mm >= MARGIN_MM - 1e-5 && bottom <= layout.height_mm - MARGIN_MM + 1e-5, "{:?}", place);
                for other in &page[number + 1..] {
                    let beside = other.left_mm >= right + GAP_MM - 1e-5 || place.left_mm >= other.left_mm + other.width_mm + GAP_MM - 1e-5;
                    let below = other.top_mm >= bottom + GAP_MM - 1e-5 || place.top_mm >= other.top_mm + other.height_mm + GAP_MM - 1e-5;
                    prop_assert!(beside || below, "{:?} and {:?}", place, other);
                }
                let half = marks::THICKNESS_MM / 2.0;
                for mark in page.iter().flat_map(marks::around) {
                    let beside = mark.to.0 + half <= place.left_mm || mark.from.0 - half >= right;
                    let below = mark.to.1 + half <= place.top_mm || mark.from.1 - half >= bottom;
                    prop_assert!(beside || below, "{:?} lies on {:?}", mark, place);
                }
            }
        }
    }

    /// One size alone never gets fewer prints than a plain grid would give it, whichever way paper and print lie.
    #[test]
    fn never_worse_than_a_grid(width_mm in 8.0..80.0f64, height_mm in 8.0..80.0f64, paper in prop::sample::select(Paper::ALL.to_vec())) {
        let (short, long) = paper.sides_mm();
        let along = |room: f64, side: f64| ((room - 2.0 * MARGIN_MM + GAP_MM) / (side + GAP_MM)) as usize;
        let grid = |w: f64, h: f64| along(short, w) * along(long, h);
        let best = grid(width_mm, height_mm).max(grid(height_mm, width_mm));
        let size = PrintSize { width_mm, height_mm };
        prop_assert!(count(size, paper) >= best);
    }

    /// A print on the page is as large as asked for, up to a pixel.
    #[test]
    fn a_print_has_its_physical_size(width_mm in 15.0..60.0f64, shape in 0.6..1.6f64, exact in any::<bool>()) {
        let height_mm = width_mm * shape;
        let scale = if exact { 300.0 / 25.4 } else { 7.3 };
        let portrait = Portrait::of(Picture::filled((width_mm * scale).round() as u32, (height_mm * scale).round() as u32, [10, 20, 200]));
        let size = PrintSize { width_mm, height_mm };
        let Ok(sheet) = Sheet::lay_out(&[order(&portrait, size, Copies::Exactly(1))], Paper::SixInch, false) else { return Ok(()) };
        let page = sheet.picture(0).unwrap();
        let blue = |pixel: &[u8]| pixel[2] > 190 && pixel[0] < 60;
        let width = page.width_px() as usize;
        let (mut columns, mut rows) = (vec![false; width], vec![false; page.height_px() as usize]);
        for (i, _) in page.rgb().chunks_exact(3).enumerate().filter(|(_, pixel)| blue(pixel)) {
            columns[i % width] = true;
            rows[i / width] = true;
        }
        let place = sheet.layout().pages[0][0];
        let found = |hit: &[bool]| hit.iter().filter(|hit| **hit).count() as f64;
        prop_assert!((found(&columns) - place.width_mm / 25.4 * 300.0).abs() <= 1.0);
        prop_assert!((found(&rows) - place.height_mm / 25.4 * 300.0).abs() <= 1.0);
    }
}
