import type { DayReport } from "@/shared/api/types";
import { clockTime } from "@/shared/format";

/** Marks the file as UTF-8 for Excel. */
const BOM = "\uFEFF";

/** The day as a table, one student a row. Words come from the page, so that the file speaks its language. */
export function dayCsv(report: DayReport, words: Record<"number" | "joined" | "called" | "arrived" | "sealed" | "skipped" | "shots" | "refused_shots" | "prints", string>): string {
  const time = (at: string | null | undefined) => (at ? clockTime(at) : "");
  const head = [words.number, words.joined, words.called, words.arrived, words.sealed, words.skipped, words.shots, words.refused_shots, words.prints];
  const rows = report.students.map((it) => [it.number, time(it.joined_at), time(it.called_at), time(it.arrived_at), time(it.sealed_at), time(it.skipped_at), it.shots, it.refused_shots, it.prints]);
  return BOM + [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
