//! Hair, ears, glasses, things on the head, and whether a person stood there at all.

use gradshot_domain::{FindingId, Limit, Unit};

use super::row::{Row, graded, reviewed};

/// Share of a lens that is a reflection: eyes without one stay below 0.01.
const GLARE_PASS: f64 = 0.03;
const GLARE_RETAKE: f64 = 0.25;
/// Light right below the eyes over the light on the cheeks: deep-set eyes give 0.31 and more, sunglasses 0.06.
const TINT_PASS: f64 = 0.28;
const TINT_RETAKE: f64 = 0.12;
/// Share of rows beside the face in which there is skin, of the less visible ear.
const EARS_PASS: f64 = 0.15;
/// Share of the skin above the brows, and between brows and eyes, that is covered.
const BROWS_PASS: f64 = 0.55;
const OVER_EYES_PASS: f64 = 0.65;
/// Share of what is above the forehead that has no hair's colour: hair stays below 0.06, a coloured cap gives 0.8.
const COVER_PASS: f64 = 0.25;
/// Strength of regular patterns: faces stay below 3.1, a photographed screen gave 4.8.
const RECAPTURE_PASS: f64 = 4.0;

pub(super) fn rows() -> Vec<Row> {
    vec![
        graded(
            FindingId::GlassesGlare,
            Unit::Ratio,
            Limit::at_most(GLARE_PASS),
            Limit::at_most(GLARE_RETAKE),
        )
        .rule("眼镜不得反光", "no reflections in glasses")
        .how(
            "眼部镜片范围内（虹膜以外）过亮像素占比",
            "share of very bright pixels around the eye, the iris left out",
        )
        .ok("眼部没有反光", "no reflections over the eyes")
        .high(
            [
                "眼镜反光盖住 {} 的镜片，请调整灯光或略低头",
                "reflections cover {} of a lens; move the lamps or lower the glasses' arms",
            ],
            [
                "眼镜反光，请微微低头或调整眼镜",
                "Your glasses reflect; lower your head slightly or adjust them",
            ],
        ),
        graded(FindingId::GlassesTint, Unit::Ratio, Limit::at_least(TINT_PASS), Limit::at_least(TINT_RETAKE))
            .rule("不得佩戴有色眼镜", "no tinted glasses")
            .how("眼下皮肤与面颊亮度之比（线性光）", "light right below the eyes over light on the cheeks")
            .ok("眼部没有遮暗", "the eyes are not darkened")
            .low(
                [
                    "眼部明显偏暗（{}），可能戴有色眼镜，请摘下",
                    "the eyes are darkened ({}), maybe by tinted glasses; take them off",
                ],
                ["请摘下有色眼镜", "Take off tinted glasses"],
            ),
        reviewed(FindingId::EarsVisible, Unit::Ratio, Limit::at_least(EARS_PASS))
            .rule("头发不遮耳朵，两耳可见", "ears free of hair, both to be seen")
            .how(
                "脸侧耳部高度内可见肤色的行数占比，取较小一侧",
                "share of rows beside the face that show skin, the lesser side",
            )
            .ok("两耳可见", "both ears are to be seen")
            .low(
                [
                    "耳朵可能被头发遮住（可见 {}），请把头发别到耳后",
                    "hair may hide an ear ({} is seen); tuck it behind the ears",
                ],
                ["请把头发别到耳后，露出双耳", "Tuck your hair behind your ears so that both are seen"],
            ),
        reviewed(FindingId::HairBrows, Unit::Ratio, Limit::at_most(BROWS_PASS))
            .rule("刘海不遮眉毛", "no fringe over the brows")
            .how("眉上缘一带非肤色占比", "share right above the brows that is not skin")
            .ok("眉毛没有被遮住", "the brows are free")
            .high(
                [
                    "眉毛上方有 {} 被遮住，请把刘海拨开",
                    "{} above the brows is covered; brush the fringe aside",
                ],
                [
                    "请把刘海拨开，露出眉毛和额头",
                    "Brush your fringe aside so that brows and forehead are seen",
                ],
            ),
        reviewed(FindingId::HairEyes, Unit::Ratio, Limit::at_most(OVER_EYES_PASS))
            .rule("头发与镜框不遮眼睛", "neither hair nor frames over the eyes")
            .how("眉眼之间非肤色占比", "share between brows and eyes that is not skin")
            .ok("眼睛没有被遮住", "the eyes are free")
            .high(
                [
                    "眉眼之间有 {} 被遮住，请拨开头发或扶正眼镜",
                    "{} between brows and eyes is covered; move hair or glasses",
                ],
                ["请拨开眼前的头发，扶正眼镜", "Move hair and glasses away from your eyes"],
            ),
        reviewed(FindingId::HeadCover, Unit::Ratio, Limit::at_most(COVER_PASS))
            .rule("免冠；宗教、医疗原因除外", "bareheaded, but for faith or health")
            .how("额头以上非发色面积占比", "share above the forehead that has no hair's colour")
            .ok("头上没有见到帽饰", "nothing seen on the head")
            .high(
                [
                    "头上可能有帽子或发饰（{}），请审核人员确认",
                    "there may be something on the head ({}); the reviewer decides",
                ],
                ["请摘下帽子和发饰", "Take off hats and hair ornaments"],
            )
            .harmless_unmeasured("额头以上没有内容", "there is nothing above the forehead"),
        reviewed(FindingId::Recapture, Unit::Level, Limit::at_most(RECAPTURE_PASS))
            .rule("真人实拍，不得翻拍照片或屏幕", "a real person, no photo of a photo or a screen")
            .how("脸部频谱中规则条纹的强度", "strength of regular patterns in the face's spectrum")
            .ok("没有翻拍的条纹", "no stripes of a screen or print")
            .high(
                [
                    "画面有规则条纹（{}），可能翻拍自屏幕或照片，请审核人员确认",
                    "regular stripes ({}), maybe a photo of a screen; the reviewer decides",
                ],
                [
                    "请本人到镜头前实拍，不要翻拍",
                    "Stand before the camera yourself; do not photograph a screen or print",
                ],
            ),
    ]
}
