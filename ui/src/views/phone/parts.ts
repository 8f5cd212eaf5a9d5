import { later, loadAhead } from "./later";

/** What is loaded when it is needed; the first screen waits for none of it. */
const sign = () => import("@/features/student/StudentSign.vue");
const school = () => import("@/features/student/FindSchool.vue");
const code = () => import("@/features/student/RegisterCode.vue");
const steps = () => import("./OneCollection.vue");
export const StudentSign = later(sign);
export const FindSchool = later(school);
export const RegisterCode = later(code);
export const OneCollection = later(steps);
export const LiveTicket = later(() => import("@/features/student/LiveTicket.vue"));

/** For somebody new the sign-in comes next; for everybody else the steps, at once. */
export function loadNext(isNew: boolean): void {
  if (isNew) return loadAhead(sign, school, code, steps);
  void steps().catch(() => undefined);
  loadAhead(sign, school, code);
}

const photoTexts = () => import("@/features/photo/messages");
const mineTexts = () => import("@/features/mine/messages");

export const PhotoRules = later(() => import("@/features/photo/PhotoRules.vue"), photoTexts);
export const TakePhoto = later(() => import("@/features/photo/TakePhoto.vue"), photoTexts);
export const MakingPortrait = later(() => import("@/features/photo/MakingPortrait.vue"), photoTexts);
export const DecidePortrait = later(() => import("@/features/photo/DecidePortrait.vue"), photoTexts);
export const HowToCode = later(
  () => import("@/features/code/HowToCode.vue"),
  () => import("@/features/code/messages"),
);
export const PrintsPage = later(
  () => import("@/features/prints/PrintsPage.vue"),
  () => import("@/features/prints/messages"),
);
export const HelpPage = later(
  () => import("@/features/help/HelpPage.vue"),
  () => import("@/features/help/messages"),
);
export const FriendPays = later(
  () => import("@/features/friend/FriendPays.vue"),
  () => import("@/features/friend/messages"),
);
const groupTexts = () => import("@/features/group/messages");
export const PayByGroup = later(() => import("@/features/group/PayByGroup.vue"), groupTexts);
export const GroupPage = later(() => import("@/features/group/GroupPage.vue"), groupTexts);
export const MineMenu = later(() => import("@/features/mine/MineMenu.vue"), mineTexts);
export const MyData = later(() => import("@/features/mine/MyData.vue"), mineTexts);
export const MyMessages = later(() => import("@/features/mine/MyMessages.vue"), mineTexts);
export const MyDevices = later(() => import("@/features/mine/MyDevices.vue"), mineTexts);
export const MyConsents = later(() => import("@/features/mine/MyConsents.vue"), mineTexts);
export const MyOrders = later(() => import("@/features/mine/MyOrders.vue"), mineTexts);
export const NewPassword = later(() => import("@/features/mine/NewPassword.vue"), mineTexts);
