// Shows every screen and keeps the pictures of those that look different now, as small as they get without a loss.
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";

const FOLDER = join(import.meta.dirname, "../../tests/pictures/looks");
const PLAYWRIGHT = join(import.meta.dirname, "../node_modules/@playwright/test/cli.js");
const shown = spawnSync(process.execPath, [PLAYWRIGHT, "test", "--project=pages", "--grep=@looks", "--update-snapshots=changed", ...process.argv.slice(2)], { cwd: join(import.meta.dirname, ".."), stdio: "inherit" });

for (const name of readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".webp"))) {
  const file = join(FOLDER, name);
  const picture = readFileSync(file);
  // Chromium's own are an extended WebP with a profile; what went through here is a plain one.
  if (picture.toString("latin1", 12, 16) !== "VP8X") continue;
  writeFileSync(file, await sharp(picture).webp({ lossless: true, effort: 4 }).toBuffer());
}
process.exitCode = shown.status ?? 1;
