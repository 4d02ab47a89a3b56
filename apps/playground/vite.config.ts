import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

/** Memory is shared among threads only on isolated pages. */
const ISOLATION = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

export default defineConfig({
  plugins: [vue()],
  // Every address is relative, so the files work from any folder of any server.
  base: "./",
  worker: { format: "es" },
  // The data sets lie next to the apps.
  server: { headers: ISOLATION, fs: { allow: ["../.."] } },
  preview: { headers: ISOLATION },
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
