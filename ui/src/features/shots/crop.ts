import type { CropNudge } from "@/shared/api/types";

/** One step of each kind, portrait pixels and thousandths. */
const STEP_PX = 1;
const LEAP_PX = 6;
const STEP_PERMILLE = 4;

export const NO_NUDGE: CropNudge = { right_px: 0, down_px: 0, larger_permille: 0 };

/** The crop after a key, or nothing where the key has no meaning here. `leap` takes larger steps. */
export function nudgedBy(key: string, nudge: CropNudge, leap: boolean): CropNudge | undefined {
  const px = leap ? LEAP_PX : STEP_PX;
  switch (key) {
    case "ArrowLeft":
      return { ...nudge, right_px: nudge.right_px - px };
    case "ArrowRight":
      return { ...nudge, right_px: nudge.right_px + px };
    case "ArrowUp":
      return { ...nudge, down_px: nudge.down_px - px };
    case "ArrowDown":
      return { ...nudge, down_px: nudge.down_px + px };
    case "+":
    case "=":
      return { ...nudge, larger_permille: nudge.larger_permille + STEP_PERMILLE };
    case "-":
    case "_":
      return { ...nudge, larger_permille: nudge.larger_permille - STEP_PERMILLE };
    case "0":
      return NO_NUDGE;
    default:
      return undefined;
  }
}

/** Whether the crop stands where it was solved. */
export function isAtRest(nudge: CropNudge): boolean {
  return nudge.right_px === 0 && nudge.down_px === 0 && nudge.larger_permille === 0;
}
