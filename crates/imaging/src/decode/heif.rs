//! HEIC and AVIF, where the system has libheif. It is looked for when the first such file comes; nothing is linked.
//!
//! libheif turns and mirrors the picture itself as the file says, so no orientation is left to apply.

#![expect(unsafe_code, reason = "a C library is called; this file is its only door")]

use std::ffi::{c_char, c_int, c_void};
use std::ptr::{null, null_mut};
use std::sync::OnceLock;

use libloading::Library;

use super::{DecodeError, DecodeLimits, Raw, colour, damaged};
use crate::picture::Picture;

/// What the library is called on Linux, macOS and Windows.
const NAMES: &[&str] = if cfg!(windows) {
    &["heif.dll", "libheif.dll"]
} else {
    &["libheif.so.1", "libheif.1.dylib", "libheif.so"]
};

// Values of libheif's public headers, unchanged since its version 1.4.
const COLORSPACE_RGB: c_int = 1;
const CHROMA_INTERLEAVED_RGBA: c_int = 11;
const CHANNEL_INTERLEAVED: c_int = 10;
/// `heif_error_Unsupported_filetype` and `heif_error_Unsupported_feature`: a decoder is missing.
const UNSUPPORTED: [c_int; 2] = [3, 4];

/// `struct heif_error`; its message lives as long as the library.
#[repr(C)]
struct Status {
    code: c_int,
    _detail: c_int,
    _message: *const c_char,
}

type Pointer = *mut c_void;

/// The functions that are used, in libheif's own names.
struct Heif {
    context_alloc: unsafe extern "C" fn() -> Pointer,
    context_free: unsafe extern "C" fn(Pointer),
    context_set_maximum_image_size_limit: unsafe extern "C" fn(Pointer, c_int),
    context_read_from_memory: unsafe extern "C" fn(Pointer, *const c_void, usize, *const c_void) -> Status,
    context_get_primary_image_handle: unsafe extern "C" fn(Pointer, *mut Pointer) -> Status,
    image_handle_release: unsafe extern "C" fn(Pointer),
    image_handle_get_width: unsafe extern "C" fn(Pointer) -> c_int,
    image_handle_get_height: unsafe extern "C" fn(Pointer) -> c_int,
    image_handle_get_raw_color_profile_size: unsafe extern "C" fn(Pointer) -> usize,
    image_handle_get_raw_color_profile: unsafe extern "C" fn(Pointer, *mut c_void) -> Status,
    decode_image: unsafe extern "C" fn(Pointer, *mut Pointer, c_int, c_int, *const c_void) -> Status,
    image_release: unsafe extern "C" fn(Pointer),
    image_get_width: unsafe extern "C" fn(Pointer, c_int) -> c_int,
    image_get_height: unsafe extern "C" fn(Pointer, c_int) -> c_int,
    image_get_plane_readonly: unsafe extern "C" fn(Pointer, c_int, *mut c_int) -> *const u8,
    /// Keeps the functions where they are.
    _library: Library,
}

/// Something of libheif's that is given back when it is no longer used.
struct Owned {
    pointer: Pointer,
    free: unsafe extern "C" fn(Pointer),
}

/// Decodes the file's primary picture. `found` is what to call the file when nothing here can read it.
pub(super) fn decode(bytes: &[u8], found: &'static str, limits: &DecodeLimits) -> Result<Raw, DecodeError> {
    let heif = Heif::loaded().ok_or(DecodeError::Unsupported { found })?;
    let check = |status: Status| match status.code {
        0 => Ok(()),
        code if UNSUPPORTED.contains(&code) => Err(DecodeError::Unsupported { found }),
        code => Err(damaged(format!("libheif says {code}"))),
    };
    let context = heif.context()?;
    let most = limits.pixels.isqrt().min(1 << 15) as c_int;
    // SAFETY: the context is alive, the library copies the bytes, and the options may be null.
    let status = unsafe {
        (heif.context_set_maximum_image_size_limit)(context.pointer, most);
        (heif.context_read_from_memory)(context.pointer, bytes.as_ptr().cast(), bytes.len(), null())
    };
    check(status)?;
    let mut handle = null_mut();
    // SAFETY: the context is alive and `handle` is a place for one pointer.
    check(unsafe { (heif.context_get_primary_image_handle)(context.pointer, &raw mut handle) })?;
    let handle = Owned::new(handle, heif.image_handle_release)?;
    // SAFETY: the handle is alive.
    let (width, height) = unsafe {
        ((heif.image_handle_get_width)(handle.pointer), (heif.image_handle_get_height)(handle.pointer))
    };
    limits.admit(u64::try_from(width).unwrap_or(0), u64::try_from(height).unwrap_or(0))?;
    let mut image = null_mut();
    // SAFETY: the handle is alive, `image` is a place for one pointer, and the options may be null.
    check(unsafe {
        (heif.decode_image)(handle.pointer, &raw mut image, COLORSPACE_RGB, CHROMA_INTERLEAVED_RGBA, null())
    })?;
    let image = Owned::new(image, heif.image_release)?;
    let picture = heif.picture(&image, limits)?;
    let profile = heif.profile(&handle, bytes.len()).filter(|profile| colour::describes(profile, *b"RGB "));
    Ok(Raw { picture, profile, orientation: 1 })
}

impl Heif {
    /// The library, looked for once.
    fn loaded() -> Option<&'static Self> {
        static LOADED: OnceLock<Option<Heif>> = OnceLock::new();
        LOADED.get_or_init(|| NAMES.iter().find_map(|name| Self::load(name))).as_ref()
    }

    fn load(name: &str) -> Option<Self> {
        // SAFETY: the names are libheif's alone, and its initialisers have no preconditions.
        let library = unsafe { Library::new(name) }.ok()?;
        macro_rules! function {
            ($name:literal) => {
                // SAFETY: the field's type is the function's in libheif's headers, and the library is kept.
                *unsafe { library.get($name) }.ok()?
            };
        }
        Some(Self {
            context_alloc: function!("heif_context_alloc"),
            context_free: function!("heif_context_free"),
            context_set_maximum_image_size_limit: function!("heif_context_set_maximum_image_size_limit"),
            context_read_from_memory: function!("heif_context_read_from_memory"),
            context_get_primary_image_handle: function!("heif_context_get_primary_image_handle"),
            image_handle_release: function!("heif_image_handle_release"),
            image_handle_get_width: function!("heif_image_handle_get_width"),
            image_handle_get_height: function!("heif_image_handle_get_height"),
            image_handle_get_raw_color_profile_size: function!(
                "heif_image_handle_get_raw_color_profile_size"
            ),
            image_handle_get_raw_color_profile: function!("heif_image_handle_get_raw_color_profile"),
            decode_image: function!("heif_decode_image"),
            image_release: function!("heif_image_release"),
            image_get_width: function!("heif_image_get_width"),
            image_get_height: function!("heif_image_get_height"),
            image_get_plane_readonly: function!("heif_image_get_plane_readonly"),
            _library: library,
        })
    }

    fn context(&self) -> Result<Owned, DecodeError> {
        // SAFETY: takes nothing.
        Owned::new(unsafe { (self.context_alloc)() }, self.context_free)
    }

    /// The decoded pixels; what is transparent is laid on white.
    fn picture(&self, image: &Owned, limits: &DecodeLimits) -> Result<Picture, DecodeError> {
        let mut stride = 0;
        // SAFETY: the image is alive and `stride` is a place for one number.
        let (plane, width, height) = unsafe {
            (
                (self.image_get_plane_readonly)(image.pointer, CHANNEL_INTERLEAVED, &raw mut stride),
                (self.image_get_width)(image.pointer, CHANNEL_INTERLEAVED),
                (self.image_get_height)(image.pointer, CHANNEL_INTERLEAVED),
            )
        };
        let size = |length: c_int| usize::try_from(length).unwrap_or(0);
        let (width, height, stride) = (size(width), size(height), size(stride));
        limits.admit(width as u64, height as u64)?;
        if plane.is_null() || stride < width * 4 {
            return Err(damaged("libheif gives no pixels"));
        }
        // SAFETY: the plane has `height` rows of `stride` bytes; the last is read as far as its pixels go. The image
        // lives until the end of this function, and nobody writes to it.
        let pixels = unsafe { std::slice::from_raw_parts(plane, stride * (height - 1) + width * 4) };
        let rgb = pixels.chunks(stride).flat_map(|row| row[..width * 4].chunks_exact(4)).flat_map(over_white);
        Picture::new(width as u32, height as u32, rgb.collect())
            .ok_or_else(|| damaged("size and pixels disagree"))
    }

    /// The embedded ICC profile, unless it claims to be larger than its file.
    fn profile(&self, handle: &Owned, file_bytes: usize) -> Option<Vec<u8>> {
        // SAFETY: the handle is alive.
        let length = unsafe { (self.image_handle_get_raw_color_profile_size)(handle.pointer) };
        if length == 0 || length > file_bytes {
            return None;
        }
        let mut profile = vec![0u8; length];
        // SAFETY: the handle is alive and there is room for as many bytes as the library asked for.
        let status =
            unsafe { (self.image_handle_get_raw_color_profile)(handle.pointer, profile.as_mut_ptr().cast()) };
        (status.code == 0).then_some(profile)
    }
}

impl Owned {
    fn new(pointer: Pointer, free: unsafe extern "C" fn(Pointer)) -> Result<Self, DecodeError> {
        if pointer.is_null() { Err(damaged("libheif gives nothing")) } else { Ok(Self { pointer, free }) }
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        // SAFETY: the pointer came from the library, is of the kind that `free` takes, and is given back once.
        unsafe { (self.free)(self.pointer) }
    }
}

fn over_white(pixel: &[u8]) -> [u8; 3] {
    let alpha = u32::from(pixel[3]);
    [0, 1, 2].map(|channel| ((u32::from(pixel[channel]) * alpha + 255 * (255 - alpha) + 127) / 255) as u8)
}
