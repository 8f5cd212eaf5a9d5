import type { Finding, Limit, Unit } from "@/shared/api/types";

const SIGNS: Record<Unit, string> = { count: "", px: " px", deg: "°", ratio: "", times: "×", level: "", KB: " KB" };
const DIGITS: Record<Unit, number> = { count: 0, px: 0, deg: 1, ratio: 2, times: 2, level: 0, KB: 1 };

/** The measured value with its unit: `6.2°`; nothing where it could not be measured. */
export function measured({ measured: value, unit }: Finding): string {
  return value === null || value === undefined ? "" : written(value, unit) + SIGNS[unit];
}

/** The band it has to lie in: `±4.5°`, `200–300 px`, `≤ 1×`, `≥ 60`. */
export function allowed({ limit, unit }: Finding): string {
  if (!limit) return "";
  return band(limit, unit) + (band(limit, unit) ? SIGNS[unit] : "");
}

function band({ min, max }: Limit, unit: Unit): string {
  const low = min ?? undefined;
  const high = max ?? undefined;
  if (low !== undefined && high !== undefined) {
    if (low === high) return written(low, unit);
    return low === -high ? `±${written(high, unit)}` : `${written(low, unit)}–${written(high, unit)}`;
  }
  if (high !== undefined) return `≤ ${written(high, unit)}`;
  return low === undefined ? "" : `≥ ${written(low, unit)}`;
}

function written(value: number, unit: Unit): string {
  const text = value.toFixed(DIGITS[unit]);
  // 4.50 says no more than 4.5, and -0 is 0.
  return (text.includes(".") ? text.replace(/\.?0+$/, "") : text).replace(/^-0$/, "0").replace("-", "−");
}
