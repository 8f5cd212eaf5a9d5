import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const folder = fileURLToPath(new URL("../../assets/voice/", import.meta.url));

/** Every clip, below `assets/voice`. */
export function clipFiles(): string[] {
  const languages = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== "make");
  const within = languages.flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => `${name}/${file}`));
  return [...within, "chime.ogg"].filter((file) => file.endsWith(".ogg")).sort();
}

/**
 * Lays the clips of `assets/voice` beside the built pages, in a folder that is named after their content, so that a browser
 * may keep them for ever. `__VOICE_CLIPS__` is that folder's address.
 */
export function voiceClips(): Plugin {
  const files = clipFiles();
  const digest = createHash("sha256");
  for (const file of files) digest.update(file).update(readFileSync(join(folder, file)));
  const place = `assets/voice-${digest.digest("hex").slice(0, 12)}/`;
  return {
    name: "voice-clips",
    config: () => ({ define: { __VOICE_CLIPS__: JSON.stringify(place) } }),
    generateBundle() {
      for (const file of files) this.emitFile({ type: "asset", fileName: place + file, source: readFileSync(join(folder, file)) });
    },
    configureServer(server) {
      server.middlewares.use(`/${place}`, (request, response, next) => {
        const file = files.find((name) => request.url === `/${name}`);
        if (!file) return next();
        response.setHeader("Content-Type", "audio/ogg").end(readFileSync(join(folder, file)));
      });
    },
  };
}
