/** How the stream stands. */
export type StreamLink = "connecting" | "open" | "lost";

/** Longest pause between two tries, milliseconds. */
const PAUSE_MAX_MS = 15_000;
const PAUSE_MIN_MS = 1_000;

/**
 * Listens to one kind of server-sent event and opens the stream again whenever it breaks. The first event after opening
 * is the present state, so nothing is missed. Returns how to stop.
 */
export function listen<T>(path: string, event: string, heard: (data: T) => void, link: (now: StreamLink) => void): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = PAUSE_MIN_MS;

  function open(): void {
    clearTimeout(timer);
    source?.close();
    source = new EventSource(path);
    source.addEventListener(event, (message) => {
      pause = PAUSE_MIN_MS;
      link("open");
      heard(JSON.parse((message as MessageEvent<string>).data) as T);
    });
    source.addEventListener("open", () => link("open"));
    source.addEventListener("error", () => {
      source?.close();
      link("lost");
      timer = setTimeout(open, pause);
      pause = Math.min(pause * 2, PAUSE_MAX_MS);
    });
  }
  function awake(): void {
    if (document.visibilityState === "visible" && source?.readyState !== EventSource.OPEN) open();
  }

  link("connecting");
  open();
  window.addEventListener("online", open);
  document.addEventListener("visibilitychange", awake);
  return () => {
    clearTimeout(timer);
    source?.close();
    window.removeEventListener("online", open);
    document.removeEventListener("visibilitychange", awake);
  };
}
