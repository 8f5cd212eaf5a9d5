import { texts } from "@/shared/i18n";

export default texts(
  {
    board: {
      title: "叫号屏",
      called: "请到机位",
      next: "接下来",
      last_called: "刚叫过",
      nobody_called: "请稍等，马上开始叫号",
      nobody_next: "没有人在等候",
      arrived: "拍摄中",
      wait: "现在取号约等 {minutes} 分钟",
      no_wait: "现在取号不用等",
      waiting: "等候 {count} 人",
      notice: "叫到号请到机位，出示手机上的排号码",
      scan: "扫码取号",
      code: "取号代码 {code}",
      offline: "连接中断，号码以机位呼叫为准",
      unknown: "没有找到这家照相馆，请核对地址里的代码",
      no_code: "请在地址后面加上照相馆代码，例如 board.html?studio=SFZX",
    },
  },
  {
    board: {
      title: "Board",
      called: "Please come",
      next: "Next",
      last_called: "Just called",
      nobody_called: "One moment, calling starts soon",
      nobody_next: "Nobody is waiting",
      arrived: "At camera",
      wait: "About {minutes} min from now",
      no_wait: "No waiting now",
      waiting: "{count} waiting",
      notice: "When called, show the code on your phone",
      scan: "Scan to join",
      code: "Code {code}",
      offline: "Connection lost: listen to the station's call",
      unknown: "No studio has this code. Check the address.",
      no_code: "Add the studio's code to the address, for example board.html?studio=SFZX",
    },
  },
);
