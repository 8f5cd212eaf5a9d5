/**
 * Keeps the floors of the house: host and shared below, features above them, views on top. Imports run down only, features
 * never import each other, and Tauri has one door.
 */
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const source = join(dirname(fileURLToPath(import.meta.url)), "../src");

/** What each floor may import, besides itself. Features are floors of their own. */
const MAY = {
  shared: [],
  host: ["shared"],
  features: ["shared"],
  views: ["shared", "host", "features"],
};

/** Packages with one home. */
const HOMES = [
  { package: /^@tauri-apps\//, home: /^host\// },
  { package: /^vant(\/|$)/, home: /^(features\/(student|photo|code|prints|help|mine|friend|group)|views\/phone)\// },
];

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (/\.(ts|vue)$/.test(entry.name)) yield path;
  }
}

const floorOf = (path) => path.split("/")[0];
const featureOf = (path) => path.split("/")[1];
const faults = [];

for (const file of files(source)) {
  const from = relative(source, file).split(sep).join("/");
  const code = readFileSync(file, "utf8");
  for (const [, name] of code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']/g)) {
    const inside = name.startsWith("@/") ? name.slice(2) : name.startsWith(".") ? normalize(join(dirname(from), name)) : undefined;
    if (inside === undefined) {
      for (const { package: pattern, home } of HOMES) {
        if (pattern.test(name) && !home.test(from)) faults.push(`${from}: ${name} may be imported in ${home.source} only`);
      }
      continue;
    }
    const to = inside.split(sep).join("/");
    if (floorOf(to) !== floorOf(from) && !MAY[floorOf(from)]?.includes(floorOf(to))) {
      faults.push(`${from}: ${floorOf(from)} must not import ${floorOf(to)} (${name})`);
    }
    const strangers = floorOf(from) === floorOf(to) && ["features", "views"].includes(floorOf(from)) && featureOf(from) !== featureOf(to);
    if (strangers) faults.push(`${from}: ${floorOf(from)} must not import each other (${name})`);
  }
}

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.log("tiers: every import runs down");
