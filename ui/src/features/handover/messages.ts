import { texts } from "@/shared/i18n";

export default texts(
  {
    handover: {
      title: "上网",
      lead: "把审核通过的标准照打成一个包，交给学信网。",
      campaign: "采集批次",
      categories: "学历类别",
      code: "批次代码",
      go: "打包",
      nothing: "没有新的已通过标准照",
      made: "{count} 张标准照，{time} 打包",
      download: "下载",
      sha: "SHA-256 {sum}",
      none: "还没有采集批次",
      none_how: "开好采集批次后，会出现在这里",
    },
  },
  {
    handover: {
      title: "Hand-over",
      lead: "Bundles approved portraits for the registry.",
      campaign: "Campaign",
      categories: "Kinds of studies",
      code: "Code",
      go: "Make a bundle",
      nothing: "No newly approved portrait",
      made: "{count} portraits, bundled {time}",
      download: "Download",
      sha: "SHA-256 {sum}",
      none: "There is no campaign yet",
      none_how: "Campaigns appear here once they are opened",
    },
  },
);
