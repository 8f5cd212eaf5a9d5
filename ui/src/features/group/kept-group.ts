const name = (campaign: string) => `gradshot.group.${campaign}`;

/** The group that was made on this phone for a campaign; the server lists none. */
export function keptGroup(campaign: string): string | undefined {
  try {
    return localStorage.getItem(name(campaign)) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keepGroup(campaign: string, code: string): void {
  try {
    localStorage.setItem(name(campaign), code);
  } catch {
    // Its code is in the address and on the page.
  }
}
