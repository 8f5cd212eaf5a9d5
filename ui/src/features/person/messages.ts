import { texts } from "@/shared/i18n";

export default texts(
  {
    person: {
      nobody: "机位空闲",
      called: "已叫号 {times} 次，等候到场",
      scanned: "已扫码到场",
      typed: "已核对号码到场",
      sealing: "正在封存标准照",
      other_face: "几张照片不像同一个人，请核对，不是本人按 X",
      demo: "演示",
      now: "当前学生",
    },
  },
  {
    person: {
      nobody: "Nobody here",
      called: "Called {times}×, not here yet",
      scanned: "Here, code scanned",
      typed: "Here, number checked",
      sealing: "Sealing the portrait",
      other_face: "The shots do not look like one person: check, or press X",
      demo: "Demo",
      now: "Student at this station",
    },
  },
);
