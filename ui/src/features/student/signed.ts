const KEY = "gradshot.signed";

/** Whether somebody has signed in on this phone before; nothing of whom. */
export function hasSigned(): boolean {
  try {
    return localStorage.getItem(KEY) === "1";
  } catch {
    return false;
  }
}

/** Whether this is certainly somebody's first time; unknown where a browser keeps nothing. */
export function isFirstTime(): boolean {
  try {
    return localStorage.getItem(KEY) === null;
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
