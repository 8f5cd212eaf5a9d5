//! The headers of the common camera JPEG.

use super::huffman::Code;

/// More blocks than this never make up one unit (ITU-T T.81, B.2.3).
const MAX_BLOCKS: usize = 10;

/// A baseline picture in one scan, as far as its headers tell.
pub(super) struct Frame<'a> {
    pub width: usize,
    pub height: usize,
    /// One (grey) or three (YCbCr).
    pub components: Vec<Component>,
    /// Units between restart markers; 0 when there are none.
    pub restart_interval: usize,
    /// Everything behind the scan's header.
    pub scan: &'a [u8],
    dc: [Option<Code>; 4],
    ac: [Option<Code>; 4],
}

/// One colour component.
#[derive(Clone)]
pub(super) struct Component {
    /// Blocks side by side in one unit.
    pub across: usize,
    /// Blocks one below the other in one unit.
    pub down: usize,
    /// Quantization steps in zigzag order.
    pub steps: [u16; 64],
    id: u8,
    dc: usize,
    ac: usize,
}

impl<'a> Frame<'a> {
    /// Reads the headers. `None` for anything but an 8-bit sequential Huffman picture, grey or YCbCr, in one scan
    /// with at most two by two luma blocks to one of each chroma: the library reads those.
    pub(super) fn parse(bytes: &'a [u8]) -> Option<Self> {
        let mut steps: [Option<[u16; 64]>; 4] = [None; 4];
        let (mut dc, mut ac) = ([const { None }; 4], [const { None }; 4]);
        let mut restart_interval = 0;
        let mut adobe_transform = None;
        let mut size = None;
        let mut rest = bytes.strip_prefix(&[0xFF, 0xD8])?;
        loop {
            let [0xFF, kind, high, low, ..] = *rest else { return None };
            let length = usize::from(u16::from_be_bytes([high, low]));
            let body = rest.get(4..2 + length)?;
            match kind {
                0xC0 | 0xC1 if size.is_none() => size = Some(frame(body)?),
                0xC4 => huffman(body, &mut dc, &mut ac)?,
                0xDA => {
                    let (width, height, mut components, quantizers) = size?;
                    scan(body, &mut components)?;
                    for (component, table) in components.iter_mut().zip(quantizers) {
                        component.steps = (*steps.get(table)?)?;
                    }
                    let colours = match *components {
                        [_] => true,
                        [ref y, ref cb, ref cr] => is_ycbcr([y.id, cb.id, cr.id], adobe_transform),
                        _ => false,
                    };
                    let scan = rest.get(2 + length..)?;
                    let frame = Self { width, height, components, restart_interval, scan, dc, ac };
                    return (colours && frame.is_common()).then_some(frame);
                }
                0xDB => quantization(body, &mut steps)?,
                0xDD => restart_interval = usize::from(u16::from_be_bytes(*body.first_chunk()?)),
                0xEE => {
                    if let Some(fields) = body.strip_prefix(b"Adobe") {
                        adobe_transform = fields.get(6).copied();
                    }
                }
                0xE0..=0xEF | 0xFE => {}
                _ => return None,
            }
            rest = rest.get(2 + length..)?;
        }
    }

    /// The codes of one component's constant and other coefficients.
    pub(super) fn codes(&self, component: &Component) -> Option<(&Code, &Code)> {
        Some((self.dc.get(component.dc)?.as_ref()?, self.ac.get(component.ac)?.as_ref()?))
    }

    /// Blocks side by side and below each other that one unit's luma has.
    pub(super) fn unit(&self) -> (usize, usize) {
        self.components.first().map_or((1, 1), |luma| (luma.across, luma.down))
    }

    /// Units across and down that cover the picture.
    pub(super) fn units(&self) -> (usize, usize) {
        let (across, down) = self.unit();
        (self.width.div_ceil(8 * across), self.height.div_ceil(8 * down))
    }

    fn is_common(&self) -> bool {
        let (luma, chroma) = match self.components.as_slice() {
            [luma] => (luma, [luma, luma]),
            [luma, cb, cr] => (luma, [cb, cr]),
            _ => return false,
        };
        let blocks: usize = self.components.iter().map(|c| c.across * c.down).sum();
        let single = self.components.len() == 1 || chroma.iter().all(|c| (c.across, c.down) == (1, 1));
        single && luma.across <= 2 && luma.down <= 2 && blocks <= MAX_BLOCKS
    }
}

type Size = (usize, usize, Vec<Component>, Vec<usize>);

fn frame(body: &[u8]) -> Option<Size> {
    let (&[8, h1, h0, w1, w0, count], listed) = body.split_first_chunk()? else { return None };
    let (width, height) = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
    if width == 0 || height == 0 || listed.len() != usize::from(count) * 3 {
        return None;
    }
    let mut components = Vec::new();
    let mut quantizers = Vec::new();
    for listed in listed.chunks_exact(3) {
        // A scan of one component has units of one block, whatever its sampling says.
        let (across, down) = if count == 1 { (1, 1) } else { (listed[1] >> 4, listed[1] & 15) };
        if across == 0 || down == 0 {
            return None;
        }
        quantizers.push(usize::from(listed[2]));
        components.push(Component {
            across: usize::from(across),
            down: usize::from(down),
            steps: [1; 64],
            id: listed[0],
            dc: 0,
            ac: 0,
        });
    }
    Some((usize::from(width), usize::from(height), components, quantizers))
}

/// Which codes each component uses; all components must take part, whole.
fn scan(body: &[u8], components: &mut [Component]) -> Option<()> {
    let (&count, listed) = body.split_first()?;
    let (listed, &[0, 63, 0]) = listed.split_last_chunk()? else { return None };
    if usize::from(count) != components.len() || listed.len() != components.len() * 2 {
        return None;
    }
    for (component, listed) in components.iter_mut().zip(listed.chunks_exact(2)) {
        if component.id != listed[0] {
            return None;
        }
        (component.dc, component.ac) = (usize::from(listed[1] >> 4), usize::from(listed[1] & 15));
    }
    Some(())
}

fn quantization(mut body: &[u8], tables: &mut [Option<[u16; 64]>; 4]) -> Option<()> {
    while let Some((&kind, rest)) = body.split_first() {
        let table = tables.get_mut(usize::from(kind & 15))?;
        let mut steps = [0; 64];
        body = if kind >> 4 == 0 {
            let (values, rest) = rest.split_first_chunk::<64>()?;
            steps = values.map(u16::from);
            rest
        } else {
            let (values, rest) = rest.split_first_chunk::<128>()?;
            for (step, value) in steps.iter_mut().zip(values.chunks_exact(2)) {
                *step = u16::from_be_bytes([value[0], value[1]]);
            }
            rest
        };
        *table = Some(steps);
    }
    Some(())
}

fn huffman(mut body: &[u8], dc: &mut [Option<Code>; 4], ac: &mut [Option<Code>; 4]) -> Option<()> {
    while let Some((&kind, rest)) = body.split_first() {
        let (counts, rest) = rest.split_first_chunk::<16>()?;
        let total = counts.iter().map(|&count| usize::from(count)).sum();
        let (symbols, rest) = rest.split_at_checked(total)?;
        let tables = if kind >> 4 == 0 { &mut *dc } else { &mut *ac };
        *tables.get_mut(usize::from(kind & 15))? = Some(Code::new(counts, symbols)?);
        body = rest;
    }
    Some(())
}

/// As the libraries decide it: by Adobe's segment, else by the components' names.
fn is_ycbcr(ids: [u8; 3], adobe_transform: Option<u8>) -> bool {
    match adobe_transform {
        Some(transform) => transform == 1,
        None => ids != *b"RGB" && ids != *b"rgb",
    }
}
