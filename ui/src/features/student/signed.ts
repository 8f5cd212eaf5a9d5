const KEY = "gradshot.signed";

/** Whether somebody has signed in on this phone before; nothing of whom. */
export function hasSigned(): boolean {
  try {
    return localStorage.getItem(KEY) === "1";
  } catch {
    return false;
  }
}

export function keepSigned(): void {
  try {
    localStorage.setItem(KEY, "1");
  } catch {
    // Next time the question is asked again.
  }
}
