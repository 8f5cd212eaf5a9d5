/** A row that can be searched for. */
export interface Searchable {
  name: string;
  how: string;
}

/** The rows whose name or explanation has every word of what somebody types. */
export function matching<T extends Searchable>(rows: T[], wanted: string): T[] {
  const words = wanted.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(({ name, how }) => words.every((word) => `${name} ${how}`.toLowerCase().includes(word)));
}
