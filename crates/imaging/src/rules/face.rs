//! Who is there, how the head is held, and what the face does.

use gradshot_domain::{FindingId, Limit, Unit};

use super::file::ENLARGEMENT_RETAKE;
use super::row::{Row, graded, reviewed, strict};
use crate::spec::{Spec, Tolerance};

/// Open eyes stay below 0.36, also narrow ones; a wink begins at 0.53, closed eyes at 0.7.
const EYES_CLOSED_PASS: f64 = 0.45;
const EYES_CLOSED_RETAKE: f64 = 0.60;
/// A look into the lens stays below 0.69, also under lowered lids; a look aside begins at 0.79.
const GAZE_PASS: f64 = 0.70;
const GAZE_RETAKE: f64 = 0.85;
/// Gap between the lips over the mouth's width: closed lips stay below 0.04, a smile with teeth gives 0.15 to 0.23
/// (operators differ on it, so a person decides), an open mouth 0.27 and more.
const LIP_GAP_PASS: f64 = 0.07;
const LIP_GAP_RETAKE: f64 = 0.25;
/// The strongest grimace coefficient: calm faces stay below 0.76, a pout gives 0.89.
const GRIMACE_PASS: f64 = 0.80;
/// Shoulders of people who stand straight stay within 6°, of those who lean they give 7° to 26°.
const SHOULDERS_PASS_DEG: f64 = 6.5;
const SHOULDERS_RETAKE_DEG: f64 = 15.0;
/// Distance of face descriptors: the same person gives 0.31 to 0.42, others 0.70 to 0.91.
const SAME_PERSON_PASS: f64 = 0.55;
const SAME_PERSON_RETAKE: f64 = 0.70;

pub(super) fn rows(spec: &Spec) -> Vec<Row> {
    [people(spec), pose(spec), expression()].concat()
}

fn people(spec: &Spec) -> Vec<Row> {
    vec![
        strict(FindingId::FaceCount, Unit::Count, Limit::between(1.0, 1.0))
            .rule("画面中只有本人，无其他人或物", "one person, nobody and nothing else")
            .how("人脸检测并由关键点模型复核", "face detector, confirmed by the landmark model")
            .ok("只有一人", "one person")
            .low(
                ["没有找到人脸，请面对镜头重拍", "no face was found; face the camera and shoot again"],
                ["请正对镜头，让脸完整进入画面", "Face the camera with your whole face in the picture"],
            )
            .high(
                [
                    "画面中有 {} 张脸，请只留一人重拍",
                    "{} faces are in the picture; leave one person and shoot again",
                ],
                ["画面中只能有你一个人", "Only you may be in the picture"],
            ),
        graded(
            FindingId::FaceSize,
            Unit::Px,
            Limit::at_least(spec.geometry.face_width_px.min),
            Limit::at_least(spec.geometry.face_width_px.min / ENLARGEMENT_RETAKE),
        )
        .rule("图像清晰，不得由小图放大", "a clear picture, not enlarged from a small one")
        .how("原片中两颊外缘的像素距离", "cheek to cheek in the shot's own pixels")
        .ok("脸部宽 {} 像素，足够", "the face is {} pixels wide, enough")
        .low(
            [
                "脸部只有 {} 像素宽，请靠近一些重拍",
                "the face is only {} pixels wide; come closer and shoot again",
            ],
            ["离镜头太远，请靠近一些再拍", "You are too far away; come closer and shoot again"],
        ),
        graded(
            FindingId::SamePerson,
            Unit::Ratio,
            Limit::at_most(SAME_PERSON_PASS),
            Limit::at_most(SAME_PERSON_RETAKE),
        )
        .rule("人像与本人一致，同一采集任务不得换人", "one collection shows one person")
        .how(
            "与同一采集任务先前原片的人脸特征距离，只在内存中比较",
            "distance to the face in the same collection's earlier shots, in memory alone",
        )
        .ok("与先前的照片是同一人", "the same person as before")
        .high(
            [
                "与先前的照片可能不是同一人（{}），请核对排号",
                "maybe another person than before ({}); check the number",
            ],
            ["请核对叫到的号码是不是你的", "Check that the called number is yours"],
        )
        .harmless_unmeasured("没有先前的照片可比较", "there is no earlier shot to compare with"),
    ]
}

fn pose(spec: &Spec) -> Vec<Row> {
    vec![
        tilted(FindingId::PoseYaw, spec.pose.yaw)
            .rule("正面免冠，头部端正，两耳对称", "full face, head straight, ears symmetric")
            .how("关键点三维坐标的左右深度差", "depth of the landmarks, left against right")
            .ok("脸正对镜头（{}°）", "facing the camera ({}°)")
            .low(
                ["脸向画面左侧转了 {}°，请正对镜头", "turned {}° to the picture's left; face the camera"],
                [
                    "请把脸向自己的左边转一点，正对镜头",
                    "Turn your face a little to your left, straight to the camera",
                ],
            )
            .high(
                ["脸向画面右侧转了 {}°，请正对镜头", "turned {}° to the picture's right; face the camera"],
                [
                    "请把脸向自己的右边转一点，正对镜头",
                    "Turn your face a little to your right, straight to the camera",
                ],
            ),
        tilted(FindingId::PosePitch, spec.pose.pitch)
            .rule("双眼平视，头部端正", "eyes level, head straight")
            .how("额顶到下巴连线的前后倾角", "lean of the line from forehead to chin")
            .ok("头部俯仰合适（{}°）", "not nodding ({}°)")
            .low(
                ["抬头 {}°，请收下巴", "looking up by {}°; lower the chin"],
                ["请稍收下巴", "Lower your chin a little"],
            )
            .high(
                ["低头 {}°，请稍抬下巴", "looking down by {}°; raise the chin a little"],
                ["请稍抬下巴", "Raise your chin a little"],
            ),
        tilted(FindingId::PoseRoll, spec.pose.roll)
            .rule("头部端正；不得用旋转修正", "head upright; never levelled by rotating the picture")
            .how("两眼角连线与水平线的夹角", "line through the corners of the eyes against the horizontal")
            .ok("头部端正（{}°）", "head upright ({}°)")
            .low(
                [
                    "头向画面左侧歪了 {}°，请摆正重拍",
                    "tilted {}° to the picture's left; straighten and shoot again",
                ],
                ["头歪了，请摆正再拍", "Your head is tilted; hold it upright"],
            )
            .high(
                [
                    "头向画面右侧歪了 {}°，请摆正重拍",
                    "tilted {}° to the picture's right; straighten and shoot again",
                ],
                ["头歪了，请摆正再拍", "Your head is tilted; hold it upright"],
            ),
        graded(
            FindingId::ShouldersLevel,
            Unit::Deg,
            either_side(SHOULDERS_PASS_DEG),
            either_side(SHOULDERS_RETAKE_DEG),
        )
        .rule("双肩平正", "shoulders level")
        .how(
            "姿态模型两肩连线与水平线的夹角",
            "line through the body model's shoulders against the horizontal",
        )
        .ok("双肩平正（{}°）", "shoulders level ({}°)")
        .low(
            [
                "画面右侧的肩膀高了 {}°，请放平",
                "the shoulder on the picture's right is higher by {}°; level them",
            ],
            ["双肩不平，请放松并放平左肩", "Your shoulders are not level; lower the left one"],
        )
        .high(
            [
                "画面左侧的肩膀高了 {}°，请放平",
                "the shoulder on the picture's left is higher by {}°; level them",
            ],
            ["双肩不平，请放松并放平右肩", "Your shoulders are not level; lower the right one"],
        )
        .asked_unmeasured(
            ["双肩没有拍全，未测量", "the shoulders are not in the picture"],
            ["双肩平正吗？（画面中看不清）", "Are the shoulders level? They could not be measured"],
        ),
    ]
}

fn expression() -> Vec<Row> {
    vec![
        graded(
            FindingId::EyesOpen,
            Unit::Ratio,
            Limit::at_most(EYES_CLOSED_PASS),
            Limit::at_most(EYES_CLOSED_RETAKE),
        )
        .rule("双眼自然睁开", "eyes naturally open")
        .how("表情系数 eyeBlink，取较大的一侧", "blendshape eyeBlink, the larger side")
        .ok("双眼睁开", "both eyes are open")
        .high(
            [
                "眼睛没有完全睁开（闭合 {}），请睁眼重拍",
                "eyes not fully open (closed {}); open them and shoot again",
            ],
            ["请睁大眼睛再拍", "Open your eyes wide and shoot again"],
        ),
        graded(FindingId::EyesGaze, Unit::Ratio, Limit::at_most(GAZE_PASS), Limit::at_most(GAZE_RETAKE))
            .rule("双眼平视镜头；不得自拍", "looking into the lens; no selfies")
            .how(
                "表情系数 eyeLook，两眼同向的最大值",
                "blendshape eyeLook, the strongest direction of both eyes",
            )
            .ok("目视镜头", "looking into the lens")
            .high(
                [
                    "没有看镜头（偏离 {}），请看镜头重拍",
                    "not looking into the lens (off by {}); look at it and shoot again",
                ],
                ["请看镜头，不要看屏幕或按键", "Look into the lens, not at the screen or the button"],
            ),
        graded(
            FindingId::MouthClosed,
            Unit::Ratio,
            Limit::at_most(LIP_GAP_PASS),
            Limit::at_most(LIP_GAP_RETAKE),
        )
        .rule("嘴唇自然闭合", "lips naturally closed")
        .how("上下唇间距与嘴宽之比", "gap between the lips over the mouth's width")
        .ok("嘴唇自然闭合", "lips are naturally closed")
        .high(
            [
                "嘴唇没有闭合（张开 {}），请自然闭合重拍",
                "lips are apart (by {}); close them naturally and shoot again",
            ],
            ["请自然闭上嘴唇，不露齿", "Close your lips naturally, without showing teeth"],
        ),
        reviewed(FindingId::ExpressionNeutral, Unit::Ratio, Limit::at_most(GRIMACE_PASS))
            .rule("表情自然", "a natural expression")
            .how(
                "皱眉、撇嘴、噘嘴、鼓腮、歪嘴等表情系数的最大值",
                "the strongest of frown, pout, puffed cheeks, crooked mouth",
            )
            .ok("表情自然", "natural expression")
            .high(
                [
                    "表情不够自然（{}），请审核人员确认",
                    "the expression is strained ({}); the reviewer decides",
                ],
                ["请放松，表情自然", "Relax and keep a natural expression"],
            ),
    ]
}

fn tilted(id: FindingId, tolerance: Tolerance) -> Row {
    graded(id, Unit::Deg, either_side(tolerance.pass_deg), either_side(tolerance.retake_deg))
}

/// An angle to either side.
fn either_side(deg: f64) -> Limit {
    Limit::between(-deg, deg)
}
