import { ProblemError, isProblem, problemOf } from "./problem";

/** Longest wait for a long list, milliseconds. */
const PATIENCE_MS = 60_000;
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/**
 * Sends a list (CSV or XLSX) as it is. Rows that are wrong come back as a report; a file that is no list at all, and
 * everything else that goes wrong, is thrown.
 */
export async function sendList<Report extends { errors: unknown[] }>(path: string, file: File): Promise<Report> {
  const impatience = new AbortController();
  const timer = setTimeout(() => impatience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(path, {
      method: "POST",
      credentials: "same-origin",
      headers: { "content-type": /\.xlsx$/i.test(file.name) ? XLSX : "text/csv" },
      body: file,
      signal: impatience.signal,
    });
    const told: unknown = await response.json().catch(() => undefined);
    if (isReport(told)) return told as Report;
    throw new ProblemError(isProblem(told) ? told : problemOf(undefined));
  } catch (cause) {
    throw cause instanceof ProblemError ? cause : new ProblemError(problemOf(new TypeError("no answer")));
  } finally {
    clearTimeout(timer);
  }
}

function isReport(value: unknown): value is { errors: unknown[] } {
  return typeof value === "object" && value !== null && Array.isArray((value as { errors?: unknown }).errors);
}
