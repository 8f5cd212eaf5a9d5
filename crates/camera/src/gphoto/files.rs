//! Which files of the camera are shots: each once, the JPEG of a pair, and never a RAW by itself.

use std::{
    collections::VecDeque,
    path::Path,
    time::{Duration, Instant},
};

use crate::{CardFile, Fault, ShotFormat, raw::is_raw};

/// So long a RAW file's JPEG may take to appear.
pub const PAIR_WAIT: Duration = Duration::from_secs(4);
/// Files remembered as dealt with. Numbers start again when a card is formatted, long after.
const DONE_MAX: usize = 128;

/// The camera's files as they are told.
#[derive(Debug, Default)]
pub struct Files {
    done: VecDeque<CardFile>,
    photos: VecDeque<CardFile>,
    raws: VecDeque<(CardFile, Instant)>,
}

impl Files {
    /// The camera has a new file.
    pub fn appeared(&mut self, file: CardFile, now: Instant) {
        let path = Path::new(&file.name);
        if is_raw(path) {
            if !self.done.iter().chain(&self.photos).any(|known| same_shot(known, &file)) {
                self.raws.push_back((file, now));
            }
        } else if ShotFormat::of_name(path).is_some()
            && !self.done.contains(&file)
            && !self.photos.contains(&file)
        {
            self.raws.retain(|(raw, _)| !same_shot(raw, &file));
            self.photos.push_back(file);
        }
    }

    /// The next photo to fetch. A RAW that has waited in vain for its JPEG is told once.
    pub fn next(&mut self, now: Instant) -> Result<Option<CardFile>, Fault> {
        if let Some(photo) = self.photos.pop_front() {
            self.finish(photo.clone());
            return Ok(Some(photo));
        }
        match self.raws.front() {
            Some((_, since)) if now.saturating_duration_since(*since) >= PAIR_WAIT => {
                if let Some((raw, _)) = self.raws.pop_front() {
                    self.finish(raw);
                }
                Err(Fault::RawOnly)
            }
            _ => Ok(None),
        }
    }

    /// The photo of this very shot, out of turn; `None` while there is only its RAW.
    pub fn take(&mut self, shot: &CardFile) -> Result<Option<CardFile>, Fault> {
        if let Some(at) = self.photos.iter().position(|photo| same_shot(photo, shot)) {
            let photo = self.photos.remove(at);
            photo.clone().into_iter().for_each(|photo| self.finish(photo));
            return Ok(photo);
        }
        if is_raw(Path::new(&shot.name)) { Ok(None) } else { Err(Fault::BrokenFile) }
    }

    /// No JPEG comes for this RAW any more.
    pub fn give_up(&mut self, raw: &CardFile) {
        self.raws.retain(|(other, _)| other != raw);
        self.finish(raw.clone());
    }

    /// Whether a photo is known and not yet fetched.
    pub fn has_photo(&self) -> bool {
        !self.photos.is_empty()
    }

    fn finish(&mut self, file: CardFile) {
        if self.done.len() == DONE_MAX {
            self.done.pop_front();
        }
        self.done.push_back(file);
    }
}

/// The same name but for its ending; a camera with two cards may put the pair into two folders.
fn same_shot(one: &CardFile, other: &CardFile) -> bool {
    Path::new(&one.name).file_stem() == Path::new(&other.name).file_stem()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> CardFile {
        CardFile { folder: "/store_00010001/DCIM/100GPHOT".into(), name: name.into() }
    }

    #[test]
    fn of_a_pair_the_jpeg_is_the_shot_whichever_comes_first() {
        let now = Instant::now();
        let mut files = Files::default();
        for name in ["DSC_1.NEF", "DSC_1.JPG", "DSC_2.JPG", "DSC_2.NEF", "DSC_1.JPG", "DSC_3.MOV"] {
            files.appeared(file(name), now);
        }
        assert_eq!(files.next(now), Ok(Some(file("DSC_1.JPG"))));
        assert_eq!(files.next(now), Ok(Some(file("DSC_2.JPG"))));
        files.appeared(file("DSC_2.NEF"), now);
        files.appeared(file("DSC_2.JPG"), now);
        assert_eq!(files.next(now + PAIR_WAIT), Ok(None));
    }

    #[test]
    fn the_shot_that_was_asked_for_comes_before_one_from_the_body() {
        let now = Instant::now();
        let mut files = Files::default();
        files.appeared(file("DSC_1.JPG"), now);
        files.appeared(file("DSC_2.NEF"), now);
        assert_eq!(files.take(&file("DSC_2.NEF")), Ok(None));
        files.appeared(file("DSC_2.JPG"), now);
        assert_eq!(files.take(&file("DSC_2.NEF")), Ok(Some(file("DSC_2.JPG"))));
        assert_eq!(files.next(now), Ok(Some(file("DSC_1.JPG"))));
        assert_eq!(files.next(now), Ok(None));
    }

    #[test]
    fn a_raw_alone_is_told_once() {
        let now = Instant::now();
        let mut files = Files::default();
        files.appeared(file("DSC_1.NEF"), now);
        assert_eq!(files.next(now), Ok(None));
        assert_eq!(files.next(now + PAIR_WAIT), Err(Fault::RawOnly));
        files.appeared(file("DSC_1.NEF"), now);
        assert_eq!(files.next(now + 2 * PAIR_WAIT), Ok(None));
    }
}
