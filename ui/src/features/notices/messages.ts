import { texts } from "@/shared/i18n";

export default texts(
  {
    notices: {
      title: "短信",
      lead: "系统发给学生的短信。没有接短信平台时，正文只留在这里，由工作人员转告学生。",
      to: "号码",
      template: "内容",
      text: "正文",
      state: "状态",
      attempts: "尝试次数",
      at: "写成时间",
      states: { queued: "待发", sent: "已发", given_up: "未能发出" },
      none: "还没有短信",
      none_how: "审核有结果、退款、客服回复时，系统会写短信给学生",
      provider: "由短信平台发送，正文不在这里显示",
    },
  },
  {
    notices: {
      title: "Messages",
      lead: "What the system writes to students. Without a provider the texts stay here, for staff to pass on.",
      to: "Number",
      template: "About",
      text: "Text",
      state: "State",
      attempts: "Tries",
      at: "Written",
      states: { queued: "To be sent", sent: "Sent", given_up: "Given up" },
      none: "No message yet",
      none_how: "The system writes when a review is decided, money goes back or support answers",
      provider: "Sent by a provider; its text is not shown here",
    },
  },
);
