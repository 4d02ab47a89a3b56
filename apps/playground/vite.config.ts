import vue from "@vitejs/plugin-vue";
import type { Plugin } from "vite";
import { defineConfig } from "vite";

/** Memory is shared among threads only on isolated pages. */
const ISOLATION = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

/** Puts the value of the catalogue in its place: the page then loads what estimators declare, and not the estimators. */
const writtenCatalogue: Plugin = {
  name: "written-catalogue",
  apply: "build",
  async load(id) {
    if (!id.endsWith("/src/model/catalogue.ts")) return undefined;
    const { catalogue } = await import("./src/model/catalogue.ts");
    return { code: `export const catalogue = ${JSON.stringify(catalogue)};`, moduleType: "js" };
  },
};

export default defineConfig({
  plugins: [writtenCatalogue, vue()],
  // Every address is relative, so the files work from any folder of any server.
  base: "./",
  worker: { format: "es" },
  // The data sets lie next to the apps.
  server: { headers: ISOLATION, fs: { allow: ["../.."] } },
  preview: { headers: ISOLATION },
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
