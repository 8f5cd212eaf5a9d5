//! The engine: every model loaded once, shared by all threads.

use std::path::PathBuf;
use std::sync::OnceLock;

use gradshot_domain::Verdict;

use crate::body::{self, Shoulders};
use crate::coach::{self, Coach};
use crate::crop::{Crop, Head, Nudge, Room};
use crate::decode::{DecodeError, DecodeLimits, Source, View, decode};
use crate::detect::{Face, detect};
use crate::encode::{EncodeError, encode};
use crate::expression::{self, Expression};
use crate::geometry::Window;
use crate::likeness::{self, Descriptor};
use crate::matte::Matte;
use crate::measure::Scene;
use crate::mesh::{Mesh, locate};
use crate::models::{Manifest, ModelError};
use crate::negative::{Known, Negative};
use crate::picture::{Picture, Plane};
use crate::pose::Pose;
use crate::session::{InferenceError, Net, Provider, Runtime, RuntimeError};
use crate::spec::Spec;
use crate::timings::{Stopwatch, Timings};
use crate::verdict::{Measured, faces_that_count};
use crate::{compose, crop, matte, verdict};

/// Candidates that are looked at more closely, at most.
const MAX_CANDIDATES: usize = 24;
/// Candidates that a live frame has time for.
const MAX_LOOKS: usize = 3;
/// The landmark model's belief from which a candidate is a face. People give 0.9 and more, statues and animals
/// stayed below 0.66.
pub(crate) const PRESENCE_MIN: f64 = 0.70;
/// Shot pixels to each portrait pixel, at least, that a reduced shot keeps: enough that nothing is lost.
const SURPLUS: f64 = 1.25;

/// What an engine needs to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineOptions {
    /// The folder with `models.toml` and the weights.
    pub models_dir: PathBuf,
    /// ONNX Runtime's library; without one, the variable `ORT_DYLIB_PATH` names it. A process loads one library:
    /// engines opened later share it.
    pub runtime_library: Option<PathBuf>,
    /// Threads of one model run.
    pub threads: usize,
}

/// Why an engine does not open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenEngineError {
    /// ONNX Runtime is not available.
    #[error(transparent)]
    Runtime(#[from] RuntimeError),
    /// Weights are missing or altered.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A model cannot be prepared.
    #[error(transparent)]
    Inference(#[from] InferenceError),
}

/// Why a shot does not become a portrait, or a portrait cannot be checked. Photos that are merely unfit are no
/// error: their verdict says so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StandardizeError {
    /// The bytes are not a picture.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// A model failed.
    #[error(transparent)]
    Inference(#[from] InferenceError),
    /// The portrait cannot be written.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// The model that compares faces cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenEngineError),
}

/// What came of a shot.
#[derive(Debug, Clone, PartialEq)]
pub struct Standardized {
    /// The finished JPEG; `None` when there is not exactly one person to make it of.
    pub portrait: Option<Vec<u8>>,
    /// Every check, passed or not.
    pub verdict: Verdict,
    /// Where the portrait was cut from the upright shot.
    pub crop: Option<Crop>,
    /// Milliseconds per stage.
    pub timings: Timings,
}

/// What came of a shot that may still be cut anew.
#[derive(Debug)]
pub struct Developed {
    /// The portrait and its verdict.
    pub made: Standardized,
    /// What is kept for cutting it anew; absent when there is not exactly one person.
    pub negative: Option<Negative>,
    /// The face's description, when faces were to be compared and there is exactly one.
    pub face: Option<Descriptor>,
}

/// What came of checking an existing portrait.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// Every check, passed or not.
    pub verdict: Verdict,
    /// Milliseconds per stage.
    pub timings: Timings,
}

/// A person cut out of a shot. All parts have the portrait's size.
#[derive(Debug, Clone, PartialEq)]
pub struct CutOut {
    /// Where it was cut from the upright shot.
    pub crop: Crop,
    /// The shot as it lies in the crop, with the old wall.
    pub photo: Picture,
    /// The person's own colours; meaningless where nothing of the person is.
    pub person: Picture,
    /// How much of each pixel is the person.
    pub alpha: Plane,
    /// The landmarks in the portrait.
    pub mesh: Mesh,
}

/// A quick look at a picture: who is there, and how the nearest person holds the head.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// What may be faces, the largest first.
    pub faces: Vec<Face>,
    /// The largest face in detail.
    pub subject: Option<Subject>,
}

/// One face in detail.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// Its landmarks, in the picture's pixels.
    pub mesh: Mesh,
    /// What it does.
    pub expression: Expression,
    /// How the head is held.
    pub pose: Pose,
}

/// The models, ready to run. Cheap to share behind an `Arc`; every method may be called from any thread.
pub struct Engine {
    detector: Net,
    landmarks: Net,
    blendshapes: Net,
    modnet: Net,
    movenet: Net,
    store: Store,
    /// Loaded when the first faces are compared: most days nobody asks.
    describer: OnceLock<Net>,
    threads: usize,
    limits: DecodeLimits,
}

/// Where nets come from, also after the engine was opened.
struct Store {
    runtime: Runtime,
    manifest: Manifest,
    models_dir: PathBuf,
}

impl Store {
    fn open(&self, name: &'static str, threads: usize) -> Result<Net, OpenEngineError> {
        let weights = self.manifest.load(&self.models_dir, name)?;
        Ok(Net::open(&self.runtime, name, &weights, threads)?)
    }

    /// The matting network, on the fastest provider that proves itself.
    fn open_matte(&self, threads: usize) -> Result<Net, OpenEngineError> {
        let weights = self.manifest.load(&self.models_dir, "modnet")?;
        let wanted = Provider::from_environment();
        let (shape, probe) = matte::probe();
        Ok(Net::open_fastest(&self.runtime, "modnet", &weights, threads, wanted, (&shape, &probe))?)
    }
}

impl Engine {
    /// Loads ONNX Runtime and the weights, each file verified against the manifest.
    pub fn open(options: &EngineOptions) -> Result<Self, OpenEngineError> {
        let store = Store {
            runtime: Runtime::load(options.runtime_library.as_deref())?,
            manifest: Manifest::read(&options.models_dir)?,
            models_dir: options.models_dir.clone(),
        };
        let open = |name, threads| store.open(name, threads);
        // The matting network takes as long to prepare as all others together.
        let (modnet, others) = rayon::join(
            || store.open_matte(options.threads),
            || {
                let faces = (open("face_detector", 1)?, open("face_landmarks", options.threads)?);
                Ok::<_, OpenEngineError>((faces, open("face_blendshapes", 1)?, open("movenet_lightning", 1)?))
            },
        );
        let ((detector, landmarks), blendshapes, movenet) = others?;
        Ok(Self {
            detector,
            landmarks,
            blendshapes,
            modnet: modnet?,
            movenet,
            store,
            describer: OnceLock::new(),
            threads: options.threads,
            limits: DecodeLimits::default(),
        })
    }

    /// What computes the matte: the processor, or what the runtime's library offers beside it and proved itself.
    pub fn provider(&self) -> Provider {
        self.modnet.provider()
    }

    /// Finds faces, and the largest one's landmarks, expression and pose. For live frames: one landmark pass.
    pub fn look(&self, picture: &Picture) -> Result<Look, InferenceError> {
        let faces = detect(&self.detector, picture)?;
        let mut subject = None;
        for face in faces.iter().take(MAX_LOOKS) {
            let candidate = self.subject(picture, face, false)?;
            if candidate.mesh.presence >= PRESENCE_MIN {
                subject = Some(candidate);
                break;
            }
        }
        Ok(Look { faces, subject })
    }

    /// A coach for live frames of people whose portraits have to meet this spec. It has nets of its own, on one
    /// thread: opening it takes a moment, and it never waits for a portrait that is being made.
    pub fn coach(&self, spec: &Spec) -> Result<Coach, OpenEngineError> {
        let nets = coach::Nets {
            detector: self.store.open("face_detector", 1)?,
            landmarks: self.store.open("face_landmarks", 1)?,
            blendshapes: self.store.open("face_blendshapes", 1)?,
            movenet: self.store.open("movenet_lightning", 1)?,
        };
        Ok(Coach::new(nets, spec.clone()))
    }

    /// Finds the shoulders below a face; `None` when they are hidden, cut off or not to be told.
    pub fn shoulders(&self, picture: &Picture, mesh: &Mesh) -> Result<Option<Shoulders>, InferenceError> {
        body::shoulders(&self.movenet, picture, mesh)
    }

    /// Makes a portrait of a shot, and judges it. The shot is never rotated, mirrored, stretched or retouched.
    pub fn standardize(&self, bytes: &[u8], spec: &Spec) -> Result<Standardized, StandardizeError> {
        Ok(self.make(bytes, spec, None)?.made)
    }

    /// As [`Engine::standardize`], and compares the face with the one of an earlier shot of the same collection.
    /// Gives the face's description, to compare later shots with; none when there is not exactly one person.
    pub fn standardize_comparing(
        &self,
        bytes: &[u8],
        spec: &Spec,
        earlier: Option<&Descriptor>,
    ) -> Result<(Standardized, Option<Descriptor>), StandardizeError> {
        let Developed { made, face, .. } = self.develop_comparing(bytes, spec, earlier)?;
        Ok((made, face))
    }

    /// As [`Engine::standardize`], and keeps what is needed to cut the portrait anew.
    pub fn develop(&self, bytes: &[u8], spec: &Spec) -> Result<Developed, StandardizeError> {
        self.make(bytes, spec, None)
    }

    /// As [`Engine::standardize_comparing`], and keeps what is needed to cut the portrait anew.
    pub fn develop_comparing(
        &self,
        bytes: &[u8],
        spec: &Spec,
        earlier: Option<&Descriptor>,
    ) -> Result<Developed, StandardizeError> {
        let describer = self.describer()?;
        self.make(bytes, spec, Some((describer, earlier)))
    }

    /// The face of a shot, for comparing later ones with it.
    pub fn describe(&self, negative: &Negative) -> Result<Descriptor, StandardizeError> {
        let describer = self.describer()?;
        Ok(likeness::describe(describer, &negative.shot.picture, &negative.subject.mesh)?)
    }

    /// Loads the model that compares faces now, so that the first comparison need not wait for it.
    pub fn prepare_comparing(&self) -> Result<(), OpenEngineError> {
        self.describer().map(|_| ())
    }

    /// Cuts the portrait anew with the crop moved as far as the limits of the spec allow, from the matte that was kept:
    /// a person chooses among the crops that are right. Gives how far it was moved in the end.
    pub fn recompose(
        &self,
        negative: &Negative,
        nudge: &Nudge,
    ) -> Result<(Standardized, Nudge), StandardizeError> {
        let crop = negative.nudged(nudge);
        let (made, (_, ())) = Self::print(negative, crop, Stopwatch::start(), || Ok((negative.known, ())))?;
        Ok((made, crop.nudge_from(&negative.solved)))
    }

    fn describer(&self) -> Result<&Net, OpenEngineError> {
        if let Some(net) = self.describer.get() {
            return Ok(net);
        }
        let net = self.store.open("dlib_face_recognition", self.threads)?;
        Ok(self.describer.get_or_init(|| net))
    }

    fn make(
        &self,
        bytes: &[u8],
        spec: &Spec,
        compared: Option<(&Net, Option<&Descriptor>)>,
    ) -> Result<Developed, StandardizeError> {
        let mut watch = Stopwatch::start();
        let (shot, faces) = self.shot(bytes, spec, &mut watch)?;
        let [face] = faces.as_slice() else {
            let verdict = verdict::without_one_person(&faces, spec);
            let made = Standardized { portrait: None, verdict, crop: None, timings: watch.stop() };
            return Ok(Developed { made, negative: None, face: None });
        };
        let subject = self.subject(&shot.picture, face, true)?;
        watch.lap("landmarks");
        let mut negative = self.expose(shot, subject, spec, &mut watch)?;
        let (made, (known, face)) = Self::print(&negative, negative.solved, watch, || {
            let (describer, earlier) = compared.unzip();
            let (picture, mesh) = (&negative.shot.picture, &negative.subject.mesh);
            let face = describer.map(|net| likeness::describe(net, picture, mesh)).transpose()?;
            let shoulders_deg = self.shoulders(picture, mesh)?.map(|shoulders| shoulders.angle_deg);
            let likeness = face.as_ref().zip(earlier.flatten()).map(|(face, earlier)| face.distance(earlier));
            Ok((Known { shoulders_deg, likeness }, face))
        })?;
        negative.known = known;
        Ok(Developed { made, negative: Some(negative), face })
    }

    /// Cuts, composes, writes and judges one portrait of a negative. `look` measures what does not depend on the crop.
    fn print<T: Send>(
        negative: &Negative,
        crop: Crop,
        mut watch: Stopwatch,
        look: impl FnOnce() -> Result<(Known, T), InferenceError> + Send,
    ) -> Result<(Standardized, (Known, T)), StandardizeError> {
        let spec = &negative.spec;
        let cut_out = negative.cut(crop, &mut watch);
        let colour = spec.background.colour(None).map_or([255; 3], |colour| colour.rgb);
        let portrait = compose::compose(&cut_out.person, &cut_out.alpha, colour);
        watch.lap("compose");
        // The file is written on one core while the portrait is measured on the other.
        let (encoded, measured) = rayon::join(
            || encode(&portrait, spec),
            || {
                let (known, more) = look()?;
                Ok::<_, InferenceError>((negative.measure(&cut_out, &portrait, known), (known, more)))
            },
        );
        let (encoded, (values, looked)) = (encoded?, measured?);
        let verdict = values.verdict(encoded.jpeg.len(), spec);
        watch.lap("encode and check");
        let made = Standardized {
            portrait: Some(encoded.jpeg),
            verdict,
            crop: Some(cut_out.crop),
            timings: watch.stop(),
        };
        Ok((made, looked))
    }

    /// Cuts the one person of a shot out at the portrait's size, without a background; `None` when there is not
    /// exactly one.
    pub fn cut_out(&self, bytes: &[u8], spec: &Spec) -> Result<Option<CutOut>, StandardizeError> {
        let mut watch = Stopwatch::start();
        let (shot, faces) = self.shot(bytes, spec, &mut watch)?;
        let [face] = faces.as_slice() else { return Ok(None) };
        let subject = self.subject(&shot.picture, face, true)?;
        let negative = self.expose(shot, subject, spec, &mut watch)?;
        Ok(Some(negative.cut(negative.solved, &mut watch)))
    }

    /// Opens a shot, finds the people in it, and shows it at the size that the portrait of a single one needs.
    fn shot(
        &self,
        bytes: &[u8],
        spec: &Spec,
        watch: &mut Stopwatch,
    ) -> Result<(View, Vec<Face>), StandardizeError> {
        let source = Source::open(bytes, &self.limits)?;
        let overview = source.overview()?;
        watch.lap("decode");
        let faces = self.people(&overview.picture)?;
        watch.lap("detect");
        let [face] = faces.as_slice() else { return Ok((overview, faces)) };
        let coarse = overview.reduction;
        let face_width_px = face.bounds.width * coarse;
        let density = SURPLUS * spec.geometry.face_width_px.middle() / face_width_px;
        let shot = source.finer(overview, density)?;
        let face = face.scaled(coarse / shot.reduction);
        watch.lap("detail");
        Ok((shot, vec![face]))
    }

    /// Everything about a shot of one person that does not depend on the crop, and the crop.
    fn expose(
        &self,
        shot: View,
        subject: Subject,
        spec: &Spec,
        watch: &mut Stopwatch,
    ) -> Result<Negative, InferenceError> {
        let surroundings = matte::surroundings(&subject.mesh, &shot.picture, spec);
        let matte = matte::matte(&self.modnet, &shot.picture, surroundings)?;
        watch.lap("matte");
        let (head, room) = situation(&matte, &subject.mesh, &shot.picture);
        let solved = crop::solve(&head, &room, spec);
        watch.lap("crop");
        Ok(Negative { shot, subject, matte, head, room, solved, spec: spec.clone(), known: Known::default() })
    }

    /// Judges a finished portrait file as it is: its size, where the face stands in it, and how the person looks.
    pub fn check(&self, bytes: &[u8], spec: &Spec) -> Result<Checked, StandardizeError> {
        let mut watch = Stopwatch::start();
        let portrait = decode(bytes, &self.limits)?;
        watch.lap("decode");
        let faces = self.people(&portrait)?;
        watch.lap("detect");
        let [face] = faces.as_slice() else {
            return Ok(Checked { verdict: verdict::without_one_person(&faces, spec), timings: watch.stop() });
        };
        let subject = self.subject(&portrait, face, true)?;
        watch.lap("landmarks");
        let matte =
            matte::matte(&self.modnet, &portrait, matte::surroundings(&subject.mesh, &portrait, spec))?;
        watch.lap("matte");
        let (head, _) = situation(&matte, &subject.mesh, &portrait);
        let whole = Window::whole(portrait.width_px(), portrait.height_px());
        let alpha = matte.over(whole, portrait.width_px(), portrait.height_px());
        let measured = Measured {
            scene: &Scene::new(&portrait, &alpha, &subject.mesh),
            portrait: &portrait,
            subject: &subject,
            shoulders_deg: self.shoulders(&portrait, &subject.mesh)?.map(|shoulders| shoulders.angle_deg),
            crop: verdict::as_it_is(&head, &portrait, spec),
            face_size_px: head.face_width,
            enlargement: 1.0,
            likeness: None,
        };
        let verdict = measured.values(spec).verdict_on_file(&portrait, bytes.len(), spec);
        watch.lap("check");
        Ok(Checked { verdict, timings: watch.stop() })
    }

    /// The people in a picture, the largest face first. Candidates that the detector is not sure of are shown to
    /// the landmark model.
    fn people(&self, picture: &Picture) -> Result<Vec<Face>, InferenceError> {
        let mut confirmed = Vec::new();
        for face in detect(&self.detector, picture)?.into_iter().take(MAX_CANDIDATES) {
            let is_face =
                face.is_certain() || locate(&self.landmarks, picture, &face, false)?.presence >= PRESENCE_MIN;
            if is_face {
                confirmed.push(face);
            }
        }
        Ok(faces_that_count(confirmed))
    }

    fn subject(&self, picture: &Picture, face: &Face, careful: bool) -> Result<Subject, InferenceError> {
        let mesh = locate(&self.landmarks, picture, face, careful)?;
        let expression = expression::read(&self.blendshapes, &mesh)?;
        let pose = Pose::of(&mesh);
        Ok(Subject { mesh, expression, pose })
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("limits", &self.limits).finish_non_exhaustive()
    }
}

/// The head in a shot, and the room around it.
fn situation(matte: &Matte, mesh: &Mesh, shot: &Picture) -> (Head, Room) {
    let cuts = matte.cuts(shot);
    let room = Room {
        width: f64::from(shot.width_px()),
        height: f64::from(shot.height_px()),
        cut_left_y: cuts.left_y,
        cut_right_y: cuts.right_y,
    };
    (matte.head(mesh, shot), room)
}
