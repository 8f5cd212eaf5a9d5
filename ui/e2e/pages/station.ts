import type { Page, WebSocketRoute } from "@playwright/test";
import { expect } from "@playwright/test";

import type { Coaching, DayReport, DeskCommand, DeskState } from "../../src/shared/api/types";
import { startClock } from "./clock";
import { opening } from "./desk-invented";
import { PORTRAIT_SVG, SHEET_SVG, SHOT_SVG } from "./drawn";

const BRIDGE = "http://127.0.0.1:4999";
export const TOKEN = "bridge-token";

/** Plays the station behind the bridge: keeps a state, notes the commands, pushes what the test says. */
export class Station {
  readonly commands: DeskCommand[] = [];
  /** What it says of its day. */
  day: DayReport | undefined;
  #state: DeskState = opening;
  #sockets = new Set<WebSocketRoute>();
  answers: Partial<Record<DeskCommand["command"], (state: DeskState, command: DeskCommand) => Partial<DeskState>>> = {};

  constructor(readonly page: Page) {}

  async open(first: Partial<DeskState> = {}): Promise<void> {
    this.#state = { ...this.#state, ...first };
    await startClock(this.page);
    await this.page.route(`${BRIDGE}/desk/command`, async (route) => {
      if (route.request().method() === "OPTIONS") return route.fulfill({ status: 204, headers: { "access-control-allow-origin": "*", "access-control-allow-headers": "*" } });
      expect(await route.request().headerValue("authorization")).toBe(`Bearer ${TOKEN}`);
      const command = route.request().postDataJSON() as DeskCommand;
      if (command.command !== "look") this.commands.push(command);
      const change = this.answers[command.command]?.(this.#state, command);
      if (change) this.#state = { ...this.#state, ...change, revision: this.#state.revision + 1 };
      return route.fulfill({ json: this.#state, headers: { "access-control-allow-origin": "*" } });
    });
    const allowed = { "access-control-allow-origin": "*", "access-control-allow-headers": "*" };
    await this.page.route(`${BRIDGE}/desk/shots/**`, (route) => {
      const kind = /(\w+)\.jpg/.exec(route.request().url())?.[1];
      return route.fulfill({ contentType: "image/svg+xml", headers: allowed, body: kind === "sheet" ? SHEET_SVG : kind === "shot" ? SHOT_SVG : PORTRAIT_SVG });
    });
    await this.page.route(`${BRIDGE}/desk/day*`, (route) => {
      const day = new URL(route.request().url()).searchParams.get("day") ?? (this.day?.day ?? "");
      return route.fulfill({ json: { ...this.day, day }, headers: allowed });
    });
    await this.page.routeWebSocket(/\/desk\/events/, (socket) => {
      expect(new URL(socket.url()).searchParams.get("token")).toBe(TOKEN);
      this.#sockets.add(socket);
      socket.onClose(() => void this.#sockets.delete(socket));
    });
    await this.page.goto(`/desk.html#bridge=${encodeURIComponent(BRIDGE)}&token=${TOKEN}`);
    await expect(this.page.getByText("机位空闲")).toBeVisible();
  }

  async push(change: Partial<DeskState>, revision?: number): Promise<void> {
    this.#state = { ...this.#state, ...change, revision: revision ?? this.#state.revision + 1 };
    await this.#tell(JSON.stringify({ event: "state", data: this.#state }));
  }

  async coach(said: Coaching): Promise<void> {
    await this.#tell(JSON.stringify({ event: "coaching", data: said }));
  }

  /** One picture of the live view. */
  async film(frame: Buffer): Promise<void> {
    await this.#tell(frame);
  }

  async cut(): Promise<void> {
    for (const socket of this.#sockets) await socket.close();
  }

  /** Done when the page has heard it, so that a key that is pressed next finds it there. */
  async #tell(message: string | Buffer): Promise<void> {
    for (const socket of this.#sockets) socket.send(message);
    await this.page.evaluate(() => new Promise((done) => setTimeout(done)));
  }
}
