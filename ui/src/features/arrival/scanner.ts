/** What a ticket's code begins with. */
const CODE = "GST1.";
/** Longest text that is taken for a code; real ones have about 400 characters. */
const LONGEST = 2048;
/** A scanner types its characters closer together than this, milliseconds; people do not, in the first five. */
const GAP_AT_FIRST_MS = 60;
/** Once the prefix is there nobody is mistaken for a scanner any more, and a slow one gets this much. */
const GAP_LATER_MS = 400;

/** What to do with a key that was just pressed. */
export interface Heard {
  /** The key belongs to a scanner: nothing else may see it. */
  swallow: boolean;
  /** A whole code, when this key ended one. */
  token?: string;
  /** Characters that were swallowed and turned out to be a person's. */
  released?: string;
}

/**
 * Tells a USB scanner, which types a ticket's code and Enter, from a person at the keys. The first letter of a code is let
 * through, since it may be a person's; the rest is swallowed for as long as it goes on like a code at a scanner's speed.
 */
export class ScannerBuffer {
  #prefix = CODE;
  #before = "";
  #suffix = "";
  #text = "";
  #lastMs = Number.NEGATIVE_INFINITY;

  /** What the scanner is set to type around a code. */
  set affixes({ prefix, suffix }: { prefix: string; suffix: string }) {
    this.#prefix = prefix + CODE;
    this.#before = prefix;
    this.#suffix = suffix;
  }

  /** Whether a code is being typed. */
  get gathering(): boolean {
    return this.#text.length > 1;
  }

  /** One key, by its `KeyboardEvent.key`, at a moment in milliseconds. */
  press(key: string, atMs: number): Heard {
    const gap = atMs - this.#lastMs;
    const known = this.#text.startsWith(this.#prefix);
    const late = this.#text !== "" && gap > (known ? GAP_LATER_MS : GAP_AT_FIRST_MS);
    // A late key ends what was gathered. After a whole prefix that was a code without its Enter; before, a person.
    const before = late ? this.#give() : {};
    this.#lastMs = atMs;

    if (key.length !== 1) {
      const ends = (key === "Enter" || key === "Tab") && this.#text.startsWith(this.#prefix);
      if (ends) return { ...this.#give(), swallow: true };
      // Shift and the like come between the characters of a code.
      if (key === "Shift" || key === "CapsLock") return { ...before, swallow: false };
      return { ...before, ...this.#give(), swallow: false };
    }

    const next = this.#text + key;
    if (this.#prefix.startsWith(next) || next.startsWith(this.#prefix)) {
      // One character more than allowed is kept, so that a text too long to be a code is known as such at its end.
      this.#text = next.slice(0, LONGEST + 1);
      return { ...before, swallow: next.length > 1 };
    }
    const released = this.#give();
    if (key === this.#prefix[0]) this.#text = key;
    return { ...before, ...released, swallow: false };
  }

  /** The code of a scanner that ends without Enter, once it has been quiet for long enough. */
  rest(atMs: number): string | undefined {
    if (!this.#text.startsWith(this.#prefix) || atMs - this.#lastMs <= GAP_LATER_MS) return undefined;
    return this.#give().token;
  }

  /** How long after the last key `rest` is worth asking, milliseconds. */
  static readonly REST_MS = GAP_LATER_MS + 20;

  #give(): { token?: string; released?: string } {
    const text = this.#text;
    this.#text = "";
    if (!text.startsWith(this.#prefix)) return text.length > 1 ? { released: text.slice(1) } : {};
    if (text.length <= this.#prefix.length || text.length > LONGEST) return {};
    const inside = text.slice(this.#before.length);
    return { token: this.#suffix && inside.endsWith(this.#suffix) ? inside.slice(0, -this.#suffix.length) : inside };
  }
}
