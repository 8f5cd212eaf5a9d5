/**
 * The messages, by the names that the Rust side gives them (crates/wire, crates/domain).
 */

export type Category = "associate" | "bachelor" | "master" | "doctor" | "continuing";
export type Route = "phone" | "studio";
export type PaymentTime = "before_capture" | "after_preview";
export type Severity = "pass" | "review" | "retake";
export type Outcome = Severity;
export type Unit = "count" | "px" | "deg" | "ratio" | "times" | "level" | "KB";
export type Role = "student" | "reviewer" | "school" | "support" | "admin";
export type Priority = "normal" | "ahead";
export type RejectReason =
  | "background"
  | "light"
  | "pose"
  | "expression"
  | "hair"
  | "glasses"
  | "clothes"
  | "retouched"
  | "wrong_person"
  | "sharpness";

export interface Limit {
  min?: number | null;
  max?: number | null;
}
export interface Finding {
  id: string;
  severity: Severity;
  measured?: number | null;
  limit?: Limit | null;
  unit: Unit;
  zh: string;
  en: string;
}
export interface Verdict {
  outcome: Outcome;
  findings: Finding[];
}

export interface Problem {
  code: string;
  status: number;
  zh: string;
  en: string;
}

export interface Account {
  id: string;
  role: Role;
  masked_login: string;
}
export interface Session {
  token: string;
  account: Account;
}
export interface SignIn {
  login: string;
  password: string;
}
export interface SignUp {
  phone: string;
  password: string;
  password_again: string;
}

export interface Policy {
  payment: PaymentTime;
  routes: Route[];
  album_allowed: boolean;
  review_promise_days: number;
  unpaid_order_minutes: number;
  spec: string;
}
export interface Campaign {
  id: string;
  school_name: string;
  title: string;
  code: string;
  categories: Category[];
  policy: Policy;
}
export interface Campaigns {
  campaigns: Campaign[];
}
export interface Package {
  id: string;
  name: string;
  price: number;
}
export interface Studio {
  id: string;
  name: string;
  code: string;
  address: string;
  phone: string;
  packages: Package[];
}
export interface Studios {
  studios: Studio[];
}

export type ImageCode = { image_code_picture: string } | { image_code_text: string };
export type RegisterImageCode = ImageCode & {
  campaign: string;
  category: Category;
  id_last4: string;
  name: string;
};

export type NextStep =
  | "consent"
  | "choose_route"
  | "pay"
  | "check_in"
  | "wait"
  | "come"
  | "wait_for_portrait"
  | "decide"
  | "wait_for_review"
  | "wait_for_registry"
  | "done";
export interface BookedStudio {
  id: string;
  name: string;
  address: string;
  phone: string;
  package_name: string;
}
export type OrderStateName = "unpaid" | "paid" | "refunding" | "refunded" | "closed";
export interface Order {
  id: string;
  total: number;
  state: OrderStateName;
  closes_at?: string | null;
}
export type TicketStateName =
  | "waiting"
  | "called"
  | "arrived"
  | "served"
  | "skipped"
  | "transferred"
  | "cancelled"
  | "expired";
export interface Ticket {
  id: string;
  number: string;
  state: TicketStateName;
  ahead: number;
  expected_wait_minutes: number;
  station_name?: string | null;
  token: string;
}
export type PortraitStateName =
  | "sealed"
  | "stored"
  | "confirmed"
  | "objected"
  | "in_review"
  | "approved"
  | "rejected"
  | "withdrawn"
  | "handed_over"
  | "registered"
  | "refused";
export interface Portrait {
  id: string;
  state: PortraitStateName;
  sealed_at: string;
  verdict: Verdict;
  picture_url: string;
  reject_reasons: RejectReason[];
}
export interface Collection {
  id: string;
  campaign: string;
  school_name: string;
  campaign_title: string;
  category: Category;
  masked_name: string;
  next_step: NextStep;
  routes: Route[];
  route?: Route | null;
  studio?: BookedStudio | null;
  order?: Order | null;
  ticket?: Ticket | null;
  portrait?: Portrait | null;
}
export interface Collections {
  collections: Collection[];
}
export type ConsentPurpose = "capture" | "provide_to_registry" | "face_comparison";
export interface GiveConsent {
  purpose: ConsentPurpose;
  text_version: string;
}
export interface BookStudio {
  studio: string;
  package: string;
}
export interface PayOrder {
  provider: "sandbox";
}
export interface CheckIn {
  collection: string;
}

export interface BoardCall {
  number: string;
  masked_name: string;
  station_name: string;
  times: number;
  at: string;
  arrived: boolean;
}
export interface Board {
  studio_name: string;
  called: BoardCall[];
  next: string[];
  last_called: string[];
  waiting: number;
  expected_wait_minutes: number;
}

export interface ReviewItem {
  portrait: string;
  campaign_title: string;
  school_name: string;
  category: Category;
  sealed_at: string;
  claimed_until: string;
  verdict: Verdict;
  picture_url: string;
}
export interface ReviewDesk {
  item?: ReviewItem | null;
  waiting: number;
  decided_today: number;
}
export type Decide = { decision: "approve" } | { decision: "reject"; reasons: RejectReason[] };

export interface Bundle {
  id: string;
  made_at: string;
  portraits: number;
  sha256: string;
  file_url: string;
}
export interface HandOver {
  bundle?: Bundle | null;
}

export interface QueueEntry {
  ticket: string;
  number: string;
  masked_name: string;
  category: Category;
  priority: Priority;
  state: TicketStateName;
  since: string;
  times_called: number;
  station?: string | null;
  station_name?: string | null;
}
export interface Queue {
  business_day: string;
  entries: QueueEntry[];
  waiting: number;
  served: number;
  expected_wait_minutes: number;
}

export type BackInLine = { rule: "after"; count: number } | { rule: "at_the_end" };
export type DeskCommand =
  | { command: "look" }
  | { command: "call_next" }
  | { command: "call_ticket"; ticket: string }
  | { command: "recall" }
  | { command: "skip" }
  | { command: "come_back"; ticket: string; rule: BackInLine }
  | { command: "scan"; text: string }
  | { command: "shoot" }
  | { command: "select_shot"; shot: string }
  | { command: "accept" }
  | { command: "not_this_person" }
  | { command: "retry_outbox" }
  | { command: "reopen_camera" }
  | { command: "dismiss_notice" };

export type ShotProgress =
  | { stage: "developing" }
  | { stage: "ready"; verdict: Verdict; has_portrait: boolean; millis: number }
  | { stage: "unreadable"; zh: string; en: string };
export interface Shot {
  id: string;
  taken_at: string;
  progress: ShotProgress;
}
export type StudentPhase = "called" | "arrived" | "sealing";
export type ArrivalProof = "scanned" | "typed";
export interface CurrentStudent {
  ticket: string;
  number: string;
  masked_name: string;
  category: Category;
  phase: StudentPhase;
  times_called: number;
  arrival?: ArrivalProof | null;
  shots: Shot[];
  selected?: string | null;
}
export interface WaitingForYes {
  portrait: string;
  number: string;
  masked_name: string;
  state: PortraitStateName;
  since: string;
}
export type OutboxState = "queued" | "sending" | "refused";
export interface OutboxEntry {
  portrait: string;
  number: string;
  outcome: Outcome;
  bytes: number;
  sealed_at: string;
  state: OutboxState;
  attempts: number;
  waits_because_zh?: string | null;
  waits_because_en?: string | null;
}
export type ServerLink = "connecting" | "connected" | "lost";
export interface CameraLink {
  model: string;
  ready: boolean;
  trouble_zh?: string | null;
  trouble_en?: string | null;
}
export type NoticeLevel = "info" | "warning";
export interface Notice {
  level: NoticeLevel;
  zh: string;
  en: string;
}
export interface DeskState {
  revision: number;
  station_name: string;
  studio_name: string;
  demo: boolean;
  queue?: Queue | null;
  current?: CurrentStudent | null;
  waiting_for_yes: WaitingForYes[];
  outbox: OutboxEntry[];
  server: ServerLink;
  camera: CameraLink;
  notice?: Notice | null;
}
export type DeskEvent = { event: "state"; data: DeskState };
