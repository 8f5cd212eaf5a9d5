import type { DeskState, PrinterLink, PrintStage } from "@/shared/api/types";

/** Whether the sheet may be sent now: there is a portrait, a way, and nothing else of it is under way. */
export function mayPrint(state: DeskState): boolean {
  const { last_portrait: last, settings } = state;
  if (!last || settings.printing?.way === "off") return false;
  return !["sending", "checking", "dialog", "unsure", "asking"].includes(last.stage.stage);
}

/** How a printer's standing is shown: its word and its tone. */
export function standingOf(link: PrinterLink): { word: "ready" | "busy" | "stopped" | "unreachable"; tone: "pass" | "waiting" | "refused" } {
  if (link.standing === "unreachable") return { word: "unreachable", tone: "refused" };
  if (link.standing === "stopped") return { word: "stopped", tone: "refused" };
  return link.standing === "printing" ? { word: "busy", tone: "waiting" } : { word: "ready", tone: "pass" };
}

/** A stage in words: a key of the messages with what it names, or the station's own words. */
export function stageWords(stage: PrintStage, printed: number): { key: string; named: Record<string, number> } | { zh: string; en: string } | undefined {
  if (stage.stage === "idle") return undefined;
  if (stage.stage === "failed") return stage;
  return { key: `printing.${stage.stage}`, named: { copies: stage.copies, printed } };
}
