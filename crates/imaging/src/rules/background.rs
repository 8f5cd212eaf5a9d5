//! The wall in the shot, and the clothes against the portrait's background.

use gradshot_domain::{FindingId, Limit, Unit};

use super::row::{Row, graded, reviewed};

/// Share of the person's edge where person and wall look alike: below 0.3 mattes were clean, black hair before black
/// gives 0.4 to 0.7.
const ALIKE_PASS: f64 = 0.35;
const ALIKE_RETAKE: f64 = 0.75;
/// Unevenness of the wall, standard deviation of its lightness: plain walls stay below 9, rooms and streets give 12 to 33.
const UNEVEN_PASS: f64 = 12.0;
/// Share of the clothes with the backdrop's colour.
const CLOTHES_PASS: f64 = 0.20;
const CLOTHES_RETAKE: f64 = 0.60;

pub(super) fn rows() -> Vec<Row> {
    vec![
        graded(
            FindingId::BackgroundSeparable,
            Unit::Ratio,
            Limit::at_most(ALIKE_PASS),
            Limit::at_most(ALIKE_RETAKE),
        )
        .rule("背景与头发、衣服颜色有区别", "the wall differs from hair and clothes")
        .how(
            "人像边缘上内外颜色无法区分的长度占比",
            "share of the person's edge where both sides have the same colour",
        )
        .ok("背景与人像容易分开", "the wall is easily told from the person")
        .high(
            [
                "人像边缘有 {} 与背景颜色相近，抠像可能不准，请换背景或补光",
                "along {} of the edge person and wall look alike; change the wall or light it",
            ],
            [
                "背景和头发或衣服颜色太近，请换一面浅色的墙",
                "The wall looks like your hair or clothes; stand before a plain light wall",
            ],
        ),
        reviewed(FindingId::BackgroundUniform, Unit::Level, Limit::at_most(UNEVEN_PASS))
            .rule("背景单一，无杂物、渐变与阴影", "one plain background without things, gradients or shadows")
            .how("背景明度的标准差（0–100）", "standard deviation of the wall's lightness, 0 to 100")
            .ok("背景均匀（{}）", "the wall is even ({})")
            .high(
                [
                    "背景杂乱（{}），请审核人员确认抠像是否干净",
                    "the background is busy ({}); the reviewer looks at the edges",
                ],
                ["背景太杂，请换一面干净的浅色墙", "The background is busy; stand before a plain light wall"],
            )
            .harmless_unmeasured("画面中没有背景可检查", "there is no background to be seen"),
        graded(
            FindingId::ClothesContrast,
            Unit::Ratio,
            Limit::at_most(CLOTHES_PASS),
            Limit::at_most(CLOTHES_RETAKE),
        )
        .rule("衣着与背景颜色有明显区别", "clothes clearly differ from the background")
        .how(
            "颈部以下与标准照底色相近的面积占比",
            "share below the neck that is close to the portrait's background",
        )
        .ok("衣着与底色区别明显", "clothes and background differ")
        .high(
            [
                "{} 的衣着与底色相近，请换一件颜色不同的衣服",
                "{} of the clothes has the background's colour; change them",
            ],
            [
                "衣服和底色太接近，请换深色衣服，不要穿蓝色",
                "Your clothes are too close to the background; wear something darker, not blue",
            ],
        )
        .harmless_unmeasured("画面中看不到衣着", "no clothes are to be seen"),
    ]
}
