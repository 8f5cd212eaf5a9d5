//! A photo as live view: made small once, cut with a slight sway, each cut encoded once.

use std::{
    collections::BTreeMap,
    io::Cursor,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use image::{DynamicImage, ImageDecoder, ImageReader, codecs::jpeg::JpegEncoder};

use super::photos;
use crate::{Fault, FramePixels, LiveFrame};

/// About 15 frames a second.
pub const FRAME_PERIOD: Duration = Duration::from_millis(66);

/// The longer side of a frame, in pixels.
const FRAME_PX: u32 = 960;
/// The person moves at most so many pixels to each side.
const SWAY_PX: u32 = 2;
const JPEG_QUALITY: u8 = 80;
const DECODE_MAX_BYTES: u64 = 512 << 20;
const DECODE_MAX_PX: u32 = 20_000;

/// One breath: offsets of the cut from the left and the top, each held for [`FRAMES_A_STEP`] frames.
const BREATH: [(u32, u32); 12] =
    [(2, 2), (2, 1), (3, 1), (3, 0), (2, 0), (2, 1), (2, 2), (2, 3), (1, 3), (1, 4), (2, 4), (2, 3)];
const FRAMES_A_STEP: usize = 5;

/// The live picture of one person at a time.
pub struct Preview {
    file_max_bytes: u64,
    subject: Option<Subject>,
    frame: usize,
}

struct Subject {
    path: PathBuf,
    /// A photo that was replaced by another one shows somebody else.
    written_at: Option<SystemTime>,
    /// What the file showed; a file that cannot be shown is not tried for each frame.
    view: Result<View, Fault>,
}

struct View {
    picture: DynamicImage,
    width_px: u32,
    height_px: u32,
    encoded: BTreeMap<(u32, u32), Arc<[u8]>>,
}

impl Preview {
    pub fn new(file_max_bytes: u64) -> Self {
        Self { file_max_bytes, subject: None, frame: 0 }
    }

    /// Lets go of the picture.
    pub fn forget(&mut self) {
        self.subject = None;
    }

    /// The next frame of the person on this photo.
    pub fn next_frame(&mut self, path: &Path) -> Result<LiveFrame, Fault> {
        let written_at = path.metadata().and_then(|metadata| metadata.modified()).ok();
        let shown = self.subject.as_ref();
        if shown.is_none_or(|subject| subject.path != path || subject.written_at != written_at) {
            let view = View::load(path, self.file_max_bytes);
            self.subject = Some(Subject { path: path.to_owned(), written_at, view });
        }
        let offset = BREATH[self.frame / FRAMES_A_STEP % BREATH.len()];
        self.frame = self.frame.wrapping_add(1);
        match self.subject.as_mut().map(|subject| &mut subject.view) {
            Some(Ok(view)) => view.frame(offset),
            Some(Err(fault)) => Err(*fault),
            None => Err(Fault::BrokenFile),
        }
    }
}

impl View {
    fn load(path: &Path, file_max_bytes: u64) -> Result<Self, Fault> {
        let bytes = photos::read(path, file_max_bytes)?;
        let photo = upright(&bytes).map_err(|_| Fault::BrokenFile)?;
        let room = FRAME_PX + 2 * SWAY_PX;
        let picture = DynamicImage::ImageRgb8(photo.thumbnail(room, room).into_rgb8());
        let (width_px, height_px) = (
            picture.width().saturating_sub(2 * SWAY_PX).max(1),
            picture.height().saturating_sub(2 * SWAY_PX).max(1),
        );
        Ok(Self { picture, width_px, height_px, encoded: BTreeMap::new() })
    }

    fn frame(&mut self, (left, top): (u32, u32)) -> Result<LiveFrame, Fault> {
        let (width_px, height_px) = (self.width_px, self.height_px);
        let jpeg = if let Some(known) = self.encoded.get(&(left, top)) {
            Arc::clone(known)
        } else {
            let mut jpeg = Vec::new();
            self.picture
                .crop_imm(left, top, width_px, height_px)
                .write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, JPEG_QUALITY))
                .map_err(|_| Fault::BrokenFile)?;
            let jpeg: Arc<[u8]> = jpeg.into();
            self.encoded.insert((left, top), Arc::clone(&jpeg));
            jpeg
        };
        Ok(LiveFrame { width_px, height_px, pixels: FramePixels::Jpeg(jpeg) })
    }
}

fn upright(bytes: &[u8]) -> image::ImageResult<DynamicImage> {
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(DECODE_MAX_BYTES);
    limits.max_image_width = Some(DECODE_MAX_PX);
    limits.max_image_height = Some(DECODE_MAX_PX);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}
