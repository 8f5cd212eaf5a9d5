import { texts } from "@/shared/i18n";

export default texts(
  {
    arrival: {
      ask: "请扫描学生的排号码，或输入号码",
      confirm: "确认到场",
    },
  },
  {
    arrival: {
      ask: "Scan or type the number",
      confirm: "Confirm arrival",
    },
  },
);
