//! What the face does: 52 blendshape coefficients from the landmarks.

use crate::mesh::Mesh;
use crate::session::{InferenceError, Net};

/// Coefficients that the model gives.
const COEFFICIENTS: usize = 52;

/// The landmarks that the model looks at, in its order (MediaPipe's face blendshapes graph).
const SUBSET: [usize; 146] = [
    0, 1, 4, 5, 6, 7, 8, 10, 13, 14, 17, 21, 33, 37, 39, 40, 46, 52, 53, 54, 55, 58, 61, 63, 65, 66, 67, 70,
    78, 80, 81, 82, 84, 87, 88, 91, 93, 95, 103, 105, 107, 109, 127, 132, 133, 136, 144, 145, 146, 148, 149,
    150, 152, 153, 154, 155, 157, 158, 159, 160, 161, 162, 163, 168, 172, 173, 176, 178, 181, 185, 191, 195,
    197, 234, 246, 249, 251, 263, 267, 269, 270, 276, 282, 283, 284, 285, 288, 291, 293, 295, 296, 297, 300,
    308, 310, 311, 312, 314, 317, 318, 321, 323, 324, 332, 334, 336, 338, 356, 361, 362, 365, 373, 374, 375,
    377, 378, 379, 380, 381, 382, 384, 385, 386, 387, 388, 389, 390, 397, 398, 400, 402, 405, 409, 415, 454,
    466, 468, 469, 470, 471, 472, 473, 474, 475, 476, 477,
];

/// A coefficient's place in the model's output. Left and right are the person's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Left brow drawn down.
    BrowDownLeft = 1,
    /// Right brow drawn down.
    BrowDownRight = 2,
    /// Cheeks blown up.
    CheekPuff = 6,
    /// Left lid closed.
    EyeBlinkLeft = 9,
    /// Right lid closed.
    EyeBlinkRight = 10,
    /// Left eye looks down.
    EyeLookDownLeft = 11,
    /// Right eye looks down.
    EyeLookDownRight = 12,
    /// Left eye looks towards the nose.
    EyeLookInLeft = 13,
    /// Right eye looks towards the nose.
    EyeLookInRight = 14,
    /// Left eye looks away from the nose.
    EyeLookOutLeft = 15,
    /// Right eye looks away from the nose.
    EyeLookOutRight = 16,
    /// Left eye looks up.
    EyeLookUpLeft = 17,
    /// Right eye looks up.
    EyeLookUpRight = 18,
    /// Jaw open.
    JawOpen = 25,
    /// Left corner of the mouth down.
    MouthFrownLeft = 30,
    /// Right corner of the mouth down.
    MouthFrownRight = 31,
    /// Mouth drawn to the left.
    MouthLeft = 33,
    /// Lips pushed forward.
    MouthPucker = 38,
    /// Mouth drawn to the right.
    MouthRight = 39,
    /// Left corner of the mouth up.
    MouthSmileLeft = 44,
    /// Right corner of the mouth up.
    MouthSmileRight = 45,
}

/// The coefficients of one face, each 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    coefficients: Vec<f32>,
}

/// Reads the expression off a mesh. `scale` brings the landmarks to the pixels of a picture of ordinary size.
pub(crate) fn read(net: &Net, mesh: &Mesh) -> Result<Expression, InferenceError> {
    let input: Vec<f32> =
        SUBSET.iter().map(|&index| mesh.at(index)).flat_map(|p| [p.x as f32, p.y as f32]).collect();
    let outputs = net.run(&[1, SUBSET.len(), 2], &input)?;
    match outputs.as_slice() {
        [tensor] if tensor.values.len() == COEFFICIENTS => {
            Ok(Expression { coefficients: tensor.values.clone() })
        }
        _ => Err(net.unexpected("52 coefficients were expected")),
    }
}

impl Expression {
    /// One coefficient.
    pub fn of(&self, shape: Shape) -> f64 {
        f64::from(self.coefficients[shape as usize])
    }

    /// How closed the more closed eye is.
    pub fn eyes_closed(&self) -> f64 {
        self.of(Shape::EyeBlinkLeft).max(self.of(Shape::EyeBlinkRight))
    }

    /// How far the eyes look aside or up: the strongest direction that both eyes share.
    pub fn gaze_aside(&self) -> f64 {
        let both = |a, b| f64::midpoint(self.of(a), self.of(b));
        both(Shape::EyeLookInLeft, Shape::EyeLookOutRight)
            .max(both(Shape::EyeLookOutLeft, Shape::EyeLookInRight))
            .max(both(Shape::EyeLookUpLeft, Shape::EyeLookUpRight))
            .max(both(Shape::EyeLookDownLeft, Shape::EyeLookDownRight))
    }

    /// How strong the strongest grimace is: frown, pout, puffed cheeks, a crooked mouth.
    pub fn grimace(&self) -> f64 {
        let both = |a, b| f64::midpoint(self.of(a), self.of(b));
        both(Shape::BrowDownLeft, Shape::BrowDownRight)
            .max(both(Shape::MouthFrownLeft, Shape::MouthFrownRight))
            .max(self.of(Shape::CheekPuff))
            .max(self.of(Shape::MouthPucker))
            .max(self.of(Shape::MouthLeft))
            .max(self.of(Shape::MouthRight))
    }

    /// How strong the smile is.
    pub fn smile(&self) -> f64 {
        f64::midpoint(self.of(Shape::MouthSmileLeft), self.of(Shape::MouthSmileRight))
    }
}
