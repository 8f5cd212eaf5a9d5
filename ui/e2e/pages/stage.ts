import type { Page, Route } from "@playwright/test";

import { startClock } from "./clock";
import { PORTRAIT_SVG } from "./drawn";

interface Answered {
  status?: number;
  json?: unknown;
  /** A picture instead, as SVG. */
  svg?: string;
  headers?: Record<string, string>;
}
type Answer = Answered | ((request: { body: unknown; url: URL; headers: Record<string, string> }) => Answered | "cut");

/** Plays the server for one page: answers by method and path, and events that the test sends when it wants. */
export class Stage {
  readonly asked: { method: string; path: string; body: unknown; headers: Record<string, string> }[] = [];
  readonly #answers = new Map<string, Answer>();

  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await startClock(this.page);
    await this.page.addInitScript(playEventSource);
    await this.page.route(
      (url) => url.pathname.startsWith("/api/"),
      (route) => this.#play(route),
    );
  }

  /** What the server says to `GET /api/account` and the like, from now on; `"cut"` instead of an answer cuts the line. */
  on(request: string, answer: Answer): this {
    this.#answers.set(request, answer);
    return this;
  }

  /** Sends an event to whoever listens at `path`. */
  async send(path: string, event: string, data: unknown): Promise<void> {
    await this.page.evaluate(([at, name, what]) => (window as unknown as PlayWindow).playEvent(at as string, name as string, what), [path, event, data]);
  }

  /** Breaks the stream at `path`, and every one that is opened there again. */
  async lose(path: string): Promise<void> {
    await this.page.evaluate((at) => (window as unknown as PlayWindow).loseEvents(at), path);
  }

  /** Breaks the stream at `path`. */
  async cut(path: string): Promise<void> {
    await this.page.evaluate((at) => (window as unknown as PlayWindow).cutEvents(at), path);
  }

  async #play(route: Route): Promise<void> {
    const url = new URL(route.request().url());
    const method = route.request().method();
    if (/^\/api\/portraits\/[\w-]+\/picture\.jpg$/.test(url.pathname)) return route.fulfill({ contentType: "image/svg+xml", body: PORTRAIT_SVG });
    const body = sent(route);
    const sentHeaders = route.request().headers();
    this.asked.push({ method, path: url.pathname, body, headers: sentHeaders });
    const answer = this.#answers.get(`${method} ${url.pathname}`);
    const answered = typeof answer === "function" ? answer({ body, url, headers: sentHeaders }) : answer;
    if (answered === "cut") return route.abort("connectionfailed");
    const { status = 200, json, svg, headers = {} } = answered ?? {
      status: 404,
      json: { code: "not_found", status: 404, zh: "没有这一项", en: "There is no such thing" },
    };
    if (svg !== undefined) return route.fulfill({ status, headers, contentType: "image/svg+xml", body: svg });
    return json === undefined ? route.fulfill({ status: status === 200 ? 204 : status, headers }) : route.fulfill({ status, json, headers });
  }
}

/** What was sent: JSON as what it says, a file as its text. */
function sent(route: Route): unknown {
  try {
    return (route.request().postDataJSON() as unknown) ?? undefined;
  } catch {
    return route.request().postData() ?? undefined;
  }
}

interface PlayWindow {
  playEvent(path: string, event: string, data: unknown): void;
  cutEvents(path: string): void;
  loseEvents(path: string): void;
}

/** Stands in for `EventSource`, so that a test decides when the server speaks. Runs in the page. */
function playEventSource(): void {
  const open = new Set<PlayedSource>();
  const lost = new Set<string>();
  class PlayedSource extends EventTarget {
    static readonly OPEN = 1;
    readyState = 0;
    readonly path: string;
    constructor(url: string) {
      super();
      this.path = new URL(url, location.href).pathname;
      open.add(this);
      setTimeout(() => {
        this.readyState = lost.has(this.path) ? 2 : 1;
        this.dispatchEvent(new Event(lost.has(this.path) ? "error" : "open"));
      });
    }
    close(): void {
      this.readyState = 2;
      open.delete(this);
    }
  }
  Object.assign(window, {
    EventSource: PlayedSource,
    playEvent(path: string, event: string, data: unknown) {
      for (const source of open) {
        if (source.path === path) source.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(data) }));
      }
    },
    loseEvents(path: string) {
      lost.add(path);
      (window as unknown as PlayWindow).cutEvents(path);
    },
    cutEvents(path: string) {
      for (const source of open) if (source.path === path) source.dispatchEvent(new Event("error"));
    },
  });
}
