/** Prints what each page loads before it can be used, compressed, and fails when the phone weighs more than it may. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const PHONE_LIMIT_KB = 150;
const dist = join(dirname(fileURLToPath(import.meta.url)), "../dist");

/** Every file that `page` names or imports at once; what it imports later does not count. */
function loadedBy(page) {
  const html = readFileSync(join(dist, page), "utf8");
  const files = new Set([page]);
  const waiting = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(([, file]) => file);
  while (waiting.length > 0) {
    const file = waiting.pop();
    if (files.has(file)) continue;
    files.add(file);
    if (!file.endsWith(".js")) continue;
    const code = readFileSync(join(dist, file), "utf8");
    for (const [, name] of code.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g)) waiting.push(join(dirname(file), name));
  }
  return [...files];
}

let phoneKb = 0;
for (const page of ["phone.html", "board.html", "desk.html", "office.html"]) {
  const bytes = loadedBy(page).reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0);
  const kb = bytes / 1024;
  if (page === "phone.html") phoneKb = kb;
  console.log(`${page.padEnd(12)} ${kb.toFixed(1).padStart(6)} KB compressed, ${loadedBy(page).length} files`);
}
if (phoneKb > PHONE_LIMIT_KB) {
  console.error(`phone.html weighs ${phoneKb.toFixed(1)} KB, more than the ${PHONE_LIMIT_KB} KB it may`);
  process.exit(1);
}
