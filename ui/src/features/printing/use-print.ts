import { watch } from "vue";

import type { DeskCommand, DeskState } from "@/shared/api/types";
import { SIDES_MM, printByDialog } from "./dialog";
import { mayPrint } from "./standing";

/** Where sheets come from, and the system's dialog for them where the window has one; sizes in millimetres. */
export interface SheetSource {
  shotPicture(shot: string, kind: "sheet"): Promise<Blob>;
  printSheet?(shot: string, size: readonly [number, number], copies: number): Promise<"sent" | "cancelled" | "page">;
}

/**
 * Prints the last portrait's sheet. `again` is a yes to the question whether to print once more: it names the count that was
 * asked about, so that a yes given twice is one print.
 */
export function usePrint(host: SheetSource, state: () => DeskState | undefined, send: (command: DeskCommand) => Promise<boolean>, complain: (cause: unknown) => void) {
  /** Shots whose next dialog this page opens: another page of the same desk leaves it alone. */
  const wanted = new Set<string>();
  function print(copies: number | undefined, again = false): boolean {
    const now = state();
    const last = now?.last_portrait;
    if (!now || !last || !(again ? last.stage.stage === "asking" : mayPrint(now))) return false;
    const count = copies ?? (last.stage.stage === "asking" ? last.stage.copies : undefined);
    wanted.add(last.shot);
    void send({ command: "print", shot: last.shot, copies: count ?? null, printed: again ? last.printed : 0 });
    return true;
  }

  function settle(printed: boolean): void {
    const print = state()?.last_portrait?.print;
    if (print) void send({ command: "settle_print", print, printed });
  }

  watch(
    () => state()?.last_portrait,
    async (last, before) => {
      if (last?.stage.stage !== "dialog" || before?.stage.stage === "dialog" || !wanted.delete(last.shot)) return;
      const paper = state()?.settings.printing?.paper ?? "six_inch";
      const { copies } = last.stage;
      const answer = await host.printSheet?.(last.shot, SIDES_MM[paper], copies).catch((cause: unknown) => {
        complain(cause);
        return "cancelled" as const;
      });
      // Whoever closed the dialog, or got none, need not be asked what came of it.
      if (answer === "cancelled") return settle(false);
      if (answer === "sent") return;
      const sheet = await host.shotPicture(last.shot, "sheet").catch(() => undefined);
      if (sheet) await printByDialog(sheet, paper, copies).catch(() => undefined);
    },
  );

  return { print, settle, dismiss: () => void send({ command: "dismiss_print" }) };
}
