import { texts } from "@/shared/i18n";

export default texts(
  {
    live: {
      title: "实时取景",
      no_frames: "等待相机画面",
      no_camera: "相机未就绪",
      mirrored: "预览已镜像，照片不镜像",
      countdown: "自动拍摄倒计时",
      stop_how: "保持不动 · 按退格键停止",
    },
  },
  {
    live: {
      title: "Live view",
      no_frames: "Waiting for the camera's picture",
      no_camera: "The camera is not ready",
      mirrored: "Preview mirrored, photos are not",
      countdown: "Automatic shutter's countdown",
      stop_how: "Hold still · Backspace stops",
    },
  },
);
