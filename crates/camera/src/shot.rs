//! A shot (原片): the camera's file in memory.

use std::{fmt, path::Path, time::SystemTime};

use serde::Serialize;

use crate::complete;

/// A file from the camera, byte for byte.
#[derive(Clone, PartialEq, Eq)]
pub struct Shot {
    /// The camera's own name for it, without a folder.
    pub file_name: String,
    /// What the file is.
    pub format: ShotFormat,
    /// The file, never decoded and never changed.
    pub bytes: Vec<u8>,
    /// When the file was last written, by the clock of whoever wrote it; `None` when nobody says. A file older than
    /// the student's arrival belongs to somebody else.
    pub modified_at: Option<SystemTime>,
    /// Where the file also lies on the camera's card, if it does and can be deleted there.
    pub on_card: Option<CardFile>,
}

/// A file on a camera's memory card, to be handed back to the camera that named it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CardFile {
    /// The camera's path of the folder.
    pub folder: String,
    /// The name within it.
    pub name: String,
}

/// A picture file's format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ShotFormat {
    /// `.jpg`, `.jpeg`.
    Jpeg,
    /// `.png`.
    Png,
    /// `.heic`, `.heif`, `.hif`.
    Heif,
}

impl fmt::Debug for Shot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shot({:?}, {} bytes)", self.format, self.bytes.len())
    }
}

/// Names of photos stay out of logs.
impl fmt::Debug for CardFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardFile")
    }
}

impl ShotFormat {
    /// The format that a file's name promises.
    pub fn of_name(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "jpg" | "jpeg" => Some(Self::Jpeg),
            "png" => Some(Self::Png),
            "heic" | "heif" | "hif" => Some(Self::Heif),
            _ => None,
        }
    }

    /// Whether the bytes begin and end as a file of this format does; tells a finished file from one still being
    /// written, and decodes nothing.
    pub fn is_complete(self, bytes: &[u8]) -> bool {
        match self {
            Self::Jpeg => complete::jpeg(bytes),
            Self::Png => complete::png(bytes),
            Self::Heif => complete::boxes(bytes),
        }
    }
}
