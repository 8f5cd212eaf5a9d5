import { texts } from "@/shared/i18n";

export default texts(
  {
    outbox: {
      title: "待传",
      empty: "都已上传",
      queued: "排队中",
      sending: "上传中",
      refused: "服务器拒收",
      attempts: "已试 {count} 次",
      retry: "立即上传",
      yes_title: "等学生确认",
      yes_empty: "没有人在等",
    },
  },
  {
    outbox: {
      title: "To send",
      empty: "All sent",
      queued: "Queued",
      sending: "Sending",
      refused: "Refused by the server",
      attempts: "Tried {count}×",
      retry: "Send now",
      yes_title: "Waiting for a yes",
      yes_empty: "Nobody is waiting",
    },
  },
);
