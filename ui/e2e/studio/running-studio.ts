import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Where the pages of a running studio are. */
export interface Addresses {
  server: string;
  desk: string;
  board: string;
  phone: string;
  office: string;
}

/** The people that every demonstration begins with. */
export const DEMO = {
  campaignCode: "DEMO27",
  student: { name: "林小雨", last4: "0120" },
  reviewer: { login: "reviewer", password: "demo-review-2027" },
  admin: { login: "admin", password: "demo-admin-2027" },
} as const;

/** Longest time until a studio has loaded its models and seeded its demonstration, milliseconds. */
const OPENING_MS = 90_000;

const program = process.env.GRADSHOT_PROGRAM ?? fileURLToPath(new URL("../../../target/debug/gradshot", import.meta.url));

/** A real `gradshot studio --demo`: server, station, imaging and simulated camera, on free ports. */
export class RunningStudio {
  private constructor(
    readonly addresses: Addresses,
    readonly process: ChildProcess,
  ) {}

  static async start(): Promise<RunningStudio> {
    const child = spawn(program, ["studio", "--demo", "--addresses-json", "--listen", "127.0.0.1:0"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    // A worker that is torn down in the middle of this never comes to `stop`.
    process.once("exit", () => child.kill("SIGKILL"));
    let complaints = "";
    child.stderr.on("data", (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-4000)));
    const addresses = await new Promise<Addresses>((done, failed) => {
      const timer = setTimeout(() => failed(new Error(`the studio did not open in time: ${complaints}`)), OPENING_MS);
      child.once("error", failed);
      child.once("exit", (code) => failed(new Error(`the studio ended with ${code}: ${complaints}`)));
      createInterface(child.stdout).once("line", (line) => {
        clearTimeout(timer);
        done(JSON.parse(line) as Addresses);
      });
    }).catch((cause: unknown) => {
      child.kill("SIGKILL");
      throw cause;
    });
    child.removeAllListeners("exit");
    // Nobody reads on: what it writes later must not block it.
    child.stdout.resume();
    return new RunningStudio(addresses, child);
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const ended = new Promise((done) => this.process.once("exit", done));
    this.process.kill("SIGINT");
    const timer = setTimeout(() => this.process.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(timer);
  }
}
