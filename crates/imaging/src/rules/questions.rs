//! What no model here can honestly measure: named, and asked of the reviewer with every portrait.

use gradshot_domain::{FindingId, Question};

const QUESTIONS: [(FindingId, &str, &str); 5] = [
    (
        FindingId::HeadCover,
        "头上有帽子、头巾或发饰吗？（宗教、医疗原因除外）",
        "Is there a hat, scarf or ornament on the head, but for faith or health?",
    ),
    (FindingId::Jewellery, "戴了耳环、项链等饰物吗？", "Are there earrings, a necklace or other jewellery?"),
    (FindingId::MakeupHeavy, "有浓妆或美瞳吗？", "Is there heavy make-up, or are there coloured lenses?"),
    (FindingId::Retouch, "有美颜或修图的痕迹吗？", "Are there traces of a beauty filter or of retouching?"),
    (FindingId::Recapture, "像是翻拍照片或屏幕吗？", "Does it look like a photo of a photo or of a screen?"),
];

/// The questions that go with every portrait.
pub(crate) fn questions() -> Vec<Question> {
    QUESTIONS.iter().map(|&(id, zh, en)| Question { id, zh: zh.to_owned(), en: en.to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_asks_in_both_languages() {
        assert!(questions().iter().all(|question| question.zh.contains('？') && question.en.contains('?')));
    }
}
