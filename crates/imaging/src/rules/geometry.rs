//! Where the face stands in the portrait.

use gradshot_domain::{FindingId, Limit, Unit};

use super::row::{Row, strict};
use crate::spec::Spec;

pub(super) fn rows(spec: &Spec) -> Vec<Row> {
    let geometry = &spec.geometry;
    let offset = geometry.centre_offset_max_px;
    vec![
        strict(FindingId::GeometryHairline, Unit::Px, geometry.hairline_px.limit())
            .rule("头顶发际距上边沿的距离", "distance of the hair's top from the upper edge")
            .how("抠像在头顶逐行收窄处", "the row above the forehead where the matte ends")
            .ok("头顶发际距上边 {} 像素", "the hair ends {} pixels from the upper edge")
            .low(
                [
                    "头顶发际距上边只有 {} 像素，请后退或把相机抬高一些",
                    "the hair ends only {} pixels from the upper edge; step back or aim higher",
                ],
                ["头顶留空太少，请后退一些", "Too little room above your head; step back"],
            )
            .high(
                [
                    "头顶发际距上边有 {} 像素，请在画面下方多留一些身体",
                    "the hair ends {} pixels from the upper edge; leave more of the body below",
                ],
                ["头顶留空太多，请让镜头低一些", "Too much room above your head; aim the camera lower"],
            )
            .unmeasured(
                [
                    "头顶被画面切掉，请在上方留出空间重拍",
                    "the crown is cut off; leave room above and shoot again",
                ],
                ["头顶没有拍全，请后退再拍", "The top of your head is cut off; step back and shoot again"],
            ),
        strict(FindingId::GeometryEyeLine, Unit::Px, geometry.eye_line_px.limit())
            .rule("眼睛所在位置距上边沿的距离", "distance of the eyes from the upper edge")
            .how("两瞳孔中点", "midpoint of the pupils")
            .ok("眼睛距上边 {} 像素", "the eyes are {} pixels from the upper edge")
            .low(
                [
                    "眼睛距上边只有 {} 像素，请在上方多留空间",
                    "the eyes are only {} pixels from the upper edge; leave more room above",
                ],
                [
                    "位置太高，请让镜头高一些或后退",
                    "You stand too high in the picture; aim higher or step back",
                ],
            )
            .high(
                [
                    "眼睛距上边有 {} 像素，请后退并拍到肩部以下",
                    "the eyes are {} pixels from the upper edge; step back and show more below the shoulders",
                ],
                ["请后退一些，把肩膀拍全", "Step back so that your shoulders are in the picture"],
            ),
        strict(FindingId::GeometryFaceWidth, Unit::Px, geometry.face_width_px.limit())
            .rule("脸部宽度", "width of the face")
            .how("关键点轮廓的两颊外缘", "cheek to cheek on the landmarks' outline")
            .ok("脸宽 {} 像素", "the face is {} pixels wide")
            .low(
                ["脸宽只有 {} 像素，请靠近一些", "the face is only {} pixels wide; come closer"],
                ["脸太小，请靠近一些", "Your face is too small; come closer"],
            )
            .high(
                [
                    "脸宽达 {} 像素，请后退，四周多留空间",
                    "the face is {} pixels wide; step back and leave room around",
                ],
                ["脸太大，请后退一些", "Your face is too large; step back"],
            ),
        strict(FindingId::GeometryCentred, Unit::Px, Limit::between(-offset, offset))
            .rule("头像水平居中", "the head in the middle")
            .how(
                "脸部轮廓中线与画面中线的距离",
                "middle of the face's outline against the middle of the picture",
            )
            .ok("左右居中（偏 {} 像素）", "centred (off by {} pixels)")
            .low(
                [
                    "脸偏左 {} 像素，请站到画面中间",
                    "the face is {} pixels left of the middle; stand in the middle",
                ],
                ["请站到画面中间", "Stand in the middle of the picture"],
            )
            .high(
                [
                    "脸偏右 {} 像素，请站到画面中间",
                    "the face is {} pixels right of the middle; stand in the middle",
                ],
                ["请站到画面中间", "Stand in the middle of the picture"],
            ),
    ]
}
