import { texts } from "@/shared/i18n";

export default texts(
  {
    verdict: {
      title: "检查结果",
      none: "没有检查结果",
    },
    finding: {
      face_count: "人数",
      face_size: "脸部像素",
      pose_yaw: "左右转头",
      pose_pitch: "抬头低头",
      pose_roll: "头部端正",
      eyes_open: "双眼",
      eyes_gaze: "视线",
      mouth_closed: "双唇",
      geometry_hairline: "发际",
      geometry_eye_line: "眼睛位置",
      geometry_face_width: "脸宽",
      geometry_centred: "居中",
      sharpness: "清晰度",
      exposure: "光线",
      resolution: "分辨率",
      file_size: "文件大小",
    },
  },
  {
    verdict: {
      title: "Findings",
      none: "No findings",
    },
    finding: {
      face_count: "One face",
      face_size: "Face size",
      pose_yaw: "Turn",
      pose_pitch: "Nod",
      pose_roll: "Tilt",
      eyes_open: "Eyes",
      eyes_gaze: "Gaze",
      mouth_closed: "Lips",
      geometry_hairline: "Hairline",
      geometry_eye_line: "Eye line",
      geometry_face_width: "Face width",
      geometry_centred: "Centred",
      sharpness: "Sharpness",
      exposure: "Light",
      resolution: "Resolution",
      file_size: "File size",
    },
  },
);
