//! A second webcam that shows what is written to it: v4l2loopback, fed with JPEG files.

use std::{
    io::{Cursor, Write as _},
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use image::{Rgb, RgbImage, codecs::jpeg::JpegEncoder};
use v4l::{Device, Format, FourCC, video::Output as _};

pub const NAME: &str = "Studio webcam";
pub const SIZE: (u32, u32) = (640, 480);
/// The module's place among webcams: the second.
const NODE: &str = "/dev/video1";
const PERIOD: Duration = Duration::from_millis(33);

pub struct Film {
    is_over: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

/// A chequered picture; the more squares, the longer its file.
pub fn frame(squares: u32) -> Vec<u8> {
    let (width, height) = SIZE;
    let picture = RgbImage::from_fn(width, height, |x, y| {
        let is_light = (x * squares / width + y * squares / height).is_multiple_of(2);
        Rgb(if is_light { [200, 180, 160] } else { [40, 60, 90] })
    });
    let mut file = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(Cursor::new(&mut file), 85)).unwrap();
    file
}

impl Film {
    /// Plugs the webcam in and shows the files in turn.
    pub fn begin(files: Vec<Vec<u8>>) -> Self {
        run(Command::new("insmod")
            .args(["/modules/v4l2loopback.ko", "exclusive_caps=1", "video_nr=1"])
            .arg(format!("card_label=\"{NAME}\"")));
        let mut webcam = Device::with_path(NODE).unwrap();
        webcam.set_format(&Format::new(SIZE.0, SIZE.1, FourCC::new(b"MJPG"))).unwrap();
        // It is a webcam from its first frame on.
        webcam.write_all(&files[0]).unwrap();
        let is_over = Arc::new(AtomicBool::new(false));
        let is_over_there = Arc::clone(&is_over);
        let thread = thread::spawn(move || {
            for file in files.iter().cycle().take_while(|_| !is_over_there.load(Ordering::Relaxed)) {
                webcam.write_all(file).unwrap();
                thread::sleep(PERIOD);
            }
        });
        Self { is_over, thread }
    }

    /// Plugs the webcam out.
    pub fn end(self) {
        self.is_over.store(true, Ordering::Relaxed);
        self.thread.join().unwrap();
        run(Command::new("rmmod").arg("v4l2loopback"));
    }
}

fn run(command: &mut Command) {
    assert!(command.status().unwrap().success(), "{command:?}");
}
