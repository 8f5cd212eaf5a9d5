/** What may be open beside the work. */
export type Panel = "camera" | "outbox" | "print" | "day" | "settings" | "help" | "setup";

/** The panels that the foot of the desk names, with their keys. */
export const PANELS = [
  { panel: "camera", key: "K" },
  { panel: "outbox", key: "O" },
  { panel: "print", key: "Y" },
  { panel: "day", key: "D" },
  { panel: "settings", key: "," },
  { panel: "help", key: "?" },
] as const satisfies { panel: Panel; key: string }[];
