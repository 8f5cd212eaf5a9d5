import type { Step } from "./plan";

declare const __VOICE_CLIPS__: string;

/** Decoded clips that are kept; a clip is a second of sound. */
const KEPT = 120;

/** Plays clips through the browser. A browser lets a page speak only after somebody has touched it. */
export class Speaker {
  #context: AudioContext | undefined;
  readonly #clips = new Map<string, Promise<AudioBuffer>>();

  /** Whether the browser lets this page speak. */
  get isOpen(): boolean {
    return this.#context?.state === "running";
  }

  /** Asks the browser to let this page speak; says whether it does. Best called when somebody has just touched the page. */
  async open(): Promise<boolean> {
    this.#context ??= new AudioContext();
    // A browser that does not let the page speak never answers.
    await Promise.race([this.#context.resume(), new Promise((resolve) => setTimeout(resolve, 400))]);
    return this.isOpen;
  }

  /** Fetches what will be said soon. */
  prepare(steps: readonly Step[]): void {
    for (const { clip } of steps) this.#clip(clip).catch(() => undefined);
  }

  /** Says these clips, and is done when they were heard. Says nothing when one of them is missing. */
  async say(steps: readonly Step[], volume: number): Promise<void> {
    const context = this.#context;
    if (!context) return;
    const clips = await Promise.all(steps.map(({ clip }) => this.#clip(clip)));
    const gain = context.createGain();
    gain.gain.value = (Math.min(Math.max(volume, 0), 100) / 100) ** 2;
    gain.connect(context.destination);
    let at = context.currentTime + 0.05;
    clips.forEach((clip, index) => {
      const source = context.createBufferSource();
      source.buffer = clip;
      source.connect(gain);
      source.start(at);
      at += clip.duration + (steps[index]?.pause_ms ?? 0) / 1000;
    });
    await new Promise((resolve) => setTimeout(resolve, (at - context.currentTime) * 1000));
    gain.disconnect();
  }

  #clip(name: string): Promise<AudioBuffer> {
    const known = this.#clips.get(name);
    this.#clips.delete(name);
    const clip = known ?? this.#load(name);
    // The ones used last stand at the end.
    this.#clips.set(name, clip);
    for (const oldest of this.#clips.keys()) {
      if (this.#clips.size <= KEPT) break;
      this.#clips.delete(oldest);
    }
    clip.catch(() => this.#clips.delete(name));
    return clip;
  }

  async #load(name: string): Promise<AudioBuffer> {
    this.#context ??= new AudioContext();
    const answer = await fetch(`./${__VOICE_CLIPS__}${name}.ogg`);
    if (!answer.ok) throw new Error(`no clip ${name}`);
    return this.#context.decodeAudioData(await answer.arrayBuffer());
  }
}
