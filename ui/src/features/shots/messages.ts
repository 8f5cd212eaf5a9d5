import { texts } from "@/shared/i18n";

export default texts(
  {
    shots: {
      strip: "原片",
      nth: "第 {n} 张",
      shot: "原片",
      portrait: "标准照",
      developing: "正在制作标准照",
      took: "用时 {time}",
      no_portrait: "做不出标准照",
      unreadable: "原片读不出",
      none: "拍摄后，原片和标准照并排显示在这里",
      nobody: "学生到场并拍摄后，原片和标准照显示在这里",
      retake: "重拍",
      accept: "通过",
      not_this_person: "不是此人",
      not_this_person_how: "清空本次所有原片，重新扫码",
    },
  },
  {
    shots: {
      strip: "Shots",
      nth: "Shot {n}",
      shot: "Shot",
      portrait: "Portrait",
      developing: "Making the portrait",
      took: "Took {time}",
      no_portrait: "No portrait could be made",
      unreadable: "The shot could not be read",
      none: "Shot and portrait appear here side by side",
      nobody: "Shot and portrait appear here once a student was photographed",
      retake: "Retake",
      accept: "Accept",
      not_this_person: "Not this person",
      not_this_person_how: "Throws these shots away and asks for the scan again",
    },
  },
);
