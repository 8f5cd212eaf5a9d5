import type { RejectReason } from "@/shared/api/types";

/** Reasons by the digit that picks them: 1 to 9, then 0. */
export const REASONS: readonly { key: string; reason: RejectReason }[] = [
  { key: "1", reason: "background" },
  { key: "2", reason: "light" },
  { key: "3", reason: "pose" },
  { key: "4", reason: "expression" },
  { key: "5", reason: "hair" },
  { key: "6", reason: "glasses" },
  { key: "7", reason: "clothes" },
  { key: "8", reason: "retouched" },
  { key: "9", reason: "wrong_person" },
  { key: "0", reason: "sharpness" },
];
