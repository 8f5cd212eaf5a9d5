//! Which of a webcam's formats are used: one for shots, and one for the live view when the first is too slow for it.

use std::cmp::Reverse;

use nokhwa::utils::{CameraFormat, FrameFormat, Resolution};

/// The formats that become pictures here, the one that costs least first. Grey ones are of infrared cameras; the rows
/// of `RAWBGR` lie upside down on some systems.
pub const KINDS: [FrameFormat; 4] =
    [FrameFormat::MJPEG, FrameFormat::NV12, FrameFormat::YUYV, FrameFormat::RAWRGB];

/// Frames a second that a live view needs, for people to correct themselves by.
const LIVE_FPS: u32 = 15;
/// More than this costs light and processor, and nobody sees it.
const FPS_ENOUGH: u32 = 30;
/// A live view need not be larger.
const LIVE_MAX_PX: u64 = 1920 * 1080;
/// A side of a frame; what claims more or less does not know.
const SIDE_PX: std::ops::RangeInclusive<u32> = 64..=8192;

/// What somebody asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wish {
    /// Width and height; the largest when absent.
    pub size: Option<Resolution>,
    /// How the pixels come; the best when absent.
    pub kind: Option<FrameFormat>,
}

/// What is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Of the live view.
    pub live: CameraFormat,
    /// Of shots.
    pub shot: CameraFormat,
}

/// The formats that can be used at all.
pub fn usable(formats: Vec<CameraFormat>) -> Vec<CameraFormat> {
    let mut usable: Vec<_> = formats
        .into_iter()
        .filter(|format| {
            KINDS.contains(&format.format())
                && SIDE_PX.contains(&format.width())
                && SIDE_PX.contains(&format.height())
                && format.frame_rate() > 0
        })
        .collect();
    usable.sort_by_key(|format| {
        (Reverse(area(format.resolution())), rank(format.format()), Reverse(format.frame_rate()))
    });
    usable.dedup();
    usable
}

/// What is used of these formats. A wish that the webcam does not have counts for nothing.
pub fn plan(usable: &[CameraFormat], wish: Wish) -> Option<Plan> {
    let size = wish.size.filter(|size| usable.iter().any(|format| format.resolution() == *size));
    let size = size.or_else(|| usable.first().map(CameraFormat::resolution))?;
    let of_size = || usable.iter().copied().filter(|format| format.resolution() == size);
    let kind = wish.kind.filter(|kind| of_size().any(|format| format.format() == *kind));
    let shot = of_size()
        .filter(|format| kind.is_none_or(|kind| format.format() == kind))
        .min_by_key(|format| (format.frame_rate() < LIVE_FPS, rank(format.format()), pace(*format)))?;
    if shot.frame_rate() >= LIVE_FPS {
        return Some(Plan { live: shot, shot });
    }
    let fast = usable
        .iter()
        .copied()
        .filter(|format| format.frame_rate() >= LIVE_FPS && area(format.resolution()) <= LIVE_MAX_PX);
    let live = fast
        .min_by_key(|format| {
            let other_shape = !same_shape(format.resolution(), size);
            (other_shape, Reverse(area(format.resolution())), rank(format.format()), pace(*format))
        })
        .or_else(|| usable.iter().copied().max_by_key(CameraFormat::frame_rate))?;
    Some(Plan { live, shot })
}

/// Every size, the largest first.
pub fn sizes(usable: &[CameraFormat]) -> Vec<Resolution> {
    let mut sizes: Vec<_> = usable.iter().map(CameraFormat::resolution).collect();
    sizes.dedup();
    sizes
}

/// How pixels may come in this size.
pub fn kinds(usable: &[CameraFormat], size: Resolution) -> Vec<FrameFormat> {
    let mut kinds: Vec<_> =
        usable.iter().filter(|format| format.resolution() == size).map(CameraFormat::format).collect();
    kinds.dedup();
    kinds
}

pub fn size_name(size: Resolution) -> String {
    format!("{}x{}", size.width(), size.height())
}

fn area(size: Resolution) -> u64 {
    u64::from(size.width()) * u64::from(size.height())
}

fn rank(kind: FrameFormat) -> usize {
    KINDS.iter().position(|known| *known == kind).unwrap_or(KINDS.len())
}

/// Thirty frames a second first, then less, then more.
fn pace(format: CameraFormat) -> (bool, u32) {
    let rate = format.frame_rate();
    (rate > FPS_ENOUGH, FPS_ENOUGH.abs_diff(rate))
}

/// Whether what is seen in one is seen in the other.
fn same_shape(one: Resolution, other: Resolution) -> bool {
    let (across, down) = (
        u64::from(one.width()) * u64::from(other.height()),
        u64::from(other.width()) * u64::from(one.height()),
    );
    across.abs_diff(down) * 50 < across
}

#[cfg(test)]
mod tests {
    use super::*;
    use FrameFormat::{GRAY, MJPEG, YUYV};

    fn format(width_px: u32, height_px: u32, kind: FrameFormat, fps: u32) -> CameraFormat {
        CameraFormat::new_from(width_px, height_px, kind, fps)
    }

    #[test]
    fn one_format_serves_both_where_it_is_fast_enough() {
        let formats = usable(vec![
            format(640, 480, YUYV, 30),
            format(1920, 1080, YUYV, 5),
            format(1920, 1080, MJPEG, 60),
            format(1920, 1080, MJPEG, 30),
            format(2560, 1440, GRAY, 30),
        ]);
        let plan = plan(&formats, Wish::default()).unwrap();
        assert_eq!(plan.shot, format(1920, 1080, MJPEG, 30));
        assert_eq!(plan.live, plan.shot);
    }

    #[test]
    fn a_slow_large_format_takes_the_shot_and_a_fast_one_of_its_shape_the_live_view() {
        let formats = usable(vec![
            format(3840, 2160, YUYV, 2),
            format(1280, 720, YUYV, 10),
            format(640, 480, YUYV, 25),
            format(640, 360, YUYV, 30),
            format(320, 180, YUYV, 60),
        ]);
        let chosen = plan(&formats, Wish::default()).unwrap();
        assert_eq!(chosen.shot, format(3840, 2160, YUYV, 2));
        assert_eq!(chosen.live, format(640, 360, YUYV, 30));
        let wish = Wish { size: Some(Resolution::new(640, 480)), kind: Some(MJPEG) };
        assert_eq!(plan(&formats, wish).unwrap().live, format(640, 480, YUYV, 25));
    }

    #[test]
    fn a_webcam_that_is_slow_in_every_format_still_shows_something() {
        let formats = usable(vec![format(1280, 720, YUYV, 5), format(640, 480, YUYV, 10)]);
        let plan = plan(&formats, Wish::default()).unwrap();
        assert_eq!((plan.shot.frame_rate(), plan.live.frame_rate()), (5, 10));
    }

    #[test]
    fn an_infrared_camera_has_nothing_to_use() {
        assert_eq!(plan(&usable(vec![format(640, 360, GRAY, 15)]), Wish::default()), None);
    }
}
