import type { Problem } from "./types";

/** What went wrong, in the server's own words where it gave some. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
    this.name = "ProblemError";
  }
}

const UNREACHABLE: Problem = {
  code: "link.lost",
  status: 0,
  zh: "连接不上，请检查网络后重试",
  en: "No connection. Check the network and try again.",
};

const UNREADABLE: Problem = {
  code: "link.unreadable",
  status: 0,
  zh: "收到的答复无法识别，请重试；若仍如此，请联系工作人员",
  en: "The answer could not be read. Try again, and ask the staff if it stays so.",
};

/** Whether a value from outside is a problem as the wire has it. */
export function isProblem(value: unknown): value is Problem {
  const it = value as Partial<Problem> | null;
  return typeof it === "object" && it !== null && typeof it.code === "string" && typeof it.zh === "string" && typeof it.en === "string";
}

/** Turns whatever was thrown or answered into a problem that can be shown. */
export function problemOf(cause: unknown): Problem {
  if (cause instanceof ProblemError) return cause.problem;
  if (isProblem(cause)) return cause;
  if (cause instanceof TypeError) return UNREACHABLE;
  return UNREADABLE;
}
