/** Invented people, places and findings for the pages' tests. Nobody here exists. */
import { EARS_UNKNOWN, GLARE, LOOKING_ASIDE, TILTED, verdictWith } from "../../src/host/play-verdicts";
import type { Board, BoardCall, Campaign, Collection, Finding, ReviewItem, Studio, Ticket } from "../../src/shared/api/types";
import { inMinutes } from "./clock";

export const campaign: Campaign = {
  id: "0190a000-0000-7000-8000-000000000001",
  school_name: "示范大学",
  title: "2027 届毕业生图像采集",
  code: "EK43",
  categories: ["bachelor", "master"],
  policy: {
    payment: "before_capture",
    retakes: "until_submitted",
    routes: ["studio"],
    album_allowed: true,
    withdraw_in_review: true,
    review_promise_days: 2,
    unpaid_order_minutes: 30,
    payers: ["student"],
    spec: "chsi",
  } as Campaign["policy"],
};

export const studio: Studio = {
  id: "0190a000-0000-7000-8000-000000000002",
  name: "示范照相馆",
  code: "SFZX",
  address: "示范路 1 号大学生活动中心 2 楼",
  phone: "010-55550101",
  packages: [
    { id: "0190a000-0000-7000-8000-000000000003", name: "毕业证照", price: 3500 },
    { id: "0190a000-0000-7000-8000-000000000004", name: "毕业证照加印一版", price: 5000 },
  ],
};

/** All 33 checks: four complaints, and the reviewer's questions. */
export const thorough = verdictWith(TILTED, LOOKING_ASIDE, GLARE, EARS_UNKNOWN);

/** All 33 checks, nothing to complain about. */
export const clean = verdictWith();

/** A few checks, as an older station sends them: no words for the student, no questions. */
export const good: Finding[] = [
  { id: "face.count", severity: "pass", measured: 1, limit: { min: 1, max: 1 }, unit: "count", zh: "画面里只有一张脸", en: "One face in the picture" },
  { id: "eyes.open", severity: "pass", measured: 0.94, limit: { min: 0.6 }, unit: "ratio", zh: "双眼睁开", en: "Both eyes are open" },
  { id: "exposure", severity: "pass", measured: 148, limit: { min: 90, max: 210 }, unit: "level", zh: "光线合适", en: "The light is right" },
];

export const gaze: Finding = {
  id: "eyes.gaze",
  severity: "review",
  measured: 0.31,
  limit: { max: 0.25 },
  unit: "ratio",
  zh: "视线稍微偏离镜头，请审核员看一眼",
  en: "The eyes look slightly past the lens: a reviewer should see",
};

export const ticket: Ticket = {
  id: "0190a000-0000-7000-8000-000000000005",
  number: "A012",
  state: "waiting",
  ahead: 3,
  expected_wait_minutes: 4,
  station_name: null,
  token: `GST1.${"eyJ0IjoiMDE5MGEwMDAtMDAwMC03MDAwIiwibiI6IkEwMTIifQ".repeat(6)}.c2lnbmF0dXJl`,
};

export const portraitUrl = "/api/portraits/0190a000-0000-7000-8000-000000000006/picture.jpg";

export const collection: Collection = {
  id: "0190a000-0000-7000-8000-000000000007",
  campaign: campaign.id,
  school_name: campaign.school_name,
  campaign_title: campaign.title,
  category: "bachelor",
  masked_name: "林**",
  next_step: "consent",
  policy: campaign.policy,
  routes: ["studio"],
  route: null,
  studio: null,
  order: null,
  ticket: null,
  portrait: null,
};

export const booked: Collection = {
  ...collection,
  route: "studio",
  next_step: "pay",
  studio: { id: studio.id, name: studio.name, address: studio.address, phone: studio.phone, package_name: "毕业证照" },
  order: { id: "0190a000-0000-7000-8000-000000000008", total: 3500, state: "unpaid", closes_at: inMinutes(29) },
};

export const paid: Collection = { ...booked, next_step: "check_in", order: { id: booked.order?.id ?? "", total: 3500, state: "paid", closes_at: null } };

export const shown: Collection = {
  ...paid,
  next_step: "decide",
  portrait: {
    id: "0190a000-0000-7000-8000-000000000006",
    state: "stored",
    sealed_at: "2026-05-18T06:05:00Z",
    verdict: thorough,
    picture_url: portraitUrl,
    reject_reasons: [],
  },
};

export function boardCall(number: string, station_name: string, rest: Partial<BoardCall> = {}): BoardCall {
  return { number, station_name, masked_name: "林**", times: 1, at: "2026-05-18T06:05:00Z", arrived: false, ...rest };
}

export const board: Board = {
  studio_name: studio.name,
  called: [boardCall("A013", "2号机位"), boardCall("A012", "1号机位", { arrived: true })],
  next: ["A014", "A015", "A016"],
  last_called: ["A011", "A010"],
  waiting: 9,
  expected_wait_minutes: 6,
  stations: [
    { name: "1号机位", paused: false },
    { name: "2号机位", paused: false },
    { name: "3号机位", paused: false },
  ],
};

export const reviewItem: ReviewItem = {
  portrait: "0190a000-0000-7000-8000-000000000006",
  campaign_title: campaign.title,
  school_name: campaign.school_name,
  category: "bachelor",
  sealed_at: "2026-05-18T06:05:00Z",
  claimed_until: inMinutes(10),
  verdict: thorough,
  picture_url: portraitUrl,
  due: "2026-05-20",
};
