//! The light on the face.

use gradshot_domain::{FindingId, Limit, Unit};

use super::row::{Row, graded};

/// Mean brightness of the face's middle tones. Well lit dark skin gives 80 and more, pale skin up to 214;
/// under-exposed faces 23 to 40, burnt-out ones 225 to 255.
const EXPOSURE_PASS: Limit = Limit::between(62.0, 216.0);
const EXPOSURE_REVIEW: Limit = Limit::between(45.0, 235.0);
/// The darker half's light over the brighter half's: two lamps give 0.65 and more, one lamp from the side 0.28 to 0.41.
const EVEN_PASS: f64 = 0.42;
const EVEN_RETAKE: f64 = 0.25;
/// Share of the face that is burnt out: well lit faces have none, over-exposed ones 0.25 and more.
const BURNT_PASS: f64 = 0.02;
const BURNT_RETAKE: f64 = 0.10;
/// Light of the darkest spot of skin over an ordinary one's.
const SHADOW_PASS: f64 = 0.22;
const SHADOW_RETAKE: f64 = 0.08;
/// Distance of the skin's colour from natural ones, CIE L*a*b*: natural faces stay below 9, also under a lamp that is
/// a little warm; coloured lamps give 14 and more, black and white photos 18.
const CAST_PASS: f64 = 9.5;
const CAST_RETAKE: f64 = 13.0;

pub(super) fn rows() -> Vec<Row> {
    vec![
        graded(FindingId::Exposure, Unit::Level, EXPOSURE_PASS, EXPOSURE_REVIEW)
            .rule("亮度适中，层次清晰", "well exposed, with detail in light and dark")
            .how("脸部轮廓内中间一半像素的平均亮度", "mean brightness of the middle half of the pixels in the face")
            .ok("亮度合适（{}）", "well exposed ({})")
            .low(
                ["脸部太暗（{}），请加强正面光重拍", "the face is too dark ({}); add light from the front and shoot again"],
                ["光线太暗，请到亮一些的地方", "It is too dark; go where there is more light"],
            )
            .high(
                ["脸部过亮（{}），请减弱光线重拍", "the face is too bright ({}); reduce the light and shoot again"],
                ["光线太强，请避开直射光", "The light is too strong; avoid direct light"],
            ),
        graded(FindingId::LightEven, Unit::Ratio, Limit::at_least(EVEN_PASS), Limit::at_least(EVEN_RETAKE))
            .rule("光线均匀，不得有阴阳脸", "even light, no half-lit face")
            .how("左右对称的六对肤色点亮度之比（线性光）", "light on six pairs of mirrored spots of skin, the darker over the brighter")
            .ok("光线均匀（{}）", "evenly lit ({})")
            .low(
                ["左右脸光线不均（暗侧为亮侧的 {}），请调整两侧灯光", "one half of the face gets {} of the other's light; level the lamps"],
                ["脸的一边太暗，请面对光源，避开侧光", "One side of your face is dark; turn towards the light"],
            ),
        graded(FindingId::LightHighlights, Unit::Ratio, Limit::at_most(BURNT_PASS), Limit::at_most(BURNT_RETAKE))
            .rule("脸部无高光、光斑", "no highlights or spots of light on the face")
            .how("脸部轮廓内三个通道都到顶的像素占比", "share of the face's pixels with all channels at their end")
            .ok("没有过曝的光斑", "nothing burnt out")
            .high(
                ["脸上有 {} 的面积过曝发白，请减弱灯光或擦去油光", "{} of the face is burnt out; dim the lamps or dab the skin"],
                ["脸上反光，请擦一擦油光或换个位置", "Your face shines; dab it or move a little"],
            ),
        graded(FindingId::LightShadow, Unit::Ratio, Limit::at_least(SHADOW_PASS), Limit::at_least(SHADOW_RETAKE))
            .rule("脸部无阴影", "no shadows on the face")
            .how("鼻与面颊九处肤色点中最暗一处与中位之比（线性光）", "light of the darkest of nine spots on nose and cheeks over the middle one's")
            .ok("脸上没有明显阴影（{}）", "no hard shadow ({})")
            .low(
                ["脸上有明显阴影（{}），请柔化灯光", "a hard shadow lies on the face ({}); soften the light"],
                ["脸上有阴影，请用柔和的正面光", "There is a shadow on your face; use soft light from the front"],
            ),
        graded(FindingId::ColourCast, Unit::Level, Limit::at_most(CAST_PASS), Limit::at_most(CAST_RETAKE))
            .rule("彩色照片，肤色自然，无明显偏色", "a colour photo with natural skin")
            .how("面颊肤色到自然肤色范围的色差（CIE L*a*b*）", "distance of the cheeks' colour from natural skin, CIE L*a*b*")
            .ok("肤色自然（{}）", "natural skin colour ({})")
            .high(
                ["肤色偏离自然（{}），可能偏色或为黑白照片，请检查白平衡", "the skin's colour is off ({}), a cast or a black and white photo; check the white balance"],
                ["照片偏色，请关掉彩色灯光和滤镜", "The colours are off; switch off coloured lamps and filters"],
            ),
    ]
}
