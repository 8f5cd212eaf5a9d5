import { texts } from "@/shared/i18n";

export default texts(
  {
    qr: {
      save_png: "存为 PNG",
      save_svg: "存为 SVG",
      poster: "打印海报",
      poster_language: "海报语言",
      language: { zh: "中文", en: "英文" },
      only_here: "这是本机的地址，学生的手机打不开。请用手机能打开的网址进入本页，再保存或打印。",
    },
  },
  {
    qr: {
      save_png: "Save as PNG",
      save_svg: "Save as SVG",
      poster: "Print a poster",
      poster_language: "Language of the poster",
      language: { zh: "Chinese", en: "English" },
      only_here: "This address is of this very computer; phones cannot open it. Open this page by an address that phones reach, then save or print.",
    },
  },
);
