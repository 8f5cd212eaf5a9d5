import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";

import { voiceClips } from "./scripts/voice-clips.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Four pages, each with its own entry, so that a phone never loads the desk. */
export default defineConfig({
  base: "./",
  plugins: [vue(), voiceClips()],
  resolve: { alias: { "@": at("./src"), "@voice": at("../assets/voice") } },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    target: ["chrome87", "safari14", "firefox90"],
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        desk: at("./desk.html"),
        board: at("./board.html"),
        phone: at("./phone.html"),
        office: at("./office.html"),
      },
    },
  },
  server: {
    host: "127.0.0.1",
    fs: { allow: [".", "../assets/voice"] },
    // `GRADSHOT_SERVER=http://127.0.0.1:8080 npm run dev` works on the pages against a running server.
    proxy: process.env.GRADSHOT_SERVER ? { "/api": process.env.GRADSHOT_SERVER } : {},
  },
  test: { include: ["tests/**/*.test.ts"] },
});
