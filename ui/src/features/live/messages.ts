import { texts } from "@/shared/i18n";

export default texts(
  {
    live: {
      title: "实时取景",
      no_frames: "等待相机画面",
      no_camera: "相机未就绪",
    },
  },
  {
    live: {
      title: "Live view",
      no_frames: "Waiting for the camera's picture",
      no_camera: "The camera is not ready",
    },
  },
);
