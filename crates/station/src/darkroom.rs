//! The darkroom: from a shot to a portrait and a verdict, and the coach that looks at preview frames.

use std::sync::Arc;
use std::time::Duration;

use gradshot_domain::Verdict;
use gradshot_imaging::decode::DecodeLimits;
use gradshot_imaging::sheet::{self, Copies, Order, Paper, Sheet};
use gradshot_imaging::{Descriptor, Engine, Negative, Nudge, Picture, Spec, Specs, Standardized};
use gradshot_wire::desk::{Coaching, CropNudge, CropWindow};

use crate::printer::SheetFormat;
use crate::session::Failure;

mod coach;

/// Makes portraits. Blocks; called on threads of its own.
pub trait Darkroom: Send + Sync {
    /// Develops the shot for the spec, and compares the face with an earlier one of the same ticket.
    fn develop(&self, shot: &[u8], spec: &str, earlier: Option<&Descriptor>) -> Result<Developed, Failure>;

    /// Describes the face of a shot, for comparing later ones with it.
    fn describe(&self, negative: &Negative) -> Result<Descriptor, Failure>;

    /// Composes a portrait anew with the crop moved, as far as the standard allows; says how far it was moved.
    fn recompose(&self, negative: &Negative, nudge: CropNudge) -> Result<(Portrait, CropNudge), Failure>;

    /// Lays a finished portrait out on photo paper; without one, grey prints of the same size, to be measured.
    fn sheet(&self, portrait: Option<&[u8]>, spec: &str, wish: &SheetWish) -> Result<Vec<u8>, Failure>;

    /// A coach for people whose portraits have to meet the spec, taken by a camera whose shots are so wide.
    fn coach(&self, spec: &str, shot_width_px: Option<u32>) -> Result<Box<dyn LiveCoach>, Failure>;

    /// Loads now what the first student should not wait for.
    fn warm_up(&self) {}
}

/// How a sheet is to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetWish {
    /// The paper.
    pub paper: Paper,
    /// Portraits on it; 0 is as many as fit, which is also the most.
    pub per_sheet: u16,
    /// Whether there are cut marks.
    pub cut_marks: bool,
    /// What stands under each portrait.
    pub caption: Option<String>,
    /// The file.
    pub format: SheetFormat,
}

/// Looks at preview frames.
pub trait LiveCoach: Send {
    /// Looks at a frame, a JPEG file, taken this long after any fixed moment; `None` when it cannot be read.
    fn see(&mut self, frame: &[u8], at: Duration) -> Option<Coaching>;
}

/// A portrait and what was found out.
#[derive(Debug, Clone, PartialEq)]
pub struct Portrait {
    /// The portrait, a JPEG file; absent when there is not exactly one person to make it of.
    pub jpeg: Option<Vec<u8>>,
    /// What was found out.
    pub verdict: Verdict,
    /// Milliseconds that it took.
    pub millis: u32,
    /// Where it was cut from the shot.
    pub crop: Option<CropWindow>,
}

/// What came of a shot.
#[derive(Debug)]
pub struct Developed {
    /// The portrait.
    pub portrait: Portrait,
    /// What is kept for moving the crop.
    pub negative: Option<Negative>,
}

/// What a test sheet's prints are filled with: light, so that little ink is used.
const TEST_GREY: [u8; 3] = [226, 232, 240];

/// The darkroom that ships: the imaging engine with its specs.
#[derive(Clone)]
pub struct EngineDarkroom {
    /// The engine.
    pub engine: Arc<Engine>,
    /// The specs it knows.
    pub specs: Arc<Specs>,
}

impl EngineDarkroom {
    fn spec(&self, id: &str) -> Result<&Spec, Failure> {
        self.specs
            .get(id)
            .map_err(|error| Failure::new(format!("本机没有照片规格 {id}，请更新软件"), error.to_string()))
    }
}

impl Darkroom for EngineDarkroom {
    fn develop(&self, shot: &[u8], spec: &str, earlier: Option<&Descriptor>) -> Result<Developed, Failure> {
        let spec = self.spec(spec)?;
        let developed = match earlier {
            None => self.engine.develop(shot, spec),
            Some(earlier) => self.engine.develop_comparing(shot, spec, Some(earlier)),
        };
        let developed = developed.map_err(|error| {
            Failure::new("照片无法读取，请重拍", format!("The shot cannot be used: {error}"))
        })?;
        Ok(Developed {
            portrait: portrait(developed.made, developed.negative.as_ref()),
            negative: developed.negative,
        })
    }

    fn describe(&self, negative: &Negative) -> Result<Descriptor, Failure> {
        self.engine.describe(negative).map_err(|error| {
            Failure::new(
                "人脸比对不可用：请自行核对姓名与本人；重新运行安装程序可补齐模型",
                format!("Faces cannot be compared ({error}): check name and person yourself, and run the set-up again"),
            )
        })
    }

    fn recompose(&self, negative: &Negative, nudge: CropNudge) -> Result<(Portrait, CropNudge), Failure> {
        let wanted = Nudge {
            right_px: f64::from(nudge.right_px),
            down_px: f64::from(nudge.down_px),
            larger: f64::from(nudge.larger_permille) / 1000.0,
        };
        let (made, moved) = self.engine.recompose(negative, &wanted).map_err(|error| {
            Failure::new("裁切调整失败，请重试", format!("The crop cannot be moved: {error}"))
        })?;
        let moved = CropNudge {
            right_px: moved.right_px.round() as i16,
            down_px: moved.down_px.round() as i16,
            larger_permille: (moved.larger * 1000.0).round() as i16,
        };
        Ok((portrait(made, Some(negative)), moved))
    }

    fn sheet(&self, portrait: Option<&[u8]>, spec: &str, wish: &SheetWish) -> Result<Vec<u8>, Failure> {
        let spec = self.spec(spec)?;
        let failed = |error: &dyn std::fmt::Display| {
            Failure::new(
                "排版失败：请在设置里换一种相纸再试",
                format!("The sheet cannot be laid out ({error}): choose another paper in the settings"),
            )
        };
        let portrait = if let Some(jpeg) = portrait {
            sheet::Portrait::read(jpeg.to_vec(), &DecodeLimits::default()).map_err(|error| failed(&error))?
        } else {
            let (width_px, height_px) = (spec.picture.width_px, spec.picture.height_px);
            sheet::Portrait::of(Picture::filled(width_px, height_px, TEST_GREY))
        };
        let size = spec.print_size();
        let lay_out = |copies| {
            Sheet::lay_out(&[Order { portrait: &portrait, size, copies }], wish.paper, wish.cut_marks)
        };
        let mut sheet = lay_out(Copies::AsManyAsFit).map_err(|error| failed(&error))?;
        let fitting = sheet.layout().counts(1).iter().sum::<u32>();
        if (1..fitting).contains(&u32::from(wish.per_sheet)) {
            sheet = lay_out(Copies::Exactly(u32::from(wish.per_sheet))).map_err(|error| failed(&error))?;
        }
        let mut sheet = sheet.standing();
        if let Some(caption) = &wish.caption {
            sheet = sheet.with_caption(caption);
        }
        let page = match wish.format {
            SheetFormat::Pdf => Some(sheet.pdf().map_err(|error| failed(&error))?),
            SheetFormat::Raster => sheet.raster(0),
            SheetFormat::Jpeg => sheet.jpeg(0).map_err(|error| failed(&error))?,
        };
        page.ok_or_else(|| failed(&"an empty sheet"))
    }

    fn coach(&self, spec: &str, shot_width_px: Option<u32>) -> Result<Box<dyn LiveCoach>, Failure> {
        let coach = self.engine.coach(self.spec(spec)?).map_err(|error| {
            Failure::new(
                "实时引导打不开：请重新运行安装程序补齐模型；拍摄不受影响",
                format!("The live coach cannot be opened ({error}): run the set-up again. Shooting goes on without it"),
            )
        })?;
        let coach = match shot_width_px {
            Some(width_px) => coach.for_shots_of(width_px),
            None => coach,
        };
        Ok(Box::new(coach::EngineCoach(coach)))
    }

    fn warm_up(&self) {
        if let Err(error) = self.engine.prepare_comparing() {
            tracing::warn!(%error, "faces cannot be compared");
        }
    }
}

fn portrait(made: Standardized, negative: Option<&Negative>) -> Portrait {
    let crop = made.crop.zip(negative).map(|(crop, negative)| {
        let (width, height) = (f64::from(negative.shot_width_px()), f64::from(negative.shot_height_px()));
        CropWindow {
            left: crop.window.left / width,
            top: crop.window.top / height,
            width: crop.window.width / width,
            height: crop.window.height / height,
        }
    });
    Portrait {
        jpeg: made.portrait,
        verdict: made.verdict,
        millis: made.timings.total_ms().round() as u32,
        crop,
    }
}
