import { texts } from "@/shared/i18n";

export default texts(
  {
    stats: {
      title: "统计",
      lead: "每位审核员每天决定了多少张，其中多少张未通过。",
      reviewer: "审核员",
      decided: "已审",
      approved: "通过",
      rejected: "未通过",
      rate: "未通过率",
      per_day: "每天已审",
      range: { week: "近 7 天", two_weeks: "近 14 天", month: "近 30 天" },
      waiting: "此刻待审",
      in_range: "这段时间已审",
      none: "这段时间没有审核",
      none_how: "审核员作出决定后，数字会出现在这里",
      day: "{day}：通过 {approved}，未通过 {rejected}",
      chart: "每天已审的标准照",
    },
  },
  {
    stats: {
      title: "Statistics",
      lead: "How many portraits each reviewer decided a day, and how many of them were rejected.",
      reviewer: "Reviewer",
      decided: "Decided",
      approved: "Approved",
      rejected: "Rejected",
      rate: "Rejected, %",
      per_day: "Decided a day",
      range: { week: "7 days", two_weeks: "14 days", month: "30 days" },
      waiting: "Waiting now",
      in_range: "Decided in these days",
      none: "Nothing was decided in these days",
      none_how: "Figures appear here once reviewers decide",
      day: "{day}: {approved} approved, {rejected} rejected",
      chart: "Portraits decided a day",
    },
  },
);
