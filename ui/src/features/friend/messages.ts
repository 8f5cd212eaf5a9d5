import { texts } from "@/shared/i18n";

export default texts(
  {
    friend: {
      title: "帮好友付款",
      lead: "{name} 请你代付毕业证照的费用。",
      closes: "{left} 后未付款，订单自动关闭",
      sandbox: "演示支付，不产生费用",
      pay: "付款 {price}",
      paid: "这笔订单已经付过了，谢谢",
      thanks: "已付款，谢谢。好友的页面会自动更新。",
      closed: "这笔订单已关闭，不用付款。",
      refunding: "这笔订单正在退款。",
      refunded: "这笔订单已退款。",
      back: "如有退款，会原路退回到你的账户。",
    },
  },
  {
    friend: {
      title: "Pay for a friend",
      lead: "{name} asks you to pay for a graduation portrait.",
      closes: "The order closes in {left} if unpaid",
      sandbox: "Demo payment, nothing is charged",
      pay: "Pay {price}",
      paid: "This is paid already, thank you",
      thanks: "Paid, thank you. Your friend's page knows.",
      closed: "This order is closed: nothing is to be paid.",
      refunding: "This order is being refunded.",
      refunded: "This order was refunded.",
      back: "A refund comes back to you the same way.",
    },
  },
);
