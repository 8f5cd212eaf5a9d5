/** How many grounds tokens.css has for the person bar. */
export const COLOURS = 6;

/**
 * The ground of the person bar for a number. Neighbouring numbers differ by themselves; whoever follows a person of the
 * same ground gets the next one, so that the bar changes with every person.
 */
export function colourOf(number: string, before?: { number: string; colour: number }): number {
  if (before?.number === number) return before.colour;
  const digits = Number(number.replace(/\D/g, "")) || 0;
  const colour = digits % COLOURS;
  return colour === before?.colour ? (colour + 1) % COLOURS : colour;
}
