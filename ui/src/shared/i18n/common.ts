import { texts } from "./messages";

export default texts(
  {
    common: {
      language: "English",
      language_name: "English，切换到英文",
      to_light: "换成浅色",
      to_dark: "换成深色",
      dismiss: "知道了",
      retry: "重试",
      back: "返回",
      close: "关闭",
      cancel: "取消",
      loading: "请稍等",
      key: "按键 {key}",
    },
  },
  {
    common: {
      language: "中文",
      language_name: "中文, switch to Chinese",
      to_light: "Use light colours",
      to_dark: "Use dark colours",
      dismiss: "Got it",
      retry: "Try again",
      back: "Back",
      close: "Close",
      cancel: "Cancel",
      loading: "One moment",
      key: "Key {key}",
    },
  },
);
