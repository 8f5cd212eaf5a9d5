/** Invented verdicts as thorough as real ones: every check that a portrait goes through, and a few that went wrong. */
import type { Finding, Question, Severity, Verdict } from "@/shared/api/types";

type Row = [id: Finding["id"], measured: number | null, limit: Finding["limit"], unit: Finding["unit"], zh: string, en: string];

const PASSED: readonly Row[] = [
  ["face.count", 1, { min: 1, max: 1 }, "count", "只有一人", "one person"],
  ["face.size", 486, { min: 180 }, "px", "脸部宽 486 像素，足够", "the face is 486 pixels wide, enough"],
  ["pose.yaw", -1.2, { min: -5, max: 5 }, "deg", "脸正对镜头（1.2°）", "facing the camera (1.2°)"],
  ["pose.pitch", 2.1, { min: -8, max: 8 }, "deg", "头部俯仰合适（2.1°）", "not nodding (2.1°)"],
  ["pose.roll", 0.7, { min: -5, max: 5 }, "deg", "头部端正（0.7°）", "head upright (0.7°)"],
  ["shoulders.level", 1.4, { min: -4, max: 4 }, "deg", "双肩平正（1.4°）", "shoulders level (1.4°)"],
  ["eyes.open", 0.06, { max: 0.4 }, "ratio", "双眼睁开", "both eyes are open"],
  ["eyes.gaze", 0.11, { max: 0.25 }, "ratio", "目视镜头", "looking into the lens"],
  ["mouth.closed", 0.03, { max: 0.1 }, "ratio", "嘴唇自然闭合", "lips are naturally closed"],
  ["expression.neutral", 0.12, { max: 0.5 }, "ratio", "表情自然", "natural expression"],
  ["same.person", null, { max: 0.6 }, "ratio", "没有先前的照片可比较", "there is no earlier shot to compare with"],
  ["geometry.hairline", 78, { min: 50, max: 110 }, "px", "头顶发际距上边 78 像素", "the hair ends 78 pixels from the upper edge"],
  ["geometry.eye_line", 251, { min: 200, max: 300 }, "px", "眼睛距上边 251 像素", "the eyes are 251 pixels from the upper edge"],
  ["geometry.face_width", 236, { min: 180, max: 300 }, "px", "脸宽 236 像素", "the face is 236 pixels wide"],
  ["geometry.centred", -3, { min: -15, max: 15 }, "px", "左右居中（偏 3 像素）", "centred (off by 3 pixels)"],
  ["exposure", 148, { min: 90, max: 210 }, "level", "亮度合适（148）", "well exposed (148)"],
  ["light.even", 0.86, { min: 0.6 }, "ratio", "光线均匀（0.86）", "evenly lit (0.86)"],
  ["light.highlights", 0.01, { max: 0.02 }, "ratio", "没有过曝的光斑", "nothing burnt out"],
  ["light.shadow", 0.74, { min: 0.5 }, "ratio", "脸上没有明显阴影（0.74）", "no hard shadow (0.74)"],
  ["colour.cast", 4, { max: 12 }, "level", "肤色自然（4）", "natural skin colour (4)"],
  ["background.separable", 0.05, { max: 0.25 }, "ratio", "背景与人像容易分开", "the wall is easily told from the person"],
  ["background.uniform", 3, { max: 8 }, "level", "背景均匀（3）", "the wall is even (3)"],
  ["clothes.contrast", 0.02, { max: 0.2 }, "ratio", "衣着与底色区别明显", "clothes and background differ"],
  ["glasses.glare", 0, { max: 0.03 }, "ratio", "眼部没有反光", "no reflections over the eyes"],
  ["glasses.tint", 0.61, { min: 0.28 }, "ratio", "眼部没有遮暗", "the eyes are not darkened"],
  ["ears.visible", 0.48, { min: 0.15 }, "ratio", "两耳可见", "both ears are to be seen"],
  ["hair.brows", 0.08, { max: 0.55 }, "ratio", "眉毛没有被遮住", "the brows are free"],
  ["hair.eyes", 0.12, { max: 0.65 }, "ratio", "眼睛没有被遮住", "the eyes are free"],
  ["head.cover", 0.04, { max: 0.25 }, "ratio", "头上没有见到帽饰", "nothing seen on the head"],
  ["recapture", 1, { max: 4 }, "level", "没有翻拍的条纹", "no stripes of a screen or print"],
  ["sharpness", 0.42, { min: 0.2 }, "ratio", "脸部清晰", "the face is sharp"],
  ["resolution", 0.49, { max: 1 }, "times", "原片像素足够（缩放 0.49 倍）", "the shot has pixels enough (scaled 0.49 times)"],
  ["file.size", 36.4, { min: 20, max: 40 }, "KB", "文件 36.4 KB", "the file has 36.4 KB"],
];

/** What went wrong: how grave it is, the measured value, and the words for the operator and for the student. */
type Fault = [id: Finding["id"], severity: Severity, measured: number | null, zh: string, en: string, student_zh: string, student_en: string];

export const TILTED: Fault = [
  "pose.roll",
  "retake",
  8.6,
  "头向画面右侧歪了 8.6°，请摆正重拍",
  "tilted 8.6° to the picture's right; straighten and shoot again",
  "头歪了，请摆正再拍",
  "Your head is tilted; hold it upright",
];
export const GLARE: Fault = [
  "glasses.glare",
  "review",
  0.09,
  "眼镜反光盖住 0.09 的镜片，请调整灯光或略低头",
  "reflections cover 0.09 of a lens; move the lamps or lower the glasses' arms",
  "眼镜反光，请微微低头或调整眼镜",
  "Your glasses reflect; lower your head slightly or adjust them",
];
export const LOOKING_ASIDE: Fault = [
  "eyes.gaze",
  "review",
  0.31,
  "没有看镜头（偏离 0.31），请看镜头重拍",
  "not looking into the lens (off by 0.31); look at it and shoot again",
  "请看镜头，不要看屏幕或按键",
  "Look into the lens, not at the screen or the button",
];
export const EARS_UNKNOWN: Fault = ["ears.visible", "review", null, "未能自动测量，请审核人员确认", "could not be measured; the reviewer decides", "", ""];

const QUESTIONS: Question[] = [
  { id: "head.cover", zh: "头上有帽子、头巾或发饰吗？（宗教、医疗原因除外）", en: "Is there a hat, scarf or ornament on the head, but for faith or health?" },
  { id: "jewellery", zh: "戴了耳环、项链等饰物吗？", en: "Are there earrings, a necklace or other jewellery?" },
  { id: "makeup.heavy", zh: "有浓妆或美瞳吗？", en: "Is there heavy make-up, or are there coloured lenses?" },
  { id: "retouch", zh: "有美颜或修图的痕迹吗？", en: "Are there traces of a beauty filter or of retouching?" },
  { id: "recapture", zh: "像是翻拍照片或屏幕吗？", en: "Does it look like a photo of a photo or of a screen?" },
];

/** A whole verdict in which these went wrong, the gravest first, and all else is in order. */
export function verdictWith(...faults: Fault[]): Verdict {
  const complaints = faults.map(([id, severity, measured, zh, en, student_zh, student_en]): Finding => {
    const [, , limit = null, unit = "ratio"] = PASSED.find((row) => row[0] === id) ?? [];
    return { id, severity, measured, limit, unit, zh, en, student_zh, student_en };
  });
  const passed = PASSED.filter((row) => !faults.some(([id]) => id === row[0])).map(
    ([id, measured, limit, unit, zh, en]): Finding => ({ id, severity: "pass", measured, limit, unit, zh, en }),
  );
  return { outcome: faults[0]?.[1] ?? "pass", findings: [...complaints, ...passed], questions: QUESTIONS };
}
