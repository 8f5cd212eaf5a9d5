/** Couriers that most parcels go by; any other may be written. */
export const COURIERS = ["顺丰速运", "中国邮政 EMS", "中通快递", "圆通速递", "申通快递", "韵达快递", "极兔速递", "京东快递"] as const;

const STORE = "gradshot.courier";

/** Whether these say where a parcel is, as the server takes it. */
export function isParcel(courier: string, number: string): boolean {
  const company = courier.trim();
  return company.length >= 1 && [...company].length <= 20 && /^[A-Za-z0-9-]{6,40}$/.test(number.trim());
}

/** The courier of the last parcel: the next one mostly goes the same way. */
export function keptCourier(): string {
  try {
    return localStorage.getItem(STORE) ?? "";
  } catch {
    return "";
  }
}

/** Keeps the courier for the next parcel. */
export function keepCourier(courier: string): void {
  try {
    localStorage.setItem(STORE, courier);
  } catch {
    // It is typed again.
  }
}
